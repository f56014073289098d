"""Expected failures: a code, parameters and the place; the words for people are in the catalogue.

A `JudgeError` is something a person can act on. Anything else that is raised is a bug.
The text of an error is the catalogue entry ``error.<code>`` and takes the parameters by name.
"""

from __future__ import annotations

from collections.abc import Sequence


class JudgeError(Exception):
    """Something that was refused or failed as expected.

    Attributes:
        code: dotted name such as ``people.no_header``; the first word is the feature's stem.
        params: values for the text, by name (no points and names in the log: see style).
        file: the file it is about, as the person knows it, or None.
        place: where in it (row, cell, line, member), or None.
    """

    def __init__(
        self, code: str, *, file: str | None = None, place: str | None = None, **params: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.file = file
        self.place = place
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} file={self.file!r} place={self.place!r} {self.params!r}"


class BadInput(JudgeError):
    """A file or value from outside is not what it should be; nothing was written."""


class BadRows(BadInput):
    """Rows of a table were refused; nothing of the table was taken.

    Attributes:
        rows: why each was refused; its place is the row's number.
    """

    def __init__(self, code: str, rows: Sequence[BadInput], *, file: str, **params: object) -> None:
        super().__init__(code, file=file, place=rows[0].place, **params)
        self.rows = tuple(rows)
