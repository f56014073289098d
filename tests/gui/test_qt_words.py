from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDir
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
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


class Asked(QtWords):
    """Writes down the words that Qt asks for and the catalogue lacks."""

    def __init__(self) -> None:
        super().__init__()
        self.lacking: set[str] = set()

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        known = source in WORDS or context in KEYS_AND_NAMES or source.startswith("Alt+")
        if not known:
            self.lacking.add(f"{context}: {source}")
        return super().translate(context, source, disambiguation, n)


# Keys are called as they are printed on the keyboard; A4 is A4.
KEYS_AND_NAMES = ("QShortcut", "QPageSize", "QGuiApplication")


@pytest.fixture
def asked(qapp: QApplication) -> Iterator[Asked]:
    made = Asked()
    use_qt_words(made, load_texts("vi"))
    yield made
    qapp.removeTranslator(made)


def test_qt_asks_for_no_word_in_vain(qtbot: QtBot, asked: Asked, qapp: QApplication) -> None:
    modes, accepts = QFileDialog.FileMode, QFileDialog.AcceptMode
    for mode in (modes.ExistingFile, modes.ExistingFiles, modes.Directory, modes.AnyFile):
        for accept in (accepts.AcceptOpen, accepts.AcceptSave):
            files = QFileDialog(None, "", QDir.tempPath())
            qtbot.addWidget(files)
            files.setOption(QFileDialog.Option.DontUseNativeDialog)
            files.setFileMode(mode)
            files.setAcceptMode(accept)
            files.show()
            qapp.processEvents()
    for editor in (QLineEdit(), QPlainTextEdit(), QTextBrowser()):
        qtbot.addWidget(editor)
        menu = editor.createStandardContextMenu()
        assert menu is not None
        menu.deleteLater()
    printer = QPrinter()
    printing = QPrintDialog(printer)
    qtbot.addWidget(printing)
    printing.show()
    qapp.processEvents()
    assert asked.lacking <= {"QPrintWidget: ..."}


def test_the_language_is_switched_at_once(qtbot: QtBot, words: QtWords) -> None:
    use_qt_words(words, load_texts("en"))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert bare(box.buttons()[0].text()) == "Cancel"
