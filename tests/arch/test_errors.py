"""Every refusal has its sentence in both languages, with the parameters that it is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.arch.catalogue import LANGUAGES, texts
from tests.arch.source import Module, Values, modules, name_of, none_of

ALWAYS_GIVEN = {"file", "place"}


def family() -> set[str]:
    """Return the names of `JudgeError` and all classes made from it."""
    names = {"JudgeError"}
    while True:
        more = {
            node.name
            for module in modules()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef) and names & {name_of(base) for base in node.bases}
        }
        if more <= names:
            return names
        names |= more


def refusals() -> Iterator[tuple[Module, ast.Call, set[str]]]:
    """Yield each place that makes an expected error, with the codes it can have."""
    names = family()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in names:
                yield module, node, Values(module).of(node.args[0])


def test_refusals_are_found() -> None:
    assert sum(1 for _ in refusals()) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_its_sentence(language: str) -> None:
    known = [key.removeprefix("error.") for key in texts(language) if key.startswith("error.")]
    silent = {
        (module.name, pattern.replace("\\", ""))
        for module, _, patterns in refusals()
        for pattern in patterns
        if not any(re.fullmatch(pattern, code) for code in known)
    }
    none_of(silent)


def test_each_code_can_be_told_from_the_code() -> None:
    """A code that comes from afar cannot be checked here, and is hard to find for a reader."""
    hidden = {(module.name, node.lineno) for module, node, patterns in refusals() if not patterns}
    none_of(hidden)


def test_each_sentence_gets_the_parameters_it_wants() -> None:
    lacking = set()
    for module, node, patterns in refusals():
        given = {keyword.arg for keyword in node.keywords}
        for pattern in patterns:
            entry = texts("vi").get("error." + pattern.replace("\\", ""))
            if entry and None not in given and not entry.params - ALWAYS_GIVEN <= given:
                lacking.add((module.name, entry.key, *sorted(entry.params - given - ALWAYS_GIVEN)))
    none_of(lacking)


def test_each_sentence_says_what_to_do() -> None:
    """One line, ending like a sentence; the tone is for people to judge."""
    bad = [
        entry.key
        for language in LANGUAGES
        for entry in texts(language).values()
        if entry.key.startswith("error.")
        and ("\n" in entry.text or not entry.text.rstrip().endswith((".", "?", "}", ")", "”")))
    ]
    none_of(bad)
