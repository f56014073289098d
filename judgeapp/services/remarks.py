"""What judges said of whole entries, as their score files brought it to the organiser."""

from __future__ import annotations

from judgeapp.domain.remarks import Remark, remarks
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition, round_of


def remarks_on_entries(app: Context, *, round_id: str | None = None) -> list[Remark]:
    """Return the judges' comments on entries and the problems that they report, by contestant.

    Args:
        app: the open contest.
        round_id: the round, the current one if None.

    Raises:
        JudgeError: ``contest.unknown_round``.
    """
    with app.read() as u:
        item = round_of(u, read_definition(u), round_id)
        return remarks(u.judging.mark_events(item.id, with_remarks=True))
