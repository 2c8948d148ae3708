"""Letters as they are drawn: what can be copied out of a PDF may be right where the eye sees something else."""

import re

import pypdfium2
import pytest

from reports.rendering import pdf
from reports.rendering.stylesheet import face_css, paper_css

ALPHABETS = {
    "vi": "ĂÂĐÊÔƠƯ ăâđêôơư ảạắằẳẵặấầẩẫậ ẻẽẹếềểễệ ỉĩị ỏõọốồổỗộớờởỡợ ủũụứừửữự ỳỷỹỵ",
    "km": "កខគឃង ចឆជឈញ ដឋឌឍណ តថទធន បផពភម យរលវ សហឡអ ក្រុមហ៊ុន ស្រ្តី ខ្ញុំ",
    "th": "กขคฆง จฉชซฌญ ฎฏฐฑฒณ ดตถทธน บปผฝพฟภม ยรลว ศษสหฬอฮ ที่ ผู้ น้ำ ป้ำ",
    "en": "ABCDEFGHIJKLM nopqrstuvwxyz 0123456789 ČŠŽ čšž łńőű ≥ → −",
}
# In the faces that every document has, so that all faces meet in one document.
OTHERS = "Công ty Cổ phần · បរិស្ថាន · สิ่งแวดล้อม · Řeka ≥ 5"


def drawn(before: str, line: str) -> bytes:
    """The pixels of a line on a page of its own, behind a page with something else."""
    body = f'<div>{before}</div><div class="new-page">{line}</div>'
    page = f'<html lang="en"><head><title>Letters</title></head><body>{body}</body></html>'
    document = pypdfium2.PdfDocument(pdf.to_pdf(page, "scorecard"))
    try:
        picture = document[1].render(scale=2).to_pil()
        return picture.crop((0, 0, picture.width, picture.height // 4)).tobytes()
    finally:
        document.close()


@pytest.mark.parametrize("tag", ["p", "h2"])
@pytest.mark.parametrize("language", ALPHABETS)
def test_a_letter_is_drawn_the_same_whatever_else_is_in_the_document(language: str, tag: str) -> None:
    """A face holds one script; a document has several, and must not draw one's letters with another's shapes."""
    for word in ALPHABETS[language].split():
        line = f"<{tag}>{word}</{tag}>"
        assert drawn(f"<p>{OTHERS}</p><h2>{OTHERS}</h2>", line) == drawn("", line), word


def test_every_face_is_asked_for_and_told_apart_from_the_others() -> None:
    faces = re.findall(r'font-family: "([^"]+)"; font-weight: (\d+)', face_css())
    assert len(faces) == len(set(faces))
    stack = re.search(r"font-family: ([^;]+);", paper_css("scorecard"))
    assert stack
    assert set(re.findall(r'"([^"]+)"', stack[1])) == {family for family, _ in faces}
