"""The text of a DOCX as plain blocks, against documents that python-docx writes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from judgeapp.domain.errors import BadInput
from judgeapp.media import docx_text
from judgeapp.media.docx_text import read_docx_text


def saved(document: object, path: Path) -> Path:
    document.save(str(path))  # type: ignore[attr-defined]  # python-docx has no types
    return path


def test_headings_paragraphs_lists_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Đặt vấn đề", 1)
    paragraph = document.add_paragraph("Chữ thường, ")
    paragraph.add_run("chữ đậm").bold = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("Ý thứ nhất", style="List Bullet")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=2)
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"ô {row}.{column}"
    document.add_paragraph("Kết luận <&>")
    reading = read_docx_text(saved(document, tmp_path / "a.docx"))
    assert [(block.kind, block.text) for block in reading.blocks] == [
        ("heading", "Đặt vấn đề"),
        ("text", "Chữ thường, chữ đậm"),
        ("text", "Ý thứ nhất"),
        ("row", "ô 0.0\tô 0.1"),
        ("row", "ô 1.0\tô 1.1"),
        ("text", "Kết luận <&>"),
    ]
    assert reading.blocks[0].level == 1
    assert reading.blocks[1].centred
    assert [run.bold for run in reading.blocks[1].runs] == [False, True]
    assert not reading.cut


def number(paragraph: object, list_id: int, level: int) -> None:
    """Number a paragraph directly, as Word does."""
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]  # python-docx has no types
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", list_id)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(value))
        numbering.append(element)
    properties.append(numbering)


def test_numbers_are_counted_as_word_counts_them(tmp_path: Path) -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, (how, text) in enumerate(
        (("upperRoman", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)"))
    ):
        item = OxmlElement("w:lvl")
        item.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", how), ("w:lvlText", text)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            item.append(element)
        abstract.append(item)
    root.insert(0, abstract)
    made = OxmlElement("w:num")
    made.set(qn("w:numId"), "78")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "77")
    made.append(reference)
    root.append(made)
    for level in (0, 1, 1, 2, 2, 0, 1):
        number(document.add_paragraph("ý"), 78, level)
    reading = read_docx_text(saved(document, tmp_path / "a.docx"))
    assert [block.sign for block in reading.blocks] == [
        "I.", "I.1.", "I.2.", "a)", "b)", "II.", "II.1.",
    ]  # fmt: skip
    assert [block.level for block in reading.blocks] == [0, 1, 1, 2, 2, 0, 1]


def test_too_much_text_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_text, "MAX_BLOCKS", 2)
    document = docx.Document()
    for _ in range(3):
        document.add_paragraph("dòng")
    reading = read_docx_text(saved(document, tmp_path / "a.docx"))
    assert len(reading.blocks) == 2
    assert reading.cut


def docx_with(body: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    return out.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"{\\rtf1}", docx_with(b"<not xml"), docx_with(ENTITIES)],
    ids=["empty", "cut", "rtf", "no xml", "entities"],
)
def test_what_is_no_docx_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "Đề cương.docx"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_docx_text(path)
    assert refused.value.code == "entries.outline_unreadable"
    assert refused.value.file == "Đề cương.docx"


def test_a_part_that_unpacks_to_more_than_it_may_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx_text, "MAX_PART_BYTES", 1000)
    path = tmp_path / "a.docx"
    path.write_bytes(docx_with(b"<x>" + b" " * 5000 + b"</x>"))
    with pytest.raises(BadInput):
        read_docx_text(path)
