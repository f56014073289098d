"""The rows of the page of score files: the matrix, and files with their verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judgeapp.gui.widgets.matrix import MatrixRow, State
from judgeapp.gui.widgets.pill import PillLook, Tone
from judgeapp.gui.widgets.rows import Column
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.collecting import Collected, LookedAt
    from judgeapp.services.kept_scores import MarkChange
    from judgeapp.services.score_matrix import CellState, KeptFile, SheetMatrix, SheetRow

_STATES: dict[CellState, State] = {
    "done": "known",
    "begun": "missing",
    "missing": "missing",
    "barred": "barred",
    "others": "other",
}
_LOOKS: dict[str, tuple[str, Tone]] = {
    "new": ("info", "accent"),
    "newer": ("info", "accent"),
    "older": ("circle-dashed", "neutral"),
    "duplicate": ("circle-check", "neutral"),
    "damaged": ("octagon-alert", "stop"),
    "other_contest": ("octagon-alert", "stop"),
}


@dataclass(frozen=True)
class FileRow:
    """A score file as the table shows it.

    Attributes:
        changes: marks that it would change; empty for files that were taken in.
        kept: the file as it was taken in; None while it is only looked at.
    """

    id: str
    name: str
    whose: str
    verdict: str
    why: str
    changes: tuple[MarkChange, ...] = ()
    kept: KeptFile | None = None


def matrix_rows(found: SheetMatrix, looked: Sequence[LookedAt], texts: Texts) -> list[MatrixRow]:
    """Return the rows of the matrix, with what looked-at files would bring."""
    return [_matrix_row(row, found, looked, texts) for row in found.rows]


def _matrix_row(
    row: SheetRow, found: SheetMatrix, looked: Sequence[LookedAt], texts: Texts
) -> MatrixRow:
    own = [
        one for one in looked
        if one.collected.judge == row.judge.id and one.round == found.held.id
    ]  # fmt: skip
    new = {item.contestant for one in own for item in one.new}
    changed = {item.contestant for one in own for item in one.changes}
    cells: list[State] = []
    for one, state in zip(found.contestants, row.cells, strict=True):
        fresh: State | None = "changed" if one.id in changed else "new" if one.id in new else None
        cells.append(fresh or _STATES[state])
    second = [row.judge.id, texts(f"gui.score_files.role.{row.judge.role}")]
    tone = ""
    if row.done < row.owed:
        tone = "warn" if row.done else "stop"
    if row.done < row.owed and _broken(row.judge.id, looked):
        second[1] = texts("gui.score_files.broken")
    elif not row.heard_of and row.owed and not row.done:
        second[1] = texts("gui.score_files.not_sent")
    return MatrixRow(
        row.judge.id,
        row.judge.name,
        " · ".join(second),
        tuple(cells),
        f"{row.done} / {row.owed}",
        tone,  # type: ignore[arg-type]  # one of the three words above
    )


def _broken(judge: str, looked: Sequence[LookedAt]) -> bool:
    """Tell whether a file that is named like this judge's can't be opened."""
    start = f"{judge}-".casefold()
    return any(
        one.collected.verdict == "damaged" and one.path.name.casefold().startswith(start)
        for one in looked
    )


def looked_rows(looked: Sequence[LookedAt], texts: Texts) -> list[FileRow]:
    """Return the rows of files that were looked at."""
    return [
        FileRow(
            str(number),
            one.path.name,
            _whose(one.collected, texts),
            one.collected.verdict,
            _why(one.collected, len(one.new), len(one.changes), texts),
            one.changes,
        )
        for number, one in enumerate(looked)
    ]


def kept_rows(found: SheetMatrix, texts: Texts) -> list[FileRow]:
    """Return the rows of files that were taken in, the newest first."""
    return [_kept(file, texts) for file in reversed(found.files)]


def _kept(file: KeptFile, texts: Texts) -> FileRow:
    from judgeapp.system.clock import shown_moment

    how = "taken_back" if file.taken_back else "counts" if file.counts else "does_not_count"
    counts = texts(f"gui.score_files.{how}")
    at = texts("gui.score_files.received", at=shown_moment(file.received_at))
    whose = file.judge or "–"
    if file.scored is not None and file.of is not None:
        whose = texts("gui.score_files.whose", judge=whose, scored=file.scored, of=file.of)
    return FileRow(f"kept-{file.id}", file.name, whose, file.verdict, f"{counts} · {at}", kept=file)


def _whose(item: Collected, texts: Texts) -> str:
    if item.judge is None:
        return "–"
    if item.scored is None or item.of is None:
        return str(item.judge)
    return texts("gui.score_files.whose", judge=item.judge, scored=item.scored, of=item.of)


def _why(item: Collected, new: int, changed: int, texts: Texts) -> str:
    if item.reason is not None:
        return texts.error(item.reason)
    said = [
        texts(
            f"gui.score_files.why.{item.verdict}",
            new=new, changed=changed, receipt=item.receipt or "–", number=item.number,
            device=item.device, judge=item.judge,
        )
    ]  # fmt: skip
    params = {"judge": item.judge}
    said += [texts(f"packs.note.{note}", **params) for note in item.notes]
    said += [
        texts(f"packs.put_aside.{reason}", count=count) for reason, count in item.put_aside.items()
    ]
    if item.apart:
        said.append(texts("packs.apart", judge=item.judge, contestants=", ".join(item.apart)))
    return " ".join(said)


def file_columns(texts: Texts) -> list[Column]:
    """Return the columns of the table of files."""

    def pill(row: FileRow) -> PillLook:
        if row.kept is not None and row.kept.taken_back:
            return PillLook("undo-2", texts("gui.score_files.verdict.taken_back"), "neutral")
        icon, tone = _LOOKS.get(row.verdict, ("triangle-alert", "warn"))
        if row.changes:
            words = texts("gui.score_files.verdict.changes", count=len(row.changes))
            return PillLook("triangle-alert", words, "warn")
        return PillLook(icon, texts(f"packs.verdict_name.{row.verdict}"), tone)

    return [
        Column(texts("gui.score_files.head.file"), lambda row: row.name, "name"),
        Column(texts("gui.score_files.head.whose"), lambda row: row.whose, sort=lambda r: r.whose),
        Column(
            texts("gui.score_files.head.verdict"),
            lambda row: pill(row).text,
            "pill",
            pill=pill,
            sort=lambda row: row.verdict,
        ),
        Column(texts("gui.score_files.head.why"), lambda row: row.why, stretch=True),
    ]
