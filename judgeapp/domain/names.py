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
_LETTER_ORDER = {letter: 100 + index for index, letter in enumerate(_ALPHABET)}
# Letters of other languages of the country that do not decompose, as the letter they stand beside.
_BARRED = {"ƀ": "b", "ð": "d", "ł": "l", "ø": "o", "ɨ": "i", "ŧ": "t"}
_AFTER_ALL_LETTERS, _OTHER_MARK = 1000, 10
# Format and control characters: never part of a name, invisible, and in the way of comparing.
_INVISIBLE = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x1C), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), 0xAD, 0x034F,
     0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
     *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF9, 0xFFFC)]
)  # fmt: skip
_WORD = re.compile(r"\w+", re.UNICODE)


def nfc(text: str) -> str:
    """Return the composed form (NFC), the only one that is stored, compared and drawn."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return NFC without invisible characters, every run of blanks one space, none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(nfc(text.translate(_INVISIBLE)).split())


@lru_cache(maxsize=65536)
def _word_match_key(word: str) -> str:
    """Return a word of small letters with each syllable's tones moved behind the syllable."""
    kept: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tones.append(str(_TONES[char]))
            continue
        if not (char.isalpha() or unicodedata.combining(char)):
            kept += tones
            tones.clear()
        kept.append(char)
    return nfc("".join(kept + tones))


def match_key(text: str) -> str:
    """Return a key that is equal for spellings of the same words: case, blanks, tone placement.

    >>> match_key("Lường  Văn HOÀ") == match_key("lường văn hòa")
    True
    >>> match_key("Mẩy") == match_key("Mây")
    False
    """
    return " ".join(_word_match_key(word) for word in clean(text).casefold().split())


@lru_cache(maxsize=65536)
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
    """Return a word's letters, which decide first, and the marks on them, which decide then."""
    weights = [_letter_weight(char) for char in nfc(word).casefold()]
    return tuple(letter for letter, _ in weights), tuple(mark for _, mark in weights)


def _letter_weight(char: str) -> tuple[int, int]:
    tone = 0
    kept = []
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        else:
            kept.append(part)
    letter = nfc("".join(kept))
    if letter in _LETTER_ORDER:
        return _LETTER_ORDER[letter], tone
    base = _BARRED.get(letter, kept[0] if kept else "")
    if base in _LETTER_ORDER:  # ŏ stands beside o, as in the Unicode collation
        return _LETTER_ORDER[base], _OTHER_MARK + ord(letter[-1])
    if base.isdigit():
        return unicodedata.digit(base), 0
    if base.isalpha():
        return _AFTER_ALL_LETTERS + ord(base), 0
    return (ord(char) - 0x110000, 0)  # signs before digits before letters


SortKey = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def sort_key(name: str, *, middle_first: bool = False) -> SortKey:
    """Return the order key of a person's name: given name first, then family, then middle name.

    Args:
        name: a full name as it is stored.
        middle_first: compare the middle name before the family name, as some offices list.

    Letters of a whole word decide before its tones (none, huyền, hỏi, ngã, sắc, nặng), as in the
    Unicode collation for Vietnamese; each word is settled before the next one is looked at.
    Source: CLDR vi; compared with ICU in the tests. Both orders are in use (contest-rules.md 5).

    >>> sorted(["Lê Ước", "Lê Đào", "Lê Ánh", "Lê An"], key=sort_key)
    ['Lê An', 'Lê Ánh', 'Lê Đào', 'Lê Ước']
    """
    words = clean(name).split()
    rest = [*words[1:-1], *words[:1]] if middle_first and len(words) > 1 else words[:-1]
    return tuple(_word_key(word) for word in [*words[-1:], *rest])


def text_key(text: str) -> SortKey:
    """Return the order key of a title or an organisation's name: word by word from the left."""
    return tuple(_word_key(word) for word in clean(text).split())
