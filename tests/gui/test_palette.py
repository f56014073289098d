from __future__ import annotations

from judgeapp.gui.palette import find
from judgeapp.gui.palette_entry import Entry


def entry(title: str, second: str = "") -> Entry:
    return Entry("users", title, second, lambda: None)


PEOPLE = [entry("Đặng Thị Hoà", "01"), entry("Đặng Thị Hóa", "02"), entry("Lò Văn Thử", "12")]


def titles(typed: str) -> list[str]:
    return [found.title for found in find(typed, PEOPLE)]


def test_names_are_found_without_diacritics() -> None:
    assert titles("dang hoa") == ["Đặng Thị Hoà", "Đặng Thị Hóa"]


def test_the_very_letters_come_first() -> None:
    assert titles("hóa") == ["Đặng Thị Hóa", "Đặng Thị Hoà"]


def test_words_are_found_by_their_beginnings_in_any_order() -> None:
    assert titles("thu lo") == ["Lò Văn Thử"]
    assert titles("12") == ["Lò Văn Thử"]
    assert titles("xyz") == []


def test_nothing_typed_finds_everything() -> None:
    assert len(titles("")) == 3
