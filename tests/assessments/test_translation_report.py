import pytest

from assessments.domain.translations import translation_problems
from assessments.domain.xlsform import read
from tests.support.questionnaire import small_sheets

HEAD = [
    "type", "name", "label::English (en)", "label::Khmer (km)", "label::Thai (th)", "label::Vietnamese (vi)",
]  # fmt: skip
GOOD = ["Your name?", "ឈ្មោះ?", "ชื่อ", "Tên của bạn?"]


def found(*labels: str, other: str = "") -> list[tuple[str, str]]:
    title = [["form_title", "form_title_km", "form_title_th", "form_title_vi"], ["T", "ត", "ท", "T"]]
    survey = [HEAD, ["text", "q", *labels], *([["text", other, *GOOD]] if other else [])]
    reading = read({"survey": survey, "settings": title}, name="f")
    assert reading.instrument
    problems = translation_problems(reading.instrument)
    return [(problem.language, problem.code) for problem in problems if problem.place.code == "q"]


def test_good_translations_have_nothing_to_report() -> None:
    assert found(*GOOD) == []
    reading = read(small_sheets())
    assert reading.instrument
    assert translation_problems(reading.instrument) == []


def test_what_is_missing_is_named_by_language() -> None:
    assert found("Your name?", "", "ชื่อ", "") == [("km", "missing"), ("vi", "missing")]


def test_english_in_the_place_of_a_translation_is_noticed() -> None:
    assert found("Your name?", "Your name?", "Your name?", "Your name?") == [
        ("km", "same_as_english"), ("th", "same_as_english"), ("vi", "same_as_english"),
    ]  # fmt: skip


def test_a_text_in_another_script_is_noticed() -> None:
    assert found("ឈ្មោះ?", "ชื่อ", "នាម?", "ชื่อ") == [
        ("en", "wrong_script"), ("km", "wrong_script"), ("th", "wrong_script"), ("vi", "wrong_script"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ISO 14001", "SA8000", "pH", "CO₂", "12 %"])
def test_names_and_signs_are_the_same_everywhere(name: str) -> None:
    assert found(name, name, name, name) == []


def test_a_placeholder_that_got_lost_is_noticed() -> None:
    labels = ["Hello ${a}", "សួស្តី ${a}", "สวัสดี", "Xin chào ${ a }"]
    assert found(*labels, other="a") == [("th", "placeholder_lost")]
