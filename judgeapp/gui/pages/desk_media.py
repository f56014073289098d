"""The left side of the desk: clip, outline or both, each checked before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from judgeapp.domain.packs import PackEntry
from judgeapp.gui.outline_view import OutlineView
from judgeapp.gui.pages.desk_notes import Notes
from judgeapp.gui.player import Player
from judgeapp.gui.session import Session
from judgeapp.gui.tasks import Tasks
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import label

if TYPE_CHECKING:
    from judgeapp.services.desk import Desk
    from judgeapp.services.desk_media import EntryMedia

CLIP, OUTLINE, BOTH = "clip", "outline", "both"


class EntryView(QWidget):
    """Shows what one contestant handed in.

    Attributes:
        player: plays the clip; ``outline`` shows the outline.
    """

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self._texts = session.texts
        self._media_tasks = Tasks(self)  # reading a large clip must not hold up a mark
        self._entry: PackEntry | None = None
        self._whole: dict[Path, tuple[int, int]] = {}  # read through already
        self._wide = self._compact = self._noting = False
        texts = self._texts
        self.segment = Segment(
            [
                (CLIP, texts("gui.desk.clip")),
                (OUTLINE, texts("gui.desk.outline")),
                (BOTH, texts("gui.desk.both")),
            ],
            accessible_name=texts("gui.desk.what_to_see"),
        )
        self.player = Player(session)
        self.outline = OutlineView(session)
        self.notes = Notes(session, desk, self.player)
        self._nothing = EmptyState(
            "circle-dashed", texts("gui.desk.no_media"), texts("gui.desk.no_media.second")
        )
        self._problem = label("", "small-strong", "stop", wrap=True)
        self._problem.hide()
        self._lay_out()
        self.segment.chosen.connect(lambda _: self._arrange())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self.segment)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._problem)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self._both = QSplitter(Qt.Orientation.Horizontal)
        self._both.setChildrenCollapsible(False)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._nothing)
        self._both.addWidget(self.outline)
        self._clip = QWidget()
        self._both.addWidget(self._clip)
        clip = QVBoxLayout(self._clip)
        clip.setContentsMargins(0, 0, 0, 0)
        clip.setSpacing(10)
        clip.addWidget(self.player, 3)
        clip.addWidget(self.notes, 2)

    def set_wide(self, wide: bool) -> None:
        """Show the outline beside the clip by itself, where there is room for three columns."""
        if wide != self._wide:
            self._wide = wide
            self.notes.set_large(wide)
            self._arrange()

    def set_compact(self, compact: bool) -> None:
        """Keep margins small where there is little room."""
        self._compact = compact
        self._arrange()
        layout = self.layout()
        if layout is not None:
            side = 10 if compact else 16
            layout.setContentsMargins(side, 8 if compact else 12, side, 8 if compact else 12)

    # --- one entry ------------------------------------------------------------------------------

    def show_entry(self, entry: PackEntry, following: PackEntry | None = None) -> None:
        """Read an entry's files in the background and show them.

        Args:
            entry: is shown.
            following: its files are looked through meanwhile, so that it opens at once.
        """
        if self._entry is not None and self._entry.id == entry.id:
            return
        self._entry = entry
        self.player.clear()
        self.outline.clear()
        self._problem.hide()
        kinds = {media.kind for media in entry.media}
        self.segment.set_enabled(CLIP, CLIP in kinds)
        self.segment.set_enabled(OUTLINE, OUTLINE in kinds)
        self.segment.set_enabled(BOTH, len(kinds) > 1)
        if self.segment.current not in kinds and not (
            self.segment.current == BOTH and len(kinds) > 1
        ):
            self.segment.choose(CLIP if CLIP in kinds or not kinds else OUTLINE)
        self._stack.setCurrentWidget(self._both if kinds else self._nothing)
        self._arrange()
        self.notes.show_entry(entry.id)

        def show(found: list[EntryMedia]) -> None:
            if self._entry is entry:  # another one may have been opened meanwhile
                self._show(found)
                if following is not None:
                    self._look_through(following, lambda _: None, aside=True)

        self._look_through(entry, show)

    def _look_through(
        self, entry: PackEntry, on_done: Callable[[list[EntryMedia]], None], *, aside: bool = False
    ) -> None:
        def work(progress: object) -> list[EntryMedia]:
            from judgeapp.services.desk_media import entry_media

            return entry_media(self._desk, contestant=entry.id, whole=self._whole)

        self._media_tasks.run(
            work, on_done=on_done, on_refused=self._session.show_error, aside=aside
        )

    def _show(self, found: list[EntryMedia]) -> None:
        for item in found:
            if item.file is None:
                if item.reason is not None:
                    self._problem.setText(self._texts.error(item.reason))
                    self._problem.show()
            elif item.media.kind == "clip":
                part = self._desk.pack.round.part(item.media.part)
                self.player.load(
                    item.file, peaks=item.media.peaks, limit_s=part.max_s if part else None
                )
                self.notes.pin()
            else:
                self.outline.load(item.file)

    def show_part(self, part: str) -> None:
        """Show what a part is about, if only one of both is shown: its outline or its clip."""
        media = self._entry.media if self._entry else ()
        kinds = [item.kind for item in media if item.part == part]
        if kinds and self.segment.current not in (BOTH, *kinds):
            self.segment.choose(kinds[0])
            self._arrange()

    def _arrange(self) -> None:
        kinds = {media.kind for media in self._entry.media} if self._entry else set()
        both = self._wide or self.segment.current == BOTH
        self.segment.setVisible(not self._wide)
        self.outline.setVisible(OUTLINE in kinds and (both or self.segment.current == OUTLINE))
        self._clip.setVisible(CLIP in kinds and (both or self.segment.current == CLIP))
        self.notes.setVisible(not self._compact or self._noting)
        if not self.player.isVisibleTo(self) and self.player.is_playing:
            self.player.pause()

    def begin_note(self) -> bool:
        """Give the field of notes the focus, if a clip is shown."""
        if not self.player.isVisibleTo(self):
            return False
        self._noting = True  # in small windows the field is there only while it is wanted
        self._arrange()
        self.notes.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def end_note(self) -> None:
        """Give the room back to the clip."""
        self._noting = False
        self._arrange()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means for the clip that is shown; return whether it meant something."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_N and plain:
            return self.begin_note()
        return self.player.isVisibleTo(self) and self.player.take_key(event)

    def close_media(self) -> None:
        """Let the files go."""
        self._media_tasks.wait()
        self.player.clear()
        self.outline.clear()
        self._entry = None
