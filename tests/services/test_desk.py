from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judgeapp.bootstrap import open_contest
from judgeapp.domain.ids import ContestantId, CriterionId, PartId
from judgeapp.domain.points import Accepted, Empty, Refused
from judgeapp.services.context import Context, Kind, Machine
from judgeapp.services.desk import Desk, desk_marks, desk_sheets, open_desk
from judgeapp.services.marking import (
    TypedMark,
    comment_on_mark,
    enter_mark,
    enter_marks,
    take_mark_back,
)
from tests.exchange.pack_kit import zipped
from tests.judging_kit import (
    C1,
    TALK,
    attach,
    build_pack,
    criterion,
    desk,
    make_contest,
    one_round,
    part,
    set_definition,
)
from tests.refused import refused

ONE, TWO = ContestantId("01"), ContestantId("02")
U01 = json.loads(
    (Path(__file__).parents[1] / "data" / "ui" / "u01_typed_points.json").read_text("utf-8")
)


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest", conflicts=[("J07", "02")])


def type_mark(at: Desk, typed: str, comment: str | None = None) -> object:
    return enter_mark(
        at, contestant=ONE, part=TALK, criterion=C1, typed=typed, comment=comment
    ).value.answer


def stored(at: Desk) -> list[tuple[Decimal | None, str | None, int]]:
    with at.read() as u:
        events = u.judging.mark_events(at.pack.round.id, at.pack.rubric_hash)
    return sorted(((e.points, e.comment, e.counter) for e in events), key=lambda e: e[2])


# --- opening ---------------------------------------------------------------------------------


def test_opening_makes_a_desk_of_ones_own(machine: Machine, pack: Path, at: Desk) -> None:
    assert at.folder.parent == machine.paths.desks
    assert (at.judge, at.actor, len(at.device)) == ("J07", "J07", 8)
    again = desk(machine, pack)
    assert (again.folder, again.device) == (at.folder, at.device)
    other = desk(machine, pack, "J05")
    assert other.folder != at.folder
    with at.read() as u:
        assert u.contest.meta()["role"] == "judge"


def test_a_second_laptop_is_another_folder(
    machine: Machine, pack: Path, at: Desk, tmp_path: Path
) -> None:
    second = desk(machine, pack, folder=tmp_path / "laptop-b")
    assert second.device != at.device


def test_a_pack_that_is_not_whole_is_not_opened(machine: Machine, pack: Path) -> None:
    (pack / "pack.sig").unlink()
    with refused("packs.unfinished"):
        open_desk(machine, pack=pack, judge="J07")
    assert not machine.paths.desks.exists()


