"""Files that are no spreadsheets, or bad ones, are refused with their reason; none is a crash."""

from __future__ import annotations

import contextlib
import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.formats.sheet_in import caps
from judgeapp.formats.sheet_in.workbook import read_workbook, workbook_of
from tests.formats.sheet_kit import ODF, cell, ods, ods_cell, raw_xlsx, text, xlsx, zipped

DATA = Path(__file__).parent.parent / "data" / "sheets"
WIDE = 'table:number-columns-repeated="16384"'


def code_of(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        workbook_of(content, "x.xlsx")
    assert caught.value.file == "x.xlsx"
    return caught.value.code


def ole(*names: str) -> bytes:
    """Return the skeleton of an OLE container with streams of these names."""
    content = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    for name in names:
        raw = name.encode("utf-16-le") + b"\0\0"
        entry = bytearray(128)
        entry[: len(raw)] = raw
        entry[64], entry[66] = len(raw), 2
        content += entry
    return bytes(content)


OTHERS = {
    "sheet.is_pdf": b"%PDF-1.7\n",
    "sheet.is_picture": b"\x89PNG\r\n\x1a\n",
    "sheet.is_word": ole("WordDocument"),
    "sheet.password": ole("EncryptionInfo", "EncryptedPackage"),
    "sheet.is_archive": zipped({"a.txt": "x"}),
    "sheet.is_binary_workbook": zipped({"xl/workbook.bin": b"\0"}),
    "sheet.is_xml_2003": b'<?xml version="1.0"?><Workbook '
    b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "sheet.is_mail_archive": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
    "sheet.no_table": b"<html><body>khong co bang</body></html>",
    "sheet.not_a_sheet": bytes(range(256)) * 4,
    "sheet.damaged": b"PK\x03\x04" + bytes(100),
    "sheet.open_quote": b'a,"b' + b"\n" * 60 + b"c,d\n",
    "sheet.unknown_bytes": "Họ tên,Đơn vị\nLò Thị Én,Đảng bộ\n".encode() + b"\xff\xfe\n",
}


@pytest.mark.parametrize("code", OTHERS)
def test_each_other_kind_has_its_own_reason(code: str) -> None:
    assert code_of(OTHERS[code]) == code


def test_a_document_of_the_open_office_is_named_so() -> None:
    assert (
        code_of(zipped({"mimetype": "application/vnd.oasis.opendocument.text"})) == "sheet.is_word"
    )
    assert code_of(zipped({"word/document.xml": "<w/>"})) == "sheet.is_word"


def test_missing_and_empty_files(tmp_path: Path) -> None:
    with pytest.raises(JudgeError) as caught:
        read_workbook(tmp_path / "không có.xlsx")
    assert caught.value.code == "sheet.not_there"
    with pytest.raises(JudgeError) as caught:
        read_workbook(tmp_path)
    assert caught.value.code == "sheet.not_there"
    (tmp_path / "rỗng.xlsx").touch()
    with pytest.raises(BadInput) as refused:
        read_workbook(tmp_path / "rỗng.xlsx")
    assert refused.value.code == "sheet.empty"


def test_a_file_beyond_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judgeapp.formats.sheet_in.container.MAX_FILE_BYTES", 10)
    (tmp_path / "to.csv").write_text("Họ tên,Đơn vị\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_workbook(tmp_path / "to.csv")
    assert refused.value.code == "sheet.file_too_large"


def test_password_of_an_open_document() -> None:
    content = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m xmlns="{ODF}"><encryption-data/></m>',
            "content.xml": bytes(range(200)),
        }
    )
    assert code_of(content) == "sheet.password"


