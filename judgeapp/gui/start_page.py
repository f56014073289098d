"""The start page: what one was doing comes first, below it the two roles.

On the first run the roles stand above and have the blue buttons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp import __version__
from judgeapp.gui.session import Session
from judgeapp.gui.start_rows import RecentRow, Tile
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, Kind
from judgeapp.gui.widgets.text import card, clear, hairline, label
from judgeapp.system.recents import Recent

WIDEST, STACKED_BELOW, FEW = 1222, 1000, 3


class StartPage(QScrollArea):
    """Recent work, the two roles, and links to the rest.

    Attributes:
        rows: of recent work, the latest first.
        rehearse, restore: ask for a rehearsal, and for a backup to be restored.
        first_button: the one to press when in doubt.
    """

    continue_asked = Signal(object)
    new_asked = Signal()
    folder_asked = Signal()
    pack_asked = Signal()
    score_file_asked = Signal()
    manual_asked = Signal()
    rehearsal_asked = Signal()
    restore_asked = Signal()
    forget_asked = Signal(object)
    find_asked = Signal(object)
    theme_asked = Signal()
    language_asked = Signal(str)

    def __init__(self, session: Session, recents: Sequence[Recent], missing: set[str]) -> None:
        super().__init__()
        self.session, self.texts = session, session.texts
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setObjectName("page")
        self.setWidget(page)
        self._column = QVBoxLayout(page)
        self._column.setSpacing(8)
        self._column.addLayout(self._head())
        self._column.addSpacing(12)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        self._column.addLayout(self._body)
        self._column.addStretch(1)
        self._column.addLayout(self._foot())
        self._all = False
        self.more_button: Button | None = None
        self.rows: list[RecentRow] = []
        self.first_button: Button | None = None
        self.show_recents(recents, missing)

    def show_recents(self, recents: Sequence[Recent], missing: set[str]) -> None:
        """Show what was opened last; ``missing`` are paths that are not there now."""
        clear(self._body)
        self.rows = []
        if recents:
            self._body.addWidget(label(self.texts("shell.continue"), "subhead"))
            shown = recents if self._all or len(recents) == FEW + 1 else recents[:FEW]
            self._body.addWidget(self._recents(shown, missing))
            if len(shown) < len(recents):
                self._body.addWidget(self._more(recents, missing), 0, Qt.AlignmentFlag.AlignLeft)
            self._body.addSpacing(14)
        heads = QHBoxLayout()
        heads.addWidget(label(self.texts("shell.start_new"), "subhead"), 1)
        heads.addWidget(label(self.texts("shell.drop_here"), "small", "second"))
        self._body.addLayout(heads)
        self._roles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._roles.setSpacing(20)
        for role, ways in (
            ("organiser", (("plus", self.new_asked), ("folder-open", self.folder_asked))),
            ("judge", (("package-open", self.pack_asked), ("file-up", self.score_file_asked))),
        ):
            self._roles.addWidget(self._role(role, ways, primary=not recents), 1)
        self._body.addLayout(self._roles)
        self._fit()

    def _more(self, recents: Sequence[Recent], missing: set[str]) -> Button:
        count = len(recents) - FEW
        button = Button(self.texts("shell.more_recents", count=count), kind="ghost", height=35)

        def show_all() -> None:
            self._all = True
            self.show_recents(recents, missing)
            self.rows[FEW].button.setFocus(Qt.FocusReason.OtherFocusReason)

        button.clicked.connect(show_all)
        self.more_button = button
        return button

    def focus_first(self) -> None:
        """Put the focus on the button to press when in doubt, once it is laid out."""
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        if self.first_button is not None:
            self.first_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Tile("mic-vocal", "accentfill", "on_accent", 44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self.texts("gui.title"), "heading"))
        words.addWidget(label(self.texts("gui.subtitle"), "body", "second", wrap=True))
        row.addLayout(words, 1)
        rehearse = Button(self.texts("shell.rehearse"), kind="ghost", icon="flask-conical")
        rehearse.clicked.connect(self.rehearsal_asked)
        manual = Button(self.texts("shell.manual"), kind="ghost", icon="book-open")
        manual.clicked.connect(self.manual_asked)
        colours = Button(self.texts("shell.light_dark"), kind="ghost", icon="sun-moon")
        colours.clicked.connect(self.theme_asked)
        self.rehearse = rehearse
        self._head_buttons = (rehearse, manual, colours)
        for button in self._head_buttons:
            row.addWidget(button)
        return row

    def _recents(self, recents: Sequence[Recent], missing: set[str]) -> QFrame:
        box = QFrame()
        box.setObjectName("card")
        column = QVBoxLayout(box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for index, recent in enumerate(recents):
            if index:
                column.addWidget(hairline())
            row = RecentRow(
                self.texts,
                recent,
                first=not index,
                alone=len(recents) == 1,
                gone=recent.path in missing,
            )
            asked = self.find_asked if row.gone else self.continue_asked
            row.button.clicked.connect(lambda _=False, ask=asked, recent=recent: ask.emit(recent))
            row.forget.clicked.connect(
                lambda _=False, recent=recent: self.forget_asked.emit(recent)
            )
            column.addWidget(row)
            self.rows.append(row)
        self.first_button = self.rows[0].button
        return box

    def _role(
        self, role: str, ways: Sequence[tuple[str, SignalInstance]], *, primary: bool
    ) -> QFrame:
        icon = "layout-list" if role == "organiser" else "headphones"
        box, column = card(22)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Tile(icon, "accentsoft", "accent", 56), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self.texts(f"shell.role.{role}"), "heading"))
        words.addWidget(label(self.texts(f"shell.role.{role}.what"), "body", "second", wrap=True))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(10)
        for index, (way_icon, asked) in enumerate(ways):
            kind: Kind = "ghost" if index else ("primary" if primary else "plain")
            button = Button(
                self.texts(f"shell.role.{role}.way{index + 1}"),
                kind=kind,
                icon=way_icon,
                height=44,
            )
            button.clicked.connect(asked)
            row.addWidget(button)
            if primary and not index and role == "organiser":
                self.first_button = button
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        words = self.texts("shell.version", version=__version__)
        row.addWidget(label(words, "small", "second", wrap=True), 1)
        self.restore = Button(self.texts("shell.restore"), kind="ghost", icon="history", height=35)
        self.restore.clicked.connect(self.restore_asked)
        row.addWidget(self.restore)
        for language in ("vi", "en"):
            button = Button(self.texts(f"shell.language.{language}"), kind="ghost", height=35)
            button.clicked.connect(
                lambda _=False, language=language: self.language_asked.emit(language)
            )
            row.addWidget(button)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the roles below each other where they do not fit side by side."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        width = self.viewport().width()
        narrow = width < theme().px(1000)
        wordless = width < theme().px(820)
        stacked = width < theme().px(STACKED_BELOW)
        side = max(24 if narrow else 72, (width - theme().px(WIDEST)) // 2)
        top = 20 if narrow else 30
        self._column.setContentsMargins(side, top, side, 14)
        self._roles.setDirection(
            QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        )
        for button in self._head_buttons:
            text = "" if wordless else button.property("words") or button.text()
            if not button.property("words"):
                button.setProperty("words", button.text())
                button.setAccessibleName(button.text())
                button.setToolTip(button.text())
            button.setText(text)
            button.updateGeometry()
        for row in self.rows:
            row.fit(width - 2 * side)
