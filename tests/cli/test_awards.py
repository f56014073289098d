"""The calls of awards, as a person and as a program hear them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.services.context import Machine
from tests.services.prize_contest import CLEAR, mark, prize_contest

Capture = pytest.CaptureFixture[str]
Prepare = Callable[[dict[str, str]], str]


@pytest.fixture
def prepared(machine: Machine, tmp_path: Path) -> Prepare:
    """Return a maker of a contest with these totals; it gives the folder."""

    def make(totals: dict[str, str]) -> str:
        app = prize_contest(machine, tmp_path / "contest")
        mark(app, totals)
        app.store.close()
        return str(app.folder)

    return make


def answer(capture: Capture, *arguments: str, code: int = 0) -> dict[str, object]:
    assert run([*arguments, "--json"]) == code
    found = json.loads(capture.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_from_the_proposal_to_the_papers(
    prepared: Prepare, tmp_path: Path, capsys: Capture
) -> None:
    folder, out = prepared(CLEAR), tmp_path / "out" / "papers.pdf"
    proposed = answer(capsys, "awards", "propose", folder)
    assert proposed["round"] == "round-1"
    assert proposed["prizes"] == [
        {"id": "first", "name": "Giải Nhất", "count": 1},
        {"id": "second", "name": "Giải Nhì", "count": 2},
        {"id": "third", "name": "Giải Ba", "count": 3},
    ]
    assert proposed["awards"][0] == {  # type: ignore[index]  # a list, as the call promises
        "contestant": "01",
        "name": "Lê Thị Ánh Thử",
        "unit": "Chi bộ Thử nghiệm & Kiểm định",
        "prize": "first",
        "rank": 1,
    }
    assert (proposed["questions"], proposed["unused"], proposed["signed"]) == ([], [], None)
    signed = answer(capsys, "awards", "sign", folder)
    assert signed["signed_now"] is True
    assert not answer(capsys, "awards", "sign", folder)["signed_now"]
    made = answer(capsys, "awards", "certificates", folder, str(out), "--each")
    assert made["file"] == str(out)
    assert out.is_file()
    certificates = made["certificates"]
    assert isinstance(certificates, list)
    assert [item["serial"] for item in certificates] == [f"00{n}/2026" for n in range(1, 7)]
    assert all(Path(item["file"]).is_file() for item in certificates)


def test_a_question_is_told_in_words(prepared: Prepare, tmp_path: Path, capsys: Capture) -> None:
    folder = prepared({**CLEAR, "02": "12"})
    assert run(["awards", "propose", folder, "--lang", "vi"]) == 0
    said = capsys.readouterr().out
    assert "Hạng 1 có 2 thí sinh đồng hạng (01 Lê Thị Ánh Thử; 02 Trần Văn Bình Thử)" in said
    assert "1 × Giải Nhất, 1 × Giải Nhì" in said
    error = answer(capsys, "awards", "sign", folder, code=1)["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["place"]) == ("awards.line_undecided", "01, 02")
    chosen = ["--set", "01=first", "--set", "02=second", "--reason", "Rút thăm, biên bản số 3"]
    signed = answer(capsys, "awards", "sign", folder, *chosen)["signed"]
    assert isinstance(signed, dict)
    assert signed["changes"] == [
        {"contestant": "01", "proposed": None, "given": "first"},
        {"contestant": "02", "proposed": None, "given": "second"},
    ]


def test_wrong_words_are_refused_in_one_line(
    prepared: Prepare, tmp_path: Path, capsys: Capture
) -> None:
    folder = prepared(CLEAR)
    for arguments, code in (
        (["sign", folder, "--set", "01"], "awards.set_form"),
        (["sign", folder, "--set", "01=grand", "--reason", "x"], "awards.unknown_prize"),
        (["certificates", folder, str(tmp_path / "a.txt")], "awards.not_a_pdf"),
        (["certificates", folder, str(tmp_path / "a.pdf"), "--award", "x"], "awards.unknown_award"),
        (["propose", folder, "--round", "x"], "contest.unknown_round"),
    ):
        assert run(["awards", *arguments, "--json"]) == 1
        heard = capsys.readouterr()
        assert json.loads(heard.out)["error"]["code"] == code
        assert heard.err.count("\n") == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_papers_that_were_made_are_listed(
    prepared: Prepare, tmp_path: Path, capsys: Capture, language: str
) -> None:
    folder = prepared(CLEAR)
    out = tmp_path / "a.pdf"
    call = ["awards", "certificates", folder, str(out), "--template", "drum", "--each"]
    assert run([*call, "--lang", language]) == 0
    said = capsys.readouterr().out
    assert "001/2026" in said
    assert str(out) in said
    assert "Trần Văn Bình Thử" in said
    assert ("số quyết định" if language == "vi" else "decision number") in said
    assert "awards." not in said
