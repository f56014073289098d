"""Lists as offices make them: whole kinds, each written here and read back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.ids import UnitId
from judgeapp.domain.people import Unit
from judgeapp.services.people_preview import ImportPreview, Known
from tests.formats.sheet_kit import Rows
from tests.services.sheets import Sheets, codes, people, preview_of, skipped, values

HEADS = ["STT", "Họ và tên", "Đơn vị"]


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path)


def columns(preview: ImportPreview) -> dict[str, str]:
    table = next(sheet.table for sheet in preview.source.sheets if sheet.table)
    return {str(field): letters for field, letters in table.header.letters.items()}


def header_rows(preview: ImportPreview) -> tuple[int, ...]:
    return next(sheet.table for sheet in preview.source.sheets if sheet.table).header.rows


# --- headers ------------------------------------------------------------------------------------


def test_two_row_header_split_name_ticks_sections_and_signers(sheets: Sheets) -> None:
    path = sheets.write(
        [
            ["UBND HUYỆN SÔNG MÂY"],
            ["DANH SÁCH"],
            [],
            [
                "STT",
                "Mã số",
                "Họ và tên",
                None,
                "Giới tính",
                None,
                "Ngày sinh",
                "Đơn vị công tác",
                "Chức vụ",
                None,
                "SĐT",
            ],
            [None, None, None, None, "Nam", "Nữ", None, None, "Đảng", "Chính quyền", None],
            ["A", "B", "C", "D", 1, 2, 3, 4, 5, 6, 7],
            ["I", "KHỐI ĐẢNG"],
            [
                1,
                "BC1",
                "Lò Thị",
                "Én",
                None,
                "x",
                "12/3/1988",
                "Đảng bộ xã Nà Mây",
                "Bí thư",
                "Chủ tịch",
                "0912345678",
            ],
            [2, "BC2", "Phạm Quốc", "Đạt", "x", None, "1979", None, "Uỷ viên", None, "0912345671"],
            ["II", "KHỐI ĐOÀN THỂ"],
            [
                1,
                "BC3",
                "Vũ Văn",
                "Ổn",
                "X",
                None,
                "1985",
                "Chi bộ Kho bạc",
                None,
                "Kế toán",
                "0912345672",
            ],
            ["Tổng cộng: 3 người"],
            [],
            [None, None, None, None, None, None, "Sông Mây, ngày 14 tháng 9 năm 2021"],
            [None, "NGƯỜI LẬP", None, None, None, None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
            [None, None, "Lê Thị Lập", None, None, None, None, "Trịnh Công Bằng"],
        ],
        merges=[
            "A2:K2",
            "C4:D4",
            "E4:F4",
            "I4:J4",
            "A4:A5",
            "G4:G5",
            "H4:H5",
            "K4:K5",
            "H8:H9",
            "B7:K7",
            "B10:K10",
            "A12:K12",
            "C5:D5",
        ],
    )
    preview = preview_of(path)
    assert header_rows(preview) == (4, 5)
    assert columns(preview)["name"] == "C+D"
    assert people(preview) == {8: "Lò Thị Én", 9: "Phạm Quốc Đạt", 11: "Vũ Văn Ổn"}
    assert values(preview, "gender") == ["nữ", "nam", "nam"]
    assert values(preview, "unit")[1] == "Đảng bộ xã Nà Mây"
    assert values(preview, "position") == ["Bí thư, Chủ tịch", "Uỷ viên", "Kế toán"]
    assert values(preview, "code") == ["BC1", "BC2", "BC3"]
    assert skipped(preview) == {
        6: "numbering",
        7: "section",
        10: "section",
        12: "total",
        14: "signature",
        15: "signature",
        16: "after_end",
    }
    assert not preview.doubts
    assert list(preview.numbers.values()) == ["01", "02", "03"]


def test_csv_that_lost_its_merged_cells(sheets: Sheets) -> None:
    path = sheets.write_text(
        "DANH SÁCH THÍ SINH;;;;;\nTT;Họ và tên;Năm sinh;;Đơn vị;Điện thoại\n;;Nam;Nữ;;\n"
        "I;Khối A;;;;\n1;Nguyễn Văn Anh;1980;;Chi bộ 1;0912345678\n"
        "2;Lê Thị Bông;;1990;;0912345679\n3;Lê Thị Bé;;1991;;0912345670\n"
        "II;Khối B;;;;\n1;Trần Cang;1970;;Chi bộ 2;0912345671\nCộng;4;2;2;;\n"
    )
    preview = preview_of(path)
    assert header_rows(preview) == (2, 3)
    assert values(preview, "gender") == ["nam", "nữ", "nữ", "nam"]
    assert values(preview, "birth") == ["1980", "1990", "1991", "1970"]
    assert values(preview, "unit") == ["Chi bộ 1", "Chi bộ 1", "Chi bộ 1", "Chi bộ 2"]
    assert codes(preview) == {("unit_blank", 6), ("unit_blank", 7)}
    assert skipped(preview) == {4: "section", 8: "section", 10: "total"}


def test_headings_below_a_title_over_several_columns(sheets: Sheets) -> None:
    path = sheets.write(
        [
            ["STT", "Thông tin thí sinh", None, None, "Liên hệ", None],
            [None, "Họ và tên", "Nam", "Nữ", "Điện thoại", "Email"],
            [1, "Lò Văn Thử", 1980, None, "0912345678", "a@b.vn"],
            [2, "Lò Thị Thử", None, 1985, "0912345679", "không có"],
        ],
        merges=["A1:A2", "B1:D1", "E1:F1"],
    )
    preview = preview_of(path)
    assert header_rows(preview) == (1, 2)
    assert people(preview) == {3: "Lò Văn Thử", 4: "Lò Thị Thử"}
    assert values(preview, "birth") == ["1980", "1985"]
    assert values(preview, "gender") == ["nam", "nữ"]
    assert values(preview, "email") == ["a@b.vn", None]


def test_a_column_each_for_day_month_and_year(sheets: Sheets) -> None:
    path = sheets.write(
        [
            ["TT", "Họ tên", "Ngày sinh", None, None, "Đơn vị"],
            [None, None, "Ngày", "Tháng", "Năm", None],
            [1, "Lò A Sử", 1, 2, 1990, "Chi bộ 1"],
            [2, "Lò Thị Sử", None, None, 1991, "Chi bộ 1"],
        ],
        merges=["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
    )
    preview = preview_of(path)
    assert columns(preview)["birth"] == "C+D+E"
    assert values(preview, "birth") == ["1990-02-01", "1991"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ, tên báo cáo viên", "name"),
        ("Họ và tên\n(chữ in hoa)", "name"),
        ("HỌ VÀ TÊN", "name"),
        ("Ho va ten", "name"),
        ("Full name", "name"),
        ("Họ và tên / Full name", "name"),
        ("Ngày, tháng, năm sinh", "birth"),
        ("Năm sinh (dd/mm/yyyy)", "birth"),
        ("Sinh năm", "birth"),
        ("Giới tính (Nam/Nữ)", "gender"),
        ("Chi, đảng bộ", "unit"),
        ("Đơn vị công tác", "unit"),
        ("Tên đơn vị", "unit"),
        ("Trường", "unit"),
        ("Mã đơn vị", "unit_code"),
        ("Chức danh", "position"),
        ("Chuyên đề dự thi", "topic"),
        ("Điểm vòng cơ sở", "score"),
        ("ĐTDĐ", "phone"),
        ("Số ĐT liên hệ", "phone"),
        ("Điện thoại di động", "phone"),
        ("Thư điện tử", "email"),
        ("E-mail", "email"),
        ("Ghi chú", "note"),
        ("Bảng thi", "group"),
        ("Mã thí sinh", "code"),
        ("Số báo danh", "number"),
        ("S.T.T", "number"),
        ("Số TT", "number"),
        ("Stt *", "number"),
    ],
)
def test_headings_in_their_many_spellings(sheets: Sheets, heading: str, field: str) -> None:
    other = "Ghi chú" if field == "name" else "Họ và tên"
    preview = preview_of(sheets.write([["TIÊU ĐỀ"], [other, heading], ["Lò Én", "Lò Thị Én"]]))
    assert columns(preview)[field] == "B"


def test_of_several_columns_the_best_is_taken_and_the_others_are_shown(sheets: Sheets) -> None:
    path = sheets.write([["TT", "Họ và tên", "Chi bộ", "Đơn vị"], [1, "Lò Thị Én", "CB 1", "Sở A"]])
    preview = preview_of(path)
    assert values(preview, "unit") == ["Sở A"]
    header = next(sheet.table for sheet in preview.source.sheets if sheet.table).header
    assert [place.letters for place in header.also["unit"]] == ["C"]
    assert values(preview_of(path, columns={"unit": "Chi bộ"}), "unit") == ["CB 1"]


def test_start_numbers_go_before_running_numbers(sheets: Sheets) -> None:
    preview = preview_of(sheets.write([["STT", "SBD", "Họ và tên"], [1, "045", "Lò Thị Én"]]))
    assert list(preview.numbers.values()) == ["045"]


def test_a_hidden_column_that_is_read_is_said(sheets: Sheets) -> None:
    def setup(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].hidden = True

    preview = preview_of(sheets.write([HEADS, [1, "Lò Thị Én", "CB 1"]], setup=setup))
    assert codes(preview) == {("hidden_column", None)}


def test_forms_and_tables_of_other_things_are_no_lists(sheets: Sheets) -> None:
    form: Rows = [["Họ và tên:", "Lò Thị Én"], ["Ngày sinh:", "1/1/1990"], ["Đơn vị:", "Đảng bộ X"]]
    plan: Rows = [["STT", "Nội dung", "Điểm"], [1, "Mở đầu", 5]]
    nothing: Rows = [["a", "b"], ["c", "d"]]
    for rows in (form, plan, nothing):
        with pytest.raises(BadInput) as caught:
            preview_of(sheets.write(rows))
        assert caught.value.code == "sheet.no_names"


def test_columns_can_be_named_where_there_is_no_header(sheets: Sheets) -> None:
    path = sheets.write([["Lò Thị Én", "CB 1"], ["Ma Văn Thử", "CB 2"]])
    preview = preview_of(path, columns={"name": "A", "unit": "b"})
    assert people(preview) == {1: "Lò Thị Én", 2: "Ma Văn Thử"}
    assert header_rows(preview) == ()
    for bad, code in ({"tên": "A"}, "sheet.unknown_field"), ({"name": "1"}, "sheet.unknown_column"):
        with pytest.raises(JudgeError) as caught:
            preview_of(path, columns=bad)
        assert caught.value.code == code


def test_an_unknown_sheet_is_refused_with_the_names(sheets: Sheets) -> None:
    with pytest.raises(JudgeError) as caught:
        preview_of(sheets.write([HEADS, [1, "Lò Thị Én", "CB"]]), sheet="DS")
    assert caught.value.code == "sheet.no_such_sheet"
    assert caught.value.params["sheets"] == "Sheet"


# --- rows ---------------------------------------------------------------------------------------


def test_headers_reprinted_numbers_prepared_and_rows_without_a_name(sheets: Sheets) -> None:
    rows: Rows = [
        HEADS,
        [1, "Lò Thị Én", "CB 1"],
        HEADS,
        [2, "Ma Văn Thử", "CB 1"],
        [3],
        [4, "  "],
        [None, None, "CB 2"],
        [5, None, "CB 3"],
        [6, "-", None],
        [7, "Lý Văn Mai", None],
    ]
    preview = preview_of(sheets.write(rows))
    assert people(preview) == {2: "Lò Thị Én", 4: "Ma Văn Thử", 10: "Lý Văn Mai"}
    assert skipped(preview) == {3: "repeated_header", 5: "blank_numbered", 6: "blank_numbered"}
    assert {row for code, row in codes(preview) if code == "name_missing"} == {7, 8, 9}


def test_a_name_merged_over_two_rows_is_one_person(sheets: Sheets) -> None:
    path = sheets.write(
        [
            ["TT", "Họ và tên", "Chuyên đề", "Đơn vị"],
            [1, "Lò Thị Én", "CĐ 1", "X"],
            [None, None, "CĐ 2", None],
            [2, "Ma Văn Thử", "CĐ 3", "X"],
        ],
        merges=["A2:A3", "B2:B3", "D2:D3"],
    )
    preview = preview_of(path)
    assert people(preview) == {2: "Lò Thị Én", 4: "Ma Văn Thử"}
    assert skipped(preview) == {3: "continued"}


def test_people_whose_names_look_like_words_of_a_list(sheets: Sheets) -> None:
    names = [
        "Tống Công Bằng",
        "Tổng Thị Cộng",
        "Cộng Hoà",
        "Bí Thư Ba",
        "Ban Thị Xuân",
        "Kỷ Văn A",
        "Trưởng Thị Năm",
        "Nam",
        "Én",
        "Ngày Văn Tháng",
        "Sở Văn Sở",
        "Khối Thị An",
    ]
    rows: Rows = [HEADS, *[[i, name, "Chi bộ 1"] for i, name in enumerate(names, start=1)]]
    assert list(people(preview_of(sheets.write(rows))).values()) == names


def test_subtotals_between_parts_do_not_end_the_list(sheets: Sheets) -> None:
    rows: Rows = [
        HEADS,
        ["I", "Khối Đảng"],
        [1, "Lò Thị Én", "CB 1"],
        ["Cộng: 1"],
        ["II", "Khối đoàn thể"],
        [1, "Ma Văn Thử", "CB 2"],
        [None, "Tổng số: 2 người"],
        [None, "Nguyễn Văn Ký"],
    ]
    preview = preview_of(sheets.write(rows))
    assert list(people(preview).values()) == ["Lò Thị Én", "Ma Văn Thử"]
    assert skipped(preview)[8] == "after_end"


def test_parts_titled_with_organisations_name_them(sheets: Sheets) -> None:
    rows: Rows = [
        ["STT", "Họ và tên", "Chức vụ"],
        ["I", "Đảng bộ xã Nà Mây"],
        [1, "Lò Thị Én", "UV"],
        ["II. Chi bộ Kho bạc"],
        [2, "Ma Văn Thử", "UV"],
    ]
    preview = preview_of(sheets.write(rows))
    assert values(preview, "unit") == ["Đảng bộ xã Nà Mây", "Chi bộ Kho bạc"]
    assert codes(preview) == {("unit_from_section", 3), ("unit_from_section", 5)}


def test_two_sheets_that_hold_the_same_people(sheets: Sheets) -> None:
    def setup(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        second = book.create_sheet("Tổng hợp")
        second.append([*HEADS, "SĐT"])
        second.append([1, "Lò Thị Én", "CB 1", "0912345678"])
        second.append([2, "Ma Văn Thử", "CB 1", "0912345679"])

    path = sheets.write([[*HEADS, "SĐT"], [1, "Lò Thị Én", "CB 1", "0912345678"]], setup=setup)
    preview = preview_of(path)
    assert len(preview.rows) == 3
    assert len(preview.registration.placements) == 2
    pair = next(item for item in preview.doubts if item.code == "same_person")
    assert (pair.sheet, pair.other_sheet, pair.other_rows) == ("Sheet", "Tổng hợp", (2,))


# --- values by column ---------------------------------------------------------------------------


def test_dates_by_column(sheets: Sheets) -> None:
    rows: Rows = [
        ["Họ và tên", "Ngày sinh"],
        ["Lò Thị Én", dt.date(1980, 4, 3)],
        ["Ma Văn Thử", dt.date(1981, 5, 6)],
        ["Lý Văn Mai", "25/12/1985"],
        ["Vũ Văn Ổn", "13/06/1985"],
    ]
    preview = preview_of(sheets.write(rows))
    assert values(preview, "birth") == ["1980-04-03", "1981-05-06", "1985-12-25", "1985-06-13"]
    assert {("birth_exchanged", 2), ("birth_exchanged", 3)} <= codes(preview)


def test_both_columns_of_men_and_women_filled(sheets: Sheets) -> None:
    rows: Rows = [
        ["Họ và tên", "Nam", "Nữ"],
        ["Lò Thị Én", "x", "x"],
        ["Ma Văn Thử", 1980, 1990],
        ["Lý Văn Mai", "có", None],
        ["Vũ Thị Ổn", "nam", "FALSE"],
    ]
    preview = preview_of(sheets.write(rows))
    assert values(preview, "gender") == [None, None, "nam", "nam"]
    assert {("gender_both", 2), ("gender_both", 3), ("gender_and_name", 5)} <= codes(preview)


def test_cells_of_old_letters_among_unicode_are_doubts(sheets: Sheets) -> None:
    rows: Rows = [
        HEADS,
        [1, "Nguyeãn Thò AÙnh", "Đảng bộ"],
        [2, "Trần Văn Đức", "§¶ng bé"],
        [3, "Lê Anh", "Đảng bộ 25 µm"],
    ]
    preview = preview_of(sheets.write(rows))
    assert {("legacy_text", 2), ("legacy_text", 3)} == {
        item for item in codes(preview) if item[0] == "legacy_text"
    }


@pytest.mark.parametrize(
    ("rows", "code", "encoding"),
    [
        (
            [["STT", "Hoï vaø teân"], [1, "Nguyeãn Thò AÙnh"], [2, "Traàn Vaên Ñöùc"]],
            "sheet.old_letters",
            "VNI-Windows",
        ),
        (
            [["STT", "Hä vµ tªn"], [1, "NguyÔn ThÞ ¸nh"], [2, "TrÇn V¨n §øc"]],
            "sheet.old_letters",
            "TCVN3",
        ),
        (
            [["STT", "Họ và tên"], [1, "Nguyá»…n Thá»‹"], [2, "Tráº§n VÄƒn"]],
            "sheet.broken_letters",
            None,
        ),
    ],
)
def test_lists_in_old_letters_without_a_font_are_refused(
    sheets: Sheets, rows: list[list[object]], code: str, encoding: str | None
) -> None:
    with pytest.raises(BadInput) as caught:
        preview_of(sheets.write(rows))
    assert (caught.value.code, caught.value.params.get("encoding")) == (code, encoding)


def test_a_title_in_an_old_font_does_not_stop_a_unicode_list(sheets: Sheets) -> None:
    from openpyxl.styles import Font

    def setup(sheet: Worksheet) -> None:
        sheet["A1"].font = Font(name=".VnTimeH")

    path = sheets.write([["danh s¸ch thÝ sinh"], HEADS, [1, "Lò Thị Én", "CB 1"]], setup=setup)
    assert people(preview_of(path)) == {3: "Lò Thị Én"}


# --- organisations ------------------------------------------------------------------------------

UNITS = Known(
    [],
    [
        Unit(UnitId("U0001"), "Đảng bộ xã Tân Lập"),
        Unit(UnitId("U0002"), "Chi bộ Tổ 5"),
        Unit(UnitId("U0003"), "Chi bộ Toà án nhân dân huyện"),
    ],
    has_unit_list=True,
)


@pytest.mark.parametrize(
    ("typed", "stored", "code"),
    [
        ("Đảng bộ xã Tân Lập", "Đảng bộ xã Tân Lập", None),
        ("ĐẢNG BỘ XÃ TÂN LẬP", "Đảng bộ xã Tân Lập", "unit_spelling"),
        ("Đảng bộ xã Tân Lâp", "Đảng bộ xã Tân Lập", "unit_near"),
        ("ĐB xã Tân Lập", "Đảng bộ xã Tân Lập", "unit_near"),
        ("Xã Tân Lập", "Đảng bộ xã Tân Lập", "unit_near"),
        ("Tổ 5", "Chi bộ Tổ 5", "unit_near"),
        ("Chi bộ Toà án huyện", "Chi bộ Toà án nhân dân huyện", "unit_near"),
        ("Chi bộ Tổ 6", "Chi bộ Tổ 6", "unit_unknown"),
        ("Công ty Than", "Công ty Than", "unit_unknown"),
        (None, None, "unit_missing"),
    ],
)
def test_organisations_against_the_contest_s_own(
    sheets: Sheets, typed: str | None, stored: str | None, code: str | None
) -> None:
    path = sheets.write([HEADS, [1, "Lò Thị Én", "Chi bộ Tổ 5"], [2, "Ma Văn Thử", typed]])
    preview = preview_of(path, known=UNITS)
    assert values(preview, "unit") == ["Chi bộ Tổ 5", stored]
    assert codes(preview) == ({(code, 3)} if code else set())


def test_without_a_list_of_organisations_only_near_names_are_asked(sheets: Sheets) -> None:
    names = [
        "Đảng bộ xã Tân Lập",
        "Đảng bộ xã Tân Lập",
        "Đảng bộ xã Tân Lâp",
        "Chi bộ Tổ 5",
        "Chi bộ Tổ 6",
        "Chi bộ Trường số II",
        "Chi bộ Trường số III",
        "Đảng bộ xã Bản Mới",
        "Đảng bộ xã Bản Mời",
        "Đảng bộ xã Tân Lập, bản 3",
    ]
    rows: Rows = [
        HEADS,
        *[[i, f"Lò Văn {chr(64 + i)}a", name] for i, name in enumerate(names, start=1)],
    ]
    preview = preview_of(sheets.write(rows))
    assert codes(preview) == {("unit_near", 4), ("unit_near_kept", 10)}
    assert values(preview, "unit")[2] == "Đảng bộ xã Tân Lập"
    assert values(preview, "unit")[8] == "Đảng bộ xã Bản Mời"


def test_the_organisation_at_the_end_of_a_position(sheets: Sheets) -> None:
    rows: Rows = [
        ["Họ và tên", "Chức vụ, đơn vị công tác"],
        ["Lò Thị Én", "Bí thư Đảng bộ xã Tân Lập"],
        ["Ma Văn Thử", "Uỷ viên"],
    ]
    preview = preview_of(sheets.write(rows), known=UNITS)
    assert values(preview, "unit") == ["Đảng bộ xã Tân Lập", None]
    assert ("unit_from_position", 2) in codes(preview)
    assert ("no_unit_column", None) in codes(preview)
