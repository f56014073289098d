"""Simple rules changed as a new version: the size of the cut, prizes, points of penalties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.definition import definition_body, read_definition_body
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.names import clean
from judgeapp.domain.points import Accepted, read_points
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.store.uow import UnitOfWork

_MOST = 1000
_STEP = Decimal("0.05")


def change_rules(
    app: Context,
    *,
    round_id: str,
    reason: str,
    cut: int | None = None,
    prizes: Mapping[str, int] | None = None,
    penalties: Mapping[str, str] | None = None,
) -> Outcome[int]:
    """Change numbers in a round's rules; return the number of the definition's version.

    The rules that hold already are no new version: then nothing is written. Marks stay as they
    are; what is worked out from them follows the newer rules.

    Args:
        app: the contest.
        round_id: the round.
        reason: why, for the record.
        cut: how many go on; None leaves it.
        prizes: how many of each prize, by the prize's id.
        penalties: points for each unit, as typed, by part and place in it from 1: ``clip/1``.

    Raises:
        JudgeError: ``contest.no_reason``, ``contest.unknown_round``, ``rules.no_cut``,
            ``rules.bad_count``, ``rules.unknown_prize``, ``rules.unknown_penalty``,
            ``rules.bad_points``, ``rules.signed_off`` once the round's result is signed off.
    """
    if not clean(reason):
        raise JudgeError("contest.no_reason")
    with app.write() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        _require_unsigned(u, held, cut=cut, prizes=prizes or {}, penalties=penalties or {})
        after = _with_penalties(_with_prizes(_with_cut(held, cut), prizes or {}), penalties or {})
        if after == held:
            return changed(u.contest.definition().version, [])
        rounds = tuple(after if item.id == held.id else item for item in definition.rounds)
        body = definition_body(replace(definition, rounds=rounds))
        read_definition_body(body)  # refuses what would be no definition
        version = u.contest.add_definition(body, reason=clean(reason))
        u.log("contest.revised", version=version)
        u.commit()
    return changed(version, [Kind.CONTEST, Kind.RESULTS])


def _require_unsigned(
    u: UnitOfWork,
    held: Round,
    *,
    cut: int | None,
    prizes: Mapping[str, int],
    penalties: Mapping[str, str],
) -> None:
    """Refuse to change rules by which a signed result was made."""
    finalists = u.results.sign_off("finalists", held.id) is not None
    prized = u.results.sign_off("prizes", held.id) is not None
    if (finalists and (cut is not None or penalties)) or (prized and (prizes or penalties)):
        raise JudgeError("rules.signed_off", place=held.id, round=held.vi)


def _with_cut(held: Round, size: int | None) -> Round:
    if size is None:
        return held
    if held.cut is None:
        raise JudgeError("rules.no_cut", place=held.id, round=held.vi)
    if not 1 <= size <= _MOST:
        raise JudgeError("rules.bad_count", place=str(size), least=1, most=_MOST)
    return replace(held, cut=replace(held.cut, size=size))


def _with_prizes(held: Round, counts: Mapping[str, int]) -> Round:
    known = {prize.id for prize in held.prizes}
    for prize, count in counts.items():
        if prize not in known:
            raise JudgeError("rules.unknown_prize", place=prize, prizes=", ".join(sorted(known)))
        if not 0 <= count <= _MOST:
            raise JudgeError("rules.bad_count", place=str(count), least=0, most=_MOST)
    prizes = tuple(replace(item, count=counts.get(item.id, item.count)) for item in held.prizes)
    return replace(held, prizes=prizes)


def _with_penalties(held: Round, points: Mapping[str, str]) -> Round:
    left = dict(points)
    parts = tuple(_part_with(part, left) for part in held.parts)
    if left:
        raise JudgeError("rules.unknown_penalty", place=next(iter(left)))
    return replace(held, parts=parts)


def _part_with(part: Part, left: dict[str, str]) -> Part:
    """Return a part with the points that ``left`` names for its penalties, and take them out."""
    rules = []
    for number, rule in enumerate(part.penalties, start=1):
        typed = left.pop(f"{part.id}/{number}", None)
        if typed is not None:
            rule = replace(rule, per_unit=_points(typed, part.max))
        rules.append(rule)
    return replace(part, penalties=tuple(rules))


def _points(typed: str, most: Decimal) -> Decimal:
    read = read_points(typed, maximum=most, step=_STEP)
    if not isinstance(read, Accepted):
        raise JudgeError("rules.bad_points", place=typed, most=most)
    return read.points
