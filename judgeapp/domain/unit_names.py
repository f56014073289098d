"""Organisations' names in a list: equal spellings become one, near ones are asked about.

Words: spellings are *equal* if only case, blanks or tone placement differ (hoà, hòa); they are one
organisation. Names are *near* if one word differs by a letter or its diacritics; whether they are
one is for a person to say, because communes are named Tân Lập and Tân Lạp. Numbers never differ by
a slip: Tổ 5 is not near Tổ 6.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from judgeapp.domain.doubts import Doubt, doubt
from judgeapp.domain.names import bare_key, match_key
from judgeapp.domain.people_list import PersonRow
from judgeapp.domain.sheet_words import KIND_WORDS, SHORT_FORMS

_WORDS = re.compile(r"[\w'’]+")
_ROMAN = re.compile("[ivxlc]+")


@dataclass(frozen=True)
class UnitGuess:
    """What is proposed for a name that is near another or unknown.

    Attributes:
        code: ``unit_near`` (taken for the other), ``unit_near_kept`` or ``unit_unknown``.
        after: the name that would be stored.
        near: the name that it is near to, or None.
    """

    code: str
    after: str
    near: str | None = None


def preferred_spellings(names: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return the spelling that stands for each key: the known one, else the most frequent.

    A spelling in capitals only is taken where there is no other.
    """
    spellings: dict[str, Counter[str]] = {}
    for name in names:
        spellings.setdefault(match_key(name), Counter())[name] += 1
    chosen = {
        key: max(counts, key=lambda name: (not name.isupper(), counts[name]))
        for key, counts in spellings.items()
    }
    return chosen | {match_key(name): name for name in known if match_key(name) in chosen}


def with_equal_units(
    people: Sequence[PersonRow], known: Iterable[str]
) -> tuple[list[PersonRow], list[Doubt]]:
    """Return the rows with one spelling for each organisation, and what was changed for that."""
    chosen = preferred_spellings((row.unit for row in people if row.unit), known)
    changed: dict[str, list[PersonRow]] = {}
    unified = []
    for row in people:
        name = chosen[match_key(row.unit)] if row.unit else None
        if row.unit and name != row.unit:
            changed.setdefault(row.unit, []).append(row)
        unified.append(replace(row, unit=name))
    doubts = [
        doubt("unit_spelling", row.sheet, row.row, "unit",
              before=typed, after=chosen[match_key(typed)])
        for typed, rows in changed.items()
        for row in rows
    ]  # fmt: skip
    return unified, doubts


def words_of(name: str) -> tuple[str, ...]:
    """Return a name's bare words with offices' short forms written out: ĐB is Đảng bộ."""
    words: list[str] = []
    for word in bare_key(name).split():
        words += bare_key(SHORT_FORMS.get(word, word)).split()
    return tuple(words)


def full_key(name: str) -> str:
    """Return a key that is equal where only short forms and punctuation differ.

    >>> full_key("ĐB xã Tân Lập.") == full_key("Đảng bộ xã Tân Lập")
    True
    """
    words = [match_key(SHORT_FORMS.get(bare_key(word), word)) for word in _WORDS.findall(name)]
    return " ".join(words)


def own_words(name: str) -> tuple[str, ...]:
    """Return a name's bare words without those that only say what kind it is (Đảng bộ, Chi bộ)."""
    text = " ".join(words_of(name))
    for kind in KIND_WORDS:
        if text.startswith(f"{kind} "):
            return tuple(text.removeprefix(f"{kind} ").split())
    return tuple(text.split())


def numbers_in(words: Iterable[str]) -> list[str]:
    """Return the words that number or letter an organisation: 5, 12a, II, B."""
    return [
        word
        for word in words
        if len(word) == 1 or any(char.isdigit() for char in word) or _ROMAN.fullmatch(word)
    ]


def near_pairs(names: Sequence[str], others: Sequence[str]) -> dict[str, list[str]]:
    """Return which of ``others`` each name is near to, itself left out.

    Names with one word apart meet under a key in which that word is left open, so that long lists
    are not compared each with each.
    """
    buckets: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}
    for other in others:
        words = words_of(other)
        for key in _open_keys(words):
            buckets.setdefault(key, []).append((other, words))
    found: dict[str, list[str]] = {}
    for name in names:
        words = words_of(name)
        near = {
            other: None
            for key in _open_keys(words)
            for other, other_words in buckets.get(key, ())
            if other != name and _differ_by_a_slip(words, other_words)
        }
        if near:
            found[name] = list(near)
    return found


