import json
import re

from tests.house.tree import APPS, BASE_DIR, shown, written

LONGEST = 300
LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SKIPPED = re.compile(
    r"pytest\.mark\.(skip\b|xfail\b|skipif\((?!sys\.platform))|unittest\.skip|pytest\.xfail\(|\b(it|test|describe)\.skip\("
)
SOMEWHERE = re.compile(r"[a-z]+://|^--?(index-url|extra-index-url|find-links|trusted-host|i|f)\b", re.MULTILINE)


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {shown(path): len(path.read_text().splitlines()) for path in written()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_left_to_do() -> None:
    here = {shown(path) for path in (BASE_DIR / "tests" / "house").iterdir()}
    left = [shown(path) for path in written() if LEFT_OVER.search(path.read_text()) and shown(path) not in here]
    assert left == []


def test_no_test_is_put_off() -> None:
    """Only a missing browser may skip a test (tests/support says how to get one), and a kernel that lacks the thing."""
    assert [shown(path) for path in written("tests") if SKIPPED.search(path.read_text())] == []


def test_requirements_are_locked_by_hash_and_name_no_host() -> None:
    for name in ("base", "dev"):
        text = (BASE_DIR / "requirements" / f"{name}.txt").read_text()
        assert SOMEWHERE.findall(text) == []
        pinned = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        hashed = re.findall(r"^\S+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert len(pinned) > 20
        assert all("--hash=sha256:" in requirement for requirement in hashed)


def test_front_end_packages_are_locked_and_name_no_host() -> None:
    lock = json.loads((BASE_DIR / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 5
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_python_files_stand_in_packages() -> None:
    """A folder without __init__.py imports only by luck of the path."""
    folders = {path.parent for path in written(*APPS, "tests", "bench", endings={".py"})}
    assert [shown(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
