"""Outlines that we write: their text comes out again, composed, with the fonts inside."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import docx
import pymupdf

from judgeapp.formats.outline_docx import outline_docx
from judgeapp.formats.outline_pdf import outline_pdf
from judgeapp.formats.outline_text import OutlineText

TEXT = OutlineText(
    "ĐỀ CƯƠNG THUYẾT TRÌNH",
    unicodedata.normalize("NFD", "Chuyển đổi số & <cải cách> hành chính"),
    ["Lò Thị Ổn", "Đảng bộ xã Nà Mây"],
    [f"{n}. Ưu điểm, khuyết điểm; mẩy – mây; ặ ẵ ỷ ỵ." for n in range(80)],
)


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_pdf() -> None:
    made = outline_pdf(TEXT)
    assert made == outline_pdf(TEXT)
    opened: Any = pymupdf.open  # its types are not told
    with opened(stream=made) as pdf:
        assert pdf.page_count > 2
        text = squeezed(" ".join(page.get_text() for page in pdf))
        fonts = {font[:4] for page in pdf for font in page.get_fonts()}
    for wanted in (TEXT.heading, TEXT.title, *TEXT.byline, *TEXT.paragraphs):
        assert squeezed(wanted) in text
    assert fonts
    assert all(ending == "ttf" for _, ending, _, _ in fonts)  # "n/a" if not in the file


def test_docx() -> None:
    opened: Any = docx.Document  # its types are not told
    document = opened(io.BytesIO(outline_docx(TEXT)))
    read = [paragraph.text for paragraph in document.paragraphs]
    wanted = [TEXT.heading, TEXT.title, *TEXT.byline, *TEXT.paragraphs]
    assert read == [unicodedata.normalize("NFC", text) for text in wanted]
    assert document.core_properties.author == ""
