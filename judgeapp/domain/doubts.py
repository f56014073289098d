"""Doubts: everything in an import that a person must be shown before it is written.

Words: a *finding* is about one cell; a *doubt* is a finding in its row, or about several rows. It
*needs an answer* where the app would guess or drop something; a repair that loses nothing is only
shown. The *proposal* is what is written if nobody says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from judgeapp.domain.errors import JudgeError

# Codes whose proposal is a guess, or drops something that was typed.
ASKED = frozenset({
    "no_value", "cell_error", "legacy_text", "letters_lost",
    "name_missing",
    "birth_serial", "birth_two_digit_year", "birth_month_first", "birth_ambiguous",
    "birth_exchanged", "birth_run_together", "birth_impossible", "birth_future",
    "birth_unlikely", "birth_unreadable", "birth_both",
    "gender_both", "gender_unreadable",
    "phone_two", "phone_lost", "email_unreadable",
    "code_as_date", "code_scientific", "score_unreadable",
    "unit_near", "unit_near_kept", "unit_unknown", "unit_blank", "unit_missing",
    "unit_from_section", "unit_from_position",
    "same_person", "maybe_same_person", "number_repeated", "number_taken",
    "changed", "known_twice",
    "members_unreadable", "kind_unreadable", "unit_twice",
})  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """Something about one cell that a person must be shown.

    Attributes:
        code: what it is; its sentence is ``people.doubt.<code>``.
        before: what stood there, as a person sees it, or None.
        after: the proposal, or None where the value is left out.
    """

    code: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a cell was taken to mean: the value to be stored, and what is to be shown about it."""

    value: str | None
    findings: tuple[Finding, ...] = ()


NOTHING = Reading(None)


# What a person may answer: take the proposal; leave it as it was; take two for one; give another
# value; leave the row out.
Choice = Literal["accept", "keep", "join", "value", "skip"]

_OF_PAIRS = frozenset({"same_person", "maybe_same_person", "namesakes"})
_WHOLE_ROW_GONE = frozenset({"name_missing", "known_twice"})
_CHOICES: dict[str, tuple[Choice, ...]] = {
    "hidden_row": ("accept", "skip"),
    "unit_near": ("accept", "keep", "value", "skip"),
    "unit_near_kept": ("join", "accept", "value", "skip"),
    "unit_unknown": ("accept", "value", "skip"),
    "same_person": ("accept", "keep"),
    "maybe_same_person": ("accept", "join", "skip"),
    "changed": ("accept", "keep"),
    "number_repeated": ("accept",),
    "unit_twice": ("accept",),
    "number_taken": ("accept", "skip"),
}


@dataclass(frozen=True)
class DoubtKey:
    """What a doubt is about, whatever is proposed; ``other`` is a pair's second row."""

    code: str
    sheet: str | None
    row: int | None
    field: str | None = None
    other: tuple[str | None, int] | None = None


@dataclass(frozen=True)
class Answer:
    """What a person said to a doubt; ``value`` belongs to the choice of that name, None: empty."""

    choice: Choice
    value: str | None = None


@dataclass(frozen=True)
class Doubt:
    """A doubt about a row, or about several.

    Attributes:
        sheet: the row's sheet, or None in a text file.
        row: the row's number, or None for a doubt about the whole list.
        field: the field it is about, or None for the whole row.
        other_rows: further rows it is about; a pair of rows stands in the first one's doubt.
        other_sheet: the sheet of ``other_rows`` where that is another one, or None.
        about: what the sentence names besides, such as the organisation that it is near to.
        answer: what somebody said to it, or None.
        needs_answer: nothing is written before somebody agreed to the proposal.
    """

    code: str
    sheet: str | None
    row: int | None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    other_rows: tuple[int, ...] = ()
    needs_answer: bool = False
    other_sheet: str | None = None
    about: str | None = None
    answer: Choice | None = None

    @property
    def key(self) -> DoubtKey:
        """What it is about, by which it is known again when the list is worked out anew."""
        pair = self.code in _OF_PAIRS and self.other_rows
        other = (self.other_sheet, self.other_rows[0]) if pair else None
        return DoubtKey(self.code, self.sheet, self.row, self.field, other)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be answered, the likeliest first."""
        if self.code in _WHOLE_ROW_GONE:
            return ("accept",)
        if self.field == "name" and self.code in ("no_value", "cell_error"):
            return ("accept",)  # without a name there is no row to put a value into
        return _CHOICES.get(self.code, ("accept", "value", "skip"))


def with_answers(doubts: Iterable[Doubt], answers: Mapping[DoubtKey, Answer]) -> list[Doubt]:
    """Return the doubts, those that somebody answered marked so.

    Raises:
        JudgeError: ``people.answer_unfit`` if that cannot be answered to such a doubt.
    """
    marked = []
    for item in doubts:
        answer = answers.get(item.key)
        if answer is not None:
            if answer.choice not in item.choices:
                raise JudgeError("people.answer_unfit", place=str(item.row), choice=answer.choice)
            item = replace(item, needs_answer=False, answer=answer.choice)
        marked.append(item)
    return marked


def doubt(
    code: str,
    sheet: str | None,
    row: int | None,
    field: str | None = None,
    *,
    before: str | None = None,
    after: str | None = None,
    other_rows: tuple[int, ...] = (),
    other_sheet: str | None = None,
    about: str | None = None,
) -> Doubt:
    """Return a doubt that needs an answer if its code says so."""
    asked = code in ASKED
    return Doubt(code, sheet, row, field, before, after, other_rows, asked, other_sheet, about)
