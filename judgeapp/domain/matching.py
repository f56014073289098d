"""Whose file is it: names of files against contestants. Sure, or asked, never guessed.

Words: a match is *sure* where a number or a full name points at one contestant and nothing in the
name speaks against it; else the contestants it could be are *asked among* (possibly nobody).
Diacritics decide where the file's name has them; without them everybody who fits is a candidate.
A number counts if it stands alone, behind the word for it (SBD), or beside words that are all
explained: the 12 in "clip 12 nam xay dung Dang" is nobody's number.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judgeapp.domain.file_names import (
    FileName,
    Ignored,
    NamedKind,
    Word,
    take_apart,
    word_set,
    words_of,
)
from judgeapp.domain.ids import ContestantId

# Bare words of file names that say nothing about whose file it is.
_FILLER = word_set(
    "clip video phim de cuong thuyet trinh bai du thi hoi sbd so bao danh ma thi sinh ts dong chi "
    "dc bcv cao vien gioi phan khao chung ket vong nop ban cuoi cung chinh thuc moi sua final copy "
    "hd full cua version"
)
# Bare words that stand in the names of many organisations.
_GENERIC_UNIT = word_set(
    "dang bo chi uy xa phuong thi tran huyen thanh pho tinh so ban phong cong ty truong co quan "
    "khoi cac doanh nghiep don vi va trung tam cua"
)
# First words that cameras, phones and messengers give; the numbers behind them are counters.
_CAMERAS = word_set(
    "vid img dsc dscn dscf dcim mvi mov pxl wa gopr gh gx rec recording screenrecorder zalo "
    "messenger whatsapp received snapchat telegram unconfirmed"
)
_LABELLED = re.compile(r"\s*(\d+)\s*[-_.)]")  # a number set apart in front, as people number files
_MAX_NUMBER_DIGITS = 4
_LIKE = 0.88  # share of equal letters from which a misspelt name is worth a question


@dataclass(frozen=True)
class Candidate:
    """A contestant as far as file names can tell: number, name, organisation."""

    id: ContestantId
    name: str
    unit: str


@dataclass(frozen=True)
class NameMatch:
    """What a file's name says.

    Attributes:
        contestant: whose it surely is, or None.
        ask_among: whose it could be, by id; empty where it is sure, passed over or unknown.
    """

    kind: NamedKind | None
    contestant: ContestantId | None = None
    ask_among: tuple[ContestantId, ...] = ()
    ignored: Ignored | None = None

    @property
    def sure(self) -> bool:
        """One contestant, and nothing speaks against it."""
        return self.contestant is not None


class _Person:
    """A candidate with the words of name, number and organisation."""

    def __init__(self, candidate: Candidate) -> None:
        self.id = candidate.id
        self.name = words_of(candidate.name)
        self.number = words_of(candidate.id)
        self.unit = words_of(candidate.unit)
        self.own_unit = tuple(word for word in self.unit if word.bare not in _GENERIC_UNIT)
        self.compact = "".join(word.bare for word in self.name)


class Matcher:
    """Matches file names against the contestants of one round."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._people = [_Person(candidate) for candidate in candidates]
        self._by_first: dict[str, list[_Person]] = {}
        self._by_tail: dict[tuple[str, ...], list[_Person]] = {}
        self._by_compact: dict[str, list[_Person]] = {}
        self._by_number: dict[tuple[str, ...], list[_Person]] = {}
        for person in self._people:
            self._by_number.setdefault(_number_key(person.number), []).append(person)
            if person.name:
                self._by_first.setdefault(person.name[0].bare, []).append(person)
                tail = tuple(word.bare for word in person.name[-2:])
                self._by_tail.setdefault(tail, []).append(person)
                self._by_compact.setdefault(person.compact, []).append(person)

    def match(self, name: str, folder: str = "") -> NameMatch:
        """Return whose file that is by its name, or, if that says nothing, by its folder's name.

        Args:
            name: without folders.
            folder: name of the folder it lies in, empty at the top.
        """
        parts = take_apart(name)
        if parts.ignored is not None:
            return NameMatch(None, ignored=parts.ignored)
        found = self._of(parts)
        if folder and not found.sure and not found.ask_among:
            inner = take_apart(f"{folder}.mp4")
            again = self._of(FileName(parts.kind, None, inner.stem, inner.words))
            if again.sure or again.ask_among:
                return again
        return found

    def _of(self, parts: FileName) -> NameMatch:
        words = parts.words
        names = self._full_names(words)
        explicit = _explicit_number(words)
        plain = [] if words and words[0].bare in _CAMERAS else self._plain_numbers(words)
        if names:
            sure, ask = self._with_name(words, names, explicit, plain)
        elif explicit is not None:
            sure, ask = self._with_explicit(words, explicit)
        else:
            sure, ask = self._with_number(parts, plain)
        if sure is not None:
            return NameMatch(parts.kind, sure.id)
        return NameMatch(parts.kind, None, tuple(sorted({person.id for person in ask})))

    # --- numbers ---------------------------------------------------------------------------------

    def _numbered(self, digits: str) -> list[_Person]:
        return self._by_number.get(_number_key((Word(digits, digits),)), [])

    def _plain_numbers(self, words: Sequence[Word]) -> list[_Person]:
        """Return the people whose number stands in the name as words of its own."""
        found = []
        for start, word in enumerate(words):
            if word.bare.isdigit() and len(word.bare) <= _MAX_NUMBER_DIGITS:
                found += self._numbered(word.bare)
            elif not word.bare.isdigit():
                found += [
                    person
                    for person in self._by_number.get(_number_key(words[start : start + 2]), [])
                    if len(person.number) > 1
                ]
        return list({person.id: person for person in found}.values())

    # --- names -----------------------------------------------------------------------------------

    def _full_names(self, words: Sequence[Word]) -> list[_Person]:
        """Return the people whose full name stands in the words, narrowed as far as it is sure."""
        hits: list[tuple[int, int, bool, _Person]] = []
        for start, word in enumerate(words):
            for person in self._by_first.get(word.bare, []):
                end = start + len(person.name)
                window = words[start:end]
                if len(person.name) > 1 and _fit(window, person.name):
                    hits.append((start, end, _equal(window, person.name), person))
            hits += [
                (start, start + 1, False, person)
                for person in self._by_compact.get(word.bare, [])
                if len(person.name) > 1
            ]
        longest = [
            hit
            for hit in hits
            if not any(o[0] <= hit[0] and hit[1] <= o[1] and o[1] - o[0] > hit[1] - hit[0]
                       for o in hits)
        ]  # fmt: skip
        told = [
            hit for hit in longest if hit[2] and any(not w.plain for w in words[hit[0] : hit[1]])
        ]
        people = list({hit[3].id: hit[3] for hit in told or longest}.values())
        return _narrowed(people, words) if len(people) > 1 else people

    def _partial_names(self, words: Sequence[Word]) -> list[_Person]:
        """Return people of whom only the end of the name stands there."""
        found = []
        for start in range(len(words) - 1):
            tail = tuple(word.bare for word in words[start : start + 2])
            found += [
                person
                for person in self._by_tail.get(tail, [])
                if _fit(words[start : start + 2], person.name[-2:])
            ]
        told = [word for word in words if not word.bare.isdigit()]
        rest = told if len(told) == 1 else [word for word in told if word.bare not in _FILLER]
        if not found and len(rest) == 1:
            found = [p for p in self._people if p.name and p.name[-1].fits(rest[0])]
        return found

    # --- decisions -------------------------------------------------------------------------------

    def _with_name(
        self,
        words: Sequence[Word],
        names: list[_Person],
        explicit: list[str] | None,
        plain: list[_Person],
    ) -> tuple[_Person | None, list[_Person]]:
        if explicit is not None:
            numbered = self._explicit_people(explicit)
        else:
            numbered = plain if _leads(words, plain) or _any_in(plain, names) else []
        both = [person for person in names if person in numbered]
        if len(both) == 1:
            return both[0], []
        if numbered and not both:
            return None, [*names, *numbered]
        if len(names) == 1 and not self._other_unit(words, names[0]):
            return names[0], []
        return None, both or names

    def _explicit_people(self, digits: list[str]) -> list[_Person]:
        tries = digits if len(digits) == 1 else [*digits, "".join(digits)]
        return [person for text in tries for person in self._numbered(text)]

    def _with_explicit(
        self, words: Sequence[Word], digits: list[str]
    ) -> tuple[_Person | None, list[_Person]]:
        numbered = self._explicit_people(digits)
        partial = self._partial_names(words)
        if len(digits) == 1 and len(numbered) == 1 and (not partial or numbered[0] in partial):
            return numbered[0], []
        return None, [*numbered, *partial]

    def _with_number(
        self, parts: FileName, plain: list[_Person]
    ) -> tuple[_Person | None, list[_Person]]:
        words = parts.words
        if len(plain) > 1:
            return None, plain
        partial = self._partial_names(words)
        if not plain:
            return None, partial or self._by_unit(words) or self._alike(words)
        person = plain[0]
        number = {_number_key((word,)) for word in person.number}
        rest = [w for w in words if w.bare not in _FILLER and _number_key((w,)) not in number]
        own = [*person.name, *person.unit]
        if all(any(word.fits(known) for known in own) for word in rest):
            return person, []
        if partial:
            return None, [person, *partial]
        hint = [word for word in [*person.name, *person.own_unit] if word.bare not in _FILLER]
        explained = any(word.fits(known) for word in rest for known in hint)
        label = _LABELLED.match(parts.stem)
        return None, [person] if explained or (label and person in self._numbered(label[1])) else []

    def _other_unit(self, words: Sequence[Word], person: _Person) -> bool:
        """Tell whether the name speaks of another contestant's organisation and not of the own."""
        if _within(words, person.own_unit):
            return False
        return any(
            len(other.own_unit) > 1
            and other.own_unit != person.own_unit
            and _consecutive(words, other.own_unit)
            for other in self._people
        )

    def _by_unit(self, words: Sequence[Word]) -> list[_Person]:
        """Return the people of an organisation that is named in full."""
        return [
            person
            for person in self._people
            if len(person.unit) > 1 and _consecutive(words, person.unit)
        ]

    def _alike(self, words: Sequence[Word]) -> list[_Person]:
        """Return people whose name is nearly there, as after a slip of the finger."""
        kept = [w.bare for w in words if not w.bare.isdigit()]
        found = []
        for person in self._people:
            size = len(person.name)
            if size < 2 or len(kept) < size:
                continue
            for start in range(len(kept) - size + 1):
                matcher = difflib.SequenceMatcher(
                    None, person.compact, "".join(kept[start : start + size]), autojunk=False
                )
                if matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE:
                    found.append(person)
                    break
        return found


