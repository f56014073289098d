"""Labels by role, and the small building blocks every page is laid out with."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

TEXT_COLUMN = 720


def label(text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in a role of `TYPE` and a tone of the style sheet.

    The text is plain, never markup; room above it keeps stacked capitals (Ẫ, Ồ) whole.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setContentsMargins(0, 2, 0, 0)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(1)
        policy = made.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        made.setSizePolicy(policy)
    return made


def breakable(path: str) -> str:
    """Return a path with places at which it may be broken, to be shown in a label that wraps."""
    return re.sub(r"([/\\\\_])", "\\1\u200b", path)


def set_tone(widget: QWidget, tone: str, name: str = "tone") -> None:
    """Change a dynamic property that the style sheet looks at, and show it at once."""
    if (widget.property(name) or "") == tone:
        return
    widget.setProperty(name, tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def frame(name: str) -> QFrame:
    """Return a frame that the style sheet knows by name: ``card``, ``sunken``, ``bar``, …."""
    made = QFrame()
    made.setObjectName(name)
    return made


def hairline() -> QFrame:
    """Return a thin line between things."""
    return frame("hairline")


def card(margin: int = 16) -> tuple[QFrame, QVBoxLayout]:
    """Return a card and the column inside it."""
    made = frame("card")
    column = QVBoxLayout(made)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(8)
    return made, column


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
