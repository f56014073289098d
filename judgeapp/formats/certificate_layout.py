"""What both certificates share: fields set in a font that has their letters, and the flow.

Words: a *field* is one text of the certificate; the *flow* is the stack of fields that differ from
page to page, from the address to the achievement. A field that cannot be set is a `Misfit`: it
says which field and why, before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from judgeapp.formats.fitting import NameRule, Sizes, fit_name, fit_phrase
from judgeapp.formats.fonts import FALLBACK, FALLBACK_BOLD, face_for, unprintable
from judgeapp.formats.stack import Item, Set, Sized, stack
from judgeapp.formats.typeset import Line, Row, Style, shape

Fields = Mapping[str, str]
Builder = Callable[[Fields, float], list[Item]]
_ATTEMPTS = 11


class Misfit(Exception):
    """A field that cannot be printed as it is.

    Attributes:
        field: which one.
        text: what it says.
        letters: what no font of ours can draw; empty where the text is too long for its place.
    """

    def __init__(self, field: str, text: str, letters: Sequence[str] = ()) -> None:
        super().__init__(field)
        self.field = field
        self.text = text
        self.letters = tuple(letters)


@dataclass(frozen=True)
class Block:
    """How a field of the flow is set.

    Attributes:
        sizes: for one line, two lines, …, in pt.
        gap: white above its first line beside the leading, natural and ``least``, in mm.
        inner: the same between its own lines.
    """

    field: str
    style: Style
    sizes: tuple[Sizes, ...]
    gap: float
    least: float = 0.0
    inner: float = 0.0


def style_for(field: str, text: str, style: Style) -> Style:
    """Return the style in the font that the whole text is set in.

    Raises:
        Misfit: if even the fallback lacks a letter.
    """
    bold = style.font.endswith(("Bold", "SemiBold"))
    fallback = FALLBACK_BOLD if bold else FALLBACK
    plain = text.replace("\n", "")
    found = face_for(plain, style.font, fallback)
    if found is None:
        raise Misfit(field, text, unprintable(plain, style.font, fallback))
    return replace(style, font=found.name)


def phrase(
    field: str, text: str, style: Style, sizes: Sequence[Sizes], width: float, most: float = 1.0
) -> list[Line]:
    """Set a field that is not a name, in as many lines as it needs and may have.

    Raises:
        Misfit: if a letter is missing, or the text is too long.
    """
    lines = fit_phrase(text, style_for(field, text, style), sizes, width, most)
    if lines is None:
        raise Misfit(field, text)
    return lines


def single(field: str, text: str, style: Style, size: float) -> Line:
    """Set a text of ours that always fits, in one line."""
    return Line(shape(text, style_for(field, text, style).font, style.tracking), size, style.colour)


def name_block(
    style: Style, rule: NameRule, width: float, place: Callable[[Line], Row], gap: float
) -> Builder:
    """Return how the bearer's name is set."""

    def build(words: Fields, most: float) -> list[Item]:
        text = words["name"]
        lines = fit_name(text, style_for("name", text, style), rule, width, 0.5 + most / 2)
        if lines is None:
            raise Misfit("name", text)
        return _items(lines, place, (gap, 0.5, 0.0), Sized("name", rule.full, rule.floor))

    return build


def phrase_block(block: Block, width: float, place: Callable[[Line], Row]) -> Builder:
    """Return how a field of the flow is set; an empty one takes no room."""

    def build(words: Fields, most: float) -> list[Item]:
        text = words[block.field]
        if not text:
            return []
        lines = phrase(block.field, text, block.style, block.sizes, width, most)
        sizes = block.sizes[len(lines) - 1]
        sized = Sized(block.field, sizes.full, sizes.floor)
        return _items(lines, place, (block.gap, block.least, block.inner), sized)

    return build


def _items(
    lines: Sequence[Line],
    place: Callable[[Line], Row],
    white: tuple[float, float, float],
    sized: Sized,
) -> list[Item]:
    """Return the rows of a field; ``white`` is its gap, natural and least, and the inner one."""
    gap, least, inner = white
    return [
        Item(place(line), gap if index == 0 else inner, least if index == 0 else 0.0, sized)
        for index, line in enumerate(lines)
    ]


def flow(
    words: Fields, builders: Sequence[Builder], top: float, bottom: float, above: float
) -> list[Set]:
    """Set all fields of the flow between ``top`` and ``bottom``, smaller where height is short.

    Raises:
        Misfit: of the field that cannot be set, or of the name where the stack is too high.
    """
    for attempt in range(_ATTEMPTS):
        most = 1 - attempt / (_ATTEMPTS - 1)
        items = [item for build in builders for item in build(words, most)]
        placed = stack(items, top, bottom, above)
        if placed is not None:
            return placed
    raise Misfit("name", words["name"])
