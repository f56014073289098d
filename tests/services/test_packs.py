from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId
from judgeapp.domain.people import Judge
from judgeapp.exchange.pack_json import read_pack
from judgeapp.services.contest import summary
from judgeapp.services.context import Context, Machine
from judgeapp.services.packs import build_packs, copy_pack, look_into_pack
from tests.exchange.pack_kit import forge_content, snapshot
from tests.judging_kit import (
    ROUND,
    attach,
    build_pack,
    criterion,
    desk,
    make_contest,
    one_round,
    part,
    set_definition,
    withdraw,
)
from tests.refused import refused


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest", conflicts=[("J07", "02")])


def set_judges(app: Context, *judges: Judge) -> None:
    with app.write() as u:
        u.judging.set_panel(judges, [])
        u.log("test.panel")
        u.commit()


def judge(
    name: str, role: str = "member", *, panel: str | None = None, unit: str | None = None
) -> Judge:
    owner = PanelId(panel) if panel else None
    return Judge(JudgeId(name), f"Giám khảo {name}", role, unit, owner)  # type: ignore[arg-type]  # roles


def content(folder: Path) -> object:
    return read_pack((folder / "data/pack.json").read_bytes(), name="x")


def test_what_is_in_a_pack(app: Context, machine: Machine, tmp_path: Path) -> None:
    attach(app, "01", "e0001.mp4", b"clip of one")
    attach(app, "01", "e0002.pdf", b"outline of one", kind="outline")
    withdraw(app, "02")
    (built,) = build_packs(app, out=tmp_path / "packs").value
    with app.read() as u:
        contest = u.contest.meta()["contest_id"]
        (row,) = u.packs.packs()
    assert built.folder == tmp_path / "packs" / f"{contest[:8].upper()}-ROUND-1"
    assert (built.version, built.judges, built.entries, built.files) == (1, ("J05", "J07"), 1, 2)
    assert (row.id, row.round_id, row.panel, row.version) == (built.id, ROUND, None, 1)
    assert look_into_pack(machine, pack=built.folder).verdict == "ok"
    found = read_pack((built.folder / "data/pack.json").read_bytes(), name="x")
    assert found.contest == contest
    (entry,) = found.entries
    assert (entry.id, entry.name, entry.unit) == ("01", "Thí sinh 01", "Đảng bộ Xã Thử")
    assert {m.path: (built.folder / m.path).read_bytes() for m in entry.media} == {
        "data/clips/c0001.mp4": b"clip of one", "data/docs/d0001.pdf": b"outline of one",
    }  # fmt: skip


def test_conflicts_and_the_own_unit_are_not_assigned(app: Context, tmp_path: Path) -> None:
    set_judges(app, judge("J05", unit="đảng bộ xã thử"), judge("J07"))
    (built,) = build_packs(app, out=tmp_path / "packs").value
    assert built.judges == ("J07",)


def test_everybody_without_files_is_in_it(app: Context, tmp_path: Path) -> None:
    attach(app, "01", "e0001.mp4", b"clip")
    (built,) = build_packs(app, out=tmp_path / "packs").value
    assert (built.entries, built.without_files) == (2, ("02",))


def test_one_pack_for_each_panel(app: Context, tmp_path: Path) -> None:
    set_definition(
        app,
        one_round(
            part("talk", [criterion("c1")], panel="Chuyên gia"),
            part("youth", [criterion("c1")], panel="Đoàn"),
            replace(part("count", [criterion("c1")]), objective=True),
        ),
    )
    set_judges(
        app,
        judge("J1", panel="Chuyên gia"),
        judge("J2", panel="Đoàn"),
        judge("S1", "secretary"),
    )
    built = build_packs(app, out=tmp_path / "packs").value
    assert [(pack.panel, pack.judges) for pack in built] == [
        (None, ("S1",)), ("Chuyên gia", ("J1",)), ("Đoàn", ("J2",)),
    ]  # fmt: skip
    names = sorted(path.name[8:] for path in (tmp_path / "packs").iterdir())
    assert names == ["-ROUND-1", "-ROUND-1-CHUYEN-GIA", "-ROUND-1-DOAN"]
    (only,) = build_packs(app, out=tmp_path / "packs", panel="Đoàn").value
    assert (only.id, only.version) == (built[2].id, 1)
    with refused("packs.unknown_panel") as caught:
        build_packs(app, out=tmp_path / "packs", panel="none")
    assert caught.value.params["known"] == "Chuyên gia, Đoàn"


def test_building_again_goes_on_and_changes_nothing(app: Context, tmp_path: Path) -> None:
    attach(app, "01", "e0001.mp4", b"clip")
    first = build_pack(app, tmp_path / "packs")
    before = snapshot(first)
    (first / "pack.sig").unlink()
    (first / "data/clips/c0001.mp4").unlink()
    assert build_pack(app, tmp_path / "packs") == first
    assert snapshot(first) == before
    build_pack(app, tmp_path / "other")
    with app.read() as u:
        assert [pack.version for pack in u.packs.packs()] == [1]


