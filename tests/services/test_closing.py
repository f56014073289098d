from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.domain.ids import ContestantId
from judgeapp.services.closing import (
    OpenItems,
    close_round,
    closing_state,
    conclude_on_file,
    conclude_on_marks,
    reopen_round,
)
from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.marking import enter_mark
from judgeapp.services.score_files import export_score_file
from tests.judging_kit import (
    C1,
    ROUND,
    TALK,
    build_pack,
    criterion,
    desk,
    make_contest,
    one_round,
    part,
    set_definition,
    withdraw,
)
from tests.refused import refused


class Board:
    """An organiser with two judges whose marks can be sent in."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.machine, self.folder = machine, folder
        self.app = make_contest(machine, folder / "contest", one_round(spread_block="3"))
        self.pack = build_pack(self.app, folder / "packs")

    def write(self, judge: str, *, place: str | None = None, **points: str) -> Path:
        at = desk(self.machine, self.pack, judge, self.folder / place if place else None)
        for number, typed in points.items():
            enter_mark(
                at, contestant=ContestantId(number.strip("n")), part=TALK, criterion=C1, typed=typed
            )
        file = export_score_file(at, target=self.folder).value.file
        at.store.close()
        return file

    def send(self, judge: str, *, place: str | None = None, **points: str) -> int:
        found = collect_file(self.app, file=self.write(judge, place=place, **points)).value
        assert found.id is not None
        return found.id

    def kinds(self) -> list[str]:
        return [item.kind for item in closing_state(self.app, round_id=ROUND).items]


@pytest.fixture
def board(machine: Machine, tmp_path: Path) -> Board:
    return Board(machine, tmp_path)


def marks(app: Context) -> list[Decimal | None]:
    with app.read() as u:
        return sorted((e.points for e in u.judging.mark_events(ROUND)), key=str)


def test_a_round_closes_when_everything_is_there(board: Board) -> None:
    board.send("J05", n01="8", n02="7")
    with pytest.raises(OpenItems) as caught:
        close_round(board.app, round_id=ROUND)
    assert [(i.kind, i.judge, i.contestant) for i in caught.value.state.items] == [
        ("missing_sheet", "J07", "01"), ("missing_sheet", "J07", "02"),
    ]  # fmt: skip
    assert caught.value.state.names["J07"] == "Giám khảo J07"  # type: ignore[index]  # an id
    board.send("J07", n01="8", n02="7")
    assert close_round(board.app, round_id=ROUND).value.id == ROUND
    assert closing_state(board.app, round_id=ROUND).closed
    with refused("judging.round_closed"):
        close_round(board.app, round_id=ROUND)


def test_a_withdrawn_contestant_owes_nothing(board: Board) -> None:
    board.send("J05", n01="8")
    board.send("J07", n01="8")
    assert board.kinds() == ["missing_sheet", "missing_sheet"]
    withdraw(board.app, "02")
    assert board.kinds() == []


def test_reopening_needs_a_reason_and_is_recorded(board: Board) -> None:
    with refused("judging.round_open"):
        reopen_round(board.app, round_id=ROUND, reason="Sai")
    board.send("J05", n01="8", n02="7")
    board.send("J07", n01="8", n02="7")
    close_round(board.app, round_id=ROUND)
    with refused("judging.no_reason"):
        reopen_round(board.app, round_id=ROUND, reason="  ")
    reopen_round(board.app, round_id=ROUND, reason="Giám khảo gửi nhầm")
    with board.app.read() as u:
        assert [(row.stage, row.reason) for row in u.judging.stages(ROUND)] == [
            ("closed", ""), ("open", "Giám khảo gửi nhầm"),
        ]  # fmt: skip
    assert not closing_state(board.app).closed


def test_judges_too_far_apart_wait_for_a_conclusion(board: Board) -> None:
    board.send("J05", n01="9", n02="7")
    board.send("J07", n01="6", n02="7")
    assert board.kinds() == ["spread"]
    with refused("judging.no_conclusion"):
        conclude_on_marks(board.app, round_id=None, contestant="1", part="talk", text=" ")
    with refused("judging.no_such_contestant"):
        conclude_on_marks(board.app, round_id=None, contestant="99", part="talk", text="Giữ")
    with refused("judging.no_such_part"):
        conclude_on_marks(board.app, round_id=None, contestant="1", part="none", text="Giữ")
    found = conclude_on_marks(
        board.app, round_id=None, contestant="1", part="Phần talk", text="Giữ nguyên điểm"
    )
    assert found.value == ("01", "talk")
    assert board.kinds() == []
    board.send("J07", n01="5,5")
    assert board.kinds() == ["spread"]
    conclude_on_marks(board.app, round_id=ROUND, contestant="01", part="talk", text="Giữ")
    close_round(board.app, round_id=ROUND)
    with refused("judging.round_closed"):
        conclude_on_marks(board.app, round_id=ROUND, contestant="01", part="talk", text="Giữ")


def test_a_late_file_counts_by_a_conclusion_only(board: Board) -> None:
    board.send("J05", n01="8", n02="7")
    board.send("J07", n01="8", n02="7")
    close_round(board.app, round_id=ROUND)
    late = board.send("J07", n01="7")
    assert marks(board.app) == [Decimal(7), Decimal(7), Decimal(8), Decimal(8)]
    with refused("judging.round_closed"):
        conclude_on_file(board.app, file=late, text="Tính", count=True)
    reopen_round(board.app, round_id=ROUND, reason="Xét tệp đến muộn")
    assert board.kinds() == ["file"]
    assert conclude_on_file(board.app, file=late, text="Tính tệp này", count=True).value == (
        late,
        1,
    )
    assert len(marks(board.app)) == 5
    assert board.kinds() == []
    close_round(board.app, round_id=ROUND)


def test_a_late_file_that_is_left_out(board: Board) -> None:
    board.send("J05", n01="8", n02="7")
    board.send("J07", n01="8", n02="7")
    close_round(board.app, round_id=ROUND)
    late = board.send("J07", n01="7")
    reopen_round(board.app, round_id=ROUND, reason="Xét tệp đến muộn")
    assert conclude_on_file(board.app, file=late, text="Bỏ", count=False).value == (late, 0)
    assert len(marks(board.app)) == 4
    close_round(board.app, round_id=ROUND)


def test_marks_on_other_rubrics_count_by_a_conclusion_only(board: Board) -> None:
    old = board.write("J07", n01="8", n02="7")
    reworded = part("talk", [criterion("c1", most="10", step="0.5")])
    set_definition(board.app, one_round(reworded))
    found = collect_file(board.app, file=old).value
    assert (found.verdict, found.counts) == ("other_rubric", False)
    assert found.id is not None
    assert marks(board.app) == []
    assert conclude_on_file(board.app, file=found.id, text="Tính", count=True).value[1] == 2
    assert marks(board.app) == [Decimal(7), Decimal(8)]


def test_marks_that_came_before_the_rubrics_changed(board: Board) -> None:
    number = board.send("J07", n01="8", n02="7")
    set_definition(board.app, one_round(part("talk", [criterion("c1", most="12")])))
    assert marks(board.app) == []
    with refused("judging.file_needs_none"):
        conclude_on_file(board.app, file=number, text="Tính", count=True)


def test_two_versions_of_a_number_wait_for_a_conclusion(board: Board) -> None:
    board.send("J05", n01="8", n02="7")
    board.send("J07", place="b", n01="8", n02="7")
    board.send("J07", place="c", n01="7,5", n02="7")
    assert board.kinds() == ["rivals"]
    conclude_on_marks(board.app, round_id=ROUND, contestant="01", part="talk", text="Lấy điểm sau")
    assert board.kinds() == []


def test_a_file_of_a_stranger(board: Board, machine: Machine) -> None:
    file = board.write("J07", n01="8")
    with board.app.write() as u:
        u.judging.set_panel([j for j in u.judging.judges() if j.id != "J07"], [])
        u.log("test.panel")
        u.commit()
    found = collect_file(board.app, file=file).value
    assert (found.verdict, found.counts) == ("unknown_key", False)
    assert found.id is not None
    assert board.kinds().count("file") == 1
    with refused("judging.cannot_count"):
        conclude_on_file(board.app, file=found.id, text="Tính", count=True)
    conclude_on_file(board.app, file=found.id, text="Không phải giám khảo", count=False)
    assert "file" not in board.kinds()


def test_conclusions_on_what_is_not_there(board: Board) -> None:
    with refused("judging.no_such_file"):
        conclude_on_file(board.app, file=99, text="Tính", count=True)
    damaged = board.folder / "x.score"
    damaged.write_bytes(b"{}")
    found = collect_file(board.app, file=damaged).value
    assert found.id is not None
    with refused("judging.no_such_file"):
        conclude_on_file(board.app, file=found.id, text="Tính", count=True)


def test_a_kept_file_that_is_gone(board: Board) -> None:
    board.send("J05", n01="8", n02="7")
    board.send("J07", n01="8", n02="7")
    close_round(board.app, round_id=ROUND)
    late = board.send("J07", n01="7")
    reopen_round(board.app, round_id=ROUND, reason="Xét")
    for path in (board.app.folder / "score-files").iterdir():
        path.unlink()
    with refused("packs.kept_file_missing"):
        conclude_on_file(board.app, file=late, text="Tính", count=True)
    assert board.kinds() == ["file"]
