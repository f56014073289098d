"""How long importing 1,000 contestants takes, against reading the same file with openpyxl.

Ours reads the file, types every cell, finds doubts, compares rows and organisations and writes
them durably; openpyxl reads all values and fonts and knows nothing of them.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from judgeapp.bootstrap import open_contest, start_machine
from judgeapp.services.contest import create_contest
from judgeapp.services.people import import_contestants
from tests.benchmarks.measures import Measure, median_seconds, seconds

LIMIT = 3.0
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Ma", "Nông")
MIDDLE = ("Thị Ngọc", "Văn", "Thị Hồng", "Minh", "Đức", "Thị Thanh", "Quang", "Hữu", "Thu")
GIVEN = ("Ánh", "Diễm", "Huyền", "Phượng", "Sơn", "Trang", "Quỳnh", "Vỹ", "Ẩn", "Tú", "Hằng", "Yến")
PLACES = ("Nà Mây", "Bản Mới", "Cổ Lũng", "Phú Thứ", "Tân Lập", "Mây Thượng", "Tà Xùa", "Đồng Bẩm")
HEADS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị", "Điện thoại", "Email",
         "Chuyên đề", "Ghi chú")  # fmt: skip


def write_sheet(path: Path, count: int) -> None:
    """Write a registration sheet of invented people as an office fills it in."""
    import openpyxl
    from openpyxl.styles import Font

    chance = random.Random(20210914)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH THÍ SINH"])
    sheet.append([])
    sheet.append(list(HEADS))
    for number in range(1, count + 1):
        name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
        birth = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{1965 + number % 35}"
        unit = f"{('Đảng bộ xã', 'Chi bộ')[number % 3 == 0]} {PLACES[number % 8]} {number % 9 + 1}"
        gender = "Nữ" if number % 2 else "Nam"
        phone, email = f"09{number:08d}", f"thu{number}@example.invalid"
        sheet.append([number, name, birth, gender, "Bí thư chi đoàn", unit, phone, email,
                      "Xây dựng Đảng", None])  # fmt: skip
    font = Font(name="Times New Roman", size=13)
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.font = font
    book.save(path)


def read_with_openpyxl(path: Path) -> int:
    """Read every value and its font; return how many cells hold something."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return sum(
        1
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if (cell.value, cell.font.name)[0] is not None
    )


def measures(quick: bool = False) -> list[Measure]:
    """Return the measure: import through the service, on a store of its own each time."""
    count, times = (50, 1) if quick else (1000, 5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach.xlsx"
        write_sheet(path, count)
        ours = []
        for turn in range(times + 1):
            machine = start_machine()
            create_contest(
                machine, folder=Path(folder) / str(turn), preset="bao-cao-vien-gioi", name="Đo"
            )
            app = open_contest(Path(folder) / str(turn), machine)
            took = seconds(lambda app=app: _import(app, path, count))  # type: ignore[misc]  # bound
            app.store.close()
            ours.append(took)
        reference = median_seconds(lambda: read_with_openpyxl(path), times=times)
    value = sorted(ours[1:])[times // 2]  # the first one also loads the packages
    return [
        Measure(
            name=f"import of {count} contestants",
            value=value,
            unit="s",
            limit=LIMIT,
            reference="openpyxl reads the file",
            reference_value=reference,
        )
    ]


def _import(app: object, path: Path, count: int) -> None:
    from judgeapp.services.context import Context

    assert isinstance(app, Context)
    report = import_contestants(app, file=path, accept=True).value
    assert report.written > 0.9 * count, "rows proposed as one person aside, all are written"
