"""Certificates: the list with what fits, the sheet as paper, its checks, and the print log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from judgeapp.domain.printing import PrintWay
from judgeapp.gui.long_work import LongWork
from judgeapp.gui.pages.awards_checks import ChecksPanel
from judgeapp.gui.pages.awards_facts import FactsPanel
from judgeapp.gui.pages.awards_host import AwardsHost, AwardsView
from judgeapp.gui.pages.awards_paper import Frame, PaperView, paper_image
from judgeapp.gui.paper_out import PaperOut, ask_pdf, told_file
from judgeapp.gui.pdf_print import default_printer, paint
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import frame, label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.clock import shown_moment
from judgeapp.system.print_shifts import keep_shift, load_shift
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from judgeapp.domain.papers import PaperKind, Papers
    from judgeapp.services.certificate_list import CertificateSheets, FieldFit, PrintedLine, Sheet
    from judgeapp.services.certificates import CertificateReport
    from judgeapp.services.context import Outcome

Template = Literal["drum", "lotus"]
_THREE_COLUMNS, _LIST, _SIDE, _LOG_ROOM, _LONG = 900, 316, 268, 440, 40
_LOG = 112  # the head and two lines of words


class SheetsView(AwardsView):
    """One template's certificates; they go to a printer or into a PDF, and each print is noted."""

    def __init__(self, page: AwardsHost) -> None:
        super().__init__(page)
        self.template: Template = "lotus"
        self.found: CertificateSheets | None = None
        self.way = PrintWay()
        self._wanted = ""
        texts = self.texts
        self.table = Table(
            self._columns(), empty_text=texts("gui.awards.nobody"),
            accessible_name=texts("gui.awards.sheets"), key=lambda row: row.certificate.contestant,
        )  # fmt: skip
        self.table.current_changed.connect(self._chosen)
        self.paper = PaperView(texts("gui.awards.preview"))
        self.log = Table(
            self._log_columns(), empty_text=texts("gui.awards.log.empty"),
            accessible_name=texts("gui.awards.log"), key=lambda row: row.id,
        )  # fmt: skip
        self.side: ChecksPanel | None = None
        self._lay_out()
        self.work = LongWork(page)
        self._out = PaperOut(page, self.work)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self._list = frame("card")
        inner = QVBoxLayout(self._list)
        inner.setContentsMargins(1, 1, 1, 6)
        inner.addWidget(self.table)
        row.addWidget(self._list)
        middle = QVBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.paper, 5)
        self._log_card = frame("card")
        inner = QVBoxLayout(self._log_card)
        inner.setContentsMargins(1, 8, 1, 6)
        head = label(self.texts("gui.awards.log"), "subhead")
        head.setContentsMargins(16, 2, 0, 4)
        inner.addWidget(head)
        inner.addWidget(self.log)
        self.log.setMinimumHeight(theme().px(_LOG))
        middle.addWidget(self._log_card, 2)
        row.addLayout(middle, 1)
        self._side_card = frame("card")
        self._side = QVBoxLayout(self._side_card)
        self._side.setContentsMargins(16, 14, 8, 12)
        self._side_card.setFixedWidth(theme().px(_SIDE))
        row.addWidget(self._side_card)
        self.use("lotus")

    def use(self, template: Template) -> None:
        """Show another template from now on; text only is chosen for each anew."""
        self.template, self.way = template, PrintWay()
        if self.side is not None:
            self._side.removeWidget(self.side)
            self.side.deleteLater()
        self.side = self._new_panel()
        self._side.addWidget(self.side)

    def _new_panel(self) -> ChecksPanel:
        shift = self.way.right, self.way.down
        if self.way.ground:
            shift = load_shift(self._page.session.machine.paths, default_printer())
        panel = ChecksPanel(self.texts, shift, whole=self.way.ground)
        panel.way_changed.connect(self._take_way)
        panel.calibration_asked.connect(self.print_calibration)
        return panel

    def _columns(self) -> list[Column]:
        texts = self.texts

        def look(sheet: Sheet) -> PillLook:
            if sheet.problems:
                return PillLook("octagon-alert", texts("awards.fits.no"), "stop")
            if sheet.printed_otherwise:
                return PillLook("triangle-alert", texts("gui.awards.otherwise"), "warn")
            if sheet.printed_at:
                return PillLook("printer", texts("gui.awards.printed"), "ok")
            if sheet.shrunk:
                return PillLook("triangle-alert", texts("gui.awards.shrunk"), "neutral")
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

        def told(line: PrintedLine) -> str:
            words = texts("gui.awards.log.time", time=line.time)
            return f"{words} · {line.reason}" if line.reason else words

        return [
            Column(texts("awards.head.serial"), lambda line: line.serial, sort=lambda r: r.serial),
            Column(texts("awards.head.name"), lambda line: line.name, "name", stretch=True),
            Column(texts("gui.awards.head.time"), told, "small"),
            Column(
                texts("gui.awards.head.at"), lambda line: shown_moment(line.at), "small",
                sort=lambda line: line.id,
            ),
        ]  # fmt: skip

    def load(self) -> None:
        """Read the certificates of the template."""
        app, template = self._page.session.app, self.template

        def work(progress: Progress) -> CertificateSheets:
            from judgeapp.services.certificate_list import certificate_sheets

            return certificate_sheets(app, template=template)

        self._page.session.run(work, self._show, on_refused=self.refused)

    def _show(self, found: CertificateSheets) -> None:
        self.found = found
        self.say_empty("")
        texts = self.texts
        bad = [sheet for sheet in found.sheets if sheet.problems]
        key = "signed" if found.signed else "unsigned"
        self._page.set_summary(
            texts(f"gui.awards.sheets.summary.{key}", count=len(found.sheets), bad=len(bad))
        )
        facts = Button(texts("gui.awards.facts"), icon="pencil")
        facts.clicked.connect(self.edit_facts)
        self.facts_button = facts
        self.side_button = Button(texts("gui.awards.side"), icon="list-checks")
        self.side_button.clicked.connect(self.open_side)
        self._page.set_actions(self.side_button, facts)
        self._fit()
        self.table.set_rows(found.sheets)
        self.log.set_rows([line for line in found.printed if line.template == self.template])
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
            names = ", ".join(_called(sheet) for sheet in bad[:3])
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
        if sheet is None or self.found is None:
            self.paper.say("")
            return
        if self.side is not None:
            self.side.show_sheet(self.found, sheet)
        self.one_button.setEnabled(
            self.found.printable and not self.found.shared and not sheet.problems
        )
        self._wanted = str(sheet.certificate.contestant)
        self._preview(sheet)

    def _preview(self, sheet: Sheet) -> None:
        app, template, way, wanted = self._page.session.app, self.template, self.way, self._wanted

        def work(progress: Progress) -> tuple[QImage, list[Frame]]:
            from judgeapp.services.certificate_list import preview_certificate

            view = preview_certificate(app, contestant=wanted, template=template, way=way)
            return paper_image(view.pdf), frames_of(view.fits, way)

        def show(found: tuple[QImage, list[Frame]]) -> None:
            if (self._wanted, self.template, self.way) == (wanted, template, way):
                self.paper.show_sheet(found[0], sheet.certificate.name, found[1])

        self._page.session.run(work, show)

    def _take_way(self, way: PrintWay) -> None:
        if way == self.way:
            return
        if not way.ground:
            keep_shift(self._page.session.machine.paths, default_printer(), (way.right, way.down))
        self.way = way
        sheet = self.table.current_row()
        if sheet is not None:
            self._preview(sheet)

    def open_side(self) -> None:
        """Show checks and way of printing in the drawer, where there is no room beside."""
        sheet = self.table.current_row()
        if sheet is None or self.found is None:
            return
        panel = self._new_panel()
        panel.show_sheet(self.found, sheet)
        self._page.open_drawer(panel, sheet.certificate.name, second=sheet.certificate.prize)

    def print_calibration(self, button: Button) -> None:
        """Print or keep the sheet by which the printer is set."""
        way, language = self.way, self.texts.language

        def make(progress: Progress) -> bytes:
            from judgeapp.services.print_setup import calibration_sheet

            return calibration_sheet(way, language)

        title = self.texts("gui.awards.calibrate")
        self._out.offer(button, title, title, make, landscape=True)

    def print_one(self) -> None:
        """Print the chosen sheet; a second time with a reason, and with the same serial."""
        sheet = self.table.current_row()
        if sheet is None:
            return
        reason = ""
        if sheet.printed_at is not None and not sheet.printed_otherwise:
            typed = self._page.session.dialogs.ask_text(
                self.texts("gui.awards.again", serial=sheet.serial, name=sheet.certificate.name),
                self.texts("gui.awards.again.what"), self.texts("gui.awards.again.reason"),
                yes=self.texts("gui.awards.again.yes"),
            )  # fmt: skip
            if typed is None:
                return
            reason = typed
        self._offer(
            self.one_button, [str(sheet.certificate.contestant)], sheet.certificate.name, reason
        )

    def print_all(self) -> None:
        """Print all sheets that fit."""
        if self.found is not None:
            good = [str(s.certificate.contestant) for s in self.found.sheets if not s.problems]
            name = self.texts(f"gui.awards.view.{self.template}")
            self._offer(self.all_button, good, name, "")

    def _offer(self, button: Button, only: list[str], name: str, reason: str) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, do in (("print", self._to_printer), ("pdf", self._to_file)):
            action = menu.addAction(self.texts(f"gui.paper.{key}"))
            action.triggered.connect(lambda _=False, do=do: do(only, name, reason))
        menu.popup(
            button.mapToGlobal(button.rect().topLeft()) - QPoint(0, menu.sizeHint().height())
        )

    def _to_file(self, only: list[str], name: str, reason: str) -> None:
        out = ask_pdf(self._page, name)
        if out is not None:
            words = self.texts("gui.awards.made", file=out.name)
            self._make(only, reason, lambda: told_file(self._page, out, words), out=out)

    def _to_printer(self, only: list[str], name: str, reason: str) -> None:
        printer = self._page.session.dialogs.ask_printer(
            name, pages=len(only), landscape=True, ranges=False
        )
        if printer is None:
            return
        words = self.texts("gui.paper.printed", count=len(only))
        self._make(only, reason, lambda: Toast.show_in(self._page.window(), words), printer=printer)

    def _make(
        self,
        only: list[str],
        reason: str,
        told: Callable[[], object],
        *,
        out: Path | None = None,
        printer: QPrinter | None = None,
    ) -> None:
        app, template, way = self._page.session.app, self.template, self.way
        target = "file" if printer is None else printer.printerName() or "printer"

        def work(progress: Progress) -> Outcome[CertificateReport]:
            from judgeapp.services.certificates import Printing, make_certificates

            def deliver(pdf: bytes) -> None:
                if printer is not None:
                    paint(printer, pdf, progress)

            return make_certificates(
                app, out=out, template=template, only=only, progress=progress,
                printing=Printing(way, target, deliver, reason),
            )  # fmt: skip

        self.work.run(self.texts("gui.awards.printing"), work, lambda _: told())

    def edit_facts(self) -> None:
        """Show in the drawer what the office says about its papers."""
        app = self._page.session.app

        def work(progress: Progress) -> Papers:
            from judgeapp.services.papers import show_papers

            return show_papers(app)

        self._page.session.run(work, self._show_facts)

    def _show_facts(self, papers: Papers) -> None:
        kind: PaperKind = "commendation" if self.template == "drum" else "certificate"
        self.facts = FactsPanel(self._page, papers, kind)
        self._page.open_drawer(self.facts, self.texts("gui.awards.facts"),
                               second=self.texts(f"gui.awards.view.{self.template}"))  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet large: the checks go where there is no room for three columns."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme().px(_THREE_COLUMNS)
        self._side_card.setVisible(wide)
        self._list.setFixedWidth(min(theme().px(_LIST), max(self.width() // 2, 1)))
        self._log_card.setVisible(self.height() >= _LOG_ROOM)
        if self.found is not None:
            self.side_button.setVisible(not wide)


def _called(sheet: Sheet) -> str:
    """Return whom a sentence names; a name that is too long for it by the number."""
    name = sheet.certificate.name
    return name if len(name) <= _LONG else str(sheet.certificate.contestant)


def frames_of(fits: Sequence[FieldFit], way: PrintWay) -> list[Frame]:
    """Return what on a sheet is to be looked at: what cannot be printed, what was made smaller."""
    found = []
    for fit in fits:
        if fit.problem is None and not fit.shrunk:
            continue
        (left, top, right, bottom), (x, y) = fit.box, (float(way.right), float(way.down))
        box = left + x, top + y, right + x, bottom + y
        found.append(Frame(box, "warn" if fit.problem is None else "stop"))
    return found
