"""Whether a list of 10,000 contestants ever holds up the window: opened, scrolled, searched."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.people import Contestant
from judgeapp.gui.pages.people import PeoplePage
from judgeapp.gui.session import Session
from judgeapp.services.context import Context, Machine
from judgeapp.system.clock import utc_now
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings
from tests.benchmarks.measures import Measure
from tests.benchmarks.window_kit import application, longest_turn, rest, wait_until
from tests.judging_kit import make_contest

LIMIT_MS = 50
MOST = 10_000
FAMILY = ("Nguyễn", "Trần", "Lò", "Hoàng", "Vũ", "Đàm", "Nông", "Phùng", "Y", "Cầm")
MIDDLE = ("Thị Thu", "Văn", "Đức", "Ngọc", "Xuân", "Quang", "Thị Hồng", "Minh")
GIVEN = ("Thử", "Yên", "Ánh", "Ẩn", "Bhĭm", "Giáp", "Diễm", "Ưng", "Sen", "Thuỷ Tiên", "Ngát")


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure the longest turn of the window's event loop in each of the three."""
    application()
    count = 300 if quick else MOST
    with tempfile.TemporaryDirectory() as name:
        app = _contest(Path(name), count)
        session = Session(app.machine)
        session.open(app)
        page = PeoplePage(session)
        page.resize(1130, 690)
        page.show()
        rest(0.2)
        turns: dict[str, float] = {}
        with longest_turn() as longest:
            page.load()
            wait_until(lambda: len(page.list.table.rows) == count)
            rest(0.2)
        turns["opens"] = longest[0]
        with longest_turn() as longest:
            _scroll(page)
        turns["scrolls"] = longest[0]
        with longest_turn() as longest:
            _search(page)
        turns["filters"] = longest[0]
        page.hide()
        session.close()
    return [
        Measure(f"long_list.{what}", 1000 * seconds, "ms", LIMIT_MS, absolute=True)
        for what, seconds in turns.items()
    ]


def _contest(folder: Path, count: int) -> Context:
    """Return a contest of as many contestants, all invented, from 71 organisations' one."""
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    app = make_contest(Machine(utc_now, paths, Settings()), folder / "contest")
    people = [
        Contestant(
            ContestantId(f"{number:05}"),
            f"{FAMILY[number % 10]} {MIDDLE[number % 8]} {GIVEN[number % 11]}",
            UnitId("u1"),
            birth=f"19{60 + number % 40}",
        )
        for number in range(3, count + 1)
    ]
    with app.write() as u:
        u.people.add_contestants(people, import_id=None)
        u.log("test.people")
        u.commit()
    return app


def _scroll(page: PeoplePage) -> None:
    table = page.list.table
    table.setFocus()
    for key, times in ((Qt.Key.Key_PageDown, 30), (Qt.Key.Key_Down, 30), (Qt.Key.Key_End, 1)):
        for _ in range(times):
            QTest.keyClick(table, key)
            rest(0.005)
    bar = table.verticalScrollBar()
    for step in range(40):
        bar.setValue(bar.maximum() * step // 40)
        rest(0.005)


def _search(page: PeoplePage) -> None:
    search = page.list.search
    for word in ("nguyen", "Ẩn", "00123"):
        search.setFocus()
        for letter in word:
            search.insert(letter)
            rest(0.01)
        for _ in word:
            QTest.keyClick(search, Qt.Key.Key_Backspace)
            rest(0.01)
    for name in ("withdrawn", "present", "all"):
        page.list.filter.choose(name)
        rest(0.02)
