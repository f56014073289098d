"""Vietnamese names and words: canonical form, comparing, and the order of the alphabet.

Words: *tone placement* is the choice between hoà and hòa, both in use and both right; names are
stored as they were typed (in NFC) and only compared without regard to it. Diacritics tell people
apart (Mẩy is not Mây): keys without them make proposals, never matches.
Not checked: whether a name is spelled as its bearer spells it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: index for index, letter in enumerate(_ALPHABET, start=1)}
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F),
     *range(0x2066, 0x206A)]
)  # fmt: skip
_WORD = re.compile(r"\w+", re.UNICODE)


def nfc(text: str) -> str:
    """Return the composed form (NFC), the only one that is stored, compared and drawn."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return NFC without invisible characters, every run of blanks one space, none at the ends."""
    return " ".join(nfc(text).translate(_INVISIBLE).split())


def _split_tone(text: str) -> tuple[str, int]:
    """Return the text without its tone marks (shaped vowels kept) and the last tone's number."""
    tone = 0
    kept = []
    for char in unicodedata.normalize("NFD", text):
        if char in _TONES:
            tone = _TONES[char]
        else:
            kept.append(char)
    return nfc("".join(kept)), tone


def match_key(text: str) -> str:
    """Return a key that is equal for spellings of the same words: case, blanks, tone placement.

    >>> match_key("Lường  Văn HOÀ") == match_key("lường văn hòa")
    True
    >>> match_key("Mẩy") == match_key("Mây")
    False
    """
    words = []
    for word in clean(text).casefold().split():
        letters, tone = _split_tone(word)
        words.append(f"{letters}{tone}" if tone else letters)
    return " ".join(words)


def bare_key(text: str) -> str:
    """Return lower-case words without diacritics and punctuation: for proposals, never for matches.

    >>> bare_key("Đặng Kim-Ngân")
    'dang kim ngan'
    """
    folded = clean(text).casefold().replace("đ", "d").replace("ð", "d").replace("ƀ", "b")
    stripped = "".join(
        c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c)
    )
    return " ".join(_WORD.findall(stripped.replace("_", " ")))


@lru_cache(maxsize=65536)
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for char in nfc(word).casefold():
        base, tone = _split_tone(char)
        for letter in base:
            letters.append(_LETTER_ORDER.get(letter) or 1000 + ord(letter))
            tones.append(tone)
    return tuple(letters), tuple(tones)


SortKey = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def sort_key(name: str) -> SortKey:
    """Return the order key of a person's name: given name first, then middle, then family name.

    Letters of a whole word decide before its tones (none, huyền, hỏi, ngã, sắc, nặng), as in the
    Unicode collation for Vietnamese. Source: CLDR vi; compared with ICU in the tests.

    >>> sorted(["Lê Ước", "Lê Đào", "Lê Ánh", "Lê An"], key=sort_key)
    ['Lê An', 'Lê Ánh', 'Lê Đào', 'Lê Ước']
    """
    words = clean(name).split()
    ordered = [*words[-1:], *words[1:-1], *words[:1]] if len(words) > 1 else words
    return tuple(_word_key(word) for word in ordered)


def text_key(text: str) -> SortKey:
    """Return the order key of a title or an organisation's name: word by word from the left."""
    return tuple(_word_key(word) for word in clean(text).split())
