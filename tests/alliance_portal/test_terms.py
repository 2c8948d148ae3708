"""Questionnaire and interface use the glossary's words; the check that says so sees what it should."""

from collections import Counter

import pytest

from alliance_portal.local import terms
from alliance_portal.local.terms import CHECKED, GLOSSARY, Text, checked_terms, misses, pattern, rows_of


def missed(english: str, **translations: str) -> list[tuple[str, str]]:
    text = Text("here", english, translations)
    return [(miss.term, miss.language) for miss in misses([text], checked_terms(), Counter())]


def test_the_shipped_texts_use_the_glossary(capsys: pytest.CaptureFixture[str]) -> None:
    assert terms.main() == 0, capsys.readouterr().out


def test_enough_terms_are_looked_for_and_all_are_in_the_glossary() -> None:
    known = {row["term"] for row in rows_of(GLOSSARY)}
    checked = [row["term"] for row in rows_of(CHECKED)]
    assert len(checked) >= 60
    assert set(checked) <= known
    assert len(set(checked)) == len(checked)


def test_every_exception_says_why() -> None:
    assert [row["term"] for row in rows_of(CHECKED) if row["not_in"] and not row["why"]] == []


def test_a_translation_without_the_word_is_found_in_each_language() -> None:
    found = missed("The boiler is old.", km="ម៉ាស៊ីននេះចាស់", th="เครื่องนี้เก่า", vi="Nồi hơi đã cũ.")
    assert found == [("boiler", "km"), ("boiler", "th"), ("boiler", "vi")]
    assert missed("The boilers are old.", km="ឡចំហាយចាស់", th="หม้อน้ำเก่า", vi="Lò hơi đã cũ.") == []


def test_a_longer_term_hides_the_shorter_one_inside_it() -> None:
    assert missed("hazardous waste", vi="rác độc") == [("hazardous_waste", "vi")]
    assert missed("renewable energy", vi="năng lượng tái tạo") == []


def test_placeholders_and_other_words_are_not_terms() -> None:
    assert missed("%(campaign)s begins", vi="%(campaign)s bắt đầu") == []
    assert missed("coalition", vi="liên minh") == []
    assert missed("not translated yet: coal", vi="") == []


@pytest.mark.parametrize("text", ["policy", "policies", "the policy."])
def test_plurals_are_the_same_term(text: str) -> None:
    assert pattern("policy").search(text)
