"""The set-up: leaves alone what is in place, names exactly what it may not install."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from build_spec import bootstrap
from build_spec.bootstrap import Stopped

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared objects of Linux")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Move the set-up to an empty folder; what it would run is only written down, and works."""
    commands: list[list[str]] = []

    def run(command: list[str], *, silent: bool = False, **more: str) -> int:
        commands.append(command)
        return 0

    place = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "VENV", place)
    monkeypatch.setattr(bootstrap, "STAMP", place / "stamp.json")
    monkeypatch.setattr(bootstrap, "PYTHON", place / "bin" / "python")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap, "missing_libraries", list)
    (tmp_path / "pyproject.toml").write_text("")
    return commands


def environment(version: str = "") -> None:
    """Make a folder that looks like an environment of this (or another) Python."""
    bootstrap.PYTHON.parent.mkdir(parents=True)
    bootstrap.PYTHON.touch()
    version = version or ".".join(map(str, sys.version_info[:3]))
    (bootstrap.VENV / "pyvenv.cfg").write_text(f"home = x\nversion = {version}\n")


def installs(ran: list[list[str]]) -> int:
    return sum("install" in command for command in ran)


@pytest.mark.parametrize("arguments", [[], ["help"], ["demos"]])
def test_a_wrong_call_shows_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(arguments) == 2
    shown = capsys.readouterr().err
    assert "Cách gọi" in shown
    assert "Usage" in shown


def test_the_second_time_nothing_is_installed(ran: list[list[str]]) -> None:
    environment()
    bootstrap.set_up("app")
    assert installs(ran) == 2
    bootstrap.set_up("app")
    assert installs(ran) == 2


def test_what_the_tests_need_serves_the_app_too(ran: list[list[str]]) -> None:
    environment()
    bootstrap.set_up("test")
    first = installs(ran)
    bootstrap.set_up("app")
    bootstrap.set_up("test")
    assert installs(ran) == first


def test_a_changed_project_is_installed_again(ran: list[list[str]]) -> None:
    environment()
    bootstrap.set_up("app")
    (bootstrap.ROOT / "pyproject.toml").write_text("[project]")
    bootstrap.set_up("app")
    assert installs(ran) == 4


def test_an_unreadable_stamp_is_no_stamp(ran: list[list[str]]) -> None:
    environment()
    bootstrap.STAMP.write_text("{")
    bootstrap.set_up("app")
    assert installs(ran) == 2


@pytest.mark.usefixtures("ran")
def test_an_environment_is_kept_only_for_this_python_in_this_folder() -> None:
    wanted = bootstrap.wanted_stamp("app")
    assert not bootstrap.usable({}, wanted)
    environment()
    assert bootstrap.usable({}, wanted)
    assert not bootstrap.usable({"place": "elsewhere"}, wanted)
    (bootstrap.VENV / "pyvenv.cfg").write_text("version = 3.10.1\n")
    assert not bootstrap.usable({}, wanted)


@pytest.mark.usefixtures("ran")
def test_a_folder_that_is_no_environment_is_left_alone() -> None:
    (bootstrap.VENV / "important").mkdir(parents=True)
    with pytest.raises(Stopped, match="không phải môi trường Python"):
        bootstrap.set_up("app")
    assert (bootstrap.VENV / "important").is_dir()


def test_a_failed_installation_leaves_no_stamp(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment()
    monkeypatch.setattr(bootstrap, "run", lambda command, **more: 1)
    with pytest.raises(Stopped):
        bootstrap.set_up("app")
    assert not bootstrap.STAMP.exists()


@LINUX
def test_missing_libraries_are_found_by_loading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libc.so.6": "libc6", "libnone.so.9": "libnone9"})
    monkeypatch.setattr(bootstrap, "has_screen", lambda: False)
    assert bootstrap.missing_libraries() == ["libnone.so.9"]


def test_what_may_not_be_installed_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ["libEGL.so.1", "libGL.so.1"])
    monkeypatch.setattr(bootstrap, "may_install", lambda: False)
    with pytest.raises(Stopped) as stopped:
        bootstrap.install_libraries()
    assert "libEGL.so.1, libGL.so.1" in str(stopped.value)
    assert "sudo apt-get install -y libegl1 libgl1" in str(stopped.value)


def test_what_may_be_installed_is_installed_and_looked_for_again(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["libGL.so.1"], []])
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: next(answers))
    monkeypatch.setattr(bootstrap, "may_install", lambda: True)
    bootstrap.install_libraries()
    assert ran[0][-1] == "update"
    assert ran[1][-1] == "libgl1"


def test_checks_run_in_order_up_to_the_first_that_fails(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], **more: str) -> int:
        ran.append(command)
        return 3 if "mypy" in command[0] else 0

    monkeypatch.setattr(bootstrap, "run", run)
    assert bootstrap.check([]) == 3
    assert [Path(command[0]).stem for command in ran] == ["ruff", "ruff", "lint-imports", "mypy"]


def test_arguments_go_to_pytest(ran: list[list[str]]) -> None:
    assert bootstrap.check(["tests/cli", "--slow"]) == 0
    assert ran[-1][1:] == ["-q", "tests/cli", "--slow"]


@pytest.mark.parametrize(
    ("arguments", "screen", "expected"),
    [
        (["d", "--seed", "3"], False, ["d", "--no-window", "--seed", "3"]),
        (["d"], True, ["d"]),
        (["--seed", "3"], True, ["demo-2", "--seed", "3"]),
    ],
)
def test_the_demo_gets_its_folder_and_no_window_without_a_screen(
    ran: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    screen: bool,
    expected: list[str],
) -> None:
    (bootstrap.ROOT / "demo").mkdir()
    monkeypatch.setattr(bootstrap, "has_screen", lambda: screen)
    assert bootstrap.demo(arguments) == 0
    called = ran[-1][ran[-1].index("demo") + 1 :]
    assert [Path(called[0]).name, *called[1:]] == expected


def test_the_stamp_is_plain_json(ran: list[list[str]]) -> None:
    environment()
    bootstrap.set_up("test")
    assert set(json.loads(bootstrap.STAMP.read_text())) == {"place", "python", "app", "test"}
