"""Taking back the secretary's facts that were just noted: those of before hold again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.facts import Fact
from judgeapp.domain.ids import RoundId
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed

Written = tuple[Fact, bool]


def undo_of_facts(round_id: RoundId, before: Collection[Fact], written: Sequence[Written]) -> Undo:
    """Return how facts are taken back.

    Args:
        round_id: their round.
        before: all facts of the round that held before.
        written: what was noted; with ``True`` beside it a fact was taken back.
    """
    earlier = {_subject(fact): fact for fact in before}
    back = tuple(
        (earlier.get(_subject(fact), fact), _subject(fact) not in earlier) for fact, _ in written
    )
    params = {"count": len(written)}
    return Undo("facts", params, partial(_put_back, round_id, tuple(written), back))


def _subject(fact: Fact) -> tuple[str, str, str]:
    return fact.contestant, fact.part, fact.what


def _put_back(
    round_id: RoundId, written: Sequence[Written], back: Sequence[Written], app: Context
) -> Outcome[int]:
    with app.write() as u:
        if u.judging.stage(round_id) == "closed":
            raise JudgeError("undo.changed_since")
        known = u.judging.facts(round_id)
        subjects = {_subject(fact) for fact in known}
        for fact, gone in written:
            if (_subject(fact) in subjects) if gone else (fact not in known):
                raise JudgeError("undo.changed_since")
        u.judging.add_facts(back)
        u.log("judging.facts_set", round=round_id, facts=len(back))
        u.commit()
    return changed(len(back), [Kind.FACTS, Kind.RESULTS], undo_of_facts(round_id, known, back))
