"""Production says what is wrong before it serves a page, and its files fit the tools that read them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

BASE_DIR: Path = settings.BASE_DIR
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.prod",
    "SITE_URL": "https://portal.example.org",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgresql://portal:secret@127.0.0.1:5432/portal",
    "REDIS_URL": "redis://:secret@127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "Mekong Alliance <portal@example.org>",
}


def check(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if name not in COMPLETE and not name.startswith("DJANGO")
    }
    command = [sys.executable, "manage.py", "check", *arguments]
    return subprocess.run(command, env=clean | environment, cwd=BASE_DIR, capture_output=True, text=True)


def test_the_deployment_check_is_clean() -> None:
    done = check(COMPLETE, "--deploy", "--fail-level=WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", sorted(COMPLETE.keys() - {"DJANGO_SETTINGS_MODULE"}))
def test_what_is_missing_stops_the_start_by_its_name(name: str) -> None:
    done = check({key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY", "a" * 60),
        ("SITE_URL", "http://portal.example.org"),
        ("SITE_URL", "https://portal.example.org/alliance"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:///portal.db"),
        ("REDIS_URL", "memory://"),
    ],
)
def test_what_is_unsafe_stops_the_start_by_its_name(name: str, value: str) -> None:
    done = check(COMPLETE | {name: value})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


def test_the_compose_file_fits_the_compose_specification() -> None:
    command = f"{sys.executable} -m check_jsonschema --builtin-schema vendor.compose-spec docker-compose.yml"
    done = subprocess.run(command.split(), cwd=BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_service_has_a_health_check_and_every_long_lived_one_restarts() -> None:
    services = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]
    assert services.keys() == {"migrate", "web", "worker", "beat", "postgres", "redis", "proxy"}
    lasting = {name: service for name, service in services.items() if name != "migrate"}
    assert all("healthcheck" in service for service in lasting.values())
    assert all(service["restart"] == "unless-stopped" for service in lasting.values())


def test_only_the_proxy_is_reached_from_outside() -> None:
    services = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_example_environment_names_everything_that_production_needs() -> None:
    example = (BASE_DIR / ".env.example").read_text()
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, flags=re.MULTILINE))
    assert COMPLETE.keys() - {"DJANGO_SETTINGS_MODULE"} <= named
    for file in ("docker-compose.yml", "deploy/Caddyfile"):
        wanted = set(re.findall(r"\{\$?([A-Z_]+)(?::\?[^}]*)?\}", (BASE_DIR / file).read_text()))
        assert wanted <= named


def dockerfile_lines(instruction: str) -> list[str]:
    lines = (BASE_DIR / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith(f"{instruction} ")]


def test_the_image_copies_only_what_exists() -> None:
    copied = [word for line in dockerfile_lines("COPY") if "--from" not in line for word in line.split()[1:-1]]
    assert [path for path in copied if not (BASE_DIR / path).exists()] == []


def test_the_image_is_built_by_steps_that_make_knows() -> None:
    steps = [words for line in dockerfile_lines("RUN") for words in re.findall(r"(?:RUN|&&) make ([^&]+)", line)]
    assert len(steps) == 4
    for words in steps:
        done = subprocess.run(["make", "--dry-run", *words.split()], cwd=BASE_DIR, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_no_lock_file_names_a_host() -> None:
    locks = ["requirements/base.txt", "requirements/dev.txt", "package-lock.json"]
    for lock in locks:
        text = (BASE_DIR / lock).read_text()
        assert not re.search(r'"resolved"|--index|--find-links|^-i |@ \w+://', text, flags=re.MULTILINE), lock


def test_production_runs_the_versions_that_the_tests_ran() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (BASE_DIR / "requirements" / name).read_text()
        return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, flags=re.MULTILINE))

    assert pins("base.txt").items() <= pins("dev.txt").items()
