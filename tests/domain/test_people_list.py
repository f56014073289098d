"""Data rows become people and organisations, field by field, with what is to be shown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from judgeapp.domain.cells import Cell, number_cell, text_cell
from judgeapp.domain.doubts import Doubt
from judgeapp.domain.ids import UnitId
from judgeapp.domain.lists import FieldCells, ListRow
from judgeapp.domain.people import Unit
from judgeapp.domain.people_list import PersonRow, read_people
from judgeapp.domain.sheet_words import UNIT_HEADINGS, Field, PartOfField, heading_rank
from judgeapp.domain.unit_list import UnitRow, next_unit_id, read_units
from judgeapp.domain.unit_names import near_pairs, units_in_positions

TODAY = dt.date(2026, 11, 25)
NO_VALUE, ERROR = Cell(trouble="no_value"), Cell(trouble="error", text="#N/A")
GENDERS: tuple[PartOfField, ...] = ("male", "female")


def held(*cells: Cell | str, parts: tuple[PartOfField, ...] = ()) -> FieldCells:
    return FieldCells(
        tuple(text_cell(cell) if isinstance(cell, str) else cell for cell in cells), parts
    )


def row(fields: dict[Field, FieldCells], *, section: str | None = None) -> ListRow:
    return ListRow("DS", 5, False, fields, section)


def person(fields: dict[Field, FieldCells], **more: str) -> tuple[PersonRow, set[tuple[str, str]]]:
    everything: dict[Field, FieldCells] = {"name": held("Lò Thị Én"), "unit": held("X"), **fields}
    people, doubts = read_people([row(everything)], TODAY)
    return people[0], found(doubts)


def found(doubts: list[Doubt]) -> set[tuple[str, str]]:
    return {(item.code, item.field or "") for item in doubts}


def test_formulas_without_a_result_and_errors_leave_the_field_blank() -> None:
    fields: dict[Field, FieldCells] = {
        "birth": held(NO_VALUE), "phone": held(ERROR), "position": held("Bí thư", NO_VALUE),
        "gender": held(NO_VALUE, "", parts=GENDERS),
    }  # fmt: skip
    one, doubts = person(fields)
    assert (one.birth, one.phone, one.position, one.gender) == (None, None, None, None)
    assert doubts == {
        ("no_value", "birth"), ("cell_error", "phone"), ("no_value", "position"),
        ("no_value", "gender"),
    }  # fmt: skip


def test_births_in_a_column_for_men_and_one_for_women() -> None:
    def read(*cells: Cell | str) -> tuple[str | None, str | None, set[str]]:
        one, doubts = person({"birth": held(*cells, parts=GENDERS)})
        return one.birth, one.gender, {code for code, _ in doubts}

    assert read("", "1988") == ("1988", "nữ", set())
    assert read("", "") == (None, None, {"birth_missing"})
    assert read("1979", "1988") == (None, None, {"birth_both"})
    assert read("x", "") == (None, "nam", {"birth_missing", "gender_and_name"})
    assert read("", NO_VALUE) == (None, "nữ", {"no_value"})


def test_ticks_births_and_words_in_the_columns_of_gender() -> None:
    def read(*cells: Cell | str) -> tuple[str | None, str | None, set[str]]:
        one, doubts = person({"gender": held(*cells, parts=GENDERS)})
        return one.gender, one.birth, {code for code, _ in doubts}

    assert read("", "x") == ("nữ", None, set())
    assert read("", number_cell(Decimal(1988))) == ("nữ", "1988", set())
    assert read("", "đúng") == ("nữ", None, {"gender_tick"})
    assert read("x", "x") == (None, None, {"gender_both"})
    assert read("", "") == (None, None, set())


def test_the_title_of_a_part_is_no_organisation_by_itself() -> None:
    fields: dict[Field, FieldCells] = {"name": held("Lò Thị Én")}
    people, doubts = read_people([row(fields, section="Khối các cơ quan")], TODAY)
    assert (people[0].unit, doubts) == (None, [])
    people, doubts = read_people([row(fields, section="1) Chi bộ Kho bạc")], TODAY)
    assert people[0].unit == "Chi bộ Kho bạc"
    assert found(doubts) == {("unit_from_section", "unit")}


def test_codes_as_numbers_among_codes_with_zeros() -> None:
    codes: list[Cell | str] = ["00120", number_cell(Decimal(120)), "1E5"]
    rows = [row({"name": held("Lò Văn An"), "unit_code": held(code)}) for code in codes]
    _, doubts = read_people(rows, TODAY)
    assert found(doubts) == {("code_as_number", "unit_code")}


def test_units_in_trouble() -> None:
    fields: list[dict[Field, FieldCells]] = [
        {"unit": held(NO_VALUE)},
        {"unit": FieldCells((text_cell("§¶ng bé"),), suspect="TCVN3")},
        {"unit": held("Chi bộ A"), "kind": held(ERROR), "members": held(NO_VALUE)},
        {"unit": held("Chi bộ B"), "kind": held(""), "members": held("")},
        {"unit": held("Đơn vị C"), "kind": held("chi bộ"), "members": held("12 dv")},
        {"unit": held("Đơn vị D"), "members": held(Cell(date=TODAY))},
    ]
    units, doubts = read_units([ListRow("DS", i, False, f) for i, f in enumerate(fields, start=2)])
    assert [(unit.name, unit.kind, unit.members) for unit in units] == [
        ("§¶ng bé", None, None),
        ("Chi bộ A", "party_cell", None),
        ("Chi bộ B", "party_cell", None),
        ("Đơn vị C", "party_cell", 12),
        ("Đơn vị D", None, None),
    ]
    assert {(item.code, item.row) for item in doubts} == {
        ("no_value", 2), ("legacy_text", 3), ("cell_error", 4), ("no_value", 4),
        ("members_unreadable", 7),
    }  # fmt: skip
    assert UnitRow("DS", 4, "Chi bộ A", kind="party_cell") in units


def test_ids_of_organisations_go_on_after_the_highest() -> None:
    assert next_unit_id([]) == "U0001"
    assert next_unit_id([Unit(UnitId("U0007"), "A"), Unit(UnitId("U0003"), "B")]) == "U0008"


def test_near_names_by_one_letter_only() -> None:
    for one, other, near in (
        ("Chi bộ Kho bạc", "Chi bộ Khoa bạc", True),
        ("Chi bộ Kho bạc", "Chi bộ Kh bạc", True),
        ("Chi bộ Kho bạc", "Chi bộ Kha bạc", True),
        ("Chi bộ Kho bạc", "Chi bộ Khoang bạc", False),
        ("Chi bộ Kho bạc", "Chi bộ Tho bá", False),
        ("Chi bộ Thuế", "Chi bộ Tuhế", True),
        ("Chi bộ Thuế", "Chi bộ Tehú", False),
    ):
        assert bool(near_pairs([one], [other])) is near, (one, other)


def test_positions_that_end_with_no_known_organisation() -> None:
    rows = [PersonRow("DS", 1, "A", position="Bí thư"), PersonRow("DS", 2, "B", unit="X")]
    assert units_in_positions(rows, ["Chi bộ Kho bạc"]) == (rows, [])


def test_headings_of_organisations() -> None:
    for text, field in (("Tên TCCS Đảng", "unit"), ("Loại hình", "kind"), ("Tổng số đảng viên",
                        "members"), ("Lĩnh vực", "sector"), ("Bí thư", "other")):  # fmt: skip
        rank = heading_rank(text, UNIT_HEADINGS)
        assert rank is not None
        assert rank[0] == field
    assert heading_rank("x" * 80, UNIT_HEADINGS) is None
