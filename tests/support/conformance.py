"""The cases that hold both engines together, as tests/conformance/logic.json has them."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "conformance" / "logic.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
