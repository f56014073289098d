"""Numbers of the rules changed from the command line: cut, prizes, penalties, criteria."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from judgeapp.domain.contest import Criterion, Part, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.names import clean
from judgeapp.domain.points import Accepted, read_points
from judgeapp.domain.rule_edits import with_maximum, with_round
from judgeapp.domain.typed_rules import read_amount
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.revision import store_rules, undo_of_rules

MOST_COUNT = 1000
MOST_POINTS = Decimal(100)


def change_rules(
    app: Context,
    *,
    round_id: str,
    reason: str = "",
    cut: int | None = None,
    prizes: Mapping[str, int] | None = None,
    penalties: Mapping[str, str] | None = None,
) -> Outcome[int]:
    """Change numbers in a round's rules; return the number of the definition's version.

    Args:
        app: the contest.
        round_id: the round.
        reason: why, for the record; needed once the round is in use.
        cut: how many go on; None leaves it.
        prizes: how many of each prize, by the prize's id; 0 takes it away.
        penalties: points for each unit, as typed, by part and place in it from 1: ``clip/1``.

    Raises:
        JudgeError: ``contest.unknown_round``, ``rules.no_cut``, ``rules.bad_count``,
            ``rules.unknown_prize``, ``rules.unknown_penalty``, ``rules.bad_amount``, or why
            `store_rules` refuses.
    """

    def edit(held: Round) -> Round:
        wished = _with_prizes(_with_cut(held, cut), prizes or {})
        return _with_penalties(wished, penalties or {})

    return _changed_round(app, round_id, reason, edit)


def change_rubric(
    app: Context,
    *,
    round_id: str,
    reason: str = "",
    maxima: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Outcome[int]:
    """Change what criteria are called and worth; return the number of the definition's version.

    Args:
        app: the contest.
        round_id: the round.
        reason: why, for the record; needed once the round is in use.
        maxima: points at most, as typed, by part and criterion: ``clip/content``; levels keep
            their shares.
        names: what criteria are called, likewise.

    Raises:
        JudgeError: ``contest.unknown_round``, ``rubrics.unknown_criterion``,
            ``rubrics.bad_points``, ``rubrics.no_name``, ``rubrics.levels_do_not_fit``, or why
            `store_rules` refuses.
    """

    def edit(held: Round) -> Round:
        known = {f"{part.id}/{item.id}" for part in held.parts for item in part.criteria}
        unknown = sorted({*(maxima or {}), *(names or {})} - known)
        if unknown:
            raise JudgeError("rubrics.unknown_criterion", place=unknown[0])
        parts = tuple(_renamed(part, maxima or {}, names or {}) for part in held.parts)
        return replace(held, parts=parts)

    return _changed_round(app, round_id, reason, edit)


def _changed_round(
    app: Context, round_id: str, reason: str, edit: Callable[[Round], Round]
) -> Outcome[int]:
    with app.write() as u:
        definition = read_definition(u)
        after = edit(round_of(u, definition, round_id))
        version, is_new = store_rules(u, with_round(definition, after), reason)
        if is_new:
            u.commit()
    if not is_new:
        return changed(version, [])
    return changed(version, [Kind.CONTEST, Kind.RESULTS], undo_of_rules(version))


def _with_cut(held: Round, size: int | None) -> Round:
    if size is None:
        return held
    if held.cut is None:
        raise JudgeError("rules.no_cut", place=held.id, round=held.vi)
    if not 1 <= size <= MOST_COUNT:
        raise JudgeError("rules.bad_count", place=str(size), least=1, most=MOST_COUNT)
    return replace(held, cut=replace(held.cut, size=size))


def _with_prizes(held: Round, counts: Mapping[str, int]) -> Round:
    known = {prize.id for prize in held.prizes}
    for prize, count in counts.items():
        if prize not in known:
            raise JudgeError("rules.unknown_prize", place=prize, prizes=", ".join(sorted(known)))
        if not 0 <= count <= MOST_COUNT:
            raise JudgeError("rules.bad_count", place=str(count), least=0, most=MOST_COUNT)
    prizes = (replace(item, count=counts.get(item.id, item.count)) for item in held.prizes)
    return replace(held, prizes=tuple(item for item in prizes if item.count))


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
            rule = replace(rule, per_unit=read_amount(typed, most=part.max))
        rules.append(rule)
    return replace(part, penalties=tuple(rules))


def _renamed(part: Part, maxima: Mapping[str, str], names: Mapping[str, str]) -> Part:
    criteria = []
    for item in part.criteria:
        key = f"{part.id}/{item.id}"
        if key in maxima:
            item = with_maximum(item, _maximum(maxima[key], item))
        if key in names:
            name = clean(names[key])
            if not name:
                raise JudgeError("rubrics.no_name", place=key)
            item = replace(item, vi=name)
        criteria.append(item)
    return replace(part, criteria=tuple(criteria))


def _maximum(typed: str, item: Criterion) -> Decimal:
    read = read_points(typed, maximum=MOST_POINTS, step=item.step)
    if not isinstance(read, Accepted) or not read.points:
        raise JudgeError("rubrics.bad_points", place=typed, step=item.step, most=MOST_POINTS)
    return read.points
