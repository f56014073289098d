"""Asks which rules to begin with, then name, host, days and folder; makes the contest, opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.contest_facts import ContestFacts, read_facts
from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.names import clean
from judgeapp.gui.message_dialog import SHADOW, MessageDialog
from judgeapp.gui.pages import contest_words
from judgeapp.gui.pages.contest_forms import FactFields
from judgeapp.gui.pages.rules_form import DrawerForm
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import label
from judgeapp.gui.window import Window
from judgeapp.system.files import safe_name

if TYPE_CHECKING:
    from judgeapp.services.contest import Preset
    from judgeapp.services.context import Outcome
    from judgeapp.system.texts import Texts

_WIDTH, _BODY, _AROUND = 720, 470, 170  # the body gives way where the window is lower


def ask_new_contest(window: Window) -> None:
    """Show the form once the presets are read."""

    def read(_: object) -> list[Preset]:
        from judgeapp.services.contest import presets

        return presets()

    def ask(found: list[Preset]) -> None:
        form = NewContest(window, window.session, found)
        if form.run():
            _make(window, form)

    window.session.run(read, ask)


def _make(window: Window, form: NewContest) -> None:
    machine, folder = window.session.machine, form.details.folder
    preset, name, facts = form.preset.id, form.details.name.text, form.details.said

    def work(_: object) -> Outcome[object]:
        from judgeapp.services.contest import create_contest

        return create_contest(machine, folder=folder, preset=preset, name=name, facts=facts)  # type: ignore[return-value]  # only that it is made matters

    window.session.run(work, lambda _: window.open_contest(folder))


class NewContest(MessageDialog):
    """Two steps: the rules as cards, then what the contest is called and where it lies.

    Attributes:
        cards: the rules; the first ones are chosen, as most contests are of their kind.
        details: the second step.
    """

    def __init__(self, window: Window, session: Session, presets: list[Preset]) -> None:
        texts = session.texts
        super().__init__(
            window, texts("shell.new.title"), texts("shell.new.body"), icon="flag", tone="accent"
        )
        room = window.width()
        self.setFixedWidth(min(theme().px(_WIDTH) + 2 * SHADOW, max(room, 360)))
        self._presets = presets
        high = min(theme().px(_BODY), max(window.height() - theme().px(_AROUND), 150))
        self.cards = OptionCards(
            [Option(preset.id, preset.vi, preset_words(preset, texts)) for preset in presets],
            accessible_name=texts("shell.new.rules"),
        )
        self.cards.choose(presets[0].id)
        self._first = self._make_first(texts, high)
        self.column.addWidget(self._first)
        self.details = Details(texts, session, high)
        self.details.later.clicked.connect(self.reject)
        self.details.back.clicked.connect(lambda: self._show_step(1))
        self.details.save_asked.connect(self.accept)
        self.column.addWidget(self.details)
        self._show_step(1)

    def _make_first(self, texts: Texts, high: int) -> QWidget:
        box = QWidget()
        box.setFixedHeight(high)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(2, 2, 10, 2)
        inner.addWidget(self.cards)
        inner.addStretch(1)
        scroll = scrolling(inside)
        column.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        no = Button(texts("shell.not_now"))
        no.clicked.connect(self.reject)
        self.go_on = Button(texts("shell.new.go_on"), kind="primary")
        self.go_on.clicked.connect(lambda: self._show_step(2))
        row.addWidget(no)
        row.addWidget(self.go_on)
        column.addLayout(row)
        return box

    @property
    def preset(self) -> Preset:
        """The chosen rules."""
        return next(one for one in self._presets if one.id == self.cards.current)

    def _show_step(self, step: int) -> None:
        self._first.setVisible(step == 1)
        self.details.setVisible(step == 2)
        if step == 2:
            self.details.begin(self.preset)
        first = self.cards if step == 1 else self.details
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next step, and makes the contest in the second."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._first.isVisibleTo(self):
                self._show_step(2)
            else:
                self.details.save()
            return
        super().keyPressEvent(event)


class Details(DrawerForm):
    """What the contest is called, who holds it, where, when, and in which folder it lies.

    Attributes:
        parent_folder: where the contest's own folder will be made.
        said: host, place and days, once they can be read.
        back: goes back to the rules; ``later`` leaves everything as it was.
    """

    def __init__(self, texts: Texts, session: Session, high: int) -> None:
        super().__init__(texts, texts("shell.new.make"))
        self.setFixedHeight(high)
        self._session, self._proposed = session, ""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.parent_folder = Path(QStandardPaths.writableLocation(documents) or str(Path.home()))
        self.said = ContestFacts()
        self.name = self.add_field(texts("shell.new.name"), hint=texts("shell.new.name.hint"))
        self._facts = FactFields(self, ContestFacts())
        self.column.addLayout(self._folder_row())
        self.column.addWidget(label(texts("shell.new.next"), "small", "second", wrap=True))
        self.back = Button(texts("shell.new.back"))
        self.buttons.insertWidget(1, self.back)
        self.later = Button(texts("shell.not_now"), kind="ghost")
        self.buttons.insertWidget(1, self.later)
        self.filled(self.name.edit)

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._place = label("", "small", "second", wrap=True)
        row.addWidget(self._place, 1)
        other = Button(self.texts("shell.new.elsewhere"), kind="ghost", icon="folder-open")
        other.clicked.connect(self._choose)
        row.addWidget(other)
        return row

    def begin(self, preset: Preset) -> None:
        """Propose a name after the rules and the year, unless one was typed."""
        if self.name.text == self._proposed:
            year = self._session.machine.clock().astimezone().year
            self._proposed = self.texts("shell.new.proposed", rules=preset.vi, year=year)
            self.name.text = self._proposed
            self.name.edit.selectAll()

    @property
    def folder(self) -> Path:
        """Where the contest will lie."""
        return self.parent_folder / safe_name(self.name.text)

    def _choose(self) -> None:
        folder = self._session.dialogs.open_folder(self.texts("shell.new.elsewhere"))
        if folder is not None:
            self.parent_folder = folder
            self.look()

    def wait_words(self) -> str:
        """Wait for a name; say in words which of the other things cannot be."""
        typed = bool(clean(self.name.text))
        place = self.folder if typed else self.parent_folder
        self._place.setText(self.texts("shell.new.place", folder=str(place)))
        try:
            self.said = read_facts(**self._facts.typed)
        except BadInput as error:
            self.deny(self._facts.field_of(error.place), self.texts.error(error))
        return "" if typed else self.texts("shell.new.wait")

    def save(self) -> None:
        """Refuse a folder that holds something, while everything typed stays."""
        folder = self.folder
        if clean(self.name.text) and _holds_something(folder):
            error = JudgeError("contest.folder_taken", file=str(folder))
            self.name.refuse(self.texts.error(error))
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().save()


def _holds_something(folder: Path) -> bool:
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        return True


def preset_words(preset: Preset, texts: Texts) -> str:
    """Return what a preset's contests are like: each round, and where the rules come from."""
    several = len(preset.definition.rounds) > 1
    lines = []
    for held in preset.definition.rounds:
        said = " · ".join(contest_words.round_lines(held, texts))
        lines.append(texts("shell.new.round", round=held.vi, said=said) if several else said)
    lines += [texts(f"shell.new.source.{held.preset}") for held in preset.definition.rounds]
    return "\n".join(lines)
