"""Entries: a folder attached, files replaced and checked, on real stores and real files."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pytest

from judgeapp.domain.handing_in import HandedIn
from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.formats.outline_docx import outline_docx
from judgeapp.formats.outline_pdf import outline_pdf
from judgeapp.services import entries_attach, media_folder
from judgeapp.services.context import Context, Kind
from judgeapp.services.entries import list_entries, measured_seconds, replace_entry
from judgeapp.services.entries_attach import AttachReport, attach, plan_attach
from judgeapp.services.entries_check import check_entries, check_files, poster_of, sheet_of
from judgeapp.system.files import sha256_of
from judgeapp.system.progress import Cancelled
from tests.entries_kit import OUTLINE, add_people, small_clips
from tests.refused import refused

DATA = Path(__file__).parent.parent / "data"
PRELIMINARY = RoundId("preliminary")


@pytest.fixture
def app(contest: Context) -> Context:
    add_people(contest)
    return contest


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Small clips, all different; made once."""
    return small_clips(tmp_path_factory.mktemp("clips"), 4)


@pytest.fixture
def folder(tmp_path: Path, clips: list[Path]) -> Path:
    """What came in: two sure clips, a doubtful one, a copy, outlines, rubbish."""
    folder = tmp_path / "nhận về"
    (folder / "04").mkdir(parents=True)
    shutil.copy(clips[0], folder / "01.mp4")
    shutil.copy(clips[0], folder / "01 (1).mp4")
    shutil.copy(clips[1], folder / "Pham Quoc Dat - clip du thi.MP4")
    shutil.copy(clips[2], folder / "Tran Thi Thu Ha.mp4")
    shutil.copy(clips[3], folder / "04" / "clip.mp4")
    (folder / "Lò Thị Én_đề cương.docx").write_bytes(outline_docx(OUTLINE))
    (folder / "02.pdf").write_bytes(outline_pdf(OUTLINE))
    (folder / "02.mp4.crdownload").write_bytes(b"half")
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def by_file(report: AttachReport) -> dict[str, HandedIn]:
    return {file.file: file for file in report.files}


def media(app: Context) -> list[str]:
    return sorted(path.name for path in (app.folder / "media").iterdir())


@dataclass
class StopAt:
    """Stops a work at its n-th sign of progress."""

    number: int
    seen: list[tuple[int, int, str]] = field(default_factory=list)

    def __call__(self, done: int, total: int, what: str = "") -> None:
        self.seen.append((done, total, what))
        if len(self.seen) >= self.number:
            raise Cancelled


# --- attach --------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing(app: Context, folder: Path) -> None:
    report = plan_attach(app, folder=folder)
    assert media(app) == []
    assert list_entries(app).files == ()
    found = by_file(report)
    assert (report.round.id, report.attached) == ("preliminary", 0)
    assert found["01.mp4"].taken
    assert (found["01.mp4"].contestant, found["01.mp4"].part) == ("01", "presentation")
    assert found["01 (1).mp4"].same_as == "01.mp4"
    assert found["Pham Quoc Dat - clip du thi.MP4"].contestant == "02"
    assert found["Tran Thi Thu Ha.mp4"].ask_among == ("03", "04")
    assert found["04/clip.mp4"].contestant == "04"
    assert found["Lò Thị Én_đề cương.docx"].part == "outline"
    assert found["02.mp4.crdownload"].question == "unfinished"
    assert found["Thumbs.db"].ignored == "system_file"