def test_a_damaged_clip_does_not_keep_the_desk_closed(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    attach(app, "01", "e0001.mp4", b"clip")
    folder = build_pack(app, tmp_path / "packs")
    (folder / "data/clips/c0001.mp4").write_bytes(b"CLIP")
    assert desk(machine, folder).pack.media[0].path == "data/clips/c0001.mp4"


def test_a_zip_of_a_pack_is_opened_too(machine: Machine, pack: Path, tmp_path: Path) -> None:
    assert desk(machine, zipped(pack, tmp_path / "x.zip")).judge == "J07"


def test_a_judge_who_is_not_in_it(machine: Machine, pack: Path) -> None:
    with refused("judging.not_in_pack") as caught:
        open_desk(machine, pack=pack, judge="J99")
    assert caught.value.params["known"] == "J05, J07"


def test_the_desk_of_somebody_else(machine: Machine, pack: Path, at: Desk) -> None:
    with refused("judging.other_desk"):
        open_desk(machine, pack=pack, judge="J05", folder=at.folder)


def test_the_desk_of_another_contest(machine: Machine, at: Desk, tmp_path: Path) -> None:
    other = make_contest(machine, tmp_path / "other")
    with refused("judging.other_desk"):
        open_desk(
            machine, pack=build_pack(other, tmp_path / "packs-2"), judge="J07", folder=at.folder
        )


def test_a_folder_with_other_files(machine: Machine, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_bytes(b"x")
    with refused("judging.desk_folder_taken"):
        open_desk(machine, pack=pack, judge="J07", folder=tmp_path / "taken")
    (tmp_path / "empty").mkdir()
    assert desk(machine, pack, folder=tmp_path / "empty").folder == tmp_path / "empty"


def test_a_desk_whose_making_was_cut_off_is_made_again(
    machine: Machine, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("judgeapp.services.desk._note_pack", fail)
        with pytest.raises(KeyboardInterrupt):
            open_desk(machine, pack=pack, judge="J07")
    assert list(machine.paths.desks.iterdir()) == []
    part = machine.paths.desks / f".{desk(machine, pack).folder.name}.part"
    assert not part.exists()


def test_a_desk_that_cannot_be_made(
    machine: Machine, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.paths.desks.parent.mkdir(exist_ok=True)
    machine.paths.desks.write_bytes(b"a file")
    with refused("files.not_a_folder"):
        open_desk(machine, pack=pack, judge="J07", folder=machine.paths.desks / "x" / "y")


def test_an_older_pack_is_not_opened_after_a_newer_one(
    machine: Machine, app: Context, pack: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(pack, old)
    set_definition(app, one_round(part("talk", [criterion("c1", most="12")])))
    new = build_pack(app, tmp_path / "packs")
    assert desk(machine, new).pack.version == 2
    with refused("packs.older"):
        open_desk(machine, pack=old, judge="J07")


def test_an_older_pack_in_a_folder_of_its_own(
    machine: Machine, app: Context, pack: Path, tmp_path: Path
) -> None:
    old, place = tmp_path / "old", tmp_path / "laptop-b"
    shutil.copytree(pack, old)
    set_definition(app, one_round(part("talk", [criterion("c1", most="12")])))
    desk(machine, build_pack(app, tmp_path / "packs"), folder=place)
    with refused("packs.older"):
        open_desk(machine, pack=old, judge="J07", folder=place)


def test_marks_belong_to_the_rubrics_they_were_made_on(
    machine: Machine, app: Context, at: Desk, tmp_path: Path
) -> None:
    type_mark(at, "9")
    set_definition(app, one_round(part("talk", [criterion("c1", most="12")])))
    new = desk(machine, build_pack(app, tmp_path / "packs"))
    assert new.folder == at.folder
    assert desk_marks(new) == {}
    assert {key[3]: event.points for key, event in desk_marks(at).items()} == {"c1": Decimal(9)}


def test_two_rounds_lie_on_one_desk(
    machine: Machine, app: Context, at: Desk, tmp_path: Path
) -> None:
    type_mark(at, "9")
    second = one_round(part("talk", [criterion("c1", most="12")]), name="round-2")
    set_definition(app, one_round(), second)
    with app.write() as u:
        u.judging.add_stage(at.pack.round.id, "closed", reason="")
        u.log("test.closed")
        u.commit()
    final = desk(machine, build_pack(app, tmp_path / "packs"))
    assert (final.folder, final.pack.round.id) == (at.folder, "round-2")
    assert type_mark(final, "11") == Accepted(Decimal(11))
    with final.read() as u:
        assert {e.points for e in u.judging.mark_events(at.pack.round.id)} == {Decimal(9)}
        assert {e.points for e in u.judging.mark_events(final.pack.round.id)} == {Decimal(11)}


# --- typing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", U01["accepted"])
def test_what_people_type_is_stored_exactly(at: Desk, typed: str) -> None:
    points = Decimal(U01["accepted"][typed])
    assert type_mark(at, typed) == Accepted(points)
    assert stored(at) == [(points, None, 1)]


@pytest.mark.parametrize("typed", U01["refused"])
def test_what_is_refused_changes_nothing(at: Desk, typed: str) -> None:
    type_mark(at, "7,5")
    answer = type_mark(at, typed)
    assert isinstance(answer, Refused | Empty)
    assert stored(at) == [(Decimal("7.5"), None, 1)]


def test_nothing_is_overwritten(at: Desk) -> None:
    for typed in ("8", "8,5", "8"):
        type_mark(at, typed)
    take_mark_back(at, contestant=ONE, part=TALK, criterion=C1)
    assert [points for points, _, _ in stored(at)] == [
        Decimal(8), Decimal("8.5"), Decimal(8), None,
    ]  # fmt: skip
    (sheet,) = desk_sheets(at)
    assert (sheet.state, sheet.missing) == ("to_do", (C1,))


def test_typing_the_same_again_is_no_event(at: Desk) -> None:
    type_mark(at, "8", "Tốt")
    found = enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="8,00").value
    assert found.event is None
    assert type_mark(at, "8", "Tốt") == Accepted(Decimal(8))
    assert take_mark_back(at, contestant=ONE, part=TALK, criterion=C1).value is not None
    assert take_mark_back(at, contestant=ONE, part=TALK, criterion=C1).value is None
    assert len(stored(at)) == 2


def test_comments_stand_beside_marks(at: Desk) -> None:
    where = {"contestant": ONE, "part": TALK, "criterion": C1}
    comment_on_mark(at, **where, comment="  Nghe lại  ")  # type: ignore[arg-type]  # ids
    assert stored(at)[-1][:2] == (None, "Nghe lại")
    type_mark(at, "8")
    assert stored(at)[-1][:2] == (Decimal(8), "Nghe lại")
    comment_on_mark(at, **where, comment="")  # type: ignore[arg-type]  # ids
    assert stored(at)[-1][:2] == (Decimal(8), None)
    type_mark(at, "8", "a\ud800b" + "e\u0302")
    assert stored(at)[-1][:2] == (Decimal(8), "ab" + "ê")
    take_mark_back(at, **where)  # type: ignore[arg-type]  # ids
    assert stored(at)[-1][:2] == (None, "abê")
    before = stored(at)
    with refused("judging.comment_too_long"):
        type_mark(at, "7", "x" * 2001)
    assert stored(at) == before


@pytest.mark.parametrize(
    ("contestant", "where", "name", "code"),
    [
        ("99", "talk", "c1", "unknown_entry"),
        ("01", "talk", "c9", "unknown_criterion"),
        ("01", "other", "c1", "unknown_criterion"),
        ("02", "talk", "c1", "not_assigned"),
    ],
)
def test_what_is_not_there_or_not_ones_own(
    at: Desk, contestant: str, where: str, name: str, code: str
) -> None:
    with refused(f"judging.{code}"):
        enter_mark(
            at,
            contestant=ContestantId(contestant),
            part=PartId(where),
            criterion=CriterionId(name),
            typed="8",
        )
    assert stored(at) == []


def test_the_log_knows_neither_points_nor_comments(at: Desk) -> None:
    type_mark(at, "8,25", "bí mật")
    with at.read() as u:
        lines = str(u.contest.log_entries())
    assert "judging.mark_entered" in lines
    assert "8.25" not in lines
    assert "bí mật" not in lines


def test_many_marks_at_once_are_all_or_none(at: Desk) -> None:
    good = TypedMark(ONE, TALK, C1, "8")
    with refused("judging.refused_points"):
        enter_marks(at, marks=[good, TypedMark(ONE, TALK, C1, "8,3")])
    assert stored(at) == []
    made = enter_marks(
        at, marks=[good, good, TypedMark(ONE, TALK, C1, "9", "Tốt"), TypedMark(ONE, TALK, C1, "")]
    )
    assert made.value == 3
    assert made.changed == {Kind.MARKS}
    assert stored(at) == [
        (Decimal(8), None, 1), (Decimal(9), "Tốt", 2), (None, "Tốt", 3),
    ]  # fmt: skip
    assert enter_marks(at, marks=[TypedMark(ONE, TALK, C1, "")]).value == 0


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.sampled_from(["8", "8,5", "9", ""]), max_size=6))
def test_typing_one_by_one_and_at_once_give_the_same(
    machine: Machine, pack: Path, tmp_path: Path, texts: list[str]
) -> None:
    number = len(list(tmp_path.glob("one-*")))
    one = desk(machine, pack, folder=tmp_path / f"one-{number}")
    many = desk(machine, pack, folder=tmp_path / f"many-{number}")
    for text in texts:
        if text:
            type_mark(one, text)
        else:
            take_mark_back(one, contestant=ONE, part=TALK, criterion=C1)
    enter_marks(many, marks=[TypedMark(ONE, TALK, C1, text) for text in texts])
    assert stored(one) == stored(many)
    one.store.close()
    many.store.close()


def test_an_organisers_contest_is_no_desk(app: Context, machine: Machine, pack: Path) -> None:
    with refused("judging.other_desk"):
        open_desk(machine, pack=pack, judge="J07", folder=app.folder)
    assert open_contest(app.folder, machine).folder == app.folder
