"""Tab goes in reading order: as things stand in their layouts, not in the order they were made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QLayout,
    QScrollArea,
    QWidget,
)


def stops(root: QWidget) -> list[QWidget]:
    """Return where Tab stops inside a widget, in reading order."""
    return [widget for widget in _walk(root) if _takes_tab(widget)]


def move(root: QWidget, *, forward: bool) -> bool:
    """Put the focus on the next stop, or the one before; return False where there is none."""
    order = stops(root)
    if not order:
        return False
    at = _stop_of(root.focusWidget(), order)
    step = 1 if forward else -1
    number = (at + step) % len(order) if at is not None else (0 if forward else -1)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[number].setFocus(reason)
    _bring_into_view(order[number])
    return True


def _bring_into_view(widget: QWidget) -> None:
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget, 8, 8)
        at = at.parentWidget()


def _stop_of(widget: QWidget | None, order: list[QWidget]) -> int | None:
    """Return the number of the stop that has the focus, or holds what has it."""
    while widget is not None:
        if widget in order:
            return order.index(widget)
        widget = widget.parentWidget()
    return None


def _takes_tab(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.focusProxy() is None
    )


def _walk(widget: QWidget) -> Iterator[QWidget]:
    """Return a widget and what can be seen in it, in reading order."""
    if not widget.isVisible():
        return
    yield widget
    if isinstance(widget, QAbstractItemView):
        return
    layout = widget.layout()
    laid = list(_items(layout)) if layout is not None else []
    others = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not child.isWindow() and child not in laid
    ]
    others.sort(key=lambda child: (child.y(), child.x()))
    for child in (*laid, *others):
        yield from _walk(child)


def _items(layout: QLayout) -> Iterator[QWidget]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=lambda number: layout.getItemPosition(number)[:2])  # type: ignore[index]
    for number in numbers:
        item = layout.itemAt(number)
        assert item is not None
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _items(inner)
        elif widget is not None:
            yield widget
