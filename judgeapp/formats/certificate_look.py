"""One certificate looked at before it is printed: how each field fits, and what has to be mended.

A field that cannot be printed is drawn as an ellipsis at its place, so that the sheet can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from judgeapp.domain.awards import Certificate
from judgeapp.domain.papers import Paper
from judgeapp.formats.certificate_layout import Misfit
from judgeapp.formats.certificate_pdf import (
    Prepared,
    Problem,
    TemplateName,
    layout_of,
)
from judgeapp.formats.certificate_words import fixed_words, own_words
from judgeapp.formats.stack import Set
from judgeapp.formats.typeset import Line

ELLIPSIS = "…"
_TRIES = 12


@dataclass(frozen=True)
class Fit:
    """How a field of the flow fits.

    Attributes:
        size: as it is set, in pt; ``full`` if there were room, ``floor`` the least.
        lines: how many it takes.
        spare: width that its widest line leaves, in mm.
        box: around its ink, in mm from the top-left corner: left, top, right, bottom.
        problem: it cannot be printed; ``size`` is that of the ellipsis then.
    """

    field: str
    size: float
    full: float
    floor: float
    lines: int
    spare: float
    box: tuple[float, float, float, float]
    problem: Problem | None = None

    @property
    def shrunk(self) -> bool:
        """Whether it is set smaller than it would be with room."""
        return self.size < self.full - 0.01


@dataclass(frozen=True)
class Look:
    """One certificate, ready to be drawn with what can be drawn of it.

    Attributes:
        problems: of its own fields and of the office's words.
    """

    prepared: Prepared
    fits: tuple[Fit, ...]
    problems: tuple[Problem, ...]


def look_at(
    certificate: Certificate, *, template: TemplateName, paper: Paper, mark: str | None = None
) -> Look:
    """Set a certificate, whatever is wrong with it."""
    layout = layout_of(template)
    fixed, own = fixed_words(paper), own_words(certificate, paper)
    office = set(fixed)
    problems: list[Problem] = []
    for _ in range(_TRIES):
        try:
            rows = layout.own_rows({**fixed, **own})
            shared, signing = layout.fixed_rows(fixed), layout.signing_rows(fixed)
            break
        except Misfit as misfit:
            whose = None if misfit.field in office else certificate
            problems.append(Problem(whose, misfit.field, misfit.text, misfit.letters))
            (fixed if whose is None else own)[misfit.field] = ELLIPSIS
    else:
        raise RuntimeError("an ellipsis does not fit")
    prepared = Prepared(
        template, certificate.name, certificate.contest, tuple(shared), tuple(signing),
        (tuple(rows),), None, mark,
    )  # fmt: skip
    return Look(prepared, tuple(_fits(rows, layout.measure, problems)), tuple(problems))


def _fits(rows: Sequence[Set], measure: float, problems: Sequence[Problem]) -> Iterator[Fit]:
    fields = dict.fromkeys(row.of for row in rows if row.of is not None)
    wrong = {problem.field: problem for problem in problems}
    for sized in fields:
        own = [row for row in rows if row.of == sized]
        lines = [_main(row) for row in own]
        yield Fit(
            sized.field,
            min(line.size for line in lines),
            sized.full,
            sized.floor,
            len(own),
            measure - max(row.row.ink.right - row.row.ink.left for row in own),
            _around(own),
            wrong.get(sized.field),
        )


def _main(row: Set) -> Line:
    """Return the line that carries the field: the last of those on one baseline."""
    return row.row.parts[-1][1]


def _around(rows: Sequence[Set]) -> tuple[float, float, float, float]:
    inks = [row.row.ink for row in rows]
    return (
        min(ink.left for ink in inks),
        min(row.y - row.row.ink.top for row in rows),
        max(ink.right for ink in inks),
        max(row.y - row.row.ink.bottom for row in rows),
    )
