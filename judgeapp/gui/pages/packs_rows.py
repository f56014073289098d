"""The table of packs, and what a check of one found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.gui.widgets.pill import Pill, PillLook, Tone
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.clock import shown_moment
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.pack_holders import Holder
    from judgeapp.services.pack_list import PackLine
    from judgeapp.services.packs import PackReport

_LOOKS: dict[str, tuple[str, Tone]] = {
    "current": ("circle-check", "ok"),
    "changed": ("triangle-alert", "warn"),
    "outdated": ("triangle-alert", "warn"),
    "replaced": ("circle-dashed", "neutral"),
}
_HOLDER_LOOKS: dict[str, tuple[str, Tone]] = {
    "no_pack": ("circle-dashed", "neutral"),
    "not_given": ("circle-dashed", "neutral"),
    "current": ("circle-check", "ok"),
    "old": ("triangle-alert", "warn"),
}
_MOST = 200


def pack_columns(texts: Texts) -> list[Column]:
    """Return the columns of the table of packs."""

    def look(pack: PackLine) -> PillLook:
        icon, tone = _LOOKS[pack.state]
        return PillLook(icon, texts(f"packs.state.{pack.state}"), tone)

    return [
        Column(
            texts("gui.packs.head.pack"),
            lambda pack: f"{pack_name(pack, texts)}\n{pack.folder}",
            "name",
            stretch=True,
            sort=lambda pack: pack.folder,
        ),
        Column(texts("gui.packs.head.entries"), lambda pack: str(pack.entries), "number"),
        Column(
            texts("gui.packs.head.built"),
            lambda pack: shown_moment(pack.built_at),
            "small",
            sort=lambda pack: pack.built_at,
        ),
        Column(
            texts("gui.packs.head.state"),
            lambda pack: look(pack).text,
            "pill",
            pill=look,
            sort=lambda pack: pack.state,
        ),
    ]


def pack_name(pack: PackLine, texts: Texts) -> str:
    """Return a pack as people know it: round, panel where there are several, version."""
    said = [pack.round.vi.partition(" (")[0], *([pack.panel] if pack.panel else [])]
    return " · ".join([*said, texts("gui.packs.version", version=pack.version)])


def holder_columns(texts: Texts) -> list[Column]:
    """Return the columns of the table of judges and the packs that they have."""

    def look(one: Holder) -> PillLook:
        icon, tone = _HOLDER_LOOKS[one.state]
        return PillLook(icon, texts(f"packs.holder.{one.state}"), tone)

    def second(one: Holder) -> str:
        return f"{one.id} · {one.judge.panel}" if one.judge.panel else one.id

    return [
        Column(
            texts("gui.packs.head.judge"),
            lambda one: f"{one.judge.name}\n{second(one)}",
            "name",
            stretch=True,
            sort=lambda one: one.id,
        ),
        Column(
            texts("gui.packs.head.has"),
            lambda one: has_words(one, texts),
            stretch=True,
            sort=lambda one: one.has or 0,
        ),
        Column(
            texts("gui.packs.head.state"),
            lambda one: look(one).text,
            "pill",
            pill=look,
            sort=lambda one: one.state,
        ),
    ]


def has_words(one: Holder, texts: Texts) -> str:
    """Return what a judge has, and how that is known."""
    if one.has is None or one.at is None:
        return "–"
    key = "sent" if one.sent else "given"
    return texts(f"gui.packs.has.{key}", version=one.has, at=shown_moment(one.at))


class CheckPanel(QScrollArea):
    """The verdict first, then each file that is not whole."""

    def __init__(self, report: PackReport, texts: Texts) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 10, 8, 8)
        column.setSpacing(8)
        self.setWidget(inner)
        good = report.verdict == "ok"
        tone: Tone = "ok" if good else "stop"
        icon = "circle-check" if good else "octagon-alert"
        row = QHBoxLayout()
        row.addWidget(Pill(PillLook(icon, texts(f"gui.packs.verdict.{report.verdict}"), tone)))
        row.addStretch(1)
        column.addLayout(row)
        if report.reason is not None:
            column.addWidget(label(texts.error(report.reason), wrap=True))
        whole = sum(1 for item in report.files if item.ok)
        words = texts("gui.packs.whole", whole=whole, count=len(report.files))
        column.addWidget(label(words, "body", "second", wrap=True))
        for item in [one for one in report.files if not one.ok][:_MOST]:
            column.addWidget(hairline())
            column.addWidget(label(item.file, "strong", wrap=True))
            words = texts(f"packs.file.{item.code}")
            column.addWidget(label(words, "small", "stop", wrap=True))
        if report.ignored:
            words = texts(
                "packs.ignored", count=len(report.ignored), names=", ".join(report.ignored)
            )
            column.addWidget(label(words, "small", "second", wrap=True))
        column.addStretch(1)
