"""The rehearsal: made as far as wished, marked for ever, with nothing left behind when stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pymupdf
import pytest

from judgeapp.bootstrap import open_contest
from judgeapp.domain.errors import JudgeError
from judgeapp.services.backup import backup_contest, restore_contest
from judgeapp.services.contest import create_contest, is_rehearsal
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import open_desk
from judgeapp.services.people import list_people
from judgeapp.services.rehearsal import make_rehearsal
from judgeapp.services.results_export import export_results
from judgeapp.services.results_papers import why_sheet
from judgeapp.services.score_sheet import write_score_sheet
from judgeapp.services.steps import first_need, steps
from judgeapp.system.progress import Cancelled
from tests.judging_kit import build_pack, make_contest


def rehearsed(machine: Machine, folder: Path) -> Context:
    """Return a small contest that is marked, with a contestant and a judge."""
    create_contest(
        machine, folder=folder, preset="bao-cao-vien-gioi", name="Hội thi thử", rehearsal=True
    )
    return open_contest(folder, machine)


def test_to_begin_with_the_office_has_its_files_and_the_contest_is_empty(
    machine: Machine, tmp_path: Path
) -> None:
    told: list[str] = []
    heard: list[tuple[int, int, str]] = []
    made = make_rehearsal(
        machine,
        folder=tmp_path / "thử",
        told=lambda step: told.append(step.name),
        progress=lambda done, total, what="": heard.append((done, total, what)),
    )
    assert told == ["inputs", "contest"]
    assert len(list((made.folder / "input" / "Bài dự thi").iterdir())) == 76
    assert [done for done, _, _ in heard] == sorted(done for done, _, _ in heard)
    assert {(total, what) for _, total, what in heard} == {(100, "inputs")}
    app = open_contest(made.contest, machine)
    assert list_people(app) == ()
    following = first_need(steps(app))
    assert following is not None
    assert following.stem == "people"
    assert is_rehearsal(app)
    app.store.close()


@pytest.mark.parametrize("after", [0, 40, 90])
def test_a_stop_leaves_nothing_behind(machine: Machine, tmp_path: Path, after: int) -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        if done >= after:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_rehearsal(machine, folder=tmp_path / "thử", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_files_is_left_alone(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "của tôi.txt").write_text("x", encoding="utf-8")
    with pytest.raises(JudgeError) as refused:
        make_rehearsal(machine, folder=tmp_path)
    assert refused.value.code == "demo.folder_taken"
    assert [path.name for path in tmp_path.iterdir()] == ["của tôi.txt"]


def test_the_mark_survives_copies_and_cannot_be_taken_away(
    machine: Machine, tmp_path: Path
) -> None:
    app = rehearsed(machine, tmp_path / "contest")
    with app.write() as u, pytest.raises(ValueError, match="never changes"):
        u.contest.put_meta("rehearsal", "no")
    app.store.close()
    shutil.copytree(tmp_path / "contest", tmp_path / "copied")
    backup = backup_contest(machine, folder=tmp_path / "contest", out=tmp_path / "b.zip").file
    restore_contest(file=backup, folder=tmp_path / "restored")
    for name in ("copied", "restored"):
        copy = open_contest(tmp_path / name, machine)
        assert is_rehearsal(copy)
        copy.store.close()


@pytest.mark.parametrize("rehearsal", [True, False])
def test_its_packs_and_desks_say_so_and_others_do_not(
    machine: Machine, tmp_path: Path, rehearsal: bool
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    if rehearsal:
        with app.write() as u:
            u.contest.mark_as_rehearsal()
            u.log("test.rehearsal")
            u.commit()
    pack = build_pack(app, tmp_path / "packs")
    app.store.close()
    assert (b"rehearsal" in (pack / "data" / "pack.json").read_bytes()) is rehearsal
    assert ("DIỄN TẬP" in (pack / "READ-ME-FIRST.txt").read_text("utf-8")) is rehearsal
    desk = open_desk(machine, pack=pack, judge="J05").value
    assert desk.pack.rehearsal is rehearsal
    assert is_rehearsal(desk) is rehearsal
    desk.store.close()


def test_its_tables_carry_the_word(machine: Machine, tmp_path: Path) -> None:
    app = rehearsed(machine, tmp_path / "contest")
    written = export_results(app, out=tmp_path / "out")
    app.store.close()
    assert all(name.startswith("dien-tap-") for name in written.files)
    book = next(name for name in written.files if name.endswith(".xlsx"))
    sheets = openpyxl.load_workbook(tmp_path / "out" / book)
    assert all(sheet.title.startswith("DIỄN TẬP ") for sheet in sheets)
    for sheet in sheets.worksheets:
        assert "DIỄN TẬP" in str(sheet.oddHeader)


def test_its_certificates_carry_the_word_across_each_page() -> None:
    from judgeapp.formats.certificate_pdf import TEMPLATES, Prepared, draw, prepare
    from tests.formats.paper_kit import PAPER
    from tests.formats.test_certificates import certificate

    for template in TEMPLATES:
        sheets = [certificate("Lò Văn Thử"), certificate("Y Bhĭm Êban")]
        prepared = prepare(sheets, template=template, paper=PAPER, mark="DIỄN TẬP")
        assert isinstance(prepared, Prepared)
        with pymupdf.open(stream=draw(prepared)) as document:  # type: ignore[no-untyped-call]  # no types
            for sheet, page in zip(sheets, document, strict=True):
                words = page.get_text().replace("\n", " ")
                assert "DIỄN TẬP" in words
                assert sheet.name in words
            assert document.metadata["title"].startswith("DIỄN TẬP – ")


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:  # type: ignore[no-untyped-call]  # no types
        return " ".join(page.get_text() for page in document)


@pytest.mark.parametrize("rehearsal", [True, False])
def test_its_sheets_begin_with_the_word(machine: Machine, tmp_path: Path, rehearsal: bool) -> None:
    app = make_contest(machine, tmp_path / "contest")
    if rehearsal:
        with app.write() as u:
            u.contest.mark_as_rehearsal()
            u.log("test.rehearsal")
            u.commit()
    assert ("DIỄN TẬP — " in text_of(why_sheet(app, contestant="01"))) is rehearsal
    pack = build_pack(app, tmp_path / "packs")
    app.store.close()
    desk = open_desk(machine, pack=pack, judge="J05").value
    sheet = write_score_sheet(desk, target=tmp_path / "phiếu.pdf").value.file
    assert ("DIỄN TẬP — " in text_of(sheet.read_bytes())) is rehearsal
    desk.store.close()
