"""The command line's own words: help and complaints in the user's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.cli.parser import Parser, in_words, keys_of_complaints
from judgeapp.system.texts import load_texts

ENGLISH = re.compile(
    r"\b(usage|show|positional|arguments|options|required|expected|invalid)\b", re.I
)


@pytest.fixture
def parser() -> Parser:
    Parser.texts = load_texts("vi")
    made = Parser(prog="thử")
    made.add_argument("folder", metavar="DIR")
    made.add_argument("--count", type=int)
    made.add_argument("--lang", choices=("vi", "en"))
    made.add_argument("--language")
    return made


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "còn thiếu DIR"),
        (["a", "b"], "không có tham số b"),
        (["a", "--lang", "fr"], "--lang không nhận “fr”, chỉ nhận vi, en"),
        (["a", "--count", "x"], "--count không nhận “x”"),
        (["a", "--count"], "sau --count phải có một giá trị"),
        (["a", "--la", "vi"], "--la có thể là --lang, --language"),
    ],
)
def test_a_wrong_call_is_explained_in_vietnamese(
    parser: Parser, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(arguments)
    usage, complaint = capsys.readouterr().err.strip().rsplit("\n", 1)
    assert stopped.value.code == 2
    assert usage.startswith("Cách gọi: thử")
    assert said in complaint
    assert not ENGLISH.search(complaint)


def test_what_is_not_known_is_passed_on() -> None:
    assert in_words("something else", load_texts("vi")) == "something else"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_complaints_have_a_text(language: str) -> None:
    assert all(load_texts(language).has(key) for key in keys_of_complaints())


def test_help_has_no_english(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["contest", "new", "--help", "--lang", "vi"])
    assert stopped.value.code == 0
    assert not ENGLISH.search(capsys.readouterr().out)


def test_wrong_usage_is_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(["contest", "nowhere", str(tmp_path / "c")])
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""
    assert not list(tmp_path.iterdir())
