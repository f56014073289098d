"""Texts for people: gettext catalogues in Vietnamese and English, shared by all that speaks.

A text is asked for by its key (``people.import.written``) with parameters by name. The catalogue
of a language is all ``*.po`` files in its folder, one for each feature, compiled when the app is
installed. A `Decimal` or `Fraction` is written as that language writes numbers: 8,25 or 8.25.
"""

from __future__ import annotations

import gettext
import string
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.numbers import fixed, shortest
from judgeapp.system.paths import resources


class _Formatter(string.Formatter):
    def __init__(self, comma: str) -> None:
        self.comma = comma

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Decimal | Fraction):
            exact = Fraction(value)
            text = fixed(exact, int(format_spec)) if format_spec else shortest(exact)
            return text.replace(".", self.comma)
        return str(super().format_field(value, format_spec))


class Texts:
    """The catalogue of one language.

    In the window a text ``key.window`` stands in for ``key``: there people press buttons where on
    a terminal they type calls.
    """

    def __init__(self, language: str, *, in_window: bool = False) -> None:
        self.language = language
        self._in_window = in_window
        self._catalogue = gettext.NullTranslations()
        for path in sorted((resources() / "texts" / language).glob("*.mo")):
            with path.open("rb") as file:
                part = gettext.GNUTranslations(file)
            part.add_fallback(self._catalogue)
            self._catalogue = part
        self._found: dict[str, str] = {}  # a screen asks for the same texts at each key
        self._formatter = _Formatter("," if language == "vi" else ".")

    def _find(self, key: str) -> str:
        found = self._found.get(key)
        if found is None:
            found = self._catalogue.gettext(key)
            if self._in_window:
                own = f"{key}.window"
                said = self._catalogue.gettext(own)
                found = found if said == own else said
            self._found[key] = found
        return found

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has a text for ``key``."""
        return self._find(key) != key

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the text of ``key`` with its parameters filled in.

        Raises:
            KeyError: if the text wants a parameter that was not given.
        """
        text = self._find(key)
        return self._formatter.vformat(text, (), params) if params or "{" in text else text

    def number(self, value: Decimal | Fraction, places: int | None = None) -> str:
        """Write a number for people; with ``places`` exactly so many decimals, half up."""
        return self._formatter.format_field(value, "" if places is None else str(places))

    def error(self, error: JudgeError) -> str:
        """Return the one sentence (or two) that says what happened and what to do."""
        params = {"file": error.file or "", "place": error.place or "", **error.params}
        return self(f"error.{error.code}", **params)


@cache
def load_texts(language: str, *, in_window: bool = False) -> Texts:
    """Return the catalogue of ``vi`` or ``en``, as a terminal or as the window says it."""
    return Texts(language, in_window=in_window)
