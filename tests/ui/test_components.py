"""The parts that pages are made of, by their documented parameters."""

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation


def part(name: str, /, **parameters: Any) -> str:
    return render_to_string(f"components/{name}.html", parameters, RequestFactory().get("/list/?q=mekong&page=2"))


@pytest.mark.parametrize("language", ["en", "km", "th", "vi"])
def test_a_bar_is_as_long_as_its_score_in_every_language(language: str) -> None:
    with translation.override(language):
        bar = part("score_bar", label="Environment", percent=63.4, band="progressing")
    assert '<rect class="fill" width="63.4" height="1"/>' in bar
    assert "band-progressing" in bar


def test_what_is_not_scored_has_words_and_no_bar() -> None:
    bar = part("score_bar", label="Environment", percent=None)
    assert "Not scored" in bar
    assert "<svg" not in bar


def test_nothing_at_all_is_a_score_too() -> None:
    assert 'width="0.0"' in part("score_bar", label="Environment", percent=0)


def test_a_band_says_its_word_beside_its_colour() -> None:
    assert re.search(r'class="badge band band-leading">Leading<', part("band_badge", band="leading", label="Leading"))


@pytest.mark.parametrize(("tone", "icon"), [("neutral", ""), ("done", "#tick"), ("attention", "#attention")])
def test_a_state_that_needs_action_carries_a_sign(tone: str, icon: str) -> None:
    badge = part("state_badge", label="Returned", tone=tone)
    assert f"tone-{tone}" in badge
    assert (icon in badge) if icon else ("<svg" not in badge)


def test_progress_counts_in_whole_numbers() -> None:
    bar = part("progress_bar", label="Answered", value=12, max=1200)
    assert '<progress max="1200" value="12"' in bar
    assert "1,200" in bar


def test_words_from_people_are_escaped() -> None:
    for name, parameters in {
        "alert": {"tone": "warning", "text": "<b>"},
        "empty_state": {"title": "<b>"},
        "state_badge": {"label": "<b>"},
        "page_heading": {"title": "<b>"},
        "confirm": {"label": "<b>", "url": "/", "text": "<b>"},
    }.items():
        assert "<b>" not in part(name, **parameters), name


def test_pages_keep_what_was_searched_for() -> None:
    pages = part("pagination", page=Paginator(range(60), 25).page(2))
    assert "Page 2 of 3" in pages
    assert "?q=mekong&amp;page=1" in pages
    assert "?q=mekong&amp;page=3" in pages


def test_a_single_page_needs_no_pages() -> None:
    assert "nav" not in part("pagination", page=Paginator(range(3), 25).page(1))


def test_a_confirmation_posts_only_after_the_second_press() -> None:
    box = part("confirm", label="Withdraw", url="/withdraw/", text="Sure?", tone="danger", name="brand", value="nord")
    assert '<summary class="btn btn-outline-danger">Withdraw</summary>' in box
    assert '<input type="hidden" name="brand" value="nord">' in box
    assert 'method="post" action="/withdraw/"' in box


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the gate")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"class": "wide"}))
    sure = forms.BooleanField(label="Sure")


def test_a_field_says_label_help_and_mistake_and_ties_them_to_the_control() -> None:
    page = SampleForm({"note": ""}).as_div()
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'class="form-control wide"' in page
    assert page.count("(optional)") == 1
    assert page.index("As on the gate") < page.index('<input type="text"')


def test_the_summary_links_every_mistake_to_its_field() -> None:
    page = SampleForm({}).as_div()
    summary = page[: page.index('class="field')]
    assert re.findall(r'href="#(\w+)"', summary) == ["id_name", "id_kind", "id_sure"]
    for target in ("id_name", "id_kind", "id_sure"):
        assert f'id="{target}"' in page


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert 'role="alert"' not in SampleForm().as_div()


def test_a_hidden_field_stays_hidden() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    page = Hidden(initial={"token": "x"}).as_div()
    assert "field-label" not in page
    assert '<input type="hidden" name="token" value="x"' in page
