"""Organisations imported from an office's list."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from judgeapp.domain.doubts import Answer
from judgeapp.domain.people import Unit
from judgeapp.services.context import Context, Kind
from judgeapp.services.people import import_contestants
from judgeapp.services.people_undo import undo_import
from judgeapp.services.units import import_units, preview_units
from tests.formats.sheet_kit import Rows
from tests.refused import refused
from tests.services.sheets import Sheets

LIST: Rows = [
    ["DANH SÁCH TỔ CHỨC ĐẢNG TRỰC THUỘC"],
    [],
    ["STT", "Tên đơn vị", "Loại hình", "Lĩnh vực", "Số đảng viên"],
    ["I", "Các đảng bộ"],
    [1, "Đảng bộ xã Nà Mây", "Đảng bộ cơ sở", "Hành chính", 85],
    [2, "Đảng bộ xã Tân Lập", "ĐB", "Hành chính", "1.120"],
    ["II", "Các chi bộ"],
    [3, "Chi bộ Kho bạc", None, "Doanh nghiệp nhà nước", "12 đảng viên"],
    ["Tổng cộng", None, None, None, 1217],
]


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path)


def units(app: Context) -> dict[str, Unit]:
    with app.read() as u:
        return {unit.name: unit for unit in u.people.units()}


def test_name_kind_sector_members(contest: Context, sheets: Sheets) -> None:
    outcome = import_units(contest, file=sheets.write(LIST))
    assert outcome.value.written == 3
    assert outcome.changed == {Kind.PEOPLE}
    found = units(contest)
    assert [unit.id for unit in found.values()] == ["U0001", "U0002", "U0003"]
    kinds = [(unit.kind, unit.sector, unit.members) for unit in found.values()]
    assert kinds == [
        ("party_committee", "Hành chính", 85),
        ("party_committee", "Hành chính", 1120),
        ("party_cell", "Doanh nghiệp nhà nước", 12),
    ]


def test_preview_and_doubts(contest: Context, sheets: Sheets) -> None:
    rows: Rows = [
        ["Tên đơn vị", "Loại", "Số đảng viên"],
        ["Đảng bộ xã Nà Mây", "không rõ", "nhiều"],
        ["ĐẢNG BỘ XÃ NÀ MÂY", None, 5],
        ["Đảng bộ xã Nà Mấy", None, 5.5],
        [None, "Chi bộ", 7],
        ["+Chi bộ", "x", "-"],
    ]
    preview = preview_units(contest, file=sheets.write(rows))
    codes = {(item.code, item.row) for item in preview.doubts}
    assert codes == {
        ("kind_unreadable", 2), ("members_unreadable", 2), ("unit_twice", 3), ("unit_alike", 4),
        ("members_unreadable", 4), ("name_missing", 5), ("formula_sign", 6),
        ("kind_unreadable", 6),
    }  # fmt: skip
    assert not preview.ready
    assert units(contest) == {}
    assert import_units(contest, file=sheets.write(rows)).value.import_id is None
    assert import_units(contest, file=sheets.write(rows), accept=True).value.written == 3


def test_a_newer_list_changes_members_and_undo_restores_them(
    contest: Context, sheets: Sheets
) -> None:
    import_units(contest, file=sheets.write(LIST))
    before = units(contest)
    rows: Rows = [
        ["Tên đơn vị", "Số đảng viên"],
        ["Đảng bộ xã Nà Mây", 90],
        ["Chi bộ Kho bạc", None],
        ["Chi bộ Toà án", 9],
    ]
    assert import_units(contest, file=sheets.write(rows)).value.import_id is None
    report = import_units(contest, file=sheets.write(rows), accept=True).value
    assert (len(report.preview.new), len(report.preview.updates)) == (1, 1)
    assert units(contest)["Đảng bộ xã Nà Mây"].members == 90
    undone = undo_import(contest).value
    assert (undone.what, undone.removed, undone.restored) == ("units", 1, 1)
    assert units(contest) == before


def test_the_same_list_again_is_nothing_new(contest: Context, sheets: Sheets) -> None:
    path = sheets.write(LIST)
    import_units(contest, file=path)
    assert import_units(contest, file=path).value.import_id is None


def test_contestants_are_matched_to_the_organisations(contest: Context, sheets: Sheets) -> None:
    import_units(contest, file=sheets.write(LIST))
    rows: Rows = [
        ["STT", "Họ và tên", "Đơn vị"],
        [1, "Lò Thị Én", "ĐẢNG BỘ XÃ NÀ MÂY"],
        [2, "Ma Văn Thử", "Chi bộ Kho bạc"],
    ]
    import_contestants(contest, file=sheets.write(rows, name="ts.xlsx"))
    with contest.read() as u:
        people = [(person.name, person.unit_id) for person in u.people.contestants()]
    assert people == [("Lò Thị Én", "U0001"), ("Ma Văn Thử", "U0003")]
    undo_import(contest)
    assert len(units(contest)) == 3
    undo_import(contest)
    assert units(contest) == {}


def test_hidden_rows_and_other_sheets(contest: Context, sheets: Sheets) -> None:
    def setup(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        assert sheet.parent is not None
        sheet.parent.create_sheet("Hướng dẫn").append(["điền vào trang kia"])

    rows: Rows = [["Tên đơn vị", "Số đảng viên"], ["Chi bộ A", 5], ["Chi bộ A", 6], ["Chi bộ B", 7]]
    path = sheets.write(rows, setup=setup)
    assert import_units(contest, file=path, accept=True).value.import_id is None
    preview = preview_units(contest, file=path, hidden="skip")
    assert [(row.row, row.members) for row in preview.rows] == [(2, 5), (3, 6), (4, 7)]
    import_units(contest, file=path, hidden="skip")
    assert {name: unit.members for name, unit in units(contest).items()} == {
        "Chi bộ A": 6,
        "Chi bộ B": 7,
    }


@pytest.mark.parametrize("numbered", [True, False])
def test_a_list_of_names_only(contest: Context, sheets: Sheets, numbered: bool) -> None:
    names = ["Đảng bộ xã A", "Chi bộ B", "Đơn vị C", "Khối cơ quan", "Trường D"]
    rows: Rows = [["STT", "Tên đơn vị"], ["I", "Các đảng bộ, chi bộ"],
                  *[[number if numbered else None, name] for number, name in enumerate(names, 1)],
                  ["Tổng cộng: 5"]]  # fmt: skip
    preview = preview_units(contest, file=sheets.write(rows))
    read = [row.name for row in preview.rows]
    assert read == (names if numbered else [name for name in names if name != "Khối cơ quan"])


def test_a_name_merged_over_two_rows_is_one_organisation(contest: Context, sheets: Sheets) -> None:
    rows: Rows = [["TT", "Tên đơn vị", "Bí thư"], [1, "Chi bộ A", "Lò Thị Én"],
                  [None, None, "Ma Văn Thử"], [2, "Chi bộ B", None]]  # fmt: skip
    preview = preview_units(contest, file=sheets.write(rows, merges=["A2:A3", "B2:B3"]))
    assert [row.name for row in preview.rows] == ["Chi bộ A", "Chi bộ B"]
    assert preview.doubts == ()
    assert [row.reason for row in preview.source.skipped] == ["continued"]


def test_a_list_without_organisations_is_refused(contest: Context, sheets: Sheets) -> None:
    with refused("sheet.no_units"):
        import_units(contest, file=sheets.write([["Điểm", "Ghi chú"], [1, 2]]))


def test_each_doubt_has_its_own_answer(contest: Context, sheets: Sheets) -> None:
    rows: Rows = [
        ["Tên đơn vị", "Loại", "Số đảng viên"],
        ["Đảng bộ xã A", None, "mấy"],
        ["Chi bộ B", "không rõ", "nhiều"],
        ["Chi bộ C", None, "ít"],
    ]
    file = sheets.write(rows)
    asked = [item for item in preview_units(contest, file=file).doubts if item.needs_answer]
    of_a, *of_b, of_c = asked
    kind, number = of_b
    answers = {
        of_a.key: Answer("value", "1.120"),
        kind.key: Answer("value", "đảng bộ"),
        number.key: Answer("accept"),
        of_c.key: Answer("skip"),
    }
    preview = preview_units(contest, file=file, answers=answers)
    assert preview.ready
    assert [row for _, row in preview.left_out] == [4]
    assert {item.row: item.answer for item in preview.doubts if item.answer}[4] == "skip"
    import_units(contest, file=file, answers=answers, seen=preview.source.sha256)
    assert {name: (unit.kind, unit.members) for name, unit in units(contest).items()} == {
        "Đảng bộ xã A": ("party_committee", 1120),
        "Chi bộ B": ("party_committee", None),
    }


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [("members", "nhiều lắm", "members_typed"), ("kind", "tổ", "kind_typed")],
)
def test_an_answer_that_cannot_be_read_is_refused(
    contest: Context, sheets: Sheets, field: str, typed: str, code: str
) -> None:
    file = sheets.write([["Tên đơn vị", "Loại", "Số đảng viên"], ["Chi bộ B", "lạ", "nhiều"]])
    doubts = preview_units(contest, file=file).doubts
    key = next(item.key for item in doubts if item.field == field)
    with refused(f"people.{code}"):
        import_units(contest, file=file, answers={key: Answer("value", typed)})
    assert units(contest) == {}


def test_known_values_can_be_kept(contest: Context, sheets: Sheets) -> None:
    heads = ["Tên đơn vị", "Số đảng viên"]
    import_units(contest, file=sheets.write([heads, ["Chi bộ B", 12], ["Chi bộ C", 3]]))
    newer = sheets.write([heads, ["Chi bộ B", 99], ["Chi bộ C", 4]], name="newer.xlsx")
    first, second = preview_units(contest, file=newer).doubts
    answers = {first.key: Answer("keep"), second.key: Answer("accept")}
    assert import_units(contest, file=newer, answers=answers).value.written == 1
    assert {name: unit.members for name, unit in units(contest).items()} == {
        "Chi bộ B": 12, "Chi bộ C": 4,
    }  # fmt: skip


def test_a_file_that_changed_since_it_was_looked_at_is_refused(
    contest: Context, sheets: Sheets
) -> None:
    file = sheets.write([["Tên đơn vị"], ["Chi bộ B"]])
    with refused("people.file_changed"):
        import_units(contest, file=file, seen="0" * 64)
