"""Looks at a window as a person with good eyes would, and says what is wrong with it.

`look` returns faults in words: cut or covered words, words over words, letters that the font lacks,
words in the wrong language, controls without a name or a role, too little contrast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from unicodedata import category

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.scroller import Scroller
from tests.gui.painted import Picture, Run, hides, painted

NEAR = 1.0  # pixels by which ink may miss its box: bounds of ink are whole pixels
TEXT_CONTRAST, SIGN_CONTRAST = 4.5, 3.0
MOST_STOPS = 400
_NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)


@dataclass
class Seen:
    """Everything that a window paints and that is in view."""

    window: QWidget
    widgets: list[QWidget] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def see(window: QWidget) -> Seen:
    """Look at a window."""
    seen = Seen(window)
    for widget in (window, *window.findChildren(QWidget)):
        if widget.window() is window and widget.isVisible() and widget.width() and widget.height():
            seen.widgets.append(widget)
            runs, pictures = painted(widget)
            seen.runs += runs
            seen.pictures += pictures
    return seen


def named(widget: QWidget) -> str:
    """Return the way to a widget, such as ``Page/QFrame#card/QLabel``."""
    parts: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(parts) < 4:
        parts.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = at.parentWidget()
    return "/".join(reversed(parts))


def blue(seen: Seen) -> Iterator[str]:
    """Find main buttons where there are several: at most one thing is the next to do."""
    main = [w for w in seen.widgets if isinstance(w, Button) and w.leads and w.isEnabled()]
    if len(main) > 1:
        yield "several main buttons: " + ", ".join(f"“{b.text()}” in {named(b)}" for b in main)


# Cut and covered.


def _scrolls(area: QAbstractScrollArea) -> tuple[bool, bool]:
    """Return whether a person can scroll sideways and downward; heads scroll with their table."""
    table = area.parentWidget()
    if isinstance(area, QHeaderView) and isinstance(table, QAbstractScrollArea):
        return _scrolls(table)

    def can(bar: QScrollBar, policy: Qt.ScrollBarPolicy) -> bool:
        return bar.maximum() > bar.minimum() and policy != Qt.ScrollBarPolicy.ScrollBarAlwaysOff

    return (
        can(area.horizontalScrollBar(), area.horizontalScrollBarPolicy()),
        can(area.verticalScrollBar(), area.verticalScrollBarPolicy()),
    )


def cut_by(widget: QWidget, box: QRectF) -> QWidget | None:
    """Return the widget that cuts a box off, where no scrolling brings it into view."""
    at: QWidget | None = widget
    while at is not None:
        parent = at.parentWidget()
        room = QRectF(at.rect()).adjusted(-NEAR, -NEAR, NEAR, NEAR)
        beside = box.left() < room.left() or box.right() > room.right()
        above = box.top() < room.top() or box.bottom() > room.bottom()
        if isinstance(parent, QAbstractScrollArea) and parent.viewport() is at:
            sideways, downward = _scrolls(parent)
            if (beside and not sideways) or (above and not downward):
                return at
            if beside or above:
                return None
        elif beside or above:
            return at
        if at.isWindow():
            return None
        box = box.translated(at.pos())
        at = parent
    return None


def in_view(widget: QWidget, box: QRectF) -> QRect:
    """Return the part of a box that can be seen now, in the window's pixels."""
    shown = box.toAlignedRect()
    at = widget
    while True:
        shown = shown.intersected(at.rect())
        if at.isWindow():
            return shown
        shown = shown.translated(at.pos())
        parent = at.parentWidget()
        assert parent is not None
        at = parent


def covered_by(seen: Seen, widget: QWidget, shown: QRect) -> QWidget | None:
    """Return what lies over the middle of a box and hides it, if anything does."""
    window, place = seen.window, shown.center()
    at: QWidget | None = window.childAt(place)
    while at is not None and at is not widget and not at.isAncestorOf(widget):
        if hides(at, at.mapFrom(window, place)):
            return at
        at = at.parentWidget()
    return None


def cut(seen: Seen) -> Iterator[str]:
    """Find words that are not whole, and controls that cannot be brought into view."""
    for run in seen.runs:
        where = f"“{run.text}” in {named(run.widget)}"
        typed = isinstance(run.widget, QLineEdit) and bool(run.widget.text())
        if run.clip is not None and not typed and not _holds(run.clip, run.box):
            if not isinstance(run.widget.parentWidget(), QAbstractScrollArea):
                yield f"cut by {_by(run.clip, run.box)}: {where}"
                continue
            # A view's cells are cut by its edge too: only what no scrolling mends is a fault.
            if not _holds(QRectF(run.widget.rect()) & run.clip, run.box & run.widget.rect()):
                yield f"cut by {_by(run.clip, run.box)}: {where}"
                continue
        cutter = None if typed else cut_by(run.widget, run.box)
        if cutter is not None:
            yield f"cut by the edge of {named(cutter)}: {where}"
    for widget in seen.widgets:
        if takes_focus(widget):
            cutter = cut_by(widget, QRectF(widget.rect()))
            if cutter is not None:
                yield f"a control is cut by {named(cutter)}: {named(widget)} {name_of(widget)}"


