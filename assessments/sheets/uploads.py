"""Reading a workbook that somebody sent, in a process of its own with limits on time and memory.

A hostile file can at worst end that process. Formulas are never evaluated, macros never looked into.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import PurePath

from assessments.domain.xlsform import SheetProblem
from assessments.sheets.folder import Sheets

MAX_BYTES = 5 * 1024 * 1024
SECONDS = 20
ENDINGS = frozenset({".xlsx", ".xls", ".zip"})
MACROS = frozenset({".xlsm", ".xltm", ".xlam", ".xlsb"})


class UploadRefused(Exception):
    """The file as a whole; `code`: empty, too_large, macros, wrong_type, broken, unsafe, locked or too_slow."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Upload:
    """`name`: the file's, without its ending."""

    name: str
    sheets: Sheets
    problems: list[SheetProblem] = field(default_factory=list)
    remarks: list[SheetProblem] = field(default_factory=list)


def read_upload(filename: str, content: bytes) -> Upload:
    """The sheets of a questionnaire. Raises UploadRefused."""
    ending = _checked(filename, content, ENDINGS)
    return _read(filename, ending, content)


def read_answer_workbook(filename: str, content: bytes) -> Upload:
    """Every sheet of a workbook with answers. Raises UploadRefused."""
    _checked(filename, content, frozenset({".xlsx"}))
    return _read(filename, "answers", content)


def _checked(filename: str, content: bytes, endings: frozenset[str]) -> str:
    ending = _path(filename).suffix.lower()
    if ending in MACROS:
        raise UploadRefused("macros")
    if ending not in endings:
        raise UploadRefused("wrong_type")
    if not content:
        raise UploadRefused("empty")
    if len(content) > MAX_BYTES:
        raise UploadRefused("too_large")
    return ending


def _path(filename: str) -> PurePath:
    return PurePath(filename.replace("\\", "/"))


def _read(filename: str, reader: str, content: bytes) -> Upload:
    found = _in_its_own_process(reader, content)
    if "refused" in found:
        raise UploadRefused(found["refused"])
    problems = [SheetProblem(*problem) for problem in found["problems"]]
    remarks = [SheetProblem(*remark) for remark in found["remarks"]]
    return Upload(_path(filename).stem[:60], found["sheets"], problems, remarks)


def _in_its_own_process(reader: str, content: bytes) -> dict:  # type: ignore[type-arg]
    command = [sys.executable, "-I", str(PurePath(__file__).with_name("reader.py")), reader]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UploadRefused("too_slow") from None
    try:
        found: dict = json.loads(done.stdout)  # type: ignore[type-arg]
    except ValueError:
        # Killed by its own limits, or by what the file made of the library that reads it.
        return {"refused": "too_slow" if done.returncode < 0 else "broken"}
    return found
