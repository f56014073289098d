"""A small contest with judges and desks, for the tests of judging and packs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from judgeapp.bootstrap import open_contest
from judgeapp.domain.contest import Aggregate, Criterion, Definition, Part, Round
from judgeapp.domain.definition import definition_body
from judgeapp.domain.entries import EntryFile, Kind
from judgeapp.domain.ids import (
    ContestantId,
    CriterionId,
    EntryFileId,
    JudgeId,
    PanelId,
    PartId,
    RoundId,
    UnitId,
)
from judgeapp.domain.people import Conflict, Contestant, Judge, Unit
from judgeapp.services.contest import create_contest
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk, open_desk
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.packs import build_packs
from judgeapp.services.score_files import export_score_file

ROUND = RoundId("round-1")
TALK, OUTLINE = PartId("talk"), PartId("outline")
C1, C2 = CriterionId("c1"), CriterionId("c2")


def criterion(name: str, *, most: str = "10", step: str = "0.25") -> Criterion:
    return Criterion(CriterionId(name), f"Tiêu chí {name}", name, Decimal(most), Decimal(step))


def part(name: str, criteria: Sequence[Criterion], *, panel: str | None = None) -> Part:
    owner = PanelId(panel) if panel else None
    return Part(PartId(name), f"Phần {name}", name, Decimal(1), tuple(criteria), panel=owner)


def one_round(*parts: Part, spread_block: str | None = None, name: str = ROUND) -> Round:
    return Round(
        id=RoundId(name),
        preset="kit",
        vi=f"Vòng {name}",
        aggregate=Aggregate(),
        parts=parts or (part("talk", [criterion("c1")]),),
        tie_breakers=(),
        judges=2,
        min_judges=1,
        spread_block=Decimal(spread_block) if spread_block else None,
    )


def set_definition(app: Context, *rounds: Round) -> None:
    with app.write() as u:
        body = definition_body(Definition("kit", "Hội thi thử", rounds))
        u.contest.add_definition(body, reason="kit")
        u.log("test.definition")
        u.commit()


def make_contest(
    machine: Machine,
    folder: Path,
    *rounds: Round,
    contestants: Iterable[str] = ("01", "02"),
    judges: Iterable[str] = ("J05", "J07"),
    conflicts: Iterable[tuple[str, str]] = (),
) -> Context:
    """A contest whose `ROUND` has one part ``talk`` with one criterion ``c1`` of 10 points."""
    create_contest(machine, folder=folder, preset="ke-chuyen-bac-ho", name="Hội thi thử")
    app = open_contest(folder, machine)
    set_definition(app, *(rounds or (one_round(),)))
    people = [
        Contestant(ContestantId(number), f"Thí sinh {number}", UnitId("u1"))
        for number in contestants
    ]
    with app.write() as u:
        u.people.add_units([Unit(UnitId("u1"), "Đảng bộ Xã Thử")], import_id=None)
        u.people.add_contestants(people, import_id=None)
        u.judging.set_panel(
            [Judge(JudgeId(name), f"Giám khảo {name}", "member") for name in judges],
            [Conflict(JudgeId(j), ContestantId(c), "declared") for j, c in conflicts],
        )
        u.log("test.people")
        u.commit()
    return app


def withdraw(app: Context, number: str) -> None:
    with app.write() as u:
        person = u.people.contestant(ContestantId(number))
        assert person is not None
        u.people.update_contestant(replace(person, withdrawn=True))
        u.log("test.withdrawn")
        u.commit()


def attach(app: Context, number: str, name: str, content: bytes, *, kind: Kind = "clip") -> Path:
    """Put a file of a contestant into the contest, as if it had been attached."""
    stored = app.folder / "media" / name
    stored.write_bytes(content)
    file = EntryFile(
        id=EntryFileId(f"e-{name}"),
        round=ROUND,
        part=TALK,
        contestant=ContestantId(number),
        kind=kind,
        original_name=f"bài của {number}",
        stored_name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        attached_at="2026-11-25T08:00:00+00:00",
    )
    with app.write() as u:
        u.entries.add(file)
        u.log("test.attached")
        u.commit()
    return stored


def build_pack(app: Context, out: Path, panel: str | None = None) -> Path:
    return build_packs(app, out=out, panel=panel).value[0].folder


def desk(machine: Machine, pack: Path, judge: str = "J07", folder: Path | None = None) -> Desk:
    return open_desk(machine, pack=pack, judge=judge, folder=folder).value


def sent(at: Desk, folder: Path, **points: str) -> Path:
    """Type points of contestants (``n01="8"``) at a desk, and write its score file."""
    marks = [TypedMark(ContestantId(n.strip("n")), TALK, C1, typed) for n, typed in points.items()]
    enter_marks(at, marks=marks)
    folder.mkdir(exist_ok=True)
    return export_score_file(at, target=folder).value.file
