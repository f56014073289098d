"""A doubt in words: where it is, what stands there, what would be written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from judgeapp.domain.numbers import is_plain_decimal

if TYPE_CHECKING:
    from judgeapp.domain.doubts import Doubt
    from judgeapp.system.texts import Texts


def message_of(doubt: Doubt, texts: Texts) -> str:
    """Return the sentence of a doubt, with its place in front."""
    sentence = sentence_of(doubt, texts)
    if doubt.row is None:
        return sentence
    return texts("people.at", place=place_of(doubt.sheet, doubt.row, texts), message=sentence)


def sentence_of(doubt: Doubt, texts: Texts) -> str:
    """Return the sentence of a doubt without its place."""
    field = texts(f"people.field.{doubt.field}") if doubt.field else ""
    nothing = texts("people.blank")
    sentence = texts(
        f"people.doubt.{_key(doubt)}",
        field=field,
        before=_shown(doubt, doubt.before) or nothing,
        after=_shown(doubt, doubt.after) or nothing,
        about=doubt.about or nothing,
        rows=_rows(doubt, texts),
    )
    return sentence[:1].upper() + sentence[1:]


def _key(doubt: Doubt) -> str:
    """Return the key of the sentence: the code, and what was decided about hidden rows."""
    if doubt.code == "hidden_row" and doubt.after is not None:
        return f"hidden_row_{doubt.after}"
    return doubt.code


def _shown(doubt: Doubt, value: str | None) -> object:
    """Return a value as people write it: points with a comma, dates with the day first."""
    if value is None:
        return None
    if doubt.field == "score" and is_plain_decimal(value):
        return Decimal(value)
    if doubt.field == "birth" and value != doubt.before:
        return "/".join(reversed(value.split("-"))) if value[:4].isdecimal() else value
    return value


def place_of(sheet: str | None, row: int | str, texts: Texts) -> str:
    """Return where a row is, with its sheet if it has one."""
    if sheet is None:
        return texts("people.place.row", row=row)
    return texts("people.place.sheet_row", sheet=sheet, row=row)


def _rows(doubt: Doubt, texts: Texts) -> str:
    rows = ", ".join(str(row) for row in doubt.other_rows)
    if doubt.other_sheet is not None:
        return texts("people.place.sheet_rows", sheet=doubt.other_sheet, rows=rows)
    return texts("people.place.rows", rows=rows)
