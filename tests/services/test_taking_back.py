"""A score file taken back as a whole: marks follow from what is there, in whatever order."""

from __future__ import annotations

import itertools
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.bootstrap import open_contest
from judgeapp.cli.main import run
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.marks import current_marks, merge
from judgeapp.exchange.score_file import read_score_file
from judgeapp.services.closing import close_round, closing_state
from judgeapp.services.collecting import collect_file, look_at_files
from judgeapp.services.context import Context, Kind, Machine
from judgeapp.services.desk import Desk
from judgeapp.services.kept_scores import MarkChange
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.score_files import export_score_file, take_over
from judgeapp.services.score_matrix import sheet_matrix
from judgeapp.services.taking_back import count_again, take_back
from tests.judging_kit import C1, ROUND, TALK, build_pack, desk, make_contest
from tests.refused import refused

WHY = "gửi nhầm"
NUMBERS = ("01", "02", "03")


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest", contestants=NUMBERS, judges=("J1", "J2"))


def put(place: Desk, number: str, points: str) -> None:
    enter_marks(place, marks=[TypedMark(ContestantId(number), TALK, C1, points, None)])


def export(place: Desk, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return export_score_file(place, target=folder).value.file


def files(machine: Machine, app: Context, tmp_path: Path) -> list[Path]:
    """Three files of one judge: two of one laptop, one of a second one that took over the first."""
    pack = build_pack(app, tmp_path / "packs")
    one = desk(machine, pack, "J1", folder=tmp_path / "one")
    put(one, "01", "5")
    put(one, "02", "6")
    first = export(one, tmp_path / "out")
    put(one, "01", "7")
    second = export(one, tmp_path / "out")
    two = desk(machine, pack, "J1", folder=tmp_path / "two")
    take_over(two, file=first)
    put(two, "02", "9")
    put(two, "03", "1")
    third = export(two, tmp_path / "out")
    return [first, second, third]


def marks(app: Context) -> dict[str, Decimal | None]:
    with app.read() as u:
        current = current_marks(u.judging.mark_events(ROUND))
    return {key[1]: event.points for key, event in sorted(current.items())}


def expected(counting: list[Path]) -> dict[str, Decimal | None]:
    """The merge of the files that count, from their bytes alone."""
    events = merge(*[read_score_file(f.read_bytes(), name=f.name).events for f in counting])
    return {key[1]: event.points for key, event in sorted(current_marks(events).items())}


def test_the_marks_return_to_what_they_were(machine: Machine, app: Context, tmp_path: Path) -> None:
    first, second, _ = files(machine, app, tmp_path)
    collect_file(app, file=first)
    before = marks(app)
    number = collect_file(app, file=second).value.id
    assert number is not None
    assert marks(app) != before
    looked = take_back(app, file=number, reason="", look=True).value
    assert marks(app) != before
    (change,) = looked.changes
    assert change == MarkChange(ContestantId("01"), TALK, C1, Decimal(7), Decimal(5))
    assert (looked.number, looked.earlier) == (2, 1)
    outcome = take_back(app, file=number, reason=WHY)
    assert Kind.MARKS in outcome.changed
    assert outcome.value == looked
    assert marks(app) == before
    count_again(app, file=number, reason=WHY)
    assert marks(app) == {"01": 7, "02": 6}


def test_any_order_of_coming_and_taking_back_gives_the_same_marks(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    """Every order in which three files come and every set of them is taken back, at any time."""
    three = files(machine, app, tmp_path)
    app.store.close()
    tried = 0
    for gone in [c for n in range(4) for c in itertools.combinations(range(3), n)]:
        steps = [("come", n) for n in range(3)] + [("back", n) for n in gone]
        counting = [file for n, file in enumerate(three) if n not in gone]
        orders = [
            order
            for order in itertools.permutations(steps)
            if all(order.index(("come", n)) < order.index(("back", n)) for n in gone)
        ]
        for order in orders[:: max(1, len(orders) // 4)]:
            place = tmp_path / f"contest-{tried}"
            shutil.copytree(app.folder, place)
            copy = open_contest(place, app.machine)
            here: dict[int, int] = {}
            for what, n in order:
                if what == "come":
                    here[n] = collect_file(copy, file=three[n]).value.id or 0
                else:
                    take_back(copy, file=here[n], reason=WHY)
            assert marks(copy) == expected(counting), order
            for n in gone:
                count_again(copy, file=here[n], reason=WHY)
            assert marks(copy) == expected(three), order
            copy.store.close()
            tried += 1
    assert tried > 20


def test_a_file_taken_back_stays_and_does_not_count_when_it_comes_again(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    first, *_ = files(machine, app, tmp_path)
    number = collect_file(app, file=first).value.id or 0
    take_back(app, file=number, reason=WHY)
    assert marks(app) == {}
    (looked,) = look_at_files(app, files=[first])
    assert (looked.collected.counts, looked.new) == (False, ())
    again = collect_file(app, file=first).value
    assert (again.verdict, again.counts, again.notes) == ("duplicate", False, ("is_taken_back",))
    assert marks(app) == {}
    kept = app.folder / "score-files"
    assert first.read_bytes() in [path.read_bytes() for path in kept.iterdir()]
    (file,) = sheet_matrix(app).files
    assert (file.taken_back, file.counts) == (True, False)


def test_what_can_not_be_taken_back_is_refused(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    first, second, _ = files(machine, app, tmp_path)
    number = collect_file(app, file=first).value.id or 0
    with refused("packs.no_reason"):
        take_back(app, file=number, reason=" ")
    with refused("judging.no_such_file"):
        take_back(app, file=99, reason=WHY)
    with refused("packs.not_taken_back"):
        count_again(app, file=number, reason=WHY)
    take_back(app, file=number, reason=WHY)
    with refused("packs.is_taken_back"):
        take_back(app, file=number, reason=WHY)
    broken = tmp_path / "broken.score"
    broken.write_bytes(second.read_bytes()[:-9])
    with refused("judging.no_such_file"):
        take_back(app, file=collect_file(app, file=broken).value.id or 0, reason=WHY)


def test_a_closed_round_is_left_alone(machine: Machine, tmp_path: Path) -> None:
    app = make_contest(machine, tmp_path / "c", contestants=("01",), judges=("J1",))
    place = desk(machine, build_pack(app, tmp_path / "packs"), "J1")
    put(place, "01", "5")
    number = collect_file(app, file=export(place, tmp_path / "out")).value.id or 0
    close_round(app)
    with refused("judging.round_closed"):
        take_back(app, file=number, reason=WHY)
    assert marks(app) == {"01": 5}


def test_a_fork_taken_back_needs_no_conclusion_any_more(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    pack = build_pack(app, tmp_path / "packs")
    one = desk(machine, pack, "J1", folder=tmp_path / "one")
    one.store.close()
    shutil.copytree(tmp_path / "one", tmp_path / "twin")
    made = []
    for name, points in (("one", "5"), ("twin", "8")):
        place = desk(machine, pack, "J1", folder=tmp_path / name)
        put(place, "01", points)
        made.append(export(place, tmp_path / f"out-{name}"))
    collect_file(app, file=made[0])
    fork = collect_file(app, file=made[1]).value
    assert fork.verdict == "fork"
    assert "file" in {item.kind for item in closing_state(app).items}
    take_back(app, file=fork.id or 0, reason=WHY)
    assert "file" not in {item.kind for item in closing_state(app).items}
    assert marks(app) == {"01": 5}


def test_the_calls(
    machine: Machine, app: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = files(machine, app, tmp_path)
    number = str(collect_file(app, file=first).value.id)
    folder = str(app.folder)
    app.store.close()
    assert run(["packs", "take-back", folder, number, "--look"]) == 0
    assert "2 điểm của J1 đổi. Chưa ghi gì." in capsys.readouterr().out
    assert run(["packs", "take-back", folder, number, "--reason", WHY]) == 0
    assert "Tệp vẫn được giữ trong nhật ký" in capsys.readouterr().out
    assert run(["packs", "take-back", folder, number, "--reason", WHY]) == 1
    assert run(["packs", "count-again", folder, number, "--reason", WHY]) == 0
