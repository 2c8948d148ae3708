"""Pictures as they are kept: upright, and without saying where they were taken. And small ones to look at."""

import io
import uuid
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps

from assessments.domain import pictures
from assessments.models import Evidence

KINDS = frozenset(pictures.BARE)
# What a phone of today makes; a file that unpacks to more would fill the server's memory.
MOST_PIXELS = 64_000_000
ORIENTATION = 0x0112
THUMBNAIL_SIDE = 320
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_SAVING = {"image/jpeg": {"quality": 90}, "image/png": {}, "image/webp": {"quality": 90}}
# What Pillow raises where a file is not what it says, or is cut short.
_BROKEN = (OSError, ValueError, SyntaxError, IndexError, EOFError, Image.DecompressionBombError)


class PictureRefused(Exception):
    """`code`: unreadable or too_many_pixels."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def without_traces(upload: UploadedFile, kind: str) -> UploadedFile:
    """The upload itself where there is nothing to take away. Raises PictureRefused."""
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    cleaned = _cleaned(content, kind)
    return upload if cleaned == content else SimpleUploadedFile(upload.name or "picture", cleaned, kind)


def _cleaned(content: bytes, kind: str) -> bytes:
    image = _opened(content)
    try:
        if image.format != _FORMATS[kind]:
            raise PictureRefused("unreadable")
        if image.getexif().get(ORIENTATION, 1) != 1:
            return pictures.bare(_drawn_anew(image, kind), kind)
        return _bare_or_drawn_anew(image, content, kind)
    except _BROKEN as error:
        raise PictureRefused("unreadable") from error


def _bare_or_drawn_anew(image: Image.Image, content: bytes, kind: str) -> bytes:
    try:
        return pictures.bare(content, kind)
    except pictures.MalformedPicture:
        return pictures.bare(_drawn_anew(image, kind), kind)


def _opened(content: bytes) -> Image.Image:
    """Only its head is read yet."""
    try:
        image = Image.open(io.BytesIO(content), formats=list(_FORMATS.values()))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("too_many_pixels") from error
    except _BROKEN as error:
        raise PictureRefused("unreadable") from error
    if image.width * image.height > MOST_PIXELS:
        raise PictureRefused("too_many_pixels")
    return image


def _drawn_anew(image: Image.Image, kind: str) -> bytes:
    """Upright: the note that says how to turn it goes with the others."""
    upright = ImageOps.exif_transpose(image)
    stream = io.BytesIO()
    upright.save(stream, _FORMATS[kind], icc_profile=image.info.get("icc_profile"), **_SAVING[kind])
    return stream.getvalue()


def thumbnail(evidence: Evidence) -> Path:
    """Drawn when it is first asked for, and kept."""
    place = Path(default_storage.path(f"thumbnails/{evidence.public_id.hex}.jpg"))
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        # Whole at once: another request may be drawing the same one.
        draft = place.with_name(f"{place.stem}.{uuid.uuid4().hex}")
        draft.write_bytes(_small(evidence))
        draft.replace(place)
    return place


def _small(evidence: Evidence) -> bytes:
    try:
        with evidence.file.open("rb") as file:
            image = _opened(file.read())
        image.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        flat = Image.new("RGB", small.size, "white")
        seen = small.convert("RGBA")
        flat.paste(seen, mask=seen.getchannel("A"))
    except (*_BROKEN, PictureRefused):
        flat = Image.new("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE), "#f4f1ec")
    stream = io.BytesIO()
    flat.save(stream, "JPEG", quality=75)
    return stream.getvalue()