def test_attaching_copies_what_is_sure(app: Context, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    outcome = attach(app, folder=folder)
    assert outcome.changed == {Kind.ENTRIES}
    assert outcome.value.attached == 5
    assert media(app) == ["c0001.mp4", "c0002.mp4", "c0003.mp4", "d0001.pdf", "d0002.docx"]
    for file in list_entries(app).files:
        stored = app.folder / "media" / file.stored_name
        assert sha256_of(stored) == file.sha256
        assert stored.stat().st_size == file.size
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    with app.read() as u:
        last = u.contest.log_entries()[-1]
    assert (last.action, last.details["count"]) == ("entries.attached", 5)
    assert "Én" not in str(last.details)


def test_attaching_again_copies_nothing(app: Context, folder: Path) -> None:
    attach(app, folder=folder)
    again = attach(app, folder=folder)
    assert (again.value.attached, again.changed) == (0, frozenset())
    assert len(media(app)) == 5
    assert by_file(again.value)["01.mp4"].there


def test_an_answer_settles_a_doubt(app: Context, folder: Path) -> None:
    answers = {"Tran Thi Thu Ha.mp4": ContestantId("03")}
    report = attach(app, folder=folder, answers=answers).value
    assert report.attached == 6
    assert [question.file for question in report.questions] == ["02.mp4.crdownload"]
    again = attach(app, folder=folder).value  # remembered by its bytes
    assert by_file(again)["Tran Thi Thu Ha.mp4"].there


def test_answers_that_make_no_sense(app: Context, folder: Path) -> None:
    with refused("entries.unknown_contestant"):
        attach(app, folder=folder, answers={"01.mp4": ContestantId("99")})
    with refused("entries.no_such_answer"):
        attach(app, folder=folder, answers={"x.mp4": ContestantId("01")})
    assert media(app) == []


def test_a_second_different_file_is_asked_about_and_never_written_over(
    app: Context, folder: Path, clips: list[Path]
) -> None:
    attach(app, folder=folder)
    old = (app.folder / "media" / "c0001.mp4").read_bytes()
    shutil.copy(clips[3], folder / "01.mp4")
    report = attach(app, folder=folder).value
    assert by_file(report)["01.mp4"].question == "replaces"
    assert (app.folder / "media" / "c0001.mp4").read_bytes() == old
    (folder / "01.mp4").unlink()
    shutil.copy(clips[1], folder / "03.mp4")
    shutil.copy(clips[2], folder / "SBD 03.mp4")
    found = by_file(attach(app, folder=folder).value)
    assert {found[name].question for name in ("03.mp4", "SBD 03.mp4")} == {"two_files"}


def test_the_copy_has_the_ending_of_its_content(app: Context, tmp_path: Path) -> None:
    incoming = tmp_path / "in"
    incoming.mkdir()
    shutil.copy(DATA / "clips" / "c08_webm_named.mp4", incoming / "01.mp4")
    attach(app, folder=incoming)
    assert media(app) == ["c0001.webm"]


def test_stopping_keeps_whole_files_and_the_next_call_goes_on(app: Context, folder: Path) -> None:
    stop = StopAt(3)
    with pytest.raises(Cancelled):
        attach(app, folder=folder, progress=stop)
    files = list_entries(app).files
    assert len(files) == 2
    assert media(app) == sorted(file.stored_name for file in files)
    for file in files:
        assert sha256_of(app.folder / "media" / file.stored_name) == file.sha256
    assert attach(app, folder=folder).value.attached == 3


def test_a_copy_left_behind_by_a_power_cut_is_taken_up(
    app: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*arguments: object) -> frozenset[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(entries_attach, "_attach_copies", power_cut)
    with pytest.raises(KeyboardInterrupt):
        attach(app, folder=folder)
    monkeypatch.undo()
    left = media(app)
    assert len(left) == 5
    assert all(name.startswith(".in-") for name in left)
    assert list_entries(app).files == ()

    def no_copying(*arguments: object) -> None:
        raise AssertionError("copied again")

    monkeypatch.setattr(media_folder.MediaFolder, "_copy", no_copying)
    assert attach(app, folder=folder).value.attached == 5
    assert not any(name.startswith(".") for name in media(app))


def test_old_leftovers_are_removed(app: Context, folder: Path) -> None:
    place = app.folder / "media"
    for name, days in ((".in-abc.part", 2), (".in-def.part", 0)):
        (place / name).write_bytes(b"x")
        moment = app.machine.clock().timestamp() - days * 86_400
        os.utime(place / name, (moment, moment))
    attach(app, folder=folder)
    assert [name for name in media(app) if name.startswith(".")] == [".in-def.part"]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_nothing_half(
    call: str, app: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of call fails once, at its third use: what is attached is whole, no more."""
    uses = 0

    def third_fails(real: Callable[..., object]) -> Callable[..., object]:
        def tried(*arguments: object, **more: object) -> object:
            nonlocal uses
            uses += 1
            if uses == 3:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **more)

        return tried

    with monkeypatch.context() as patched:
        if call == "fsync":
            patched.setattr(os, "fsync", third_fails(os.fsync))
        elif call == "replace":
            patched.setattr(Path, "replace", third_fails(Path.replace))
        else:
            patched.setattr(media_folder, "_read", third_fails(media_folder._read))
        with refused("files.disk_full"):
            attach(app, folder=folder)
    stored = {file.stored_name: file.sha256 for file in list_entries(app).files}
    whole = [name for name in media(app) if not name.startswith(".in-")]
    assert sorted(stored) == whole
    assert all(sha256_of(app.folder / "media" / name) == stored[name] for name in whole)
    assert not any(name.endswith(".part") for name in media(app))
    assert attach(app, folder=folder).value.attached == 5 - len(stored)


def test_one_unreadable_file_stops_nothing(
    app: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def bad_sector(self: Path, *arguments: object, **more: object) -> object:
        if self.name == "02.pdf":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(self, *arguments, **more)  # type: ignore[call-overload]  # passed on

    monkeypatch.setattr(Path, "open", bad_sector)
    report = attach(app, folder=folder).value
    assert report.attached == 4
    assert by_file(report)["02.pdf"].question == "unreadable"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.timeout(60)
def test_a_pipe_among_the_files_stops_nothing(app: Context, folder: Path) -> None:
    (folder / "02.pdf").unlink()
    os.mkfifo(folder / "02.pdf")
    report = attach(app, folder=folder).value
    assert report.attached == 4
    assert by_file(report)["02.pdf"].question == "unreadable"
    assert attach(app, folder=folder).value.attached == 0


def test_a_file_that_grows_while_it_is_copied(app: Context, folder: Path) -> None:
    """A download that goes on: copying ends at the size it began with, and says so."""
    real = media_folder._read

    def growing(reader: BinaryIO, name: str) -> bytes:
        piece = real(reader, name)
        if name == "01.mp4":
            with (folder / "01.mp4").open("ab") as file:
                file.write(b"more and more" * 1000)
        return piece

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(media_folder, "_read", growing)
        patched.setattr(media_folder, "_PIECE", 10_000)
        report = attach(app, folder=folder).value
    assert by_file(report)["01.mp4"].question == "unreadable"
    assert report.attached == 4
    assert len(media(app)) == 4


def test_equal_files_of_two_contestants_are_two_copies(
    app: Context, tmp_path: Path, clips: list[Path]
) -> None:
    incoming = tmp_path / "in"
    incoming.mkdir()
    for number in ("01", "02", "03"):
        shutil.copy(clips[0], incoming / f"{number}.mp4")
    assert attach(app, folder=incoming).value.attached == 3
    assert media(app) == ["c0001.mp4", "c0002.mp4", "c0003.mp4"]


def test_no_room_is_told_before_the_first_byte(
    app: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(app.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=1000))
    with refused("entries.no_room"):
        attach(app, folder=folder)
    assert media(app) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed(app: Context, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    shutil.copy(folder / "01.mp4", secret / "03.mp4")
    (folder / "03.mp4").symlink_to(secret / "03.mp4")
    (folder / "03").symlink_to(secret)
    found = by_file(plan_attach(app, folder=folder))
    assert (found["03.mp4"].ignored, found["03"].ignored) == ("link", "link")
    assert "03/03.mp4" not in found


def test_folders_that_are_none_or_our_own(app: Context, tmp_path: Path) -> None:
    with refused("entries.no_such_folder"):
        attach(app, folder=tmp_path / "nowhere")
    with refused("entries.own_folder"):
        attach(app, folder=app.folder / "media")


def test_too_many_files(app: Context, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries_attach, "MAX_FILES", 3)
    with refused("entries.too_many_files"):
        attach(app, folder=folder)


def test_somebody_else_attached_meanwhile(app: Context, folder: Path, clips: list[Path]) -> None:
    other = folder.parent / "other"
    other.mkdir()
    shutil.copy(clips[3], other / "01.mp4")

    def meanwhile(done: int, total: int, what: str = "") -> None:
        if (done, what) == (1, "02.pdf"):
            attach(app, folder=other)

    report = attach(app, folder=folder, progress=meanwhile).value
    found = by_file(report)
    assert found["01.mp4"].question == "replaces"
    assert report.attached == 4
    assert len(list_entries(app).files) == 5
    assert sorted(file.stored_name for file in list_entries(app).files) == media(app)


# --- replace -------------------------------------------------------------------------------------


def test_replacing_keeps_the_old_file(app: Context, folder: Path, clips: list[Path]) -> None:
    attach(app, folder=folder)
    outcome = replace_entry(
        app, contestant=ContestantId("01"), file=clips[3], reason="gửi lại vì mất tiếng"
    )
    assert outcome.changed == {Kind.ENTRIES}
    assert outcome.value.stored_name == "c0004.mp4"
    files = [file for file in list_entries(app).files if file.contestant == "01"]
    assert [file.stored_name for file in files] == ["d0002.docx", "c0004.mp4"]
    assert "c0001.mp4" in media(app)
    with app.read() as u:
        assert u.contest.log_entries()[-1].details["old"] == "c0001"


def test_what_cannot_be_replaced(app: Context, folder: Path, clips: list[Path]) -> None:
    attach(app, folder=folder)
    one, three = ContestantId("01"), ContestantId("03")
    with refused("entries.reason_missing"):
        replace_entry(app, contestant=one, file=clips[3], reason=" ")
    with refused("entries.no_such_file"):
        replace_entry(app, contestant=one, file=folder / "x.mp4", reason="x")
    with refused("entries.unknown_contestant"):
        replace_entry(app, contestant=ContestantId("99"), file=clips[3], reason="x")
    with refused("entries.nothing_to_replace"):
        replace_entry(app, contestant=three, file=clips[3], reason="x")
    with refused("entries.same_file"):
        replace_entry(app, contestant=one, file=clips[0], reason="x")
    with refused("entries.which_part"):
        replace_entry(app, contestant=one, file=folder / "Thumbs.db", reason="x")
    with refused("entries.which_part"):
        replace_entry(app, contestant=one, file=clips[3], reason="x", part_id="song")
    assert len(media(app)) == 5


# --- check ---------------------------------------------------------------------------------------


def test_checking_all(app: Context, folder: Path) -> None:
    shutil.copy(DATA / "clips" / "c10_empty.mp4", folder / "03 clip.mp4")
    attach(app, folder=folder)
    seen: list[tuple[int, int]] = []
    outcome = check_entries(app, progress=lambda done, total, what="": seen.append((done, total)))
    assert outcome.changed == {Kind.ENTRIES}
    assert seen[-1] == (6, 6)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    checks = {file.stored_name: file.check for file in outcome.value}
    assert all(check is not None for check in checks.values())
    clip = next(file for file in outcome.value if file.stored_name == "c0001.mp4")
    assert clip.check is not None
    assert clip.check.seconds == pytest.approx(1.0, abs=0.03)
    assert [p.code for p in clip.check.problems] == ["too_short"]
    empty = next(file for file in outcome.value if file.contestant == "03").check
    assert empty is not None
    assert [problem.code for problem in empty.problems] == ["empty"]
    for picture in (poster_of(app, clip), sheet_of(app, clip)):
        assert picture is not None
        assert picture.read_bytes().startswith(b"\xff\xd8\xff")
    outline = next(file for file in outcome.value if file.kind == "outline")
    assert poster_of(app, outline) is None
    assert list_entries(app).files == tuple(outcome.value)
    with app.read() as u:
        assert u.contest.log_entries()[-1].details == {"count": 6, "with_problems": 4}


def test_only_what_is_new_is_checked_unless_asked(app: Context, folder: Path) -> None:
    attach(app, folder=folder)
    check_entries(app)
    assert check_entries(app).changed == frozenset()
    assert check_entries(app, again=True).changed == {Kind.ENTRIES}


def test_measured_lengths_are_whole_seconds_cut_off(app: Context, folder: Path) -> None:
    attach(app, folder=folder)
    assert measured_seconds(app, round_id=PRELIMINARY) == {}
    check_entries(app)
    assert measured_seconds(app, round_id=PRELIMINARY) == {
        ("01", "presentation"): 1,
        ("02", "presentation"): 1,
        ("04", "presentation"): 1,
    }
    assert measured_seconds(app, round_id=RoundId("final")) == {}


def test_stopping_a_check_keeps_what_was_found_and_leaves_no_child(
    app: Context, folder: Path
) -> None:
    attach(app, folder=folder)
    done_so_far: list[int] = []

    def stop_after_one(done: int, total: int, what: str = "") -> None:
        done_so_far.append(done)
        if done >= 1:
            raise Cancelled

    begin = time.monotonic()
    with pytest.raises(Cancelled):
        check_entries(app, progress=stop_after_one)
    assert time.monotonic() - begin < 30
    checked = [file for file in list_entries(app).files if file.check is not None]
    assert 1 <= len(checked) < 5
    assert not any(name.endswith(".part") for name in media(app))
    assert not children_of_ours()
    check_entries(app)
    assert all(file.check is not None for file in list_entries(app).files)


def children_of_ours() -> list[int]:
    """Return processes whose parent is this one and that still run (Linux only)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text("utf-8", "replace").rsplit(")", 1)
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z" and "python" in name:
            found.append(int(status.parent.name))
    return found


def test_a_copy_that_vanished_stops_nothing(app: Context, folder: Path) -> None:
    attach(app, folder=folder)
    (app.folder / "media" / "c0001.mp4").unlink()
    files = check_entries(app).value
    assert all(file.check is not None for file in files)
    gone = next(file for file in files if file.stored_name == "c0001.mp4").check
    assert gone is not None
    assert (gone.opens, [p.code for p in gone.problems]) == (False, ["damaged"])


def test_what_is_missing(app: Context, folder: Path) -> None:
    attach(app, folder=folder)
    missing = {(item.contestant, item.part) for item in list_entries(app).missing}
    assert missing == {("03", "outline"), ("03", "presentation"), ("04", "outline")}


def test_files_without_a_contest(tmp_path: Path) -> None:
    clip, outline = DATA / "clips" / "c01_rotate_90.mp4", DATA / "outlines" / "o05_scan_only.pdf"
    reports = check_files(files=[clip, outline])
    assert [report.file for report in reports] == [str(clip), str(outline)]
    assert [report.check.kind for report in reports] == ["clip", "outline"]
    with refused("entries.no_such_file"):
        check_files(files=[clip, tmp_path / "x.mp4"])
    with refused("entries.no_such_file"):
        check_files(files=[tmp_path])
    assert check_files(files=[]) == []


def test_the_kind_of_a_contest_file_is_kept_in_the_store(app: Context, folder: Path) -> None:
    """A check survives the store whole, its exact numbers included."""
    attach(app, folder=folder)
    before = {file.id: file.check for file in check_entries(app).value}
    after = {file.id: file.check for file in list_entries(app).files}
    assert before == after
