"""How the page of contestants says things: doubts and their answers, births, what happened."""

from __future__ import annotations

from dataclasses import dataclass

from judgeapp.domain.doubts import Choice, Doubt
from judgeapp.system.doubt_words import sentence_of
from judgeapp.system.texts import Texts

# What a pill says about a doubt: one of a few states, each two to four words.
_STATES: dict[str, str] = {
    "unit_near": "unit_near", "unit_near_kept": "unit_near", "unit_unknown": "unit_new",
    "unit_blank": "unit_missing", "unit_missing": "unit_missing", "unit_twice": "twice",
    "unit_from_section": "unit_guessed", "unit_from_position": "unit_guessed",
    "same_person": "same", "maybe_same_person": "same", "known_twice": "twice",
    "birth_impossible": "birth_impossible", "name_missing": "name_missing",
    "no_value": "cell", "cell_error": "cell", "legacy_text": "letters", "letters_lost": "letters",
    "hidden_row": "hidden", "changed": "changed", "number_repeated": "number",
    "number_taken": "number",
}  # fmt: skip
_STOPPING = frozenset({"birth_impossible", "birth_future", "name_missing", "no_value"})
# Doubts that the command line would explain with its options, or with what stands on the cards.
_OWN_SENTENCES = frozenset({
    "hidden_row", "no_value", "no_unit_column", "missing_in_list", "unit_near", "unit_near_kept",
    "unit_unknown", "same_person", "maybe_same_person",
})  # fmt: skip
# Doubts about what is written in the cell: here it can be typed, the command line says where.
_TYPED_HERE = frozenset(
    {"cell_error", "legacy_text", "letters_lost", "birth_impossible", "birth_future"}
)


@dataclass(frozen=True)
class Way:
    """One way to answer a doubt."""

    choice: Choice
    title: str
    what_happens: str


def sentence(doubt: Doubt, texts: Texts) -> str:
    """Return what a doubt is about, for somebody in the window."""
    typed_here = doubt.code in _TYPED_HERE and "value" in doubt.choices
    if typed_here or doubt.code in _OWN_SENTENCES:
        field = texts(f"people.field.{doubt.field}") if doubt.field else ""
        before = doubt.before or texts("people.blank")
        return texts(
            f"gui.people.doubt.{doubt.code}",
            field=field,
            before=before,
            about=doubt.about or "",
            rows=", ".join(str(row) for row in doubt.other_rows),
        )
    return sentence_of(doubt, texts)


def state_words(doubt: Doubt, row: int, texts: Texts) -> tuple[str, str, str]:
    """Return sign, words and tone of the pill in ``row`` of a doubt that waits for an answer."""
    state = _STATES.get(doubt.code)
    if state == "same":
        other = next((number for number in (doubt.row, *doubt.other_rows) if number != row), row)
        words = texts("gui.people.state.same", row=other)
    elif state is not None:
        words = texts(f"gui.people.state.{state}")
    else:
        words = texts("gui.people.state.look", field=texts(f"people.field.{doubt.field}"))
    if doubt.code in _STOPPING:
        return "circle-alert", words, "stop"
    return "triangle-alert", words, "warn"


def ways(doubt: Doubt, texts: Texts) -> list[Way]:
    """Return the ways to answer a doubt, the likeliest first."""
    return [Way(choice, *_way(choice, doubt, texts)) for choice in doubt.choices]


def _way(choice: Choice, doubt: Doubt, texts: Texts) -> tuple[str, str]:
    if choice == "accept":
        return _accept(doubt, texts)
    if choice == "keep":
        kind = {"unit_near": "unit", "same_person": "two"}.get(doubt.code, "known")
        return (
            texts(f"gui.people.keep.{kind}", before=doubt.before or texts("people.blank")),
            texts(f"gui.people.keep.{kind}.what"),
        )
    if choice == "join":
        if doubt.code == "maybe_same_person":
            return texts("gui.people.join.person"), texts("gui.people.join.person.what")
        return doubt.about or "", texts("gui.people.join.unit.what")
    kind = "unit" if choice == "value" and doubt.field == "unit" else choice
    return texts(f"gui.people.{kind}"), texts(f"gui.people.{kind}.what")


def _accept(doubt: Doubt, texts: Texts) -> tuple[str, str]:
    """Return how to say that the proposal is taken."""
    kind = {
        "unit_near_kept": "two_units", "unit_unknown": "unit_new", "same_person": "one_person",
        "maybe_same_person": "two_people", "hidden_row": "take", "name_missing": "without",
        "known_twice": "without", "number_repeated": "renumber", "changed": "changed",
        "unit_twice": "once",
    }.get(doubt.code)  # fmt: skip
    if doubt.field == "name" and doubt.code in ("no_value", "cell_error"):
        kind = "without"
    shown = shown_value(doubt.field, doubt.after)
    if kind is not None:
        return (
            texts(f"gui.people.accept.{kind}", after=shown),
            texts(f"gui.people.accept.{kind}.what", after=shown),
        )
    if doubt.after is None:
        return texts("gui.people.accept.blank"), texts("gui.people.accept.blank.what")
    what = "unit_near" if doubt.code == "unit_near" else "proposal"
    return shown, texts(f"gui.people.accept.{what}.what")


def shown_value(field: str | None, value: str | None) -> str:
    """Return a value as people write it."""
    if value is None:
        return ""
    return birth_words(value) if field == "birth" and value[:4].isdecimal() else value


def birth_words(birth: str | None) -> str:
    """Return a birth as people write it: 12/03/1985, 03/1985 or 1985."""
    return "/".join(reversed(birth.split("-"))) if birth else ""