def _number_key(words: Sequence[Word]) -> tuple[str, ...]:
    """Return a key that is equal for 1 and 01, for BCV07 and bcv 7."""
    return tuple(str(int(w.bare)) if w.bare.isdecimal() and w.bare.isascii() else w.bare
                 for w in words)  # fmt: skip


def _explicit_number(words: Sequence[Word]) -> list[str] | None:
    """Return the digits behind the word for a contestant's number (SBD), or None without it."""
    bare = [word.bare for word in words]
    for index, word in enumerate(bare):
        start = index + 1 if word == "sbd" else index + 3
        if word == "sbd" or bare[index : index + 3] == ["so", "bao", "danh"]:
            end = start
            while end < len(bare) and bare[end].isdigit():
                end += 1
            if end > start:
                return bare[start:end]
    return None


def _fit(window: Sequence[Word], name: Sequence[Word]) -> bool:
    return len(window) == len(name) and all(a.fits(b) for a, b in zip(window, name, strict=True))


def _equal(window: Sequence[Word], name: Sequence[Word]) -> bool:
    return [word.key for word in window] == [word.key for word in name]


def _within(words: Sequence[Word], wanted: Sequence[Word]) -> bool:
    return bool(wanted) and all(any(word.fits(want) for word in words) for want in wanted)


def _consecutive(words: Sequence[Word], wanted: Sequence[Word]) -> bool:
    size = len(wanted)
    return any(_fit(words[i : i + size], wanted) for i in range(len(words) - size + 1))


def _leads(words: Sequence[Word], people: list[_Person]) -> bool:
    """Tell whether the first word that says anything is the number of one of them."""
    first = next((word for word in words if word.bare not in _FILLER), None)
    if first is None:
        return False
    return any(_number_key(person.number)[:1] == _number_key((first,)) for person in people)


def _any_in(some: list[_Person], others: list[_Person]) -> bool:
    return any(person in others for person in some)


def _narrowed(people: list[_Person], words: Sequence[Word]) -> list[_Person]:
    """Return the one whose organisation stands there too, if it is only one; else all."""
    shared = set.intersection(*(set(person.own_unit) for person in people))
    named = [
        person
        for person in people
        if _within(words, [word for word in person.own_unit if word not in shared])
    ]
    return named if len(named) == 1 else people
