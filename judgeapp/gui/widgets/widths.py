"""How the columns of a table share the width there is."""

from __future__ import annotations

from typing import NamedTuple


class Wish(NamedTuple):
    """The widths that a column can do with: at the least, usually, and with all in one line."""

    least: int
    usual: int
    full: int
    bar: bool


def share(wishes: list[Wish], stretching: list[int], room: int) -> list[int]:
    """Return widths that fill ``room``: columns grow to their content, then those that stretch do.

    Where room lacks, bars shrink first, then all that wrap give way in proportion.
    """
    widths = [wish.usual for wish in wishes]
    left = room - sum(widths)
    if left >= 0:
        _spread(widths, {n: wish.full - wish.usual for n, wish in enumerate(wishes)}, left)
        left = room - sum(widths)
        for place, number in enumerate(stretching):
            widths[number] += left // len(stretching) + (place < left % len(stretching))
        return widths
    for bars in (True, False):
        gives = {n: w.usual - w.least for n, w in enumerate(wishes) if w.bar is bars}
        _spread(widths, gives, room - sum(widths))
    return widths


def _spread(widths: list[int], most: dict[int, int], change: int) -> None:
    """Add ``change`` to some widths, or take it away, in proportion to the most each may change."""
    total = sum(most.values())
    if not total or not change:
        return
    sign, amount = (1, min(change, total)) if change > 0 else (-1, min(-change, total))
    for number, part in most.items():
        widths[number] += sign * (amount * part // total)
    # What integers leave over goes where there is still room, a pixel each.
    over = amount - sum(amount * part // total for part in most.values())
    for number, part in most.items():
        if over and amount * part // total < part:
            widths[number] += sign
            over -= 1
