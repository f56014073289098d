from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.domain.ids import ContestantId
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import look_at_pack, open_desk
from judgeapp.services.desk_media import entry_media
from judgeapp.services.desk_view import desk_view
from judgeapp.services.marking import enter_mark
from judgeapp.services.score_files import export_score_file
from judgeapp.system.files import sha256_of
from tests.exchange.pack_kit import zipped
from tests.judging_kit import C1, TALK, attach, desk, make_contest
from tests.refused import refused

ONE, TWO, THREE = ContestantId("01"), ContestantId("02"), ContestantId("03")
CLIP = b"clip" * 500


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = make_contest(
        machine,
        tmp_path / "contest",
        contestants=("01", "02", "03"),
        conflicts=[("J07", "02")],
    )
    attach(made, "01", "c1.mp4", CLIP)
    return made


def test_a_pack_says_for_whom_it_is(machine: Machine, pack: Path, tmp_path: Path) -> None:
    assert [judge.id for judge in look_at_pack(machine, pack=pack).judges] == ["J05", "J07"]
    assert not machine.paths.desks.exists()
    with refused("packs.not_a_pack"):
        look_at_pack(machine, pack=tmp_path)


def test_a_desk_shows_what_is_owed_and_what_is_barred(machine: Machine, pack: Path) -> None:
    at = desk(machine, pack)
    view = desk_view(at)
    assert [entry.contestant for entry in view.entries] == [ONE, THREE]
    assert [entry.id for entry in view.barred] == [TWO]
    assert (view.missing, view.saved_at, view.handed_in) == (2, None, None)
    enter_mark(at, contestant=THREE, part=TALK, criterion=C1, typed="8,25")
    view = desk_view(at)
    assert view.entry(THREE).total == Decimal("8.25")
    assert view.saved_at is not None
    with pytest.raises(KeyError):
        view.entry(TWO)


def test_what_was_handed_in_grows_old_with_a_new_mark(
    machine: Machine, pack: Path, tmp_path: Path
) -> None:
    at = desk(machine, pack)
    enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="8")
    written = export_score_file(at, target=tmp_path / "j.score").value
    handed_in = desk_view(at).handed_in
    assert handed_in is not None
    assert (handed_in.receipt, handed_in.number) == (written.receipt, 1)
    assert (handed_in.whole, handed_in.old) == (False, False)
    enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="9")
    handed_in = desk_view(at).handed_in
    assert handed_in is not None
    assert handed_in.old


def test_a_clip_is_found_in_the_folder_and_in_the_zip(
    machine: Machine, pack: Path, tmp_path: Path
) -> None:
    (found,) = entry_media(desk(machine, pack), contestant=ONE)
    assert found.file is not None
    assert found.file.read_bytes() == CLIP
    packed = zipped(pack, tmp_path / "pack.zip")
    at = open_desk(machine, pack=packed, judge="J07", folder=tmp_path / "other").value
    for _ in range(2):
        (found,) = entry_media(at, contestant=ONE)
        assert found.file is not None
        assert found.file.read_bytes() == CLIP
        assert found.file.is_relative_to(at.folder)
    assert entry_media(at, contestant=THREE) == []
    assert entry_media(at, contestant=ContestantId("99")) == []


def test_a_clip_that_was_altered_or_lost_is_not_played(machine: Machine, pack: Path) -> None:
    at = desk(machine, pack)
    (found,) = entry_media(at, contestant=ONE)
    clip = at.source / found.media.path
    clip.write_bytes(b"klip" + CLIP[4:])
    (found,) = entry_media(at, contestant=ONE)
    assert found.file is None
    assert found.reason is not None
    assert (found.reason.code, found.reason.place) == ("packs.damaged", found.media.path)
    clip.unlink()
    (found,) = entry_media(at, contestant=ONE)
    assert found.reason is not None
    assert found.reason.code == "packs.damaged"


def test_a_clip_that_was_read_through_is_read_again_only_if_it_changed(
    machine: Machine, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr("judgeapp.services.desk_media.sha256_of", counted)
    at, whole = desk(machine, pack), dict[Path, tuple[int, int]]()
    for _ in range(3):
        (found,) = entry_media(at, contestant=ONE, whole=whole)
    assert len(read) == 1
    clip = at.source / found.media.path
    clip.write_bytes(b"klip" + CLIP[4:])
    os.utime(clip, ns=(0, 0))
    (found,) = entry_media(at, contestant=ONE, whole=whole)
    assert found.file is None
    assert len(read) == 2
