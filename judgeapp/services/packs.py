"""Judge packs: built for the panels of a round, copied, and checked."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from judgeapp import __version__
from judgeapp.domain.contest import Round
from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.ids import ContestantId, ContestId, JudgeId, PackId, PanelId
from judgeapp.domain.packs import Pack, folder_name
from judgeapp.exchange.pack import copy_pack as copy_from
from judgeapp.exchange.pack import write_pack
from judgeapp.exchange.pack_check import Checked, FileFinding, check_pack, open_source
from judgeapp.exchange.pack_json import pack_bytes
from judgeapp.services.context import Context, Kind, Machine, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.judging import require_open
from judgeapp.services.pack_holders import note_place
from judgeapp.services.pack_plan import PackPlan, pack_plans
from judgeapp.store.packs import PackRow
from judgeapp.store.store import open_store
from judgeapp.system.progress import Progress, no_progress
from judgeapp.system.texts import load_texts

MEDIA = "media"

Verdict = Literal["ok", "unfinished", "damaged", "refused", "older", "expired", "other_contest"]


@dataclass(frozen=True)
class BuiltPack:
    """A pack that was built.

    Attributes:
        folder: where it lies.
        without_files: contestants in it who handed nothing in.
    """

    id: PackId
    version: int
    round: Round
    panel: PanelId | None
    folder: Path
    judges: tuple[JudgeId, ...]
    entries: int
    files: int
    megabytes: int
    without_files: tuple[ContestantId, ...]


@dataclass(frozen=True)
class PackReport:
    """Whether a pack is whole and of use; see `exchange.pack_check` for the parts."""

    verdict: Verdict
    files: tuple[FileFinding, ...]
    ignored: tuple[str, ...]
    pack: Pack | None
    reason: JudgeError | None


def build_packs(
    app: Context,
    *,
    out: Path,
    panel: str | None = None,
    round_id: str | None = None,
    progress: Progress = no_progress,
) -> Outcome[list[BuiltPack]]:
    """Build the packs of a round below ``out``, one for each panel; finish unfinished ones.

    A pack whose content has not changed keeps its id and version, so building again only goes on
    with what is missing. From the first pack on, changed rules are a new version.

    Args:
        app: the open contest.
        out: the folder in which each pack gets its own.
        panel: only this panel.
        round_id: the round, the current one if None.
        progress: told of megabytes that have reached the disk.

    Raises:
        JudgeError: ``packs.no_contestants``, ``packs.no_judges``, ``packs.unknown_panel``,
            ``packs.entry_altered``, ``packs.entry_kind``, ``judging.round_closed``, ``files.…``.
    """
    with app.write() as u:
        definition = read_definition(u)
        item = round_of(u, definition, round_id)
        require_open(u, item)
        plans = pack_plans(u, definition, item, panel)
        for plan in plans:
            if plan.is_new:
                u.packs.add_pack(_row(plan.pack))
        u.log("packs.built", round=item.id, packs=[plan.pack.id for plan in plans])
        u.commit()
    built = [_write(app, plan, out, progress) for plan in plans]
    with app.write() as u:
        for pack in built:
            note_place(u, pack.id, pack.folder)
        u.log("packs.written", round=item.id, packs=[pack.id for pack in built])
        u.commit()
    return changed(built, [Kind.PACKS, Kind.CONTEST])


def _row(pack: Pack) -> PackRow:
    return PackRow(
        id=pack.id,
        round_id=pack.round.id,
        panel=pack.panel,
        version=pack.version,
        definition_version=pack.definition_version,
        rubric_hash=pack.rubric_hash,
        folder=folder_name(pack),
        body=pack_bytes(pack).decode(),
        built_at=pack.built_at,
    )


def _write(app: Context, plan: PackPlan, out: Path, progress: Progress) -> BuiltPack:
    pack = plan.pack
    folder = write_pack(
        pack,
        out,
        files={path: app.folder / MEDIA / name for path, name in plan.files.items()},
        readme=_readme(pack),
        agent=f"judgeapp {__version__}",
        progress=progress,
    )
    return BuiltPack(
        id=pack.id,
        version=pack.version,
        round=pack.round,
        panel=pack.panel,
        folder=folder,
        judges=tuple(judge.id for judge in pack.judges),
        entries=len(pack.entries),
        files=len(pack.media),
        megabytes=sum(media.size for media in pack.media) >> 20,
        without_files=plan.without_files,
    )


def _readme(pack: Pack) -> bytes:
    """Return what a judge reads who opens the folder by hand, in both languages, for Notepad."""
    return "\r\n\r\n".join(_read_me(pack, lang) for lang in ("vi", "en")).encode("utf-8-sig")


def _read_me(pack: Pack, language: str) -> str:
    words = load_texts(language)
    word = f"{words('rehearsal.word')} — " if pack.rehearsal else ""
    text = words(
        "packs.readme",
        contest=word + pack.contest_name,
        round=pack.round.vi,
        version=pack.version,
    )
    return text.replace("\n", "\r\n")


def copy_pack(pack: Path, target: Path, *, progress: Progress = no_progress) -> Path:
    """Copy a pack (a folder, or a zip of one) into a folder below ``target``; return that.

    Run again after an interruption it goes on with what is missing.

    Raises:
        JudgeError: ``packs.…`` if it is no whole pack, ``files.…`` if it cannot be written.
    """
    source = open_source(pack)
    try:
        return copy_from(source, target, progress=progress)
    finally:
        source.close()


def look_into_pack(
    machine: Machine,
    *,
    pack: Path,
    contest: Context | None = None,
    progress: Progress = no_progress,
) -> PackReport:
    """Return whether a pack is whole, and of use here.

    Args:
        machine: this computer; a pack older than one that was opened on it is ``older``.
        pack: the folder, or a zip of it.
        contest: the contest that it should be of, or None.
        progress: told of megabytes.

    Raises:
        BadInput: ``packs.no_such_pack`` if there is nothing.
    """
    try:
        source = open_source(pack)
    except BadInput as error:
        if error.code == "packs.no_such_pack":
            raise
        verdict: Verdict = "damaged" if error.code == "packs.zip_cut_off" else "refused"
        return PackReport(verdict, (), (), None, error)
    try:
        found = check_pack(source, progress=progress)
    finally:
        source.close()
    return _of_use(machine, found, contest, pack.name)


def _of_use(machine: Machine, found: Checked, contest: Context | None, name: str) -> PackReport:
    verdict: Verdict = found.verdict
    reason = found.reason
    if found.pack is not None:
        reason = why_not_of_use(machine, found.pack, contest, name)
        if reason is not None:
            verdict = _VERDICTS[reason.code]
    return PackReport(verdict, found.files, found.ignored, found.pack, reason)


_VERDICTS: Mapping[str, Verdict] = {
    "packs.other_contest": "other_contest",
    "packs.expired": "expired",
    "packs.older": "older",
}


def why_not_of_use(
    machine: Machine, pack: Pack, contest: Context | None, name: str
) -> JudgeError | None:
    """Return why a whole pack is not used all the same, or None if it is."""
    rows: list[PackRow] = []
    if contest is not None:
        with contest.read() as u:
            if u.contest.meta()["contest_id"] != pack.contest:
                return BadInput("packs.other_contest", file=name, contest=pack.contest_name)
            rows = u.packs.packs()
    else:
        rows = _opened_here(machine, pack.contest)
    if pack.expires is not None and pack.expires < machine.now()[:10]:
        return BadInput("packs.expired", file=name, date=pack.expires)
    newest = max(
        (r.version for r in rows if (r.round_id, r.panel) == (pack.round.id, pack.panel)), default=0
    )
    if pack.version < newest:
        return BadInput("packs.older", file=name, version=pack.version, newest=newest)
    return None


def _opened_here(machine: Machine, contest: ContestId) -> list[PackRow]:
    """Return the packs of a contest that judges have opened on this machine."""
    rows: list[PackRow] = []
    if not machine.paths.desks.is_dir():
        return rows
    for folder in sorted(machine.paths.desks.iterdir()):
        if folder.name.startswith(f"{contest}-"):
            with contextlib.suppress(JudgeError):  # a desk that cannot be opened says so itself
                store = open_store(folder)
                with store.read() as u:
                    rows += u.packs.packs()
                store.close()
    return rows
