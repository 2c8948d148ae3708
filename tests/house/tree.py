"""The files that people write by hand."""

from collections.abc import Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
APPS = ("alliance_portal", "suppliers", "assessments", "reports")
FOLDERS = (*APPS, "tests", "bench", "templates", "static/src")
NOT_BY_HAND = {"migrations", "__pycache__", "node_modules"}
CODE = {".py", ".ts", ".mjs", ".scss", ".css", ".html", ".txt"}


def written(*folders: str, endings: set[str] | None = None) -> Iterator[Path]:
    for folder in folders or FOLDERS:
        for path in sorted((BASE_DIR / folder).rglob("*")):
            if path.suffix in (endings or CODE) and not NOT_BY_HAND & set(path.parts):
                yield path


def templates() -> list[Path]:
    folders = ("templates", *(f"{app}/templates" for app in APPS))
    return [path for folder in folders for path in written(folder, endings={".html", ".txt"})]


def template_name(path: Path) -> str:
    """As `{% include %}` and `render` say it."""
    place = path.relative_to(BASE_DIR).as_posix()
    return place.split("templates/", 1)[1]


def shown(path: Path) -> str:
    return path.relative_to(BASE_DIR).as_posix()
