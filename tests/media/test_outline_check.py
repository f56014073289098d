"""Outlines: the cases, and documents made to harm whoever opens them."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from judgeapp.domain.entries import CheckResult
from judgeapp.formats.outline_docx import outline_docx
from judgeapp.formats.outline_pdf import outline_pdf
from judgeapp.formats.outline_text import OutlineText
from judgeapp.media.docx_check import check_docx
from judgeapp.media.file_check import MAX_DOCUMENT_BYTES, check_file
from judgeapp.media.pdf_check import check_pdf
from judgeapp.system.texts import load_texts
from tests.media.clip_kit import codes

DATA = Path(__file__).parent.parent / "data" / "outlines"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))
TEXT = OutlineText("ĐỀ CƯƠNG", "Chuyển đổi số", ["Lò Thị Én"], ["Nội dung chính của đề cương."] * 3)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_cases(name: str) -> None:
    expected: dict[str, Any] = EXPECTED[name]
    result = check_file(DATA / name).result
    assert result.kind == "outline"
    assert result.opens == expected["opens"]
    assert codes(result) == expected.get("codes", [])
    if "pages" in expected:
        assert result.pages == expected["pages"]
    if "content" in expected:
        assert result.container == expected["content"]
    for font in expected.get("fonts_not_embedded", []):
        assert font in result.problems[0].params["fonts"]
    for problem in result.problems:
        for language in ("vi", "en"):
            assert load_texts(language)(problem.text_key, **problem.params).endswith(".")


def checked(folder: Path, name: str, content: bytes) -> CheckResult:
    path = folder / name
    path.write_bytes(content)
    return check_file(path).result


def test_good_outlines(tmp_path: Path) -> None:
    pdf = checked(tmp_path, "a.pdf", outline_pdf(TEXT))
    assert (pdf.opens, pdf.pages, pdf.problems) == (True, 1, ())
    docx = checked(tmp_path, "a.docx", outline_docx(TEXT))
    assert (docx.opens, docx.problems) == (True, ())


def test_named_as_the_other_kind(tmp_path: Path) -> None:
    pdf = checked(tmp_path, "a.docx", outline_pdf(TEXT))
    assert (pdf.opens, pdf.container, codes(pdf)) == (True, "pdf", ["wrong_extension"])
    docx = checked(tmp_path, "a.mp4", outline_docx(TEXT))
    assert (docx.kind, docx.opens, codes(docx)) == ("outline", True, ["wrong_extension"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"khong phai pdf", "not_document"),
        ("a.pdf", bytes(range(256)) * 10, "not_document"),
        ("a.docx", b"", "empty"),
        ("a.rtf", b"{\\rtf1 xin chao}", "not_document"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wrong_extension"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF", "damaged"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, "truncated"),
    ],
)
def test_what_is_no_outline(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    result = checked(tmp_path, name, content)
    assert (result.kind, result.opens, codes(result)) == ("outline", False, [code])


def test_a_docx_under_a_password_is_told(tmp_path: Path) -> None:
    stream = "EncryptedPackage".encode("utf-16-le")
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_050_000) + stream + bytes(100)
    assert codes(checked(tmp_path, "a.docx", content)) == ["encrypted"]


def test_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    assert codes(check_file(path).result) == ["too_large"]


# --- PDF -----------------------------------------------------------------------------------------


def test_more_pages_than_any_outline_has(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(230):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    result = checked(tmp_path, "a.pdf", out.getvalue())
    assert result.pages == 230
    assert codes(result) == ["too_many_pages", "no_text"]


def test_a_font_inside_a_drawing_is_seen(tmp_path: Path) -> None:
    """The page itself names no font; the form that it draws does."""
    source = (DATA / "o03_font_not_embedded.pdf").read_bytes()
    reader = pypdf.PdfReader(io.BytesIO(source))
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    page.merge_page(reader.pages[0])
    form = pypdf.generic.StreamObject()
    form[pypdf.generic.NameObject("/Type")] = pypdf.generic.NameObject("/XObject")
    form[pypdf.generic.NameObject("/Subtype")] = pypdf.generic.NameObject("/Form")
    form[pypdf.generic.NameObject("/Resources")] = page["/Resources"]
    page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject("/XObject"): pypdf.generic.DictionaryObject(
                {pypdf.generic.NameObject("/F"): writer._add_object(form)}
            )
        }
    )
    out = io.BytesIO()
    writer.write(out)
    path = tmp_path / "a.pdf"
    path.write_bytes(out.getvalue())
    assert "font_not_embedded" in codes(check_pdf(path))


def test_a_drawing_that_draws_itself_ends(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    name = pypdf.generic.NameObject
    form = pypdf.generic.StreamObject()
    form[name("/Subtype")] = name("/Form")
    reference = writer._add_object(form)
    resources = pypdf.generic.DictionaryObject(
        {name("/XObject"): pypdf.generic.DictionaryObject({name("/F"): reference})}
    )
    form[name("/Resources")] = resources
    page[name("/Resources")] = resources
    out = io.BytesIO()
    writer.write(out)
    path = tmp_path / "a.pdf"
    path.write_bytes(out.getvalue())
    assert codes(check_pdf(path)) == ["no_text"]


def test_a_stream_that_unpacks_to_too_much_is_a_bomb(tmp_path: Path) -> None:
    packed = zlib.compress(zlib.compress(b"BT (x) Tj ET\n" * 10_000_000, 1), 9)
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    stream = pypdf.generic.EncodedStreamObject()
    stream._data = packed
    name = pypdf.generic.NameObject
    stream[name("/Filter")] = pypdf.generic.ArrayObject([name("/FlateDecode")] * 2)
    page[name("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < 1 << 20
    result = checked(tmp_path, "a.pdf", out.getvalue())
    assert (result.opens, codes(result)) == (False, ["bomb"])


@pytest.mark.parametrize("seed", range(30))
def test_any_damage_to_a_pdf_has_an_answer(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    content = bytearray(outline_pdf(TEXT))
    for _ in range(rng.randrange(1, 60)):
        content[rng.randrange(10, len(content))] = rng.randrange(256)
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert check_pdf(path).container == "pdf"


# --- DOCX ----------------------------------------------------------------------------------------

Change = Callable[[dict[str, bytes]], None]


def remade(change: Change) -> bytes:
    """Return a good DOCX after a change to its parts."""
    with zipfile.ZipFile(io.BytesIO(outline_docx(TEXT))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    return remade(lambda parts: parts.update({"word/document.xml": xml.encode()}))


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{(f"&l{n - 1};" * 9) if n else ""}">'
    for n in range(10)
)


def test_ten_thousand_parts_are_a_bomb(tmp_path: Path) -> None:
    many = {f"word/media/{number}.bin": b"" for number in range(10_000)}
    result = checked(tmp_path, "a.docx", remade(lambda parts: parts.update(many)))
    assert (result.opens, codes(result)) == (False, ["bomb"])


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    xml = f"<!DOCTYPE w [{LAUGHS}]><w:document {WORD}><w:t>&l9;</w:t></w:document>"
    assert codes(checked(tmp_path, "a.docx", with_body(xml))) == ["bomb"]


def test_a_document_type_that_reads_a_file_is_refused(tmp_path: Path) -> None:
    xml = (
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {WORD}><w:t>&x;</w:t></w:document>"
    )
    assert codes(checked(tmp_path, "a.docx", with_body(xml))) == ["bomb"]


def test_the_bomb_is_counted_not_held(tmp_path: Path) -> None:
    big = remade(lambda parts: parts.update({"word/media/image1.bmp": bytes(230 << 20)}))
    path = tmp_path / "a.docx"
    path.write_bytes(big)
    assert len(big) < 1 << 20
    tracemalloc.start()
    result = check_docx(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes(result) == ["bomb"]
    assert peak < 8 << 20


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """The size in the archive's directory says 1 byte; more comes out."""
    content = bytearray(remade(lambda parts: parts.update({"word/media/x.bmp": bytes(230 << 20)})))
    size = (230 << 20).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (1).to_bytes(4, "little")
    result = checked(tmp_path, "a.docx", bytes(content))
    assert not result.opens or result.problems == ()
    assert set(codes(result)) <= {"bomb", "damaged"}


