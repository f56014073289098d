"""What a file's name alone tells: its kind, whether it is passed over, and its words.

Words: an *unfinished* file is a download that did not end; a *word* keeps its tone for comparing
and has a bare form without diacritics; a word is *plain* if it has none to lose.
Not checked: whether the content is what the ending says (media looks at that).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.names import bare_key, clean, match_key

NamedKind = Literal["clip", "outline", "unfinished"]
Ignored = Literal["system_file", "lock_file", "hidden_file", "other_kind", "link"]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a table that is written as one text."""
    return frozenset(text.split())


CLIP_ENDINGS = word_set(
    "mp4 m4v mov qt avi mkv webm wmv asf 3gp 3g2 flv mpg mpeg mts m2ts ts vob ogv "
    "mp3 m4a wav aac ogg"
)
OUTLINE_ENDINGS = word_set("pdf docx doc docm dot dotx rtf odt")
UNFINISHED_ENDINGS = word_set("crdownload part partial download opdownload filepart")
_SYSTEM_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})

_DATE = r"(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?(?:0[1-9]|[12]\d|3[01])"
_DAY_FIRST = r"(?:0?[1-9]|[12]\d|3[01])[-_.](?:0?[1-9]|1[0-2])[-_.](?:19|20)\d\d"
_TIME = r"(?:[-_ T.]*(?:[01]\d|2[0-3])[-_.h ]?[0-5]\d(?:[-_.m ]?[0-5]\d)?(?:\d{3})?)?"
_DATES = re.compile(rf"(?<!\d)(?:{_DATE}|{_DAY_FIRST}){_TIME}(?!\d)")
_COPY_MARKS = re.compile(
    r"\(\s*(?:ban\s+|copy\s*|lan\s+)?\d{1,3}\s*\)|-\s*(?:copy|ban sao)(?:\s*\(\d+\))?\s*$"
    r"|(?<![^\W_])v\d{1,2}(?![^\W_])|(?<![^\W_])(?:ban|phan|part|version)\s*\d{1,2}(?!\d)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Word:
    """One word of a name: as compared with its tone, and bare."""

    key: str
    bare: str

    @property
    def plain(self) -> bool:
        """The word has no diacritics that could tell it from another."""
        return self.key == self.bare

    def fits(self, other: Word) -> bool:
        """Tell whether both can be one word: equal, or one of them typed without diacritics."""
        return self.key == other.key or (self.bare == other.bare and (self.plain or other.plain))


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a person's or an organisation's name."""
    return tuple(_word(piece) for piece in _PIECES.findall(clean(text)))


def _word(piece: str) -> Word:
    return Word(match_key(piece), bare_key(piece).replace(" ", ""))


@dataclass(frozen=True)
class FileName:
    """A file's name taken apart.

    Attributes:
        kind: by the ending, None where the file is passed over.
        ignored: why it is passed over, or None.
        stem: the name without its endings, composed.
        words: what is left of the stem without dates and marks of copies.
    """

    kind: NamedKind | None
    ignored: Ignored | None
    stem: str
    words: tuple[Word, ...]


def take_apart(name: str) -> FileName:
    """Take a file's name (without folders) apart.

    >>> take_apart("21.mp4.crdownload").kind, take_apart("._01.mp4").ignored
    ('unfinished', 'system_file')
    """
    tidy = clean(name)
    ignored = _why_ignored(tidy)
    stem, ending = _split(tidy)
    kind: NamedKind | None = kind_of_ending(ending)
    if ending in UNFINISHED_ENDINGS:
        kind = "unfinished"
        inner, inner_ending = _split(stem)
        stem = inner if kind_of_ending(inner_ending) else stem
    if ignored is None and kind is None:
        ignored = "other_kind"
    return FileName(None if ignored else kind, ignored, stem, stem_words(stem))


def kind_of_ending(ending: str) -> Literal["clip", "outline"] | None:
    """Return the kind of file that an ending (without the dot, any case) stands for, or None."""
    if ending.casefold() in CLIP_ENDINGS:
        return "clip"
    return "outline" if ending.casefold() in OUTLINE_ENDINGS else None


def is_system_folder(name: str) -> bool:
    """Tell whether a folder holds only what a system made for itself."""
    return name.casefold() in _SYSTEM_FOLDERS or name.startswith(".")


def stem_words(stem: str) -> tuple[Word, ...]:
    """Return the words of a stem without dates and marks of copies; ``LoThiEn`` is three words."""
    text = _strip_copy_marks(_DATES.sub(" ", clean(stem)))
    return tuple(_word(piece) for piece in _PIECES.findall(_split_humps(text)))


def _split_humps(text: str) -> str:
    pairs = zip(text, f" {text}", strict=False)
    return "".join(f" {char}" if char.isupper() and before.islower() else char
                   for char, before in pairs)  # fmt: skip


def _strip_copy_marks(text: str) -> str:
    """Blank out ``(1)``, ``- Copy`` and the like, which are found in the bare spelling."""
    bare = "".join(_bare_letter(char) for char in text)
    kept = list(text)
    for match in _COPY_MARKS.finditer(bare):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(kept)


def _bare_letter(char: str) -> str:
    bare = bare_key(char)
    return bare if len(bare) == 1 else char


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, ending.casefold()) if dot and stem else (name, "")


def _why_ignored(name: str) -> Ignored | None:
    folded = name.casefold()
    if folded.startswith("~$") or (folded.startswith(".~lock.") and folded.endswith("#")):
        return "lock_file"
    if folded in _SYSTEM_NAMES or folded.startswith("._") or folded == ".ds_store":
        return "system_file"
    return "hidden_file" if folded.startswith(".") else None
