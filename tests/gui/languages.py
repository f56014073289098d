"""Tells words in the wrong language: texts of the other catalogue, raw keys, Qt's own English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from PySide6.QtWidgets import QAbstractButton, QHeaderView, QLabel, QLineEdit, QTextBrowser, QWidget

from judgeapp.gui.qt_words import WORDS
from tests.arch.catalogue import texts
from tests.gui.eye import Seen, named

_FIELD = re.compile(r"\{[^{}]*\}")
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST = 6  # letters of a text without which it could be anybody's name
_ENGLISH = frozenset(
    re.findall(
        r"[a-z]+",
        "the and not with open close save cancel file files folder name yes size delete undo redo "
        "copy paste cut select all none error warning please cannot could was were has have been "
        "of to for from this that your you is are be or new search find back next previous",
    )
)


def said_by(widget: QWidget) -> Iterator[str]:
    """Return all words of a widget that a person sees or hears."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QHeaderView) and (model := widget.model()) is not None:
        for section in range(widget.count()):
            yield str(model.headerData(section, widget.orientation()) or "")
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()


@cache
def _shapes(language: str) -> list[tuple[str, str, re.Pattern[str]]]:
    """Return key, longest fixed part and pattern of the texts that are this language's alone."""
    other = texts("en" if language == "vi" else "vi")
    found = []
    for key, entry in texts(language).items():
        fixed = _FIELD.sub("", entry.text)
        if key not in other or other[key].text == entry.text:
            continue
        if len(_LETTERS.findall(fixed)) < _LEAST:
            continue
        parts = _FIELD.split(entry.text)
        pattern = re.compile("(.+)".join(re.escape(part) for part in parts), re.DOTALL)
        found.append((key, max(parts, key=len), pattern))
    return found


@cache
def _foreign(text: str, language: str) -> str | None:
    """Return the key of the other language's text that this is, or None."""
    if text in {entry.text for entry in texts(language).values()}:
        return None
    for key, part, pattern in _shapes("en" if language == "vi" else "vi"):
        if part in text and pattern.fullmatch(text):
            return key
    return None


def foreign_words(seen: Seen, language: str) -> Iterator[str]:
    """Find texts of another language than the one chosen, and keys in place of texts."""
    told = {text: widget for widget in seen.widgets for text in said_by(widget) if text}
    told |= {run.text: run.widget for run in seen.runs}
    for text, widget in told.items():
        if text in texts(language) or re.fullmatch(r"[a-z]+(\.[a-z_0-9]+){1,5}", text):
            yield f"a key, not a text: “{text}” in {named(widget)}"
        elif (key := _foreign(text, language)) is not None:
            yield f"not in {language}: “{text}” ({key}) in {named(widget)}"
        elif language == "vi" and not _in_manual(widget) and _is_english(text):
            yield f"English: “{text}” in {named(widget)}"


def _in_manual(widget: QWidget) -> bool:
    """The manual names commands, which are English words."""
    return isinstance(widget.parentWidget(), QTextBrowser)


def _is_english(text: str) -> bool:
    bare = text.replace("&", "").split("\t")[0]
    if bare in _QT and bare not in {entry.text for entry in texts("vi").values()}:
        return True
    words = re.findall(r"[A-Za-z]+", text) if text.isascii() else []
    return len(words) >= 2 and sum(word.lower() in _ENGLISH for word in words) * 3 >= len(words)


_QT = {source.replace("&", "") for source in WORDS}
