"""Entry files: which part takes what, what rules say of a check, and what becomes of files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from judgeapp.domain.contest import Aggregate, Part, Round
from judgeapp.domain.entries import (
    NOTES,
    PROBLEM_CODES,
    CheckResult,
    FileRules,
    Problem,
    clock_text,
    held_to,
    in_order,
    kind_taken,
    parts_taking,
    rules_of,
)
from judgeapp.domain.handing_in import Content, HandedIn, Place, first_look, settle
from judgeapp.domain.ids import ContestantId, PartId, RoundId
from judgeapp.domain.matching import NameMatch
from judgeapp.services.contest import presets

# --- parts and rules -----------------------------------------------------------------------------


def test_parts_of_the_presets_take_what_their_contests_collect() -> None:
    taken = {
        (preset.id, str(held.id), str(part.id)): kind_taken(part)
        for preset in presets()
        for held in preset.definition.rounds
        for part in held.parts
    }
    assert taken["bao-cao-vien-gioi", "preliminary", "outline"] == "outline"
    assert taken["bao-cao-vien-gioi", "preliminary", "presentation"] == "clip"
    outlines = {key[2] for key, kind in taken.items() if kind == "outline"}
    nothing = {key[2] for key, kind in taken.items() if kind is None}
    assert outlines == {"outline"}
    assert nothing == {"knowledge"}


def a_part(id: str, **rules: int | bool) -> Part:
    part = next(p for p in presets()[0].definition.rounds[0].parts if p.id == "presentation")
    bare = replace(part, id=PartId(id), vi=id, en=id, min_s=None, max_s=None, max_pages=None)
    return replace(bare, **rules)  # type: ignore[arg-type]  # fields by name


def a_round(*parts: Part) -> Round:
    return Round(RoundId("r"), "", "", Aggregate(), parts, (), 5, 1)


def test_clips_are_for_presentations() -> None:
    held = a_round(a_part("talk", min_s=60, max_s=90), a_part("answers", max_s=300))
    assert [part.id for part in parts_taking("clip", held)] == ["talk"]
    held = a_round(a_part("song"), a_part("sketch"), a_part("quiz", objective=True))
    assert [part.id for part in parts_taking("clip", held)] == ["song", "sketch"]
    assert parts_taking("outline", held) == []
    assert rules_of(held.parts[0]) == FileRules()


@pytest.mark.parametrize(
    ("seconds", "codes"),
    [
        (419.999, ["too_short"]),  # 419 whole seconds
        (420.0, []),
        (600.999, []),  # cut off to 600
        (601.0, ["too_long"]),
    ],
)
def test_lengths_count_in_whole_seconds(seconds: float, codes: list[str]) -> None:
    result = held_to(CheckResult("clip", opens=True, seconds=seconds), FileRules(420, 600), size=1)
    assert [problem.code for problem in result.problems] == codes
    assert result.usable == (not codes)


def test_pages_and_size() -> None:
    rules = FileRules(max_pages=12, max_bytes=5 << 20)
    fine = held_to(CheckResult("outline", opens=True, pages=12), rules, size=5 << 20)
    assert fine.problems == ()
    bad = held_to(CheckResult("outline", opens=True, pages=13), rules, size=(5 << 20) + 1)
    assert [p.code for p in bad.problems] == ["too_large", "too_many_pages"]
    assert bad.problems[1].params == {"pages": "13", "limit": "12"}
    unknown = held_to(CheckResult("outline", opens=True), rules, size=1)
    assert unknown.problems == ()


def test_rules_change_nothing_that_was_found() -> None:
    found = CheckResult("clip", opens=True, seconds=5.0, problems=(Problem("cut", 1.0),))
    held = held_to(found, FileRules(min_s=10), size=1)
    assert [p.code for p in held.problems] == ["too_short", "cut"]
    assert held_to(found, FileRules(), size=1) == found


def test_a_problem_names_its_sentence() -> None:
    assert Problem("silent").text_key == "entries.problem.silent"
    assert Problem("silent", variant="from_place").text_key == "entries.problem.silent.from_place"


def test_clock_text() -> None:
    assert [clock_text(s) for s in (0, 59.99, 60, 400, 3600)] == [
        "0:00", "0:59", "1:00", "6:40", "1:00:00",
    ]  # fmt: skip


def test_problems_stand_from_bad_to_good() -> None:
    mixed = [Problem("cut", 9.0), Problem("black", 5.0), Problem("empty"), Problem("black", 1.0)]
    ordered = in_order(mixed)
    assert [(p.code, p.at) for p in ordered] == [
        ("empty", None), ("black", 1.0), ("black", 5.0), ("cut", 9.0),
    ]  # fmt: skip
    assert set(PROBLEM_CODES) >= NOTES


# --- what becomes of files -----------------------------------------------------------------------

HELD = a_round(a_part("outline", max_pages=12), a_part("presentation", min_s=60))
CLIP = PartId("presentation")


def handed(file: str, contestant: str | None = "10", *among: str) -> HandedIn:
    known = ContestantId(contestant) if contestant else None
    return first_look(file, NameMatch("clip", known, tuple(map(ContestantId, among))), HELD)


def content(text: str) -> Content:
    return Content(len(text), lambda: text)


def settled(
    contents: dict[str, str],
    *files: HandedIn,
    attached: dict[Place, tuple[str, Content]] | None = None,
    answered: set[str] | None = None,
) -> dict[str, HandedIn]:
    found = settle(
        files,
        {file: content(text) for file, text in contents.items()},
        attached or {},
        frozenset(answered or ()),
    )
    assert [file.file for file in found] == [file.file for file in files]
    return {file.file: file for file in found}


def test_part_by_kind_or_by_name() -> None:
    assert handed("10.mp4").part == CLIP
    assert first_look("x.pdf", NameMatch("outline"), HELD).part == "outline"
    two = a_round(a_part("song"), a_part("sketch"))
    known = NameMatch("clip", ContestantId("10"))
    assert first_look("10.mp4", known, two).question == "which_part"
    assert first_look("10 sketch.mp4", known, two).part == "sketch"
    assert first_look("song/10.mp4", known, two).question == "which_part"
    pdf = NameMatch("outline", ContestantId("10"))
    assert first_look("10.pdf", pdf, two).question == "no_part"


def test_unfinished_and_ignored_are_not_taken() -> None:
    unfinished = first_look("x", NameMatch("unfinished", ContestantId("10")), HELD)
    assert (unfinished.question, unfinished.taken) == ("unfinished", False)
    ignored = first_look("x", NameMatch(None, ignored="system_file"), HELD)
    assert (ignored.question, ignored.taken) == (None, False)


def test_a_copy_with_equal_bytes_is_no_question() -> None:
    found = settled({"10 (1).mp4": "a", "10.mp4": "a"}, handed("10 (1).mp4"), handed("10.mp4"))
    assert found["10.mp4"].taken
    assert found["10 (1).mp4"].same_as == "10.mp4"
    assert not found["10 (1).mp4"].taken


def test_two_different_files_are_asked_about() -> None:
    files = handed("10 (1).mp4"), handed("10.mp4")
    bytes_ = {"10 (1).mp4": "a", "10.mp4": "b"}
    found = settled(bytes_, *files)
    assert {file.question for file in found.values()} == {"two_files"}
    chosen = settled(bytes_, *files, answered={"10 (1).mp4"})
    assert chosen["10 (1).mp4"].taken
    assert chosen["10.mp4"].question == "two_files"
    both = settled(bytes_, *files, answered=set(bytes_))
    assert not any(file.taken for file in both.values())


def test_what_is_attached_is_never_overwritten() -> None:
    place: dict[Place, tuple[str, Content]] = {(CLIP, ContestantId("10")): ("old", content("a"))}
    found = settled({"10.mp4": "b"}, handed("10.mp4"), attached=place, answered={"10.mp4"})
    assert found["10.mp4"].question == "replaces"
    again = settled({"10.mp4": "a"}, handed("10.mp4"), attached=place)
    assert (again["10.mp4"].there, again["10.mp4"].same_as) == (True, "old")
    assert not again["10.mp4"].taken


def test_a_doubtful_file_that_is_attached_is_not_asked_about_again() -> None:
    place: dict[Place, tuple[str, Content]] = {(CLIP, ContestantId("04")): ("old", content("a"))}
    file = handed("Tran Thi Thu Ha.mp4", None, "03", "04")
    found = settled({file.file: "a"}, file, attached=place)[file.file]
    assert (found.there, found.contestant, found.question) == (True, "04", None)
    other = settled({file.file: "b"}, file, attached=place)[file.file]
    assert (other.there, other.question) == (False, "whose")


def test_an_unreadable_file_is_asked_about() -> None:
    assert settled({}, handed("10.mp4"))["10.mp4"].question == "unreadable"


def test_hashes_are_asked_for_only_where_sizes_are_equal() -> None:
    def never() -> str:
        raise AssertionError("no need to read the file")

    contents = {"10.mp4": Content(1, never), "10 (1).mp4": Content(2, never)}
    found = settle([handed("10.mp4"), handed("10 (1).mp4")], contents, {})
    assert {file.question for file in found} == {"two_files"}
