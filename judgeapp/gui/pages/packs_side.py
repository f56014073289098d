"""The drawers of the page of packs: what was built, one judge's pack, one pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from judgeapp.gui.pages.packs_rows import has_words
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.scroller import Scroller
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.pack_holders import Holder
    from judgeapp.services.pack_list import PackLine
    from judgeapp.services.packs import BuiltPack


class BuiltPanel(Scroller):
    """What was built, where it lies, and what comes next."""

    def __init__(self, packs: Sequence[BuiltPack], texts: Texts) -> None:
        super().__init__()
        self.column.setSpacing(10)
        without = sorted({str(one) for pack in packs for one in pack.without_files})
        for pack in packs:
            words = texts(
                "gui.packs.built",
                panel=pack.panel or texts("packs.one_panel"), version=pack.version,
                judges=len(pack.judges), entries=pack.entries, files=pack.files,
                folder=pack.folder,
            )  # fmt: skip
            self.column.addWidget(label(words, wrap=True))
            self.column.addWidget(hairline())
        if without:
            words = texts("packs.without_files", contestants=", ".join(without))
            self.column.addWidget(label(words, "body", "warn", wrap=True))
        self.column.addWidget(label(texts("gui.packs.built.next"), "body", "second", wrap=True))
        self.column.addStretch(1)


class HolderPanel(Scroller):
    """A judge's pack.

    Attributes:
        copy_asked: the newest pack is to be copied for the judge.
        note_asked: it was handed over in another way.
        slip_asked: the slip is wanted on paper.
    """

    copy_asked, note_asked, slip_asked = Signal(), Signal(), Signal()

    def __init__(self, holder: Holder, texts: Texts) -> None:
        super().__init__()
        self.column.setSpacing(10)
        what = texts(f"gui.packs.holder.{holder.state}", newest=holder.newest, has=holder.has)
        self.column.addWidget(label(what, wrap=True))
        if holder.has is not None:
            words = has_words(holder, texts)
            self.column.addWidget(label(words, "body", "second", wrap=True))
        self.copy_button = Button(texts("gui.packs.copy"), icon="usb")
        self.copy_button.clicked.connect(self.copy_asked)
        self.note_button = Button(texts("gui.packs.note"), icon="check")
        self.note_button.clicked.connect(self.note_asked)
        self.slip_button = Button(texts("gui.packs.slip"), icon="printer")
        self.slip_button.clicked.connect(self.slip_asked)
        for button in (self.copy_button, self.note_button, self.slip_button):
            button.setEnabled(holder.newest is not None)
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(label(texts("gui.packs.copy.what"), "small", "second", wrap=True))
        self.column.addStretch(1)
        self.setFocusProxy(self.copy_button)


class PackPanel(Scroller):
    """A pack.

    Attributes:
        copy_asked: it is to be copied for all its judges.
        slip_asked: their slips are wanted on paper.
    """

    copy_asked, slip_asked = Signal(), Signal()

    def __init__(self, pack: PackLine, texts: Texts) -> None:
        super().__init__()
        self.column.setSpacing(10)
        words = texts(
            "gui.packs.holds",
            judges=", ".join(pack.judges), entries=pack.entries, files=pack.files,
            megabytes=pack.megabytes,
        )  # fmt: skip
        self.column.addWidget(label(words, wrap=True))
        words = texts(f"gui.packs.state.{pack.state}.what")
        self.column.addWidget(label(words, "body", "second", wrap=True))
        where = texts("gui.packs.place", place=pack.place) if pack.place else ""
        words = where or texts("gui.packs.no_place")
        self.column.addWidget(label(words, "small", "second", wrap=True))
        self.copy_button = Button(texts("gui.packs.copy"), icon="usb")
        self.copy_button.clicked.connect(self.copy_asked)
        self.slip_button = Button(texts("gui.packs.slips"), icon="printer")
        self.slip_button.clicked.connect(self.slip_asked)
        for button in (self.copy_button, self.slip_button):
            button.setEnabled(pack.state != "replaced")
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(label(texts("gui.packs.copy.what"), "small", "second", wrap=True))
        self.column.addStretch(1)
        self.setFocusProxy(self.copy_button)
