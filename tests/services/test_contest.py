from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from judgeapp.bootstrap import open_contest
from judgeapp.domain.errors import JudgeError
from judgeapp.services import contest as contests
from judgeapp.services.context import Context, Machine
from judgeapp.store import store as stores


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
    with pytest.raises(JudgeError, match=r"contest\.no_reason"):
        contests.revise(contest, file=file, reason=" ")
    with contest.read() as u:
        assert len(u.contest.definitions()) == 1
