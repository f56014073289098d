from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.domain.collecting import Ancestor
from judgeapp.domain.errors import BadRows, JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.exchange.score_file import ScoreFile, read_score_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk, desk_marks
from judgeapp.services.marking import enter_mark
from judgeapp.services.score_files import export_score_file, take_over
from judgeapp.services.score_table import score_from_table
from tests.judging_kit import (
    C1,
    TALK,
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


@pytest.fixture
def a(machine: Machine, pack: Path, tmp_path: Path) -> Desk:
    return desk(machine, pack, folder=tmp_path / "a")


@pytest.fixture
def b(machine: Machine, pack: Path, tmp_path: Path) -> Desk:
    return desk(machine, pack, folder=tmp_path / "b")


def type_mark(at: Desk, typed: str, contestant: ContestantId = ONE) -> None:
    made = enter_mark(at, contestant=contestant, part=TALK, criterion=C1, typed=typed)
    assert made.value.event is not None


def exported(at: Desk, folder: Path) -> ScoreFile:
    folder.mkdir(exist_ok=True)
    file = export_score_file(at, target=folder).value.file
    return read_score_file(file.read_bytes(), name=file.name)


def points(at: Desk) -> dict[str, Decimal | None]:
    return {key[1]: event.points for key, event in desk_marks(at).items()}


# --- writing


def test_what_a_file_says(a: Desk, tmp_path: Path) -> None:
    type_mark(a, "8")
    found = export_score_file(a, target=tmp_path).value
    assert found.file == tmp_path / f"J07-{a.device}-0001.score"
    assert (found.number, found.scored, found.of, found.marks, found.signed) == (1, 1, 2, 1, False)
    file = read_score_file(found.file.read_bytes(), name="x")
    assert (file.header.final, file.header.previous, file.header.took_over) == (False, None, ())
    type_mark(a, "7", TWO)
    second = exported(a, tmp_path)
    assert (second.header.number, second.header.scored, second.header.final) == (2, 2, True)
    assert second.header.previous == file.header.hash
    assert [event.points for event in second.events] == [Decimal(8), Decimal(7)]


def test_writing_again_without_a_new_mark_gives_the_same_file(a: Desk, tmp_path: Path) -> None:
    type_mark(a, "8")
    first = export_score_file(a, target=tmp_path / "x.score").value
    second = export_score_file(a, target=tmp_path / "y.score").value
    assert (first.number, first.receipt) == (second.number, second.receipt)
    assert (tmp_path / "x.score").read_bytes() == (tmp_path / "y.score").read_bytes()
    type_mark(a, "9")
    assert export_score_file(a, target=tmp_path / "z.score").value.number == 2


@pytest.mark.parametrize("how", ["lost", "altered", "of another time"])
def test_a_kept_file_that_is_not_there_any_more_is_written_anew(
    a: Desk, tmp_path: Path, how: str
) -> None:
    type_mark(a, "8")
    exported(a, tmp_path)
    type_mark(a, "9")
    exported(a, tmp_path)
    first, newest = sorted((a.folder / "score-files").iterdir())
    if how == "lost":
        newest.unlink()
    elif how == "altered":
        newest.write_bytes(b"{}\n")
    else:
        shutil.copy(first, newest)
    assert exported(a, tmp_path).header.number == 3


def test_nothing_is_noted_if_it_cannot_be_kept(
    a: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_mark(a, "8")

    def full(path: Path, content: bytes) -> None:
        raise JudgeError("files.disk_full", file=str(path), free="x")

    with monkeypatch.context() as broken:
        broken.setattr("judgeapp.services.score_files.write_atomically", full)
        with refused("files.disk_full"):
            export_score_file(a, target=tmp_path)
    with a.read() as u:
        assert u.packs.exports() == []
    assert export_score_file(a, target=tmp_path).value.number == 1


def test_a_target_that_cannot_be_written_costs_nothing(a: Desk, tmp_path: Path) -> None:
    type_mark(a, "8")
    with refused("files.folder_missing"):
        export_score_file(a, target=tmp_path / "none" / "x.score")
    assert export_score_file(a, target=tmp_path).value.number == 1


def test_a_desk_whose_folder_for_files_cannot_be_made(a: Desk, tmp_path: Path) -> None:
    type_mark(a, "8")
    (a.folder / "score-files").write_bytes(b"a file")
    with pytest.raises(JudgeError, match=r"files\."):
        export_score_file(a, target=tmp_path)


# --- a second laptop


def test_going_on_from_a_file(a: Desk, b: Desk, tmp_path: Path) -> None:
    type_mark(a, "8")
    type_mark(a, "7", TWO)
    first = export_score_file(a, target=tmp_path).value
    taken = take_over(b, file=first.file).value
    assert (taken.device, taken.number, taken.marks) == (a.device, 1, 2)
    assert points(b) == {"01": Decimal(8), "02": Decimal(7)}
    assert take_over(b, file=first.file).value.marks == 0
    type_mark(b, "8,25")
    found = exported(b, tmp_path)
    assert found.header.number == 1
    assert found.header.counter == 3
    assert found.header.took_over == (
        Ancestor(a.device, 1, read_score_file(first.file.read_bytes(), name="").header.hash),
    )
    assert found.events[-1].replaces == (found.events[0].hash,)


def test_what_was_taken_over_is_handed_on(
    machine: Machine, pack: Path, a: Desk, b: Desk, tmp_path: Path
) -> None:
    type_mark(a, "8")
    take_over(b, file=export_score_file(a, target=tmp_path).value.file)
    type_mark(a, "8,5")
    take_over(b, file=export_score_file(a, target=tmp_path).value.file)
    type_mark(b, "9")
    c = desk(machine, pack, folder=tmp_path / "c")
    take_over(c, file=export_score_file(b, target=tmp_path).value.file)
    found = exported(c, tmp_path).header
    assert {(item.device, item.number) for item in found.took_over} == {
        (a.device, 2), (b.device, 1),
    }  # fmt: skip


def test_a_laptop_set_back_goes_on_behind_its_own_newest_file(
    machine: Machine, pack: Path, a: Desk, tmp_path: Path
) -> None:
    type_mark(a, "8")
    exported(a, tmp_path)
    a.store.close()
    shutil.copytree(a.folder, tmp_path / "image")
    a = desk(machine, pack, folder=a.folder)
    type_mark(a, "8,5")
    newest = export_score_file(a, target=tmp_path).value
    restored = desk(machine, pack, folder=tmp_path / "image")
    take_over(restored, file=newest.file)
    type_mark(restored, "9")
    found = exported(restored, tmp_path).header
    before = read_score_file(newest.file.read_bytes(), name="").header
    assert (found.number, found.previous, found.took_over) == (3, before.hash, ())


def test_files_that_are_not_taken_over(
    machine: Machine, app: Context, pack: Path, a: Desk, b: Desk, tmp_path: Path
) -> None:
    type_mark(a, "8")
    file = export_score_file(a, target=tmp_path).value.file
    with refused("judging.other_judge"):
        take_over(desk(machine, pack, "J05"), file=file)
    with refused("packs.no_such_file"):
        take_over(b, file=tmp_path / "none")
    with refused("packs.unreadable"):
        take_over(b, file=tmp_path)
    (tmp_path / "large").write_bytes(b"{" * (5 << 20))
    with refused("packs.score_too_large"):
        take_over(b, file=tmp_path / "large")
    (tmp_path / "cut").write_bytes(file.read_bytes()[:-5])
    with refused("packs.score_cut_off"):
        take_over(b, file=tmp_path / "cut")
    other = make_contest(machine, tmp_path / "other")
    stranger = desk(machine, build_pack(other, tmp_path / "packs-2"), folder=tmp_path / "s")
    with refused("judging.file_of_other_contest"):
        take_over(stranger, file=file)
    set_definition(app, one_round(part("talk", [criterion("c1", most="12")])))
    new = desk(machine, build_pack(app, tmp_path / "packs"), folder=tmp_path / "n")
    with refused("judging.other_rubric"):
        take_over(new, file=file)


# --- marks from a table


def table(tmp_path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    file = tmp_path / "điểm.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("entry,part,criterion,points,comment\n01,talk,c1,8.5,Tốt\n02,talk,c1,7\n", "utf-8"),
        (
            "Số báo danh;Phần thi;Tiêu chí;Điểm;Nhận xét\n"
            "01;Phần talk;Tiêu chí c1;8,5;Tốt\n2;talk;c1;7\n",
            "utf-8-sig",
        ),
        (
            "SBD\tPHẦN\tTIÊU CHÍ\tĐIỂM\tGhi chú\n1\ttalk\tc1\t8,50\tTốt\n02\ttalk\tc1\t7,\n",
            "utf-16",
        ),
    ],
)
def test_tables_as_people_write_them(a: Desk, tmp_path: Path, text: str, encoding: str) -> None:
    file = table(tmp_path, text, encoding=encoding)
    assert score_from_table(a, file=file).value == 2
    assert points(a) == {"01": Decimal("8.5"), "02": Decimal(7)}
    assert score_from_table(a, file=file).value == 0
    comments = {key[1]: event.comment for key, event in desk_marks(a).items()}
    assert comments == {"01": "Tốt", "02": None}


def test_empty_points_take_a_mark_back(a: Desk, tmp_path: Path) -> None:
    type_mark(a, "8")
    text = "entry,part,criterion,points\n01,talk,c1,\n02,talk,c1, \n"
    assert score_from_table(a, file=table(tmp_path, text)).value == 1
    assert points(a) == {"01": None}


def test_each_refused_row_is_named_and_nothing_is_stored(machine: Machine, tmp_path: Path) -> None:
    app = make_contest(
        machine, tmp_path / "c2",
        one_round(part("talk", [criterion("c1"), criterion("c2", most="7", step="0.5")])),
        conflicts=[("J07", "02")],
    )  # fmt: skip
    at = desk(machine, build_pack(app, tmp_path / "packs"))
    long = "x" * 2001
    text = (
        "entry,part,criterion,points,comment\n"
        "01,talk,c1,8,\n01,talk,c1,9,\n99,talk,c1,8,\n01,other,c1,8,\n01,talk,c9,8,\n"
        '02,talk,c1,8,\n01,talk,c2,"6,3",\n01,talk,c2,85,\n'
        f"01,talk,c2,1.000,\n01,talk,c2,-1,\n01,talk,c2,vắng,\n01,talk,c2,2,{long}\n"
    )
    with pytest.raises(BadRows) as caught:
        score_from_table(at, file=table(tmp_path, text))
    assert [(row.place, row.code.removeprefix("judging.")) for row in caught.value.rows] == [
        ("3", "mark_twice"),
        ("4", "row_unknown_entry"),
        ("5", "unknown_part"),
        ("6", "row_unknown_criterion"),
        ("7", "row_not_assigned"),
        ("8", "off_step"),
        ("9", "over_maximum"),
        ("10", "doubtful"),
        ("11", "below_zero"),
        ("12", "not_a_number"),
        ("13", "row_comment_too_long"),
    ]
    assert points(at) == {}


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "entry,part,criterion\n01,talk,c1\n"])
def test_what_is_no_table_of_marks(a: Desk, tmp_path: Path, text: str) -> None:
    with pytest.raises(JudgeError, match=r"judging\.no_such_columns|sheet\.empty"):
        score_from_table(a, file=table(tmp_path, text))


def test_a_column_twice(a: Desk, tmp_path: Path) -> None:
    text = "entry,part,criterion,points,điểm\n01,talk,c1,8,9\n"
    with refused("judging.column_twice"):
        score_from_table(a, file=table(tmp_path, text))
