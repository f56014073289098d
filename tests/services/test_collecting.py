from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.domain.collecting import Claims
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.people import Conflict
from judgeapp.exchange.score_file import write_score_file
from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context, Kind
from judgeapp.services.desk import Desk
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.score_files import export_score_file
from tests.domain.test_marks import mark
from tests.judging_kit import C1, ROUND, TALK
from tests.refused import refused

DATA = Path(__file__).parents[1] / "data" / "exchange"


def sent(at: Desk, folder: Path, **points: str) -> Path:
    enter_marks(
        at,
        marks=[
            TypedMark(ContestantId(number.strip("n")), TALK, C1, typed)
            for number, typed in points.items()
        ],
    )
    return export_score_file(at, target=folder).value.file


def points(app: Context) -> dict[str, Decimal | None]:
    with app.read() as u:
        return {event.contestant: event.points for event in u.judging.mark_events(ROUND)}


def test_a_file_is_kept_byte_for_byte(app: Context, at: Desk, tmp_path: Path) -> None:
    file = sent(at, tmp_path, n01="8")
    outcome = collect_file(app, file=file)
    assert outcome.changed == {Kind.SCORE_FILES, Kind.MARKS, Kind.RESULTS}
    (kept,) = (app.folder / "score-files").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    found = outcome.value
    assert (found.id, found.judge, found.device, found.number) == (1, "J07", at.device, 1)
    assert (found.scored, found.of, found.counts, found.signed) == (1, 2, True, False)
    assert found.receipt == export_score_file(at, target=tmp_path).value.receipt
    with app.read() as u:
        (row,) = u.packs.score_files()
    assert (row.name, row.stored_name) == (file.name, kept.name)


def test_an_altered_file_is_kept_too_and_said_again(app: Context, tmp_path: Path) -> None:
    case = DATA / "x03_J07-0003.score"
    for _ in range(2):
        found = collect_file(app, file=case).value
        assert (found.verdict, found.id, found.judge) == ("damaged", 1, None)
        assert found.reason is not None
        assert found.reason.code == "packs.score_saved_again"
    (kept,) = (app.folder / "score-files").iterdir()
    assert kept.read_bytes() == case.read_bytes()


def test_a_file_that_is_too_large_is_not_kept(app: Context, tmp_path: Path) -> None:
    large = tmp_path / "large.score"
    large.write_bytes(b"{" * (5 << 20))
    found = collect_file(app, file=large).value
    assert (found.verdict, found.id) == ("damaged", None)
    assert list((app.folder / "score-files").iterdir()) == []


def test_files_that_are_not_there(app: Context, tmp_path: Path) -> None:
    with refused("packs.no_such_file"):
        collect_file(app, file=tmp_path / "none")
    with refused("packs.unreadable"):
        collect_file(app, file=tmp_path)


def test_a_contest_folder_that_cannot_be_written(app: Context, at: Desk, tmp_path: Path) -> None:
    (app.folder / "score-files").rmdir()
    (app.folder / "score-files").write_bytes(b"a file")
    with pytest.raises(JudgeError, match=r"files\."):
        collect_file(app, file=sent(at, tmp_path, n01="8"))
    assert points(app) == {}


def test_marks_that_are_not_the_judges_to_give_are_put_aside(
    app: Context, at: Desk, tmp_path: Path
) -> None:
    file = sent(at, tmp_path, n01="8", n02="7")
    with app.write() as u:
        conflict = Conflict(JudgeId("J07"), ContestantId("02"), "declared")
        u.judging.set_panel(u.judging.judges(), [conflict])
        u.log("test.conflict")
        u.commit()
    for _ in range(2):
        found = collect_file(app, file=file).value
        assert found.put_aside == {"not_assigned": 1}
    assert points(app) == {"01": Decimal(8)}
    newer = collect_file(app, file=sent(at, tmp_path, n01="9")).value
    assert newer.put_aside == {"not_assigned": 1}


def test_every_reason_to_put_a_mark_aside(app: Context, at: Desk, tmp_path: Path) -> None:
    """A file that no desk writes: each mark is looked at by itself."""
    claims = Claims(
        contest=at.pack.contest, pack=at.pack.id, round=at.pack.round.id,
        rubric_hash=at.pack.rubric_hash, judge=at.judge, device=at.device, number=1, previous=None,
        scored=0, of=2, final=False, took_over=(), at="2026-11-25T08:00:00+00:00",
    )  # fmt: skip
    j = JudgeId("J07")
    events = [
        mark("8", 1, device=at.device, where=(j, ContestantId("01"), TALK, C1)),
        mark("8", 2, device=at.device, where=(j, ContestantId("99"), TALK, C1)),
        mark("8", 3, device=at.device, where=(j, ContestantId("01"), TALK, C1.__class__("c9"))),
        mark("11", 4, device=at.device, where=(j, ContestantId("02"), TALK, C1)),
        mark("8.3", 5, device=at.device, where=(j, ContestantId("02"), TALK, C1)),
    ]
    file = tmp_path / "J07-x.score"
    file.write_bytes(write_score_file(claims, events, salt="0" * 32)[0])
    found = collect_file(app, file=file).value
    assert found.put_aside == {"unknown_contestant": 1, "unknown_criterion": 1, "bad_points": 2}
    assert points(app) == {"01": Decimal(8)}


def test_the_log_knows_no_marks(app: Context, at: Desk, tmp_path: Path) -> None:
    collect_file(app, file=sent(at, tmp_path, n01="8,75"))
    with app.read() as u:
        lines = str(u.contest.log_entries())
    assert "packs.collected" in lines
    assert "8.75" not in lines
