"""Each doubt of an import answered by itself; nothing else is taken for an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.domain.doubts import Answer, DoubtKey
from judgeapp.services.context import Context
from judgeapp.services.people import import_contestants, list_people, preview_import
from judgeapp.services.people_preview import Answers, ImportPreview
from tests.formats.sheet_kit import Rows
from tests.refused import refused
from tests.services.sheets import Sheets

HEADS = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Điện thoại"]
LIST: Rows = [
    HEADS,
    [1, "Lò Thị Én", "31/02/1988", "Chi bộ Hội Nông dân", None],
    [2, "Ma Văn Thử", "1979", "Chi bộ Hội Nông dân", None],
    [3, "Lý Văn Mai", "05/1990", "Chi bộ Hội Nông dâm", None],
    [4, "Y Bhĭm Êban", "30/04/1993", "Chi bộ Kho bạc", "0912345678"],
    [5, "Y Bhĭm Êban", "30/04/1993", "Chi bộ Kho bạc", "0912345678"],
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Sheets(tmp_path).write(LIST)


def keys(preview: ImportPreview) -> dict[str, DoubtKey]:
    """Return what needs an answer, by code."""
    return {item.code: item.key for item in preview.doubts if item.needs_answer}


def stored(app: Context, file: Path, answers: Answers) -> list[tuple[str, str | None, str | None]]:
    report = import_contestants(app, file=file, answers=answers).value
    assert report.import_id is not None
    return [(x.contestant.name, x.contestant.birth, x.unit) for x in list_people(app)]


def test_each_doubt_waits_for_its_own_answer(contest: Context, file: Path) -> None:
    asked = keys(preview_import(contest, file=file))
    assert set(asked) == {"birth_impossible", "unit_near", "same_person"}
    answers: dict[DoubtKey, Answer] = {}
    for left, key in zip((2, 1, 0), asked.values(), strict=True):
        assert import_contestants(contest, file=file, answers=answers).value.import_id is None
        answers[key] = Answer("accept")
        preview = preview_import(contest, file=file, answers=answers)
        assert sum(item.needs_answer for item in preview.doubts) == left
    assert stored(contest, file, answers) == [
        ("Lò Thị Én", None, "Chi bộ Hội Nông dân"),
        ("Ma Văn Thử", "1979", "Chi bộ Hội Nông dân"),
        ("Lý Văn Mai", "1990-05", "Chi bộ Hội Nông dân"),
        ("Y Bhĭm Êban", "1993-04-30", "Chi bộ Kho bạc"),
    ]


def test_what_a_person_says_is_stored_instead_of_the_proposals(
    contest: Context, file: Path
) -> None:
    asked = keys(preview_import(contest, file=file))
    answers = {
        asked["birth_impossible"]: Answer("value", "28/02/1988"),
        asked["unit_near"]: Answer("keep"),
        asked["same_person"]: Answer("keep"),
    }
    assert stored(contest, file, answers) == [
        ("Lò Thị Én", "1988-02-28", "Chi bộ Hội Nông dân"),
        ("Ma Văn Thử", "1979", "Chi bộ Hội Nông dân"),
        ("Lý Văn Mai", "1990-05", "Chi bộ Hội Nông dâm"),
        ("Y Bhĭm Êban", "1993-04-30", "Chi bộ Kho bạc"),
        ("Y Bhĭm Êban", "1993-04-30", "Chi bộ Kho bạc"),
    ]


def test_rows_can_be_left_out_and_taken_again(contest: Context, file: Path) -> None:
    asked = keys(preview_import(contest, file=file))
    preview = preview_import(
        contest, file=file, answers={asked["birth_impossible"]: Answer("skip")}
    )
    assert preview.left_out == {(asked["birth_impossible"].sheet, 2)}
    assert next(row.name for row in preview.rows) == "Lò Thị Én"
    assert len(preview.registration.placements) == 3
    assert preview_import(contest, file=file).left_out == frozenset()


def test_another_organisation_can_be_named(contest: Context, file: Path) -> None:
    asked = keys(preview_import(contest, file=file))
    answers = {key: Answer("accept") for key in asked.values()}
    answers[asked["unit_near"]] = Answer("value", "Chi bộ Kho bạc")
    assert ("Lý Văn Mai", "1990-05", "Chi bộ Kho bạc") in stored(contest, file, answers)


def test_known_values_can_be_kept(contest: Context, file: Path, tmp_path: Path) -> None:
    import_contestants(contest, file=file, accept=True)
    newer = Sheets(tmp_path).write(
        [HEADS, [2, "Ma Văn Thử", "1979", "Chi bộ Kho bạc", "0987654321"]], name="moi.xlsx"
    )
    asked = [item for item in preview_import(contest, file=newer).doubts if item.needs_answer]
    assert {item.field for item in asked} == {"unit", "phone"}
    answers = {item.key: Answer("keep" if item.field == "unit" else "accept") for item in asked}
    assert import_contestants(contest, file=newer, answers=answers).value.written == 1
    person = next(x for x in list_people(contest) if x.contestant.name == "Ma Văn Thử")
    assert (person.unit, person.contestant.phone) == ("Chi bộ Hội Nông dân", "0987654321")


def test_answers_that_make_no_sense_are_refused(contest: Context, file: Path) -> None:
    asked = keys(preview_import(contest, file=file))
    with refused("people.answer_unfit"):
        preview_import(contest, file=file, answers={asked["same_person"]: Answer("value", "x")})
    with refused("people.typed_birth"):
        preview_import(
            contest, file=file, answers={asked["birth_impossible"]: Answer("value", "30/02/1988")}
        )


def test_a_file_that_changed_since_it_was_looked_at_is_not_imported(
    contest: Context, file: Path, tmp_path: Path
) -> None:
    seen = preview_import(contest, file=file).source.sha256
    Sheets(tmp_path).write([HEADS, [1, "Lò Thị Én", "1988", "Chi bộ Kho bạc", None]])
    with refused("people.file_changed"):
        import_contestants(contest, file=file, seen=seen)
    assert list_people(contest) == ()
