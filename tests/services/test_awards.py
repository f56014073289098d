"""Prizes and certificates of an open contest: proposed, signed, printed, printed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.services.awards import PrizeReport, propose, sign_prizes
from judgeapp.services.certificates import CannotPrint, make_certificates
from judgeapp.services.context import Context, Machine
from judgeapp.system.progress import Cancelled
from tests.refused import refused
from tests.services.prize_contest import CLEAR, NAMES, held, mark, person, prize_contest


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Iterator[Context]:
    opened = prize_contest(machine, tmp_path / "contest")
    yield opened
    opened.store.close()


def given(report: PrizeReport) -> dict[str, str]:
    assert report.signed is not None
    return {award.contestant: award.prize for award in report.signed.awards}


# --- prizes -------------------------------------------------------------------------------------


def test_prizes_follow_the_ranking_of_the_round_that_gives_them(app: Context) -> None:
    mark(app, CLEAR)
    report = propose(app)
    assert [(a.contestant, a.prize) for a in report.proposal.awards] == [
        ("01", "first"), ("02", "second"), ("03", "second"),
        ("04", "third"), ("05", "third"), ("06", "third"),
    ]  # fmt: skip
    assert report.people[ContestantId("01")].unit == "Chi bộ Thử nghiệm & Kiểm định"
    assert (report.signed, report.differences) == (None, ())


def test_the_withdrawn_get_nothing_and_are_named(app: Context) -> None:
    mark(app, CLEAR)
    with app.write() as u:
        u.people.update_contestant(replace(person("01", NAMES["01"]), withdrawn=True))
        u.log("people.withdrawn")
        u.commit()
    proposal = propose(app).proposal
    assert proposal.unranked == ("01",)
    assert proposal.awards[0].contestant == "02"
    assert proposal.unused == (("third", 1),)


def test_a_tie_on_the_line_waits_for_a_person(app: Context) -> None:
    mark(app, {**CLEAR, "02": "12"})
    (question,) = propose(app).proposal.questions
    assert (question.contestants, question.at_stake) == (
        ("01", "02"),
        (("first", 1), ("second", 1)),
    )
    with refused("awards.line_undecided"):
        sign_prizes(app)
    choices = {ContestantId("01"): "first", ContestantId("02"): "first"}
    with refused("awards.reason_missing"):
        sign_prizes(app, choices=choices)
    report = sign_prizes(app, choices=choices, reason="Trưởng ban: đồng giải Nhất").value
    assert (given(report)["01"], given(report)["02"]) == ("first", "first")
    assert report.signed is not None
    assert report.signed.reason == "Trưởng ban: đồng giải Nhất"
    assert report.differences == ()


def test_nothing_is_signed_while_marks_may_still_come(app: Context) -> None:
    mark(app, {**CLEAR, "02": "12"}, close=False)  # a tie that marks may still end
    with refused("awards.round_open"):
        sign_prizes(app)
    assert propose(app).signed is None


def test_a_later_change_of_marks_is_reported_and_never_applied(app: Context) -> None:
    mark(app, CLEAR)
    sign_prizes(app)
    mark(app, {"01": "0.25"})
    report = propose(app)
    assert given(report)["01"] == "first"
    assert ("01", "third", "first") in [
        (d.contestant, d.proposed, d.given) for d in report.differences
    ]
    with refused("awards.already_signed"):
        sign_prizes(app)
    after = sign_prizes(app, reason="Biên bản số 2").value
    assert given(after)["01"] == "third"
    assert after.differences == ()


def test_signing_the_same_twice_changes_nothing(app: Context) -> None:
    mark(app, CLEAR)
    assert sign_prizes(app).changed
    assert not sign_prizes(app).changed
    with app.read() as u:
        assert [line.action for line in u.contest.log_entries()].count("awards.signed") == 1


def test_a_round_without_prizes_says_so(contest: Context) -> None:
    with refused("awards.no_prizes"):
        propose(contest, round_id="preliminary")


# --- certificates -------------------------------------------------------------------------------


def pages(file: Path) -> list[str]:
    with pymupdf.open(str(file)) as document:  # type: ignore[no-untyped-call]  # no types
        return [" ".join(page.get_text().split()) for page in document]


def test_one_file_for_all_and_one_for_each(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    sign_prizes(app)
    out = tmp_path / "out" / "giấy.pdf"
    report = make_certificates(app, out=out, each=True).value
    texts = pages(out)
    assert len(texts) == 6
    assert [item.certificate.serial for item in report.certificates] == [
        f"00{n}/2026" for n in range(1, 7)
    ]
    for text, item in zip(texts, report.certificates, strict=True):
        certificate = item.certificate
        assert certificate.name in text
        assert certificate.serial in text
        assert "Chi bộ Thử nghiệm & Kiểm định" in text
        assert "Hội thi Kể chuyện thử năm 2026" in text
        assert item.state == "new"
        assert item.file == tmp_path / "out" / "giấy" / (
            f"{certificate.serial.replace('/', '-')} {certificate.name}.pdf"
        )
        assert pages(item.file) == [text]
    assert "Giải Nhất" in texts[0]
    assert (report.signed_now, report.open_facts) == (False, ())


def test_a_reprint_has_the_same_serials_and_the_same_bytes(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    sign_prizes(app)
    thirds = make_certificates(app, out=tmp_path / "a.pdf", award="third").value
    assert [c.certificate.serial for c in thirds.certificates] == [
        "001/2026", "002/2026", "003/2026",
    ]  # fmt: skip
    everybody = make_certificates(app, out=tmp_path / "b.pdf").value
    assert [(c.certificate.contestant, c.certificate.serial, c.state)
            for c in everybody.certificates] == [
        ("01", "004/2026", "new"), ("02", "005/2026", "new"), ("03", "006/2026", "new"),
        ("04", "001/2026", "same"), ("05", "002/2026", "same"), ("06", "003/2026", "same"),
    ]  # fmt: skip
    make_certificates(app, out=tmp_path / "c.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()
    again = make_certificates(app, out=tmp_path / "d.pdf", award="Giải ba").value
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "d.pdf").read_bytes()
    assert {c.state for c in again.certificates} == {"same"}


def test_a_corrected_name_keeps_its_serial_and_is_told(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    make_certificates(app, out=tmp_path / "a.pdf")
    with app.write() as u:
        u.people.update_contestant(person("01", "Lê Thị Ánh Ngọc"))
        u.log("people.corrected")
        u.commit()
    report = make_certificates(app, out=tmp_path / "a.pdf").value
    first, second, *_ = report.certificates
    assert (first.certificate.serial, first.state) == ("001/2026", "changed")
    assert second.state == "same"
    with app.read() as u:
        kept = u.awards.certificates()
    assert len(kept) == 6
    assert kept[0].fields["name"] == "Lê Thị Ánh Ngọc"
    assert len(kept[0].sha256) == 64


def test_printing_signs_what_nobody_has_to_decide(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    assert make_certificates(app, out=tmp_path / "a.pdf").value.signed_now
    assert propose(app).signed is not None


def test_printing_settles_no_question(app: Context, tmp_path: Path) -> None:
    mark(app, {**CLEAR, "02": "12"})
    with refused("awards.line_undecided"):
        make_certificates(app, out=tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()
    assert propose(app).signed is None


def test_a_letter_that_no_font_has_stops_everything(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    with app.write() as u:
        u.people.update_contestant(person("03", "Vũ 明 Thử"))
        u.log("people.corrected")
        u.commit()
    with pytest.raises(CannotPrint) as refused:
        make_certificates(app, out=tmp_path / "a.pdf")
    assert refused.value.code == "awards.letter"
    assert refused.value.params["name"] == "Vũ 明 Thử"
    assert "明" in str(refused.value.params["letters"])
    assert list(tmp_path.glob("*.pdf")) == []
    with app.read() as u:
        assert u.awards.certificates() == []
        assert u.results.sign_off("prizes", held(app).id) is None


def test_a_place_that_cannot_be_written_uses_up_no_serial(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    taken = tmp_path / "taken.pdf"
    taken.mkdir()
    with pytest.raises(JudgeError, match="files"):
        make_certificates(app, out=taken)
    with app.read() as u:
        assert u.awards.certificates() == []


def test_stopping_leaves_nothing(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)

    def stop(done: int, total: int, what: str = "") -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_certificates(app, out=tmp_path / "a.pdf", progress=stop)
    assert not (tmp_path / "a.pdf").exists()
    with app.read() as u:
        assert u.awards.certificates() == []


def test_what_is_asked_for_must_be_there(app: Context, tmp_path: Path) -> None:
    mark(app, {"01": "12"}, close=True)
    for options, code in (
        ({"award": "grand"}, "awards.unknown_award"),
        ({"award": "third"}, "awards.nobody"),
    ):
        with refused(code):
            make_certificates(app, out=tmp_path / "a.pdf", **options)  # type: ignore[arg-type]  # texts
    with refused("awards.not_a_pdf"):
        make_certificates(app, out=tmp_path / "a")


def test_the_drum_says_what_the_office_has_not(app: Context, tmp_path: Path) -> None:
    mark(app, CLEAR)
    report = make_certificates(app, out=tmp_path / "a.pdf", template="drum").value
    assert report.open_facts == ("decision_number", "decision_date")
    assert "Vào sổ khen thưởng: Số 001/2026" in pages(tmp_path / "a.pdf")[0]
