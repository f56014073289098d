"""The manual is right: each command in it is understood, and all in order run a contest."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from judgeapp.cli.main import build_parser, run
from judgeapp.gui.manual import manual_page
from judgeapp.services.steps import STEMS
from judgeapp.system.paths import resources
from judgeapp.system.texts import load_texts
from tests.flow.office import write_office

LANGUAGES = ("vi", "en")
MANUAL = resources() / "manual"


@cache
def pages(language: str) -> dict[str, str]:
    """Return the pages in the order in which the first one lists them."""
    start = (MANUAL / language / "start.md").read_text(encoding="utf-8")
    names = ["start.md", *re.findall(r"^\d+\. \[[^\]]+\]\((\w+\.md)\)", start, re.MULTILINE)]
    return {name: (MANUAL / language / name).read_text(encoding="utf-8") for name in names}


def commands(text: str, kind: str) -> list[str]:
    """Return the commands in the blocks of one kind: ``sh`` are run, ``text`` are examples."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def leaves(parser: argparse.ArgumentParser, words: str = "") -> Iterator[str]:
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield words.strip()
    for action in inner:
        for name, below in action.choices.items():
            yield from leaves(below, f"{words} {name}")


def test_each_page_is_listed_and_in_both_languages() -> None:
    for language in LANGUAGES:
        assert set(pages(language)) == {path.name for path in (MANUAL / language).iterdir()}
    assert list(pages("vi")) == list(pages("en"))


def test_both_languages_show_the_same_commands() -> None:
    for name, text in pages("vi").items():
        assert commands(text, "sh") == commands(pages("en")[name], "sh")
        assert len(commands(text, "text")) == len(commands(pages("en")[name], "text"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_link_leads_somewhere(language: str) -> None:
    for text in pages(language).values():
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert (MANUAL / language / target).exists()


KEYS = re.compile(r"(F\d+|Enter|Ctrl .+|[A-Z?])")


def said_by_the_window(language: str) -> re.Pattern[str]:
    """Return what matches each text of the catalogue, with anything in place of a parameter."""
    catalogue = read_po((resources() / "texts" / language).glob("*.po"))
    parts = [re.split(r"\{\w+\}", text) for text in catalogue]
    told = [part for part in parts if sum(map(len, part)) > 1]  # more than parameters
    return re.compile("|".join(r"[\w ]+".join(map(re.escape, part)) for part in told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_pressed_is_called_so_in_the_window(language: str) -> None:
    """Bold words are names in the window or keys; sentences and heads of a line are only bold."""
    window = said_by_the_window(language)
    wrong = {
        name: bold
        for name, text in pages(language).items()
        for bold, after in re.findall(r"\*\*([^*]+)\*\*(.?)", text)
        if after != ":"
        and not bold.endswith(".")
        and not KEYS.fullmatch(bold)
        and not window.fullmatch(bold)
    }
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_screen_has_a_page_of_its_own(language: str) -> None:
    found = [manual_page(screen, language) for screen in (*STEMS, "judge", "start")]
    assert len(set(found)) == len(found)
    for page in found:
        assert page.name in pages(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_call_is_in_the_manual(language: str) -> None:
    everything = "\n".join(pages(language).values())
    missing = [
        call
        for call in leaves(build_parser(load_texts(language)))
        if f"judgeapp {call}" not in everything
    ]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_is_understood(language: str) -> None:
    parser = build_parser(load_texts(language))
    for text in pages(language).values():
        for line in commands(text, "text"):
            first, *arguments = shlex.split(line)
            assert first == "judgeapp"
            parser.parse_args(arguments)


def read_po(files: Iterable[Path]) -> set[str]:
    """Return the texts of catalogues."""
    found = set()
    for file in files:
        for block in re.findall(r'^msgstr ((?:"[^\n]*"\n?)+)', file.read_text("utf-8"), re.M):
            found.add("".join(json.loads(line) for line in block.strip().splitlines()))
    return found - {""}


def with_our_packs(line: str, folder: Path) -> str:
    """Put the names of the packs that were built in place of the manual's."""
    for pack in folder.iterdir() if folder.is_dir() else ():
        line = re.sub(rf"[0-9A-Z]{{8}}-{pack.name.partition('-')[2]}\b", pack.name, line)
    return line


def test_the_commands_in_order_run_a_contest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_office(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, text in pages("vi").items():
        for line in commands(text, "sh"):
            first, *arguments = shlex.split(with_our_packs(line, tmp_path / "goi-cham"))
            assert first == "judgeapp"
            try:
                code = run(arguments)
            except SystemExit as left:  # --help and --version leave the parser by themselves
                code = int(left.code or 0)
            said = capsys.readouterr()
            assert code == 0, f"{name}: {line}\n{said.out}{said.err}"
            assert said.out.strip(), f"{name}: {line} says nothing"
