"""Certificates before they are printed: whether they fit, how they look, what was printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from judgeapp.cli.main import run
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId
from judgeapp.services.certificate_list import certificate_sheets, preview_certificate
from judgeapp.services.certificates import make_certificates
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
    with refused("awards.no_room"):
        preview_certificate(app, contestant="02")


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
    file.write_bytes(preview_certificate(app, contestant="03", template="drum"))
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
