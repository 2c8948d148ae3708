"""A questionnaire as a folder of CSV sheets, which a review of changes can read."""

import csv
from pathlib import Path

Sheets = dict[str, list[list[str]]]

NAMES = ("survey", "choices", "settings", "legal_notes")


class NoSheets(Exception):
    """The folder lacks what makes a questionnaire."""


def read_folder(folder: Path) -> Sheets:
    """A folder of UTF-8 CSV files, one a sheet."""
    if not (folder / "survey.csv").is_file():
        raise NoSheets(str(folder))
    return {name: _read_csv(folder / f"{name}.csv") for name in NAMES if (folder / f"{name}.csv").is_file()}


def _read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
