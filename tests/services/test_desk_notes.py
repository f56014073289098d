from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.domain.ids import ContestantId
from judgeapp.services.context import Machine
from judgeapp.services.desk import Desk, open_desk
from judgeapp.services.desk_notes import MAX_NOTE, MOST_NOTES, Note, add_note, notes_of, remove_note
from tests.judging_kit import build_pack, desk, make_contest
from tests.refused import refused

ONE, TWO = ContestantId("01"), ContestantId("02")


@pytest.fixture
def at(machine: Machine, tmp_path: Path) -> Desk:
    app = make_contest(machine, tmp_path / "contest")
    return desk(machine, build_pack(app, tmp_path / "packs"))


def test_notes_stand_in_the_order_of_the_clip_and_stay(at: Desk, machine: Machine) -> None:
    add_note(at, contestant=ONE, at_ms=61_500, text=" Liên hệ đơn vị ")
    add_note(at, contestant=ONE, at_ms=2_000, text="Mở đầu")
    add_note(at, contestant=TWO, at_ms=0, text="khác")
    expected = (Note(2_000, "Mở đầu"), Note(61_500, "Liên hệ đơn vị"))
    assert notes_of(at, contestant=ONE) == expected
    again = open_desk(machine, pack=at.source, judge="J07").value
    assert notes_of(again, contestant=ONE) == expected


def test_a_note_is_taken_away(at: Desk) -> None:
    add_note(at, contestant=ONE, at_ms=1, text="a")
    assert remove_note(at, contestant=ONE, note=Note(1, "a")).value == ()
    assert remove_note(at, contestant=ONE, note=Note(1, "a")).value == ()
    assert notes_of(at, contestant=ONE) == ()


def test_what_is_no_note(at: Desk) -> None:
    assert add_note(at, contestant=ONE, at_ms=1, text="  ").value == ()
    with refused("judging.note_too_long"):
        add_note(at, contestant=ONE, at_ms=1, text="x" * (MAX_NOTE + 1))
    for number in range(MOST_NOTES):
        add_note(at, contestant=ONE, at_ms=number, text="x")
    with refused("judging.too_many_notes"):
        add_note(at, contestant=ONE, at_ms=999_999, text="x")


def test_unreadable_notes_are_none(at: Desk) -> None:
    with at.write() as u:
        u.contest.put_meta(f"notes.{at.pack.round.id}.{ONE}", "[[1]]")
        u.log("test.notes")
        u.commit()
    assert notes_of(at, contestant=ONE) == ()
