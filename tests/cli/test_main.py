from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from judgeapp.cli.main import FEATURES, is_call, run

CALLS = [sys.executable, "-m", "judgeapp"]


def test_a_refusal_is_one_line_and_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["contest", "show", str(tmp_path), "--json"]) == 1
    out, err = capsys.readouterr()
    answer = json.loads(out)["error"]
    assert answer["code"] == "contest.not_a_contest"
    assert answer["file"] == str(tmp_path)
    assert err.strip() == answer["message"]
    assert len(err.strip().splitlines()) == 1


def test_the_language_is_chosen_by_the_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["contest", "show", str(tmp_path)])
    assert "không phải là thư mục hội thi" in capsys.readouterr().err
    run(["contest", "show", str(tmp_path), "--lang", "en"])
    assert "is not a contest folder" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["contest"], ["contest", "new"], ["nothing"], ["--what"]])
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_fault_of_ours_is_a_sentence_for_people_and_details_in_the_log(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("judgeapp.services.contest.presets", broken)
    assert run(["contest", "presets", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == "bug"
    assert "ZeroDivisionError" not in err
    assert "ZeroDivisionError" in (home / "logs" / "judgeapp.log").read_text(encoding="utf-8")


def test_every_feature_can_be_called_by_its_name() -> None:
    assert all(is_call(name) for name in FEATURES)
    assert not is_call("somewhere")


def test_a_reader_that_stops_reading_gets_no_complaint() -> None:
    process = subprocess.Popen(
        [*CALLS, "contest", "presets"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert err == b""
