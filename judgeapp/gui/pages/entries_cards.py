"""What the page of entries shows of each contestant, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from judgeapp.domain.entries import QUIET, EntryFile, Problem, clock_text
from judgeapp.domain.errors import JudgeError
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.widgets.pill import PillLook

if TYPE_CHECKING:
    from judgeapp.domain.contest import Part, Round
    from judgeapp.domain.ids import ContestantId
    from judgeapp.services.context import Context
    from judgeapp.services.entries import EntryList
    from judgeapp.system.texts import Texts

State = Literal["look", "missing", "waiting", "good"]
STATES: tuple[State, ...] = ("look", "missing", "waiting", "good")

_STOPS = frozenset(
    {
        "empty", "not_media", "not_document", "bomb", "encrypted", "truncated", "damaged",
        "no_video", "no_sound", "silent",
    }
)  # fmt: skip
_ICONS = {
    "no_sound": "volume-x", "silent": "volume-x", "too_long": "timer", "too_short": "timer",
    "cut": "scissors", "variable_frame_rate": "info", "wrong_extension": "info",
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """One contestant of the round and what was handed in.

    Attributes:
        id: the number.
        files: those that count, clips first.
        missing: parts that nothing was handed in for.
        pictures: poster and contact sheet by file id, where they exist.
    """

    id: ContestantId
    name: str
    unit: str
    files: tuple[EntryFile, ...]
    missing: tuple[Part, ...]
    posters: Mapping[str, Path]
    sheets: Mapping[str, Path]

    @property
    def clip(self) -> EntryFile | None:
        """The first clip."""
        return next((file for file in self.files if file.kind == "clip"), None)

    @property
    def poster(self) -> Path | None:
        """The picture of the first clip."""
        return self.posters.get(self.clip.id) if self.clip else None

    @property
    def length(self) -> str:
        """The length of the first clip, or nothing."""
        check = self.clip.check if self.clip else None
        return clock_text(check.seconds) if check and check.seconds is not None else ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found in all files and was not decided about, the worst file first."""
        return tuple(
            problem
            for file in self.files
            if file.check
            for problem in file.check.problems
            if not file.kept or problem.code in file.open_codes
        )

    @property
    def odd_clips(self) -> tuple[EntryFile, ...]:
        """Clips that judges' laptops may not play, and that open here."""
        return tuple(
            file
            for file in self.files
            if file.kind == "clip" and "unplayable_codec" in file.open_codes
            and file.check is not None and file.check.opens
        )  # fmt: skip

    @property
    def kept(self) -> bool:
        """Whether something was found that is kept with a reason."""
        return any(file.kept for file in self.files)

    @property
    def state(self) -> State:
        """Which filter it belongs to: exactly one."""
        if any(file.asks for file in self.files):
            return "look"
        if self.missing:
            return "missing"
        return "waiting" if any(file.check is None for file in self.files) else "good"


@dataclass(frozen=True)
class Board:
    """All contestants of a round.

    Attributes:
        held: the round that is shown.
        rounds: all rounds, to choose from.
    """

    held: Round
    rounds: tuple[Round, ...]
    cards: tuple[Card, ...]

    def counts(self) -> dict[str, int]:
        """How many there are in each filter; they add up to ``all``."""
        found: dict[str, int] = {state: 0 for state in STATES}
        for card in self.cards:
            found[card.state] += 1
        return {"all": len(self.cards), **found}

    def files(self, kind: str) -> list[EntryFile]:
        """All files of a kind."""
        return [file for card in self.cards for file in card.files if file.kind == kind]

    @property
    def unchecked(self) -> int:
        """How many files were not looked into yet."""
        return sum(file.check is None for card in self.cards for file in card.files)


