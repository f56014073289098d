"""Reads the catalogues as they were written, for the tests of the texts."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache

from babel.messages.pofile import read_po

from tests.arch.source import ROOT

LANGUAGES = ("vi", "en")
TEXTS = ROOT / "resources" / "texts"


@dataclass(frozen=True)
class Entry:
    """One text of one language."""

    file: str
    key: str
    text: str

    @property
    def params(self) -> frozenset[str]:
        """Names of the parameters that the text wants."""
        fields = (field for _, field, _, _ in string.Formatter().parse(self.text))
        return frozenset(re.split(r"[.\[]", field)[0] for field in fields if field is not None)


def entries(language: str) -> list[Entry]:
    """Return all texts of a language, repeated keys included."""
    found = []
    for path in sorted((TEXTS / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        found += [Entry(path.name, str(m.id), str(m.string)) for m in catalogue if m.id]
    return found


def keys_as_written(language: str) -> list[str]:
    """Return each key as often as it stands in the files of a language."""
    return [
        key
        for path in sorted((TEXTS / language).glob("*.po"))
        for key in re.findall(r'^msgid "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


@cache
def texts(language: str) -> dict[str, Entry]:
    """Return the texts of a language by key."""
    return {entry.key: entry for entry in entries(language)}
