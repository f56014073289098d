"""Looking at score files before they count, and which sheets have come."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.services.collecting import collect_file, look_at_files
from judgeapp.services.context import Context
from judgeapp.services.desk import Desk
from judgeapp.services.score_matrix import sheet_matrix
from tests.judging_kit import sent


def test_looking_changes_nothing(app: Context, at: Desk, tmp_path: Path) -> None:
    file = sent(at, tmp_path / "1", n01="8")
    (looked,) = look_at_files(app, files=[file])
    assert looked.collected.verdict == "new"
    assert [(item.contestant, item.after) for item in looked.new] == [("01", Decimal(8))]
    assert looked.changes == ()
    assert not (app.folder / "score-files").exists() or not any(
        (app.folder / "score-files").iterdir()
    )
    assert sheet_matrix(app).files == ()
    assert collect_file(app, file=file).value.verdict == "new"


def test_changed_marks_are_told_old_and_new(app: Context, at: Desk, tmp_path: Path) -> None:
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    second = sent(at, tmp_path / "2", n01="7", n02="6")
    (looked,) = look_at_files(app, files=[second])
    assert looked.collected.verdict == "newer"
    assert [(c.contestant, c.before, c.after) for c in looked.changes] == [
        ("01", Decimal(8), Decimal(7))
    ]
    assert [(c.contestant, c.after) for c in looked.new] == [("02", Decimal(6))]


def test_files_are_looked_at_one_after_the_other(app: Context, at: Desk, tmp_path: Path) -> None:
    first = sent(at, tmp_path / "1", n01="8")
    second = sent(at, tmp_path / "2", n02="6")
    verdicts = [one.collected.verdict for one in look_at_files(app, files=[first, second])]
    assert verdicts == ["new", "newer"]


def test_a_damaged_file_says_why(app: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.score"
    file.write_bytes(b"nothing of ours")
    (looked,) = look_at_files(app, files=[file])
    assert looked.collected.verdict == "damaged"
    assert looked.collected.reason is not None


def test_the_matrix_counts_sheets(app: Context, at: Desk, tmp_path: Path) -> None:
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    found = sheet_matrix(app)
    row = next(row for row in found.rows if row.judge.id == "J07")
    assert [one.id for one in found.contestants] == ["01", "02"]
    assert row.cells == ("done", "missing")
    assert (row.done, row.owed, row.heard_of) == (1, 2, True)
    assert [file.verdict for file in found.files] == ["new"]


def test_the_command_line_looks_and_counts_too(
    app: Context, at: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sent(at, tmp_path / "1", n01="8")
    app.store.close()
    assert run(["packs", "collect", str(app.folder), str(file), "--look", "--json"]) == 0
    assert '"new": 1' in capsys.readouterr().out.replace('":1', '": 1')
    assert run(["packs", "sheets", str(app.folder)]) == 0
    assert "0" in capsys.readouterr().out
