from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.system.paths import find_paths
from judgeapp.system.recents import KEPT, NAME, Recent, forget, load_recents, remember


def recent(path: str, *, judge: str | None = None) -> Recent:
    return Recent(path, "pack" if judge else "contest", "Tên", "2026-11-25T08:00:00Z", judge=judge)


def test_the_latest_comes_first_and_each_stands_once() -> None:
    paths = find_paths()
    for path in ("a", "b", "a"):
        remember(paths, recent(path))
    remember(paths, recent("a", judge="GK1"))
    assert [(item.path, item.judge) for item in load_recents(paths)] == [
        ("a", "GK1"),
        ("a", None),
        ("b", None),
    ]
    forget(paths, recent("a"))
    assert [item.path for item in load_recents(paths)] == ["a", "b"]


def test_the_list_stays_short() -> None:
    paths = find_paths()
    for number in range(KEPT + 5):
        remember(paths, recent(str(number)))
    assert len(load_recents(paths)) == KEPT


@pytest.mark.parametrize(
    "text", ["", "{", "[1, {}]", '[{"path": 1, "kind": "x"}]', "{}", "[" * 100_000]
)
def test_a_broken_list_is_no_list(text: str) -> None:
    paths = find_paths()
    file: Path = paths.desks.parent / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    assert load_recents(paths) == []
    remember(paths, recent("a"))
    assert [item.path for item in load_recents(paths)] == ["a"]
