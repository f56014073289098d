"""Taking score files in: each is kept byte for byte, told what it is, and its marks are merged.

Any order and any number of times gives the same marks. A file that cannot count is kept all the
same; events that are not the judge's to give are put aside, each with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from judgeapp.domain.collecting import (
    ContestFacts,
    KnownHeader,
    Misfit,
    ScoreHeader,
    Verdict,
    is_counted,
    misfit,
    verdict_on,
)
from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.ids import ContestId, JudgeId, RoundId
from judgeapp.domain.marks import MarkEvent, current_marks, rivals
from judgeapp.exchange.score_file import ENDING, ScoreFile, receipt
from judgeapp.exchange.spelling import sha256
from judgeapp.services.assignment import rules_of
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.kept_scores import (
    MarkChange,
    changes_between,
    header_from,
    keep_score_file,
    read_score_file_at,
)
from judgeapp.services.taking_back import note_arrival
from judgeapp.services.viewing import by_contestant, codes_of
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.progress import Progress, no_progress

Note = Literal["name_of_other", "clock_back", "is_counted", "is_not_counted", "is_taken_back"]


@dataclass(frozen=True)
class Collected:
    """What a score file turned out to be.

    Attributes:
        file: its name as it came.
        id: the number by which people know it here, None if it could not be kept.
        counts: its marks are in the tally.
        device, number: which laptop wrote it, and the how-manieth file of that laptop it is.
        put_aside: events by reason that are not the judge's to give.
        apart: contestants of whom this judge gave a mark twice, on laptops apart.
        notes: what else people should know; none of it decides anything.
        reason: why it is damaged.
    """

    file: str
    verdict: Verdict
    id: int | None = None
    counts: bool = False
    signed: bool = False
    judge: JudgeId | None = None
    device: str | None = None
    number: int | None = None
    scored: int | None = None
    of: int | None = None
    receipt: str | None = None
    put_aside: Mapping[Misfit, int] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: JudgeError | None = None


@dataclass(frozen=True)
class LookedAt:
    """What a score file would do; nothing of it counts yet.

    Attributes:
        new: marks that were not there before.
        changes: marks that would be another than before.
    """

    path: Path
    collected: Collected
    round: RoundId | None
    new: tuple[MarkChange, ...]
    changes: tuple[MarkChange, ...]


def look_at_files(
    app: Context, *, files: Sequence[Path], progress: Progress = no_progress
) -> tuple[LookedAt, ...]:
    """Return what each score file would do if they were taken in one after the other.

    Nothing is kept or counted.

    Args:
        app: the open contest.
        files: score files.
        progress: told in files.

    Raises:
        BadInput: ``packs.no_such_file``, ``packs.unreadable``.
    """
    looked: list[LookedAt] = []
    with app.write() as u:  # never committed: all of it is rolled back
        for at, file in enumerate(files):
            progress(at, len(files), file.name)
            looked.append(_look(app, u, file))
    progress(len(files), len(files))
    return tuple(looked)


def _look(app: Context, u: UnitOfWork, file: Path) -> LookedAt:
    data, read = read_score_file_at(file)
    if isinstance(read, BadInput):
        known = u.packs.score_file_with(sha256(data)) if data else None
        number = known.id if known else None
        damaged = Collected(file.name, "damaged", number, reason=read)
        return LookedAt(file, damaged, None, (), ())
    round_id, judge = read.header.round, read.header.judge
    before = current_marks(u.judging.mark_events(round_id, judge=judge))
    collected = _take(u, app.folder, file.name, sha256(data), read)
    after = current_marks(u.judging.mark_events(round_id, judge=judge))
    changes = changes_between(before, after)
    return LookedAt(
        file,
        collected,
        round_id,
        tuple(item for item in changes if item.before is None),
        tuple(item for item in changes if item.before is not None),
    )


def collect_file(app: Context, *, file: Path) -> Outcome[Collected]:
    """Take one score file in and tell what it is; the contest keeps it byte for byte.

    Raises:
        BadInput: ``packs.no_such_file``, ``packs.unreadable``: then there is no file to judge.
        JudgeError: ``files.…`` if it cannot be kept; nothing was counted then.
    """
    data, read = read_score_file_at(file)
    if not data and isinstance(read, BadInput) and read.code == "packs.score_too_large":
        return changed(Collected(file.name, "damaged", reason=read), [])
    digest = sha256(data)
    keep_score_file(app.folder, digest, data)
    with app.write() as u:
        if isinstance(read, BadInput):
            value = _note_damaged(u, file.name, digest, read)
        else:
            value = _take(u, app.folder, file.name, digest, read)
        u.log("packs.collected", file=value.id, verdict=value.verdict, judge=value.judge)
        u.commit()
    return changed(value, [Kind.SCORE_FILES, Kind.MARKS, Kind.RESULTS])


def _note_damaged(u: UnitOfWork, name: str, digest: str, reason: BadInput) -> Collected:
    known = u.packs.score_file_with(digest)
    number_here = known.id if known else u.packs.add_score_file(
        sha256=digest, name=name, stored_name=digest + ENDING, verdict="damaged", counts=False
    )  # fmt: skip
    return Collected(name, "damaged", number_here, reason=reason)


def _take(u: UnitOfWork, folder: Path, name: str, digest: str, file: ScoreFile) -> Collected:
    header = file.header
    definition = read_definition(u)
    facts = contest_facts(u, definition)
    rows = u.packs.score_files_of(header.judge)
    back = u.packs.taken_back()
    known = [
        KnownHeader(header_from(row.header), row.counts and row.id not in back)
        for row in rows
        if row.header and row.header["contest"] == facts.contest
    ]
    verdict = verdict_on(header, known, facts)
    counts = is_counted(header, verdict, facts)
    before = u.packs.score_file_with(digest)
    number_here = before.id if before else u.packs.add_score_file(
        sha256=digest,
        name=name,
        stored_name=digest + ENDING,
        verdict=verdict,
        counts=counts,
        round_id=header.round,
        judge=header.judge,
        device=header.device,
        number=header.number,
        header=asdict(header),
    )  # fmt: skip
    if before:
        counts = before.counts and before.id not in back
    put_aside: Mapping[Misfit, int] = {}
    item = definition.round(header.round)
    if item is not None and counts:
        put_aside = take_events(u, definition, item, file, number_here)
        note_arrival(u, folder, number_here, file)
    return Collected(
        file=name,
        verdict=verdict,
        id=number_here,
        counts=counts,
        signed=file.signed,
        judge=header.judge,
        device=header.device,
        number=header.number,
        scored=header.scored,
        of=header.of,
        receipt=receipt(header.hash),
        put_aside=put_aside,
        apart=_apart(u, header) if counts else (),
        notes=_notes(name, header, verdict, counts, known, is_back=number_here in back),
    )


def contest_facts(u: UnitOfWork, definition: Definition) -> ContestFacts:
    """Return what the contest says about itself at this moment."""
    return ContestFacts(
        contest=ContestId(u.contest.meta()["contest_id"]),
        judges=frozenset(judge.id for judge in u.judging.judges()),
        rubric_hashes={item.id: rubric_hash(item) for item in definition.rounds},
        closed=frozenset(
            item.id for item in definition.rounds if u.judging.stage(item.id) == "closed"
        ),
    )


def take_events(
    u: UnitOfWork, definition: Definition, item: Round, file: ScoreFile, number_here: int
) -> Mapping[Misfit, int]:
    """Merge the events of a file; return how many of it were put aside, by reason."""
    rules = rules_of(u, definition, item)
    here = u.judging.event_hashes(item.id, file.header.judge)
    fitting: list[MarkEvent] = []
    aside: dict[Misfit, list[MarkEvent]] = {}
    for event in by_contestant(file.events, codes_of(u, item.id)):
        reason = misfit(event, rules)
        (fitting if reason is None else aside.setdefault(reason, [])).append(event)
    rubric = file.header.rubric_hash
    _add(u, item, rubric, fitting, here, number_here, None)
    for reason, events in aside.items():
        _add(u, item, rubric, events, here, number_here, reason)
    return Counter({reason: len(events) for reason, events in aside.items()})


def _add(
    u: UnitOfWork,
    item: Round,
    rubric: str,
    events: Iterable[MarkEvent],
    here: set[str],
    number_here: int,
    reason: Misfit | None,
) -> None:
    new = [event for event in events if event.hash not in here]
    u.judging.add_mark_events(item.id, rubric, new, score_file=number_here, set_aside=reason)


def _apart(u: UnitOfWork, header: ScoreHeader) -> tuple[str, ...]:
    if len(u.judging.devices_of(header.round, header.judge)) < 2:
        return ()
    events = u.judging.mark_events(header.round, judge=header.judge)
    return tuple(sorted({contestant for _, contestant, _, _ in rivals(events)}))


def _notes(
    name: str,
    header: ScoreHeader,
    verdict: Verdict,
    counts: bool,
    known: Iterable[KnownHeader],
    *,
    is_back: bool,
) -> tuple[Note, ...]:
    notes: list[Note] = []
    own = name.casefold().startswith(f"{header.judge}-".casefold())
    if "-" in name and not own:
        notes.append("name_of_other")
    earlier = [
        item.header.at
        for item in known
        if item.header.device == header.device and item.header.number < header.number
    ]
    if any(header.at < at for at in earlier):
        notes.append("clock_back")
    if is_back:
        notes.append("is_taken_back")
    elif verdict in ("duplicate", "fork", "rewritten"):
        notes.append("is_counted" if counts else "is_not_counted")
    return tuple(notes)
