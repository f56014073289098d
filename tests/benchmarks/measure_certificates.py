"""How many certificates a second, against WeasyPrint with the same texts on the same ornament.

WeasyPrint gets the easier half: its ornament is one JPEG (150 dots an inch) that holds giver, title
and signature too, and every text has its place already. We check all letters, fit all names and
draw the ornament as lines.
"""

from __future__ import annotations

import base64
import html
from dataclasses import replace

from judgeapp.domain.awards import Certificate
from judgeapp.domain.ids import ContestantId
from judgeapp.formats.certificate_pdf import Prepared, TemplateName, draw, prepare
from judgeapp.formats.fonts import face
from judgeapp.formats.stack import Set
from judgeapp.formats.typeset import POINT
from tests.benchmarks.measures import Measure, medians_in_turn
from tests.formats.paper_kit import CONTEST, PAPER
from tests.formats.printed_ink import opened

LIMIT = 3.0
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLE = ("Thị Ngọc", "Văn", "Thị Hồng", "Minh", "Đức", "Thị Thanh", "Quang")
GIVEN = ("Ánh", "Diễm", "Huyền", "Phượng", "Sơn", "Trang", "Quỳnh", "Vỹ", "Ẩn", "Tú", "Hằng", "Yến")
UNITS = ("Đảng bộ Chi cục Thủy lợi Sông Mây", "Chi bộ Văn phòng Sở Thử nghiệm, Đảng bộ các cơ quan")


def certificates(count: int) -> list[Certificate]:
    """Return invented people, each with another name."""
    return [
        Certificate(
            serial=f"{number:03d}/2026",
            contestant=ContestantId(str(number)),
            name=f"{FAMILY[number % 11]} {MIDDLE[number // 11 % 7]} {GIVEN[number // 77 % 12]}",
            post="Phó Bí thư Chi bộ, báo cáo viên cấp cơ sở",
            unit=f"{UNITS[number % 2]} {number % 71}",
            prize="Giải Khuyến khích",
            contest=CONTEST,
        )
        for number in range(1, count + 1)
    ]


def ours(sheets: list[Certificate], template: TemplateName) -> bytes:
    """Check, fit and draw all certificates."""
    return draw(prepared_of(sheets, template))


def prepared_of(sheets: list[Certificate], template: TemplateName) -> Prepared:
    """Return the certificates with everything at its place."""
    prepared = prepare(sheets, template=template, paper=PAPER)
    if not isinstance(prepared, Prepared):
        raise ValueError(prepared)
    return prepared


def page_as_html(prepared: Prepared) -> str:
    """Return the same pages as HTML: texts at their places over a picture of what they share."""
    bare = draw(replace(prepared, pages=((),)))
    with opened(bare) as document:
        picture = document[0].get_pixmap(dpi=150).tobytes("jpeg")
    fonts = sorted(
        {line.shape.font for page in prepared.pages for row in page for _, line in row.row.parts}
    )
    faces = "".join(
        f"@font-face {{font-family: '{name}'; src: url('{face(name).file.as_uri()}')}}"
        for name in fonts
    )
    ground = base64.b64encode(picture).decode()
    style = (
        "@page {size: 297mm 210mm; margin: 0} body {margin: 0}"
        "section {position: relative; width: 297mm; height: 210mm; break-after: page;"
        f"background: url('data:image/jpeg;base64,{ground}'); background-size: 297mm 210mm}}"
        "p {position: absolute; margin: 0; line-height: 1; white-space: nowrap}"
    )
    pages = "".join(f"<section>{_texts(page)}</section>" for page in prepared.pages)
    return f"<html lang='vi'><head><style>{faces}{style}</style></head><body>{pages}</body></html>"


def _texts(page: tuple[Set, ...]) -> str:
    return "".join(
        f'<p style="left: {x:.2f}mm; top: {placed.y - line.size * POINT * 0.8:.2f}mm; '
        f"font: {line.size}pt '{line.shape.font}'; color: #{line.colour}\">"
        f"{html.escape(line.shape.text)}</p>"
        for placed in page
        for x, line in placed.row.parts
    )


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure both templates, 1,000 certificates in one file each."""
    from weasyprint import HTML

    count = 10 if quick else 1000
    sheets = certificates(count)
    found = []
    templates: tuple[TemplateName, ...] = ("drum", "lotus")
    for template in templates:
        text = page_as_html(prepared_of(sheets, template))
        value, reference = medians_in_turn(
            lambda name=template: ours(sheets, name),  # type: ignore[misc]  # bound in the loop
            lambda source=text: HTML(string=source).write_pdf(),  # type: ignore[misc]  # likewise
            times=1,
        )
        found.append(
            Measure(
                f"certificates {template}",
                count / value,
                "pages/s",
                LIMIT,
                reference="WeasyPrint",
                reference_value=count / reference,
                at_least=True,
            )
        )
    return found
