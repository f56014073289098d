"""Whatever is given where a call wants a file gets one sentence and changes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from judgeapp.services.context import Context
from tests.cli.judging_calls import Call, write

GIVEN, CONTEST = "what is given", "the contest"


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _nothing(path: Path) -> Path:
    return path


def _empty(path: Path) -> Path:
    path.touch()
    return path


def _zeros(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(50_000_000)
    return path


def _noise(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 40)
    return path


def _below_a_file(path: Path) -> Path:
    return _noise(path) / "x"


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


def _endless(path: Path) -> Path:
    return Path("/dev/zero")


MAKERS = [_folder, _nothing, _empty, _zeros, _noise, _below_a_file]
if sys.platform != "win32":
    MAKERS += [_pipe, _loop, _endless]

CALLS = {
    "units": ("people", "units", CONTEST, GIVEN),
    "import": ("people", "import", CONTEST, GIVEN),
    "panel": ("judging", "panel", CONTEST, GIVEN),
    "facts": ("judging", "facts", CONTEST, GIVEN),
    "pack": ("judging", "score", GIVEN, "--judge", "J", "--marks", "table", "--out", "o.score"),
    "check": ("packs", "check", GIVEN),
    "copy": ("packs", "copy", GIVEN, "copied"),
    "sheet": ("results", "tally", "--sheet", GIVEN),
    "restore": ("upkeep", "restore", GIVEN, "restored"),
    "replace": ("entries", "replace", CONTEST, "01", GIVEN, "--reason", "r"),
    "revise": ("contest", "revise", CONTEST, GIVEN, "--reason", "r"),
    "papers": ("contest", "papers", CONTEST, GIVEN),
    "show": ("contest", "show", GIVEN),
    "upkeep": ("upkeep", "check", GIVEN),
    "emblem": ("awards", "certificates", CONTEST, "o.pdf", "--emblem", GIVEN),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("name", CALLS)
def test_one_sentence_and_no_change(
    name: str, make: Callable[[Path], Path], contest: Context, call: Call, tmp_path: Path
) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    table = write(inputs / "table", "entry,part,criterion,points\n")
    words = {GIVEN: make(inputs / "x"), CONTEST: contest.folder, "table": table}
    outputs = {"o.score", "o.pdf", "copied", "restored"}
    before = sorted(tmp_path.rglob("*"))
    code, answer, err = call(
        *(tmp_path / word if word in outputs else words.get(word, word) for word in CALLS[name])
    )
    assert code == 1
    assert err.count("\n") == 1
    assert answer.get("verdict") == "refused" or answer["error"]["code"] != "bug"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", MAKERS)
def test_what_is_collected(
    make: Callable[[Path], Path], contest: Context, call: Call, tmp_path: Path
) -> None:
    given = make(tmp_path / "x")
    code, answer, _ = call("packs", "collect", contest.folder, given)
    if code == 0:
        assert [item["verdict"] for item in answer["files"]] == ["damaged"]
    else:
        assert answer["error"]["code"].startswith("packs.")
        assert answer["files"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
@pytest.mark.timeout(30)
def test_a_pipe_inside_a_pack_is_refused_like_a_link(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = _folder(tmp_path / "PACK")
    _pipe(pack / "bagit.txt")
    monkeypatch.chdir(pack)
    code, answer, err = call("packs", "check", ".")
    assert (code, answer["verdict"]) == (1, "refused")
    assert [item["file"] for item in answer["files"]] == ["bagit.txt"]
    assert "PACK" in err


def test_a_folder_without_score_files_is_named(
    contest: Context, call: Call, tmp_path: Path
) -> None:
    code, answer, err = call("packs", "collect", contest.folder, _folder(tmp_path / "stick"))
    assert (code, answer["error"]["code"]) == (1, "packs.no_score_files")
    assert "stick" in err
