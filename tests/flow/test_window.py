"""A whole contest through the real window, by clicks and keys, from the first page to the papers.

The organising board and a judge each have a computer of their own. One judge types every mark on
the keyboard; what the four others give is entered by the service that the desk calls. In the end a
second program, which shares no code with the app, reaches the same ranking from what was exported.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import openpyxl
import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import JudgeId
from judgeapp.domain.numbers import plain
from judgeapp.domain.people import Judge
from judgeapp.gui.theme import start_theme
from judgeapp.services.context import Machine
from judgeapp.services.desk import look_at_pack, open_desk
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.sample import (
    LONGEST_S,
    SHORTEST_S,
    Sample,
    Sheet,
    draw_sample,
    draw_sheet,
    sample_words,
)
from judgeapp.services.sample_inputs import input_file
from judgeapp.services.score_files import export_score_file
from judgeapp.system.paths import Paths
from tests.domain.slow_tally import slow_answer
from tests.flow.conftest import SEED
from tests.flow.hands import Hands
from tests.gui.conftest import garbage_on_this_thread
from tests.gui.desk_kit import SAID_BY_THE_MACHINE

__all__ = ["garbage_on_this_thread"]

pytestmark = pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, "No HW decoder", "FFmpeg", extend=True)


class Office:
    """What lies on the organising board's desk before it begins, and where it puts things."""

    def __init__(self, folder: Path, inputs: Path) -> None:
        self.folder = folder
        self.inputs = folder / "input"
        self.sample: Sample = draw_sample(SEED)
        shutil.copytree(inputs, self.inputs)
        self.name: str = sample_words()["contest"]
        self.tables = folder / "out" / "bảng"
        self.receipts: dict[str, list[str]] = {}
        for place in ("Tài liệu", "usb", "phiếu", "out"):
            (folder / place).mkdir()

    @property
    def judges(self) -> list[Judge]:
        """Those who mark, the chair first."""
        return [judge for judge in self.sample.judges if judge.role != "secretary"]

    def laptop(self, machine: Machine, judge: str) -> Machine:
        """Return a computer that a judge has."""
        home = self.folder / "laptops" / judge
        return replace(machine, paths=Paths(home / "settings.json", home / "logs", home / "desks"))

    def pack(self, round_id: str) -> Path:
        """Return the pack of a round, on the stick."""
        (found,) = (self.folder / "usb").glob(f"*-{round_id.upper()}")
        return found

    def sheet(self, machine: Machine, round_id: str, judge: str) -> Sheet:
        """Return what a judge is going to give: entry by entry as they come in the pack."""
        pack = look_at_pack(machine, pack=self.pack(round_id))
        owed = pack.assignment[JudgeId(judge)]
        order = list(dict.fromkeys(who for part in owed.values() for who in part))
        drawn = draw_sheet(self.sample, pack.round, JudgeId(judge), sorted(order))
        return {
            key: points
            for who in order
            for key, points in drawn.items()
            if key[0] == who and who in owed.get(key[1], ())
        }

    def file(self, what: str) -> Path:
        return input_file(self.inputs, what)

    def blot(self) -> tuple[str, str]:
        """Spoil a year of birth and the name of an organisation; return what they were."""
        path = self.file("people")
        book = openpyxl.load_workbook(path)
        sheet = book.active
        assert sheet is not None
        first, second = self.sample.contestants[2], self.sample.contestants[4]
        unit = self.sample.unit_names[second.id]
        for row in sheet.iter_rows():
            said = [str(cell.value) for cell in row]
            for cell in row:
                if first.name in said and str(cell.value) == first.birth:
                    cell.value = "31/02/1988"
                if second.name in said and str(cell.value) == unit:
                    cell.value = unit.replace("Đảng bộ", "Đảng bô").replace("Chi bộ", "Chi bô")
        book.save(path)
        return str(first.birth), unit


@pytest.fixture
def office(tmp_path: Path, demo: tuple[Path, str]) -> Office:
    return Office(tmp_path, demo[0] / "input")


