"""What a picture file says beside the picture: where, when and with which phone it was taken.

Nothing is decoded: the parts of the file that only tell about it are left out, and every pixel stays as it is.
"""

import re
import struct
from collections.abc import Callable

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APPLICATION = range(0xE0, 0xF0)
# Of what applications may note in a JPEG, only what colours and sizes depend on.
JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
# Inside coded pixels, FF is followed by 00 or by a restart marker.
JPEG_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = set(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT".split()
)  # fmt: skip

WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
WEBP_SAYS_EXIF_OR_XMP = 0x08 | 0x04


class MalformedPicture(ValueError):
    """The parts of the file do not follow each other as its format says."""


def bare(content: bytes, kind: str) -> bytes:
    """The file without notes, places, previews, and whatever hangs behind its end. Raises MalformedPicture."""
    try:
        return BARE[kind](content)
    except (IndexError, struct.error) as error:
        raise MalformedPicture(kind) from error


def _bare_jpeg(content: bytes) -> bytes:
    if content[:2] != bytes((0xFF, SOI)):
        raise MalformedPicture
    kept, at = [content[:2]], 2
    while True:
        found = JPEG_MARKER.search(content, at)
        if found is None:
            raise MalformedPicture
        marker = found[1][0]
        kept.append(content[at : found.start()])  # coded pixels; nothing between other segments
        if marker == EOI:
            return b"".join([*kept, content[found.start() : found.end()]])
        (length,) = struct.unpack_from(">H", content, found.end())
        at = found.end() + length
        if at > len(content) or length < 2:
            raise MalformedPicture
        if _is_kept(marker, content[found.end() + 2 : at]):
            kept.append(content[found.start() : at])


def _is_kept(marker: int, data: bytes) -> bool:
    if marker in APPLICATION:
        return marker in JPEG_KEPT and data.startswith(JPEG_KEPT[marker])
    return marker != COM


def _bare_png(content: bytes) -> bytes:
    if not content.startswith(PNG_SIGNATURE):
        raise MalformedPicture
    kept, at, name = [PNG_SIGNATURE], len(PNG_SIGNATURE), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise MalformedPicture
        if name in PNG_KEPT:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _bare_webp(content: bytes) -> bytes:
    riff, size, webp = struct.unpack_from("<4sI4s", content)
    if riff != b"RIFF" or webp != b"WEBP" or size + 8 > len(content):
        raise MalformedPicture
    kept, at = [], 12
    while at < size + 8:
        name, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if end > len(content):
            raise MalformedPicture
        part = content[at:end]
        if name == b"VP8X":
            part = part[:8] + bytes((part[8] & ~WEBP_SAYS_EXIF_OR_XMP,)) + part[9:]
        if name in WEBP_KEPT:
            kept.append(part)
        at = end
    body = b"".join(kept)
    return struct.pack("<4sI4s", b"RIFF", len(body) + 4, b"WEBP") + body


BARE: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _bare_jpeg,
    "image/png": _bare_png,
    "image/webp": _bare_webp,
}
