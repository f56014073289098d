"""Fixtures of many services: a small contest, its pack, and a judge's desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk
from tests.judging_kit import build_pack, desk, make_contest


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest")


@pytest.fixture
def pack(app: Context, tmp_path: Path) -> Path:
    return build_pack(app, tmp_path / "packs")


@pytest.fixture
def at(machine: Machine, pack: Path) -> Desk:
    return desk(machine, pack)
