"""Asks which rules, what name and where a new contest goes, makes it and opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.dialogs import MessageDialog
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import label
from judgeapp.gui.window import Window
from judgeapp.system.files import safe_name

if TYPE_CHECKING:
    from judgeapp.services.contest import Preset
    from judgeapp.services.context import Outcome


def ask_new_contest(window: Window) -> None:
    """Show the form once the presets are read."""

    def read(_: object) -> list[Preset]:
        from judgeapp.services.contest import presets

        return presets()

    def ask(found: list[Preset]) -> None:
        form = NewContest(window, window.session, found)
        if form.run():
            _make(window, form.preset, form.name, form.folder)

    window.session.run(read, ask)


def _make(window: Window, preset: str, name: str, folder: Path) -> None:
    machine = window.session.machine

    def work(_: object) -> Outcome[object]:
        from judgeapp.services.contest import create_contest

        return create_contest(machine, folder=folder, preset=preset, name=name)  # type: ignore[return-value]  # only that it is made matters

    window.session.run(work, lambda _: window.open_contest(folder))


class NewContest(MessageDialog):
    """The form: name, rules to begin with, folder. The button is off until there is a name.

    Attributes:
        preset: id of the chosen rules.
        parent_folder: where the contest's own folder will be made.
    """

    def __init__(self, window: Window, session: Session, presets: list[Preset]) -> None:
        texts = session.texts
        super().__init__(
            window, texts("shell.new.title"), texts("shell.new.body"), icon="flag", tone="accent"
        )
        self._session, self._texts, self._presets = session, texts, presets
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.parent_folder = Path(QStandardPaths.writableLocation(documents) or str(Path.home()))
        self._name = Field(texts("shell.new.name"), placeholder=texts("shell.new.name.hint"))
        self.column.addWidget(self._name)
        self.column.addWidget(label(texts("shell.new.rules"), "small-strong"))
        self.list = QListWidget()
        self.list.setAccessibleName(texts("shell.new.rules"))
        for preset in presets:
            item = QListWidgetItem(preset.vi)
            item.setSizeHint(QSize(100, theme().px(36)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        room = window.height() - theme().px(400)
        self.list.setFixedHeight(max(theme().px(72), min(theme().px(220), room)))
        self.column.addWidget(self.list)
        self._rounds = label("", "small", "second", wrap=True)
        self.column.addWidget(self._rounds)
        self.list.currentRowChanged.connect(self._tell_rounds)
        self._tell_rounds()
        row = QHBoxLayout()
        self._place = label("", "small", "second", wrap=True)
        row.addWidget(self._place, 1)
        other = Button(texts("shell.new.elsewhere"), kind="ghost", icon="folder-open")
        other.clicked.connect(self._choose)
        row.addWidget(other)
        self.column.addLayout(row)
        no = Button(texts("shell.not_now"))
        self.make = Button(texts("shell.new.make"), kind="primary")
        self.make.setEnabled(False)
        no.clicked.connect(self.reject)
        self.make.clicked.connect(self._check)
        self.add_buttons(no, self.make)
        self._name.edit.textChanged.connect(self._changed)
        self._name.edit.returnPressed.connect(self._check)
        self._changed()
        self._name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def preset(self) -> str:
        """Id of the chosen rules."""
        return self._presets[self.list.currentRow()].id

    @property
    def name(self) -> str:
        """The name as typed, without spaces around it."""
        return self._name.edit.text().strip()

    @property
    def folder(self) -> Path:
        """Where the contest will lie."""
        return self.parent_folder / safe_name(self.name)

    def _changed(self) -> None:
        self.make.setEnabled(bool(self.name))
        self._name.accept()
        place = self.folder if self.name else self.parent_folder
        self._place.setText(self._texts("shell.new.place", folder=str(place)))

    def _tell_rounds(self) -> None:
        rounds = self._presets[self.list.currentRow()].definition.rounds
        self._rounds.setText(
            self._texts("shell.new.rounds", rounds=", ".join(item.vi for item in rounds))
        )

    def _choose(self) -> None:
        folder = self._session.dialogs.open_folder(self._texts("shell.new.elsewhere"))
        if folder is not None:
            self.parent_folder = folder
            self._changed()

    def _check(self) -> None:
        """Refuse a folder that holds something, while everything typed stays."""
        if not self.name:
            return
        folder = self.folder
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            error = JudgeError("contest.folder_taken", file=str(folder))
            self._name.refuse(self._texts.error(error))
            return
        self.accept()
