"""What an office has in its folder when it starts: small, real files for one contest."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

import openpyxl

from judgeapp.domain.contest import Round
from judgeapp.domain.definition import definition_body
from judgeapp.formats.outline_docx import write_outline_docx
from judgeapp.formats.outline_pdf import write_outline_pdf
from judgeapp.formats.outline_text import OutlineText
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.contest import presets

PEOPLE = (
    ("01", "Lò Văn Thử", "1985", "nam", "Chi bộ Trường Thử nghiệm"),
    ("02", "Đặng Thị Ánh Mẫu", "1990", "nữ", "Đảng bộ xã Ví Dụ"),
    ("03", "Nguyễn Đức Nháp", "1978", "nam", "Đảng bộ xã Ví Dụ"),
)
UNITS = (("Chi bộ Trường Thử nghiệm", "Chi bộ", 21), ("Đảng bộ xã Ví Dụ", "Đảng bộ", 140))
JUDGES = (
    ("GK1", "Hoàng Văn Thí", "trưởng ban", "Ban tổ chức", ""),
    ("GK2", "Trần Thị Dụ", "thành viên", "Ban tổ chức", ""),
    ("GK3", "Lê Văn Mẫu", "thành viên", "Đảng bộ xã Khác", ""),
)
PAPERS = """\
giver: Đảng ủy xã Ví Dụ
place: Ví Dụ
signed_on: 28/11/2026
post: Bí thư
signer: Phạm Văn Ký
commendation: {decision_number: 118-QĐ/ĐU, decision_date: 27/11/2026}
"""


def write_table(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heads)
        writer.writerows(rows)


def write_office(folder: Path) -> None:
    """Put everything that the manual's commands name into ``folder``."""
    definition = next(p.definition for p in presets() if p.id == "bao-cao-vien-gioi")
    (folder / "the-le.yaml").write_text(json.dumps(definition_body(definition)), encoding="utf-8")
    (folder / "giay-khen.yaml").write_text(PAPERS, encoding="utf-8")
    write_table(folder / "don-vi.csv", ("Tên đơn vị", "Loại", "Số đảng viên"), UNITS)
    write_people(folder / "danh-sach.xlsx")
    write_entries(folder / "bai-du-thi")
    write_table(
        folder / "giam-khao.csv", ("Mã", "Họ tên", "Vai trò", "Đơn vị", "Không chấm"), JUDGES
    )
    write_table(
        folder / "so-lieu.csv",
        ("Thí sinh", "Phần thi", "Giây", "Ngày trễ", "Điểm", "Lý do"),
        [("02", "outline", "", "1", "", ""), ("03", "presentation", "615", "", "", "")],
    )
    for index, judge in enumerate(item[0] for item in JUDGES):
        for item, stem in zip(definition.rounds, ("diem", "chung-ket"), strict=True):
            write_marks(folder / f"{stem}-{judge}.csv", item, lower=index)
    (folder / "phieu").mkdir()
    (folder / "usb").mkdir()


def write_people(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH THÍ SINH DỰ THI"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["SBD", "Họ và tên", "Năm sinh", "Giới tính", "Đơn vị"])
    for row in PEOPLE:
        sheet.append(row)
    book.save(path)


def write_entries(folder: Path) -> None:
    folder.mkdir()
    for number, (code, name, *_) in enumerate(PEOPLE):
        write_clip(folder / f"{code}-clip.mp4", seconds=1, size=(64, 48), text=code, seed=number)
        outline = OutlineText("ĐỀ CƯƠNG", "Học tập và làm theo", [name], ["Nội dung thử."] * 3)
        if number % 2:
            write_outline_docx(folder / f"{code}-de-cuong.docx", outline)
        else:
            write_outline_pdf(folder / f"{code}-de-cuong.pdf", outline)


def write_marks(path: Path, item: Round, *, lower: int) -> None:
    """Write one judge's marks: full points, less two steps for each place further down."""
    rows = []
    for (place, person), part in product(enumerate(PEOPLE), item.parts):
        for criterion in part.criteria:
            points = criterion.max - criterion.step * min(2 * place + lower, 4)
            rows.append((person[0], part.id, criterion.id, str(points).replace(".", ","), ""))
    write_table(path, ("Bài dự thi", "Phần thi", "Tiêu chí", "Điểm", "Nhận xét"), rows)
