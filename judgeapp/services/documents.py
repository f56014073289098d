"""The documents of a contest: which there can be, what each waits for, and those that are PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.contest import Round
from judgeapp.domain.errors import JudgeError
from judgeapp.formats.lists_pdf import Head, contestants_pdf, ranking_pdf
from judgeapp.services.certificate_list import certificate_sheets
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition, require_round
from judgeapp.services.papers import mark_of, title_of
from judgeapp.services.results_papers import tie_form, tie_on_paper
from judgeapp.services.results_round import tally_groups
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.texts import load_texts

DocumentKind = Literal["contestants", "ranking", "tie", "tables", "plain", "lotus", "drum"]
PDFS: tuple[DocumentKind, ...] = ("contestants", "ranking", "tie")


@dataclass(frozen=True)
class Document:
    """One document.

    Attributes:
        round: the round that it is about, or None.
        ready: it can be written now.
        count: how many people, sheets or rows it holds.
    """

    kind: DocumentKind
    round: Round | None
    ready: bool
    count: int

    @property
    def id(self) -> str:
        """The kind, and the round where there is one: ``ranking:final``."""
        return self.kind if self.round is None else f"{self.kind}:{self.round.id}"


def list_documents(app: Context) -> list[Document]:
    """Return all documents that this contest can have, each with whether it can be written now."""
    with app.read() as u:
        people = len(u.people.contestants())
        found = [Document("contestants", None, people > 0, people)]
        for held in read_definition(u).rounds:
            ranked = _ranked(u, held)
            found.append(Document("ranking", held, ranked > 0, ranked))
            if held.cut is not None:
                tied = tie_on_paper(u, held)
                found.append(Document("tie", held, tied is not None, 0))
    found += [
        Document("tables", None, people > 0, people),
        Document("plain", None, people > 0, people),
    ]
    templates: tuple[Literal["lotus", "drum"], ...] = ("lotus", "drum")
    return [*found, *(_certificates(app, template) for template in templates)]


def _ranked(u: UnitOfWork, held: Round) -> int:
    try:
        groups = tally_groups(u, read_definition(u), held)
    except JudgeError:
        return 0
    return sum(1 for group in groups for item in group.result.ranking if item.rank is not None)


def _certificates(app: Context, template: Literal["lotus", "drum"]) -> Document:
    try:
        sheets = certificate_sheets(app, template=template)
    except JudgeError:
        return Document(template, None, ready=False, count=0)
    good = sum(1 for sheet in sheets.sheets if not sheet.problems)
    ready = good > 0 and sheets.printable and not sheets.shared
    return Document(template, None, ready, good)


def document_pdf(app: Context, *, document: str, language: str = "vi") -> bytes:
    """Return a list or the minutes of a tie as a PDF.

    Args:
        app: the contest.
        document: ``contestants``, ``ranking:ROUND`` or ``tie:ROUND``.
        language: of the words.

    Raises:
        JudgeError: ``results.no_such_document``, ``results.no_tie_on_line``,
            ``contest.unknown_round``, ``results.no_finalists``.
    """
    kind, _, round_id = document.partition(":")
    if kind not in PDFS or (kind == "contestants") == bool(round_id):
        raise JudgeError("results.no_such_document", place=document)
    if kind == "tie":
        return tie_form(app, round_id=round_id, language=language)
    texts = load_texts(language)
    day = f"{app.machine.clock().astimezone():%d/%m/%Y}"
    with app.read() as u:
        head = Head(title_of(u, language), day, mark_of(u))
        definition = read_definition(u)
        if kind == "contestants":
            units = {str(unit.id): unit.name for unit in u.people.units()}
            return contestants_pdf(head, u.people.contestants(), units, texts)
        held = require_round(definition, round_id, open_round=definition.rounds[0].id)
        groups = [(one.group, one.result) for one in tally_groups(u, definition, held)]
    return ranking_pdf(head, held, groups, texts)
