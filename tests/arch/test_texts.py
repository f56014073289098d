"""Every text for people is in both catalogues, whole, used, and in the words of the glossary."""

from __future__ import annotations

import argparse
import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest

from judgeapp.cli.main import build_parser
from judgeapp.system.texts import Texts
from tests.arch.catalogue import LANGUAGES, TEXTS, keys_as_written, texts
from tests.arch.source import Module, Values, modules, name_of, none_of, pattern_of

SPEAKERS = {"say", "text", "texts", "_texts"}

# Modules whose string literals are Vietnamese because they read or write Vietnamese itself.
VIETNAMESE_DATA: dict[str, str] = {
    "domain/names": "the alphabet",
    "domain/people": "the values of gender, promised to users of --json",
    "domain/people_list": "the same",
    "domain/phone": "the words between two numbers in one cell",
    "domain/readings": "forms of address, and words for yes, man and woman in offices' lists",
    "domain/sheet_words": "the words by which headers, sums and signatures in lists are known",
    "formats/sheet_in/legacy": "letters of the old Vietnamese encodings",
}

WINDOW = ".window"  # ends the key of a text that stands in for another one in the window
TYPED = re.compile(r"judgeapp [a-z]|(?<![\w-])--[a-z]")  # what people type on a terminal

# Texts that are names and stay Vietnamese in English.
NAMES = {"gui.title", "shell.language.vi"}

# The "not" column of the glossary, and what the tone forbids; each with what may stand around it.
REFUSED = {
    r"cuộc thi(?! trắc nghiệm)": "hội thi",
    r"dàn ý": "đề cương",
    r"người chấm": "giám khảo",
    r"biểu điểm": "thang điểm",
    r"điểm sai": "điểm lệch nhiều",
    r"phục hồi": "khôi phục",
    r"vòng trong": "vòng sau",
    r"\bfile\b": "tệp",
    r"\bclick\b": "bấm",
    r"\bemail\b": "thư điện tử",
    r"!": "no exclamation marks",
    r"bạn có chắc": "say what will happen instead",
}


# --- the two catalogues -------------------------------------------------------------------------


