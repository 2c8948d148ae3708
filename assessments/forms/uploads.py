"""What a script says of a file before and while it sends it."""

import json
import re
import uuid
from pathlib import PurePath

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError

from assessments.forms.filling import BadRequest
from assessments.services.uploads import Announced

SHA256 = re.compile(r"([0-9a-f]{64})?")
LARGEST_SIZE = 2**31 - 1


class TooLarge(BadRequest):
    """A piece that is larger than any script of ours sends."""


def announced(body: bytes) -> Announced:
    """Raises BadRequest."""
    try:
        sent = json.loads(body)
        told = Announced(
            public_id=uuid.UUID(sent["id"]),
            code=str(sent["question"]),
            name=PurePath(str(sent["name"])).name,
            size=int(sent["size"]),
            sha256=str(sent.get("sha256") or ""),
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadRequest from error
    if not SHA256.fullmatch(told.sha256) or not 0 <= told.size <= LARGEST_SIZE:
        raise BadRequest
    return told


def piece(request: HttpRequest) -> tuple[int, bytes]:
    """Where it belongs and what it is; nothing is read of one that is too large. Raises BadRequest."""
    offset, length = request.headers.get("Upload-Offset", ""), request.headers.get("Content-Length", "")
    if not re.fullmatch(r"\d{1,10}", offset) or not re.fullmatch(r"\d{1,10}", length):
        raise BadRequest
    if int(length) > settings.UPLOAD_PIECE_MAX_BYTES:
        raise TooLarge
    try:
        return int(offset), request.body
    except UnreadablePostError as error:
        raise BadRequest from error