def test_entities_are_refused_in_every_part() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    sheet = f"{bomb}<worksheet><sheetData/></worksheet>"
    parts = zipfile.ZipFile(BytesIO(raw_xlsx("")))
    content = {name: parts.read(name) for name in parts.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        assert code_of(zipped({**content, name: sheet})) == "sheet.bomb"
    assert code_of(zipped({**content, "xl/styles.xml": sheet})) == "sheet.bomb"


def test_what_is_unpacked_is_counted_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judgeapp.formats.sheet_in.xml_parts.MAX_UNPACKED_BYTES", 100_000)
    content = raw_xlsx(f'<row r="1">{text(1, 1, "a")}</row>' + " " * 300_000)
    assert code_of(content) == "sheet.bomb"


def test_too_many_parts_and_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judgeapp.formats.sheet_in.xml_parts.MAX_PARTS", 3)
    assert code_of(xlsx([["a"]])) == "sheet.bomb"
    monkeypatch.setattr("judgeapp.formats.sheet_in.xml_parts.MAX_PARTS", 100)
    merges = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, caps.MAX_MERGES + 3))
    assert code_of(raw_xlsx("", after=f"<mergeCells>{merges}</mergeCells>")) == "sheet.bomb"


def test_far_columns_long_texts_and_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    far = f'<row r="1">{text(caps.MAX_COLUMNS + 1, 1, "xa")}</row>'
    assert code_of(raw_xlsx(far)) == "sheet.too_large"
    long = f'<row r="1">{text(1, 1, "a" * (caps.MAX_TEXT + 1))}</row>'
    assert code_of(raw_xlsx(long)) == "sheet.cell_too_long"
    monkeypatch.setattr("judgeapp.formats.sheet_in.caps.MAX_ROWS", 5)
    assert code_of(xlsx([["a"]] * 6)) == "sheet.too_large"
    assert code_of(b"a\n" * 6) == "sheet.too_large"


def test_repeated_cells_that_hold_something_are_counted_before_they_are_unfolded() -> None:
    table = '<table:table table:name="DS">{}</table:table>'
    rows = (
        f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x")}</table:table-row>'
    )
    assert code_of(ods(table.format(rows))) == "sheet.too_large"
    columns = f"<table:table-row>{ods_cell('x', WIDE)}</table:table-row>"
    assert code_of(ods(table.format(columns))) == "sheet.too_large"


def test_a_million_blank_rows_cost_nothing() -> None:
    blank = f"<table:table-cell {WIDE}/>"
    table = (
        '<table:table table:name="DS"><table:table-row table:number-rows-repeated="1048000">'
        f"{blank}</table:table-row><table:table-row>{ods_cell('cuối')}</table:table-row>"
        "</table:table>"
    )
    begun = time.perf_counter()
    grid = workbook_of(ods(table), "x.ods").grids[0]
    assert list(grid.cells) == [1048001]
    assert time.perf_counter() - begun < 1


def test_merges_over_everything_cost_nothing() -> None:
    merges = "".join(f'<mergeCell ref="A{i}:XFD1048576"/>' for i in range(1, 2000))
    data = "".join(f'<row r="{i}">{cell(1, i, "<v>1</v>")}</row>' for i in range(1, 500))
    begun = time.perf_counter()
    workbook_of(raw_xlsx(data, after=f"<mergeCells>{merges}</mergeCells>"), "x.xlsx")
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "name",
    [
        "s01_office_form.xlsx", "s06_hidden.xlsx", "s09_old_excel.xls", "s10_web_page.xls",
        "s12_unicode_text.csv", "s13_bom_quotes_sep.csv", "s17_a_million_rows.ods",
        "t01_hidden_and_merged.xls",
    ],
)  # fmt: skip
def test_damage_anywhere_is_a_refusal_or_another_grid(name: str) -> None:
    """Cut off at any place, or with bytes changed: read or refused, never anything else."""
    whole = (DATA / name).read_bytes()
    chance = random.Random(name)
    for turn in range(250):
        damaged = bytearray(whole)
        if turn % 3 == 0:
            damaged = damaged[: chance.randrange(1, len(damaged))]
        else:
            for _ in range(chance.choice([1, 2, 8, 40])):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(BadInput):
            workbook_of(bytes(damaged), name)
