"""Pictures of the main pages and of the scorecard's pages, into docs/screenshots: `make screenshots`."""

import io
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from alliance_portal.local import CannotRun
from alliance_portal.local.demo import BASE_DIR
from bench.commands import arguments, ended, needed_chromium
from bench.stack import World, run_python, stack
from tests.support.browser import DESK, FLAGS, PHONE

FOLDER = BASE_DIR / "docs" / "screenshots"
LANGUAGES = {"en": "en-GB", "km": "km-KH"}
SIZES: dict[str, dict[str, Any]] = {"360": PHONE, "1280": DESK}
FACTORIES = 24
# A long page is cut here: what matters stands at the top, and the files go into the repository.
TALLEST = {"360": 2000, "1280": 1800}
# Few colours are on our pages; a palette makes the files a third as large.
COLOURS = 128
PDF_SCALE = 1.5


def keep(picture: Image.Image, name: str) -> None:
    palette = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    palette.save(FOLDER / f"{name}.png", optimize=True)


def photograph(page: Page, size: str, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    scale = SIZES[size].get("device_scale_factor", 1)
    keep(picture.crop((0, 0, picture.width, min(picture.height, TALLEST[size] * scale))), name)


def picture_pages(browser: Browser, address: str, language: str, pages: Iterable[dict[str, str]]) -> None:
    for size, screen in SIZES.items():
        for entry in pages:
            context = browser.new_context(base_url=address, locale=LANGUAGES[language], **screen)
            if entry["session"]:
                context.add_cookies([{"name": "sessionid", "value": entry["session"], "url": address}])
            page = context.new_page()
            answer = page.goto(entry["path"], wait_until="networkidle")
            if answer is None or not answer.ok:
                raise CannotRun(f"{entry['path']} answered {answer.status if answer else 'nothing'}")
            photograph(page, size, f"{entry['name']}-{language}-{size}")
            context.close()


def picture_pdf(file: Path, language: str) -> None:
    document = pypdfium2.PdfDocument(file)
    for number, page in enumerate(document, start=1):
        keep(page.render(scale=PDF_SCALE).to_pil(), f"scorecard-{language}-{number}")


def picture_all(browser: Browser, world: World, port: int) -> None:
    for language in LANGUAGES:
        print(f"Picturing pages and scorecard in {language} …", flush=True)
        found = run_python("bench.pages", language, environment=world.environment)
        picture_pages(browser, f"http://127.0.0.1:{port}", language, found["pages"])
        picture_pdf(Path(found["scorecard"]), language)


def run(port: int) -> None:
    path = needed_chromium()
    with stack() as ours:
        print(f"Making a world of {FACTORIES} factories …", flush=True)
        world = ours.world(FACTORIES)
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        with ours.web_server(world, port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            picture_all(browser, world, port)
            browser.close()
    count = len(list(FOLDER.glob("*.png")))
    print(f"{count} pictures lie in {FOLDER}")


def main() -> int:
    port = arguments("make screenshots", __doc__).parse_args().port
    return ended(lambda: run(port))


if __name__ == "__main__":
    raise SystemExit(main())
