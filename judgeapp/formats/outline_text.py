"""What an outline holds, for the two forms in which the sample contest writes outlines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class OutlineText:
    """An outline: its topic, who wrote it, and its paragraphs in order.

    Attributes:
        heading: what kind of paper it is, such as the word for outline in capitals.
        title: the topic.
        byline: name and organisation, one line each.
    """

    heading: str
    title: str
    byline: Sequence[str]
    paragraphs: Sequence[str]

    def composed(self) -> OutlineText:
        """Return it with every text in NFC, the only form that is drawn well."""
        return OutlineText(
            _nfc(self.heading),
            _nfc(self.title),
            [_nfc(line) for line in self.byline],
            [_nfc(text) for text in self.paragraphs],
        )


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
