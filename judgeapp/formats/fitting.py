"""Making texts fit: a name or a phrase gets the size and the breaks that its width allows.

Words: the *floor* is the smallest size; below it nothing is squeezed or cut: there is no fit, and
the app asks. Sizes in pt, widths in mm of ink.
Source: the rules of certificates (names: one line, smaller, two lines, smaller, floor; phrases:
fewest lines, then the least uneven break at the best word).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from judgeapp.formats.typeset import POINT, Line, Style, shape
from judgeapp.system.paths import resources

SLACK = 0.8  # mm: widths are written as whole 1/1000 em and drift over a long line
_STEP = 0.25  # pt between sizes that are tried
_MAX_WORDS = 60


@dataclass(frozen=True)
class Sizes:
    """The sizes of one number of lines, in pt."""

    full: float
    floor: float


@dataclass(frozen=True)
class NameRule:
    """Sizes of a person's name, in pt.

    Attributes:
        one_line: share of ``full`` down to which one line is kept.
        two_lines: share of ``full`` that two lines have at most.
    """

    full: float
    floor: float
    one_line: float = 0.72
    two_lines: float = 0.68


def fit_name(
    name: str, style: Style, rule: NameRule, width: float, most: float = 1.0
) -> list[Line] | None:
    """Return a name in one or two lines, or None where even the floor is too wide.

    ``name`` is NFC without blanks at the ends; ``most`` is the share of the full sizes that may be
    used, where height is short.
    """
    room = width - SLACK
    one = _largest(name, style, rule.full * most, room)
    if one >= rule.full * min(rule.one_line, most):
        return [_line(name, style, one)]
    halves = _halves(name, style)
    if halves is not None:
        wide = max(halves, key=lambda half: _width(half, style))
        two = _largest(wide, style, rule.full * rule.two_lines * most, room)
        if two >= rule.floor and two > one * 0.9:
            return [_line(half, style, two) for half in halves]
    return [_line(name, style, one)] if one >= rule.floor else None


def _halves(name: str, style: Style) -> tuple[str, str] | None:
    """Split between words where the longer half is shortest; a given name never stands alone."""
    words = name.split(" ")
    least = 2 if len(words) >= 4 else 1
    splits = [
        (" ".join(words[:at]), " ".join(words[at:])) for at in range(least, len(words) - least + 1)
    ]
    if len(words) < 2 or not splits:
        return None
    return min(splits, key=lambda halves: max(_width(half, style) for half in halves))


def fit_phrase(
    text: str, style: Style, sizes: Sequence[Sizes], width: float, most: float = 1.0
) -> list[Line] | None:
    """Return a phrase in the fewest lines that its sizes allow, or None.

    A line feed in ``text`` (NFC) is a break that must be made; ``sizes`` are for one line, for two,
    …; ``most`` is the share of the way from floor to full size that may be used, 1 for all of it.
    """
    room = width - SLACK
    paragraphs = text.split("\n")
    for count, limits in enumerate(sizes, start=1):
        if count < len(paragraphs):
            continue
        lines = [text] if count == 1 else _best_break(paragraphs, count, style)
        if lines is None:
            continue
        full = limits.floor + (limits.full - limits.floor) * most
        size = min(_largest(line, style, full, room) for line in lines)
        if size >= limits.floor:
            return [_line(line, style, size) for line in lines]
    return None


def _best_break(paragraphs: Sequence[str], count: int, style: Style) -> list[str] | None:
    if len(paragraphs) == count:
        return list(paragraphs)
    if len(paragraphs) > 1:
        return None  # a hard break is enough; what is still too wide asks
    words = paragraphs[0].split(" ")
    if not count <= len(words) <= _MAX_WORDS:
        return None
    best: list[str] | None = None
    least = float("inf")
    for breaks in combinations(_break_places(words), count - 1):
        lines = list(_cut(words, breaks))
        widths = [_width(line, style) for line in lines]
        ragged = sum((1 - width / max(widths)) ** 2 for width in widths)
        cost = ragged + sum(_break_cost(words, at) for at in breaks)
        if cost < least:
            best, least = lines, cost
    return best


def _cut(words: Sequence[str], breaks: Sequence[int]) -> Iterator[str]:
    for start, end in zip((0, *breaks), (*breaks, len(words)), strict=True):
        yield " ".join(words[start:end])


def _break_places(words: Sequence[str]) -> list[int]:
    """Return where a line may end: not inside a group of words that belongs together."""
    folded = [_bare(word) for word in words]
    held: set[int] = set()
    for group in _words().together:
        for start in range(len(folded) - len(group) + 1):
            if tuple(folded[start : start + len(group)]) == group:
                held.update(range(start + 1, start + len(group)))
    return [at for at in range(1, len(words)) if at not in held]


def _break_cost(words: Sequence[str], at: int) -> float:
    """Return what a break before word ``at`` costs, beside the lines' raggedness."""
    if words[at - 1][-1:] in (",", ";"):
        return -0.06
    word = words[at]
    if word[:1].isupper() or _bare(word) in _words().openers or not word[:1].isalpha():
        return 0.0
    return 0.16


@dataclass(frozen=True)
class _BreakWords:
    openers: frozenset[str]
    together: tuple[tuple[str, ...], ...]


@cache
def _words() -> _BreakWords:
    text = (resources() / "certificates" / "line_breaks.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _BreakWords(
        frozenset(data["openers"]),
        tuple(tuple(group.casefold().split(" ")) for group in data["together"]),
    )


def _bare(word: str) -> str:
    return re.sub(r"[^\w/]+", "", word).casefold()


def _width(text: str, style: Style) -> float:
    ink = shape(text, style.font, style.tracking).ink
    return ink.right - ink.left


def _largest(text: str, style: Style, full: float, room: float) -> float:
    """Return the largest size up to ``full`` at which the ink is at most ``room`` mm wide."""
    em = _width(text, style)
    if em * full * POINT <= room:
        return full
    return int(room / (em * POINT) / _STEP) * _STEP


def _line(text: str, style: Style, size: float) -> Line:
    return Line(shape(text, style.font, style.tracking), size, style.colour)
