"""Every kind of spreadsheet becomes the same grid, and loses nothing that offices depend on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from judgeapp.formats.sheet_in.grid import Merge, column_letters, column_number
from judgeapp.formats.sheet_in.workbook import read_workbook, workbook_of
from judgeapp.formats.sheet_in.xlsx import exact_number
from judgeapp.formats.sheet_in.xlsx_styles import day_of_serial, is_date_format
from tests.formats.sheet_kit import (
    cell,
    grid_of,
    ods,
    ods_cell,
    ods_content,
    raw_xlsx,
    shown,
    text,
    xlsx,
)

# attributes of cells
ERROR, SHARED, DATE = 't="e"', 't="s"', 's="1"'
ARIAL = 'table:style-name="ce3"'

DATA = Path(__file__).parent.parent / "data" / "sheets"


# --- Excel --------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_xlsx_values_agree_with_openpyxl() -> None:
    """Against a second reader, on every case that openpyxl can open."""
    for path in sorted(DATA.glob("*.xlsx")):
        if "password" in path.name:
            continue
        workbook, _ = read_workbook(path)
        theirs = openpyxl.load_workbook(path, data_only=True)
        assert [grid.name for grid in workbook.grids] == theirs.sheetnames
        for grid in workbook.grids:
            sheet = theirs[str(grid.name)]
            assert grid.hidden == (sheet.sheet_state != "visible")
            for number, row in enumerate(sheet.iter_rows(), start=1):
                for column, one in enumerate(row, start=1):
                    ours = grid.cell(number, column)
                    if one.value is None or not str(one.value).strip():
                        assert ours.blank or ours.trouble == "no_value"
                    elif isinstance(one.value, dt.datetime):
                        assert ours.date == one.value.date()
                    elif isinstance(one.value, int | float):
                        assert ours.number == Decimal(str(one.value))
                    else:
                        assert ours.text == one.value


def test_merges_hidden_rows_and_hidden_columns() -> None:
    def setup(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    grid = grid_of(xlsx([["a", "b"], ["c", None], ["d", "e"]], merges=["A1:A2"], setup=setup))
    assert grid.hidden_rows == {3}
    assert grid.hidden_columns == {2}
    assert grid.merges == (Merge(1, 1, 2, 1),)
    assert grid.shown_at(2, 1).shown == "a"


def test_values_under_a_merge_are_not_seen_in_excel_and_not_read() -> None:
    data = f'<row r="1">{text(1, 1, "thấy")}{text(2, 1, "khuất")}</row>'
    grid = grid_of(raw_xlsx(data, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert shown(grid) == {1: {1: "thấy"}}


def test_cells_and_rows_without_references_follow_one_another() -> None:
    inner = "<is><t>x</t></is>"
    first = f'<c t="inlineStr">{inner}</c><c t="inlineStr">{inner}</c>'
    data = f"<row>{first}</row><row><c><v>5</v></c></row>"
    grid = grid_of(raw_xlsx(data))
    assert shown(grid) == {1: {1: "x", 2: "x"}, 2: {1: "5"}}


def test_formula_without_a_result_is_told_from_an_empty_result() -> None:
    data = (
        f'<row r="1">{cell(1, 1, "<f>B1</f><v></v>")}{cell(2, 1, "<f>B1</f>")}'
        f"{cell(3, 1, '<f>B1</f><v></v>', 't=' + chr(34) + 'str' + chr(34))}"
        f"{cell(4, 1, '<f>1+1</f><v>2</v>')}"
        f"{cell(5, 1, '<f>A9</f><v>#N/A</v>', 't=' + chr(34) + 'e' + chr(34))}</row>"
    )
    grid = grid_of(raw_xlsx(data))
    troubles = {column: item.trouble for column, item in grid.cells[1].items()}
    assert troubles == {1: "no_value", 2: "no_value", 4: None, 5: "error"}


def test_shared_strings_with_runs_and_phonetic_help() -> None:
    strings = (
        "<si><r><t>Lò </t></r><r><t>Thị Én</t></r><rPh sb='0' eb='1'><t>đọc</t></rPh></si>"
        "<si><t>dòng_x000D_\nhai</t></si>"
    )
    data = f'<row r="1">{cell(1, 1, "<v>0</v>", SHARED)}' + (
        f"{cell(2, 1, '<v>1</v>', 't=' + chr(34) + 's' + chr(34))}"
        f"{cell(3, 1, '<v>9</v>', 't=' + chr(34) + 's' + chr(34))}</row>"
    )
    grid = grid_of(raw_xlsx(data, strings=strings))
    assert shown(grid) == {1: {1: "Lò Thị Én", 2: "dòng hai", 3: "9"}}
    assert grid.cell(1, 3).trouble == "error"


STYLES = (
    '<fonts><font><name val="Calibri"/></font><font><name val=".VnTime"/></font></fonts>'
    "<cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='14' fontId='0'/>"
    "<xf numFmtId='164' fontId='1'/></cellXfs>"
)


def test_dates_of_the_1904_system() -> None:
    data = f'<row r="1">{cell(1, 1, "<v>30000</v>", DATE)}</row>'
    old = grid_of(raw_xlsx(data, styles=STYLES, workbook='<workbookPr date1904="1"/>'))
    new = grid_of(raw_xlsx(data, styles=STYLES))
    assert old.cell(1, 1).date == dt.date(1986, 2, 19)
    assert new.cell(1, 1).date == dt.date(1982, 2, 18)


def test_a_broken_style_sheet_does_not_cost_the_data() -> None:
    data = f'<row r="1">{text(1, 1, "còn")}{cell(2, 1, "<v>30000</v>", DATE)}</row>'
    grid = grid_of(raw_xlsx(data, styles="<fonts><font><na"))
    assert shown(grid) == {1: {1: "còn", 2: "30000"}}
    grid = grid_of(raw_xlsx(data, styles="<cellXfs><xf numFmtId='chữ'/></cellXfs>"))
    assert shown(grid) == {1: {1: "còn", 2: "30000"}}


def test_cells_in_an_old_font_are_marked_if_their_letters_need_it() -> None:
    def setup(sheet: Worksheet) -> None:
        for one in sheet[1]:
            one.font = Font(name=".VnTime")

    grid = grid_of(xlsx([["§¶ng bé", "Mai Sen", "Đảng bộ", 5]], setup=setup))
    assert grid.legacy == {(1, 1): "TCVN3"}


def test_a_run_in_an_old_font_inside_a_unicode_cell_is_marked() -> None:
    strings = '<si><r><rPr><rFont val="VNI-Times"/></rPr><t>Nguyeãn</t></r><r><t> A</t></r></si>'
    data = f'<row r="1">{cell(1, 1, "<v>0</v>", SHARED)}</row>'
    assert grid_of(raw_xlsx(data, strings=strings)).legacy == {(1, 1): "VNI-Windows"}


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("dd/mm/yyyy", True), ("d-mmm-yy", True), ("mm/yyyy", True), ("yyyy", True),
        ("[$-42A]dd mmmm yyyy;@", True), ("General", False), ("0.00", False), ("@", False),
        ("000", False), ("hh:mm:ss", False), ("mm:ss", False), ('0 "ngày"', False),
        ("[Red]0.0", False), ("", False), ('"Ngày "d', True), ("0E+00", False),
    ],
)  # fmt: skip
def test_number_formats_that_show_a_day(code: str, date: bool) -> None:
    assert is_date_format(code) is date


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, (1900, 1, 1)), (59, (1900, 2, 28)), (60, (1900, 2, 28)), (61, (1900, 3, 1)),
        (1985, (1905, 6, 7)), (31413, (1986, 1, 1)), (43831, (2020, 1, 1)),
        (2958465, (9999, 12, 31)),
    ],
)  # fmt: skip
def test_serials_as_excel_shows_them(serial: int, day: tuple[int, int, int]) -> None:
    """Dates as Excel itself shows these numbers; 60 is its 29 February 1900 that never was."""
    assert day_of_serial(Decimal(serial), since_1904=False) == dt.date(*day)


def test_serials_that_show_no_day() -> None:
    for serial in ("-1", "0", "2958466", "1e9"):
        assert day_of_serial(Decimal(serial), since_1904=False) is None


def test_numbers_lose_the_dust_of_their_binary_form() -> None:
    assert exact_number("8.5500000000000007") == Decimal("8.55")
    assert exact_number("9.12345683E8") == 912345683
    assert exact_number("912345678") == 912345678
    for bad in ("", "1_000", "NaN", "INF", "1e999", "٨", "8,5"):
        assert exact_number(bad) is None


# --- OpenDocument -------------------------------------------------------------------------------


def test_ods_hidden_rows_columns_and_sheets() -> None:
    tables = (
        '<table:table table:name="Ẩn" table:style-name="ta1"><table:table-row>'
        f"{ods_cell('x')}</table:table-row></table:table>"
        '<table:table table:name="DS"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{ods_cell('a')}{ods_cell('b')}{ods_cell('c')}</table:table-row>"
        f'<table:table-row table:visibility="filter">{ods_cell("d")}</table:table-row>'
        f'<table:table-row table:visibility="collapse" table:number-rows-repeated="2">'
        f"{ods_cell('e')}</table:table-row></table:table>"
    )
    styles = (
        '<style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    hidden, visible = workbook_of(ods(tables, styles=styles), "x.ods").grids
    assert (hidden.hidden, visible.hidden) == (True, False)
    assert visible.hidden_rows == {2, 3, 4}
    assert visible.hidden_columns == {3}
    assert shown(visible)[4] == {1: "e"}


def test_ods_merges_notes_blanks_and_kinds() -> None:
    merged = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    tables = (
        '<table:table table:name="DS"><table:table-row>'
        f"{ods_cell('Đảng bộ', merged)}"
        '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="1985-03-12T00:00:00">'
        "<office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>12/03/85</text:p>"
        "</table:table-cell>"
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="3"/>b</text:p>'
        "<text:p>c<text:tab/>d</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=[.A9]"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        "</table:table-row><table:table-row><table:covered-table-cell/></table:table-row>"
        "</table:table>"
    )
    grid = grid_of(ods(tables))
    assert grid.merges == (Merge(1, 1, 2, 1),)
    assert shown(grid) == {
        1: {1: "Đảng bộ", 2: "007", 3: "12/03/1985", 4: "a b c d", 5: "", 6: "TRUE"}
    }
    assert grid.cell(1, 5).trouble == "no_value"


def test_ods_old_fonts_by_face_style_and_column() -> None:
    fonts = '<style:font-face style:name="F1" svg:font-family="&apos;.VnTime&apos;"/>'
    styles = (
        '<style:style style:name="ce1"><style:text-properties style:font-name="F1"/></style:style>'
        '<style:style style:name="ce2" style:parent-style-name="ce1"/>'
        '<style:style style:name="ce3"><style:text-properties fo:font-family="Arial"/>'
        "</style:style>"
    )
    tables = (
        '<table:table table:name="DS"><table:table-column table:default-cell-style-name="ce2"/>'
        f"<table:table-row>{ods_cell('§¶ng bé')}"
        f"{ods_cell('§¶ng', ARIAL)}"
        "</table:table-row></table:table>"
    )
    assert grid_of(ods(tables, styles=styles, fonts=fonts)).legacy == {(1, 1): "TCVN3"}


def test_flat_ods_is_read_too() -> None:
    content = ods_content(
        f'<table:table table:name="DS"><table:table-row>{ods_cell("Họ tên")}</table:table-row>'
        "</table:table>"
    ).replace("office:document-content", "office:document")
    assert shown(grid_of(content.encode())) == {1: {1: "Họ tên"}}


# --- old Excel ----------------------------------------------------------------------------------


def test_old_excel_with_hidden_rows_merges_and_formats() -> None:
    workbook, _ = read_workbook(DATA / "t01_hidden_and_merged.xls")
    grid, other = workbook.grids
    assert other.hidden
    assert grid.hidden_rows == {5}
    assert grid.hidden_columns == {5}
    assert grid.shown_at(6, 4).shown == "Đảng bộ xã Nà Mây"
    assert grid.cell(4, 1).shown == "001"
    assert grid.cell(5, 3).date == dt.date(1979, 11, 2)


def test_old_excel_in_an_old_font() -> None:
    workbook, _ = read_workbook(DATA / "t02_vntime.xls")
    assert set(workbook.grids[0].legacy.values()) == {"TCVN3"}


# --- web pages ----------------------------------------------------------------------------------


def test_web_page_with_spans_hidden_rows_and_entities() -> None:
    page = (
        "<html><head><title>x</title><style>td{}</style></head><body><p>lời dẫn</p><TABLE>"
        "<tr><th rowspan=2>STT<th colspan=2>Năm sinh</tr><tr><td>Nam<td>N&#7919;</tr>"
        "<tr style='display:none'><td>1<td>1980<td>&nbsp;</tr>"
        "<tr><td>2<br>b<td><td>a &amp; b</tr></TABLE></body></html>"
    )
    grid = grid_of(page.encode())
    assert shown(grid) == {
        1: {1: "STT", 2: "Năm sinh"},
        2: {2: "Nam", 3: "Nữ"},
        3: {1: "1", 2: "1980"},
        4: {1: "2 b", 3: "a & b"},
    }
    assert grid.hidden_rows == {3}
    assert grid.shown_at(2, 1).shown == "STT"


def test_web_page_of_several_tables_numbers_them() -> None:
    page = "<table><tr><td>a</td></tr></table><table></table><table><tr><td>b</td></tr></table>"
    names = [grid.name for grid in workbook_of(page.encode(), "x.html").grids]
    assert names == ["1", "2"]


# --- text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        ("Họ tên;Đơn vị\r\nA;B\r\n".encode(), "utf-8", ";"),
        ("Họ tên\tĐơn vị\nA\tB\n".encode("utf-16"), "utf-16", "tab"),
        ("Họ tên\tĐơn vị\nA\tB\n".encode("utf-16-be"), "utf-16", "tab"),
        ("Ho ten,Don vi\nA B C,D\nE F,G\n".encode("utf-16-le"), "utf-16", ","),
        (b"\xef\xbb\xbf" + "Họ tên|Đơn vị\nA|B\n".encode(), "utf-8", "|"),
        ("sep=;\nHọ tên;Đơn vị\nA,1;B\nC,2;D\n".encode(), "utf-8", ";"),
        ("Họ tên;Điểm\nA, B;8,5\nC, D;9,5\n".encode(), "utf-8", ";"),
        ("Họ tên\rA\rB\r".encode(), "utf-8", ","),
    ],
)
def test_encoding_and_delimiter(content: bytes, encoding: str, delimiter: str) -> None:
    workbook = workbook_of(content, "x.csv")
    assert (workbook.encoding, workbook.delimiter) == (encoding, delimiter)
    first = next(iter(workbook.grids[0].cells.values()))
    assert first[1].shown in ("Họ tên", "Ho ten")


def test_record_numbers_count_blank_records_and_the_sep_line() -> None:
    content = b'sep=,\r\na,"b\nc"\r\n\r\n,,\r\nd\r\n'
    assert shown(grid_of(content)) == {2: {1: "a", 2: "b c"}, 5: {1: "d"}}


def test_the_apostrophe_of_our_own_export_is_taken_off() -> None:
    grid = grid_of("'=1+1,'Nông,'-5,''=x\n".encode())
    assert shown(grid) == {1: {1: "=1+1", 2: "'Nông", 3: "-5", 4: "'=x"}}


# --- columns ------------------------------------------------------------------------------------


def test_column_letters_and_numbers() -> None:
    for number, letters in {1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"}.items():
        assert column_letters(number) == letters
        assert column_number(letters.lower()) == number
    for bad in ("", "1", "XFE", "Đ", "A1", "ABCD"):
        assert column_number(bad) is None
