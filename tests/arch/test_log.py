"""Everything that is noted in a contest's log can be read in words, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.arch.catalogue import LANGUAGES, texts
from tests.arch.source import Module, Values, modules, none_of

BY_THE_STORE = {"upkeep.migrated"}  # noted where no service is at work


def logged() -> Iterator[tuple[Module, ast.Call, set[str]]]:
    """Yield each place that notes something (``u.log(…)``), with the actions it can be."""
    for module in modules():
        if module.room != "services":
            continue
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "log"
                and node.args
            ):
                yield module, node, Values(module).of(node.args[0])


def test_each_action_can_be_told_from_the_code() -> None:
    none_of((module.name, node.lineno) for module, node, actions in logged() if not actions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_action_has_its_words(language: str) -> None:
    known = [key.removeprefix("log.") for key in texts(language) if key.startswith("log.")]
    none_of(
        (module.name, action.replace("\\", ""))
        for module, _, actions in logged()
        for action in actions
        if not any(re.fullmatch(action, key) for key in known)
    )


def test_each_text_gets_the_details_it_wants() -> None:
    lacking = set()
    for module, call, actions in logged():
        given = {keyword.arg for keyword in call.keywords}
        for action in actions:
            entry = texts("vi").get("log." + action.replace("\\", ""))
            if entry and None not in given and not entry.params <= given:
                lacking.add((module.name, entry.key, *sorted(entry.params - given)))
    none_of(lacking)


def test_no_words_are_left_over() -> None:
    patterns = [action for _, _, actions in logged() for action in actions]
    patterns += [re.escape(action) for action in BY_THE_STORE]
    none_of(
        key
        for key in texts("vi")
        if key.startswith("log.")
        and not key.startswith("log.actor.")
        and not any(re.fullmatch(pattern, key.removeprefix("log.")) for pattern in patterns)
    )
