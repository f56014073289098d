"""The words of a certificate: the same facts, as the two papers say them, in Vietnamese.

What the office has not said is a dotted line for the pen. Texts come out in NFC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from judgeapp.domain.awards import Certificate
from judgeapp.domain.names import nfc
from judgeapp.domain.papers import Paper
from judgeapp.system.texts import Texts, load_texts

Fields = Mapping[str, str]


def fixed_words(paper: Paper) -> dict[str, str]:
    """Return what all certificates of a print have in common, by field; "" is left out."""
    say = load_texts("vi")
    dots = say("awards.paper.dots")
    words = {
        "superior": _capitals(paper.superior),
        "giver": _capitals(paper.giver) or dots,
        "bestow": say("awards.paper.bestow"),
        "commendation": say("awards.paper.commendation"),
        "certificate": say("awards.paper.certificate"),
        "reached": say("awards.paper.reached"),
        "place_date": _place_date(say, paper),
        "authority": _capitals(paper.authority),
        "post_of_signer": _capitals(paper.post) or ("" if paper.authority else dots),
        "signer": paper.signer or dots,
        "decision": say("awards.paper.decision", number=paper.decision_number)
        if paper.decision_number
        else say("awards.paper.decision_open"),
        "decision_date": _day(say, paper.decision_date),
        "number": say("awards.paper.number"),
    }
    return {field: nfc(text) for field, text in words.items()}


def own_words(certificate: Certificate, paper: Paper) -> dict[str, str]:
    """Return what one certificate says of its bearer, by field; "" is left out."""
    say = load_texts("vi")
    usual = say("awards.paper.team") if certificate.team else say("awards.paper.comrade")
    honorific = paper.honorific or usual
    prize = certificate.prize
    words = {
        "honorific": honorific,
        "certify": say("awards.paper.certify", honorific=_lower_first(honorific)),
        "name": certificate.name,
        "post": certificate.post or "",
        "unit": certificate.unit or "",
        "prize": prize,
        "contest": certificate.contest,
        "achievement": say(
            "awards.paper.achievement", prize=_lower_first(prize), contest=certificate.contest
        ),
        "serial": certificate.serial,
        "book": say("awards.paper.book", serial=certificate.serial),
    }
    return {field: nfc(text) for field, text in words.items()}


def open_facts(paper: Paper, *, with_decision: bool) -> list[str]:
    """Return the facts that the office has not said and that are printed as dotted lines."""
    needed = ["giver", "place", "signed_on", "post", "signer"]
    if with_decision:
        needed += ["decision_number", "decision_date"]
    return [
        name
        for name in needed
        if getattr(paper, name) is None and not (name == "post" and paper.authority)
    ]


def _capitals(text: str | None) -> str:
    return nfc(text).upper() if text else ""


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _place_date(say: Texts, paper: Paper) -> str:
    place = paper.place or say("awards.paper.dots_short")
    return say("awards.paper.place_date", place=place, day=_day(say, paper.signed_on))


def _day(say: Texts, day: date | None) -> str:
    """Write a date as papers do: days below 10 and months 1 and 2 with a leading 0."""
    if day is None:
        return say("awards.paper.day_open")
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return say("awards.paper.day", day=f"{day.day:02d}", month=month, year=day.year)