def test_each_feature_has_a_file_in_both_languages() -> None:
    names = [{path.name for path in (TEXTS / language).glob("*.po")} for language in LANGUAGES]
    assert names[0] == names[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_stands_once(language: str) -> None:
    twice = [key for key, count in Counter(keys_as_written(language)).items() if count > 1]
    none_of(twice)


def test_both_languages_have_the_same_keys_in_the_same_files() -> None:
    vi, en = ({(e.file, e.key) for e in texts(language).values()} for language in LANGUAGES)
    none_of(vi - en)
    none_of(en - vi)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_undone(language: str) -> None:
    bad = [entry.key for entry in texts(language).values() if not entry.text.strip()]
    marked = [
        path.name
        for path in (TEXTS / language).glob("*.po")
        if re.search(r"^#, .*fuzzy|TODO|FIXME", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    none_of(bad)
    none_of(marked)


def test_both_languages_want_the_same_parameters() -> None:
    other = texts("en")
    differing = {
        key: (sorted(entry.params), sorted(other[key].params))
        for key, entry in texts("vi").items()
        if key in other and entry.params != other[key].params
    }
    none_of(differing.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_composed(language: str) -> None:
    loose = [
        e.key for e in texts(language).values() if not unicodedata.is_normalized("NFC", e.text)
    ]
    none_of(loose)


def test_english_is_english() -> None:
    same = [
        key
        for key, entry in texts("en").items()
        if key not in NAMES
        and entry.text == texts("vi")[key].text
        and VIETNAMESE.search(entry.text)
    ]
    none_of(same)


def bare(text: str) -> str:
    """Return a text without its parameters, options and what is quoted as typed."""
    return re.sub(r"\{[^}]*\}|--[a-z-]+|[A-Z][A-Z._-]{2,}|judgeapp [a-z ]+|\.[a-z]+", " ", text)


def test_vietnamese_keeps_to_the_glossary() -> None:
    against = {
        (key, better)
        for key, entry in texts("vi").items()
        for pattern, better in REFUSED.items()
        if re.search(pattern, bare(entry.text), re.IGNORECASE)
    }
    none_of(against)


# --- the code asks for what is there ------------------------------------------------------------


class Listener(Texts):
    """A catalogue that remembers what it was asked for."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.asked: set[str] = set()

    def __call__(self, key: str, /, **params: object) -> str:
        self.asked.add(key)
        return super().__call__(key, **params)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_help_text_exists_and_can_be_shown(language: str) -> None:
    listener = Listener(language)
    for parser in parsers(build_parser(listener)):
        assert parser.format_help()
        nameless = [
            f"{parser.prog} {action.metavar or action.dest}"
            for action in parser._actions
            if not action.help and not isinstance(action, argparse._SubParsersAction)
        ]
        none_of(nameless)
    none_of(listener.asked - texts(language).keys())


def asked_for(module: Module) -> Iterator[tuple[ast.Call, set[str]]]:
    """Yield the calls that turn a key into words, with the keys they can ask for."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and node.args and name_of(node.func) in SPEAKERS:
            keys = {key for key in Values(module).of(node.args[0]) if re.match(r"[a-z_]+\\\.", key)}
            if keys:
                yield node, keys


def test_each_key_that_the_code_asks_for_exists() -> None:
    known = texts("vi").keys()
    unknown = {
        (module.name, pattern.replace("\\", ""))
        for module in modules()
        for _, patterns in asked_for(module)
        for pattern in patterns
        if not any(re.fullmatch(pattern, key) for key in known)
    }
    none_of(unknown)


def test_each_text_gets_the_parameters_it_wants() -> None:
    lacking = set()
    for module in modules():
        for call, patterns in asked_for(module):
            given = {keyword.arg for keyword in call.keywords}
            for key in patterns:
                entry = texts("vi").get(key.replace("\\", ""))
                if entry and None not in given and not entry.params <= given:
                    lacking.add((module.name, entry.key, *sorted(entry.params - given)))
    none_of(lacking)


def mentioned() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the keys that stand in the code, and the patterns of those that are put together."""
    whole: set[str] = set()
    patterns = []
    for module in modules():
        whole |= {str(node.value) for node in module.strings}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                pattern = pattern_of(node)
                if re.match(r"(?!cli\\\.|error\\\.)[a-z_]+\\\.", pattern):
                    patterns.append(re.compile(pattern))
    return whole, patterns


def spoken_by(module: Module) -> Iterator[str]:
    """Yield the keys of texts that a module can ask for, by whole keys and put together."""
    for _, patterns in asked_for(module):
        for pattern in patterns:
            yield from (key for key in texts("vi") if re.fullmatch(pattern, key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_tells_nobody_to_type_a_call(language: str) -> None:
    """Refusals raised below the terminal's own modules, and what the window itself says."""
    raised = {
        str(node.value) for module in modules() if module.room != "cli" for node in module.strings
    }
    said = {key for module in modules() if module.room == "gui" for key in spoken_by(module)}
    typed = [
        key
        for key, entry in texts(language).items()
        if TYPED.search(entry.text)
        and f"{key}{WINDOW}" not in texts(language)
        and (key in said or (key.startswith("error.") and key.removeprefix("error.") in raised))
    ]
    none_of(typed)


def test_what_the_window_says_otherwise_stands_beside_what_it_replaces() -> None:
    none_of(
        key
        for key in texts("vi")
        if key.endswith(WINDOW) and key.removesuffix(WINDOW) not in texts("vi")
    )


def test_no_text_is_unused() -> None:
    listener = Listener("vi")
    build_parser(listener)
    whole, patterns = mentioned()
    used = whole | listener.asked
    unused = [
        key
        for key in (key.removesuffix(WINDOW) for key in texts("vi"))
        if key not in used
        and key.removeprefix("error.") not in used
        and not any(pattern.fullmatch(key.removeprefix("error.")) for pattern in patterns)
    ]
    none_of(unused)


# --- the code has no words of its own -----------------------------------------------------------

VIETNAMESE = re.compile(
    "[" + "".join(chr(n) for n in [*range(0x1EA0, 0x1EFA), *map(ord, "ăâđêôơưĂÂĐÊÔƠƯ")]) + "]"
)


def test_words_for_people_stand_in_the_catalogue_only() -> None:
    spoken = {
        (module.name, node.lineno)
        for module in modules()
        if module.name not in VIETNAMESE_DATA
        for node in module.strings
        if VIETNAMESE.search(unicodedata.normalize("NFC", str(node.value)))
    }
    none_of(spoken)


def test_the_list_of_data_modules_is_not_older_than_the_code() -> None:
    assert set(VIETNAMESE_DATA) <= {module.name for module in modules()}
