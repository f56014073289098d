"""The app's tally against a second one that was written from the definition alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tests.domain.slow_tally import slow_answer
from tests.domain.tally_sheets import answered, sheets


@given(sheets())
@settings(max_examples=300)
def test_any_sheet_is_answered_as_the_definition_says(sheet: dict[str, Any]) -> None:
    assert answered(sheet) == slow_answer(sheet)


@given(sheets(faults=False))
@settings(max_examples=200)
def test_complete_sheets_are_answered_as_the_definition_says(sheet: dict[str, Any]) -> None:
    assert answered(sheet) == slow_answer(sheet)
