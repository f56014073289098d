"""Documents: what can be written so far, each by one click."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.long_work import LongWork
from judgeapp.gui.page import Page
from judgeapp.gui.paper_out import open_file
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import card, clear, label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.context import Context

DocumentId = Literal["tables", "plain", "lotus", "drum"]
_ICONS: dict[DocumentId, str] = {
    "tables": "file-spreadsheet",
    "plain": "table",
    "lotus": "award",
    "drum": "award",
}


@dataclass(frozen=True)
class Document:
    """One kind of document.

    Attributes:
        ready: it can be written now.
        count: how many sheets or rounds are in it.
    """

    id: DocumentId
    ready: bool
    count: int


def read_documents(app: Context) -> list[Document]:
    """Return what can be written, and what has to wait."""
    from judgeapp.services.certificate_list import certificate_sheets
    from judgeapp.services.contest import summary

    contest = summary(app)
    found = [
        Document("tables", contest.contestants > 0, contest.contestants),
        Document("plain", contest.contestants > 0, contest.contestants),
    ]
    templates: tuple[Literal["lotus", "drum"], ...] = ("lotus", "drum")
    for template in templates:
        try:
            sheets = certificate_sheets(app, template=template)
        except JudgeError:
            found.append(Document(template, ready=False, count=0))
        else:
            good = sum(1 for sheet in sheets.sheets if not sheet.problems)
            ready = good > 0 and sheets.printable and not sheets.shared
            found.append(Document(template, ready, good))
    return found


class DocumentsPage(Page):
    """The page of the step ``documents``."""

    step: ClassVar[str] = "documents"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "MARKS", "FACTS", "STAGES", "RESULTS", "AWARDS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.documents.title"))
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(14)
        scroll.setWidget(inner)
        self.content.addWidget(scroll, 1)
        self.buttons: dict[str, Button] = {}
        self.work = LongWork(self)

    def first_focus(self) -> QWidget | None:
        """The first document that can be written."""
        return next((one for one in self.buttons.values() if one.isEnabled()), None)

    def load(self) -> None:
        """Read what can be written."""
        app = self.session.app
        self.session.run(lambda progress: read_documents(app), self._show)

    def _show(self, documents: list[Document]) -> None:
        clear(self._list)
        self.buttons.clear()
        ready = sum(1 for one in documents if one.ready)
        self.set_summary(self.texts("gui.documents.summary", ready=ready, count=len(documents)))
        for one in documents:
            self._list.addWidget(self._card(one))
        self._list.addStretch(1)

    def _card(self, one: Document) -> QWidget:
        texts = self.texts
        box, column = card(14)
        row = QHBoxLayout()
        row.setSpacing(14)
        picture = Sign(_ICONS[one.id], "accent" if one.ready else "text3", 24)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = texts(f"gui.documents.{one.id}")
        words.addWidget(label(title, "subhead", wrap=True))
        what = (
            texts(f"gui.documents.{one.id}.what", count=one.count)
            if one.ready
            else texts(f"gui.documents.{one.id}.wait")
        )
        words.addWidget(label(what, "small", "second", wrap=True))
        row.addLayout(words, 1)
        if not one.ready:
            row.addWidget(Pill(PillLook("lock", texts("gui.documents.later"), "neutral")))
        button = Button(texts("gui.documents.write"), icon="download")
        button.setAccessibleName(f"{texts('gui.documents.write')}: {title}")
        button.setEnabled(one.ready)
        button.clicked.connect(lambda: self.write(one.id))
        self.buttons[one.id] = button
        row.addWidget(button)
        column.addLayout(row)
        return box

    def write(self, document: DocumentId) -> None:
        """Ask where, and write a document there."""
        if document in ("tables", "plain"):
            self._write_tables("excel-vi" if document == "tables" else "plain")
        else:
            self._write_sheets(cast("Literal['lotus', 'drum']", document))

    def _write_tables(self, style: Literal["excel-vi", "plain"]) -> None:
        folder = self.session.dialogs.open_folder(self.texts("gui.results.export.where"))
        if folder is None:
            return
        app, language = self.session.app, self.texts.language

        def work(progress: Progress) -> int:
            from judgeapp.services.results_export import export_results

            return len(export_results(app, out=folder, style=style, language=language).files)

        def done(count: int) -> None:
            words = self.texts("gui.results.exported", count=count, folder=folder.name)
            self._told(words, folder)

        self.work.run(self.texts("gui.documents.writing"), work, done)

    def _write_sheets(self, template: Literal["lotus", "drum"]) -> None:
        name = self.texts(f"gui.documents.{template}")
        out = self.session.dialogs.save_file(
            self.texts("gui.paper.where"), f"{name}.pdf", ["*.pdf"]
        )
        if out is None:
            return
        out = out if out.suffix.casefold() == ".pdf" else out.with_name(f"{out.name}.pdf")
        app = self.session.app

        def work(progress: Progress) -> object:
            from judgeapp.services.certificate_list import certificate_sheets
            from judgeapp.services.certificates import make_certificates

            sheets = certificate_sheets(app, template=template).sheets
            good = [str(s.certificate.contestant) for s in sheets if not s.problems]
            return make_certificates(app, out=out, template=template, only=good, progress=progress)

        self.work.run(
            self.texts("gui.awards.printing"), work,
            lambda _: self._told(self.texts("gui.awards.made", file=out.name), out),
        )  # fmt: skip

    def _told(self, words: str, where: Path) -> None:
        Toast.show_in(
            self.window(), words, self.texts("gui.documents.open"), lambda: open_file(where)
        )
