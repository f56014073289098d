"""Certificates: every name right, all ink in its place, nothing unembedded, the same bytes."""

from __future__ import annotations

import io
import json
import random
import unicodedata
from datetime import date
from pathlib import Path

import pymupdf
import pypdf
import pytest

from judgeapp.domain.awards import Certificate
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.papers import Paper
from judgeapp.formats.certificate_pdf import (
    TEMPLATES,
    Prepared,
    TemplateName,
    draw,
    draw_one,
    prepare,
)
from judgeapp.formats.emblem import MAX_BYTES, read_emblem
from judgeapp.system.progress import Cancelled
from tests.formats.paper_kit import CONTEST, PAPER
from tests.formats.printed_ink import Ink, clashes, ink_of, lines_of, opened

CASE = json.loads(
    (Path(__file__).parent.parent / "data" / "ui" / "u03_certificate_names.json").read_text("utf-8")
)
FLOW = {"drum": (41.5, 84.0, 255.5, 131.4), "lotus": (100.0, 76.5, 287.0, 143.0)}


def certificate(name: str, **changes: str | None) -> Certificate:
    values: dict[str, str | None] = {
        "serial": "001/2026",
        "post": "Phó Bí thư Chi bộ",
        "unit": "Đảng bộ Chi cục Thủy lợi Sông Mây",
        "prize": "Giải Nhì",
        "contest": CONTEST,
        **changes,
    }
    return Certificate(contestant=ContestantId("07"), name=name, **values)  # type: ignore[arg-type]


def ready(
    certificates: list[Certificate], template: TemplateName, paper: Paper = PAPER
) -> Prepared:
    prepared = prepare(certificates, template=template, paper=paper)
    assert isinstance(prepared, Prepared), prepared
    return prepared


def flat(text: str) -> str:
    return " ".join(text.split())


