"""A version leaves the portal as a workbook, and comes back as the same version."""

import warnings
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from assessments.domain.authored import Authored
from assessments.domain.xlsform import read, write
from assessments.sheets import Sheets, read_folder, read_upload, write_workbook
from tests.support.questionnaire import small_sheets

SHIPPED = Path(__file__).parents[2] / "assessments" / "questionnaires" / "alliance-esg"
HEAD = ["type", "name", "label::English (en)", "relevant", "calculation", "choice_filter", "repeat_count", "default"]
PUBLIC: dict[str, Any] = {
    "survey": [
        HEAD,
        ["text", "who", "Who?", "", "", "", "", "=1+1"],
        ["begin_group", "outer", "Outer", "${who} != ''", "", "", "", ""],
        ["calculate", "long", "", "", "string-length(${who})", "", "", ""],
        ["begin_group", "inner", "Inner", "${long} > 3", "", "", "", ""],
        ["note", "hello", "Hello ${who}", "", "", "", "", ""],
        ["select_one city", "town", "Town?", "${who} = 'x'", "", "country = 'kh'", "", ""],
        ["end_group", "", "", "", "", "", "", ""],
        ["begin_repeat", "visits", "Visits", "", "", "", "3", ""],
        ["date", "day", "Day", "", "", "", "", ""],
        ["text", "why", "Why", "", "", "", "", ""],
        ["end_repeat", "", "", "", "", "", "", ""],
        ["end_group", "", "", "", "", "", "", ""],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "country"],
        ["city", "pp", "Phnom Penh", "kh"],
        ["city", "bkk", "Bangkok", "th"],
    ],
}


def authored(sheets: Any) -> Authored:
    reading = read(sheets, name="public")
    assert reading.problems == []
    assert reading.instrument
    return Authored(reading.instrument, reading.sources, reading.lists)


@pytest.mark.parametrize("sheets", [small_sheets(), PUBLIC, read_folder(SHIPPED)], ids=["small", "public", "shipped"])
def test_exported_and_read_again_it_is_the_same(sheets: Sheets) -> None:
    before = authored(sheets)
    upload = read_upload("again.xlsx", write_workbook(write(before)))
    assert (upload.problems, upload.remarks) == ([], [])
    assert authored(upload.sheets) == before


@pytest.mark.parametrize("sheets", [small_sheets(), PUBLIC, read_folder(SHIPPED)], ids=["small", "public", "shipped"])
def test_other_readers_of_xlsform_take_it_without_a_warning(sheets: Sheets, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(write_workbook(write(authored(sheets))))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = convert(str(file))
    assert result.warnings == []
    assert "<h:html" in result.xform


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    sheets: Sheets = {"survey": [["type", "name", "label"], ["text", "a", "=HYPERLINK(1)"]]}
    upload = read_upload("x.xlsx", write_workbook(sheets))
    assert (upload.sheets, upload.problems) == (sheets, [])
