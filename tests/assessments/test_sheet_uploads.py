"""Workbooks that strangers send: read where they can be, refused in words where they cannot, never a traceback."""

import datetime as dt
import struct

import pytest

from assessments.domain.xlsform import read
from assessments.sheets import UploadRefused, read_upload
from tests.support.workbooks import rewritten, workbook, zipped

SURVEY = [["type", "name", "label"], ["text", "a", "A?"]]


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UploadRefused) as caught:
        read_upload(name, content)
    return caught.value.code


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    upload = read_upload("My form.xlsx", workbook(survey=SURVEY, settings=[["form_id"], ["x"]]))
    assert upload.name == "My form"
    assert upload.sheets == {"survey": SURVEY, "settings": [["form_id"], ["x"]]}
    assert (upload.problems, upload.remarks) == ([], [])


def test_names_of_sheets_may_be_written_in_capitals() -> None:
    assert read_upload("x.xlsx", workbook(Survey=SURVEY)).sheets["survey"] == SURVEY


def test_a_zip_of_csv_sheets_is_read_from_a_folder_too() -> None:
    content = zipped({"form/survey.csv": "type,name,label\ntext,a,តើ?\n".encode("utf-8-sig"), "form/readme.txt": b"x"})
    assert read_upload("x.zip", content).sheets == {"survey": [["type", "name", "label"], ["text", "a", "តើ?"]]}


def test_a_sheet_that_is_not_read_is_named() -> None:
    upload = read_upload("x.xlsx", workbook(survey=SURVEY, analysis=[["notes"]]))
    assert [(remark.sheet, remark.code) for remark in upload.remarks] == [("analysis", "sheet_ignored")]


def test_a_sheet_that_would_change_the_form_is_refused() -> None:
    upload = read_upload("x.xlsx", workbook(survey=SURVEY, external_choices=[["list_name"]]))
    assert [problem.code for problem in upload.problems] == ["sheet_refused"]


def test_formulas_are_named_by_row_and_column_and_never_evaluated() -> None:
    upload = read_upload("x.xlsx", workbook(survey=[*SURVEY, ["text", "b", '=HYPERLINK("http://x.example","y")']]))
    assert [(p.row, p.column, p.code) for p in upload.problems] == [(3, "C", "formula")]
    assert "HYPERLINK" not in str(upload.sheets)


def test_dates_and_whole_numbers_arrive_as_people_write_them() -> None:

    rows = [
        ["type", "name", "label", "default"],
        ["date", "a", "A", dt.date(2026, 3, 1)],
        ["integer", "b", "B", 4.0],
    ]
    sheets = read_upload("x.xlsx", workbook(survey=rows)).sheets
    reading = read(sheets, name="x")
    assert reading.instrument
    assert [q.default for q in reading.instrument.questions.values()] == ["2026-03-01", "4"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.xlsx", b"", "empty"),
        ("x.pdf", b"%PDF-1.7", "wrong_type"),
        ("x.xlsm", workbook(survey=SURVEY), "macros"),
        ("x.xlsx", b"PK\x03\x04 and then nothing", "broken"),
        ("x.xlsx", zipped({"hello.txt": b"no workbook"}), "broken"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "broken"),
        ("x.xls", b"not OLE", "broken"),
        ("x.zip", zipped({"survey.csv": b"\xff\xfe\x00type"}), "broken"),
        ("x.zip", zipped({"survey.csv": b'type\n"' + b"a" * 40_000}), "broken"),
        ("x.xlsx", b"PK" + bytes(6 * 1024 * 1024), "too_large"),
    ],
    ids=str,
)
def test_what_is_no_workbook_is_refused_in_words(name: str, content: bytes, code: str) -> None:
    assert refusal(name, content) == code


def test_macros_hide_in_no_other_name() -> None:
    assert refusal("x.xlsx", zipped({"xl/vbaProject.bin": b"x", "survey.csv": b"type"})) == "macros"
    assert refusal("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT_CUR".encode("utf-16-le")) == "macros"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal("x.xlsx", zipped({"xl/workbook.xml": bytes(60_000_000)})) == "unsafe"


def test_a_bomb_that_lies_about_its_size_is_refused_too() -> None:
    content = bytearray(zipped({"survey.csv": b"a" * 2_000_000}))
    for place in (content.index(b"PK\x03\x04") + 22, content.index(b"PK\x01\x02") + 24):
        content[place : place + 4] = struct.pack("<I", 10)
    assert refusal("x.zip", bytes(content)) in ("unsafe", "broken")


def test_entities_are_not_resolved() -> None:
    entity = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]><workbook'
    assert refusal("x.xlsx", rewritten(workbook(survey=SURVEY), "xl/workbook.xml", b"<workbook", entity)) == "unsafe"


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(zipped({"survey.csv": b"type"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert refusal("x.zip", bytes(content)) == "locked"


def test_too_many_rows_are_named_and_the_rest_is_not_read() -> None:
    rows = [["type", "name", "label"], *(["text", f"q{n}", "Q"] for n in range(20_000))]
    upload = read_upload("x.xlsx", workbook(survey=rows))
    assert [(p.row, p.code) for p in upload.problems] == [(5001, "too_many_rows")]
    assert len(upload.sheets["survey"]) == 5000


def test_too_many_columns_are_named() -> None:
    upload = read_upload("x.xlsx", workbook(survey=[["x"] * 300]))
    assert [problem.code for problem in upload.problems] == ["too_many_columns"]


def test_names_with_paths_are_only_names() -> None:
    assert read_upload("..\\..\\etc/passwd.xlsx", workbook(survey=SURVEY)).name == "passwd"


def test_a_zip_with_thousands_of_entries_is_refused() -> None:
    assert refusal("x.zip", zipped({f"{n}.csv": b"" for n in range(1000)})) == "unsafe"


def test_every_byte_that_is_broken_is_answered() -> None:
    """A workbook cut at any of many places is read or refused, nothing else."""
    content = workbook(survey=SURVEY)
    for cut in range(100, len(content), max(1, len(content) // 12)):
        assert refusal("x.xlsx", content[:cut]) == "broken"
