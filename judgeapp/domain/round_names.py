"""What the parts, criteria and judges of a round are called, by id and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from judgeapp.domain.contest import Round
from judgeapp.domain.ties import StepName, name_step


@dataclass(frozen=True)
class RoundNames:
    """Names by id; what has no name is called by its id."""

    parts: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[tuple[str, str], str] = field(default_factory=dict)
    judges: Mapping[str, str] = field(default_factory=dict)

    def part(self, part: str) -> str:
        """Return the name of a part."""
        return self.parts.get(part, part)

    def criterion(self, part: str, criterion: str) -> str:
        """Return the name of a criterion of a part."""
        return self.criteria.get((part, criterion), criterion)

    def judge(self, judge: str) -> str:
        """Return id and name of a judge."""
        name = self.judges.get(judge)
        return f"{judge} {name}" if name else judge

    def step(self, written: str) -> StepName:
        """Return a tie-breaker with the names of what it compares."""
        step = name_step(written)
        return StepName(
            step.by,
            self.part(step.part),
            self.criterion(step.part, step.criterion),
            self.judge(step.judge),
        )


def names_of(
    held: Round | None, language: str, judges: Mapping[str, str] | None = None
) -> RoundNames:
    """Return what things are called in a round; without a round they are called by their ids."""
    if held is None:
        return RoundNames()
    return RoundNames(
        {part.id: _name(part.vi, part.en, language) for part in held.parts},
        {
            (part.id, item.id): _name(item.vi, item.en, language)
            for part in held.parts
            for item in part.criteria
        },
        judges or {},
    )


def _name(vi: str, en: str, language: str) -> str:
    return en if language == "en" else vi
