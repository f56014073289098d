"""A file is kept as it is, although a check found something: decided by a person, with a reason."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from judgeapp.domain.entries import EntryFile
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import clean
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.entries import held_to_rules
from judgeapp.store.uow import UnitOfWork


def keep_entry(
    app: Context,
    *,
    contestant: ContestantId,
    reason: str,
    part_id: str | None = None,
    round_id: str | None = None,
) -> Outcome[tuple[EntryFile, ...]]:
    """Keep a contestant's files in which something was found; return them as they stand then.

    They no longer ask for a look, until a later check finds something else. What was found stays
    visible, with the reason and who gave it.

    Args:
        app: the contest.
        contestant: whose files.
        reason: why; required.
        part_id: only the file of this part; all that ask if it is None.
        round_id: which round; the current one if it is None.

    Raises:
        JudgeError: ``entries.reason_missing``; ``entries.nothing_to_keep``;
            ``contest.unknown_round``.
    """
    why = clean(reason)
    if not why:
        raise JudgeError("entries.reason_missing")
    with app.write() as u:
        files = [f for f in _files_of(u, contestant, part_id, round_id) if f.asks]
        if not files:
            raise JudgeError("entries.nothing_to_keep", place=contestant)
        for file in files:
            found = {problem.code for problem in file.check.problems} if file.check else set()
            u.entries.keep(file.id, found, reason=why)
        u.log("entries.kept", contestant=contestant, files=[f.id for f in files], reason=why)
        u.commit()
    back = partial(
        stop_keeping_entry, contestant=contestant, part_id=part_id, round_id=files[0].round
    )
    undo = Undo("entry_kept", {"number": contestant}, back)
    return changed(_again(app, files), [Kind.ENTRIES], undo)


def stop_keeping_entry(
    app: Context,
    *,
    contestant: ContestantId,
    part_id: str | None = None,
    round_id: str | None = None,
) -> Outcome[tuple[EntryFile, ...]]:
    """Let a contestant's kept files ask for a look again; return them as they stand then.

    Raises:
        JudgeError: ``entries.nothing_kept``; ``contest.unknown_round``.
    """
    with app.write() as u:
        files = [f for f in _files_of(u, contestant, part_id, round_id) if f.kept]
        if not files:
            raise JudgeError("entries.nothing_kept", place=contestant)
        for file in files:
            u.entries.keep(file.id, (), reason="")
        u.log("entries.kept_no_more", contestant=contestant, files=[f.id for f in files])
        u.commit()
    return changed(_again(app, files), [Kind.ENTRIES])


def _files_of(
    u: UnitOfWork, contestant: ContestantId, part_id: str | None, round_id: str | None
) -> list[EntryFile]:
    definition = read_definition(u)
    held = round_of(u, definition, round_id)
    return [
        held_to_rules(file, definition)
        for file in u.entries.files()
        if (file.round, file.contestant) == (held.id, contestant)
        and part_id in (None, str(file.part))
    ]


def _again(app: Context, files: list[EntryFile]) -> tuple[EntryFile, ...]:
    with app.read() as u:
        kept = {file.id: file.kept for file in u.entries.files()}
    return tuple(replace(file, kept=kept.get(file.id)) for file in files)
