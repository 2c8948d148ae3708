"""What must fit together although no import ties it."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes" in capsys.readouterr().out


def test_every_face_that_the_styles_name_is_in_the_build() -> None:
    """The PDF renderer reads the faces from the front-end build; without them Khmer would be set in boxes."""
    faces = {path.name for path in settings.FONTS_DIR.glob("*.woff2")}
    wanted = set(re.findall(r"[\w-]+\.woff2", (settings.STYLES_DIR / "fonts.css").read_text()))
    assert wanted
    assert wanted <= faces
