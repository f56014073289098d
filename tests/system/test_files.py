"""Files are written whole or not at all, and named so that Windows takes the name."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.system import files
from judgeapp.system.files import (
    MAX_NAME_LENGTH,
    cannot_write,
    flush_to_disk,
    is_device_name,
    safe_copy_name,
    safe_name,
    sha256_of,
    write_atomically,
)
from judgeapp.system.texts import load_texts
from tests.refused import refused

CASES = Path(__file__).resolve().parent.parent / "data" / "ui" / "u04_file_names.json"
WISHES = [case["text"] for case in json.loads(CASES.read_text(encoding="utf-8"))["wishes"]]

# learn.microsoft.com/windows/win32/fileio/naming-a-file, typed from there and not from our code
FORBIDDEN = '<>:"/\\|?*'
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{device}{digit}" for device in ("COM", "LPT") for digit in "0123456789¹²³"
}


def is_legal(name: str) -> bool:
    """Tell whether Windows takes a name, by the rules as Microsoft writes them."""
    return (
        name not in ("", ".", "..")
        and not any(char in FORBIDDEN or ord(char) < 32 for char in name)
        and name[-1] not in " ."
        and name.split(".")[0].rstrip(" ").upper() not in RESERVED
    )


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_each_wish_gets_a_legal_name(wish: str, ending: str) -> None:
    name = safe_name(wish, ending=ending)
    assert is_legal(name)
    assert len(name) <= 120
    assert name.endswith(ending)


def test_all_wishes_together_get_different_names() -> None:
    taken: list[str] = []
    for wish in [*WISHES, *(wish.upper() for wish in WISHES), *WISHES]:
        taken.append(safe_name(wish, ending=".pdf", taken=taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    assert all(is_legal(name) and len(name) <= 120 for name in taken)


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Lê Nul", "Lê Nul"),
        ("Nguyễn A/B", "Nguyễn A-B"),
        ("Đơn vị: Tổ 1", "Đơn vị- Tổ 1"),
        ("tên. ", "tên"),
        ("giấy khen\u202e", "giấy khen"),
        ("hai\ndòng", "hai dòng"),
        ("  nhiều   dấu cách ", "nhiều dấu cách"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("", "_"),
        ("..", "_"),
        (unicodedata.normalize("NFD", "Hội thi"), "Hội thi"),
    ],
)
def test_names_stay_readable(wish: str, name: str) -> None:
    assert safe_name(wish) == name


def test_equal_wishes_are_numbered_in_the_order_they_come() -> None:
    taken: list[str] = []
    for wish in ("Lê A", "LÊ A", "Lê A"):
        taken.append(safe_name(wish, ending=".pdf", taken=taken))
    assert taken == ["Lê A.pdf", "LÊ A (2).pdf", "Lê A (3).pdf"]


def test_a_long_name_leaves_room_for_its_number_and_ending() -> None:
    first = safe_name("ấ" * 300, ending=".pdf")
    second = safe_name("ấ" * 300, ending=".pdf", taken=[first])
    assert len(first) == len(second) == MAX_NAME_LENGTH
    assert second.endswith(" (2).pdf")


@given(st.text(max_size=200), st.sampled_from(["", ".pdf", ".tar.gz"]))
def test_any_text_gets_a_legal_name(wish: str, ending: str) -> None:
    name = safe_name(wish, ending=ending)
    assert is_legal(name)
    assert len(name) <= MAX_NAME_LENGTH
    assert safe_name(wish, ending=ending) == name
    assert Path(name).name == name


@given(st.lists(st.sampled_from(["a", "A", "á", "con", "x" * 200, "a (2)"]), max_size=12))
def test_names_in_one_folder_never_meet(wishes: list[str]) -> None:
    taken: list[str] = []
    for wish in wishes:
        taken.append(safe_name(wish, ending=".pdf", taken=taken))
    assert len({name.casefold() for name in taken}) == len(taken)


@pytest.mark.parametrize(
    "name", ["con", "CON", "nul.mp4", "Aux.tar.gz", "COM1", "lpt9.txt", "com¹", "CONIN$", "nul "]
)
def test_device_names(name: str) -> None:
    assert is_device_name(name)


@pytest.mark.parametrize("name", ["cons", "Lê Nul", "com", "com10", "nul-1", "a.nul", ""])
def test_names_that_only_look_like_devices(name: str) -> None:
    assert not is_device_name(name)


def test_a_name_beside_one_that_is_taken() -> None:
    assert safe_copy_name("Danh sách.xlsx") == "Danh sách (2).xlsx"
    assert safe_copy_name("Danh sách") == "Danh sách (2)"


# --- writing ------------------------------------------------------------------------------------


def test_writing_and_writing_over(tmp_path: Path) -> None:
    target = tmp_path / "Hội thi.json"
    for content in (b"one", b"", bytes(3_000_000)):
        write_atomically(target, content)
        assert target.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["Hội thi.json"]


@pytest.mark.skipif(os.name == "nt", reason="rights of files are others there")
def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"x")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


CALLS: list[tuple[object, str]] = [
    (tempfile, "mkstemp"),
    (os, "fdopen"),
    (os, "fsync"),
    (Path, "chmod"),
    (Path, "replace"),
]


def failing(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, code: int, number: int
) -> None:
    real = getattr(owner, name)
    seen = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == number:
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[name for _, name in CALLS])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, code: int
) -> None:
    target = tmp_path / "a.json"
    write_atomically(target, b"old")
    expected = {
        errno.EIO: "files.cannot_write",
        errno.ENOSPC: "files.disk_full",
        errno.EACCES: "files.no_permission",
    }[code]
    with monkeypatch.context() as patched:
        failing(patched, owner, name, code, 1)
        with refused(expected) as caught:
            write_atomically(target, b"new")
    assert caught.value.file == str(target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_person_who_stops_it_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    write_atomically(tmp_path / "a", b"old")
    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_content_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def note_replace(self: Path, target: Path) -> Path:
        steps.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    write_atomically(tmp_path / "a", b"x")
    assert steps == ["file", "name", "folder"]


@pytest.mark.parametrize(
    ("parent", "code"), [("no", "files.folder_missing"), ("file", "files.not_a_folder")]
)
def test_a_folder_that_is_not_there(tmp_path: Path, parent: str, code: str) -> None:
    (tmp_path / "file").touch()
    with refused(code):
        write_atomically(tmp_path / parent / "a", b"x")


def test_a_folder_stands_where_the_file_should(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with refused("files.name_taken") as caught:
        write_atomically(tmp_path / "a", b"x")
    assert caught.value.params["free"] == "a (2)"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "files.disk_full"),
        (errno.EDQUOT, "files.disk_full"),
        (errno.EFBIG, "files.too_large_for_disk"),
        (errno.EROFS, "files.no_permission"),
        (errno.EPERM, "files.no_permission"),
        (errno.ENOENT, "files.folder_missing"),
        (errno.ENOTDIR, "files.not_a_folder"),
        (errno.EEXIST, "files.name_taken"),
        (errno.EISDIR, "files.name_taken"),
        (None, "files.cannot_write"),
    ],
)
def test_each_reason_has_its_words(number: int | None, code: str) -> None:
    error = cannot_write(Path("Danh sách.xlsx"), OSError(number, ""))
    assert error.code == code
    assert load_texts("vi").error(error) != load_texts("en").error(error)
    assert error.params["free"] == "Danh sách (2).xlsx"


def test_a_file_that_is_open_in_a_spreadsheet_program() -> None:
    class OpenElsewhere(PermissionError):
        winerror = 32

    error = cannot_write(Path("a"), OpenElsewhere(errno.EACCES, ""))
    assert error.code == "files.cannot_write"


def test_flushing_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        flush_to_disk(tmp_path / "no")
    flush_to_disk(tmp_path)


# --- hashes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, files._CHUNK, files._CHUNK + 1])
def test_hashes_are_those_of_the_whole_file(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"x" * size).hexdigest()
