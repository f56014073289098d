from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)
from pytestqt.qtbot import QtBot

from judgeapp.gui.qt_words import WORDS, QtWords, use_qt_words
from judgeapp.system.texts import load_texts


@pytest.fixture
def words(qapp: QApplication) -> Iterator[QtWords]:
    made = QtWords()
    use_qt_words(made, load_texts("vi"))
    yield made
    qapp.removeTranslator(made)


def bare(text: str) -> str:
    return text.replace("&", "").split("\t")[0].strip()


ENGLISH = {bare(source) for source in WORDS}


def test_context_menus_speak_vietnamese(qtbot: QtBot, words: QtWords) -> None:
    for editor in (QLineEdit(), QPlainTextEdit()):
        qtbot.addWidget(editor)
        menu = editor.createStandardContextMenu()
        assert menu is not None
        texts = [bare(action.text()) for action in menu.actions() if action.text()]
        assert {"Hoàn tác", "Chép", "Dán", "Chọn tất cả"} <= set(texts)
        assert not ENGLISH & set(texts)
        menu.deleteLater()


def test_buttons_speak_vietnamese(qtbot: QtBot, words: QtWords) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Yes | kinds.No | kinds.Save)
    qtbot.addWidget(box)
    texts = {bare(button.text()) for button in box.buttons()}
    assert texts == {"Đồng ý", "Hủy", "Có", "Không", "Lưu"}


@pytest.mark.parametrize(
    "mode", [QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.Directory]
)
def test_file_dialogs_speak_vietnamese(
    qtbot: QtBot, words: QtWords, mode: QFileDialog.FileMode
) -> None:
    dialog = QFileDialog(None, "", QDir.tempPath())
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    shown: set[str] = set()
    for widget in [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]:
        assert isinstance(widget, QLabel | QAbstractButton)
        shown |= {bare(widget.text()), bare(widget.toolTip()), bare(widget.accessibleName())}
    assert not ENGLISH & shown
    assert "Loại tệp:" in shown


def test_the_language_is_switched_at_once(qtbot: QtBot, words: QtWords) -> None:
    use_qt_words(words, load_texts("en"))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert bare(box.buttons()[0].text()) == "Cancel"
