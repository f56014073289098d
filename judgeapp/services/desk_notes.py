"""A judge's notes on a clip, each with its second; they stay on this laptop.

A note is for the judge alone: no score file holds one.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import nfc
from judgeapp.services.context import Outcome, changed
from judgeapp.services.desk import Desk

MAX_NOTE, MOST_NOTES = 500, 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Note:
    """What came to the judge's mind at a place of the clip; ``at_ms`` from its beginning."""

    at_ms: int
    text: str


def notes_of(app: Desk, *, contestant: ContestantId) -> tuple[Note, ...]:
    """Return the notes on an entry in the clip's order."""
    with app.read() as u:
        return _read(u.contest.meta().get(_key(app, contestant)))


def add_note(
    app: Desk, *, contestant: ContestantId, at_ms: int, text: str
) -> Outcome[tuple[Note, ...]]:
    """Store a note; return all on that entry. An empty text stores nothing.

    Raises:
        JudgeError: ``judging.note_too_long``, ``judging.too_many_notes``.
    """
    said = nfc(text).encode("utf-8", "ignore").decode().strip()
    if len(said) > MAX_NOTE:
        raise JudgeError("judging.note_too_long", limit=MAX_NOTE)
    with app.write() as u:
        known = _read(u.contest.meta().get(_key(app, contestant)))
        if not said:
            return changed(known, [])
        if len(known) >= MOST_NOTES:
            raise JudgeError("judging.too_many_notes", limit=MOST_NOTES)
        notes = tuple(sorted({*known, Note(max(at_ms, 0), said)}))
        u.contest.put_meta(_key(app, contestant), _text(notes))
        u.log("judging.noted", contestant=contestant, count=len(notes))
        u.commit()
    return changed(notes, [])


def remove_note(app: Desk, *, contestant: ContestantId, note: Note) -> Outcome[tuple[Note, ...]]:
    """Take a note away; return those left."""
    with app.write() as u:
        known = _read(u.contest.meta().get(_key(app, contestant)))
        left = tuple(item for item in known if item != note)
        if left != known:
            u.contest.put_meta(_key(app, contestant), _text(left))
            u.log("judging.note_removed", contestant=contestant, count=len(left))
            u.commit()
    return changed(left, [])


def _key(app: Desk, contestant: ContestantId) -> str:
    return f"notes.{app.pack.round.id}.{contestant}"


def _text(notes: tuple[Note, ...]) -> str:
    return json.dumps([[note.at_ms, note.text] for note in notes], ensure_ascii=False)


def _read(stored: str | None) -> tuple[Note, ...]:
    try:
        return tuple(sorted(Note(int(at), str(text)) for at, text in json.loads(stored or "[]")))
    except (ValueError, TypeError):
        _log.warning("notes unreadable")
        return ()
