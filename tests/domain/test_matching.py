"""Names of files against contestants: the case, more of its kind, and laws."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.file_names import is_system_folder, kind_of_ending, stem_words, take_apart
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.matching import Candidate, Matcher, NameMatch

CASE = json.loads(
    (Path(__file__).parent.parent / "data" / "ui" / "u02_match_files.json").read_text("utf-8")
)
KINDS = {"unfinished download": "unfinished"}


def candidates(*more: Candidate) -> list[Candidate]:
    known = [Candidate(ContestantId(c["id"]), c["name"], c["unit"]) for c in CASE["contestants"]]
    return [*known, *more]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(candidates())


@pytest.mark.parametrize("file", CASE["files"], ids=lambda file: file["name"])
def test_the_case(matcher: Matcher, file: dict[str, Any]) -> None:
    found = matcher.match(file["name"])
    assert found.contestant == file["sure"]
    assert list(found.ask_among) == (file["ask_among"] or [])
    assert (found.ignored is not None) == file["ignore"]
    assert found.kind == KINDS.get(file["kind"], file["kind"])


def test_the_case_is_there_whole() -> None:
    sure = sum(file["sure"] is not None for file in CASE["files"])
    ask = sum(file["ask_among"] is not None for file in CASE["files"])
    ignored = sum(file["ignore"] for file in CASE["files"])
    assert (len(CASE["files"]), sure, ask, ignored) == (17, 8, 6, 3)


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("12.mp4", "12"),
        ("SBD12.mp4", "12"),
        ("sbd_12.pdf", "12"),
        ("Số báo danh 12.docx", "12"),
        ("1.mp4", "01"),
        ("clip_12.mp4", "12"),
        ("12 - Ly Thi May.pdf", "12"),
        ("Bài dự thi số 12 - Lý Thị Mây - Chi bộ Bưu điện.mp4", "12"),
        ("thuyet trinh 12 (bản 2).mp4", "12"),
        ("de cuong 12 v2.docx", "12"),
        ("12 Mây.mp4", "12"),
        ("PhamQuocDat_declip.mp4", "02"),
        ("phamquocdat.pdf", "02"),
        ("HOANG THUY DUNG.MOV", "21"),
        ("Hoàng Thùy Dung.mp4", "21"),  # the other tone placement
        ("Hoàng Thuỳ Dung 2.mp4", "21"),
        ("Đ/c Vũ Văn Ổn.mp4", "10"),
        ("Trần Thị Thu Hà 03.mp4", "03"),
        ("Tran Thi Thu Ha - xa Ban Moi.mp4", "04"),
        ("Lo Thi En 12.9.2021.mp4", "01"),
        ("10_Vu Van On - Copy.mp4", "10"),
    ],
)
def test_sure(matcher: Matcher, name: str, sure: str) -> None:
    for form in ("NFC", "NFD"):
        found = matcher.match(unicodedata.normalize(form, name))
        assert (found.contestant, found.ask_among) == (sure, ())


@pytest.mark.parametrize(
    ("name", "among"),
    [
        ("11 - Lý Thị Mây.mp4", ["11", "12"]),  # number and name speak against each other
        ("2. Lò Thị Én.mp4", ["01", "02"]),
        ("12 Mẩy.mp4", ["11", "12"]),
        ("10-2.mp4", ["02", "10"]),
        ("Lý Thị Mậy.pdf", ["11", "12"]),  # another tone than either
        ("Pham Quoc Dart.mp4", ["02"]),
        ("Đảng bộ xã Nà Mây.mp4", ["01", "02"]),
        ("Dung.mp4", ["21"]),
        ("12_clip gioi thieu.mp4", ["12"]),
        ("IMG_0012.MOV", []),  # a camera's counter
        ("video_2021-09-12_10-11-12.mp4", []),
        ("20211210.mp4", []),
        ("07_2.mp4", []),
        ("12a.mp4", []),
        ("99.mp4", []),
        ("12345.mp4", []),
        ("(1).mp4", []),
        ("v1.mp4", []),
        ("Unconfirmed 12345.crdownload", []),
    ],
)
def test_asked(matcher: Matcher, name: str, among: list[str]) -> None:
    found = matcher.match(name)
    assert (found.contestant, list(found.ask_among)) == (None, among)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (".DS_Store", "system_file"),
        ("desktop.ini", "system_file"),
        (".~lock.01.docx#", "lock_file"),
        (".hidden.mp4", "hidden_file"),
        ("anh 01.jpg", "other_kind"),
        ("danh sach.xlsx", "other_kind"),
        ("01", "other_kind"),
    ],
)
def test_passed_over(matcher: Matcher, name: str, why: str) -> None:
    assert matcher.match(name) == NameMatch(None, ignored=why)  # type: ignore[arg-type]  # a text


def test_a_folder_speaks_where_the_file_does_not(matcher: Matcher) -> None:
    assert matcher.match("clip.mp4", "10 - Vu Van On").contestant == "10"
    assert matcher.match("clip.mp4", "Lò Thị Én").contestant == "01"
    assert matcher.match("02.mp4", "Lò Thị Én").contestant == "02"
    assert matcher.match("clip.mp4", "Mới nhận") == NameMatch("clip")


def test_the_word_for_a_number_without_one_says_nothing(matcher: Matcher) -> None:
    assert matcher.match("SBD.mp4") == NameMatch("clip")
    assert matcher.match("SBD Lò Thị Én.mp4").contestant == "01"


def test_somebody_without_a_name_is_found_by_number() -> None:
    matcher = Matcher([Candidate(ContestantId("7"), "", "")])
    assert matcher.match("07.mp4").contestant == "7"
    assert matcher.match("abc.mp4") == NameMatch("clip")


@pytest.mark.parametrize(
    ("folder", "own"), [("__MACOSX", True), (".git", True), ("$RECYCLE.BIN", True), ("01", False)]
)
def test_folders_of_a_system(folder: str, own: bool) -> None:
    assert is_system_folder(folder) == own


def test_the_longer_name_is_meant() -> None:
    people = candidates(
        Candidate(ContestantId("31"), "Trần Thị Hà", "Chi bộ A"),
        Candidate(ContestantId("32"), "Trần Thị Hà My", "Chi bộ B"),
    )
    matcher = Matcher(people)
    assert matcher.match("Trần Thị Hà My.mp4").contestant == "32"
    assert matcher.match("Tran Thi Ha.mp4").contestant == "31"


def test_another_organisation_is_a_doubt() -> None:
    people = candidates(Candidate(ContestantId("31"), "Mạc Văn Sóng", "Chi bộ Kho lưu trữ tỉnh"))
    found = Matcher(people).match("Lò Thị Én - Kho lưu trữ tỉnh.mp4")
    assert (found.contestant, found.ask_among) == (None, ("01",))


def test_numbers_with_letters() -> None:
    matcher = Matcher([Candidate(ContestantId("BCV-07"), "Lò Thị Én", "Chi bộ A")])
    assert matcher.match("BCV-07.mp4").contestant == "BCV-07"
    assert matcher.match("bcv7 clip.mp4").contestant == "BCV-07"
    assert matcher.match("07.mp4").contestant is None


# --- laws ----------------------------------------------------------------------------------------

WORDS = ["Lò", "Thị", "Én", "Phạm", "Quốc", "Đạt", "Mẩy", "Mây", "Thuỳ", "Dung", "Hà", "Nam"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join)
GROUPS = st.lists(NAMES, min_size=1, max_size=12).map(
    lambda names: [
        Candidate(ContestantId(f"{number:02}"), name, "") for number, name in enumerate(names, 1)
    ]
)


@given(GROUPS, st.text(max_size=60))
def test_any_text_has_an_answer_about_people_of_the_contest(
    people: list[Candidate], text: str
) -> None:
    found = Matcher(people).match(text + ".mp4")
    ids = {person.id for person in people}
    assert found.contestant is None or found.contestant in ids
    assert set(found.ask_among) <= ids
    assert list(found.ask_among) == sorted(set(found.ask_among))
    assert not (found.sure and found.ask_among)
    assert not (found.ignored and (found.sure or found.ask_among))


@given(GROUPS, st.data())
def test_number_and_name_together_are_sure(people: list[Candidate], data: st.DataObject) -> None:
    person = data.draw(st.sampled_from(people))
    for name in (f"{person.id} - {person.name}.mp4", f"SBD {person.id}_{person.name}.pdf"):
        assert Matcher(people).match(name).contestant == person.id


@given(GROUPS, st.data())
def test_a_name_alone_never_points_at_somebody_else(
    people: list[Candidate], data: st.DataObject
) -> None:
    """With or without diacritics: sure is the right one, else the right one is among the asked."""
    person = data.draw(st.sampled_from(people))
    bare = "".join(
        c for c in unicodedata.normalize("NFD", person.name) if not unicodedata.combining(c)
    )
    for name in (person.name, bare.replace("Đ", "D").replace("đ", "d")):
        found = Matcher(people).match(f"{name}.mp4")
        assert found.contestant == person.id or person.id in found.ask_among


@given(st.text(max_size=80))
def test_any_name_can_be_taken_apart(name: str) -> None:
    parts = take_apart(name)
    assert (parts.kind is None) == (parts.ignored is not None)
    assert all(word.bare == word.bare.casefold() for word in parts.words)


def test_words_of_a_stem() -> None:
    assert [w.bare for w in stem_words("LòThịÉn_ThuyếtTrình SBD12 (1)")] == [
        "lo", "thi", "en", "thuyet", "trinh", "sbd", "12",
    ]  # fmt: skip


@pytest.mark.parametrize(("ending", "kind"), [("MP4", "clip"), ("docx", "outline"), ("jpg", None)])
def test_kinds(ending: str, kind: str | None) -> None:
    assert kind_of_ending(ending) == kind