def _open_keys(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    for index in range(len(words)):
        yield (*words[:index], "", *words[index + 1 :])


def _differ_by_a_slip(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    apart = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if not apart:
        return True
    (word, other), *more = apart
    if more or numbers_in([word, other]) or min(len(word), len(other)) < 2:
        return False
    return _one_letter_apart(word, other)


def _one_letter_apart(word: str, other: str) -> bool:
    """Tell whether one letter was changed, left out, added, or two were exchanged."""
    shorter, longer = sorted((word, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    if len(shorter) < len(longer):
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    differing = [i for i in range(len(word)) if word[i] != other[i]]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and word[differing[0]] == other[differing[1]]
        and word[differing[1]] == other[differing[0]]
    )


def guesses_within_list(
    counts: Mapping[str, int], *, known: Sequence[str] = ()
) -> dict[str, UnitGuess]:
    """Return what is proposed for names that are near a known or a more frequent name.

    Args:
        counts: how often each name occurs, in the order of the list.
        known: names that the contest has from earlier lists; they stay as they are.

    A name that is half as frequent or less is taken for a slip; of two that occur alike both stay,
    and the later one is asked about.
    """
    keys = {match_key(name) for name in known}
    names = [name for name in counts if match_key(name) not in keys]
    place = {name: index for index, name in enumerate(names)}
    guesses = {
        name: UnitGuess("unit_near", near[0], near[0])
        for name, near in near_pairs(names, known).items()
    }
    for name, near in near_pairs(names, names).items():
        if name in guesses:
            continue
        best = max(near, key=lambda other: (counts[other], -place[other]))
        if (counts[best], -place[best]) < (counts[name], -place[name]):
            continue
        if counts[name] * 2 <= counts[best] or full_key(name) == full_key(best):
            guesses[name] = UnitGuess("unit_near", best, best)
        else:
            guesses[name] = UnitGuess("unit_near_kept", name, best)
    return guesses


def with_guessed_units(
    people: Sequence[PersonRow], guesses: Mapping[str, UnitGuess]
) -> tuple[list[PersonRow], list[Doubt]]:
    """Return the rows as they would be stored with the proposals, and one doubt for each name."""
    guessed: list[PersonRow] = []
    rows: dict[str, list[PersonRow]] = {}
    for row in people:
        guess = guesses.get(row.unit) if row.unit else None
        if guess is not None and row.unit is not None:
            rows.setdefault(row.unit, []).append(row)
            row = replace(row, unit=guess.after)
        guessed.append(row)
    doubts = [
        doubt(guesses[name].code, first.sheet, first.row, "unit", before=name,
              after=guesses[name].after, about=guesses[name].near,
              other_rows=tuple(row.row for row in others if row.sheet == first.sheet))
        for name, (first, *others) in rows.items()
    ]  # fmt: skip
    return guessed, doubts


def blank_units(
    people: Sequence[PersonRow], read_doubts: Iterable[Doubt]
) -> tuple[list[PersonRow], list[Doubt]]:
    """Return the rows with the organisation above proposed where a list leaves it blank, and asks.

    Lists that lost their merged cells name an organisation in its first row only; a single blank
    among names is somebody's omission, for which nothing is proposed.
    """
    asked = {(item.sheet, item.row) for item in read_doubts if item.field == "unit"}
    blank = [row for row in people if row.unit is None and (row.sheet, row.row) not in asked]
    named = sum(1 for row in people if row.unit is not None)
    if not blank or not named:
        return list(people), []
    fill = len(blank) >= 2
    above: str | None = None
    filled, doubts = [], []
    for row in people:
        if row.unit is not None:
            above = row.unit
        elif (row.sheet, row.row) not in asked:
            after = above if fill else None
            code = "unit_blank" if after else "unit_missing"
            doubts.append(doubt(code, row.sheet, row.row, "unit", after=after))
            row = replace(row, unit=after)
        filled.append(row)
    return filled, doubts


def units_in_positions(
    people: Sequence[PersonRow], known: Sequence[str]
) -> tuple[list[PersonRow], list[Doubt]]:
    """Return the rows with a known organisation proposed where a person's position ends with it.

    Many lists have one column for both: "Bí thư Đảng bộ xã Nà Mây".
    """
    keys = sorted(((match_key(name), name) for name in known), key=lambda pair: -len(pair[0]))
    found: list[PersonRow] = []
    doubts: list[Doubt] = []
    for row in people:
        if row.unit is None and row.position is not None:
            position = match_key(row.position)
            unit = next((name for key, name in keys if position.endswith(f" {key}")), None)
            if unit is not None:
                doubts.append(
                    doubt("unit_from_position", row.sheet, row.row, "unit",
                          before=row.position, after=unit)
                )  # fmt: skip
                row = replace(row, unit=unit)
        found.append(row)
    return found, doubts
