"""A judge's score sheet to print and sign, from the marks at the desk as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from judgeapp.domain.own_marks import OwnEntry, decimals_of
from judgeapp.formats.score_sheet_pdf import ScoreSheetPaper, score_sheet_pdf
from judgeapp.services.context import Outcome, changed
from judgeapp.services.desk import Desk
from judgeapp.services.desk_view import DeskView, desk_view
from judgeapp.system.files import write_atomically
from judgeapp.system.texts import Texts, load_texts

MOST_CRITERIA = 8
"""More criteria than these do not fit beside each other; then the sheet shows sums of parts."""


@dataclass(frozen=True)
class WrittenSheet:
    """A score sheet that was written: where, and how many pages."""

    file: Path
    pages: int


def write_score_sheet(app: Desk, *, target: Path) -> Outcome[WrittenSheet]:
    """Write this judge's marks as a PDF to sign: entries in the pack's order, receipt, signature.

    Missing marks are dashes. The receipt stands on it only if the newest score file holds all of
    these marks; else it says that they are not handed in.

    Raises:
        JudgeError: ``files.…`` if it cannot be written.
    """
    paper = _paper(desk_view(app), load_texts(app.machine.settings.language), app.machine.now())
    data, pages = score_sheet_pdf(paper)
    write_atomically(target, data)
    return changed(WrittenSheet(target, pages), [])


def _paper(view: DeskView, texts: Texts, now: str) -> ScoreSheetPaper:
    pack = view.pack
    judge = pack.judge(view.judge)
    name = judge.name if judge else view.judge
    day = datetime.fromisoformat(now).astimezone().strftime("%d/%m/%Y")
    about = texts("judging.paper.about", judge=name, code=view.judge, count=len(view.entries))
    word = f"{texts('rehearsal.word')} — " if pack.rehearsal else ""
    return ScoreSheetPaper(
        heading=[word + pack.contest_name, pack.round.vi],
        title=texts("judging.paper.title"),
        about=[about, texts("judging.paper.printed", day=day)],
        columns=[texts("judging.paper.number"), texts("judging.paper.name"), *_heads(view, texts),
                 texts("judging.paper.total")],
        rows=[_row(view, entry, texts) for entry in view.entries],
        receipt=_receipt(view, texts),
        place_and_date=texts("judging.paper.place"),
        signature=(texts("judging.paper.signature"), name),
    )  # fmt: skip


def _shows_criteria(view: DeskView) -> bool:
    return sum(len(part.criteria) for part in view.pack.round.parts) <= MOST_CRITERIA


def _heads(view: DeskView, texts: Texts) -> list[str]:
    def name(vi: str, en: str) -> str:
        return vi if texts.language == "vi" else en

    parts = view.pack.round.parts
    if _shows_criteria(view):
        return [name(c.vi, c.en) for part in parts for c in part.criteria]
    return [name(part.vi, part.en) for part in parts]


def _row(view: DeskView, entry: OwnEntry, texts: Texts) -> list[str]:
    parts = view.pack.round.parts
    places = decimals_of(parts)
    one = next(item for item in view.pack.entries if item.id == entry.contestant)
    sums = {sheet.part: None if sheet.missing else sheet.sum for sheet in entry.sheets}
    if _shows_criteria(view):
        figures = [entry.points(part.id, c.id) for part in parts for c in part.criteria]
    else:
        figures = [sums.get(part.id) for part in parts]

    def words(value: Decimal | None) -> str:
        return "–" if value is None else texts.number(value, places)

    name = f"{one.name}\n{one.unit}" if one.unit else one.name
    return [entry.contestant, name, *map(words, figures), words(entry.total)]


def _receipt(view: DeskView, texts: Texts) -> list[str]:
    handed = view.handed_in
    if handed is None or handed.old:
        return [texts("judging.paper.not_handed_in")]
    at = datetime.fromisoformat(handed.at).astimezone().strftime("%H:%M %d/%m/%Y")
    lines = [texts("judging.paper.receipt", receipt=handed.receipt, number=handed.number, at=at)]
    if view.missing:
        lines.append(texts("judging.paper.missing", count=view.missing))
    return lines
