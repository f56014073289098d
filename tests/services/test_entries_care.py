"""One contestant's files: handed in singly, kept with a reason, converted; real files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.entries import EntryFile
from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.people import Contestant, Unit
from judgeapp.services import entries_convert
from judgeapp.services.context import Context
from judgeapp.services.entries import hand_in_entry, list_entries, replace_entry
from judgeapp.services.entries_check import check_entries, poster_of, sheet_of
from judgeapp.services.entries_convert import convert_entry
from judgeapp.services.entries_keep import keep_entry, stop_keeping_entry
from judgeapp.services.steps import steps
from judgeapp.services.upkeep import check_contest
from judgeapp.system.progress import Cancelled
from tests.refused import refused

CLIPS = Path(__file__).parent.parent / "data" / "clips"
HEVC, SILENT = CLIPS / "c02_hevc.mp4", CLIPS / "c05_silent_track.mp4"
ONE = ContestantId("01")


@pytest.fixture
def app(contest: Context) -> Context:
    with contest.write() as u:
        u.people.add_units([Unit(UnitId("1"), "Đảng bộ xã Nà Mây")], import_id=None)
        u.people.add_contestants([Contestant(ONE, "Lò Thị Én", UnitId("1"))], import_id=None)
        u.log("people.imported", count=1)
        u.commit()
    return contest


def checked(app: Context, clip: Path) -> EntryFile:
    hand_in_entry(app, contestant=ONE, file=clip)
    check_entries(app)
    return the_file(app)


def the_file(app: Context) -> EntryFile:
    (file,) = list_entries(app).files
    return file


def asking(app: Context) -> tuple[str, int | None]:
    step = next(step for step in steps(app) if step.stem == "entries")
    return str(step.reason), step.count


# --- handed in singly ----------------------------------------------------------------------------


def test_one_file_is_taken_in_whatever_it_is_called(app: Context, tmp_path: Path) -> None:
    odd = tmp_path / "VID_20261103 (2).MP4"
    shutil.copy(SILENT, odd)
    file = hand_in_entry(app, contestant=ONE, file=odd).value
    assert (file.contestant, file.kind, file.original_name) == (ONE, "clip", odd.name)
    assert (app.folder / "media" / file.stored_name).read_bytes() == SILENT.read_bytes()


def test_a_second_one_is_no_hand_in(app: Context) -> None:
    hand_in_entry(app, contestant=ONE, file=SILENT)
    with refused("entries.already_there"):
        hand_in_entry(app, contestant=ONE, file=HEVC)
    with refused("entries.unknown_contestant"):
        hand_in_entry(app, contestant=ContestantId("77"), file=HEVC)
    with refused("entries.no_such_file"):
        hand_in_entry(app, contestant=ONE, file=CLIPS / "nowhere.mp4")
    assert the_file(app).original_name == SILENT.name


# --- kept with a reason --------------------------------------------------------------------------


def test_a_kept_file_asks_no_more_and_says_why(app: Context) -> None:
    file = checked(app, SILENT)
    assert file.asks
    assert asking(app) == ("problems", 1)
    with refused("entries.reason_missing"):
        keep_entry(app, contestant=ONE, reason="  ")
    (kept,) = keep_entry(app, contestant=ONE, reason="nghe được bằng tai nghe").value
    assert not kept.asks
    assert the_file(app).kept == kept.kept
    assert kept.kept is not None
    assert (kept.kept.reason, kept.kept.actor) == ("nghe được bằng tai nghe", app.actor)
    assert kept.check is not None
    assert kept.check.problems  # what was found stays visible
    assert asking(app)[0] == "missing_entries"


def test_what_a_later_check_finds_beyond_it_asks_anew(app: Context) -> None:
    file = checked(app, SILENT)
    with app.write() as u:
        u.entries.keep(file.id, ["too_long"], reason="x")
        u.log("test.kept")
        u.commit()
    assert the_file(app).asks


def test_keeping_can_be_taken_back(app: Context) -> None:
    checked(app, SILENT)
    with refused("entries.nothing_kept"):
        stop_keeping_entry(app, contestant=ONE)
    keep_entry(app, contestant=ONE, reason="x")
    with refused("entries.nothing_to_keep"):
        keep_entry(app, contestant=ONE, reason="x")
    (file,) = stop_keeping_entry(app, contestant=ONE).value
    assert file.asks
    assert the_file(app).kept is None


def test_a_new_file_is_not_kept(app: Context) -> None:
    checked(app, SILENT)
    keep_entry(app, contestant=ONE, reason="x")
    replace_entry(app, contestant=ONE, file=HEVC, reason="nộp lại")
    check_entries(app)
    assert the_file(app).asks


# --- converted -----------------------------------------------------------------------------------


def test_a_converted_clip_plays_everywhere_and_the_original_is_kept(app: Context) -> None:
    old = checked(app, HEVC)
    assert old.asks
    seen: list[tuple[int, int]] = []
    new = convert_entry(
        app, contestant=ONE, progress=lambda done, total, what="": seen.append((done, total))
    ).value
    assert new.check is not None
    assert (new.check.video_codec, new.check.audio_codec) == ("h264", "aac")
    assert abs((new.check.seconds or 0) - 2.0) < 0.1
    assert the_file(app).open_codes == old.open_codes - {"unplayable_codec"}
    assert the_file(app).stored_name == new.stored_name
    assert (app.folder / "media" / old.stored_name).read_bytes() == HEVC.read_bytes()
    assert poster_of(app, new) is not None
    assert sheet_of(app, new) is not None
    assert seen[-1] == (4, 4)
    assert check_contest(app).ok


def test_stopping_changes_nothing(app: Context) -> None:
    old = checked(app, HEVC)

    def stop(done: int, total: int, what: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        convert_entry(app, contestant=ONE, progress=stop)
    assert the_file(app) == old
    assert not list((app.folder / "media").glob(".in-*"))


def test_a_new_clip_that_is_not_whole_is_refused(
    app: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = checked(app, HEVC)
    half = CLIPS / "c04_no_sound_track.mp4"  # one second instead of two
    monkeypatch.setattr(
        entries_convert, "convert_clip", lambda path, target, **_: shutil.copy(half, target)
    )
    with refused("entries.cannot_convert"):
        convert_entry(app, contestant=ONE)
    assert the_file(app) == old
    assert not list((app.folder / "media").glob(".in-*"))


def test_what_cannot_be_converted(app: Context) -> None:
    with refused("entries.nothing_to_convert"):
        convert_entry(app, contestant=ONE)
    checked(app, CLIPS / "c06_no_moov.mp4")
    with refused("entries.nothing_to_convert"):
        convert_entry(app, contestant=ONE)


def test_the_command_line(app: Context, capsys: pytest.CaptureFixture[str]) -> None:
    app.store.close()
    folder = str(app.folder)
    assert run(["entries", "hand-in", folder, "01", str(HEVC)]) == 0
    assert run(["entries", "check", folder]) == 0
    assert run(["entries", "keep", folder, "01", "--reason", "máy đều phát được"]) == 0
    assert run(["entries", "keep", folder, "01", "--undo"]) == 0
    assert run(["entries", "convert", folder, "01"]) == 0
    capsys.readouterr()
    assert run(["entries", "list", folder, "--json"]) == 0
    assert '"stored": "c0002.mp4"' in capsys.readouterr().out
