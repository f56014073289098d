"""A contest whose store lies on a PostgreSQL server: made, changed, backed up, restored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.ids import ContestantId
from judgeapp.store.store import open_store
from tests.server import drop_contest, server_address
from tests.store.filler import rows_in

UNITS = "Mã,Tên đơn vị,Loại,Số đảng viên\nDB01,Đảng bộ xã Thử,đảng bộ,120\n"
PEOPLE = (
    "STT,Họ và tên,Năm sinh,Đơn vị\n"
    "1,Lò Thị Thử,1990,Đảng bộ xã Thử\n"
    "2,Vàng A Mẫu,1985,Đảng bộ xã Thử\n"
)


def call(*arguments: object) -> int:
    return run([str(argument) for argument in arguments])


def test_a_contest_on_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = server_address()
    folder, new = tmp_path / "contest", tmp_path / "new"
    preset = ("--preset", "bao-cao-vien-gioi", "--name", "Thử", "--store", server)
    assert call("contest", "new", folder, *preset) == 0
    try:
        assert not (folder / "contest.db").exists()
        (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
        (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
        assert call("people", "units", folder, tmp_path / "units.csv") == 0
        assert call("people", "import", folder, tmp_path / "people.csv", "--accept") == 0
        assert call("upkeep", "check", folder) == 0
        assert call("upkeep", "backup", folder, tmp_path / "b.zip") == 0
        assert call("upkeep", "restore", tmp_path / "b.zip", new) == 0
        assert call("upkeep", "check", new) == 0
        store, copy = open_store(folder), open_store(new)
        assert rows_in(store) == rows_in(copy)
        with copy.read() as u:
            assert [person.id for person in u.people.contestants()] == [
                ContestantId("01"),
                ContestantId("02"),
            ]
        store.close()
        copy.close()
        capsys.readouterr()
        assert call("upkeep", "log", folder, "--json") == 0
        entries = json.loads(capsys.readouterr().out)["entries"]
        assert [entry["action"] for entry in entries] == [
            "contest.created",
            "people.units_imported",
            "people.imported",
        ]
    finally:
        drop_contest(server, folder)
