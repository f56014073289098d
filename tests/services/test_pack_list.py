"""The packs that were built, and what has become of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.services.context import Machine
from judgeapp.services.pack_list import list_packs
from tests.judging_kit import (
    build_pack,
    criterion,
    make_contest,
    set_definition,
    withdraw,
)


def test_a_pack_says_whether_it_still_holds(machine: Machine, tmp_path: Path) -> None:
    app = make_contest(machine, tmp_path / "contest")
    assert list_packs(app).packs == ()
    build_pack(app, tmp_path / "packs")
    (pack,) = list_packs(app).packs
    assert (pack.version, pack.state, pack.entries) == (1, "current", 2)
    withdraw(app, "02")
    assert [one.state for one in list_packs(app).packs] == ["changed"]
    build_pack(app, tmp_path / "packs")
    assert {one.version: one.state for one in list_packs(app).packs} == {
        1: "replaced", 2: "current",
    }  # fmt: skip


def test_other_rubrics_make_a_pack_outdated(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    build_pack(app, tmp_path / "packs")
    held = list_packs(app).held
    talk = replace(held.parts[0], criteria=(criterion("c9", most="5"),))
    set_definition(app, replace(held, parts=(talk,)))
    assert [one.state for one in list_packs(app).packs] == ["outdated"]
    app.store.close()
    assert run(["packs", "list", str(app.folder)]) == 0
    assert capsys.readouterr().out.count("1") >= 1