# --- names (u03) --------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
def test_names_and_units_come_out_of_the_pdf_as_they_went_in(template: TemplateName) -> None:
    sheets = [
        certificate(unicodedata.normalize(form, name), unit=CASE["units"][index % 2])
        for index, name in enumerate(CASE["names"])
        for form in ("NFC", "NFD")
    ]
    content = draw(ready(sheets, template))
    flags = pymupdf.TEXTFLAGS_TEXT | pymupdf.TEXT_PRESERVE_LIGATURES
    with opened(content) as document:
        texts = [flat(page.get_text(flags=flags)) for page in document]
    other = [flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    for index, sheet in enumerate(sheets):
        assert flat(unicodedata.normalize("NFC", sheet.name)) in texts[index]
        assert flat(unicodedata.normalize("NFC", sheet.name)) in other[index]
        assert flat(sheet.unit or "") in texts[index]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_name_is_set_in_one_font(template: TemplateName) -> None:
    own, fallback = ("PlayfairDisplay-Bold" if template == "drum" else "BeVietnamPro-SemiBold",
                     "NotoSerif-Bold")  # fmt: skip
    for name, font in (("Lương Thị Diễm", own), ("Rơ Châm H’Blĭu Ƀrŏ", fallback)):
        with opened(draw(ready([certificate(name)], template))) as document:
            line = max(lines_of(ink_of(document[0])), key=lambda ink: _is_name(ink, name))
        assert {ink.font for ink in line} == {font}


def _is_name(line: list[Ink], name: str) -> bool:
    return "".join(ink.char for ink in line) == name.replace(" ", "")


def test_composed_and_decomposed_names_print_the_same_bytes() -> None:
    pages = [
        draw(ready([certificate(unicodedata.normalize(form, "Nguyễn Thị Ộ Ặng"))], "drum"))
        for form in ("NFC", "NFD")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("template", TEMPLATES)
def test_all_missing_letters_are_named_before_anything_is_drawn(template: TemplateName) -> None:
    sheets = [
        certificate("Lê An"),
        certificate("Trần 明 Hà"),
        certificate("Vũ Bình", unit="Chi bộ 😀"),
    ]
    problems = prepare(sheets, template=template, paper=PAPER)
    assert isinstance(problems, list)
    found = [(p.certificate and p.certificate.name, p.field, p.letters) for p in problems]
    assert found == [("Trần 明 Hà", "name", ("明",)), ("Vũ Bình", "unit", ("😀",))]


def test_a_missing_letter_of_the_office_is_nobodys_name() -> None:
    problems = prepare([certificate("Lê An")], template="drum", paper=Paper(giver="Đảng ủy 明"))
    assert isinstance(problems, list)
    assert [(p.certificate, p.field, p.letters) for p in problems] == [(None, "giver", ("明",))]


# --- fit ----------------------------------------------------------------------------------------


def name_lines(name: str, template: TemplateName) -> list[tuple[str, float]]:
    rows = ready([certificate(name)], template).pages[0]
    return [
        (line.shape.text, line.size)
        for placed in rows
        for _, line in placed.row.parts
        if line.shape.text in name and line.size >= 14
    ]


def test_a_name_shrinks_then_breaks_then_asks() -> None:
    assert name_lines("Ôn Thử", "drum") == [("Ôn Thử", 30)]
    longer = "Công Tằng Tôn Nữ Ngọc Huyền Trân Châu Quỳnh"
    ((text, size),) = name_lines(longer, "drum")
    assert text == longer
    assert 21.6 <= size < 30
    upper, lower = name_lines(CASE["names"][1], "drum")
    assert f"{upper[0]} {lower[0]}" == CASE["names"][1]
    assert upper[1] == lower[1] <= 30 * 0.72
    assert len(lower[0].split()) >= 2
    problems = prepare([certificate("A" * 100)], template="drum", paper=PAPER)
    assert isinstance(problems, list)
    assert (problems[0].field, problems[0].letters) == ("name", ())


def test_a_name_of_sixty_letters_without_a_blank_passes_at_sixteen_points() -> None:
    word = ("Nguyễntrang" * 6)[:60]
    ((_, size),) = name_lines(word, "drum")
    assert size >= 14


def test_phrases_break_at_the_best_word() -> None:
    unit = CASE["units"][1]
    rows = ready([certificate("Lê An", unit=unit)], "drum").pages[0]
    parts = [line.shape.text for placed in rows for _, line in placed.row.parts]
    lines = [text for text in parts if text in unit and len(text) > 20]
    assert " ".join(lines) == unit
    assert len(lines) == 2
    together = certificate("Lê An", contest="Hội thi " + "Báo cáo viên giỏi " * 7)
    rows = ready([together], "drum").pages[0]
    texts = [line.shape.text for placed in rows for _, line in placed.row.parts]
    assert not any(text.endswith("Hội") for text in texts)


# --- ink ----------------------------------------------------------------------------------------


WORDS = [
    *("Nguyễn", "Phước", "Thục", "Đoan", "Trang", "Công", "Tằng", "Tôn", "Nữ", "Hồng", "Nguyệt"),
    *("Ẩn", "Ỷ", "Gỹ", "Ổ", "Quyền", "Ngạc", "Phượng", "Vĩnh", "Ẵng", "Ự", "Khuyển", "Lý", "Ơn"),
]


def text_of(length: int, seed: int) -> str:
    """Return words with tall and deep letters, of exactly ``length`` letters."""
    chance = random.Random(seed)
    text = ""
    while len(text) < length:
        text += chance.choice(WORDS) + " "
    text = text[:length]
    return text[:-1] + "g" if text.endswith(" ") else text


def sheets_of_all_lengths() -> list[Certificate]:
    posts = [
        None,
        "Bí thư",
        "Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo và Dân vận Đảng ủy phường",
    ]
    return [
        certificate(
            text_of(1 + n % 80, n),
            unit=text_of(3 + (n * 37) % 158, n + 1000),
            post=posts[n % 3],
            serial=f"{n:03d}/2026",
        )
        for n in range(260)
    ]


@pytest.mark.parametrize("with_authority", [True, False])
@pytest.mark.parametrize("template", TEMPLATES)
def test_all_ink_stays_in_its_field_and_clear_of_the_rest(
    template: TemplateName, with_authority: bool
) -> None:
    paper = PAPER if with_authority else Paper(**{**vars(PAPER), "authority": None})
    content = draw(ready(sheets_of_all_lengths(), template, paper))
    left, top, right, bottom = FLOW[template]
    with opened(content) as document:
        assert document.page_count == 260
        for number, page in enumerate(document):
            lines = lines_of(ink_of(page))
            every = [ink for line in lines for ink in line]
            assert min(ink.left for ink in every) > 7.5
            assert max(ink.right for ink in every) < 297 - 7.5
            flow = [line for line in lines if top < line[0].baseline < bottom
                    and line[0].left > left - 1]  # fmt: skip
            flow = [line for line in flow if line[0].right < 290 and line[0].left < right]
            for line in flow:
                assert min(ink.left for ink in line) >= left - 0.02, number
                assert max(ink.right for ink in line) <= right, number
                assert min(ink.top for ink in line) >= top - 0.02, number
                assert max(ink.bottom for ink in line) <= bottom + 0.02, number
            assert not clashes(lines), number
            assert not clashes(flow, 0.45), number


def test_lines_are_centred_on_their_ink() -> None:
    names = ["Ôn", "Lương Thị Ngọc Diễm", "Ý Văn", "Jơ Rẫy"]
    with opened(draw(ready([certificate(n) for n in names], "drum"))) as document:
        for page, name in zip(document, names, strict=True):
            line = next(line for line in lines_of(ink_of(page)) if _is_name(line, name))
            middle = (min(i.left for i in line) + max(i.right for i in line)) / 2
            assert middle == pytest.approx(148.5, abs=0.05)


def test_room_for_signature_and_seal_stays_white() -> None:
    """35 mm from the post's baseline to the signer's capitals, 40 mm to the left of the axis."""
    axes = {"drum": 213.0, "lotus": 238.0}
    for template in TEMPLATES:
        with opened(draw(ready(sheets_of_all_lengths()[:9], template))) as document:
            for page in document:
                signer = next(
                    line for line in lines_of(ink_of(page)) if _is_name(line, PAPER.signer or "")
                )
                floor = signer[0].top
                inside = [
                    ink
                    for ink in ink_of(page)
                    if floor - 35 < ink.baseline
                    and ink.top < floor
                    and axes[template] - 40 < ink.right
                    and ink not in signer
                ]
                assert not inside


# --- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_font_is_left_out_of_the_file(template: TemplateName) -> None:
    content = draw(ready([certificate("Rơ Châm H’Blĭu Ƀrŏ"), certificate("Lê An")], template))
    reader = pypdf.PdfReader(io.BytesIO(content))
    fonts = [
        item
        for number in range(1, len(reader.xref[0]) + 1)
        if isinstance(item := reader.get_object(number), pypdf.generic.DictionaryObject)
        and item.get("/Type") == "/Font"
    ]
    assert len(fonts) > 3
    for font in fonts:
        descriptor = font["/FontDescriptor"].get_object()
        assert isinstance(descriptor, pypdf.generic.DictionaryObject)
        assert "/FontFile2" in descriptor, font["/BaseFont"]
        assert "/ToUnicode" in font


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_same_certificates_give_the_same_bytes(template: TemplateName) -> None:
    sheets = sheets_of_all_lengths()[:5]
    one, two = ready(sheets, template), ready(sheets, template)
    assert draw(one) == draw(two)
    assert draw_one(one, 3) == draw_one(two, 3) == draw(ready(sheets[3:4], template))


def test_the_file_says_what_it_is() -> None:
    reader = pypdf.PdfReader(io.BytesIO(draw(ready([certificate("Lê An")], "drum"))))
    assert reader.metadata is not None
    assert reader.metadata.title == f"Giấy khen – {CONTEST}"
    assert reader.metadata.author == PAPER.giver
    assert str(reader.root_object["/Lang"]) == "vi-VN"
    page = reader.pages[0]
    assert (round(float(page.mediabox.width) * 25.4 / 72),
            round(float(page.mediabox.height) * 25.4 / 72)) == (297, 210)  # fmt: skip


def test_what_the_office_has_not_said_is_a_dotted_line() -> None:
    for template in TEMPLATES:
        content = draw(ready([certificate("Lê An")], template, Paper()))
        with opened(content) as document:
            assert document[0].get_text().count("……") > 4


def test_dates_are_written_as_on_papers() -> None:
    paper = Paper(place="Sông Mây", signed_on=date(2026, 2, 9), decision_date=date(2026, 6, 30))
    with opened(draw(ready([certificate("Lê An")], "drum", paper))) as document:
        text = document[0].get_text()
    assert "Sông Mây, ngày 09 tháng 02 năm 2026" in text
    assert "ngày 30 tháng 6 năm 2026" in text


def test_stopping_leaves_at_once() -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw(ready(sheets_of_all_lengths()[:5], "drum"), progress=stop)


# --- emblem -------------------------------------------------------------------------------------


def test_an_emblem_is_printed_in_its_place(tmp_path: Path) -> None:
    from PIL import Image

    file = tmp_path / "emblem.png"
    Image.new("RGBA", (1600, 1200), (200, 30, 30, 255)).save(file)
    emblem = read_emblem(file)
    prepared = prepare([certificate("Lê An")], template="lotus", paper=PAPER, emblem=emblem)
    assert isinstance(prepared, Prepared)
    with opened(draw(prepared)) as document:
        pixels = document[0].get_pixmap(dpi=72)
    centre = (round(48 / 25.4 * 72), round(40 / 25.4 * 72))
    assert pixels.pixel(*centre) == (200, 30, 30)


def test_an_emblem_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    text = tmp_path / "emblem.png"
    text.write_text("no picture")
    bomb = tmp_path / "bomb.png"
    Image.new("1", (20000, 20000)).save(bomb)
    fat = tmp_path / "fat.png"
    with fat.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for path, code in (
        (text, "awards.emblem_unreadable"),
        (bomb, "awards.emblem_too_large"),
        (fat, "awards.emblem_too_large"),
        (tmp_path / "none.png", "awards.emblem_missing"),
    ):
        with pytest.raises(BadInput) as refused:
            read_emblem(path)
        assert refused.value.code == code
