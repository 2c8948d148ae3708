"""A scorecard is an accessible PDF that carries all it needs."""

import ctypes
import hashlib
import inspect
import logging
import re
import zlib
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import weasyprint
from django.conf import settings
from django.utils import translation
from weasyprint.draw import text as weasyprint_text

from reports.rendering import actual_text, pdf, stylesheet, word_breaks
from reports.rendering.scorecard import render_scorecard
from tests.reports.pdf_reading import page_texts
from tests.reports.samples import WORDS, sample_facts

LANGUAGES = ("en", "km", "th", "vi")
# Of WeasyPrint 70.0. When this fails after an upgrade: read what changed in the function, see that actual_text still
# fits it (copying text must work, test_scorecard_text), and only then note the new version and digest here.
WRAPPED_VERSION = "70.0"
WRAPPED_DIGEST = "1bb8eae6d88e71b17096a034656f3be17da8f1f513c78536c1c38d971927638b"
MM = 72 / 25.4


def rendered(language: str) -> bytes:
    return render_scorecard(sample_facts(language))


def plain(data: bytes) -> bytes:
    """The file with all its compressed streams opened."""
    opened = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return data + b"\n".join(opened)


def fonts_of(data: bytes) -> dict[str, bool]:
    """The fonts that text is set in, and whether each is embedded."""
    document = pypdfium2.PdfDocument(data)
    fonts: dict[str, bool] = {}
    for page in document:
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            fonts[name.value.decode()] = bool(pdfium.FPDFFont_GetIsEmbedded(font))
    document.close()
    return fonts


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fonts_are_embedded_and_ours(language: str) -> None:
    fonts = fonts_of(rendered(language))
    assert all(fonts.values())
    assert all("Noto-Sans" in name for name in fonts)


def test_signs_in_a_question_come_from_our_own_fonts_too() -> None:
    facts = sample_facts("vi")
    odd = replace(facts.gaps[0], question="CO₂ ≥ 5 m³ → ✓ ½ ≤")
    data = render_scorecard(replace(facts, gaps=(odd,)))
    assert all("Noto-Sans" in name for name in fonts_of(data))
    assert "CO2 ≥ 5 m³ → ✓ ½ ≤" in "".join(page_texts(data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_glyph_is_missing(language: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        rendered(language)
    assert [record.message for record in caplog.records if "notdef" in record.message] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_that_it_is_accessible_and_in_which_language(language: str) -> None:
    data = plain(rendered(language))
    assert b"pdfuaid:part" in data
    assert b"/StructTreeRoot" in data
    assert f"/Lang ({language})".encode() in data


def test_foreign_names_are_marked_with_their_own_language() -> None:
    name = WORDS["en"].factory.encode("utf-16-be").hex().encode()
    assert re.search(rb"/ActualText <feff" + name + rb"> */Lang \(km\)", plain(rendered("en")))


def test_title_and_author_are_named() -> None:
    document = pypdfium2.PdfDocument(rendered("km"))
    about = document.get_metadata_dict()
    document.close()
    assert WORDS["km"].factory in about["Title"]
    with translation.override("km"):
        assert about["Author"] == str(settings.SITE_NAME)
    assert about["CreationDate"].startswith("D:20260331")


def test_every_picture_has_a_description() -> None:
    data = plain(rendered("en"))
    assert data.count(b"/S /Figure") == data.count(b"/Alt ") > 15


def test_the_same_facts_give_the_same_file() -> None:
    assert rendered("th") == rendered("th")


def test_weasyprint_still_has_the_function_that_we_wrap() -> None:
    digest = hashlib.sha256(inspect.getsource(actual_text._ORIGINAL).encode()).hexdigest()
    assert (weasyprint.__version__, digest) == (WRAPPED_VERSION, WRAPPED_DIGEST)


def test_wrapping_twice_wraps_once() -> None:
    actual_text.install()
    wrapped = weasyprint_text.draw_first_line
    actual_text.install()
    assert weasyprint_text.draw_first_line is wrapped
    assert actual_text._ORIGINAL.__module__ == "weasyprint.draw.text"


@pytest.mark.parametrize("style", ["scorecard", "questionnaire"])
def test_weasyprint_understands_the_whole_stylesheet(style: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        weasyprint.CSS(
            string=stylesheet.face_css() + stylesheet.paper_css(style),
            font_config=weasyprint.text.fonts.FontConfiguration(),
        )
    assert [record.message for record in caplog.records] == []


@pytest.mark.parametrize("language", ["km", "th"])
def test_a_long_sentence_stays_in_a_narrow_cell(language: str) -> None:
    sentence = WORDS[language].gaps[2][0]
    html = (
        f'<html lang="{language}"><head><title>x</title></head><body>'
        f'<div style="width: 40mm"><p>{sentence}</p></div></body></html>'
    )
    document = pypdfium2.PdfDocument(pdf.to_pdf(html, "scorecard"))
    page = document[0]
    left, right = 20 * MM, 60 * MM
    ink = page.render(scale=2).to_pil().convert("L")
    beyond = ink.crop((int((right + 1) * 2), 0, ink.width, ink.height))
    inside = ink.crop((int(left * 2), 0, int(right * 2), ink.height))
    document.close()
    assert inside.getextrema()[0] < 128
    assert beyond.getextrema() == (255, 255)
    assert "".join(page_texts(pdf.to_pdf(html, "scorecard"))[0].split()) == "".join(sentence.split())


def test_khmer_breaks_between_words() -> None:
    broken = word_breaks.with_word_breaks("រោងចក្រត្រូវមានគណៈកម្មាធិការ។ ISO 14001 ok")
    assert broken.split("\u200b") == ["រោងចក្រ", "ត្រូវ", "មាន", "គណៈកម្មាធិការ។ ISO 14001 ok"]
    assert word_breaks.without_word_breaks(broken) == "រោងចក្រត្រូវមានគណៈកម្មាធិការ។ ISO 14001 ok"


@pytest.mark.parametrize("text", ["សំណួរនីមួយៗទទួលបាន", "ផ្សេងៗគ្នា", "ដូច្នេះ៖", "ต่างๆที่", "กรุงเทพฯมี"])
def test_a_sign_of_repetition_or_an_end_never_begins_a_line(text: str) -> None:
    broken = word_breaks.with_word_breaks(text)
    assert not [word for word in broken.split("\u200b") if word[0] in "ៗ។៕៖ๆฯ"]


def test_words_beyond_the_basic_plane_break_at_the_right_place() -> None:
    assert word_breaks.with_word_breaks("😀រោងចក្រត្រូវ").replace("\u200b", "|") == "😀|រោងចក្រ|ត្រូវ"


def test_nothing_is_fetched_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("asked for something from outside")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    html = (
        '<html lang="en"><head><title>x</title></head><body><img src="http://127.0.0.1:9/x.png" alt="x"/></body></html>'
    )
    assert pdf.to_pdf(html, "scorecard").startswith(b"%PDF")