def test_a_whole_contest(
    office: Office, demo: tuple[Path, str], machine: Machine, qtbot: QtBot, qapp: QApplication,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    start_theme(qapp).use("light")
    pictures = request.config.getoption("--pictures")
    hands = Hands(qtbot, machine, pictures=Path(pictures) if pictures else None)
    make_the_contest(hands, office)
    set_the_rules(hands)
    take_the_lists(hands, office)
    take_the_entries(hands, office)
    look_at_the_rubrics(hands, office)
    set_the_panel(hands, office)
    build_the_packs(hands, office)
    first, *others = office.judges
    laptop = Hands(qtbot, office.laptop(machine, first.id), pictures=hands.pictures)
    judge_by_hand(office, laptop, "preliminary", first)
    laptop.leave()
    judge_by_service(office, machine, "preliminary", others)
    collect(hands, office, "preliminary")
    close_and_choose(hands, office)
    hold_the_final(hands, office, machine)
    give_the_prizes(hands, office)
    take_the_tables(hands, office)
    prove(hands, office, demo[0])
    hands.leave()


STEPS = (
    "Hội thi", "Thí sinh", "Bài dự thi", "Thang điểm", "Ban giám khảo", "Gói chấm", "Phiếu chấm",
    "Kết quả", "Chung kết", "Khen thưởng", "Tài liệu", "Nhật ký",
)  # fmt: skip


def visit_every_page(hands: Hands) -> None:
    """Each page opens at this stage of the contest, and refuses nothing."""
    for step in STEPS:
        hands.go_to(step)


def make_the_contest(hands: Hands, office: Office) -> None:
    hands.look("start")

    def fill_in() -> None:
        hands.press("Tiếp tục")
        hands.type_into("Tên hội thi", office.name)
        hands.files.append(office.folder / "Tài liệu")
        hands.press("Nơi khác…")
        hands.press("Lập hội thi")

    with hands.dialog(fill_in):
        hands.press("Lập hội thi mới")
    hands.sees("Chưa có thí sinh nào")
    assert office.name in hands.window.windowTitle()
    visit_every_page(hands)
    hands.go_to("Thí sinh")


def set_the_rules(hands: Hands) -> None:
    """Change the times of the preset to seconds, so that clips of a few seconds do for the walk."""
    hands.go_to("Hội thi")
    hands.press("Phần thi: Thuyết trình (clip)")
    hands.type_into("Ngắn nhất (phút)", f"0:0{SHORTEST_S}")
    hands.type_into("Dài nhất (phút)", f"0:0{LONGEST_S}")
    for nth, (kind, limit) in enumerate((("Quá giờ", LONGEST_S), ("Thiếu giờ", SHORTEST_S))):
        hands.choose("Trừ khi", f"{kind}, mỗi phút bắt đầu", nth=nth)
        hands.type_into("Tính từ (phút)", f"0:0{limit}", nth=nth)
    hands.press("Lưu thành phiên bản 2")
    hands.sees("Thể lệ phiên bản 2")
    hands.look("contest")
    hands.go_to("Thí sinh")


def take_the_lists(hands: Hands, office: Office) -> None:
    birth, unit = office.blot()
    hands.files.append(office.file("units"))
    hands.press("Nhập danh sách đơn vị…")
    hands.press("Nhập 71 đơn vị")
    hands.settle()
    hands.files.append(office.file("people"))
    hands.press("Nhập danh sách thí sinh…")
    hands.sees("nghi vấn 1 / 2")
    hands.look("people-import")
    hands.press(re.compile("Gõ giá trị khác.*"))
    hands.type_into("Giá trị đúng", birth)
    hands.key(Qt.Key.Key_Return)
    hands.sees("nghi vấn 2 / 2")
    hands.key(Qt.Key.Key_Return)  # the organisation that is nearest stands first
    hands.press("Nhập 38 thí sinh")
    hands.sees("38 thí sinh · 71 đơn vị")
    hands.look("people")
    listed = {row[0]: row for row in hands.rows("Thí sinh")}
    for person in office.sample.contestants:
        said = "\n".join(listed[person.id])
        assert person.name in said
        assert office.sample.unit_names[person.id] in said
    assert unit in "\n".join(listed[office.sample.contestants[4].id])


def take_the_entries(hands: Hands, office: Office) -> None:
    hands.go_to("Bài dự thi")
    hands.sees("Chưa có bài dự thi nào")
    hands.drop(office.file("entries"))
    hands.look("entries-attach")
    hands.press("Đính kèm 76 tệp")
    hands.sees("38 clip, 38 đề cương", "đã kiểm tra 76 / 76")
    hands.look("entries")
    hands.press("Ghi làm số liệu")
    hands.wait(lambda: not hands.seen(QAbstractButton, "Ghi làm số liệu"))
    hands.press("Xem dạng danh sách")
    late = next(one for one in office.sample.contestants if one.id == office.sample.late)
    hands.pick("Danh sách bài dự thi", late.name, open_it=True)
    hands.press("Số liệu")
    hands.type_into("Số ngày nộp trễ", "1")
    hands.key(Qt.Key.Key_Return)
    hands.settle()


def look_at_the_rubrics(hands: Hands, office: Office) -> None:
    hands.go_to("Thang điểm")
    hands.look("rubrics")
    hands.sees("Tổng 100 điểm")


def set_the_panel(hands: Hands, office: Office) -> None:
    hands.go_to("Ban giám khảo")
    hands.files.append(office.file("panel"))
    hands.press("Nhập từ tệp…")
    hands.sees("6 giám khảo · 2 trường hợp không chấm")
    hands.look("panel")
    said = hands.rows("Ban giám khảo")
    assert [row[1] for row in said] == [judge.name for judge in office.sample.judges]


def build_the_packs(hands: Hands, office: Office) -> None:
    hands.go_to("Gói chấm")
    hands.files.append(office.folder / "usb")
    hands.press("Tạo gói chấm")
    hands.sees("Đã tạo 1 gói chấm")
    hands.key(Qt.Key.Key_Escape)
    hands.look("packs")
    assert [row[-1] for row in hands.rows("Các gói chấm đã tạo")] == ["dùng được"]


def judge_by_hand(office: Office, hands: Hands, round_id: str, judge: Judge) -> None:
    """Let a judge open the pack in a window of their own, mark everything by keys, and hand in."""
    pack = office.pack(round_id)
    hands.files.append(pack)
    hands.press("Mở gói chấm…")
    hands.press(re.compile(f"{judge.name} · {judge.id}.*"))
    hands.look("judge-open")
    hands.press("Mở bàn chấm")
    hands.look("judge-list")
    sheet = office.sheet(hands.window.session.machine, round_id, judge.id)
    hands.press("Bắt đầu chấm")
    entries = groupby(sheet.items(), key=lambda item: item[0][0])
    for n, (_, marks) in enumerate(entries):
        for _, points in marks:
            hands.keys(plain(points).replace(".", ","))
            hands.key(Qt.Key.Key_Return)
        if n == 3:
            hands.look("judge-desk")
        hands.key(Qt.Key.Key_Return)  # the next entry
    hands.sees("Xem lại trước khi nộp", "Không thiếu điểm nào")
    hands.look("judge-review")
    hands.files.append(office.folder / "phiếu" / f"{judge.id}-{round_id}.score")
    hands.press("Nộp phiếu chấm…")
    hands.sees("Đã ghi đủ")
    hands.look("judge-handed-in")
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", hands.words())
    assert found
    office.receipts[round_id] = [found[0]]


def judge_by_service(
    office: Office, machine: Machine, round_id: str, judges: Sequence[Judge]
) -> None:
    """Let judges enter by the desk's service what they give, and send their files."""
    for judge in judges:
        there = office.laptop(machine, judge.id)
        desk = open_desk(there, pack=office.pack(round_id), judge=judge.id).value
        marks = [
            TypedMark(*place, plain(points))
            for place, points in office.sheet(there, round_id, judge.id).items()
        ]
        enter_marks(desk, marks=marks)
        target = office.folder / "phiếu" / f"{judge.id}-{round_id}.score"
        export_score_file(desk, target=target)
        desk.store.close()


def collect(hands: Hands, office: Office, round_id: str) -> None:
    hands.go_to("Phiếu chấm")
    hands.sees("0 trên 5 giám khảo đã gửi đủ")
    hands.drop(*(office.folder / "phiếu").glob(f"*-{round_id}.score"))
    hands.look(f"score-files-{round_id}")
    said = "\n".join(" ".join(row) for row in hands.rows("Tệp phiếu chấm"))
    for judge in office.judges:
        assert judge.id in said
    assert all(one in said for one in office.receipts.pop(round_id, ()))
    hands.press("Áp dụng 5 tệp")
    hands.sees("5 trên 5 giám khảo đã gửi đủ")


def close_and_choose(hands: Hands, office: Office) -> None:
    """Close marking, decide the tie at the cut, and sign off who goes on."""
    hands.go_to("Kết quả")
    hands.press("Khoá chấm")
    hands.look("results-close")
    hands.press("Khoá chấm", in_drawer=True)
    choose_who_goes_on(hands, office)


def choose_who_goes_on(hands: Hands, office: Office) -> None:
    visit_every_page(hands)
    hands.go_to("Kết quả")
    hands.sees("đã khoá chấm", "2 đồng điểm ở vạch")
    hands.look("results-tie")
    with hands.dialog(lambda: decide(hands, office)):
        hands.press("Xử lý đồng điểm")
    hands.sees("10 chắc suất")
    with hands.dialog(lambda: hands.press("Ký chốt 10 thí sinh")):
        hands.press("Ký chốt kết quả")
    hands.sees("Đã ký chốt")
    hands.look("results")


def hold_the_final(hands: Hands, office: Office, machine: Machine) -> None:
    hands.go_to("Chung kết")
    hands.press("Bốc thứ tự")
    hands.sees("Lượt 1 / 10")
    hands.look("final")
    hands.go_to("Gói chấm")
    hands.files.append(office.folder / "usb")
    hands.press("Tạo gói chấm")
    hands.sees("Đã tạo 1 gói chấm")
    judge_by_service(office, machine, "final", office.judges)
    collect(hands, office, "final")
    hands.go_to("Kết quả")
    hands.press("Khoá chấm")
    hands.press("Khoá chấm", in_drawer=True)
    hands.sees("10 thí sinh · 5 giám khảo · đã khoá chấm")
    hands.look("results-final")


def give_the_prizes(hands: Hands, office: Office) -> None:
    hands.go_to("Khen thưởng")
    hands.look("awards")
    with hands.dialog(lambda: hands.press("Ký chốt giải")):
        hands.press("Ký chốt giải")
    hands.sees("đã ký chốt 10 giải")
    hands.press("Giấy chứng nhận")
    hands.press("Nội dung trên giấy")
    hands.type_into("Nơi ký", "Sông Mai")
    hands.type_into("Ngày ký", "05/12/2026")
    hands.type_into("Người ký", "Quàng Văn Trụ")
    hands.press("Ghi nội dung")
    hands.settle()
    hands.look("certificates")
    file = office.folder / "out" / "giấy chứng nhận.pdf"
    hands.files.append(file)
    hands.press("In 10 tờ")
    hands.choose_in_menu(re.compile(".*PDF.*"))
    hands.wait(file.exists)
    hands.settle()
    register = {person.name for person in office.sample.contestants}
    with pymupdf.open(file) as document:  # type: ignore[no-untyped-call]  # no types
        pages = [page.get_text() for page in document]
    assert len(pages) == 10
    for page in pages:
        assert any(name in page for name in register)
        assert "Quàng Văn Trụ" in page


def take_the_tables(hands: Hands, office: Office) -> None:
    hands.go_to("Tài liệu")
    hands.look("documents")
    hands.files.append(office.tables)
    hands.pick("Tài liệu", "Bảng kết quả cho Excel")
    hands.press(re.compile(".*Bảng kết quả cho Excel.*"))
    hands.wait((office.tables / "xep-hang-final.csv").exists)
    hands.settle()


def prove(hands: Hands, office: Office, demo: Path) -> None:
    """Compare what the window shows and wrote with what was given, and with a second program."""
    for round_id, name in (("preliminary", "Sơ khảo 2 phần"), ("final", "Chung kết 3 phần")):
        exported = json.loads((office.tables / f"tong-hop-{round_id}.json").read_text("utf-8"))
        counted = {
            (m["judge"], m["contestant"], m["part"], m["criterion"]): Decimal(m["points"])
            for m in exported["marks"]
        }
        given = {
            (judge.id, *place): points
            for judge in office.judges
            for place, points in office.sheet(
                hands.window.session.machine, round_id, judge.id
            ).items()
        }
        assert counted == given
        hands.go_to("Kết quả")
        hands.press(name)
        hands.sees("đã khoá chấm")
        people = {person.id: person.name for person in office.sample.contestants}
        expected = [
            f"hạng {row['rank']}, {people[row['contestant']]}, tổng điểm {comma(row['total'])}"
            for row in slow_answer(exported)["ranking"]
        ]
        shown = [line for line in hands.told("Bảng xếp hạng") if line.startswith("hạng ")]
        assert len(shown) == len(expected)
        for line, start in zip(shown, expected, strict=True):
            assert line.startswith(start)
    visit_every_page(hands)
    for name in ("thi-sinh.csv", "xep-hang-preliminary.csv", "xep-hang-final.csv"):
        assert (office.tables / name).read_bytes() == rehearsed(demo, name).read_bytes(), name


def rehearsed(demo: Path, name: str) -> Path:
    """Return a table of the demo, whose files say in their names that it is a rehearsal."""
    (found,) = (demo / "out").glob(f"*-{name}")
    return found


def comma(points: str) -> str:
    return points.replace(".", ",")


def decide(hands: Hands, office: Office) -> None:
    hands.look("tie")
    hands.press(re.compile("Trưởng ban giám khảo chọn.*"))
    hands.choose("Người được chọn, suất 1", min(office.sample.twins))
    hands.type_into("Lý do, in vào biên bản", "Hội đồng xem lại hai clip")
    hands.press("Ghi quyết định")
