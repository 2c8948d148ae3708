"""A few small real files that stand behind the answers of the demo world."""

import datetime as dt
import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import cache
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFilter

from assessments.domain.instrument import Kind, Question

LONG_AGO = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - spreadsheets know no time zones
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PHOTOS = 4


@dataclass(frozen=True)
class Document:
    """Stored once, however many answers it stands behind."""

    path: str
    suffix: str
    size: int
    sha256: str

    @property
    def content_type(self) -> str:
        return TYPES[self.suffix]


def document_for(question: Question, chance: Random) -> Document:
    """Figures are backed by a spreadsheet, what can be seen by a photo, the rest by a paper."""
    if question.kind is Kind.MONTHLY or question.unit:
        return stored("xlsx", 0)
    if question.code.startswith("S3") or chance.random() < 0.25:
        return stored("jpg", chance.randrange(PHOTOS))
    return stored("pdf", 0)


@cache
def stored(suffix: str, number: int) -> Document:
    content = {"pdf": paper, "jpg": photo, "xlsx": spreadsheet}[suffix](number)
    digest = hashlib.sha256(content).hexdigest()
    path = f"evidence/demo/{digest[:32]}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(content))
    return Document(path, suffix, len(content), digest)


PAPER = (
    ("Helvetica-Bold", 20, "CERTIFICATE OF INSPECTION"),
    ("Helvetica", 12, "The installations named overleaf were inspected and found in working order."),
    ("Helvetica", 12, "Valid for twelve months from the date of issue."),
    ("Helvetica", 12, "Inspector: ______________________        Stamp:"),
    ("Helvetica-Oblique", 9, "A sample made for the demo; it certifies nothing."),
)


def paper(_number: int) -> bytes:
    """One A4 page, written by hand: it needs no fonts and is the same each time."""
    lines = [f"BT /{font} {size} Tf 72 {700 - 56 * n} Td ({text}) Tj ET" for n, (font, size, text) in enumerate(PAPER)]
    drawing = "\n".join([*lines, "0.05 0.35 0.4 RG 2 w 60 440 475 320 re S"]).encode()
    fonts = sorted({font for font, _, _ in PAPER})
    named = " ".join(f"/{font} << /Type /Font /Subtype /Type1 /BaseFont /{font} >>" for font in fonts)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << {named} >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    ]
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def photo(number: int) -> bytes:
    """A corridor with a green exit sign at its end, in one of several lights, a little out of focus."""
    light = 200 - 18 * number
    picture = Image.new("RGB", (640, 480), (light, light - 4, light - 14))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 480), (640, 480), (420, 300), (220, 300)], fill=(light - 90, light - 86, light - 80))
    draw.polygon([(0, 0), (220, 130), (220, 300), (0, 480)], fill=(light - 30, light - 34, light - 46))
    draw.polygon([(640, 0), (420, 130), (420, 300), (640, 480)], fill=(light - 46, light - 48, light - 58))
    draw.rectangle((220, 130, 420, 300), fill=(light + 20, light + 18, light + 4))
    draw.rectangle((270 + 12 * number, 170, 340 + 12 * number, 300), fill=(104, 122, 132))
    draw.rectangle((276 + 12 * number, 144, 334 + 12 * number, 162), fill=(12, 140, 84))
    draw.polygon([(80, 420), (90, 414), (236, 302), (230, 302)], fill=(226, 190, 40))
    grain = Image.frombytes("L", (320, 240), Random(number).randbytes(320 * 240)).resize((640, 480))  # noqa: S311
    blurred = Image.blend(picture.filter(ImageFilter.GaussianBlur(1.6)), Image.merge("RGB", [grain] * 3), 0.06)
    file = io.BytesIO()
    blurred.save(file, "JPEG", quality=68)
    return file.getvalue()


def spreadsheet(_number: int) -> bytes:
    book = Workbook()
    book.properties.created = book.properties.modified = LONG_AGO
    sheet = book.active
    sheet.title = "Records"
    sheet.append(["Month", "Meter reading", "Amount", "Bill number"])
    for month in range(1, 13):
        sheet.append([month, 48210 + 3150 * month, 3150, f"B-{month:02d}-0{month * 37 % 90 + 10}"])
    file = io.BytesIO()
    book.save(file)
    return _undated(file)


def _undated(file: io.BytesIO) -> bytes:
    """The same bytes each time: a ZIP file notes when each of its parts was written."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
