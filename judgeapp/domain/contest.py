"""The definition of a contest: rounds, parts, criteria, rules, cut and prizes, all of it data.

Words: a *round* (vòng) has *parts* (phần thi); each part has *criteria* (tiêu chí) with a maximum
and a step. A *penalty rule* turns a fact (seconds, days late) into points. The *cut* is the line
between those who go on and those who don't. Numbers are `Decimal`, read from text; a float in a
definition is refused. Not checked here: whether a preset's points are wise.

Source: rubric-presets.yaml, whose keys the dictionaries of this module follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from judgeapp.domain.ids import CriterionId, PanelId, PartId, RoundId

Method = Literal["mean", "sum", "median", "trimmed_mean", "rank_sum"]
NEEDS_ALL: frozenset[Method] = frozenset({"sum", "rank_sum"})
"""Methods that give no score where the sheet of any judge of the part is lacking."""
CutTies = Literal["report", "all", "fewer"]
PenaltyType = Literal["over", "under", "late"]
PenaltyUnit = Literal["full_minute", "begun_minute", "day"]


@dataclass(frozen=True)
class Level:
    """One level (mức) of a criterion: a name and what such a performance is like.

    Attributes:
        least: fewest points of this level; it reaches up to the next higher level.
        text: how to tell this level, in the contest's language; may be empty.
    """

    vi: str
    en: str
    least: Decimal
    text: str = ""


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: what is marked, up to how many points, in which step.

    Attributes:
        levels: best first, the last one from 0, so that every mark fits exactly one of them;
            or none at all.
    """

    id: CriterionId
    vi: str
    en: str
    max: Decimal
    step: Decimal
    levels: tuple[Level, ...] = ()

    def level_of(self, points: Decimal) -> Level | None:
        """Return the level that a mark from 0 to the maximum fits, or None without levels."""
        return next((level for level in self.levels if points >= level.least), None)

    def most_of(self, level: Level) -> Decimal:
        """Return the most points that still fit one of this criterion's levels."""
        above = [other.least for other in self.levels if other.least > level.least]
        return min(above) - self.step if above else self.max


@dataclass(frozen=True)
class PenaltyRule:
    """How a fact of the secretary takes points from a part.

    Attributes:
        type: ``over`` or ``under`` a length in seconds, or ``late`` by days.
        unit: ``full_minute`` counts whole minutes, ``begun_minute`` started ones, ``day`` days.
        per_unit: points taken for each unit.
        limit_s: the length from which seconds count, before ``grace_s`` is allowed for.
        cap: most points this rule takes, or None.
        void_over_s: more seconds than this beyond the limit and grace: the part counts 0; or None.
    """

    type: PenaltyType
    unit: PenaltyUnit
    per_unit: Decimal
    limit_s: int | None = None
    grace_s: int = 0
    cap: Decimal | None = None
    void_over_s: int | None = None


@dataclass(frozen=True)
class PanelShare:
    """A panel that marks a part together with others; weights count as shares of their sum."""

    panel: PanelId
    weight: Decimal


@dataclass(frozen=True)
class Part:
    """One phần thi of a round: a rubric, a weight, and its time and page rules.

    Attributes:
        weight: what the part's score is multiplied by in the total.
        panel: the panel that marks it, or None for every judge of the round.
        shares: two or more panels that mark it instead, each by itself: the part's score is the
            mean of what the method makes of each panel's sheets, by their weights.
        objective: right answers counted by the secretary instead of marks by judges.
        min_s: shortest allowed length in seconds, or None; ``max_s`` the longest.
        max_pages: most pages of an outline, or None; ``max_slides`` likewise.
    """

    id: PartId
    vi: str
    en: str
    weight: Decimal
    criteria: tuple[Criterion, ...]
    penalties: tuple[PenaltyRule, ...] = ()
    panel: PanelId | None = None
    shares: tuple[PanelShare, ...] = ()
    objective: bool = False
    min_s: int | None = None
    max_s: int | None = None
    max_pages: int | None = None
    max_slides: int | None = None
    coefficient_variant: Decimal | None = None

    @property
    def max(self) -> Decimal:
        """Most points of the part before its weight: the sum of its criteria."""
        return sum((criterion.max for criterion in self.criteria), Decimal(0))

    @property
    def panels(self) -> tuple[PanelId, ...]:
        """The panels named to mark it, none where every judge of the round does."""
        if self.shares:
            return tuple(share.panel for share in self.shares)
        return (self.panel,) if self.panel else ()


@dataclass(frozen=True)
class Aggregate:
    """How the judges' sheets of a part become its score: a named method of cli.md."""

    method: Method = "mean"
    over: Literal["sheet", "criterion"] = "sheet"
    drop_low: int = 0
    drop_high: int = 0

    @property
    def dropped(self) -> int:
        """How many sheets the method leaves out."""
        return self.drop_low + self.drop_high if self.method == "trimmed_mean" else 0


@dataclass(frozen=True)
class Cut:
    """How many go on: overall, or from each group."""

    size: int
    scope: Literal["overall", "group"] = "overall"
    ties: CutTies = "report"


@dataclass(frozen=True)
class Prize:
    """One kind of prize and how many of it."""

    id: str
    vi: str
    count: int


@dataclass(frozen=True)
class Round:
    """One vòng thi.

    Attributes:
        judges: how many judges the rules expect in a panel; any number works.
        min_judges: fewer counting sheets than this give no score.
        spread_warn: difference between highest and lowest sheet of a part that is shown; or None.
        spread_block: difference that needs the panel's written conclusion before closing; or None.
        round_parts: step that part scores are rounded to by rule, as text, or None.
        round_total: step that totals are rounded to by rule, as text, or None.
        carry_over: points brought from the round before: ``none``.
        team: contestants are teams.
    """

    id: RoundId
    preset: str
    vi: str
    aggregate: Aggregate
    parts: tuple[Part, ...]
    tie_breakers: tuple[str, ...]
    judges: int
    min_judges: int
    cut: Cut | None = None
    prizes: tuple[Prize, ...] = ()
    spread_warn: Decimal | None = None
    spread_block: Decimal | None = None
    round_parts: str | None = None
    round_total: str | None = None
    carry_over: Literal["none"] = "none"
    team: bool = False
    source: str = ""
    own: str = ""

    @property
    def total(self) -> Decimal:
        """Most points of the round: the sum of its parts' maxima times their weights."""
        return sum((part.max * part.weight for part in self.parts), Decimal(0))

    def least_sheets(self, part: Part, *, panel: int) -> int:
        """Return how few sheets still give a part a score, if so many judges mark it."""
        if part.objective and self.aggregate.method != "rank_sum":
            return 1  # right answers are counted once; the count is the score
        least = 1 if part.objective else self.min_judges
        if self.aggregate.method in NEEDS_ALL:
            return max(least, panel)
        return max(least, 1 + self.aggregate.dropped)

    def part(self, part_id: PartId) -> Part | None:
        """Return the part of that id, or None."""
        return next((part for part in self.parts if part.id == part_id), None)


@dataclass(frozen=True)
class Definition:
    """All rules of a contest, in the order in which the rounds are held."""

    preset: str
    vi: str
    rounds: tuple[Round, ...]

    def round(self, round_id: RoundId) -> Round | None:
        """Return the round of that id, or None."""
        return next((item for item in self.rounds if item.id == round_id), None)

    def before(self, round_id: RoundId) -> Round | None:
        """Return the round held before that one, or None."""
        ids = [item.id for item in self.rounds]
        index = ids.index(round_id)
        return self.rounds[index - 1] if index else None
