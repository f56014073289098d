"""The drawer in which something is changed: fields, what follows from it, reason, one button.

What is typed is read anew at each key; the button is off while nothing differs, with the reason
beside it in words. Pressing it shows each field that cannot be taken why; nothing else is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.contest import Definition
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary
    from judgeapp.services.context import Outcome

T = TypeVar("T")


class NamedChoice(Choice):
    """A list of things with ids, of which one is chosen; no wider than the drawer."""

    def __init__(self, options: Sequence[tuple[str, str]], current: str, name: str) -> None:
        super().__init__(accessible_name=name)
        self._ids = [ident for ident, _ in options]
        self.addItems([words[:1].upper() + words[1:] for _, words in options])
        self.setCurrentIndex(self._ids.index(current))
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    @property
    def current(self) -> str:
        """The id of the one chosen."""
        return self._ids[self.currentIndex()]

    def choose(self, ident: str) -> None:
        """Choose one."""
        self.setCurrentIndex(self._ids.index(ident))


class DrawerForm(QWidget):
    """A column of fields that scrolls, and below it the button with what it waits for.

    Attributes:
        column: where subclasses put their fields.
        save_asked: what was typed can be stored.
        reason: why, for the record; shown where one is needed.
        buttons: the row of the button at the bottom.
        foot: what always stays in view above the button, such as a total.
    """

    save_asked = Signal()

    def __init__(self, texts: Texts, do: str) -> None:
        super().__init__()
        self.texts = texts
        self._refused: list[tuple[Field | None, str]] = []
        self._filling = True
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(2, 4, 10, 4)
        whole.setSpacing(12)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        whole.addLayout(self.column)
        self.follows = Notice("warn", "triangle-alert", "")
        self.reason = Field(texts("gui.rules.reason"), placeholder=texts("gui.rules.reason.hint"))
        self._said = label("", "small-strong", "stop", wrap=True)
        for below in (self.follows, self.reason, self._said):
            below.hide()
            whole.addWidget(below)
        whole.addStretch(1)
        self._scroll = scrolling(inside)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(hairline())
        self.foot = label("", "small", "second", wrap=True)
        self.foot.hide()
        outer.addWidget(self.foot)
        self.buttons = row = QHBoxLayout()
        row.setSpacing(10)
        self._why_not = label("", "small", "second", wrap=True)
        self.save_button = Button(do, kind="primary")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self._why_not, 1)
        row.addWidget(self.save_button)
        outer.addLayout(row)
        self.reason.edit.textChanged.connect(lambda _: self.look())

    # --- building -----------------------------------------------------------------------------

    def add_field(
        self, name: str, value: str = "", *, hint: str = "", help_text: str = ""
    ) -> Field:
        """Add a labelled line below the others."""
        field = self.field(name, value, hint=hint, help_text=help_text)
        self.column.addWidget(field)
        return field

    def field(self, name: str, value: str = "", *, hint: str = "", help_text: str = "") -> Field:
        """Return a labelled line that is looked at when it changes."""
        made = Field(name, placeholder=hint, help_text=help_text)
        made.text = value
        made.edit.setCursorPosition(0)
        made.edit.textChanged.connect(lambda _: self._typed(made))
        return made

    def amount(self, value: str, accessible_name: str, *, title: str = "") -> Field:
        """Return a line for a number; what it is, is read out where no title says it."""
        made = self.field(title, value)
        made.edit.setAccessibleName(accessible_name)
        made.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    def add_pair(self, left: QWidget, right: QWidget) -> None:
        """Add two things side by side."""
        row = QHBoxLayout()
        row.setSpacing(10)
        for one in (left, right):
            row.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def add_choice(
        self, name: str, options: Sequence[tuple[str, str]], current: str
    ) -> NamedChoice:
        """Add a labelled list below the others."""
        made = self.choice(name, options, current)
        self.column.addWidget(captioned(name, made))
        return made

    def choice(self, name: str, options: Sequence[tuple[str, str]], current: str) -> NamedChoice:
        """Return a list that is looked at when another one is chosen."""
        made = NamedChoice(options, current, name)
        made.currentIndexChanged.connect(lambda _: self.look())
        return made

    def filled(self, first: QWidget) -> None:
        """Say that all fields stand, and which one gets the focus."""
        self._filling = False
        self.setFocusProxy(first)
        self.look()

    # --- reading ------------------------------------------------------------------------------

    def take(self, field: Field, reader: Callable[[str], T], default: T) -> T:
        """Return what a field holds; what cannot be read is noted and gives ``default``."""
        try:
            return reader(field.text)
        except JudgeError as error:
            self.deny(field, self.texts.error(error))
            return default

    def deny(self, field: Field | None, sentence: str) -> None:
        """Note that what a field holds cannot be taken, and why; None means several things."""
        self._refused.append((field, sentence))

    def _typed(self, field: Field) -> None:
        field.accept()
        self.look()

    def look(self) -> None:
        """Show what would follow, and whether the button is on."""
        if self._filling:
            return
        self._said.hide()
        self._refused.clear()
        waiting = self.wait_words()
        self.save_button.setEnabled(not waiting)
        self._why_not.setText(waiting)

    def wait_words(self) -> str:
        """Return what the button waits for; empty if it can be pressed."""
        raise NotImplementedError

    def save(self) -> None:
        """Ask for what was typed to be stored, or say at the fields why it cannot be."""
        self.look()
        for field, sentence in reversed(self._refused):
            if field is None:
                self._say(sentence)
            else:
                field.refuse(sentence)
        first = next((field for field, _ in self._refused if field is not None), None)
        if first is not None:
            self._go_to(first)
        elif self.save_button.isEnabled() and not self._refused:
            self.save_asked.emit()

    def refuse(self, error: JudgeError) -> None:
        """Say why nothing was stored; everything typed stays."""
        if error.code == "contest.no_reason":
            self.reason.show()
            self.reason.refuse(self.texts.error(error))
            self._go_to(self.reason)
            return
        self._say(self.texts.error(error))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.show()
        self._scroll.ensureWidgetVisible(self._said)

    def _go_to(self, field: Field) -> None:
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(field)


class RulesForm(DrawerForm):
    """A form that gives other rules, made from the version that is in force.

    Attributes:
        found: the contest as it was read.
    """

    def __init__(self, texts: Texts, found: ContestSummary) -> None:
        super().__init__(texts, texts("gui.rules.save", version=found.version + 1))
        self.found = found
        self._used = any(use.is_used for use in found.uses.values())
        self.reason.setVisible(self._used)

    def read(self) -> Definition:
        """Return the rules as typed; what cannot be read is noted with `take` and `deny`."""
        raise NotImplementedError

    def wait_words(self) -> str:
        """Wait for a change and, where judges have the rules, for a reason."""
        after = self.read()
        self._show_follows(after)
        if not self._refused and after == self.found.definition:
            return self.texts("gui.rules.wait.change")
        if self._used and not self.reason.text:
            return self.texts("gui.rules.wait.reason")
        return ""

    def _show_follows(self, after: Definition) -> None:
        """Say which packs and marks another rubric would leave behind."""
        words = []
        for held in self.found.definition.rounds:
            now, use = after.round(held.id), self.found.uses[held.id]
            if now is None or self._refused or rubric_hash(now) == rubric_hash(held):
                continue
            if use.packs:
                words.append(self.texts("gui.rules.follows", round=held.vi, count=use.packs))
            elif use.marks:
                words.append(self.texts("gui.rules.follows.marks", round=held.vi))
        self.follows.set_words(" ".join(words))
        self.follows.setVisible(bool(words))


def captioned(name: str, widget: QWidget) -> QWidget:
    """Return a widget with its name above it, as a field has."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    title = label(name, "small", "second", wrap=True)
    title.setBuddy(widget)
    column.addWidget(title)
    column.addWidget(widget)
    box.setFocusProxy(widget)
    return box


def open_form(page: Page, form: RulesForm, title: str, second: str = "") -> None:
    """Show a form in the page's drawer; what it gives becomes the next version of the rules."""
    app, texts = page.session.app, page.texts

    def save() -> None:
        after, reason = form.read(), form.reason.text

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.contest import revise

            return revise(app, definition=after, based_on=form.found.version, reason=reason)

        def done(outcome: Outcome[Any]) -> None:
            page.close_drawer()
            Toast.show_in(page.window(), texts("gui.contest.saved", version=outcome.value))

        page.session.run(work, done, on_refused=form.refuse)

    form.save_asked.connect(save)
    page.open_drawer(form, title, second=second)