def test_deep_xml_ends(tmp_path: Path) -> None:
    depth = 200_000
    xml = f"<w:document {WORD}>" + "<w:p>" * depth + "</w:p>" * depth + "</w:document>"
    assert codes(checked(tmp_path, "a.docx", with_body(xml))) == ["no_text"]


def test_xml_that_is_none(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, "a.docx", with_body("<w:document"))) == ["damaged"]
    assert codes(checked(tmp_path, "a.docx", with_body(""))) == ["damaged"]


def test_other_office_files_are_named(tmp_path: Path) -> None:
    def as_workbook(parts: dict[str, bytes]) -> None:
        del parts["word/document.xml"]
        parts["xl/workbook.xml"] = b"<x/>"

    result = checked(tmp_path, "a.docx", remade(as_workbook))
    assert codes(result) == ["not_document"]
    assert result.problems[0].params == {"content": "XLSX"}


def test_a_cut_off_and_a_damaged_docx(tmp_path: Path) -> None:
    whole = outline_docx(TEXT)
    assert codes(checked(tmp_path, "a.docx", whole[: len(whole) // 2])) == ["truncated"]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        info = archive.getinfo("word/document.xml")
    broken = bytearray(whole)
    place = info.header_offset + 60 + info.compress_size // 2
    broken[place : place + 20] = bytes(20)
    assert codes(checked(tmp_path, "b.docx", bytes(broken))) == ["damaged"]


def test_a_part_under_a_password(tmp_path: Path) -> None:
    content = bytearray(outline_docx(TEXT))
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    assert codes(checked(tmp_path, "a.docx", bytes(content))) == ["encrypted"]


def test_pages_are_told_where_word_noted_them(tmp_path: Path) -> None:
    broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Nội dung của trang này.</w:t></w:r></w:p>"
    xml = f"<w:document {WORD}><w:body>{broken * 14}</w:body></w:document>"
    assert checked(tmp_path, "a.docx", with_body(xml)).pages == 15
    long = "<w:p><w:r><w:t>" + "chữ " * 3000 + "</w:t></w:r></w:p>"
    xml = f"<w:document {WORD}><w:body>{long}</w:body></w:document>"
    assert checked(tmp_path, "b.docx", with_body(xml)).pages is None


def test_a_font_from_before_unicode_is_named(tmp_path: Path) -> None:
    run = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>'
    body = f"<w:p>{run}§Ò c\u00ad¬ng tuyªn truyÒn</w:t></w:r></w:p>"
    xml = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    result = checked(tmp_path, "a.docx", with_body(xml))
    assert codes(result) == ["font_not_embedded"]
    assert result.problems[0].params == {"fonts": ".VnTime"}


@pytest.mark.parametrize("seed", range(30))
def test_any_damage_to_a_docx_has_an_answer(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    content = bytearray(outline_docx(TEXT))
    for _ in range(rng.randrange(1, 40)):
        content[rng.randrange(4, len(content))] = rng.randrange(256)
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert check_docx(path).kind == "outline"
