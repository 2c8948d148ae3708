"""A program of its own: a workbook on standard input, its sheets as JSON on standard output. See uploads.py.

It imports nothing of the portal, because it runs in a process that knows only where its libraries lie.
"""

import contextlib
import csv
import datetime as dt
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

NAMES = ("survey", "choices", "settings", "legal_notes")
# Sheets that XLSForm knows and the portal does not have.
REFUSED = ("external_choices", "entities", "osm", "cascades")
MAX_ROWS = 5000
MAX_COLUMNS = 200
MAX_CELL = 32_767
MAX_ENTRIES = 300
MAX_UNPACKED = 40 * 1024 * 1024
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 15

Table = list[list[Any]]


class Refused(Exception):
    pass


class Found:
    def __init__(self) -> None:
        self.sheets: dict[str, Table] = {}
        self.problems: list[tuple[str, int, str, str, str]] = []
        self.remarks: list[tuple[str, int, str, str, str]] = []

    def wants(self, title: str) -> str:
        """The sheet's name where it is one of ours, else "", noted."""
        name = title.strip().lower()
        if name in NAMES and name not in self.sheets:
            return name
        if name in REFUSED:
            self.problems.append((name, 1, "", "sheet_refused", title))
        elif name not in NAMES:
            self.remarks.append((title[:64], 1, "", "sheet_ignored", title))
        return ""

    def take(self, name: str, rows: Iterable[Iterable[Any]]) -> None:
        table: Table = []
        for number, row in enumerate(rows, start=1):
            cells = list(row)
            while cells and cells[-1] in (None, ""):
                cells.pop()
            if number > MAX_ROWS and cells:
                self.problems.append((name, number, "", "too_many_rows", str(MAX_ROWS)))
                break
            if len(cells) > MAX_COLUMNS:
                self.problems.append((name, number, "", "too_many_columns", str(MAX_COLUMNS)))
                break
            if number <= MAX_ROWS:
                table.append([plain(cell) for cell in cells])
        while table and not table[-1]:
            table.pop()
        self.sheets[name] = table


def plain(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        return str(cell)
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    return str(cell)[:MAX_CELL]


def checked_zip(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused("broken") from None
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused("unsafe")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("locked")
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise Refused("macros")
    return archive


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the directory promised, whatever the data says."""
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise Refused("unsafe")
    return data


def check_xml(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            data = unpacked(archive, entry).replace(b"\x00", b"")
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise Refused("unsafe")


def read_xlsx(content: bytes, found: Found) -> None:
    import openpyxl

    archive = checked_zip(content)
    check_xml(archive)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    for sheet in book.worksheets:
        if name := found.wants(sheet.title):
            sheet.reset_dimensions()  # what the file says of its size need not be true
            found.take(name, _without_formulas(name, sheet.iter_rows(), found))


def _without_formulas(
    name: str, rows: Iterable[Iterable[Any]], found: Found, value_of: Callable[[Any], Any] = lambda cell: cell.value
) -> Iterator[list[Any]]:
    for number, row in enumerate(rows, start=1):
        values = []
        for cell in row:
            if cell.data_type == "f":
                found.problems.append((name, number, cell.column_letter, "formula", ""))
            values.append(None if cell.data_type == "f" else value_of(cell))
        yield values


def read_xls(content: bytes, found: Found) -> None:
    import xlrd

    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refused("macros")
    if not content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused("broken")
    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise Refused("locked" if "encrypted" in str(error).lower() else "broken") from None
    for title in book.sheet_names():
        if name := found.wants(title):
            found.take(name, _xls_rows(book, book.sheet_by_name(title)))


def _xls_rows(book: Any, sheet: Any) -> Iterator[list[Any]]:
    import xlrd

    for number in range(sheet.nrows):
        values = []
        for cell in sheet.row(number):
            if cell.ctype == xlrd.XL_CELL_DATE:
                values.append(xlrd.xldate_as_datetime(cell.value, book.datemode))
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                values.append(bool(cell.value))
            else:
                values.append(None if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_BLANK) else cell.value)
        yield values


def read_zip(content: bytes, found: Found) -> None:
    """CSV sheets, at the top or in one folder."""
    archive = checked_zip(content)
    csv.field_size_limit(MAX_CELL)
    for entry in archive.infolist():
        path = entry.filename
        if not path.lower().endswith(".csv") or path.startswith("__MACOSX"):
            continue
        if name := found.wants(path.rsplit("/", 1)[-1][:-4]):
            try:
                text = unpacked(archive, entry).decode("utf-8-sig")
                found.take(name, csv.reader(io.StringIO(text, newline="")))
            except (UnicodeDecodeError, csv.Error):
                raise Refused("broken") from None


def read_answers(content: bytes, found: Found) -> None:
    """Every sheet of a workbook with answers, whatever its name; a share stands as a percentage, as it is shown."""
    import openpyxl

    archive = checked_zip(content)
    check_xml(archive)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    for sheet in book.worksheets[:MAX_ENTRIES]:
        sheet.reset_dimensions()
        found.take(sheet.title, _without_formulas(sheet.title, sheet.iter_rows(), found, value_of=_shown))


def _shown(cell: Any) -> Any:
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return round(cell.value * 100, 8) if is_number and "%" in (cell.number_format or "") else cell.value


READERS = {"answers": read_answers, ".xlsx": read_xlsx, ".xls": read_xls, ".zip": read_zip}


def read(ending: str, content: bytes) -> dict[str, Any]:
    found = Found()
    try:
        READERS[ending](content, found)
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "unsafe"}
    except Exception:
        # The libraries raise whatever a broken file makes them stumble over.
        return {"refused": "broken"}
    return {"sheets": found.sheets, "problems": found.problems, "remarks": found.remarks}


def main() -> None:
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
        # macOS knows the first and refuses it; the time limit of whoever started us still holds.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    json.dump(read(sys.argv[1], sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