def test_a_build_that_failed_can_be_gone_on_with(
    app: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(app, "01", "e0001.mp4", b"clip")

    def full(*_: object, **__: object) -> None:
        raise JudgeError("files.disk_full", file="x", free="x")

    with monkeypatch.context() as broken:
        broken.setattr("judgeapp.exchange.pack.copy_checked", full)
        with refused("files.disk_full"):
            build_packs(app, out=tmp_path / "packs")
    (built,) = build_packs(app, out=tmp_path / "packs").value
    assert built.version == 1
    with app.read() as u:
        assert [pack.id for pack in u.packs.packs()] == [built.id]


def test_what_changes_a_pack_is_a_new_version(
    app: Context, machine: Machine, tmp_path: Path
) -> None:
    first = build_pack(app, tmp_path / "packs")
    attach(app, "01", "e0001.mp4", b"clip")
    (second,) = build_packs(app, out=tmp_path / "packs").value
    assert (second.version, second.folder) == (2, first)
    assert summary(app).outdated_packs == ()
    set_definition(app, one_round(part("talk", [criterion("c1", most="12")])))
    assert len(summary(app).outdated_packs) == 2
    (third,) = build_packs(app, out=tmp_path / "packs").value
    assert third.version == 3


def test_rules_that_judges_do_not_see_change_no_pack(app: Context, tmp_path: Path) -> None:
    first = build_pack(app, tmp_path / "packs")
    set_definition(app, one_round(), one_round(name="round-2"))
    before = snapshot(first)
    build_pack(app, tmp_path / "packs")
    assert snapshot(first) == before


def test_packs_that_cannot_be_built(app: Context, machine: Machine, tmp_path: Path) -> None:
    out = tmp_path / "packs"
    set_judges(app)
    with refused("packs.no_judges"):
        build_packs(app, out=out)
    empty = make_contest(machine, tmp_path / "empty", contestants=())
    with refused("packs.no_contestants"):
        build_packs(empty, out=out)
    set_judges(app, judge("J1"))
    attach(app, "01", "e0001.exe", b"clip")
    with refused("packs.entry_kind"):
        build_packs(app, out=out)
    with app.write() as u:
        u.judging.add_stage(ROUND, "closed", reason="")
        u.log("test.closed")
        u.commit()
    with refused("judging.round_closed"):
        build_packs(app, out=out, round_id=ROUND)
    assert not out.exists()


def test_an_entry_that_was_altered_is_named(app: Context, tmp_path: Path) -> None:
    attach(app, "01", "e0001.mp4", b"clip").write_bytes(b"CLIP")
    with refused("packs.entry_altered"):
        build_packs(app, out=tmp_path / "packs")


# --- looking into packs


def test_packs_of_use(app: Context, machine: Machine, tmp_path: Path) -> None:
    folder = build_pack(app, tmp_path / "packs")
    assert look_into_pack(machine, pack=folder, contest=app).verdict == "ok"
    other = make_contest(machine, tmp_path / "other")
    assert look_into_pack(machine, pack=folder, contest=other).verdict == "other_contest"
    (folder / "pack.sig").unlink()
    assert look_into_pack(machine, pack=folder, contest=app).verdict == "unfinished"
    with refused("packs.no_such_pack"):
        look_into_pack(machine, pack=tmp_path / "none")


def test_an_expired_pack(app: Context, machine: Machine, tmp_path: Path) -> None:
    folder = build_pack(app, tmp_path / "packs")
    for date, verdict in (("2026-11-25", "ok"), ("2026-11-24", "expired")):
        forge_content(folder, lambda body, date=date: body["pack"].update({"expires": date}))  # type: ignore[misc]  # JSON
        assert look_into_pack(machine, pack=folder).verdict == verdict


def test_an_older_pack(app: Context, machine: Machine, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(build_pack(app, tmp_path / "packs"), old)
    attach(app, "01", "e0001.mp4", b"clip")
    new = build_pack(app, tmp_path / "packs")
    assert look_into_pack(machine, pack=old).verdict == "ok"
    assert look_into_pack(machine, pack=old, contest=app).verdict == "older"
    at = desk(machine, new)
    assert look_into_pack(machine, pack=old).verdict == "older"
    at.store.close()
    (at.folder / "contest.db").write_bytes(b"broken")
    assert look_into_pack(machine, pack=old).verdict == "ok"


def test_zips(machine: Machine) -> None:
    data = Path(__file__).parents[1] / "data" / "exchange"
    expected = json.loads((data / "expected.json").read_text(encoding="utf-8"))
    for name in ("x01_hostile_names.zip", "x02_cut_off.zip"):
        found = look_into_pack(machine, pack=data / name)
        assert found.verdict == expected[name]["verdict"]
    assert look_into_pack(machine, pack=data / "expected.json").verdict == "refused"


def test_a_copy_on_a_stick(app: Context, machine: Machine, tmp_path: Path) -> None:
    attach(app, "01", "e0001.mp4", b"clip")
    folder = build_pack(app, tmp_path / "packs")
    copied = copy_pack(folder, tmp_path / "stick")
    assert snapshot(copied) == snapshot(folder)
    with refused("packs.no_such_pack"):
        copy_pack(tmp_path / "none", tmp_path / "stick")


def test_the_second_round_is_for_those_signed_off(app: Context, tmp_path: Path) -> None:
    from judgeapp.domain.contest import Cut

    first = replace(one_round(), cut=Cut(1))
    set_definition(app, first, one_round(name="final"))
    with refused("results.no_finalists"):
        build_packs(app, out=tmp_path / "packs", round_id="final")


def test_a_pack_knows_its_judges(app: Context, tmp_path: Path) -> None:
    pack = read_pack(
        (build_pack(app, tmp_path / "packs") / "data/pack.json").read_bytes(), name="x"
    )
    found = pack.judge(JudgeId("J07"))
    assert found is not None
    assert found.name == "Giám khảo J07"
    assert pack.judge(JudgeId("J99")) is None
    assert pack.owed_by(JudgeId("J07")) == [("J07", "01", "talk")]
    assert pack.owed_by(JudgeId("J05")) == [("J05", "01", "talk"), ("J05", "02", "talk")]
    assert pack.owed_by(JudgeId("J99")) == []
    assert ContestantId("02") in pack.rules.contestants
