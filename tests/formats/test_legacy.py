from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from judgeapp.formats.sheet_in.legacy import TCVN3, VNI, reads_as

# Vietnamese rhymes, of all those that a school dictionary orders, which can be written with Western
# letters alone (no ă đ ơ ư, no hook above, no dot below).
RHYMES = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "âc", "âm",
    "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê",
    "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng",
    "iêp", "iêt", "iêu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai",
    "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oe", "oen", "oeo", "oet", "oi",
    "om", "on", "ong", "ooc", "oong", "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp",
    "ôt", "u", "ua", "uân", "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui", "um", "un",
    "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "up", "ut", "uy", "uya", "uych", "uyên",
    "uyêt", "uynh", "uyt", "y", "yêm", "yên", "yêng", "yêt", "yêu",
]  # fmt: skip
ONSETS = ["", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
          "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x"]  # fmt: skip
TONES = ["", "\u0300", "\u0301", "\u0303"]  # huyền, sắc, ngã: those that Western letters have
VOWELS = "aâeêioôuy"


def _toned(rhyme: str, tone: str) -> set[str]:
    """Put a tone on each vowel in turn (both placements in use, and slips), but not behind an a."""
    return {
        unicodedata.normalize("NFC", rhyme[: i + 1] + tone + rhyme[i + 1 :])
        for i, letter in enumerate(rhyme)
        if letter in VOWELS and not (i and rhyme[i - 1] == "a")
    }


WORDS = sorted(
    {
        word
        for onset in ONSETS
        for rhyme in RHYMES
        for tone in TONES
        for toned in _toned(rhyme, tone)
        for word in [onset + toned]
        if all(ord(char) < 256 for char in word)
    }
)


@pytest.mark.parametrize("form", [str.lower, str.title, str.upper])
def test_no_vietnamese_word_in_unicode_is_taken_for_legacy_text(
    form: Callable[[str], str],
) -> None:
    assert len(WORDS) > 5000
    assert [word for word in WORDS if reads_as(form(word)) is not None] == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nguyeãn Hoaøng Thöôûng", VNI),
        ("Ñaûng boä phöôøng Myõ Thôùi", VNI),
        ("BAÛNG CHAÁM THI", VNI),
        ("Uû ban nh©n d©n", TCVN3),
        ("NguyÔn V¨n Th¾ng", TCVN3),
        ("§Ò c\u00ad¬ng", TCVN3),
        ("Doãn Văn Toán", None),
        ("25 µm ± 3", None),
        ("Mai Sen", None),
    ],
)
def test_texts_of_each_kind(text: str, encoding: str | None) -> None:
    assert reads_as(text) == encoding
