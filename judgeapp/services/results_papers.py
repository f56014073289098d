"""Papers about a round: why a contestant has this total, and the minutes of a tie on the line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from judgeapp.domain.contest import Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.explain import explain
from judgeapp.formats.tie_form_pdf import TieForm, tie_form_pdf
from judgeapp.formats.why_pdf import WhyPaper, why_pdf
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition
from judgeapp.services.papers import mark_of, read_papers, title_of
from judgeapp.services.results import find_standing
from judgeapp.services.results_line import LineTie, tie_of
from judgeapp.services.results_round import tallied_round, tally_groups
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.texts import Texts, load_texts

TieWay = Literal["chair", "all", "draw"]
_WAYS: tuple[TieWay, ...] = ("chair", "all", "draw")


def why_sheet(
    app: Context, *, contestant: str, round_id: str | None = None, language: str = "vi"
) -> bytes:
    """Return as a PDF why a contestant has this total and this rank, down to the single mark.

    Raises:
        JudgeError: ``results.unknown_contestant``, ``contest.unknown_round``,
            ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        group, standing = find_standing(tally_groups(u, definition, held), contestant)
        paper = WhyPaper(
            contest=title_of(u, language),
            held=held,
            result=group.result,
            deductions=group.deductions,
            explanation=explain(group.result, standing),
            judges=_judges(u),
            version=u.contest.definition().version,
            day=f"{_today(app):%d/%m/%Y}",
            mark=mark_of(u),
        )
    return why_pdf(paper, load_texts(language))


def tie_form(
    app: Context,
    *,
    round_id: str | None = None,
    way: TieWay | None = None,
    chosen: Sequence[str] = (),
    reason: str = "",
    language: str = "vi",
) -> bytes:
    """Return as a PDF the minutes of the tie on a round's line, to be signed by the panel.

    What is not said is a dotted line for the pen. Once the tie is decided, what was recorded
    stands in them.

    Args:
        app: the open contest.
        round_id: the round, or None for the latest one that has marks.
        way: how it is decided; ``chosen`` are the numbers of who goes on, the best first.
        chosen: see there.
        reason: why.
        language: of the words.

    Raises:
        JudgeError: ``results.no_tie_on_line`` if there is and was none.
    """
    texts = load_texts(language)
    with app.read() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        tie = tie_on_paper(u, held)
        if tie is None:
            raise JudgeError("results.no_tie_on_line", place=held.id, round=held.vi)
        made = u.results.decisions(held.id)
        if made and not chosen and not reason:
            chosen, reason = made[-1].order, f"{made[-1].by}: {made[-1].reason}"
        form = _form(u, tie, way, chosen, reason, texts)
    return tie_form_pdf(form, texts)


def tie_on_paper(u: UnitOfWork, held: Round) -> LineTie | None:
    """Return the tie on a round's line, the decided one too; None if there is and was none."""
    try:
        tie = _open_tie(u, held)
        if tie is None and u.results.decisions(held.id):
            tie = _open_tie(u, held, decided=False)
    except JudgeError:
        return None
    return tie


def _open_tie(u: UnitOfWork, held: Round, *, decided: bool = True) -> LineTie | None:
    groups = tally_groups(u, read_definition(u), held, decided=decided)
    tied = next((group for group in groups if group.result.cut.undecided), None)
    return None if tied is None else tie_of(held, tied, _judges(u))


def _form(
    u: UnitOfWork,
    tie: LineTie,
    way: TieWay | None,
    chosen: Sequence[str],
    reason: str,
    texts: Texts,
) -> TieForm:
    offered = [one for one in _WAYS if one != "all" or tie.may_take_all]
    names = {str(one.id): one.name or "" for one in tie.contestants}
    paper = read_papers(u).paper("certificate")
    return TieForm(
        contest=title_of(u, texts.language),
        held=tie.held,
        contestants=tie.contestants,
        total=tie.total,
        seats=tie.seats,
        rules=[(rule.by, rule.values) for rule in tie.rules],
        ways=[
            (
                texts(f"results.tie.way.{one}", count=len(tie.contestants), size=tie.widened),
                one == way,
            )
            for one in offered
        ],
        chosen="; ".join(f"{one} {names.get(one, '')}".strip() for one in chosen),
        reason=reason,
        members=[(judge.name, texts(f"panel.role.{judge.role}")) for judge in u.judging.judges()],
        judges=tie.judges,
        superior=paper.superior or "",
        giver=paper.giver or "",
        mark=mark_of(u),
    )


def _judges(u: UnitOfWork) -> dict[str, str]:
    return {str(judge.id): judge.name for judge in u.judging.judges()}


def _today(app: Context) -> datetime:
    return app.machine.clock().astimezone()
