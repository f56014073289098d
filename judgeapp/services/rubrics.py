"""The rubrics of a contest: shown with what locks them, changed until judge packs are out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from judgeapp.domain.contest import Criterion, Part, Round
from judgeapp.domain.definition import definition_body, read_definition_body
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.names import clean
from judgeapp.domain.points import Accepted, read_points
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of

_MOST = Decimal(100)


@dataclass(frozen=True)
class RubricState:
    """A round with what holds about its rubrics.

    Attributes:
        packs: how many judge packs of it were built; from the first on the rubrics are locked.
    """

    round: Round
    packs: int


@dataclass(frozen=True)
class Rubrics:
    """All rubrics of the newest version."""

    version: int
    rounds: tuple[RubricState, ...]


def show_rubrics(app: Context) -> Rubrics:
    """Return the rubrics of all rounds."""
    with app.read() as u:
        definition = read_definition(u)
        states = tuple(
            RubricState(held, len(u.packs.of_round(held.id))) for held in definition.rounds
        )
        return Rubrics(u.contest.definition().version, states)


def change_rubric(
    app: Context,
    *,
    round_id: str,
    reason: str,
    maxima: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Outcome[int]:
    """Change what criteria are called and worth; return the number of the definition's version.

    Args:
        app: the contest.
        round_id: the round.
        reason: why, for the record.
        maxima: points at most, as typed, by part and criterion: ``clip/content``.
        names: what criteria are called, likewise.

    Raises:
        JudgeError: ``contest.no_reason``, ``contest.unknown_round``,
            ``rubrics.unknown_criterion``, ``rubrics.bad_points``, ``rubrics.no_name``,
            ``rubrics.packs_out`` once a judge pack of the round was built.
    """
    if not clean(reason):
        raise JudgeError("contest.no_reason")
    with app.write() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        if u.packs.of_round(held.id):
            raise JudgeError("rubrics.packs_out", place=held.id, round=held.vi)
        known = {f"{part.id}/{item.id}" for part in held.parts for item in part.criteria}
        unknown = sorted({*(maxima or {}), *(names or {})} - known)
        if unknown:
            raise JudgeError("rubrics.unknown_criterion", place=unknown[0])
        parts = tuple(_part(part, maxima or {}, names or {}) for part in held.parts)
        after = replace(held, parts=parts)
        if after == held:
            return changed(u.contest.definition().version, [])
        rounds = tuple(after if item.id == held.id else item for item in definition.rounds)
        body = definition_body(replace(definition, rounds=rounds))
        read_definition_body(body)  # refuses what would be no definition
        version = u.contest.add_definition(body, reason=clean(reason))
        u.log("contest.revised", version=version)
        u.commit()
    return changed(version, [Kind.CONTEST, Kind.RESULTS])


def _part(part: Part, maxima: Mapping[str, str], names: Mapping[str, str]) -> Part:
    criteria = []
    for item in part.criteria:
        key = f"{part.id}/{item.id}"
        if key in maxima:
            item = replace(item, max=_maximum(maxima[key], item))
        if key in names:
            name = clean(names[key])
            if not name:
                raise JudgeError("rubrics.no_name", place=key)
            item = replace(item, vi=name)
        criteria.append(item)
    return replace(part, criteria=tuple(criteria))


def _maximum(typed: str, item: Criterion) -> Decimal:
    read = read_points(typed, maximum=_MOST, step=item.step)
    if not isinstance(read, Accepted) or not read.points:
        raise JudgeError("rubrics.bad_points", place=typed, step=item.step, most=_MOST)
    return read.points
