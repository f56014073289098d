"""The slip that goes out with a judge's pack: whose it is, what is in it, and how to begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judgeapp.formats.report_pdf import (
    GREY,
    LINE,
    Look,
    build_pdf,
    para,
    space,
    table,
    together,
)
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_WIDTH = 172.0
_STEPS = 5
_NAME = Look(size=17, leading=24)
_BODY = Look(size=11, leading=16)
_LITTLE = Look(size=9.5, leading=13, colour=GREY)


@dataclass(frozen=True)
class JudgeSlip:
    """What a slip says.

    Attributes:
        number: of the judge: what the judge chooses when opening the pack.
        panel: where there are several, else "".
        folder: of the pack; ``version`` of it.
        entries: how many this judge marks.
        blind: codes stand in place of names.
    """

    round: str
    judge: str
    number: str
    panel: str
    folder: str
    version: int
    entries: int
    blind: bool


def judge_slips_pdf(slips: Sequence[JudgeSlip], contest: str, texts: Texts) -> bytes:
    """Return the slips as a PDF, three on a sheet."""
    return build_pdf(
        lambda: [item for slip in slips for item in _slip(slip, contest, texts)],
        title=texts("packs.slip.title"),
        author=contest,
        foot=contest,
    )


def _slip(slip: JudgeSlip, contest: str, texts: Texts) -> Iterator[Flowable]:
    said = [para(contest, _LITTLE), para(slip.round, _LITTLE), space(2)]
    said.append(para(slip.judge, _NAME.bold()))
    who = texts("packs.slip.number", number=slip.number)
    said.append(para(f"{who} · {slip.panel}" if slip.panel else who, _BODY.bold()))
    what = texts("packs.slip.pack", folder=slip.folder, version=slip.version, count=slip.entries)
    said += [para(what, _BODY), space(3)]
    steps = [
        texts(f"packs.slip.step.{number}", number=slip.number) for number in range(1, _STEPS + 1)
    ]
    rows = [[para(f"{at}.", _BODY.bold()), para(step, _BODY)] for at, step in enumerate(steps, 1)]
    said.append(table(rows, [9, _WIDTH - 9 - 10], padding=2))
    if slip.blind:
        said.append(para(texts("packs.slip.blind"), _BODY))
    box = [("BOX", (0, 0), (-1, -1), 0.8, LINE)]
    yield together([table([[said]], [_WIDTH], rules=box, padding=9, sides=14), space(4)])
