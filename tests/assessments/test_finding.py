"""Finding a question, the way to the next open one, the map of sections, and the time left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.domain.completeness import SectionState
from assessments.domain.effort import minutes_left
from assessments.domain.instrument import Kind
from assessments.models import Assessment
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, someone_of, submit
from tests.support.instruments import instrument, question, section, sheet, table
from tests.support.reviewing import ask_back
from tests.support.sections import address, manager_of, shown
from tests.support.world import buys, hold, make_brand, make_user, signed_in


def found(assessment: Assessment, text: str, language: str = "en") -> list[str]:
    someone = someone_of(assessment)
    someone.language = language
    someone.save()
    page = signed_in(someone).get(reverse("assessments:search", args=[assessment.code]), {"q": text})
    return [hit.code for hit in page.context["page"].hits]


@pytest.fixture
def assessment(db: None) -> Assessment:
    return make_assessment()


def test_questions_are_found_by_words_code_and_choices(assessment: Assessment) -> None:
    assert found(assessment, "SOLAR") == ["E1.03"]
    assert found(assessment, "s1.02") == ["S1.02"]
    assert found(assessment, "lamps led") == ["E1.04"]
    assert found(assessment, "nothing like it") == []
    assert found(assessment, "") == []
    assert found(assessment, "\0 %") == []


def test_every_reader_searches_in_their_own_language_without_minding_accents(assessment: Assessment) -> None:
    assert found(assessment, "hối lộ", "vi") == ["G1.01"]
    assert found(assessment, "hoi lo", "vi") == ["G1.01"]
    assert found(assessment, "សូឡា", "km") == ["E1.03"]
    assert found(assessment, "โซลาร์", "th") == ["E1.03"]
    assert found(assessment, "solar", "km") == []


def test_who_types_marks_means_them(assessment: Assessment) -> None:
    assert found(assessment, "hối", "vi") == ["G1.01"]
    # Nothing has these marks: better something near than nothing.
    assert found(assessment, "hồi lộ", "vi") == ["G1.01"]
    assert len(found(assessment, "điện", "vi")) <= len(found(assessment, "dien", "vi"))


def test_the_question_whose_code_was_typed_comes_first(assessment: Assessment) -> None:
    give(assessment, "E1.01", "yes")
    assert found(assessment, "E1") == ["E1.01", "E1.02", "E1.03", "E1.04"]


def test_what_is_not_asked_is_not_found(assessment: Assessment) -> None:
    assert found(assessment, "energy by month") == []


def test_each_hit_says_its_section_and_whether_it_is_answered(assessment: Assessment) -> None:
    give(assessment, "S1.02", "200")
    page = manager_of(assessment).get(reverse("assessments:search", args=[assessment.code]), {"q": "week"})
    text = page.content.decode()
    assert f"{address(assessment, 'S1')}#q-S1-02" in text
    assert "Safety · Needs a correction" in text


def test_the_search_costs_the_same_for_one_hit_and_for_all(assessment: Assessment) -> None:
    client, counts = manager_of(assessment), []
    for text in ("solar", "1."):
        client.get(reverse("assessments:search", args=[assessment.code]), {"q": text})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assessments:search", args=[assessment.code]), {"q": text})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_next_open_question_is_found_across_sections_and_from_the_top_again(assessment: Assessment) -> None:
    client, way = manager_of(assessment), reverse("assessments:next_open", args=[assessment.code])
    give(assessment, "E1.01", "no")
    assert client.get(way).url == f"{address(assessment, 'E1')}#q-E1-03"
    assert client.get(way, {"after": "E1.04"}).url == f"{address(assessment, 'S1')}#q-S1-01"
    assert client.get(way, {"after": "G1.02"}).url == f"{address(assessment, 'E1')}#q-E1-03"
    assert client.get(way, {"after": "nonsense"}).url == f"{address(assessment, 'E1')}#q-E1-03"


def test_after_a_return_the_way_leads_to_what_was_asked(assessment: Assessment) -> None:
    ask_back(submit(assessment), "S1.02", "Really?")
    way = reverse("assessments:next_open", args=[assessment.code])
    assert manager_of(assessment).get(way).url == f"{address(assessment, 'S1')}#q-S1-02"


def test_where_nothing_is_open_the_way_leads_to_the_end(assessment: Assessment) -> None:
    complete(assessment, E1_03="5", E1_04=["led"], S1_03="2026-01-01", S1_04="none", G1_02="x")
    for code in ("E1.02", "G1.03"):
        give(assessment, code, None, is_na=True, na_reason="x")
    give(assessment, "G1.01", "no")
    give(assessment, "E1.01", "no")
    way = reverse("assessments:next_open", args=[assessment.code])
    assert manager_of(assessment).get(way).url == reverse("assessments:missing", args=[assessment.code])


@pytest.mark.parametrize("name", ["search", "next_open"])
def test_strangers_find_nothing_and_buyers_are_refused(assessment: Assessment, name: str) -> None:
    brand = make_brand()
    buys(brand, assessment.factory)
    page = reverse(f"assessments:{name}", args=[assessment.code])
    assert signed_in(make_user()).get(page).status_code == 404
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(page).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(page).status_code < 400


def test_each_section_has_a_state() -> None:
    made = section("E1", question("a"), question("b", Kind.INTEGER, constraint=". < 5"))

    def state(**answers: object) -> SectionState:
        return sheet(instrument(made), answers).section_state(made)

    assert state() == SectionState.NOT_BEGUN
    assert state(a="yes") == SectionState.IN_PART
    assert state(a="yes", b=9) == SectionState.HAS_PROBLEMS
    assert state(a="yes", b=3) == SectionState.DONE


def test_the_map_names_states_and_required_questions(assessment: Assessment) -> None:
    give(assessment, "S1.02", "200")
    page = shown(manager_of(assessment), assessment)
    way = " ".join(page[page.index('class="filling-map"') :].split())
    assert "Not begun</span> · 1 required still open" in way
    assert "Needs a correction" in way


def test_the_time_left_is_said_roughly() -> None:
    made = instrument(section("E1", *(question(f"q{n}") for n in range(11)), table("t", "grid", "diesel")))
    assert minutes_left(sheet(made, {})) == 15
    assert minutes_left(sheet(made, {"t": {"grid": [1] * 12}})) == 10
    assert minutes_left(sheet(made, {f"q{n}": "yes" for n in range(11)} | {"t": {"grid": [1] * 12}})) == 0
    many = instrument(section("E1", *(table(f"t{n}", "grid", "diesel") for n in range(10))))
    assert minutes_left(sheet(many, {})) == 90


def test_home_and_overview_say_how_long_it_will_take(assessment: Assessment) -> None:
    client = manager_of(assessment)
    home = client.get(reverse("assessments:factory_home", args=[assessment.factory.code])).content.decode()
    assert "About 15 minutes left" in home
    assert "About 15 minutes left" in client.get(assessment.get_absolute_url()).content.decode()


def test_the_factorys_name_stands_there_once_where_both_are_equal(assessment: Assessment) -> None:
    factory = assessment.factory
    factory.name = factory.name_latin = "Golden Thread"
    factory.save()
    page = manager_of(assessment).get(reverse("assessments:factory_home", args=[factory.code])).content.decode()
    heading = page[page.index('class="page-heading"') : page.index("</header>", page.index('class="page-heading"'))]
    assert heading.count("Golden Thread") == 1
