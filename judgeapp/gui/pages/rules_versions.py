"""The versions of the rules in the drawer: who changed what, when and why, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from judgeapp.gui.page import Page
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.clock import shown_moment
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.revision import Version


def versions_button(page: Page) -> Button:
    """Return the button that shows the versions in the page's drawer."""
    made = Button(page.texts("gui.rules.versions"), icon="history")
    made.clicked.connect(lambda: show_versions(page))
    return made


def show_versions(page: Page) -> None:
    """Read the versions and show them in the page's drawer."""
    app = page.session.app

    def read(_: object) -> tuple[Version, ...]:
        from judgeapp.services.revision import versions

        return versions(app)

    def show(found: tuple[Version, ...]) -> None:
        view = VersionsView(page.texts, found)
        second = page.texts("gui.rules.versions.second", count=len(found))
        page.open_drawer(view, page.texts("gui.rules.versions.title"), second=second)

    page.session.run(read, show)


class VersionsView(QScrollArea):
    """The list; it takes the focus so that the keys scroll it."""

    def __init__(self, texts: Texts, found: tuple[Version, ...]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(texts("gui.rules.versions.title"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 10, 4)
        column.setSpacing(4)
        for place, version in enumerate(found):
            if place:
                column.addSpacing(6)
                column.addWidget(hairline())
                column.addSpacing(6)
            self._add(column, texts, version)
        column.addStretch(1)
        self.setWidget(inside)

    def _add(self, column: QVBoxLayout, texts: Texts, version: Version) -> None:
        from judgeapp.services.rule_words import say_change

        title = texts("gui.rules.version", number=version.number)
        column.addWidget(label(title, "strong", wrap=True))
        key = f"log.actor.{version.actor}"
        who = texts(key) if texts.has(key) else version.actor
        at = shown_moment(version.at)
        column.addWidget(label(texts("gui.rules.version.by", who=who, at=at), "small", "second"))
        if version.number == 1:
            column.addWidget(label(texts("gui.rules.version.first"), "body", wrap=True))
            return
        if version.reason:
            words = texts("gui.rules.version.why", reason=version.reason)
            column.addWidget(label(words, "body", wrap=True))
        for one in version.changes:
            column.addWidget(label(f"• {say_change(one, texts)}", "small", wrap=True))