def wider_than_window(seen: Seen) -> Iterator[str]:
    """Find pages and drawers that must be scrolled sideways; tables and grids in them may."""
    for widget in seen.widgets:
        if isinstance(widget, Scroller) and widget.horizontalScrollBar().maximum() > 0:
            much = widget.horizontalScrollBar().maximum()
            yield f"{much} px wider than there is room: {named(widget)}"


def _holds(room: QRectF, box: QRectF) -> bool:
    return room.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(box) or box.isEmpty()


def _by(room: QRectF, box: QRectF) -> str:
    beside = max(room.left() - box.left(), box.right() - room.right(), 0)
    above = max(room.top() - box.top(), box.bottom() - room.bottom(), 0)
    return f"{beside:.0f} px beside, {above:.0f} px above or below"


def elided(seen: Seen, whole: frozenset[str]) -> Iterator[str]:
    """Find words that end in … though none of the ``whole`` texts does so there.

    A control that is read aloud in full and shows the rest beside its name may shorten it.
    """
    for run in seen.runs:
        said = run.text.removesuffix("…") in name_of(run.widget) and takes_focus(run.widget)
        if run.text.endswith("…") and not said and not any(run.text in text for text in whole):
            yield f"elided: “{run.text}” in {named(run.widget)}"


def overlapping(seen: Seen) -> Iterator[str]:
    """Find words that are painted over other words."""
    shown = []
    for run in seen.runs:
        box = in_view(run.widget, run.box)
        if not box.isEmpty() and covered_by(seen, run.widget, box) is None:
            shown.append((box.adjusted(1, 1, -1, -1), run))
    shown.sort(key=lambda item: item[0].top())
    for number, (box, run) in enumerate(shown):
        for other, second in shown[number + 1 :]:
            if other.top() > box.bottom():
                break
            both = box.intersected(other)
            twice = run.widget is second.widget and run.text == second.text  # a selection
            large = both.width() > 1 and both.height() > 2 and not twice
            if large and _both_on_top(seen, run, second, both):
                yield f"“{run.text}” over “{second.text}” in {named(run.widget)}"


def _both_on_top(seen: Seen, one: Run, other: Run, place: QRect) -> bool:
    return not (covered_by(seen, one.widget, place) or covered_by(seen, other.widget, place))


# Letters and languages.


@cache
def _raw(key: str) -> QRawFont:
    font = QFont()
    font.fromString(key)
    return QRawFont.fromFont(font)


def missing_letters(seen: Seen) -> Iterator[str]:
    """Find letters that the font lacks and another font would be asked for."""
    for run in seen.runs:
        raw = _raw(run.font.key())
        letters = {c for c in run.text if not c.isspace() and category(c) != "Cf"}
        lacking = {c for c in letters if not raw.supportsCharacter(ord(c))}
        if lacking:
            yield f"{run.font.family()} lacks {sorted(lacking)}: “{run.text}”"


# Controls.


def takes_focus(widget: QWidget) -> bool:
    """Tell whether Tab can stop at a widget."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    )


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip() if found is not None else ""


def nameless(seen: Seen) -> Iterator[str]:
    """Find controls of which a screen reader can say neither what nor which they are."""
    for widget in seen.widgets:
        if not takes_focus(widget) or isinstance(widget.parentWidget(), QComboBox):
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        plain = isinstance(widget, QScrollArea)  # it scrolls with the arrows and is no more
        if found is None or (found.role() in _NO_ROLE and not plain):
            role = found.role().name if found is not None else "none"
            yield f"role {role}: {named(widget)} {name_of(widget)}"
        if not name_of(widget):
            yield f"no name: {named(widget)}"


def hover_only(seen: Seen) -> Iterator[str]:
    """Find words that only the pointer brings up: tips on what the keyboard does not reach."""
    said = " ".join(run.text for run in seen.runs)
    said += " ".join(name_of(widget) for widget in seen.widgets)
    said = said.replace("\u200b", "")  # places at which a path may be broken
    for widget in seen.widgets:
        tip = widget.toolTip()
        if tip and not takes_focus(widget) and tip not in said:
            yield f"only the pointer shows “{tip}” of {named(widget)}"


# Contrast.


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG counts it, 1 to 21."""
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pixels_of(widget: QWidget) -> NDArray[np.uint32]:
    """Return the colours of all pixels of a widget, rows first."""
    return _pixels(widget.grab().toImage())


