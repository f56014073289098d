"""The tree of a total on a terminal: each step with its name, its value and how it follows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from judgeapp.cli.output import Console
from judgeapp.domain.explain import Term
from judgeapp.domain.numbers import shortest
from judgeapp.domain.round_names import RoundNames
from judgeapp.domain.tally_sheet import SheetPart, TallySheet
from judgeapp.system.result_words import figures_of, title_of


def say_tree(
    term: Term,
    sheet: TallySheet,
    names: RoundNames,
    reasons: Mapping[str, str],
    console: Console,
) -> None:
    """Print a tree, each step below what it is a part of; ``reasons`` puts penalties in words."""
    _Tree(sheet, names, reasons, console).say(term, "", 0)


class _Tree:
    def __init__(
        self, sheet: TallySheet, names: RoundNames, reasons: Mapping[str, str], console: Console
    ) -> None:
        self._reasons = reasons
        self._parts: dict[str, SheetPart] = {part.id: part for part in sheet.parts}
        self._names = names
        self._texts = console.texts
        self._console = console

    def say(self, term: Term, part: str, depth: int) -> None:
        """Print a step and all below it."""
        part = term.names.get("part", part)
        text = self._label(term, part)
        if term.value is not None:
            text = f"{text}: {self._number(term.value)}"
        if _is_sheet(term):
            formula = self._sheet(term, part)
        else:
            formula = figures_of(term, self._number, self._texts)
        if formula:
            text = f"{text} = {formula}"
        if term.dropped:
            text = self._texts("results.term.dropped", text=text)
        self._console.line("  " * depth + text)
        if not _is_sheet(term):
            for below in term.terms:
                self.say(below, part, depth + 1)

    def _label(self, term: Term, part: str) -> str:
        reason = term.names.get("reason", "")
        told = self._reasons.get(reason, reason)
        return title_of(term, part, self._names, told, self._texts)

    def _sheet(self, term: Term, part: str) -> str:
        """Return the marks of a sheet in one line, each with its criterion and maximum."""
        most = {str(item.id): item.max for item in self._parts[part].criteria}
        texts = []
        for mark in term.terms:
            criterion = mark.names["criterion"]
            if mark.value is None:
                texts.append(self._label(mark, part))
                continue
            name = self._names.criterion(part, criterion)
            texts.append(f"{name} {self._number(mark.value)}/{self._number(most[criterion])}")
        return " + ".join(texts)

    def _number(self, value: Fraction) -> str:
        """Return the exact value; where no decimal ends, two decimals and the fraction."""
        if "/" in shortest(value):
            return f"{self._texts.number(value, 2)} ({value})"
        return self._texts.number(value)


def _is_sheet(term: Term) -> bool:
    return term.label in ("sheet", "sheet_not_counting") and bool(term.terms)
