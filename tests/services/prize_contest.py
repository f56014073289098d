"""A contest with prizes whose totals a test chooses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from judgeapp.bootstrap import open_contest
from judgeapp.domain.contest import Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.ids import ContestantId, ContestId, JudgeId, UnitId
from judgeapp.domain.marks import typed_mark
from judgeapp.domain.people import Contestant, Judge, Unit
from judgeapp.services.contest import create_contest
from judgeapp.services.context import Context, Machine
from judgeapp.services.definition import read_definition

NAMES = {
    "01": "Lê Thị Ánh Thử",
    "02": "Trần Văn Bình Thử",
    "03": "Vũ Đức Thử",
    "04": "Đỗ Ngọc Ẩn Thử",
    "05": "Hoàng Yến Thử",
    "06": "Y Bhĭm Thử",
}
PAPERS = {
    "contest_title": "Hội thi Kể chuyện thử năm 2026",
    "giver": "Ban Tổ chức Hội thi thử",
    "place": "Sông Mây",
    "signed_on": "2026-12-05",
    "post": "Trưởng Ban",
    "signer": "Hoàng Văn Thử",
}


def person(number: str, name: str) -> Contestant:
    return Contestant(ContestantId(number), name, UnitId("u1"), position="Bí thư Chi bộ")


def prize_contest(machine: Machine, folder: Path) -> Context:
    """Return one round with prizes 1-2-3 (two parts, three judges) and six contestants."""
    create_contest(machine, folder=folder, preset="ke-chuyen-bac-ho", name="Hội thi thử")
    opened = open_contest(folder, machine)
    with opened.write() as u:
        u.people.add_units([Unit(UnitId("u1"), "Chi bộ Thử nghiệm & Kiểm định")], import_id=None)
        u.people.add_contestants([person(*item) for item in NAMES.items()], import_id=None)
        u.judging.set_panel([Judge(JudgeId(f"J{n}"), f"GK {n}", "member") for n in "123"], [])
        u.contest.set_meta({"papers": json.dumps(PAPERS)})
        u.log("contest.prepared")
        u.commit()
    return opened


def held(app: Context) -> Round:
    with app.read() as u:
        return read_definition(u).rounds[0]


def mark(app: Context, totals: dict[str, str], *, close: bool = True) -> None:
    """Let every judge give each contestant these points of the first criterion, else 0."""
    item = held(app)
    with app.write() as u:
        contest = ContestId(u.contest.meta()["contest_id"])
        counter = u.judging.highest_counter()
        for judge in ("J1", "J2", "J3"):
            for contestant, points in totals.items():
                for part in item.parts:
                    for index, criterion in enumerate(part.criteria):
                        counter += 1
                        value = Decimal(points) if part is item.parts[0] and index == 2 else 0
                        key = (JudgeId(judge), ContestantId(contestant), part.id, criterion.id)
                        event = typed_mark(
                            contest, item.id, rubric_hash(item), key, points=Decimal(value),
                            comment=None, counter=counter, device="d", at="",
                        )  # fmt: skip
                        u.judging.add_mark_events(item.id, rubric_hash(item), [event])
        if close:
            u.judging.add_stage(item.id, "closed", reason="")
        u.log("judging.prepared")
        u.commit()


CLEAR = {"01": "12", "02": "11", "03": "10", "04": "9", "05": "8", "06": "7"}
