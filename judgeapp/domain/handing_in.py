"""What becomes of each file that was handed in: attached, there already, asked about, passed over.

Words: a *question* is what a person must answer before a file is taken. Nothing is overwritten: a
second, different file for the same contestant and part is a question, equal bytes are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.entries import Kind, parts_taking
from judgeapp.domain.file_names import Ignored, NamedKind, Word, take_apart, words_of
from judgeapp.domain.ids import ContestantId, PartId
from judgeapp.domain.matching import NameMatch

Question = Literal[
    "whose", "which_part", "no_part", "two_files", "replaces", "unfinished", "unreadable"
]
Place = tuple[PartId, ContestantId]


@dataclass(frozen=True)
class HandedIn:
    """One file of a folder, and what becomes of it.

    Attributes:
        file: its path inside the folder, with ``/``.
        contestant: whose it is, if that is sure.
        part: which part it is for, if that is known.
        ask_among: contestants it could be, where that is asked.
        ignored: why it is passed over, or None.
        question: what must be answered before it is taken, or None.
        same_as: another file of the folder, or the attached one, with the same bytes.
        there: it is attached already.
    """

    file: str
    kind: NamedKind | None
    contestant: ContestantId | None = None
    part: PartId | None = None
    ask_among: tuple[ContestantId, ...] = ()
    ignored: Ignored | None = None
    question: Question | None = None
    same_as: str | None = None
    there: bool = False

    @property
    def taken(self) -> bool:
        """It is to be copied in and attached."""
        return (
            self.question is None
            and self.ignored is None
            and not self.there
            and self.same_as is None
        )


@dataclass(frozen=True)
class Content:
    """What tells the content of two files apart: size first, then hash, asked only if needed."""

    size: int
    sha256: Callable[[], str]

    def equals(self, other: Content) -> bool:
        """Tell whether both are equal byte for byte."""
        return self.size == other.size and self.sha256() == other.sha256()


def first_look(file: str, match: NameMatch, held: Round) -> HandedIn:
    """Return what a file's name alone says about it."""
    found = HandedIn(file, match.kind, match.contestant, None, match.ask_among, match.ignored)
    if match.ignored is not None:
        return found
    if match.kind is None or match.kind == "unfinished":
        return replace(found, question="unfinished")
    part, question = _part_of(file, match.kind, held)
    if match.contestant is None:
        return replace(found, part=part, question="whose")
    return replace(found, part=part, question=question)


def _part_of(file: str, kind: Kind, held: Round) -> tuple[PartId | None, Question | None]:
    parts = parts_taking(kind, held)
    if len(parts) > 1:
        words = take_apart(file.rpartition("/")[2]).words
        named = [part for part in parts if _names(words, part)]
        parts = named if len(named) == 1 else parts
    if len(parts) == 1:
        return parts[0].id, None
    return None, "which_part" if parts else "no_part"


def _names(words: Sequence[Word], part: Part) -> bool:
    """Tell whether the name of a part stands in a file's name."""
    bare = " ".join(word.bare for word in words)
    wanted = (" ".join(word.bare for word in words_of(name)) for name in (part.vi, part.en))
    return any(name and f" {name} " in f" {bare} " for name in wanted)


def settle(
    files: Sequence[HandedIn],
    contents: Mapping[str, Content],
    attached: Mapping[Place, tuple[str, Content]],
    answered: frozenset[str] = frozenset(),
) -> list[HandedIn]:
    """Return the files with the questions that only arise between them, in the same order.

    Args:
        files: as `first_look` left them, or as a person answered.
        contents: of each file that can be read.
        attached: name and content of what is attached already.
        answered: files of which a person said whose they are; of several different ones for the
            same place such a one is taken.
    """
    files = [_recognised(file, contents, attached) for file in files]
    groups: dict[Place, list[HandedIn]] = {}
    for file in files:
        if file.taken and file.part and file.contestant:
            groups.setdefault((file.part, file.contestant), []).append(file)
    settled = {file.file: file for file in files}
    for place, group in groups.items():
        for file in _settle_group(group, contents, attached.get(place), answered):
            settled[file.file] = file
    return [settled[file.file] for file in files]


def _recognised(
    file: HandedIn,
    contents: Mapping[str, Content],
    attached: Mapping[Place, tuple[str, Content]],
) -> HandedIn:
    """Return a file of unknown owner as attached already if one of those asked among has it."""
    content = contents.get(file.file)
    if file.question != "whose" or file.part is None or content is None:
        return file
    for contestant in file.ask_among:
        known = attached.get((file.part, contestant))
        if known is not None and content.equals(known[1]):
            return replace(
                file,
                contestant=contestant,
                ask_among=(),
                question=None,
                same_as=known[0],
                there=True,
            )
    return file


def _settle_group(
    group: Sequence[HandedIn],
    contents: Mapping[str, Content],
    attached: tuple[str, Content] | None,
    answered: frozenset[str],
) -> list[HandedIn]:
    """Settle the files for one contestant and part."""
    done = [replace(f, question="unreadable") for f in group if f.file not in contents]
    different: list[HandedIn] = []
    for file in sorted(group, key=lambda f: (f.file not in answered, len(f.file), f.file)):
        content = contents.get(file.file)
        if content is None:
            continue
        if attached is not None and content.equals(attached[1]):
            done.append(replace(file, there=True, same_as=attached[0]))
            continue
        twin = next((f for f in different if contents[f.file].equals(content)), None)
        if twin is not None:
            done.append(replace(file, same_as=twin.file))
        else:
            different.append(file)
    return [*done, *_choose(different, attached is not None, answered)]


def _choose(
    different: Sequence[HandedIn], there_is_one: bool, answered: frozenset[str]
) -> list[HandedIn]:
    if there_is_one:
        return [replace(file, question="replaces") for file in different]
    if len(different) < 2:
        return list(different)
    chosen = [file.file for file in different if file.file in answered]
    return [
        file if chosen == [file.file] else replace(file, question="two_files") for file in different
    ]
