"""The calls of `contest` as people read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from judgeapp.services.context import Context
from tests.cli.judging_calls import caller, speaker, write


def test_papers_are_told_line_by_line(
    contest: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        tmp_path / "p.yaml", "giver: Ban A\ncommendation:\n  post: Trưởng Ban\n  signer: Lê Thử\n"
    )
    _, out, _ = speaker(capsys)("contest", "papers", contest.folder, file)
    assert out.splitlines()[1:] == [
        "giver: Ban A",
        "commendation.post: Trưởng Ban",
        "commendation.signer: Lê Thử",
    ]


def test_rules_that_hold_already_are_no_new_version(
    contest: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, shown, _ = caller(capsys)("contest", "show", contest.folder)
    file = write(tmp_path / "d.json", json.dumps(shown["definition"]))
    code, out, _ = speaker(capsys)("contest", "revise", contest.folder, file, "--reason", "thử")
    assert (code, "không có gì thay đổi" in out) == (0, True)
    _, shown, _ = caller(capsys)("contest", "show", contest.folder)
    assert shown["version"] == 1


def test_a_text_file_has_no_sheets_to_name(
    contest: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "ds.csv", "Họ và tên\nLê Thử\n")
    _, _, err = speaker(capsys)("people", "import", contest.folder, file, "--sheet", "Trang 9")
    assert "Các trang có: –." in err
