"""The sample contest, run once for all tests here, looked at as the office would."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import openpyxl
import pymupdf
import pytest

from judgeapp.cli.main import run
from judgeapp.services.sample import draw_sample
from tests.domain.slow_tally import slow_answer
from tests.flow.conftest import SEED

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*arguments: object, code: int = 0) -> dict[str, Any]:
        assert run([*map(str, arguments), "--json"]) == code
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return asked


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_it_says_in_about_thirty_lines_what_it_did_and_how_long_it_took(
    demo: tuple[Path, str],
) -> None:
    folder, said = demo
    lines = said.splitlines()
    assert 30 <= len(lines) <= 48
    assert sum(bool(re.search(r"\(\d+,\d giây\)$", line)) for line in lines) == 22
    assert not re.search(r"[{}]|demo\.", said), "a text lacks its words or a parameter"
    for name in ("input", "contest", "packs", "score-files", "out"):
        assert str(folder / name) in said
        assert any((folder / name).iterdir())


def test_the_office_got_real_files(demo: tuple[Path, str]) -> None:
    folder = demo[0] / "input"
    sheet = openpyxl.load_workbook(folder / "Danh sách thí sinh.xlsx").active
    assert sheet is not None
    assert sheet.merged_cells.ranges
    entries = sorted((folder / "Bài dự thi").iterdir())
    kinds = Counter(path.suffix for path in entries)
    assert kinds == {".mp4": 38, ".pdf": 19, ".docx": 19}
    with av.open(str(next(path for path in entries if path.suffix == ".mp4"))) as clip:
        assert {stream.codec_context.name for stream in clip.streams} == {"h264", "aac"}


def test_everybody_on_the_sheet_is_in_the_contest_as_written(
    demo: tuple[Path, str], ask: Ask
) -> None:
    sample = draw_sample(SEED)
    people = ask("people", "list", demo[0] / "contest")
    listed = {row["id"]: (row["name"], row["unit"]) for row in people["contestants"]}
    assert listed == {
        person.id: (person.name, sample.unit_names[person.id]) for person in sample.contestants
    }


@pytest.mark.parametrize("held", ["preliminary", "final"])
def test_a_second_program_reaches_the_same_ranking_from_the_exported_sheet(
    demo: tuple[Path, str], ask: Ask, held: str
) -> None:
    exported = json.loads((demo[0] / "out" / f"dien-tap-tong-hop-{held}.json").read_text("utf-8"))
    answer = ask("results", "tally", demo[0] / "contest", "--round", held)
    second = slow_answer(exported)
    assert [row["contestant"] for row in answer["ranking"]] == [
        row["contestant"] for row in second["ranking"]
    ]
    for ours, theirs in zip(answer["ranking"], second["ranking"], strict=True):
        for key in ("rank", "total", "exact", "decided_by"):
            assert ours[key] == theirs[key]


def test_marks_in_the_contest_are_those_on_the_judges_tables(demo: tuple[Path, str]) -> None:
    typed: dict[tuple[str, str, str, str], Decimal] = {}
    for path in sorted((demo[0] / "input" / "Phiếu chấm").glob("*-preliminary*.csv")):
        judge = path.name.partition("-")[0]
        for row in _csv(path):
            key = (judge, row["entry"], row["part"], row["criterion"])
            typed[key] = Decimal(row["points"].replace(",", "."))
    sheet = json.loads((demo[0] / "out" / "dien-tap-tong-hop-preliminary.json").read_text("utf-8"))
    counted = {
        (m["judge"], m["contestant"], m["part"], m["criterion"]): Decimal(m["points"])
        for m in sheet["marks"]
    }
    assert counted == typed


def test_the_tie_at_the_cut_was_decided_and_is_on_record(demo: tuple[Path, str], ask: Ask) -> None:
    answer = ask("results", "tally", demo[0] / "contest", "--round", "preliminary")
    tenth, eleventh = answer["ranking"][9:11]
    assert {tenth["contestant"], eleventh["contestant"]} == set(draw_sample(SEED).twins)
    assert tenth["exact"] == eleventh["exact"]
    assert tenth["decided_by"] == "decision"
    assert len(answer["cut"]["in"]) == 10
    assert answer["cut"]["undecided"] == []


def test_penalties_follow_from_the_clips(demo: tuple[Path, str], ask: Ask) -> None:
    sample = draw_sample(SEED)
    answer = ask("results", "tally", demo[0] / "contest", "--round", "preliminary")
    penalties = {
        row["contestant"]: {part: score["penalty"] for part, score in row["parts"].items()}
        for row in answer["ranking"]
    }
    for who, points in penalties.items():
        late = "0.5" if who == sample.late else "0"
        length = "1" if who in (sample.over, sample.under) else "0"
        assert points == {"outline": late, "presentation": length}


def test_certificates_carry_the_names_of_the_register_letter_by_letter(
    demo: tuple[Path, str], ask: Ask
) -> None:
    out = demo[0] / "out" / "Giấy chứng nhận"
    register = {person.name for person in draw_sample(SEED).contestants}
    prizes = ask("awards", "propose", demo[0] / "contest")
    winners = [award["name"] for award in prizes["awards"]]
    assert set(winners) <= register
    for file in ("Giấy chứng nhận.pdf", "Giấy khen.pdf"):
        with pymupdf.open(out / file) as document:  # type: ignore[no-untyped-call]  # no types
            pages = [page.get_text() for page in document]
        assert len(pages) == 10
        for name, page in zip(winners, pages, strict=True):
            assert name in page
    assert len(list((out / "Giấy chứng nhận").glob("*.pdf"))) == 10


def test_packs_and_the_contest_are_whole(demo: tuple[Path, str], ask: Ask) -> None:
    packs = [path.parent for path in sorted((demo[0] / "packs").rglob("pack.sig"))]
    assert len(packs) == 12  # two rounds: one built, five copies
    for pack in packs:
        assert ask("packs", "check", pack)["verdict"] == "ok"
    assert ask("upkeep", "check", demo[0] / "contest")["ok"] is True


def test_every_score_file_taken_in_again_is_a_duplicate(demo: tuple[Path, str], ask: Ask) -> None:
    files = sorted((demo[0] / "score-files").iterdir())
    answer = ask("packs", "collect", demo[0] / "contest", *files)
    assert {file["verdict"] for file in answer["files"]} == {"duplicate"}
    assert {file["signed"] for file in answer["files"]} == {False}


@pytest.mark.slow
def test_the_same_seed_runs_the_same_contest(
    demo: tuple[Path, str], tmp_path: Path, ask: Ask
) -> None:
    ask("demo", tmp_path / "again", "--no-window", "--seed", SEED)
    for name in ("thi-sinh", "xep-hang-preliminary", "xep-hang-final", "diem"):
        file = f"dien-tap-{name}.csv"
        again = (tmp_path / "again" / "out" / file).read_bytes()
        assert again == (demo[0] / "out" / file).read_bytes()


def test_a_folder_with_files_is_left_alone(tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    answer = ask("demo", tmp_path, "--no-window", code=1)
    assert answer["error"]["code"] == "demo.folder_taken"
    assert [path.name for path in tmp_path.iterdir()] == ["x.txt"]