def _usual(app: Context) -> EntryList:
    from judgeapp.services.contest import summary
    from judgeapp.services.entries import list_entries

    rounds = summary(app).definition.rounds
    try:
        found = list_entries(app)
    except JudgeError as error:
        if error.code != "results.no_finalists":
            raise
        found = list_entries(app, round_id=rounds[0].id)  # who goes on is not signed off yet
    earlier = rounds[: [item.id for item in rounds].index(found.round.id)]
    for one in reversed(earlier if not found.files else ()):
        other = list_entries(app, round_id=one.id)
        if other.files:
            return other
    return found


def read_board(app: Context, round_id: str | None) -> Board:
    """Return what was handed in for a round.

    Without one named: the current round, or the last before it with files if it has none.
    """
    from judgeapp.services.entries import list_entries
    from judgeapp.services.entries_check import poster_of, sheet_of

    found = _usual(app) if round_id is None else list_entries(app, round_id=round_id)
    cards = []
    for person in found.people:
        files = tuple(
            sorted(
                (file for file in found.files if file.contestant == person.id),
                key=lambda file: (file.kind != "clip", file.part),
            )
        )
        gone = [item.part for item in found.missing if item.contestant == person.id]
        missing = tuple(part for part in found.round.parts if part.id in gone)
        posters = {str(file.id): path for file in files if (path := poster_of(app, file))}
        sheets = {str(file.id): path for file in files if (path := sheet_of(app, file))}
        unit = found.units.get(person.unit_id, "") if person.unit_id else ""
        cards.append(Card(person.id, person.name, unit, files, missing, posters, sheets))
    return Board(found.round, found.rounds, tuple(cards))


# --- words ---------------------------------------------------------------------------------------


def tone_of(problem: Problem) -> Literal["stop", "warn", "neutral"]:
    """Return how grave a problem is."""
    if problem.code in _STOPS:
        return "stop"
    return "neutral" if problem.code in QUIET else "warn"


def icon_of(problem: Problem) -> str:
    """Return the sign of a problem."""
    usual = "octagon-alert" if problem.code in _STOPS else "triangle-alert"
    return _ICONS.get(problem.code, usual)


def short(texts: Texts, problem: Problem, count: int) -> str:
    """Return a problem in a few words."""
    return texts(f"gui.entries.short.{problem.code}", count=count, **problem.params)


def finding(texts: Texts, card: Card, *, at_work: bool = False) -> PillLook:
    """Return the worst finding of a card in words, or that all is well."""
    if at_work:
        return PillLook("loader", texts("gui.entries.checking"), "accent")
    worst = worst_of(card.problems)
    if worst is not None and (not card.missing or card.state == "look"):
        count = sum(problem.code == worst.code for problem in card.problems)
        return PillLook(icon_of(worst), short(texts, worst, count), tone_of(worst))
    if card.missing:
        parts = ", ".join(part_name(part, texts) for part in card.missing)
        words = texts("gui.entries.missing", parts=parts)
        if not card.files:
            words = texts("gui.entries.missing_all")
        return PillLook("circle-dashed", words, "warn")
    if card.state == "waiting":
        return PillLook("clock", texts("gui.entries.waiting"), "neutral")
    if card.kept:
        return PillLook("check", texts("gui.entries.kept"), "neutral")
    return PillLook("circle-check", texts("gui.entries.good"), "ok")


def worst_of(problems: Sequence[Problem]) -> Problem | None:
    """Return the problem that weighs most."""
    order = ("stop", "warn", "neutral")
    return min(problems, key=lambda problem: order.index(tone_of(problem)), default=None)


def message(texts: Texts, card: Card) -> str:
    """Return words that ask a contestant for a new file."""
    lines = []
    for file in card.files:
        for problem in file.check.problems if file.check and file.asks else ():
            words = texts(problem.text_key, **problem.params)
            lines.append(f"- {file.original_name}: {words}")
    for part in card.missing:
        lines.append("- " + texts("gui.entries.missing", parts=part_name(part, texts)))
    return texts(
        "gui.entries.message", contestant=card.id, name=card.name, unit=card.unit or "–",
        findings="\n".join(lines),
    )  # fmt: skip
