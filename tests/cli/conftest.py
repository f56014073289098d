"""Fixtures of the command line: a call that is answered in JSON, and one that is said in words."""

from __future__ import annotations

import pytest

from tests.cli.judging_calls import Call, Say, caller, speaker


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    return speaker(capsys)
