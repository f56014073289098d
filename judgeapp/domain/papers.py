"""What the office says about its papers: who gives them, who signs, where, when, by which decision.

Words: a *commendation* (giấy khen) is given by a committee and needs its decision; a *certificate*
(giấy chứng nhận) is given by the board that runs the contest and needs only the board's serial.
Everything may be missing: what the office has not said yet is printed as a dotted line, never
guessed. Names of bodies are contest data. Not checked here: whether the signer may sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from judgeapp.domain.errors import BadInput
from judgeapp.domain.names import nfc

PaperKind = Literal["commendation", "certificate"]
KINDS: tuple[PaperKind, ...] = ("commendation", "certificate")
MAX_LENGTH = 300
MOST_SHIFT = Decimal(15)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Paper:
    """The facts of one kind of paper; None is what the office has not said.

    Attributes:
        superior: the body above the giver, in small print over it.
        giver: the body that gives the paper; a line feed is a break that must be made.
        place: place of signing, as it stands before the date.
        signed_on: day of signing.
        authority: in whose name it is signed, such as ``T/M BAN THƯỜNG VỤ``.
        post: the signer's post.
        signer: the signer's name, without degree or title.
        decision_number: of the decision that the paper rests on, such as ``118-QĐ/ĐU``.
        decision_date: of that decision.
        honorific: how a person is addressed before the name; None for the usual word.
    """

    superior: str | None = None
    giver: str | None = None
    place: str | None = None
    signed_on: date | None = None
    authority: str | None = None
    post: str | None = None
    signer: str | None = None
    decision_number: str | None = None
    decision_date: date | None = None
    honorific: str | None = None


@dataclass(frozen=True)
class Papers:
    """All that the office says about its papers.

    Attributes:
        contest_title: how the contest is called on paper; None for its name.
        both: what holds for both kinds of paper.
        commendation: what differs on a giấy khen; ``certificate`` on a giấy chứng nhận.
    """

    contest_title: str | None = None
    both: Paper = field(default_factory=Paper)
    commendation: Paper = field(default_factory=Paper)
    certificate: Paper = field(default_factory=Paper)

    def paper(self, kind: PaperKind) -> Paper:
        """Return the facts of one kind: its own ones, else those of both.

        >>> papers = Papers(both=Paper(giver="A", place="X"), certificate=Paper(giver="B"))
        >>> papers.paper("certificate").giver, papers.paper("certificate").place
        ('B', 'X')
        """
        own = self.commendation if kind == "commendation" else self.certificate
        values = {}
        for item in fields(Paper):
            value = getattr(own, item.name)
            values[item.name] = getattr(self.both, item.name) if value is None else value
        return Paper(**values)


_DATES = ("signed_on", "decision_date")
_FIELDS = tuple(item.name for item in fields(Paper))


def read_millimetres(text: str) -> Decimal:
    """Return how far printing is moved, in mm: to a tenth, 15 at most, comma or point.

    >>> read_millimetres(" -0,5 "), read_millimetres("")
    (Decimal('-0.5'), Decimal('0'))

    Raises:
        BadInput: ``awards.shift``.
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{0,2}(?:\.[0-9])?", typed, re.ASCII) or typed in ("-", "."):
        raise BadInput("awards.shift", place=text)
    value = Decimal(typed or "0")
    if abs(value) > MOST_SHIFT:
        raise BadInput("awards.shift", place=text)
    return value


def read_shift(text: str) -> tuple[Decimal, Decimal]:
    """Return how far to the right and down printing is moved, written ``0,5;-1``.

    >>> read_shift("0,5;-1")
    (Decimal('0.5'), Decimal('-1'))

    Raises:
        BadInput: ``awards.shift``.
    """
    right, separator, down = text.partition(";")
    if not separator:
        raise BadInput("awards.shift", place=text)
    return read_millimetres(right), read_millimetres(down)


def papers_from(body: Mapping[str, object]) -> Papers:
    """Read what the office says, as it stands in a file or in the store.

    Keys are the fields of `Paper` and ``contest_title``; ``commendation`` and ``certificate`` hold
    what differs on that paper. Dates are ISO or day first (05/12/2026).

    Raises:
        BadInput: ``awards.paper_unknown_key``, ``awards.paper_not_a_group``,
            ``awards.paper_not_text``, ``awards.paper_too_long``, ``awards.paper_not_a_date``;
            ``place`` names the key.
    """
    own: dict[str, Paper] = {}
    for kind in KINDS:
        part = body.get(kind)
        if part is None:
            own[kind] = Paper()
        elif isinstance(part, Mapping):
            own[kind] = _paper(part, f"{kind}.")
        else:
            raise BadInput("awards.paper_not_a_group", place=kind)
    shared = {key: value for key, value in body.items() if key not in (*KINDS, "contest_title")}
    return Papers(
        contest_title=_text(body.get("contest_title"), "contest_title"),
        both=_paper(shared, ""),
        commendation=own["commendation"],
        certificate=own["certificate"],
    )


def papers_body(papers: Papers) -> dict[str, object]:
    """Write as `papers_from` reads it; what is not said is left out."""
    body: dict[str, object] = dict(_said(papers.both))
    if papers.contest_title is not None:
        body["contest_title"] = papers.contest_title
    for kind, paper in (("commendation", papers.commendation), ("certificate", papers.certificate)):
        if said := _said(paper):
            body[kind] = said
    return body


def _said(paper: Paper) -> dict[str, str]:
    values = {name: getattr(paper, name) for name in _FIELDS}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def _paper(part: Mapping[object, object] | Mapping[str, object], where: str) -> Paper:
    texts: dict[str, str | None] = {}
    dates: dict[str, date | None] = {}
    for key, value in part.items():
        name = str(key)
        if name not in _FIELDS:
            known = _FIELDS if where else ("contest_title", *_FIELDS, *KINDS)
            raise BadInput("awards.paper_unknown_key", place=where + name, known=", ".join(known))
        if name in _DATES:
            dates[name] = read_day(value, where + name)
        else:
            texts[name] = _text(value, where + name)
    return Paper(**texts, **dates)  # type: ignore[arg-type]  # keys were checked against the fields


def _text(value: object, place: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool | float) or not isinstance(value, str | int):
        raise BadInput("awards.paper_not_text", place=place)
    lines = [" ".join(line.split()) for line in nfc(str(value)).splitlines()]
    text = "\n".join(line for line in lines if line)
    if len(text) > MAX_LENGTH:
        raise BadInput("awards.paper_too_long", place=place, most=MAX_LENGTH)
    return text or None


def read_day(value: object, place: str) -> date | None:
    """Read a day as people write it (05/12/2026) or ISO; nothing is None.

    Raises:
        BadInput: ``awards.paper_not_a_date`` with what was typed; ``place`` is told as given.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise BadInput("awards.paper_not_a_date", place=place, typed=text)
