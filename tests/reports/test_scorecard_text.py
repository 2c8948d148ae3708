"""Text that is copied out of a scorecard is the text that went in."""

from dataclasses import replace

import pytest

from reports.domain.scorecard import Run
from reports.rendering.scorecard import render_scorecard, scorecard_html
from tests.reports.pdf_reading import left_over, page_texts, running_lines, source_lines, squeezed
from tests.reports.samples import CONTENT_HASH, sample_facts

LANGUAGES = ("en", "km", "th", "vi")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def pages(language: str) -> list[str]:
    return page_texts(render_scorecard(sample_facts(language)))


def test_copied_text_is_the_source_line_by_line_and_nothing_else(language: str, pages: list[str]) -> None:
    html = scorecard_html(sample_facts(language))
    rest, missing = left_over("".join(pages), source_lines(html))
    assert missing == []
    for number in range(1, len(pages) + 1):
        for head_or_foot in running_lines(html, number, len(pages)):
            rest = rest.replace(head_or_foot, "")
    assert rest == ""


def test_each_page_but_the_cover_is_headed_by_factory_and_campaign(language: str, pages: list[str]) -> None:
    facts = sample_facts(language)
    assert len(pages) >= 3
    for page in pages[1:]:
        assert squeezed(facts.factory.text) in squeezed(page)
        assert squeezed(facts.campaign) in squeezed(page)


def test_pages_are_numbered_of_how_many(language: str, pages: list[str]) -> None:
    html = scorecard_html(sample_facts(language))
    for number, page in enumerate(pages, start=1):
        assert running_lines(html, number, len(pages))[-1] in squeezed(page)


def test_the_fingerprint_is_on_one_line_of_the_last_page(pages: list[str]) -> None:
    assert CONTENT_HASH in pages[-1].splitlines()


def test_markup_and_control_characters_in_an_answer_are_only_text() -> None:
    facts = sample_facts("en")
    odd = replace(facts.gaps[0], answer=Run("<b>5 & 6</b>\x0b\x01 ]]> {{ x }}", "en"))
    text = squeezed("".join(page_texts(render_scorecard(replace(facts, gaps=(odd,))))))
    assert "<b>5&6</b>]]>{{x}}" in text


def test_an_empty_submission_still_makes_a_page() -> None:
    facts = replace(
        sample_facts("km"),
        workers=None,
        factory_latin=None,
        critical=(),
        strengths=(),
        gaps=(),
        emissions=None,
        previous=None,
        changes=(),
    )
    _, missing = left_over("".join(page_texts(render_scorecard(facts))), source_lines(scorecard_html(facts)))
    assert missing == []
