"""What a person types about a contestant, read as the same field of a list is read.

A list is read with doubts, because its author is far away; who types is asked at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from judgeapp.domain.birth import read_birth
from judgeapp.domain.cells import Cell, text_cell
from judgeapp.domain.doubts import ASKED, Reading
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.names import clean
from judgeapp.domain.phone import read_phone
from judgeapp.domain.readings import read_email, read_gender, read_name, read_text

# Fields of a contestant that can be edited; the number is not one, and nor is having withdrawn.
EDITABLE = ("name", "birth", "gender", "unit", "position", "topic", "phone", "email", "note",
            "group")  # fmt: skip


def read_typed(field: str, text: str, today: dt.date) -> str | None:
    """Return the value of a field as it is stored, or None for nothing.

    Args:
        field: one of `EDITABLE`.
        text: as typed.
        today: no birth is after it.

    Raises:
        JudgeError: ``people.unknown_field``, ``people.typed_name``, ``people.typed_birth``,
            ``people.typed_gender``, ``people.typed_phone``, ``people.typed_email``.
    """
    if field not in EDITABLE:
        raise JudgeError("people.unknown_field", place=field, fields=", ".join(EDITABLE))
    typed = clean(text)
    if field == "name":
        reading = read_name((text_cell(typed),))
        if reading.value is None or not any(char.isalpha() for char in reading.value):
            raise JudgeError("people.typed_name", place=typed)
        return reading.value
    if not typed:
        return None
    readers: dict[str, Callable[[Cell], Reading]] = {
        "birth": lambda cell: read_birth(cell, today),
        "gender": read_gender,
        "phone": read_phone,
        "email": read_email,
    }
    reader = readers.get(field)
    if reader is None:
        return read_text(text_cell(typed)).value
    reading = reader(text_cell(typed))
    if reading.value is None or any(found.code in ASKED for found in reading.findings):
        if field == "birth":
            raise JudgeError("people.typed_birth", place=typed)
        if field == "gender":
            raise JudgeError("people.typed_gender", place=typed)
        raise JudgeError(
            "people.typed_phone" if field == "phone" else "people.typed_email", place=typed
        )
    return reading.value
