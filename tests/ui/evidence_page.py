"""Documents at a question, as tests choose and read them in a browser."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from assessments.models import Assessment
from tests.support.assessing import PDF
from tests.support.uploading import photo


def again(context: BrowserContext, page: Page) -> Page:
    """The tab is gone without a farewell, and somebody opens the page anew."""
    address = page.url
    page.close()
    fresh = context.new_page()
    fresh.goto(address)
    return fresh


def grey(number: int, side: tuple[int, int] = (2400, 1800), **more: Any) -> dict[str, Any]:
    """A photo told by its brightness, with so much noise in it that it takes several pieces."""
    noise = Image.effect_noise((side[0] // 2, side[1] // 2), 50).resize(side)
    taken = Image.blend(Image.new("L", side, 30 + 40 * number), noise, 0.3).convert("RGB")
    exif = Image.open(io.BytesIO(photo(**more))).getexif()
    stream = io.BytesIO()
    taken.save(stream, "JPEG", exif=exif.tobytes(), quality=90)
    return {"name": f"exit {number}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def pdf(name: str = "bill.pdf", content: bytes = PDF) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def files(page: Page, code: str = "S1.01") -> Locator:
    return page.locator(f'[data-question="{code}"] [data-files] li')


def waiting(page: Page, code: str = "S1.01") -> Locator:
    return page.locator(f'[data-question="{code}"] [data-waiting-files] li')


def said(page: Page, code: str = "S1.01") -> Locator:
    return page.locator(f'[data-question="{code}"] [data-upload-state]')


def choose(page: Page, *chosen: dict[str, Any], code: str = "S1.01") -> None:
    page.set_input_files(f'[name="{code}.file"]', list(chosen))


def choose_without_a_line(page: Page) -> None:
    page.route("**/uploads/**", lambda route: route.abort())
    choose(page, pdf())
    expect(waiting(page)).to_contain_text("Waits on this phone")


def kept(assessment: Assessment) -> dict[str, bytes]:
    found = {}
    for file in assessment.evidence.current():
        with file.file.open() as stored:
            found[file.name] = bytes(stored.read())
    return found
