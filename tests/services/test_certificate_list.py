"""Certificates before they are printed: whether they fit, how they look, what was printed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest
from pypdf import PdfReader

from judgeapp.cli.main import run
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.printing import PrintWay
from judgeapp.services.certificate_list import certificate_sheets, preview_certificate
from judgeapp.services.certificates import Printing, make_certificates
from judgeapp.services.context import Context, Machine
from judgeapp.services.papers import set_papers, show_papers
from tests.refused import refused
from tests.services.prize_contest import CLEAR, PAPERS, mark, prize_contest


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = prize_contest(machine, tmp_path / "contest")
    mark(made, CLEAR)
    return made


def rename(app: Context, number: str, name: str) -> None:
    from dataclasses import replace

    with app.write() as u:
        for person in u.people.contestants():
            if person.id == ContestantId(number):
                u.people.update_contestant(replace(person, name=name))
        u.log("test.renamed")
        u.commit()


def test_each_sheet_says_whether_it_fits(app: Context) -> None:
    rename(app, "02", "Trần Văn Bình Thử " * 12)
    found = certificate_sheets(app)
    assert not found.signed
    assert [sheet.certificate.contestant for sheet in found.sheets if sheet.problems] == ["02"]
    assert [sheet.serial for sheet in found.sheets] == [None] * 6
    view = preview_certificate(app, contestant="02")
    assert [
        (one.field, one.certificate and one.certificate.contestant) for one in view.problems
    ] == [("name", "02")]
    assert view.pdf.startswith(b"%PDF")
    assert [fit.field for fit in view.fits if fit.problem is not None] == ["name"]


def test_sheets_that_fit_are_printed_before_the_others(app: Context, tmp_path: Path) -> None:
    rename(app, "02", "Trần Văn Bình Thử " * 12)
    make_certificates(app, out=tmp_path / "some.pdf", only=["01", "03"])
    found = certificate_sheets(app)
    assert found.signed
    assert [s.serial for s in found.sheets if s.serial] == ["001/2026", "002/2026"]
    assert [(line.serial, line.contestant) for line in found.printed] == [
        ("002/2026", "03"), ("001/2026", "01"),
    ]  # fmt: skip
    assert not any(sheet.printed_otherwise for sheet in found.sheets)
    rename(app, "01", "Lê Thị Ánh Khác")
    assert [s.certificate.contestant for s in certificate_sheets(app).sheets
            if s.printed_otherwise] == ["01"]  # fmt: skip


def test_a_preview_is_one_page_and_leaves_no_trace(app: Context, tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(preview_certificate(app, contestant="03", template="drum").pdf)
    (page,) = PdfReader(file).pages
    assert page.mediabox.width > 0
    assert certificate_sheets(app).printed == ()
    with refused("awards.nobody"):
        preview_certificate(app, contestant="99")


def test_facts_are_stored_without_a_file(app: Context) -> None:
    set_papers(app, body=PAPERS | {"signer": "Phạm Văn Ký"})
    assert show_papers(app).both.signer == "Phạm Văn Ký"
    with pytest.raises(BadInput):
        set_papers(app, body={"signed_on": "31/02/2026"})
    assert show_papers(app).both.signer == "Phạm Văn Ký"


def test_the_command_line_shows_them_too(
    app: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app.store.close()
    assert run(["awards", "sheets", str(app.folder)]) == 0
    assert "Lê Thị Ánh Thử" in capsys.readouterr().out
    out = tmp_path / "p.pdf"
    assert run(["awards", "preview", str(app.folder), "01", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    some = tmp_path / "some.pdf"
    call = ["awards", "certificates", str(app.folder), str(some), "--only", "01, 03"]
    assert run(call) == 0
    assert len(PdfReader(some).pages) == 2


def test_each_print_is_noted_with_its_way_and_reason(app: Context, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    make_certificates(app, out=out, only=["01"])
    text = PrintWay(ground=False, right=Decimal(1))
    make_certificates(app, out=out, only=["01"], printing=Printing(text, reason=" lem mực "))
    second, first = certificate_sheets(app).printed
    assert (first.time, first.way, first.target, first.reason) == (1, "whole", "file", "")
    assert (second.time, second.way, second.reason) == (2, "text", "lem mực")
    assert first.serial == second.serial == "001/2026"


def test_the_two_papers_of_a_prize_have_two_serials(app: Context, tmp_path: Path) -> None:
    made = [
        make_certificates(app, out=tmp_path / "a.pdf", template=template).value
        for template in ("lotus", "drum", "lotus")
    ]  # fmt: skip
    first, second, again = ([c.certificate.serial for c in one.certificates] for one in made)
    assert not set(first) & set(second)
    assert again == first
    assert {c.state for c in made[2].certificates} == {"same"}


def places(file: Path) -> dict[str, tuple[float, float]]:
    """Return where words begin, in mm from the top-left corner."""
    with pymupdf.open(file) as document:  # type: ignore[no-untyped-call]  # no types
        return {
            str(word[4]): (word[0] / 72 * 25.4, word[3] / 72 * 25.4)
            for word in document[0].get_text("words")
        }


def test_text_alone_stands_where_it_stands_on_the_whole_paper_moved_by_the_shift(
    app: Context, tmp_path: Path
) -> None:
    whole, text = tmp_path / "whole.pdf", tmp_path / "text.pdf"
    make_certificates(app, out=whole, template="drum", only=["01"])
    way = PrintWay(ground=False, right=Decimal("2.5"), down=Decimal(-3))
    make_certificates(app, out=text, template="drum", only=["01"], printing=Printing(way))
    before, after = places(whole), places(text)
    assert {"GIẤY", "KHEN"} <= set(before)
    assert not {"GIẤY", "KHEN"} & set(after)
    assert "Thử" in after
    for word, (x, y) in after.items():
        assert x == pytest.approx(before[word][0] + 2.5, abs=0.05)
        assert y == pytest.approx(before[word][1] - 3, abs=0.05)


def test_calibration_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, moved = tmp_path / "c.pdf", tmp_path / "m.pdf"
    assert run(["awards", "calibrate", str(file)]) == 0
    assert run(["awards", "calibrate", str(moved), "--shift", "0,5;-1"]) == 0
    assert run(["awards", "calibrate", str(moved), "--shift", "0,5"]) == 1
    assert "“0,5” chưa đúng" in capsys.readouterr().err
    with pymupdf.open(file) as one, pymupdf.open(moved) as two:  # type: ignore[no-untyped-call]
        (x, y), (x2, y2) = (page.get_drawings()[0]["rect"][:2] for page in (one[0], two[0]))
        assert (x2 - x) / 72 * 25.4 == pytest.approx(0.5, abs=0.02)
        assert (y2 - y) / 72 * 25.4 == pytest.approx(-1, abs=0.02)
