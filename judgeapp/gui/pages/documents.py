"""Documents: what there can be, what each waits for, how it looks, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.long_work import LongWork
from judgeapp.gui.page import Page
from judgeapp.gui.paper_out import PaperOut, ask_pdf, told_file
from judgeapp.gui.pdf_print import page_images
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pages_view import PagesView
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.context import Context
    from judgeapp.services.documents import Document

_DPI, _MOST_PAGES = 110, 6
_PAPERS = frozenset({"contestants", "ranking", "tie"})


class DocumentsPage(Page):
    """The page of the step ``documents``."""

    step: ClassVar[str] = "documents"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "PANEL", "MARKS", "FACTS", "STAGES", "RESULTS", "AWARDS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.documents.title"))
        self._shown: Document | None = None
        self.table = Table(
            self._columns(), empty_text="", accessible_name=self.texts("gui.documents.title")
        )
        self.table.current_changed.connect(self._chosen)
        row = QHBoxLayout()
        row.setSpacing(14)
        self._list = frame("card")
        inner = QVBoxLayout(self._list)
        inner.setContentsMargins(1, 1, 1, 6)
        inner.addWidget(self.table)
        row.addWidget(self._list, 4)
        self._side = frame("card")
        self._fill_side()
        row.addWidget(self._side, 5)
        self.content.addLayout(row, 1)
        self.work = LongWork(self)
        self.paper = PaperOut(self, self.work)

    def _fill_side(self) -> None:
        column = QVBoxLayout(self._side)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        self._name = label("", "subhead", wrap=True)
        self._what = label("", "small", "second", wrap=True)
        column.addWidget(self._name)
        column.addWidget(self._what)
        self.preview = PagesView(self.texts("gui.documents.preview"))
        column.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.write_button = Button(self.texts("gui.documents.write"), icon="download")
        self.write_button.clicked.connect(self.write)
        row.addStretch(1)
        row.addWidget(self.write_button)
        column.addLayout(row)

    def _columns(self) -> list[Column]:
        texts = self.texts

        def state(one: Document) -> PillLook:
            if one.ready:
                return PillLook("circle-check", texts("gui.documents.ready"), "ok")
            return PillLook("lock", texts("gui.documents.later"), "neutral")

        return [
            Column(
                texts("gui.documents.head.what"),
                lambda one: f"{self._title_of(one)}\n{self._sentence(one)}", "name", stretch=True,
            ),
            Column(
                texts("gui.documents.head.state"), lambda one: state(one).text, "pill", pill=state
            ),
        ]  # fmt: skip

    def _title_of(self, one: Document) -> str:
        name = one.round.vi.partition(" (")[0] if one.round is not None else ""
        return self.texts(f"gui.documents.{one.kind}", round=name)

    def _sentence(self, one: Document) -> str:
        key = "what" if one.ready else "wait"
        return self.texts(f"gui.documents.{one.kind}.{key}", count=one.count)

    def first_focus(self) -> QWidget:
        """The list comes first."""
        return self.table

    def load(self) -> None:
        """Read what can be written."""
        app = self.session.app

        def work(progress: Progress) -> list[Document]:
            from judgeapp.services.documents import list_documents

            return list_documents(app)

        self.session.run(work, self._show)

    def _show(self, documents: list[Document]) -> None:
        ready = sum(1 for one in documents if one.ready)
        self.set_summary(self.texts("gui.documents.summary", ready=ready, count=len(documents)))
        self.table.set_rows(documents)
        if self.table.current_row() is None:
            self.table.select(0)
        self._chosen(self.table.current_row())

    def _chosen(self, one: Document | None) -> None:
        self._shown = one
        if one is None:
            return
        self._name.setText(self._title_of(one))
        self._what.setText(self._sentence(one))
        self.write_button.setEnabled(one.ready)
        self.write_button.setAccessibleName(f"{self.write_button.text()}: {self._title_of(one)}")
        if not one.ready:
            self.preview.say(self.texts("gui.documents.no_preview"))
        elif one.kind in ("tables", "plain"):
            self.preview.say(self.texts("gui.documents.files"))
        else:
            self._preview(one)

    def _preview(self, one: Document) -> None:
        app, language = self.session.app, self.texts.language

        def work(progress: Progress) -> list[QImage]:
            return page_images(_pdf(app, one, language), _DPI, most=_MOST_PAGES)

        def show(images: list[QImage]) -> None:
            if self._shown is not None and self._shown.id == one.id:
                self.preview.show_pages(images, self._title_of(one))

        self.session.run(work, show, on_refused=lambda error: self._no_preview(one, error))

    def _no_preview(self, one: Document, error: JudgeError) -> None:
        if self._shown is not None and self._shown.id == one.id:
            self.preview.say(self.texts.error(error))

    def write(self) -> None:
        """Bring the chosen document where the person wants it."""
        one = self._shown
        if one is None or not one.ready:
            return
        if one.kind in _PAPERS:
            app, language = self.session.app, self.texts.language
            title = self._title_of(one)
            self.paper.offer(
                self.write_button, title, title, lambda progress: _pdf(app, one, language)
            )
        elif one.kind in ("tables", "plain"):
            self._write_tables("excel-vi" if one.kind == "tables" else "plain")
        else:
            self._write_sheets("lotus" if one.kind == "lotus" else "drum")

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
            told_file(self, folder, words)

        self.work.run(self.texts("gui.documents.writing"), work, done)

    def _write_sheets(self, template: Literal["lotus", "drum"]) -> None:
        out = ask_pdf(self, self.texts(f"gui.documents.{template}", round=""))
        if out is None:
            return
        app, file = self.session.app, out

        def work(progress: Progress) -> object:
            from judgeapp.services.certificate_list import certificate_sheets
            from judgeapp.services.certificates import make_certificates

            sheets = certificate_sheets(app, template=template).sheets
            good = [str(s.certificate.contestant) for s in sheets if not s.problems]
            return make_certificates(app, out=file, template=template, only=good, progress=progress)

        words = self.texts("gui.awards.made", file=out.name)
        self.work.run(
            self.texts("gui.awards.printing"), work, lambda _: told_file(self, file, words)
        )


def _pdf(app: Context, one: Document, language: str) -> bytes:
    """Return how a document looks; of certificates the first sheet that there is."""
    from judgeapp.services.certificate_list import certificate_sheets, preview_certificate
    from judgeapp.services.documents import document_pdf

    if one.kind in _PAPERS:
        return document_pdf(app, document=one.id, language=language)
    template: Literal["lotus", "drum"] = "lotus" if one.kind == "lotus" else "drum"
    first = certificate_sheets(app, template=template).sheets[0].certificate
    return preview_certificate(app, contestant=str(first.contestant), template=template).pdf
