"""A new contest from each of the samples, by hand: the rules, then name, host, days and folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from judgeapp.bootstrap import open_contest
from judgeapp.gui.theme import start_theme
from judgeapp.services.contest import presets, summary
from judgeapp.services.context import Machine
from tests.flow.hands import Hands

PRESETS = {preset.id: preset for preset in presets()}


@pytest.fixture
def hands(machine: Machine, qtbot: QtBot, qapp: QApplication) -> Hands:
    start_theme(qapp).use("light")
    return Hands(qtbot, machine)


@pytest.mark.parametrize("preset", PRESETS)
def test_each_sample_makes_its_contest(
    hands: Hands, machine: Machine, tmp_path: Path, preset: str
) -> None:
    chosen, place = PRESETS[preset], tmp_path / "place"
    place.mkdir()

    def fill_in() -> None:
        hands.press(chosen.vi)
        hands.press("Tiếp tục")
        assert f"{chosen.vi} năm 2026" in hands.words()
        hands.files.append(place)
        hands.press("Nơi khác…")
        hands.type_into("Cơ quan tổ chức", "Tỉnh ủy Sông Bằng")
        hands.type_into("Ngày bắt đầu", "5/12/2026")
        hands.key(Qt.Key.Key_Return)

    with hands.dialog(fill_in):
        hands.press("Lập hội thi mới")
    hands.sees("Chưa có thí sinh nào")
    hands.leave()
    (folder,) = place.iterdir()
    found = summary(open_contest(folder, machine))
    assert found.name == f"{chosen.vi} năm 2026"
    assert found.definition == chosen.definition
    assert found.facts.host == "Tỉnh ủy Sông Bằng"


def test_what_cannot_be_is_said_at_its_field(hands: Hands, tmp_path: Path) -> None:
    (tmp_path / "Đã có").mkdir()
    (tmp_path / "Đã có" / "thư.txt").write_text("x", encoding="utf-8")
    said: list[str] = []

    def fill_in() -> None:
        said.append(hands.words())
        hands.key(Qt.Key.Key_Return)  # the first sample, by keyboard alone
        hands.type_into("Tên hội thi", " ")
        said.append(hands.words())
        hands.files.append(tmp_path)
        hands.press("Nơi khác…")
        hands.type_into("Tên hội thi", "Đã có")
        hands.press("Lập hội thi")
        said.append(hands.words())
        hands.type_into("Tên hội thi", "Hội thi mới")
        hands.type_into("Ngày kết thúc", "31/02/2026")
        hands.press("Lập hội thi")
        said.append(hands.words())
        hands.press("Quay lại")
        hands.press("Hội thi Dân vận khéo")
        hands.press("Tiếp tục")
        said.append(next(one.text() for one in hands.seen(QLabel) if "Nằm trong" in one.text()))
        hands.press("Để sau")

    with hands.dialog(fill_in):
        hands.press("Lập hội thi mới")
    first, nameless, taken, late, kept = said
    assert "Lập hội thi mới" in first
    assert "Gõ tên hội thi." in nameless
    assert "đã có sẵn tệp" in taken
    assert "không phải một ngày có thật" in late
    assert kept == f"Nằm trong {tmp_path / 'Hội thi mới'}"
    assert [path.name for path in tmp_path.iterdir()] == ["Đã có"]
    hands.leave()
