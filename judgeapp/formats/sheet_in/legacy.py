"""Letters from before Unicode: found by a cell's font, by bytes, or by what text looks like.

Words: in *TCVN3* (fonts .VnTime, .VnArial …) and *VNI-Windows* (fonts VNI-Times …) the codes of
Western letters and signs stand for Vietnamese letters; *windows-1258* writes tones as loose marks.
Such text is told apart from Unicode, never repaired here: the soft hyphen is a letter (ư) in TCVN3,
so nothing may be cleaned before it is converted.
Not checked: which words the letters make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

TCVN3, VNI, WINDOWS_1258 = "TCVN3", "VNI-Windows", "windows-1258"

# Western codes that these encodings use for letters (contest-rules.md 5; TCVN 5712:1993 VN3).
_TCVN3_CODES = frozenset(
    chr(code)
    for first, last in [(0xA1, 0xAE), (0xB5, 0xB9), (0xBB, 0xBE), (0xC6, 0xD8), (0xDC, 0xDF),
                        (0xE1, 0xEF), (0xF1, 0xFE)]
    for code in range(first, last + 1)
)  # fmt: skip
_VNI_CODES = frozenset("ùøûõïâáàåãäêéèúüëôöñæóòîìíÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜËÔÖÑÆÓÒÎÌÍ")
# Letters that only Unicode text has: nobody's keyboard puts them into a cell of an old font.
_UNICODE_ONLY = re.compile("[\u0100-\u024f\u0300-\u036f\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\s.,;:()\[\]\"“”/|]+")
# In TCVN3 words, signs stand between or before plain letters: §¶ng, NguyÔn V¨n.
_TCVN3_WORD = re.compile("[A-Za-z][¡-¬®µ-¹»-¾×÷]|[¡-¬®µ-¹»-¾×÷][A-Za-z]")
_MICRO = re.compile("[0-9]*µ[A-Za-z]{1,2}")
# In VNI words, a tone letter follows the vowel that it belongs to: Nguyeãn, Ñaûng. "oá" and "oã"
# are left out: they are also right in Unicode (Toán, Doãn).
_VNI_WORD = re.compile("[aeoyuôö][øûïåäëü]|[ôöu][ùõ]|e[âáàãä]|a[âéú]|oâ|ñ|æ|î", re.IGNORECASE)
_VNI_TONED = re.compile("[aeoyu][ùøûõïâáàåãäêéèúüë]|[ôö][ùøûõï]?|ñ", re.IGNORECASE)
_LOOSE_1258 = re.compile("[aeiouyâêôăơưAEIOUYÂÊÔăãýð][\u00cc\u00d2\u00de\u00ec\u00f2]")
_BROKEN = re.compile("á[»º]|Ä[‘\u0091ƒ\u0083]|Æ[°¡]|Ã[\u0080-\u00bf]|Ä©|Å©")


def legacy_font(name: str | None) -> str | None:
    """Return the encoding that a font's letters are in, or None for a Unicode font."""
    if not name:
        return None
    folded = name.strip().casefold()
    if folded.startswith(".vn"):
        return TCVN3
    if folded.startswith(("vni-", "vni ")):
        return VNI
    return None


def needs_conversion(text: str, encoding: str | None) -> bool:
    """Tell whether text in a font of ``encoding`` holds codes that are other letters there.

    Plain letters are the same everywhere, and Unicode text in an old font stays what it is.
    """
    if encoding is None or text.isascii() or _UNICODE_ONLY.search(text):
        return False
    codes = _TCVN3_CODES if encoding == TCVN3 else _VNI_CODES
    return any(char in codes for char in text)


def reads_as(text: str) -> str | None:
    """Return the encoding that one text looks like, or None for Unicode or plain letters."""
    if text.isascii() or _UNICODE_ONLY.search(text):
        return None
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if any(_TCVN3_WORD.search(word) and not _MICRO.fullmatch(word) for word in words):
        return TCVN3
    if any(_VNI_WORD.search(word) for word in words):
        return VNI
    return None


def encoding_of_texts(texts: Iterable[str]) -> str | None:
    """Return the encoding that most of many texts look like, or None for Unicode.

    One odd text among Vietnamese ones is a slip of one cell, not the encoding of a file.
    """
    seen = {TCVN3: 0, VNI: 0}
    unicode_texts = 0
    for text in texts:
        if _UNICODE_ONLY.search(text):
            unicode_texts += 1
        elif (encoding := reads_as(text)) is not None:
            seen[encoding] += 1
    best = max(seen, key=lambda encoding: seen[encoding])
    return best if seen[best] >= 2 and seen[best] > 2 * unicode_texts else None


def encoding_of_bytes(content: bytes) -> str | None:
    """Return what bytes that are no UTF-8 most likely are, or None if nothing speaks for any.

    UTF-8 with a few damaged bytes is none of them.
    """
    as_utf8 = content.decode("utf-8", errors="replace")
    damaged = as_utf8.count("\ufffd")
    if sum(not char.isascii() for char in as_utf8) > 2 * damaged:
        return None
    shown = content.decode("cp1252", errors="replace")
    words = [word for word in _WORD.findall(shown) if not word.isascii()]
    counts = {
        WINDOWS_1258: sum(1 for word in words if _LOOSE_1258.search(word)),
        TCVN3: sum(1 for word in words if _TCVN3_WORD.search(word)),
        VNI: sum(1 for word in words if _VNI_TONED.search(word) and _VNI_WORD.search(word)),
    }
    best = max(counts, key=lambda encoding: counts[encoding])
    return best if counts[best] else None


def is_broken(texts: Iterable[str]) -> bool:
    """Tell whether UTF-8 was read as Western letters and saved so: Nguyá»…n for Nguyễn."""
    broken = whole = 0
    for text in texts:
        if len(_BROKEN.findall(text)) >= 1:
            broken += 1
        elif not text.isascii():
            whole += 1
    return broken >= 2 and broken > whole
