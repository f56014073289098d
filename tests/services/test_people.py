"""Importing contestants into a real contest: written whole or not at all, taken back, changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.domain.ids import ContestantId
from judgeapp.domain.people import Contestant
from judgeapp.services.context import Context, Kind
from judgeapp.services.people import (
    import_contestants,
    list_people,
    preview_import,
    reinstate,
    substitute,
    withdraw,
)
from judgeapp.services.people_undo import undo_import
from judgeapp.store.uow import UnitOfWork
from tests.formats.sheet_kit import Rows
from tests.refused import refused
from tests.services.sheets import Sheets

DATA = Path(__file__).parent.parent / "data" / "sheets"
HEADS = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Điện thoại"]
PEOPLE: Rows = [
    HEADS,
    [1, "Lò Thị Én", "12/03/1988", "Đảng bộ xã Nà Mây", "0912345678"],
    [2, "Ma Văn Thử", "1979", "Chi bộ Kho bạc", "0912345679"],
    [3, "Lý Văn Mai", "05/1990", "Chi bộ Kho bạc", None],
]


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path)


def everybody(app: Context) -> dict[str, Contestant]:
    return {line.contestant.id: line.contestant for line in list_people(app)}


def log_of(app: Context) -> list[tuple[str, dict[str, object]]]:
    with app.read() as u:
        return [(entry.action, entry.details) for entry in u.contest.log_entries()]


# --- import -------------------------------------------------------------------------------------


def test_import_writes_people_and_their_organisations(contest: Context, sheets: Sheets) -> None:
    outcome = import_contestants(contest, file=sheets.write(PEOPLE))
    assert outcome.changed == {Kind.PEOPLE}
    assert outcome.value.new == ("01", "02", "03")
    lines = list_people(contest)
    assert [(line.contestant.id, line.contestant.name, line.unit) for line in lines] == [
        ("01", "Lò Thị Én", "Đảng bộ xã Nà Mây"),
        ("02", "Ma Văn Thử", "Chi bộ Kho bạc"),
        ("03", "Lý Văn Mai", "Chi bộ Kho bạc"),
    ]
    first = lines[0].contestant
    assert (first.birth, first.phone) == ("1988-03-12", "0912345678")
    with contest.read() as u:
        units = {unit.name: unit.kind for unit in u.people.units()}
    assert units == {"Đảng bộ xã Nà Mây": "party_committee", "Chi bộ Kho bạc": "party_cell"}


def test_the_log_has_counts_and_no_names(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    action, details = log_of(contest)[-1]
    assert action == "people.imported"
    assert details == {"import_id": 1, "new": 3, "changed": 0}


def test_preview_writes_nothing(contest: Context, sheets: Sheets) -> None:
    before = log_of(contest)
    preview = preview_import(contest, file=sheets.write(PEOPLE))
    assert len(preview.rows) == 3
    assert list_people(contest) == ()
    assert log_of(contest) == before


def test_nothing_is_written_while_an_answer_is_missing(contest: Context) -> None:
    path = DATA / "s04_namesakes.xlsx"
    outcome = import_contestants(contest, file=path)
    assert outcome.value.import_id is None
    assert outcome.changed == frozenset()
    assert list_people(contest) == ()
    accepted = import_contestants(contest, file=path, accept=True).value
    assert accepted.written == 6
    names = [line.contestant.name for line in list_people(contest)]
    assert names == ["Trần Thị Thu Hà"] * 3 + ["Lường Văn Hoà", "Lý Thị Mẩy", "Lý Thị Mây"]


def test_hidden_rows_wait_for_their_decision_even_if_all_is_accepted(contest: Context) -> None:
    path = DATA / "s06_hidden.xlsx"
    assert import_contestants(contest, file=path, accept=True).value.import_id is None
    assert import_contestants(contest, file=path, hidden="skip").value.written == 2
    assert {line.contestant.name for line in list_people(contest)} == {"Ma Thị Bưởi", "Ma Thị Bé"}


def test_rows_without_a_name_are_never_written(contest: Context) -> None:
    report = import_contestants(contest, file=DATA / "s07_formula_without_value.xlsx", accept=True)
    assert report.value.import_id is None
    assert list_people(contest) == ()


def test_two_proposed_as_one_complete_each_other(contest: Context, sheets: Sheets) -> None:
    rows: Rows = [
        HEADS,
        [1, "LÒ THỊ ÉN", "1988", "Đảng bộ xã Nà Mây", None],
        [2, "Lò Thị Én", "12/03/1988", "Đảng bộ xã Nà Mây", "0912345678"],
    ]
    import_contestants(contest, file=sheets.write(rows), accept=True)
    (person,) = everybody(contest).values()
    assert (person.id, person.name) == ("01", "Lò Thị Én")
    assert (person.birth, person.phone) == ("1988-03-12", "0912345678")


# --- numbers ------------------------------------------------------------------------------------


def test_numbers_go_on_where_another_list_counts_from_one_again(
    contest: Context, sheets: Sheets
) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    rows: Rows = [HEADS, [1, "Vũ Văn Ổn", "1985", "Chi bộ Kho bạc", None],
                  [2, "Hoàng Thị Dung", "1992", "Chi bộ Kho bạc", None]]  # fmt: skip
    report = import_contestants(contest, file=sheets.write(rows)).value
    assert report.new == ("04", "05")


def test_a_start_number_that_somebody_has_is_asked_about(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    rows: Rows = [["SBD", *HEADS[1:]], ["12", "Vũ Văn Ổn", "1985", "Chi bộ Kho bạc", None],
                  ["02", "Hoàng Thị Dung", "1992", "Chi bộ Kho bạc", None]]  # fmt: skip
    report = import_contestants(contest, file=sheets.write(rows)).value
    assert report.import_id is None
    assert [item.code for item in report.preview.doubts] == ["number_taken"]
    assert import_contestants(contest, file=sheets.write(rows), accept=True).value.new == (
        "04",
        "05",
    )


# --- the same list again ------------------------------------------------------------------------


def test_the_same_list_again_is_nothing_new(contest: Context, sheets: Sheets) -> None:
    path = sheets.write(PEOPLE)
    import_contestants(contest, file=path)
    report = import_contestants(contest, file=path).value
    assert (report.import_id, report.written) == (None, 0)
    assert report.preview.ready
    with contest.read() as u:
        assert len(u.people.imports()) == 1


def newer(sheets: Sheets) -> Path:
    return sheets.write(
        [
            HEADS,
            [1, "Lò Thị Én", "13/03/1988", "Đảng bộ xã Nà Mây", "0912345678"],
            [2, "Ma Văn Thửa", "1979", "Chi bộ Kho bạc", "0912345679"],
            [4, "Vũ Văn Ổn", "1985", "Chi bộ Kho bạc", "0912345680"],
        ],
        name="moi.xlsx",
    )


def test_a_newer_list_shows_what_changed(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    preview = preview_import(contest, file=newer(sheets))
    shown = {(item.code, item.field, item.before, item.after) for item in preview.doubts}
    assert shown == {
        ("changed", "birth", "1988-03-12", "1988-03-13"),
        ("changed", "name", "Ma Văn Thử", "Ma Văn Thửa"),
        ("missing_in_list", "name", "03 Lý Văn Mai", None),
    }
    states = [(item.contestant, item.known) for item in preview.registration.placements]
    assert states == [("01", True), ("02", True), ("04", False)]


def test_a_newer_list_is_written_as_changes_with_before_and_after(
    contest: Context, sheets: Sheets
) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    assert import_contestants(contest, file=newer(sheets)).value.import_id is None
    report = import_contestants(contest, file=newer(sheets), accept=True).value
    assert (report.new, report.changed) == (("04",), ("01", "02"))
    people = everybody(contest)
    assert people["01"].birth == "1988-03-13"
    assert people["02"].name == "Ma Văn Thửa"
    assert people["03"].name == "Lý Văn Mai"
    with contest.read() as u:
        change = u.people.changes(2, "contestant")[1]
    assert change.subject == "02"
    assert (change.before, change.after) == ({"name": "Ma Văn Thử"}, {"name": "Ma Văn Thửa"})


def test_a_year_does_not_replace_a_day_and_a_blank_nothing(
    contest: Context, sheets: Sheets
) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    rows: Rows = [HEADS, [1, "Lò Thị Én", "1988", "Đảng bộ xã Nà Mây", None]]
    report = import_contestants(contest, file=sheets.write(rows), accept=True).value
    assert report.written == 0
    assert everybody(contest)["01"].phone == "0912345678"


def test_a_move_to_another_organisation_is_a_change(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    rows: Rows = [HEADS, [2, "Ma Văn Thử", "1979", "Chi bộ Thuế", "0912345679"]]
    report = import_contestants(contest, file=sheets.write(rows), accept=True).value
    assert report.changed == ("02",)
    assert [line.unit for line in list_people(contest)][1] == "Chi bộ Thuế"
    undo_import(contest)
    assert [line.unit for line in list_people(contest)][1] == "Chi bộ Kho bạc"
    with contest.read() as u:
        assert "Chi bộ Thuế" not in {unit.name for unit in u.people.units()}


def test_organisations_of_earlier_lists_are_kept_as_they_are(
    contest: Context, sheets: Sheets
) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    names = ["Chi bộ Kho bac", "Chi bộ Kho bac", "Chi bộ Khô bạc", "Chi bộ Thuế"]
    people = [
        [number, f"Vũ Văn {chr(64 + number)}a", "1985", name, None]
        for number, name in enumerate(names, start=1)
    ]
    preview = preview_import(contest, file=sheets.write([HEADS, *people]))
    assert [row.unit for row in preview.rows] == ["Chi bộ Kho bạc"] * 3 + ["Chi bộ Thuế"]
    asked = [(item.code, item.row, item.other_rows) for item in preview.doubts]
    assert asked == [("unit_near", 2, (3,)), ("unit_near", 4, ())]


def test_namesakes_of_known_people_are_new_people(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    rows: Rows = [HEADS, [1, "Lò Thị Én", "01/01/1999", "Đảng bộ xã Nà Mây", "0988888888"]]
    assert import_contestants(contest, file=sheets.write(rows), accept=True).value.new == ("04",)


def test_somebody_who_stands_twice_in_a_newer_list_is_changed_once(
    contest: Context, sheets: Sheets
) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    rows: Rows = [
        HEADS,
        [1, "Lò Thị Én", "12/03/1988", "Đảng bộ xã Nà Mây", None],
        [2, "Lò Thị Én", None, "Đảng bộ xã Nà Mây", None],
    ]
    preview = preview_import(contest, file=sheets.write(rows))
    assert len({item.contestant for item in preview.registration.placements}) == len(
        preview.registration.placements
    )


# --- undo ---------------------------------------------------------------------------------------


def test_undo_takes_the_newest_import_back(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    before = everybody(contest)
    import_contestants(contest, file=newer(sheets), accept=True)
    report = undo_import(contest).value
    assert (report.import_id, report.removed, report.restored) == (2, 1, 2)
    assert everybody(contest) == before
    report = undo_import(contest).value
    assert (report.import_id, report.removed) == (1, 3)
    assert everybody(contest) == {}
    with contest.read() as u:
        assert u.people.units() == []
    with refused("people.nothing_to_undo"):
        undo_import(contest)


def test_what_was_taken_back_can_be_imported_again(contest: Context, sheets: Sheets) -> None:
    path = sheets.write(PEOPLE)
    first = import_contestants(contest, file=path).value.new
    undo_import(contest)
    assert import_contestants(contest, file=path).value.new == first


def test_undo_stops_at_the_first_pack(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    _add_pack(contest)
    with refused("people.undo_after_packs"):
        undo_import(contest)
    assert len(everybody(contest)) == 3


def test_undo_does_not_undo_a_substitute(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    import_contestants(contest, file=newer(sheets), accept=True)
    substitute(contest, contestant=ContestantId("02"), name="Lò Thị Thay", reason="cử người khác")
    with refused("people.undo_in_use"):
        undo_import(contest)
    assert everybody(contest)["02"].name == "Lò Thị Thay"


def test_undo_stops_at_what_has_happened_since(contest: Context, sheets: Sheets) -> None:
    import_contestants(contest, file=sheets.write(PEOPLE))
    withdraw(contest, contestant=ContestantId("02"), reason="ốm")
    with refused("people.undo_in_use") as caught:
        undo_import(contest)
    assert caught.value.params["numbers"] == "02"
    assert len(everybody(contest)) == 3


def _add_pack(app: Context) -> None:
    from sqlalchemy import insert

    from judgeapp.store import tables

    with app.write() as u:
        u.connection.execute(
            insert(tables.packs).values(
                id="p1", round_id="r", panel=None, version=1, definition_version=1,
                rubric_hash="x", folder="p", body="{}", built_at=u.at,
            )
        )  # fmt: skip
        u.log("packs.built")
        u.commit()


# --- after the import ---------------------------------------------------------------------------


@pytest.fixture
def filled(contest: Context, sheets: Sheets) -> Context:
    import_contestants(contest, file=sheets.write(PEOPLE))
    return contest


def test_withdraw_and_reinstate(filled: Context) -> None:
    number = ContestantId("02")
    outcome = withdraw(filled, contestant=number, reason="  nhập viện ")
    assert outcome.value.withdrawn
    assert outcome.changed == {Kind.PEOPLE, Kind.RESULTS}
    with refused("people.already_withdrawn"):
        withdraw(filled, contestant=number, reason="x")
    reinstate(filled, contestant=number, reason="đã khoẻ")
    assert not everybody(filled)["02"].withdrawn
    with refused("people.not_withdrawn"):
        reinstate(filled, contestant=number, reason="x")
    with filled.read() as u:
        events = [(event.what, event.reason) for event in u.people.events(number)]
    assert events == [("withdrawn", "nhập viện"), ("reinstated", "đã khoẻ")]


def test_substitute_keeps_number_organisation_and_the_one_before(filled: Context) -> None:
    before = everybody(filled)["01"]
    withdraw(filled, contestant=before.id, reason="ốm")
    after = substitute(
        filled, contestant=before.id, name=" Lò  Thị Thay ", reason="đơn vị cử người khác"
    ).value
    assert (after.id, after.name, after.unit_id) == ("01", "Lò Thị Thay", before.unit_id)
    assert (after.birth, after.phone, after.withdrawn) == (None, None, False)
    with filled.read() as u:
        event = u.people.events(before.id)[-1]
    assert event.what == "substituted"
    assert (event.before["name"], event.before["birth"]) == ("Lò Thị Én", "1988-03-12")
    assert event.after["name"] == "Lò Thị Thay"
    action, details = log_of(filled)[-1]
    assert (action, details) == ("people.substituted", {"contestant": "01"})


def test_refusals_change_nothing(filled: Context) -> None:
    before, log = everybody(filled), log_of(filled)
    number = ContestantId("01")
    with refused("people.unknown_contestant"):
        withdraw(filled, contestant=ContestantId("99"), reason="x")
    with refused("people.reason_missing"):
        withdraw(filled, contestant=number, reason=" ")
    with refused("people.name_missing"):
        substitute(filled, contestant=number, name=" 5 ", reason="x")
    with refused("people.same_name"):
        substitute(filled, contestant=number, name="LÒ THỊ ÉN", reason="x")
    assert everybody(filled) == before
    assert log_of(filled) == log


def test_events_are_there_for_good(filled: Context) -> None:
    from sqlalchemy import delete

    from judgeapp.store import tables

    withdraw(filled, contestant=ContestantId("01"), reason="ốm")
    u: UnitOfWork
    with filled.write() as u, pytest.raises(Exception, match="only ever added"):
        u.connection.execute(delete(tables.contestant_events))


def test_a_failure_in_the_middle_leaves_nothing(
    contest: Context, sheets: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("judgeapp.store.people.PeopleRows.add_contestants", fail)
    with pytest.raises(OSError, match="no space"):
        import_contestants(contest, file=sheets.write(PEOPLE))
    with contest.read() as u:
        assert (u.people.imports(), u.people.units(), u.people.contestants()) == ([], [], [])
