"""Slips that go out with the packs, one for each judge."""

from __future__ import annotations

from collections.abc import Collection

from judgeapp.domain.errors import JudgeError
from judgeapp.exchange.pack_json import read_pack
from judgeapp.formats.judge_slip_pdf import JudgeSlip, judge_slips_pdf
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition, round_of
from judgeapp.system.texts import Texts


def judge_slips(
    app: Context, texts: Texts, *, judges: Collection[str] = (), round_id: str | None = None
) -> bytes:
    """Return the slips of the newest packs of a round as a PDF.

    Args:
        app: the open contest.
        texts: the language of the slips.
        judges: whose; none: everybody's who has a pack.
        round_id: the round, the current one if None.

    Raises:
        JudgeError: ``packs.no_slips`` if there is no pack for any of them.
    """
    with app.read() as u:
        held = round_of(u, read_definition(u), round_id)
        name = u.contest.meta()["name"]
        rows = u.packs.of_round(held.id)
    newest = {row.panel: row for row in sorted(rows, key=lambda row: row.version)}
    slips = []
    for row in newest.values():
        pack = read_pack(row.body.encode(), name=row.folder)
        slips += [
            JudgeSlip(
                round=held.vi,
                judge=judge.name,
                number=judge.id,
                panel=judge.panel or "",
                folder=row.folder,
                version=pack.version,
                entries=len({key[1] for key in pack.owed_by(judge.id)}),
                blind=pack.blind,
            )
            for judge in pack.judges
            if not judges or judge.id in judges
        ]
    if not slips:
        raise JudgeError("packs.no_slips", place=held.id, round=held.vi)
    return judge_slips_pdf(sorted(slips, key=lambda slip: slip.number), name, texts)
