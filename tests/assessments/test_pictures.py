"""Pictures: nothing in them but the picture, upright, and small ones to look at."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from assessments.domain import pictures
from assessments.models import Assessment, Evidence
from assessments.services import evidence
from assessments.services import pictures as service
from suppliers.roles import Role
from tests.support.assessing import PDF, make_assessment, prove, submit
from tests.support.sections import manager_of
from tests.support.uploading import GPS, SIZE, photo
from tests.support.world import buys, hold, make_brand, make_user, signed_in

pytestmark = pytest.mark.usefixtures("media_folder")

KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@pytest.fixture
def assessment(db: None) -> Assessment:
    return make_assessment()


def kept(assessment: Assessment, content: bytes, ending: str = "jpg") -> bytes:
    file = prove(assessment, "S1.01", f"exit.{ending}", content)
    with file.file.open() as stored:
        found = bytes(stored.read())
    assert file.size == len(found)
    return found


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "ending"), KINDS.items())
def test_a_photo_loses_its_place_and_keeps_its_pixels(assessment: Assessment, kind: str, ending: str) -> None:
    taken = photo(kind)
    assert opened(taken).getexif().get_ifd(GPS)
    found = kept(assessment, taken, ending)
    assert not opened(found).getexif()
    assert b"Secret" not in found
    assert ImageChops.difference(opened(taken).convert("RGB"), opened(found).convert("RGB")).getbbox() is None


@pytest.mark.parametrize(("kind", "ending"), KINDS.items())
def test_a_photo_taken_upright_stays_upright(assessment: Assessment, kind: str, ending: str) -> None:
    found = opened(kept(assessment, photo(kind, turned=6), ending))
    assert found.size == SIZE[::-1]
    red, blue = (found.convert("RGB").getpixel((20, row)) for row in (5, 55))
    assert (red[0] > 200, blue[2] > 200) == (True, True)
    assert not found.getexif()


@pytest.mark.parametrize(("kind", "ending"), KINDS.items())
def test_a_bare_picture_is_kept_as_it_is(assessment: Assessment, kind: str, ending: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, kind)
    assert kept(assessment, stream.getvalue(), ending) == stream.getvalue()


def test_colours_are_kept(assessment: Assessment) -> None:
    assert opened(kept(assessment, photo(icc_profile=b"profile"))).info["icc_profile"] == b"profile"
    assert opened(kept(assessment, photo(icc_profile=b"profile", turned=3))).info["icc_profile"] == b"profile"


def test_a_photo_in_several_passes_and_with_a_film_behind_it(assessment: Assessment) -> None:
    taken = photo(size=(200, 200), progressive=True)
    found = kept(assessment, taken + b"film of the Secret place")
    assert b"Secret" not in found
    assert opened(found).convert("RGB").getpixel((10, 10))[0] > 200


@pytest.mark.parametrize("content", [photo()[:400], photo("PNG")[:90], b"\xff\xd8\xff\xe0" + b"x" * 50])
def test_a_picture_that_cannot_be_opened_is_not_taken(assessment: Assessment, content: bytes) -> None:
    ending = "png" if content.startswith(b"\x89") else "jpg"
    with pytest.raises(evidence.FileRefused) as refused:
        kept(assessment, content, ending)
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("side", [9000, 60_000])
def test_a_small_file_that_unpacks_to_a_giant_is_not_taken(assessment: Assessment, side: int) -> None:
    bomb = bytearray(photo("PNG"))
    at = bomb.index(b"IHDR")
    bomb[at + 4 : at + 12] = struct.pack(">II", side, side)
    bomb[at + 17 : at + 21] = struct.pack(">I", zlib.crc32(bomb[at : at + 17]))
    with pytest.raises(evidence.FileRefused) as refused:
        kept(assessment, bytes(bomb), "png")
    assert refused.value.code == "too_many_pixels"


@pytest.mark.parametrize("kind", pictures.BARE)
@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"\xff\xd8\xff\xe1", b"RIFF\x99\0\0\0WEBPVP8 ", pictures.PNG_SIGNATURE]
)
def test_half_a_file_is_malformed_and_nothing_worse(kind: str, content: bytes) -> None:
    with pytest.raises(pictures.MalformedPicture):
        pictures.bare(content, kind)


def look(client: Client, file: Evidence) -> Any:
    return client.get(reverse("assessments:thumbnail", args=[file.public_id]))


def test_a_picture_has_a_small_one(assessment: Assessment) -> None:
    file = prove(assessment, "S1.01", "exit.png", photo("PNG", (900, 600)))
    for _again in range(2):
        answer = look(manager_of(assessment), file)
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert opened(b"".join(answer.streaming_content)).size == (320, 213)
    assert look(manager_of(assessment), prove(assessment, "S1.01", "a.pdf", PDF)).status_code == 404


def test_a_picture_that_went_bad_has_an_empty_one(assessment: Assessment) -> None:
    file = prove(assessment, "S1.01", "exit.jpg", photo())
    Path(file.file.path).write_bytes(b"\xff\xd8 broken")
    assert look(manager_of(assessment), file).status_code == 200
    assert service.thumbnail(file).exists()


def test_who_may_look(assessment: Assessment) -> None:
    file, brand = prove(assessment, "S1.01", "exit.jpg", photo()), make_brand()
    buys(brand, assessment.factory)
    assert look(signed_in(make_user()), file).status_code == 404
    assert look(signed_in(hold(Role.BRAND_LEAD, brand)), file).status_code == 404
    assert look(signed_in(hold(Role.PROGRAM_STAFF)), file).status_code == 200


def change(client: Client, file: Evidence, what: str) -> Any:
    return client.post(reverse(f"assessments:{what}_evidence", args=[file.public_id]))


def test_a_document_is_removed_and_brought_back(assessment: Assessment) -> None:
    file, client = prove(assessment, "S1.01"), manager_of(assessment)
    for _again in range(2):
        assert change(client, file, "remove").json()["state"] == "removed"
    assert not Evidence.objects.current().exists()
    for _again in range(2):
        assert change(client, file, "restore").json()["state"] == "saved"
    assert Evidence.objects.current().count() == 1


def test_a_removal_is_not_taken_back_over_the_limit(assessment: Assessment, settings: Any) -> None:
    settings.EVIDENCE_MAX_FILES_PER_QUESTION = 1
    file, client = prove(assessment, "S1.01"), manager_of(assessment)
    change(client, file, "remove")
    prove(assessment, "S1.01", content=PDF + b"other")
    assert change(client, file, "restore").status_code == 422
    assert Evidence.objects.current().count() == 1


def test_who_may_remove(assessment: Assessment) -> None:
    file, brand = prove(assessment, "S1.01"), make_brand()
    buys(brand, assessment.factory)
    for what in ("remove", "restore"):
        assert change(signed_in(make_user()), file, what).status_code == 404
        assert change(signed_in(hold(Role.BRAND_LEAD, brand)), file, what).status_code == 404
        assert change(signed_in(hold(Role.PROGRAM_STAFF)), file, what).status_code == 403
    assert Evidence.objects.current().count() == 1
    submit(assessment)
    assert change(manager_of(assessment), file, "remove").status_code == 423
