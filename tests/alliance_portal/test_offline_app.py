"""The portal as an app: what a browser is told about it, whoever asks."""

import gzip
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alliance_portal import frontend, offline
from suppliers.roles import Role
from tests.support.assessing import make_assessment, someone_of
from tests.support.world import hold, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "km", "th", "vi"])
def test_the_manifest_makes_the_portal_an_app(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"], told["lang"]) == ("/home/", "/", "standalone", language)
    sizes = {icon["sizes"] for icon in told["icons"] if icon["type"] == "image/png"}
    assert {"192x192", "512x512"} <= sizes
    for icon in told["icons"]:
        assert (settings.BASE_DIR / "static" / "dist" / icon["src"].removeprefix("/static/")).exists()


def test_the_icons_are_pictures_of_the_size_they_say() -> None:
    for size in (192, 512):
        picture = (settings.BASE_DIR / "static" / "dist" / "images" / f"icon-{size}.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (size, size)


def test_the_service_worker_comes_from_the_root_and_is_never_old(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-store" in answer["Cache-Control"]
    told = json.loads(re.match(r"self\.PORTAL = (.*);\n", answer.content.decode())[1])  # type: ignore[index]
    assert {"/static/site.css", "/static/section.js", "/static/offline.js"} <= set(told["shell"])
    assert any("khmer" in face for face in told["fonts"]["km"])
    assert not any("khmer" in face or "thai" in face for face in told["fonts"]["vi"])
    assert all(
        (settings.BASE_DIR / "static" / "dist" / path.removeprefix("/static/")).exists() for path in told["shell"]
    )


def test_pages_say_whose_they_are_and_only_those_of_the_filling_are_kept() -> None:
    assessment = make_assessment()
    manager = someone_of(assessment)
    client = signed_in(manager)
    pages = {
        reverse("assessments:factory_home", args=[assessment.factory.code]): "home",
        reverse("assessments:assessment", args=[assessment.code]): "page",
        reverse("assessments:section", args=[assessment.code, "E1"]): "page",
        reverse("assessments:sharing", args=[assessment.factory.code]): None,
        reverse("suppliers:profile"): None,
        reverse("account_email"): None,
    }
    for address, kind in pages.items():
        answer = client.get(address)
        assert (answer.get("X-Portal-User"), answer.get("X-Portal-Keep")) == (manager.public_id, kind), address
    staff = signed_in(hold(Role.PROGRAM_ADMIN))
    assert "X-Portal-Keep" not in staff.get(reverse("assessments:section", args=[assessment.code, "E1"]))


def test_a_visitors_page_is_nobodys(client: Client) -> None:
    assert client.get(reverse("account_login"))["X-Portal-User"] == "-"


def test_the_offline_page_says_nothing_about_anybody() -> None:
    person = make_user(name="Sok Dara")
    page = signed_in(person).get("/offline/").content.decode()
    assert "No connection" in page
    assert person.email not in page
    assert "Sok Dara" not in page


def test_signing_out_clears_the_phone() -> None:
    client = signed_in(make_user())
    assert "Clear-Site-Data" not in client.get(reverse("account_logout"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'
    # Who leaves another person's unsent answers to them has nothing of their own here.
    assert "Clear-Site-Data" not in signed_in(make_user()).post(reverse("account_logout"), {"keep": "1"})


def test_the_policy_lets_only_our_own_worker_run(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


def test_the_scripts_of_a_section_page_are_small() -> None:
    """60 KB compressed at most, all that the page and its parts need."""
    built = settings.BASE_DIR / "static" / "dist"
    scripts = [built / f"{name}.js" for name in ("site", "offline", "section")] + list(built.glob("shared.*.js"))
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 60 * 1024


def test_shared_parts_are_kept_under_the_name_by_which_scripts_ask_for_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In production Django names files by their content, but not inside of scripts."""
    monkeypatch.setattr(frontend, "static", lambda name: f"/static/{name}.0123456789ab")
    told = offline._build()
    script = (settings.BASE_DIR / "static" / "dist" / "section.js").read_text()
    wanted = {f"/static/{name}" for name in re.findall(r"shared\.[A-Z0-9]{8}\.js", script)}
    assert wanted
    assert wanted <= set(told["shell"])
    assert "/static/section.js.0123456789ab" in told["shell"]
