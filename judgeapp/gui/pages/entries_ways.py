"""What can be done about one contestant's files: take one in, replace one, keep what was found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from judgeapp.domain.entries import kind_taken
from judgeapp.domain.file_names import kind_of_ending
from judgeapp.gui.message_dialog import Way
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.entries_cards import Board, Card
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.domain.contest import Part
    from judgeapp.services.context import Outcome
    from judgeapp.system.progress import Progress

PATTERNS = ("*.mp4", "*.mov", "*.mkv", "*.avi", "*.webm", "*.wmv", "*.pdf", "*.docx")


def choose_file(session: Session) -> Path | None:
    """Ask for a clip or an outline."""
    return session.dialogs.open_file(session.texts("gui.entries.replace.file"), PATTERNS)


def put_in(
    session: Session,
    board: Board,
    card: Card,
    path: Path,
    done: Callable[[], None],
    *,
    part: Part | None = None,
) -> None:
    """Take a contestant's file in; ask for which part it is, and why it replaces another.

    Args:
        session: of the window.
        board: with the round.
        card: whose file it is.
        path: the file.
        done: called when it is there.
        part: which part, if that is known already.
    """
    part = part or _part_for(session, board, path)
    if part is None:
        return
    app, held, part_id = session.app, board.held.id, part.id
    reason = ""
    if any(file.part == part_id for file in card.files):
        texts = session.texts
        given = session.dialogs.ask_text(
            texts("gui.entries.replace.title", name=f"{card.id} {card.name}"),
            texts("gui.entries.replace.body", file=path.name),
            texts("gui.entries.replace.reason"),
            yes=texts("gui.entries.replace.yes"),
        )
        if given is None:
            return
        reason = given

    def work(progress: Progress) -> Outcome[object]:
        from judgeapp.services.entries import hand_in_entry, replace_entry

        if reason:
            return replace_entry(  # type: ignore[return-value]  # only that it changed matters
                app, contestant=card.id, file=path, reason=reason, part_id=part_id, round_id=held
            )
        return hand_in_entry(  # type: ignore[return-value]  # as above
            app, contestant=card.id, file=path, part_id=part_id, round_id=held
        )

    def told(_: object) -> None:
        window = QApplication.activeWindow() or session.dialogs.parent
        if window is not None:
            words = session.texts("gui.entries.handed_in", file=path.name, name=card.name)
            Toast.show_in(window, words)
        done()

    session.run(work, told)


def _part_for(session: Session, board: Board, path: Path) -> Part | None:
    """Return for which part a file is: the only one that takes its kind, else the one chosen."""
    kind = kind_of_ending(path.suffix.lstrip("."))
    taking = [part for part in board.held.parts if kind_taken(part) is not None]
    fitting = [part for part in taking if kind_taken(part) == kind] or taking
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    texts = session.texts
    ways = [
        Way(
            str(part.id),
            part_name(part, texts),
            texts(f"gui.entries.hand_in.takes.{kind_taken(part)}"),
        )
        for part in fitting
    ]
    chosen = session.dialogs.choose(
        texts("gui.entries.hand_in.which", file=path.name), texts("gui.entries.hand_in.why"), ways
    )
    return next((part for part in fitting if part.id == chosen), None)


def keep(session: Session, board: Board, card: Card) -> None:
    """Ask why, then keep what was found in a contestant's files."""
    texts = session.texts
    reason = session.dialogs.ask_text(
        texts("gui.entries.keep.title", name=f"{card.id} {card.name}"),
        texts("gui.entries.keep.body"),
        texts("gui.entries.keep.reason"),
        yes=texts("gui.entries.keep.yes"),
    )
    if reason is None:
        return
    app, held = session.app, board.held.id

    def work(progress: Progress) -> object:
        from judgeapp.services.entries_keep import keep_entry

        return keep_entry(app, contestant=card.id, reason=reason, round_id=held)

    session.run(work)


def keep_no_more(session: Session, board: Board, card: Card) -> None:
    """Let a contestant's files ask for a look again."""
    app, held = session.app, board.held.id

    def work(progress: Progress) -> object:
        from judgeapp.services.entries_keep import stop_keeping_entry

        return stop_keeping_entry(app, contestant=card.id, round_id=held)

    session.run(work)
