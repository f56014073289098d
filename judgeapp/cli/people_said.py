"""Answers to single doubts as they are typed: ``9:unit=keep``, ``13:birth=28/02/1988``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast, get_args

from judgeapp.domain.doubts import Answer, Choice, Doubt, DoubtKey
from judgeapp.domain.errors import JudgeError

_TYPED = re.compile(r"([0-9]{1,7})(?::([a-z_]{1,20}))?=(.*)", re.ASCII | re.DOTALL)


def said_to(typed: Iterable[str], doubts: Iterable[Doubt]) -> dict[DoubtKey, Answer]:
    """Return what was said, by the doubts that it is about.

    A word of `Choice` is that choice, anything else the value to be stored. Without a field all
    doubts of the row that need an answer get it.

    Raises:
        JudgeError: ``people.bad_answer``; ``people.no_such_doubt`` if nothing is asked there.
    """
    asked = [item for item in doubts if item.needs_answer]
    answers: dict[DoubtKey, Answer] = {}
    for one in typed:
        match = _TYPED.fullmatch(one)
        if match is None:
            raise JudgeError("people.bad_answer", place=one)
        row, field, words = int(match[1]), match[2], match[3].strip()
        about = [item for item in asked if item.row == row and field in (None, item.field)]
        if not about:
            raise JudgeError("people.no_such_doubt", place=one)
        for item in about:
            answers[item.key] = _answer(words)
    return answers


def _answer(words: str) -> Answer:
    if words != "value" and words in get_args(Choice):
        return Answer(cast("Choice", words))
    return Answer("value", words)
