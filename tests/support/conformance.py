"""The cases that hold both engines together, as the files in tests/conformance have them."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "conformance"


def cases_of(name: str) -> list[dict[str, Any]]:
    return list(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


CASES = cases_of("logic")
