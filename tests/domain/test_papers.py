"""The office's facts for its papers: read as typed, kept as said, nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from judgeapp.domain.errors import BadInput
from judgeapp.domain.papers import MAX_LENGTH, Paper, Papers, papers_body, papers_from

BODY: dict[str, object] = {
    "contest_title": "Hội thi thử năm 2026",
    "superior": "Tỉnh ủy  Sông Mây",
    "giver": "Đảng ủy các cơ quan\ntỉnh Sông Mây",
    "place": "Sông Mây",
    "signed_on": "05/12/2026",
    "commendation": {
        "authority": "T/M Ban Thường vụ",
        "post": "Phó Bí thư",
        "decision_number": "118-QĐ/ĐU",
        "decision_date": date(2026, 12, 4),
    },
    "certificate": {"giver": "Ban Tổ chức Hội thi", "post": "Trưởng Ban Tổ chức"},
}


def test_each_paper_has_its_own_facts_over_those_of_both() -> None:
    papers = papers_from(BODY)
    commendation, certificate = papers.paper("commendation"), papers.paper("certificate")
    assert papers.contest_title == "Hội thi thử năm 2026"
    assert commendation.giver == "Đảng ủy các cơ quan\ntỉnh Sông Mây"
    assert certificate.giver == "Ban Tổ chức Hội thi"
    assert commendation.superior == certificate.superior == "Tỉnh ủy Sông Mây"
    assert commendation.signed_on == certificate.signed_on == date(2026, 12, 5)
    assert (commendation.decision_date, certificate.decision_date) == (date(2026, 12, 4), None)
    assert certificate.signer is None


def test_nothing_said_is_nothing_known() -> None:
    assert papers_from({}) == Papers()
    assert papers_from({"giver": "  ", "signed_on": "", "certificate": None}) == Papers()
    assert Papers().paper("certificate") == Paper()


def test_what_was_read_is_written_and_read_again() -> None:
    papers = papers_from(BODY)
    assert papers_from(papers_body(papers)) == papers
    assert papers_body(Papers()) == {}


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-12-05", "5/12/2026", "05.12.2026", "05-12-2026"),
        date(2026, 12, 5),
        datetime(2026, 12, 5, 9, tzinfo=UTC),
    ],
)
def test_dates_are_day_first_or_iso(typed: object) -> None:
    assert papers_from({"signed_on": typed}).both.signed_on == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ({"gver": "x"}, "awards.paper_unknown_key", "gver"),
        ({"certificate": {"sign": "x"}}, "awards.paper_unknown_key", "certificate.sign"),
        ({"certificate": "x"}, "awards.paper_not_a_group", "certificate"),
        ({"giver": ["x"]}, "awards.paper_not_text", "giver"),
        ({"giver": 1.5}, "awards.paper_not_text", "giver"),
        ({"giver": True}, "awards.paper_not_text", "giver"),
        ({"giver": "x" * (MAX_LENGTH + 1)}, "awards.paper_too_long", "giver"),
        ({"signed_on": "31/02/2026"}, "awards.paper_not_a_date", "signed_on"),
        ({"signed_on": "tháng 12"}, "awards.paper_not_a_date", "signed_on"),
    ],
)
def test_what_is_not_understood_is_refused(body: dict[str, object], code: str, place: str) -> None:
    with pytest.raises(BadInput) as refused:
        papers_from(body)
    assert (refused.value.code, refused.value.place) == (code, place)