def _pixels(image: QImage) -> NDArray[np.uint32]:
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(whole.constBits(), dtype=np.uint32).copy()
    grid = flat.reshape(whole.height(), whole.bytesPerLine() // 4)
    return grid & np.uint32(0xFFFFFF)


def _ground(pixels: NDArray[np.uint32], box: QRect) -> tuple[QColor, NDArray[np.uint32]]:
    part = pixels[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
    values, counts = np.unique(part, return_counts=True)
    return QColor(int(values[counts.argmax()])), values


def _over(ink: QColor, ground: QColor) -> QColor:
    share = ink.alphaF()
    pairs = ((ink.redF(), ground.redF()), (ink.greenF(), ground.greenF()),
             (ink.blueF(), ground.blueF()))  # fmt: skip
    return QColor.fromRgbF(*(above * share + below * (1 - share) for above, below in pairs))


def pale(seen: Seen) -> Iterator[str]:
    """Find words and signs that stand out too little from what is painted behind them."""
    window = seen.window
    pixels = pixels_of(window)
    for run in seen.runs:
        box = in_view(run.widget, run.box) & window.rect()
        if box.width() < 3 or box.height() < 3 or covered_by(seen, run.widget, box):
            continue
        if isinstance(run.widget, QLineEdit) and run.widget.hasSelectedText():
            continue  # painted twice, in both colours
        ground, _ = _ground(pixels, box.adjusted(-2, -2, 2, 2) & window.rect())
        found = contrast(_over(run.ink, ground), ground)
        if found < TEXT_CONTRAST - 0.05:
            yield (
                f"{found:.1f}: “{run.text}” {run.ink.name()} on {ground.name()}"
                f" in {named(run.widget)}"
            )
    for picture in seen.pictures:
        side = max(picture.box.width(), picture.box.height())
        box = in_view(picture.widget, picture.box) & window.rect()
        whole = box.width() > side - 2 and box.height() > side - 2
        if not 10 <= side <= 48 or not whole or covered_by(seen, picture.widget, box):
            continue
        ground, colours = _ground(pixels, box)
        best = max((contrast(QColor(int(c)), ground) for c in colours), default=1.0)
        if best < SIGN_CONTRAST - 0.05:
            yield f"{best:.1f}: a sign on {ground.name()} in {named(picture.widget)}"
    yield from _pale_edges(seen, pixels)


def _pale_edges(seen: Seen, pixels: NDArray[np.uint32]) -> Iterator[str]:
    window = seen.window
    for widget in seen.widgets:
        if not isinstance(widget, QLineEdit | QComboBox | Button) or not widget.isEnabled():
            continue
        if isinstance(widget, Button) and widget.kind != "plain":
            continue
        corner = widget.mapTo(window, QPoint(0, widget.height() // 2))
        if not in_view(widget, QRectF(widget.rect())).contains(corner):
            continue
        if not window.rect().contains(corner - QPoint(2, 0)) or widget.hasFocus():
            continue
        if not window.rect().contains(corner + QPoint(4, 0)) or covered_by(
            seen, widget, QRect(corner + QPoint(4, -1), corner + QPoint(6, 1))
        ):
            continue
        beside = QColor(int(pixels[corner.y(), corner.x() - 2]))
        below = widget.mapTo(window, QPoint(widget.width() // 2, widget.height() - 1))
        edges = [QColor(int(pixels[corner.y(), corner.x() + step])) for step in (0, 1)]
        edges.append(QColor(int(pixels[min(below.y(), window.height() - 1), below.x()])))
        best = max(contrast(edge, beside) for edge in edges)
        if best < SIGN_CONTRAST - 0.1:
            yield f"{best:.1f}: the edge of {named(widget)} on {beside.name()}"


# The keyboard's way.


def walked_by_tab(window: QWidget) -> list[QWidget]:
    """Return where Tab stops in a window, in its order, pressing it until it comes round."""
    found: list[QWidget] = []
    while len(found) < MOST_STOPS:
        at = window.focusWidget()
        if at in found:
            return found[found.index(at) :]
        if at is not None:
            found.append(at)
        QTest.keyClick(at or window, Qt.Key.Key_Tab)
    return found


def by_keyboard(seen: Seen) -> Iterator[str]:
    """Find controls that Tab does not reach, and places where it goes back up or to the left."""
    window = seen.window
    order = walked_by_tab(window)
    reached = {stop for widget in order for stop in (widget, widget.parentWidget())}
    for widget in seen.widgets:
        if takes_focus(widget) and widget not in reached:
            yield f"Tab does not reach {named(widget)} {name_of(widget)!r}"
    back = [(one, other) for one, other in pairwise([*order, *order[:1]]) if _goes_back(one, other)]
    if len(back) > 1:  # once round it begins again
        for one, other in back:
            ways = f"{named(one)} {name_of(one)!r} to {named(other)} {name_of(other)!r}"
            yield f"Tab goes back from {ways}"


def _goes_back(one: QWidget, other: QWidget) -> bool:
    first, second = _branches(one, other)
    if first is None or second is None:
        return False
    above = second.bottom() <= first.top()
    beside = second.top() < first.bottom() and second.bottom() > first.top()
    return above or (beside and second.right() <= first.left())


def _branches(one: QWidget, other: QWidget) -> tuple[QRect | None, QRect | None]:
    """Return the places of the two branches of their common ancestor that hold two widgets."""
    above = [one]
    while (parent := above[-1].parentWidget()) is not None and not above[-1].isWindow():
        above.append(parent)
    at = other
    while at not in above:
        parent = at.parentWidget()
        if parent is None:
            return None, None
        if parent in above:
            index = above.index(parent)
            return (above[index - 1].geometry() if index else None), at.geometry()
        at = parent
    return None, None
