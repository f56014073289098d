"""What a contest is, apart from its rules: who holds it, where, on which days.

All of it may be missing: what the office has not said is left out on screens and papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from judgeapp.domain.errors import BadInput
from judgeapp.domain.names import clean
from judgeapp.domain.papers import read_day

MAX_LENGTH = 300


@dataclass(frozen=True)
class ContestFacts:
    """Host, place and days of a contest.

    Attributes:
        host: the body that holds it, as it stands on papers.
        place: where it is held.
        first_day: the day it begins; ``last_day`` the day it ends, None for the same day.
    """

    host: str = ""
    place: str = ""
    first_day: date | None = None
    last_day: date | None = None


def read_facts(host: str, place: str, first_day: str, last_day: str) -> ContestFacts:
    """Read facts as typed; each may be empty.

    Raises:
        BadInput: ``contest.fact_too_long``, ``contest.not_a_day`` or
            ``contest.days_reversed``; ``place`` names the field.
    """
    for name, text in (("host", host), ("place", place)):
        if len(clean(text)) > MAX_LENGTH:
            raise BadInput("contest.fact_too_long", place=name, most=MAX_LENGTH)
    first, last = _day(first_day, "first_day"), _day(last_day, "last_day")
    if last is not None and (first is None or last < first):
        raise BadInput("contest.days_reversed", place="last_day")
    return ContestFacts(clean(host), clean(place), first, None if last == first else last)


def _day(typed: str, name: str) -> date | None:
    try:
        return read_day(typed, name)
    except BadInput as error:
        raise BadInput("contest.not_a_day", place=name, typed=typed.strip()) from error


def facts_body(facts: ContestFacts) -> dict[str, str]:
    """Return facts as plain data that `facts_from` reads back as equal."""
    return {
        "host": facts.host,
        "place": facts.place,
        "first_day": facts.first_day.isoformat() if facts.first_day else "",
        "last_day": facts.last_day.isoformat() if facts.last_day else "",
    }


def facts_from(body: Mapping[str, str]) -> ContestFacts:
    """Read facts as `facts_body` writes them."""
    return read_facts(body["host"], body["place"], body["first_day"], body["last_day"])
