from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from judgeapp.bootstrap import open_contest
from judgeapp.domain.contest import Round
from judgeapp.domain.contest_facts import ContestFacts
from judgeapp.domain.definition import METHODS
from judgeapp.domain.entries import EntryFile
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, EntryFileId
from judgeapp.domain.people import Contestant
from judgeapp.domain.rule_changes import _LONG, _SHORT
from judgeapp.domain.rule_edits import with_round, without_part
from judgeapp.services import contest as contests
from judgeapp.services.context import Context, Machine
from judgeapp.services.revision import versions
from judgeapp.services.rule_words import say_change
from judgeapp.store import store as stores
from judgeapp.system.texts import load_texts
from tests.refused import refused


def test_every_preset_makes_a_contest(machine: Machine, tmp_path: Path) -> None:
    for preset in contests.presets():
        folder = tmp_path / preset.id
        made = contests.create_contest(machine, folder=folder, preset=preset.id, name=" Hội  thi ")
        found = contests.summary(open_contest(folder, machine))
        assert found.id == made.value
        assert found.name == "Hội thi"
        assert found.definition == preset.definition
        assert (found.contestants, found.judges, found.version) == (0, 0, 1)


def test_ids_of_contests_never_repeat(machine: Machine, tmp_path: Path) -> None:
    ids = {
        contests.create_contest(
            machine, folder=tmp_path / str(n), preset="ke-chuyen-bac-ho", name="Hội thi"
        ).value
        for n in range(5)
    }
    assert len(ids) == 5


def test_an_empty_folder_is_taken_and_a_full_one_is_left_alone(
    machine: Machine, tmp_path: Path
) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "thư.txt").write_text("x", encoding="utf-8")
    contests.create_contest(machine, folder=empty, preset="dan-van-kheo", name="Hội thi")
    with pytest.raises(JudgeError, match=r"contest\.folder_taken"):
        contests.create_contest(machine, folder=full, preset="dan-van-kheo", name="Hội thi")
    assert sorted(p.name for p in full.iterdir()) == ["thư.txt"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "full"]


