"""A user's settings: what was chosen comes back, anything else has its default."""

from __future__ import annotations

import json
import logging
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judgeapp.system.settings import Settings, load_settings, save_settings
from tests.refused import refused


def test_what_was_chosen_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "settings.json"
    chosen = Settings(language="en", csv="plain", rubric_width=480)
    save_settings(path, chosen)
    assert load_settings(path) == chosen
    assert [item.name for item in path.parent.iterdir()] == ["settings.json"]


def test_each_setting_has_a_default_that_can_be_stored(tmp_path: Path) -> None:
    save_settings(tmp_path / "s.json", Settings())
    stored = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert set(stored) == {field.name for field in fields(Settings)}
    assert load_settings(tmp_path / "s.json") == Settings() == load_settings(tmp_path / "no")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"5",
        b'{"language": "fr", "csv": "tabs"}',
        b'{"language": 5, "csv": null}',
        b'{"language": ["vi"], "unknown": {}}',
        b'{"rubric_width": -1}',
        b'{"rubric_width": true}',
        b'{"rubric_width": "500"}',
        b'{"rubric_width": 1e9}',
        b"[" * 200_000,
    ],
)
def test_what_makes_no_sense_has_its_default(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.json").write_bytes(content)
    assert load_settings(tmp_path / "s.json") == Settings()


def test_one_bad_setting_does_not_take_the_others(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"language": "en", "csv": "tabs", "later": 1}')
    assert load_settings(tmp_path / "s.json") == Settings(language="en")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_value_of_any_setting(tmp_path: Path, value: object) -> None:
    (tmp_path / "s.json").write_text(json.dumps({"language": value, "csv": value}))
    found = load_settings(tmp_path / "s.json")
    assert found.language in ("vi", "en")
    assert found.csv in ("excel-vi", "plain")


def test_an_unreadable_file_is_noted_without_its_content(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "s.json").write_text('{"language": "Lò Thị Thử')
    logger = logging.getLogger("judgeapp.system.settings")
    logger.addHandler(caplog.handler)
    load_settings(tmp_path / "s.json")
    logger.removeHandler(caplog.handler)
    assert "unreadable" in caplog.text
    assert "Thử" not in caplog.text


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refused("files.not_a_folder"):
        save_settings(tmp_path / "file" / "below" / "settings.json", Settings())
