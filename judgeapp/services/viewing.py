"""How judges see a round's entries: by name or by a code, in one order or each in an own one.

Words: a round is judged *blind* (ẩn danh) if judges see codes instead of names and organisations. A
*code* is drawn once for a contestant and round and never changes; only the contest knows whose it
is. Codes leave with the packs and come back with the score files.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.domain.marks import MarkEvent
from judgeapp.store.uow import UnitOfWork

_LETTERS = "BCDGHKLMNPQRSTVX"  # told apart when read out, and no vowel: a code is no word


@dataclass(frozen=True)
class Viewing:
    """How judges see a round.

    Attributes:
        blind: codes instead of names and organisations.
        own_order: each judge begins elsewhere in one drawn order; else the order of the numbers.
        seed: what that order is drawn from.
    """

    blind: bool = False
    own_order: bool = False
    seed: int = 0


def viewing_of(u: UnitOfWork, round_id: RoundId) -> Viewing:
    """Return how judges see a round; at first by name, in the order of the numbers."""
    stored = u.contest.meta().get(f"viewing:{round_id}")
    return Viewing(**json.loads(stored)) if stored else Viewing()


def store_viewing(u: UnitOfWork, round_id: RoundId, viewing: Viewing) -> None:
    """Store how judges see a round."""
    u.contest.put_meta(f"viewing:{round_id}", json.dumps(vars(viewing)))


def codes_of(u: UnitOfWork, round_id: RoundId) -> dict[ContestantId, ContestantId]:
    """Return the codes that were drawn for a round, by contestant."""
    stored = json.loads(u.contest.meta().get(f"codes:{round_id}", "{}"))
    return {ContestantId(one): ContestantId(code) for one, code in stored.items()}


def draw_codes(
    u: UnitOfWork, round_id: RoundId, contestants: Iterable[ContestantId]
) -> dict[ContestantId, ContestantId]:
    """Return a code for each contestant; those who have none yet are given one, for ever."""
    codes = codes_of(u, round_id)
    wanted = [one for one in contestants if one not in codes]
    if not wanted:
        return codes
    taken = {str(one.id).upper() for one in u.people.contestants()} | set(codes.values())
    digits = 2
    while len(_LETTERS) * 9 * 10 ** (digits - 1) < 3 * (len(codes) + len(wanted)):
        digits += 1
    for one in wanted:
        code = _code(digits)
        while code in taken:
            code = _code(digits)
        taken.add(code)
        codes[one] = ContestantId(code)
    u.contest.put_meta(f"codes:{round_id}", json.dumps(codes, ensure_ascii=False))
    return codes


def _code(digits: int) -> str:
    least = 10 ** (digits - 1)
    return f"{secrets.choice(_LETTERS)}{least + secrets.randbelow(9 * least)}"


def by_contestant(
    events: Iterable[MarkEvent], codes: Mapping[ContestantId, ContestantId]
) -> list[MarkEvent]:
    """Return events that a judge made on codes as those of the contestants."""
    whose = {code: one for one, code in codes.items()}
    return [
        replace(event, contestant=whose.get(event.contestant, event.contestant)) for event in events
    ]
