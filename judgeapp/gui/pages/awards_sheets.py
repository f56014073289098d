"""Certificates: the list with what fits, the sheet as paper, its checks, and the print log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui import icons
from judgeapp.gui.long_work import LongWork
from judgeapp.gui.pages.awards_facts import FactsPanel
from judgeapp.gui.pages.awards_paper import PaperView, paper_image
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import card, clear, frame, label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.clock import shown_moment
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.gui.pages.awards_host import AwardsHost
    from judgeapp.services.certificate_list import CertificateSheets, Sheet
    from judgeapp.services.certificates import CertificateReport
    from judgeapp.services.context import Outcome

Template = Literal["drum", "lotus"]
_THREE_COLUMNS, _LIST, _SIDE, _LOG_ROOM = 860, 290, 270, 440


class SheetsView(QWidget):
    """One template's certificates; printing writes a PDF and opens it."""

    def __init__(self, page: AwardsHost) -> None:
        super().__init__()
        self._page, self.texts = page, page.texts
        self.template = "lotus"
        self.found: CertificateSheets | None = None
        self._wanted = ""
        texts = self.texts
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        self._column.addWidget(self._body, 1)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.table = Table(
            self._columns(), empty_text=texts("gui.awards.nobody"),
            accessible_name=texts("gui.awards.sheets"), key=lambda row: row.certificate.contestant,
        )  # fmt: skip
        self.table.current_changed.connect(self._chosen)
        self._list = frame("card")
        inner = QVBoxLayout(self._list)
        inner.setContentsMargins(1, 1, 1, 6)
        inner.addWidget(self.table)
        row.addWidget(self._list)
        middle = QVBoxLayout()
        middle.setSpacing(14)
        self.paper = PaperView(texts("gui.awards.preview"))
        middle.addWidget(self.paper, 3)
        self.log = Table(
            self._log_columns(), empty_text=texts("gui.awards.log.empty"),
            accessible_name=texts("gui.awards.log"), key=lambda row: (row.serial, row.at),
        )  # fmt: skip
        self._log_card = frame("card")
        inner = QVBoxLayout(self._log_card)
        inner.setContentsMargins(1, 8, 1, 6)
        head = label(texts("gui.awards.log"), "subhead")
        head.setContentsMargins(16, 2, 0, 4)
        inner.addWidget(head)
        inner.addWidget(self.log)
        middle.addWidget(self._log_card, 2)
        row.addLayout(middle, 1)
        self._side, self._checks = card(16)
        self._side.setFixedWidth(_SIDE)
        row.addWidget(self._side)
        self._empty: QWidget | None = None
        self.work = LongWork(page)

    def _columns(self) -> list[Column]:
        texts = self.texts

        def look(sheet: Sheet) -> PillLook:
            if sheet.problems:
                return PillLook("octagon-alert", texts("awards.fits.no"), "stop")
            if sheet.printed_otherwise:
                return PillLook("triangle-alert", texts("gui.awards.otherwise"), "warn")
            if sheet.printed_at:
                return PillLook("printer", texts("gui.awards.printed"), "ok")
            return PillLook("circle-check", texts("awards.fits.yes"), "neutral")

        return [
            Column(
                texts("awards.head.name"),
                lambda sheet: f"{sheet.certificate.name}\n{sheet.certificate.prize}",
                "name", stretch=True,
            ),
            Column(texts("gui.awards.head.state"), lambda sheet: look(sheet).text, "pill",
                   pill=look),
        ]  # fmt: skip

    def _log_columns(self) -> list[Column]:
        texts = self.texts
        return [
            Column(texts("awards.head.serial"), lambda line: line.serial, sort=lambda r: r.serial),
            Column(texts("awards.head.name"), lambda line: line.name, "name", stretch=True),
            Column(
                texts("gui.awards.head.template"),
                lambda line: texts(f"gui.awards.view.{line.template}"), "small",
            ),
            Column(
                texts("gui.awards.head.at"), lambda line: shown_moment(line.at), "small",
                sort=lambda line: line.at,
            ),
        ]  # fmt: skip

    def load(self) -> None:
        """Read the certificates of the template."""
        app, template = self._page.session.app, cast("Template", self.template)

        def work(progress: Progress) -> CertificateSheets:
            from judgeapp.services.certificate_list import certificate_sheets

            return certificate_sheets(app, template=template)

        self._page.session.run(work, self._show, on_refused=self._refused)

    def _refused(self, error: JudgeError) -> None:
        words = self._page.why_not(error)
        if words is None:
            self._page.session.show_error(error)
            return
        self._say_empty(words)

    def _say_empty(self, words: str) -> None:
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        self._body.setVisible(not words)
        if words:
            self._page.set_summary("")
            self._page.hide_bar()
            self._empty = EmptyState("award", self.texts("gui.awards.not_yet"), words)
            self._column.addWidget(self._empty, 1)

    def _show(self, found: CertificateSheets) -> None:
        self.found = found
        self._say_empty("")
        texts = self.texts
        bad = [sheet for sheet in found.sheets if sheet.problems]
        key = "signed" if found.signed else "unsigned"
        self._page.set_summary(
            texts(f"gui.awards.sheets.summary.{key}", count=len(found.sheets), bad=len(bad))
        )
        facts = Button(texts("gui.awards.facts"), icon="pencil")
        facts.clicked.connect(self.edit_facts)
        self.facts_button = facts
        self._page.set_actions(facts)
        self.table.set_rows(found.sheets)
        self.log.set_rows(found.printed)
        self._show_bar(found, bad)
        if self.table.current_row() is None:
            self.table.select(0)
        self._chosen(self.table.current_row())

    def _show_bar(self, found: CertificateSheets, bad: list[Sheet]) -> None:
        texts = self.texts
        good = len(found.sheets) - len(bad)
        if not found.printable:
            sentence = texts("gui.awards.bar.round_open")
        elif found.shared:
            sentence = texts("gui.awards.bar.shared", text=found.shared[0].text)
        elif bad:
            names = ", ".join(sheet.certificate.name for sheet in bad[:3])
            sentence = texts("gui.awards.bar.bad", count=len(bad), names=names, good=good)
        elif found.open_facts:
            facts = ", ".join(texts(f"awards.fact.{fact}") for fact in found.open_facts)
            sentence = texts("gui.awards.bar.open", facts=facts)
        else:
            sentence = texts("gui.awards.bar.good", count=good)
        self.one_button = Button(texts("gui.awards.print.one"), icon="printer")
        self.one_button.clicked.connect(self.print_one)
        self.all_button = Button(
            texts("gui.awards.print.all", count=good), kind="primary", icon="printer"
        )
        self.all_button.clicked.connect(self.print_all)
        self.all_button.setEnabled(good > 0 and found.printable and not found.shared)
        self._page.show_bar(sentence, self.one_button, self.all_button)

    def _chosen(self, sheet: Sheet | None) -> None:
        if sheet is None:
            self.paper.say("")
            return
        self._show_checks(sheet)
        problems = [*(self.found.shared if self.found else ()), *sheet.problems]
        printable = self.found is not None and self.found.printable
        self.one_button.setEnabled(printable and not problems)
        self._wanted = str(sheet.certificate.contestant)
        if problems:
            self.paper.say(self.texts("gui.awards.no_preview"))
            return
        app, template, wanted = self._page.session.app, self.template, self._wanted

        def work(progress: Progress) -> QImage:
            from judgeapp.services.certificate_list import preview_certificate

            pdf = preview_certificate(app, contestant=wanted, template=cast("Template", template))
            return paper_image(pdf)

        def show(image: QImage) -> None:
            if self._wanted == wanted:
                self.paper.show_sheet(image, sheet.certificate.name)

        self._page.session.run(work, show)

    def _show_checks(self, sheet: Sheet) -> None:
        clear(self._checks)
        texts = self.texts
        self._checks.addWidget(label(texts("gui.awards.checks"), "subhead"))
        for problem in (*(self.found.shared if self.found else ()), *sheet.problems):
            key = "letter" if problem.letters else "no_room"
            what = texts(f"gui.awards.check.{key}.what", letters=" ".join(problem.letters),
                         text=problem.text)  # fmt: skip
            self._check("octagon-alert", "stop", texts(f"gui.awards.check.{key}"), what)
        if not sheet.problems:
            self._check("circle-check", "ok", texts("gui.awards.check.fits"),
                        texts("gui.awards.check.fits.what"))  # fmt: skip
            self._check("circle-check", "ok", texts("gui.awards.check.letters"), "")
        serial = sheet.serial or texts("gui.awards.check.serial.none")
        self._check("info", "text2", texts("gui.awards.check.serial"), serial)
        if sheet.printed_at:
            at = shown_moment(sheet.printed_at)
            key = "otherwise" if sheet.printed_otherwise else "same"
            sign, tone = ("triangle-alert", "warn") if key == "otherwise" else ("printer", "text2")
            self._check(sign, tone, texts("gui.awards.printed"),
                        texts(f"gui.awards.check.printed.{key}", at=at))  # fmt: skip
        self._checks.addStretch(1)

    def _check(self, sign: str, tone: str, title: str, what: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(sign, tone, 18, 2))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, wrap=True))
        if what:
            words.addWidget(label(what, "small", "second", wrap=True))
        row.addLayout(words, 1)
        self._checks.addLayout(row)

    def print_one(self) -> None:
        """Print the chosen sheet."""
        sheet = self.table.current_row()
        if sheet is not None:
            self._print([str(sheet.certificate.contestant)], sheet.certificate.name)

    def print_all(self) -> None:
        """Print all sheets that fit."""
        if self.found is not None:
            good = [str(s.certificate.contestant) for s in self.found.sheets if not s.problems]
            self._print(good, self.texts(f"gui.awards.view.{self.template}"))

    def _print(self, only: list[str], name: str) -> None:
        texts = self.texts
        out = self._page.session.dialogs.save_file(
            texts("gui.awards.print.where"), f"{name}.pdf", ["*.pdf"]
        )
        if out is None:
            return
        out = out if out.suffix.casefold() == ".pdf" else out.with_name(f"{out.name}.pdf")
        app, template = self._page.session.app, cast("Template", self.template)

        def work(progress: Progress) -> Outcome[CertificateReport]:
            from judgeapp.services.certificates import make_certificates

            return make_certificates(app, out=out, template=template, only=only, progress=progress)

        self.work.run(texts("gui.awards.printing"), work, lambda made: self._made(made.value.file))

    def _made(self, file: Path) -> None:
        Toast.show_in(
            self._page.window(), self.texts("gui.awards.made", file=file.name),
            self.texts("gui.awards.open"), lambda: open_file(file),
        )  # fmt: skip

    def edit_facts(self) -> None:
        """Show in the drawer what the office says about its papers."""
        app = self._page.session.app

        def work(progress: Progress) -> object:
            from judgeapp.services.papers import show_papers

            return show_papers(app)

        self._page.session.run(work, self._show_facts)

    def _show_facts(self, papers: object) -> None:
        kind = "commendation" if self.template == "drum" else "certificate"
        self.facts = FactsPanel(self._page, papers, kind)  # type: ignore[arg-type]  # Papers
        self._page.open_drawer(self.facts, self.texts("gui.awards.facts"),
                               second=self.texts(f"gui.awards.view.{self.template}"))  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet large: the checks go where there is no room for three columns."""
        super().resizeEvent(event)
        wide = self.width() >= _THREE_COLUMNS
        self._side.setVisible(wide)
        self._list.setFixedWidth(min(_LIST, max(self.width() // 2, 1)))
        self._log_card.setVisible(self.height() >= _LOG_ROOM)


def open_file(file: Path) -> None:
    """Open a file with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
