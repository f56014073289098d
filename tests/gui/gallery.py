"""All components on one sheet, to look at beside look/00-components.png.

`python -m tests.gui.gallery FOLDER` writes a picture for each theme and text size.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from judgeapp.gui.theme import start_theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.matrix import Matrix, MatrixRow, State
from judgeapp.gui.widgets.matrix_cells import MatrixLegend
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import BarLook, Column, RowLook, Table
from judgeapp.gui.widgets.text import card, label
from judgeapp.system.settings import TextSize, ThemeChoice
from judgeapp.system.texts import Texts, load_texts

THEMES: tuple[ThemeChoice, ...] = ("light", "dark")
SIZES: tuple[TextSize, ...] = ("normal", "large", "larger")


class Person(NamedTuple):
    id: int
    name: str
    unit: str
    born: str
    doubt: str
    share: float


# Invented people.
PEOPLE = [
    Person(5, "Nguyễn Thị Hồng Ngát", "Chi bộ Sở Xây dựng", "14/03/1990", "", 0.95),
    Person(6, "Trần Quốc Thử", "Đảng bộ Công ty Điện lực", "1987", "", 0.9),
    Person(8, "Hoàng Ngọc Ánh", "Chi bộ Thanh tra tỉnh", "21/11/1991", "Trùng dòng 11", 0.8),
    Person(9, "Vũ Thị Thuỷ Tiên", "Chi bộ H. Nông dân", "05/03/1989", "Đơn vị gần đúng", 0.5),
    Person(10, "Y Bhĭm Êban", "Chi bộ Ban Dân tộc", "30/04/1993", "", 0.35),
    Person(
        11,
        "Công Tằng Tôn Nữ Nguyễn Hoàng Phương Thảo Nguyên",
        "Đảng bộ Trung tâm Văn hoá, Thể thao và Truyền thông các dân tộc vùng cao",
        "02/09/1994",
        "",
        0.2,
    ),
]


def people_table() -> Table:
    made = Table(
        [
            Column("Dòng", lambda p: str(p.id), "number", sort=lambda p: p.id, tone=_second),
            Column("Họ và tên", lambda p: p.name, "name", sort=lambda p: p.name),
            Column("Ngày sinh", lambda p: p.born),
            Column("Đơn vị", lambda p: p.unit, stretch=True),
            Column("Mức", lambda p: f"{p.share:.2f}", "bar", bar=_bar),
            Column("Trạng thái", lambda p: p.doubt or "Sẵn sàng", "pill", pill=_pill),
        ],
        empty_text="Chưa có thí sinh nào.",
        accessible_name="Thí sinh",
    )
    made.row_look = lambda p: RowLook("warnsoft", "warnmark") if p.id == 10 else None
    return made


def _second(person: Person) -> str:
    return "text2"


def _bar(person: Person) -> BarLook:
    return BarLook(person.share, "accent" if person.share > 0.5 else "text3")


def _pill(person: Person) -> PillLook | None:
    return PillLook("triangle-alert", person.doubt, "warn") if person.doubt else None


PILLS = [
    PillLook("circle-check", "Đã xong", "ok"),
    PillLook("triangle-alert", "Cần xem", "warn"),
    PillLook("circle-alert", "Không chấm được", "stop"),
    PillLook("loader", "Đang kiểm tra", "accent"),
    PillLook("circle-dashed", "Chưa có", "neutral"),
    PillLook("flag", "Vào chung kết", "ok"),
    PillLook("equal", "Đồng điểm", "warn"),
    PillLook("ban", "Trùng đơn vị", "neutral"),
    PillLook("award", "Giải Nhất", "gold"),
]


class Gallery(QWidget):
    """The sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.texts = load_texts("vi")
        sheet = QHBoxLayout(self)
        sheet.setContentsMargins(20, 20, 20, 20)
        sheet.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        sheet.addLayout(left, 5)
        sheet.addLayout(right, 8)
        for column in (left, right):
            column.setSpacing(14)
        self._words(left)
        self._choices(left)
        self._empty(left)
        self._buttons(right)
        self._fields(right)
        self._states(right)
        self._notices(right)
        self._table(right)
        self._matrix(right)

    def _card(self, column: QVBoxLayout, title: str, stretch: int = 0) -> QVBoxLayout:
        box, inner = card(18)
        inner.addWidget(label(title, "subhead"))
        column.addWidget(box, stretch)
        return inner

    def _words(self, column: QVBoxLayout) -> None:
        inner = self._card(column, "Chữ")
        for role, text in (
            ("number-l", "81,25"),
            ("title", "24 Tiêu đề trang — Thí sinh"),
            ("heading", "20 Tiêu chí đang chấm"),
            ("subhead", "17 Tiêu đề thẻ, hộp thoại"),
            ("body", "15 Chữ thường: Ưỡn, Ấn, Nguyệt, Kỳ, Y Bhĩm"),
            ("small", "13 Nhãn, chú thích — cỡ nhỏ nhất"),
        ):
            inner.addWidget(label(text, role, wrap=True))

    def _choices(self, column: QVBoxLayout) -> None:
        inner = self._card(column, "Chọn một cách")
        self.options = OptionCards(
            [
                Option("unit", "Chi bộ Hội Nông dân", "giống nhất · 29 đảng viên"),
                Option("new", "Thêm đơn vị mới", "giữ nguyên tên như trong tệp"),
                Option(
                    "skip",
                    "Bỏ dòng này, và mọi dòng khác có cùng đơn vị trong tệp này",
                    "ghi vào nhật ký, hoàn tác được bằng một lần bấm cho tới khi tạo gói chấm",
                ),
            ]
        )
        self.options.choose("unit")
        inner.addWidget(self.options)

    def _empty(self, column: QVBoxLayout) -> None:
        self.empty = EmptyState(
            "download",
            "Chưa có bài dự thi nào",
            "Kéo cả thư mục clip và đề cương vào đây. Tên tệp thế nào cũng được.",
            Button("Chọn thư mục…", icon="folder-open"),
            drops=True,
        )
        column.addWidget(self.empty, 1)

    def _buttons(self, column: QVBoxLayout) -> None:
        inner = self._card(column, "Nút")
        off = Button("Tạo gói chấm", kind="primary", icon="package")
        off.setEnabled(False)
        self.primary = Button("Tạo gói chấm", kind="primary", icon="package")
        _row(inner, self.primary, off, Button("Xem trước"), Button("Bỏ qua", kind="ghost"))
        _row(
            inner,
            Button("Huỷ gói chấm", kind="danger", icon="trash-2"),
            Button("Bài tiếp theo", kind="primary", key="Ctrl →"),
            icon_button("ellipsis", "Khác", kind="plain"),
        )

    def _fields(self, column: QVBoxLayout) -> None:
        inner = self._card(column, "Ô nhập")
        name = Field("Họ và tên", placeholder="Chưa nhập")
        name.text = "Lường Thị Mẩy"
        self.field = Field("Điểm", help_text="bước 0,5")
        self.field.text = "11"
        self.field.refuse("11 lớn hơn điểm tối đa 10. Điểm chưa được lưu.")
        empty = Field("Đơn vị", placeholder="Chưa nhập", help_text="như trong quyết định")
        row = QHBoxLayout()
        for field in (name, empty, self.field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(row)
        self.segment = Segment([("table", "Bảng"), ("grid", "Lưới"), ("sheet", "Phiếu")])
        self.segment.choose("grid")
        counted = Segment([("all", "Tất cả"), ("doubts", "Nghi vấn")])
        counted.set_counts({"all": 38, "doubts": 4})
        _row(inner, self.segment, counted)

    def _states(self, column: QVBoxLayout) -> None:
        inner = self._card(column, "Trạng thái — luôn có dấu, chữ và màu")
        _row(inner, *(Pill(look) for look in PILLS[:5]))
        _row(inner, *(Pill(look) for look in PILLS[5:]))

    def _notices(self, column: QVBoxLayout) -> None:
        inner = self._card(column, "Thông báo và tiến độ")
        inner.addWidget(
            Notice("warn", "triangle-alert", "3 dòng còn nghi vấn", "Xem từng dòng rồi mới nhập.")
        )
        action = Button("Sửa hạn nộp", kind="ghost")
        inner.addWidget(
            Notice("accent", "arrow-right", "Bước tiếp theo: nhận bài dự thi.", "", action)
        )
        self.progress = ProgressRow(self.texts)
        self.progress.start("Đang kiểm tra clip")
        self.progress.advance(12, 38)
        self.progress._appear()
        inner.addWidget(self.progress)

    def _table(self, column: QVBoxLayout) -> None:
        box, inner = card(0)
        self.table = people_table()
        self.table.set_rows(PEOPLE)
        self.table.select(3)
        inner.addWidget(self.table)
        inner.setContentsMargins(1, 6, 1, 6)
        column.addWidget(box, 1)

    def _matrix(self, column: QVBoxLayout) -> None:
        box, inner = card(1)
        inner.setSpacing(0)
        self.matrix = matrix(self.texts)
        inner.addWidget(self.matrix)
        inner.addWidget(MatrixLegend(self.texts))
        column.addWidget(box)


def matrix(texts: Texts) -> Matrix:
    made = Matrix(texts, accessible_name="Phiếu chấm đã có")
    known: list[State] = ["known"] * 38
    mixed = list(known)
    mixed[6], mixed[11], mixed[12] = "barred", "changed", "changed"
    made.set_rows(
        [
            MatrixRow("1", "Trần Thị Bích Liên", "GK1 · Trưởng ban", ("new",) * 38, "38 / 38"),
            MatrixRow("3", "Phạm Thị Ngọc Quyên", "GK3 · Thành viên", tuple(mixed), "37 / 37"),
            MatrixRow("7", "Đào Thị Uyển", "GK7 · tệp hỏng", ("missing",) * 38, "0 / 38", "stop"),
        ],
        [str(number + 1) for number in range(38)],
    )
    made.select(1, 11)
    return made


def _row(inner: QVBoxLayout, *widgets: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    inner.addLayout(row)
    return row


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    theme = start_theme(app)
    theme.use("light")
    sheet = Gallery()
    sheet.resize(1366, 1250)
    sheet.show()
    for choice in THEMES:
        for size in SIZES:
            theme.use(choice, size)
            sheet.resize(round(1366 * theme.scale), round(1250 * theme.scale))
            app.processEvents()
            sheet.grab().save(str(folder / f"gallery-{choice}-{size}.png"))
    sheet.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
