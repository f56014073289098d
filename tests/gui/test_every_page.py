"""Every page at every size, in both themes and languages: what an eye would find wrong with it.

One contest at three stages, made once. A page is opened once and the window resized; nothing may be
cut, covered, nameless, pale or in the wrong language. See `eye`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import BadInput, BadRows, JudgeError
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.message_dialog import SHADOW, Way
from judgeapp.gui.new_contest import NewContest
from judgeapp.gui.pages.registry import STEPS
from judgeapp.gui.pages.rules_versions import show_versions
from judgeapp.gui.theme import start_theme, theme
from judgeapp.gui.widgets.button import Button
from judgeapp.services.contest import presets
from judgeapp.system.recents import Recent, forget, load_recents, remember
from tests.arch.catalogue import entries
from tests.gui import eye
from tests.gui.desk_kit import SAID_BY_THE_MACHINE
from tests.gui.languages import foreign_words
from tests.gui.tour_kit import JUDGE, Tour, make_tour
from tests.gui.watchdog import Watchdog

pytestmark = [
    pytest.mark.turns_all_pages,
    pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, r"FFmpeg", r"audio", extend=True),
]

USUAL = (1366, 690)
SIZES = (USUAL, (1100, 640), (1093, 545), (911, 440), (1920, 1080), (683, 345))
FOCUS_RINGS = 9000  # pixels: where the focus is after a page was made anew may differ
LEAST_WHOLE = 911  # narrower windows may scroll sideways
WHOLE = frozenset(entry.text for language in ("vi", "en") for entry in entries(language))


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    return make_tour(tmp_path_factory.mktemp("tour"))


class Guide:
    """Opens what is to be looked at, and looks."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def settle(self) -> None:
        """Wait until nothing is being loaded and everything has its place."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.window.session.tasks.busy, timeout=20_000)
            QApplication.processEvents()

    def do(self, what: Callable[[], object]) -> None:
        """Do something as a person does: from the event loop."""
        QTimer.singleShot(0, lambda: what() and None)
        self.qtbot.wait(1)
        self.settle()

    def go(self, step: str) -> None:
        assert self.window.shell is not None
        page = self.window.shell.page
        if page is not None and page.drawer_is_open:
            self.do(page.close_drawer)
        self.do(partial(self.window.go_to, step))

    @property
    def page(self) -> Any:
        assert self.window.shell is not None
        return self.window.shell.page

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.settle()

    def geometry(self, window: QWidget | None = None) -> list[str]:
        seen = eye.see(window or self.window)
        found = [*eye.cut(seen), *eye.elided(seen, WHOLE), *eye.overlapping(seen)]
        if self.window.width() >= LEAST_WHOLE:
            found += eye.wider_than_window(seen)
        return found

    def at_sizes(self, *sizes: tuple[int, int]) -> list[str]:
        """Look at the places of things at each size."""
        found = []
        for width, height in sizes:
            self.resize(width, height)
            found += [f"{width}×{height} {fault}" for fault in self.geometry()]
        return found

    def all_sizes(self) -> list[str]:
        """Look at what is open at each size; at the usual one at everything."""
        found = self.at_sizes(*SIZES)
        self.resize(*USUAL)
        return [*found, *self.everything()]

    def everything(self, window: QWidget | None = None) -> list[str]:
        seen = eye.see(window or self.window)
        language = self.window.session.texts.language
        return [
            *foreign_words(seen, language), *eye.missing_letters(seen), *eye.nameless(seen),
            *eye.hover_only(seen), *eye.pale(seen), *eye.by_keyboard(seen), *eye.blue(seen),
        ]  # fmt: skip

    def in_dialog(
        self, show: Callable[[], object], watchdog: Watchdog, *, whole: bool
    ) -> list[str]:
        """Show a dialog, look at it while it is open, and close it."""
        found: list[str] = []
        seen: list[QWidget] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isVisible():
                QTimer.singleShot(10, look)
                return
            with watchdog.resting():
                QApplication.processEvents()
                seen.append(dialog)
                found.extend(self.geometry(dialog))
                room = self.window.geometry().adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW)
                if not room.contains(dialog.geometry()):
                    found.append(f"{dialog.geometry()} is larger than the window")
                if whole:
                    found.extend(self.everything(dialog))
            assert isinstance(dialog, QDialog)
            dialog.reject()

        QTimer.singleShot(0, look)
        show()
        self.qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
        self.settle()
        return found

    def in_dark_and_large(self) -> list[str]:
        """Look at what is open in the other theme; sizes are tried where pages are made anew."""
        theme().use("dark")
        self.settle()
        found = [f"dark: {fault}" for fault in eye.pale(eye.see(self.window))]
        theme().use("light")
        self.settle()
        return found

    def colours_of_page(self) -> Counter[int]:
        """Return how often each colour is seen on the page."""
        colours, counts = np.unique(eye.pixels_of(self.page), return_counts=True)
        return Counter(dict(zip(colours.tolist(), counts.tolist(), strict=True)))

    def remake(self) -> None:
        """Show the shell anew, at the same step."""
        self.window.show_shell(self.window.shell.current if self.window.shell else "")
        self.settle()

    def use(self, **changes: str) -> None:
        """Change settings; how fast that is, is tested elsewhere."""
        self.window.use_settings(**changes)
        self.settle()


@pytest.fixture
def open_window(tour: Tour, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[], Guide]]:
    start_theme(qapp).use("light")
    opened: list[MainWindow] = []

    def make() -> Guide:
        machine = replace(tour.machine, settings=replace(tour.machine.settings, theme="light"))
        window = MainWindow(machine)
        opened.append(window)
        window.resize(*USUAL)
        window.show()
        guide = Guide(window, qtbot)
        guide.settle()
        return guide

    yield make
    for window in opened:
        window.close()
        window.deleteLater()
    theme().use("light")


@pytest.fixture
def at_stage(open_window: Callable[[], Guide], tour: Tour) -> Callable[[str], Guide]:
    def come(stage: str) -> Guide:
        guide = open_window()
        window = guide.window
        guide.do(partial(window.open, getattr(tour, stage)))
        guide.qtbot.waitUntil(lambda: window.shell is not None and bool(window.shell.current))
        guide.settle()
        return guide

    return come


def fine(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(dict.fromkeys(faults)), pytrace=False)


def at_each_step(guide: Guide, look: Callable[[], list[str]]) -> list[str]:
    faults = []
    for step in STEPS:
        guide.go(step)
        faults += [f"{step}: {fault}" for fault in look()]
    return faults


@pytest.mark.parametrize("stage", ["empty", "prepared", "finished"])
def test_each_page_at_each_size(
    at_stage: Callable[[str], Guide], qtmodeltester: ModelTester, stage: str
) -> None:
    guide = at_stage(stage)
    fine(at_each_step(guide, guide.all_sizes))
    for view in guide.window.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None and type(model).__module__.startswith("judgeapp."):
            qtmodeltester.check(model, force_py=True)


@pytest.mark.parametrize("stage", ["empty", "prepared", "finished"])
def test_each_page_in_dark_and_large_and_english(
    at_stage: Callable[[str], Guide], stage: str
) -> None:
    guide = at_stage(stage)
    guide.use(theme="dark")
    faults = at_each_step(guide, lambda: list(eye.pale(eye.see(guide.window))))
    guide.use(text_size="larger")
    faults += at_each_step(guide, lambda: guide.at_sizes(USUAL, (911, 440), (683, 345)))
    guide.resize(*USUAL)
    guide.use(text_size="normal", language="en")
    faults += at_each_step(
        guide,
        lambda: [*guide.geometry(), *foreign_words(eye.see(guide.window), "en")],
    )
    fine(faults)


# Drawers.


def first(table: Any) -> Any:
    return table.rows[0]


def enter(table: QWidget) -> None:
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Return)


RULES = ("round", "part", "counting", "ties", "cut", "prizes")


def change_rules(what: str, page: Any) -> None:
    held = page._found.definition.rounds[0]
    page._change(what, held, held.parts[1] if what == "part" else None)


DRAWERS: tuple[tuple[str, str, Callable[[Any], object]], ...] = (
    *(("empty", "contest", partial(change_rules, what)) for what in RULES),
    ("empty", "contest", lambda page: page._change("part", page._found.definition.rounds[0], None)),
    ("empty", "contest", lambda page: page._change_facts()),
    ("empty", "contest", lambda page: page.add_round()),
    ("finished", "contest", show_versions),
    ("empty", "rubrics", lambda page: page.edit()),
    ("empty", "rubrics", lambda page: enter(page.table)),
    ("prepared", "score_files", lambda page: page.remind()),
    ("prepared", "results", lambda page: page.show_closing()),
    ("final", "final", lambda page: page.enter_facts(first(page.table))),
    ("finished", "people", lambda page: enter(page.list.table)),
    ("finished", "entries", lambda page: enter(page.grid)),
    ("finished", "panel", lambda page: enter(page.table)),
    ("finished", "packs", lambda page: enter(page.table)),
    ("finished", "score_files", lambda page: enter(page.files)),
    ("finished", "results", lambda page: enter(page.ranking)),
    ("finished", "awards", lambda page: enter(page.prizes.table)),
)


@pytest.mark.parametrize("stage", ["empty", "prepared", "final", "finished"])
def test_each_drawer(at_stage: Callable[[str], Guide], stage: str) -> None:
    guide = at_stage(stage)
    faults = []
    for where, step, opens in DRAWERS:
        if where == stage:
            guide.go(step)
            guide.do(partial(opens, guide.page))
            assert guide.page.drawer_is_open, step
            faults += [f"{step}: {fault}" for fault in guide.all_sizes()]
    fine(faults)


def test_what_stands_on_paper(at_stage: Callable[[str], Guide]) -> None:
    guide = at_stage("finished")
    guide.go("awards")
    faults = []
    for name in ("lotus", "drum"):
        guide.do(partial(guide.page.show_view, name))
        faults += [f"{name}: {fault}" for fault in guide.everything()]
        guide.do(guide.page.sheets.edit_facts)
        assert guide.page.drawer_is_open
        faults += [f"{name}, facts: {fault}" for fault in guide.all_sizes()]
        assert guide.page.sheets.all_button.isVisible()
        guide.do(guide.page.close_drawer)
        assert guide.page.sheets.all_button.leads  # the next thing to do is the page's again
    fine(faults)


@pytest.mark.parametrize("way", ["esc", "close"])
def test_a_drawer_over_a_narrow_page_can_be_closed(
    at_stage: Callable[[str], Guide], way: str
) -> None:
    guide = at_stage("finished")
    guide.resize(1000, 640)
    guide.go("packs")
    page = guide.page
    guide.do(partial(enter, page.table))
    assert page.drawer_is_open
    if way == "esc":
        QTest.keyClick(guide.window.focusWidget() or page, Qt.Key.Key_Escape)
    else:
        (close,) = [
            button
            for button in page.findChildren(Button)
            if button.isVisible() and button.accessibleName() == "Đóng"
        ]
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    guide.settle()
    assert not page.drawer_is_open
    assert QApplication.focusWidget() is page.table


# Start, palette, manual and dialogs.


def test_the_start_page_at_first_and_with_recent_work(
    open_window: Callable[[], Guide], tour: Tour
) -> None:
    guide = open_window()
    window = guide.window
    forget_all(tour)
    window.show_start()
    guide.settle()
    # On the first run alone both roles have the blue button (test_start_page holds it).
    found = [fault for fault in guide.all_sizes() if "several main buttons" not in fault]
    faults = [f"first run: {fault}" for fault in found]
    paths, now = tour.machine.paths, tour.machine.now()
    remember(paths, Recent(str(tour.pack), "pack", "Hội thi mẫu", now, judge="GK1", done=3, of=38))
    remember(paths, Recent(str(tour.finished.parent / "mất"), "contest", "Hội thi cũ", now))
    remember(paths, Recent(str(tour.finished), "contest", "Hội thi mẫu", now))
    window.show_start()
    guide.settle()
    faults += [f"recent: {fault}" for fault in guide.all_sizes()]
    guide.use(theme="dark", text_size="larger")
    faults += [f"large: {fault}" for fault in guide.at_sizes(USUAL, (911, 440))]
    faults += [f"dark: {fault}" for fault in eye.pale(eye.see(window))]
    guide.resize(*USUAL)
    guide.use(theme="light", text_size="normal", language="en")
    faults += [f"en: {fault}" for fault in foreign_words(eye.see(window), "en")]
    fine(faults)


def forget_all(tour: Tour) -> None:
    for recent in load_recents(tour.machine.paths):
        forget(tour.machine.paths, recent)


def test_palette_and_manual(at_stage: Callable[[str], Guide]) -> None:
    guide = at_stage("prepared")
    faults = []
    for size in SIZES:
        guide.resize(*size)
        guide.do(guide.window.open_palette)
        palette = guide.window.palette_open
        assert palette is not None
        faults += [f"palette {size}: {fault}" for fault in guide.geometry(palette)]
        if size == USUAL:
            faults += [f"palette: {fault}" for fault in guide.everything(palette)]
        guide.do(palette.close)
    guide.do(guide.window.open_manual)
    manual = guide.window.manual
    assert manual is not None
    faults += [f"manual: {fault}" for fault in guide.geometry(manual) + guide.everything(manual)]
    fine(faults)


LONG = (
    "Khoá chấm vòng sơ khảo? Sau khi khoá, mọi thay đổi phải là một bản điều chỉnh có lý do, "
    "và giám khảo nào còn thiếu phiếu thì phiếu đó không được tính nữa."
)
FACTS = [("Tệp", "/thư mục/rất dài/" * 5), ("Còn thiếu", "GK1, GK2")]
WAYS = [
    Way("chair", "Trưởng ban quyết định", "Người được chọn vào chung kết; lý do được ghi lại."),
    Way("all", "Lấy tất cả", "Vòng chung kết có thêm một thí sinh."),
]
ROWS = [BadInput("judging.row_unknown_entry", place=f"Dòng {n}", typed="99") for n in range(12)]


def name_a_contest(window: MainWindow) -> None:
    form = NewContest(window, window.session, presets())
    form.go_on.click()
    form.run()


DIALOGS: dict[str, Callable[[MainWindow], object]] = {
    "confirm": lambda w: w.session.dialogs.confirm("Khoá chấm", LONG, "Khoá", facts=FACTS),
    "danger": lambda w: w.session.dialogs.confirm("Rút phiếu", LONG, "Rút", danger=True),
    "tell": lambda w: w.session.dialogs.tell("Đã sao lưu hội thi", LONG, FACTS),
    "choose": lambda w: w.session.dialogs.choose("Chọn một cách", LONG, WAYS),
    "line": lambda w: w.session.dialogs.ask_text("Rút thí sinh", LONG, "Lý do", yes="Rút"),
    "lines": lambda w: w.session.dialogs.ask_text(
        "Sửa điểm", LONG, "Lý do", yes="Sửa", multiline=True
    ),
    "error": lambda w: w.session.dialogs.show_error(
        JudgeError("contest.folder_taken", file="/thư mục/hội thi")
    ),
    "rows": lambda w: w.session.dialogs.show_error(
        BadRows("judging.bad_marks", ROWS, file="điểm.csv", count=12, first="")
    ),
    "bug": lambda w: w.session.dialogs.show_error(JudgeError("bug")),
    "new contest": lambda w: w.commands.new_contest(),
    "new contest, its name": name_a_contest,
    "rehearsal": lambda w: w.commands.rehearse(),
}


@pytest.mark.parametrize("size", SIZES)
def test_each_dialog(
    open_window: Callable[[], Guide], watchdog: Watchdog, size: tuple[int, int]
) -> None:
    guide = open_window()
    guide.resize(*size)
    faults: list[str] = []
    for name, show in DIALOGS.items():
        found = guide.in_dialog(partial(show, guide.window), watchdog, whole=size == USUAL)
        faults += [f"{name}: {fault}" for fault in found]
    fine(faults)


def test_the_dialog_of_a_tie(at_stage: Callable[[str], Guide], watchdog: Watchdog) -> None:
    guide = at_stage("tied")
    faults = []
    for size in SIZES:
        guide.resize(*size)
        guide.go("results")
        found = guide.in_dialog(guide.page.decide_tie, watchdog, whole=size == USUAL)
        faults += [f"{size}: {fault}" for fault in found]
    fine(faults)


# The judge.


def test_what_a_judge_sees(open_window: Callable[[], Guide], tour: Tour, tmp_path: Path) -> None:
    guide = open_window()
    window = guide.window
    guide.do(partial(window.open, tour.pack))
    guide.qtbot.waitUntil(
        lambda: window.judge is not None and window.judge.opening.judges is not None
    )
    judge = window.judge
    assert judge is not None
    faults = [f"opening: {fault}" for fault in guide.all_sizes()]
    judges = judge.opening.judges
    assert judges is not None
    judges.choose(JUDGE)
    judges.chosen.emit(JUDGE)
    guide.do(judge.opening.begin.click)
    guide.qtbot.waitUntil(lambda: judge.page is not None and judge.page.typing.loaded)
    page = judge.page
    assert page is not None
    places: dict[str, Callable[[], object]] = {
        "list": page.show_list,
        "desk": lambda: page.mark("02"),
        "review": page.show_review,
        "handed in": lambda: page.write(tmp_path / "GK1.score"),
    }
    for name, go in places.items():
        guide.do(go)
        guide.settle()
        faults += [f"{name}: {fault}" for fault in guide.all_sizes()]
        faults += [f"{name} {fault}" for fault in guide.in_dark_and_large()]
    page.score.media.close_media()
    fine(faults)


def test_colours_turned_look_like_colours_chosen_before(at_stage: Callable[[str], Guide]) -> None:
    """A page that is open when the theme is switched looks like one made in that theme."""
    guide = at_stage("finished")
    faults = []
    for step in STEPS:
        guide.use(theme="light")
        guide.go(step)
        guide.use(theme="dark")
        turned = guide.colours_of_page()
        guide.remake()
        chosen = guide.colours_of_page()
        different = (turned - chosen).total()  # how often a colour is seen that should not be
        if different > FOCUS_RINGS:
            faults.append(f"{step}: {different} pixels of other colours")
    fine(faults)
