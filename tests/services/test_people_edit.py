"""One contestant edited with a reason; numbers drawn by lot that anybody can draw again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.people import Conflict, Judge
from judgeapp.services.context import Context, Kind
from judgeapp.services.people import import_contestants, list_people, substitute, withdraw
from judgeapp.services.people_edit import draw_numbers, edit_contestant, show_person
from tests.refused import refused
from tests.services.sheets import Sheets

ONE, TWO = ContestantId("01"), ContestantId("02")


@pytest.fixture
def people(contest: Context, tmp_path: Path) -> Context:
    rows = [["STT", "Họ và tên", "Ngày sinh", "Đơn vị"]]
    names = ["Lò Thị Én", "Ma Văn Thử", "Lý Văn Mai", "Y Bhĭm Êban", "Nông Văn Kỳ"]
    rows += [[str(n), name, "1988", "Chi bộ Kho bạc"] for n, name in enumerate(names, start=1)]
    import_contestants(contest, file=Sheets(tmp_path).write(rows))
    return contest


def names(app: Context) -> dict[str, str]:
    return {line.contestant.id: line.contestant.name for line in list_people(app)}


def test_editing_stores_what_was_typed_and_keeps_what_was_before(people: Context) -> None:
    outcome = edit_contestant(
        people,
        contestant=ONE,
        changes={"birth": "12.3.1988", "phone": "+84 912 345 678", "unit": "Đảng bộ xã Nà Mây"},
        reason="Thí sinh báo lại",
    )
    assert outcome.changed == {Kind.PEOPLE, Kind.RESULTS}
    card = show_person(people, contestant=ONE)
    assert (card.contestant.birth, card.contestant.phone) == ("1988-03-12", "0912345678")
    assert card.unit == "Đảng bộ xã Nà Mây"
    (event,) = card.history
    assert (event.what, event.reason) == ("edited", "Thí sinh báo lại")
    assert set(event.changes) == {
        ("birth", "1988", "1988-03-12"),
        ("phone", None, "0912345678"),
        ("unit", "Chi bộ Kho bạc", "Đảng bộ xã Nà Mây"),
    }


def test_an_empty_field_takes_the_value_away(people: Context) -> None:
    edit_contestant(people, contestant=ONE, changes={"birth": " "}, reason="Sai")
    assert show_person(people, contestant=ONE).contestant.birth is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"birth": "31/02/1988"}, "people.typed_birth"),
        ({"name": ""}, "people.typed_name"),
        ({"gender": "khác"}, "people.typed_gender"),
        ({"phone": "gọi sau"}, "people.typed_phone"),
        ({"email": "không có ạ"}, "people.typed_email"),
        ({"number": "7"}, "people.unknown_field"),
        ({"name": "Lò Thị Én"}, "people.nothing_changed"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_stored(
    people: Context, changes: dict[str, str], code: str
) -> None:
    with refused(code):
        edit_contestant(people, contestant=ONE, changes=changes, reason="Thử")
    assert show_person(people, contestant=ONE).history == ()


def test_editing_needs_a_reason_and_somebody(people: Context) -> None:
    with refused("people.reason_missing"):
        edit_contestant(people, contestant=ONE, changes={"note": "x"}, reason="  ")
    with refused("people.unknown_contestant"):
        edit_contestant(people, contestant=ContestantId("99"), changes={"note": "x"}, reason="Thử")


def test_a_draw_can_be_repeated_by_hand(people: Context) -> None:
    before = names(people)
    report = draw_numbers(people, seed=2026).value
    order = sorted(before, key=lambda n: hashlib.sha256(f"2026/{n}".encode()).hexdigest())
    assert names(people) == {
        number: before[old] for number, old in zip(sorted(before), order, strict=True)
    }
    assert report.numbers == dict(zip(order, sorted(before), strict=True))
    with people.read() as u:
        entry = u.contest.log_entries()[-1]
    assert (entry.action, entry.details) == ("people.drawn", {"seed": 2026, "count": 5})


def test_who_withdrew_keeps_the_number(people: Context) -> None:
    withdraw(people, contestant=TWO, reason="Ốm")
    for seed in range(5):
        draw_numbers(people, seed=seed)
        assert names(people)[TWO] == "Ma Văn Thử"


def test_history_follows_the_person_through_draws(people: Context) -> None:
    edit_contestant(people, contestant=ONE, changes={"note": "ghi chú"}, reason="Thử")
    substitute(people, contestant=TWO, name="Hà Văn Ba", reason="Thay")
    for seed in (1, 2, 3):
        draw_numbers(people, seed=seed)
    for line in list_people(people):
        history = [x.what for x in show_person(people, contestant=line.contestant.id).history]
        first = {"Lò Thị Én": ["edited"], "Hà Văn Ba": ["substituted"]}
        assert history == ["drawn"] * 3 + first.get(line.contestant.name, [])


def test_no_draw_once_numbers_are_in_use(people: Context) -> None:
    with refused("people.draw_seed"):
        draw_numbers(people, seed=-1)
    with people.write() as u:
        judge = Judge(JudgeId("J01"), "Vi Văn Tư", "member")
        u.judging.set_panel([judge], [Conflict(judge.id, ONE, "Cùng đơn vị")])
        u.log("judging.panel_set", judges=1, conflicts=1)
        u.commit()
    with refused("people.draw_in_use"):
        draw_numbers(people, seed=1)