@pytest.mark.parametrize(
    ("preset", "name", "code"),
    [("no-such", "Hội thi", "unknown_preset"), ("dan-van-kheo", " \u200b ", "no_name")],
)
def test_refusals_leave_nothing_behind(
    machine: Machine, tmp_path: Path, preset: str, name: str, code: str
) -> None:
    with pytest.raises(JudgeError, match=code):
        contests.create_contest(machine, folder=tmp_path / "c", preset=preset, name=name)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_in_the_middle_leaves_nothing_behind(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> stores.Store:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(contests, "create_store", full_disk)
    with pytest.raises(JudgeError, match=r"files\.disk_full"):
        contests.create_contest(machine, folder=tmp_path / "c", preset="dan-van-kheo", name="Hội")
    assert list(tmp_path.iterdir()) == []


def test_revised_rules_are_a_new_version_and_the_old_one_stays(
    contest: Context, tmp_path: Path
) -> None:
    body = contests.export_definition(contest)
    file = tmp_path / "rules.yaml"
    rounds = body["rounds"]
    assert isinstance(rounds, list)
    rounds[0]["cut"]["size"] = 12
    file.write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    assert contests.revise(contest, file=file, reason="Thông báo số 2").value == 2
    newest = contests.summary(contest).definition.rounds[0].cut
    assert newest is not None
    assert newest.size == 12
    first = contests.export_definition(contest, version=1)
    assert first["rounds"][0]["cut"]["size"] == 10  # type: ignore[index]  # plain data
    again = contests.revise(contest, file=file, reason="Thông báo số 3")
    assert (again.value, again.changed) == (2, frozenset())
    with contest.read() as u:
        assert [row.reason for row in u.contest.definitions()][1] == "Thông báo số 2"
        assert u.contest.log_entries()[-1].action == "contest.revised"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"rounds: [", "yaml.not_yaml"),
        (b"- 1", "yaml.not_yaml"),
        (b"", "yaml.not_yaml"),
        (b"\xff\xfe\x00", "yaml.unreadable"),
        (b"!!python/object/apply:os.system ['true']", "yaml.not_yaml"),
        (b"preset: &a x\nvi: *a\nrounds: []", "yaml.alias"),
        (b"#" * ((1 << 20) + 1), "yaml.too_large"),
        (b"preset: x\nvi: y\nrounds: []", "contest.bad_definition"),
    ],
)
def test_wrong_rule_files_are_refused_and_change_nothing(
    contest: Context, tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes(content)
    with pytest.raises(JudgeError, match=code):
        contests.revise(contest, file=file, reason="thử")
    with pytest.raises(JudgeError, match=r"yaml\.missing"):
        contests.revise(contest, file=tmp_path / "none.yaml", reason="thử")
    with contest.read() as u:
        assert len(u.contest.definitions()) == 1


def rounds_of(contest: Context) -> tuple[Round, ...]:
    return contests.summary(contest).definition.rounds


def test_rules_made_from_an_older_version_are_refused(contest: Context) -> None:
    definition = contests.summary(contest).definition
    first, final = definition.rounds
    renamed = replace(definition, rounds=(replace(first, vi="Vòng loại"), final))
    assert contests.revise(contest, definition=renamed, based_on=1).value == 2
    again = replace(definition, rounds=(first, replace(final, vi="Chung khảo")))
    with refused("contest.changed_meanwhile"):
        contests.revise(contest, definition=again, based_on=1)
    assert [held.vi for held in rounds_of(contest)] == ["Vòng loại", "Chung kết 3 phần"]


def test_a_round_in_use_stays_and_keeps_its_place(contest: Context) -> None:
    definition = contests.summary(contest).definition
    first, final = definition.rounds
    swapped = replace(definition, rounds=(final, first))
    contests.revise(contest, definition=swapped)
    contests.revise(contest, definition=definition)
    with contest.write() as u:
        u.judging.add_stage(first.id, "closed", reason="")
        u.log("judging.closed", round=first.id)
        u.commit()
    with refused("contest.no_reason"):
        contests.revise(contest, definition=replace(definition, rounds=(first,)))
    with refused("contest.round_in_use"):
        contests.revise(contest, definition=replace(definition, rounds=(final,)), reason="Họp")
    with refused("contest.order_in_use"):
        contests.revise(contest, definition=swapped, reason="Họp")
    contests.revise(contest, definition=replace(definition, rounds=(first,)), reason="Họp")
    assert rounds_of(contest) == (first,)


def test_a_part_with_files_stays(contest: Context) -> None:
    definition = contests.summary(contest).definition
    first = definition.rounds[0]
    file = EntryFile(
        EntryFileId("f"), first.id, first.parts[0].id, ContestantId("01"), "outline", "a.pdf",
        "a.pdf", 1, "0" * 64, "2026-11-20T08:00:00Z",
    )  # fmt: skip
    with contest.write() as u:
        u.people.add_contestants([Contestant(ContestantId("01"), "Lò Văn Thử")], import_id=None)
        u.entries.add(file)
        u.log("entries.attached", files=1)
        u.commit()
    with refused("rules.part_in_use"):
        contests.revise(contest, definition=with_round(definition, without_part(first, "outline")))


def test_what_was_changed_is_told_version_by_version(contest: Context) -> None:
    definition = contests.summary(contest).definition
    held = replace(definition.rounds[0], min_judges=4)
    contests.revise(contest, definition=with_round(definition, held), reason="Thông báo số 2")
    newest, first = versions(contest)
    assert (newest.number, newest.actor, newest.reason) == (2, "secretary", "Thông báo số 2")
    assert [say_change(one, load_texts("vi")) for one in newest.changes] == [
        "Sơ khảo 2 phần (đề cương + clip): số phiếu ít nhất 3 → 4"
    ]
    assert (first.number, first.changes) == (1, ())


def test_every_kind_of_change_has_words(contest: Context) -> None:
    kinds = {name for table in (*_SHORT.values(), *_LONG.values()) for name in table}
    for language in ("vi", "en"):
        texts = load_texts(language)
        assert [kind for kind in kinds if not texts.has(f"rules.field.{kind}")] == []
        assert all(texts.has(f"rules.method.{method}") for method in METHODS)


def test_host_place_and_days_are_said_and_taken_back(contest: Context) -> None:
    contests.describe_contest(contest, name=" Hội  thi mới ", host="Tỉnh ủy", first_day="5/12/2026")
    found = contests.summary(contest)
    assert (found.name, found.facts.host) == ("Hội thi mới", "Tỉnh ủy")
    contests.describe_contest(contest, host="")
    after = contests.summary(contest).facts
    assert (after.host, after.first_day) == ("", date(2026, 12, 5))
    assert contests.describe_contest(contest, host="").changed == frozenset()
    with refused("contest.no_name"):
        contests.describe_contest(contest, name=" ")
    with refused("contest.not_a_day"):
        contests.describe_contest(contest, last_day="32/1/2026")


def test_a_new_contest_takes_its_facts(machine: Machine, tmp_path: Path) -> None:
    facts = ContestFacts("Tỉnh ủy", "Hội trường", date(2026, 12, 5))
    folder = tmp_path / "c"
    contests.create_contest(
        machine, folder=folder, preset="dan-van-kheo", name="Hội thi", facts=facts
    )
    assert contests.summary(open_contest(folder, machine)).facts == facts
