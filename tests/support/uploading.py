"""A phone that sends a file in pieces, and pictures as phones make them."""

import hashlib
import io
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from assessments.models import Assessment
from tests.support.assessing import PDF

ORIENTATION, GPS, CAMERA = 0x0112, 0x8825, 0x0110
SIZE = (60, 40)


def photo(kind: str = "JPEG", size: tuple[int, int] = SIZE, *, turned: int = 1, **more: Any) -> bytes:
    """With the place, the phone and a remark in it; its left half is red, its right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[CAMERA] = "Secret Phone 7"
    exif[ORIENTATION] = turned
    exif.get_ifd(GPS).update({1: "N", 2: (11.0, 33.0, 20.0), 3: "E", 4: (104.0, 55.0, 10.0)})
    notes: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "PNG":
        notes["pnginfo"] = PngInfo()
        notes["pnginfo"].add_text("Comment", "Secret place")
    else:
        notes["xmp"] = b"<x:xmpmeta>Secret place</x:xmpmeta>"
    stream = io.BytesIO()
    image.save(stream, kind, **notes | more)
    return stream.getvalue()


@pytest.fixture
def media_folder(settings: Any, tmp_path: Path) -> Path:
    """Where the files of this test lie, and nobody else's."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@dataclass
class Sending:
    """`Sending(client, assessment).all()`, or step by step."""

    client: Client
    assessment: Assessment
    content: bytes = PDF
    name: str = "bill.pdf"
    code: str = "S1.01"
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)
    sha256: str | None = None

    def begin(self, **changed: Any) -> HttpResponse:
        told = {
            "id": str(self.public_id),
            "question": self.code,
            "name": self.name,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest() if self.sha256 is None else self.sha256,
        }
        address = reverse("assessments:begin_upload", args=[self.assessment.code])
        return self.client.post(address, told | changed, content_type="application/json")

    @property
    def address(self) -> str:
        return reverse("assessments:upload_piece", args=[self.assessment.code, self.public_id])

    def put(self, offset: int, piece: bytes) -> HttpResponse:
        headers = {"Upload-Offset": str(offset)}
        return self.client.put(self.address, piece, content_type="application/octet-stream", headers=headers)

    def status(self) -> HttpResponse:
        return self.client.get(self.address)

    def complete(self) -> HttpResponse:
        return self.client.post(reverse("assessments:complete_upload", args=[self.assessment.code, self.public_id]))

    def all(self) -> HttpResponse:
        self.begin()
        self.put(0, self.content)
        return self.complete()
