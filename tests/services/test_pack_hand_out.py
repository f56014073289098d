"""Who has which pack: handed out with a copy that is read back, noted, known from score files."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from judgeapp.cli.main import run
from judgeapp.domain.ids import ContestantId
from judgeapp.services.collecting import collect_file
from judgeapp.services.contest import summary
from judgeapp.services.context import Context, Machine
from judgeapp.services.judge_slips import judge_slips
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.pack_hand_out import hand_out
from judgeapp.services.pack_list import list_packs
from judgeapp.services.packs import copy_pack
from judgeapp.services.score_files import export_score_file
from judgeapp.system.progress import Progress
from judgeapp.system.texts import load_texts
from tests.judging_kit import C1, TALK, build_pack, desk, withdraw
from tests.refused import refused


def states(app: Context) -> dict[str, tuple[str, int | None]]:
    return {str(one.id): (one.state, one.has) for one in list_packs(app).holders}


def test_who_has_which_pack(machine: Machine, app: Context, tmp_path: Path) -> None:
    assert states(app) == {"J05": ("no_pack", None), "J07": ("no_pack", None)}
    with refused("packs.no_pack_for"):
        hand_out(app, judges=["J05"], target=tmp_path / "usb")
    first = build_pack(app, tmp_path / "packs")
    assert states(app)["J05"] == ("not_given", None)
    hand_out(app, judges=["J05"])
    assert states(app) == {"J05": ("current", 1), "J07": ("not_given", None)}
    place = desk(machine, first, "J07")
    enter_marks(place, marks=[TypedMark(ContestantId("01"), TALK, C1, "5", None)])
    collect_file(app, file=export_score_file(place, target=tmp_path / "x.score").value.file)
    sent = list_packs(app).holders[1]
    assert (sent.state, sent.has, sent.sent) == ("current", 1, True)
    withdraw(app, "02")
    build_pack(app, tmp_path / "packs")
    assert states(app) == {"J05": ("old", 1), "J07": ("old", 1)}
    hand_out(app, judges=["J05", "J07"], target=tmp_path / "usb")
    assert states(app) == {"J05": ("current", 2), "J07": ("current", 2)}


def spoiled(pack: Path, target: Path, *, progress: Progress) -> Path:
    """A stick that gives back something else than was written to it."""
    folder = copy_pack(pack, target, progress=progress)
    listed = folder / "manifest-sha256.txt"
    listed.write_bytes(listed.read_bytes()[:-1])
    return folder


def test_a_copy_is_read_back_before_it_is_noted(
    app: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_pack(app, tmp_path / "packs")
    made = hand_out(app, judges=["J05"], target=tmp_path / "good").value
    assert [folder.parent for folder in made.folders] == [tmp_path / "good"]
    monkeypatch.setattr("judgeapp.services.pack_hand_out.copy_pack", spoiled)
    with refused("packs.copy_damaged"):
        hand_out(app, judges=["J07"], target=tmp_path / "bad")
    assert states(app)["J07"] == ("not_given", None)


def test_a_pack_that_is_gone_is_said_so(app: Context, tmp_path: Path) -> None:
    build_pack(app, tmp_path / "packs")
    (tmp_path / "packs").rename(tmp_path / "moved")
    with refused("packs.place_gone"):
        hand_out(app, judges=["J05"], target=tmp_path / "usb")
    hand_out(app, judges=["J05"], target=tmp_path / "usb", source=tmp_path / "moved")
    assert states(app)["J05"] == ("current", 1)
    with refused("panel.unknown_judge"):
        hand_out(app, judges=["J99"])


def test_the_calls(app: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_pack(app, tmp_path / "packs")
    assert summary(app).outdated_packs == ()
    folder = str(app.folder)
    app.store.close()
    usb = str(tmp_path / "usb")
    assert run(["packs", "hand-out", folder, "--judge", "J05", "--to", usb]) == 0
    assert "Đã ghi là giao gói cho J05" in capsys.readouterr().out
    assert run(["packs", "list", folder]) == 0
    said = capsys.readouterr().out
    assert "J05 Giám khảo J05: bản 1, đã có gói mới nhất" in said
    assert "J07 Giám khảo J07: bản –, chưa giao" in said


def test_slips_say_whose_the_pack_is_and_how_to_begin(
    app: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = str(app.folder), tmp_path / "slips.pdf"
    with refused("packs.no_slips"):
        judge_slips(app, load_texts("vi"))
    pack = build_pack(app, tmp_path / "packs")
    app.store.close()
    assert run(["packs", "slips", folder, str(out)]) == 0
    assert out.name in capsys.readouterr().out
    with pymupdf.open(out) as document:  # type: ignore[no-untyped-call]  # no types
        text = " ".join(" ".join(page.get_text() for page in document).split())
        assert len(document) == 1
    for wanted in (
        "Giám khảo J05",
        "Mã giám khảo: J07",
        pack.name,
        "2 bài phải chấm",
        "Nộp phiếu chấm",
    ):
        assert wanted in text
    assert run(["packs", "slips", folder, str(out), "--judge", "J07"]) == 0
    with pymupdf.open(out) as document:  # type: ignore[no-untyped-call]  # no types
        assert "Giám khảo J05" not in " ".join(page.get_text() for page in document)
