"""The sample contest as it comes to an office: lists, clips, outlines, facts and marks as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from judgeapp.domain.contest import Definition
from judgeapp.domain.definition import definition_body
from judgeapp.domain.ids import ContestantId, PartId
from judgeapp.domain.numbers import plain
from judgeapp.domain.people import Contestant
from judgeapp.formats.csv_out import Cell, Number, Table, csv_bytes
from judgeapp.formats.outline_text import OutlineText
from judgeapp.services.sample import (
    LONGEST_S,
    SHORTEST_S,
    Sample,
    Sheet,
    clip_seconds,
    sample_words,
)
from judgeapp.system.files import write_atomically
from judgeapp.system.progress import Progress, no_progress

_TIMED = "presentation"


def input_file(folder: Path, what: str) -> Path:
    """Return where a file of the sample lies, such as ``units``, ``people`` or ``panel``."""
    name: str = sample_words()["files"][what]
    return folder / name


def write_office_inputs(
    folder: Path, sample: Sample, definition: Definition, *, progress: Progress = no_progress
) -> int:
    """Write all that the office gets before judging; return how many clips and outlines.

    Args:
        folder: is made if it isn't there.
        sample: the people.
        definition: the preset's rules; the sample's differ in their time rule, told in seconds.
        progress: told in clips and outlines.
    """
    entries = input_file(folder, "entries")
    entries.mkdir(parents=True)
    _write_lists(folder, sample)
    _write_panel(folder, sample)
    _write_yaml(input_file(folder, "rules"), _sample_rules(definition))
    _write_yaml(input_file(folder, "papers"), sample_words()["papers"])
    total = 2 * len(sample.contestants)
    for index, person in enumerate(sample.contestants):
        progress(2 * index, total, person.id)
        _write_clip(entries, sample, person)
        _write_outline(entries, sample, person)
    progress(total, total)
    return total


def _write_lists(folder: Path, sample: Sample) -> None:
    from judgeapp.formats.registration_sheet import write_registration_sheet, write_unit_sheet

    words = sample_words()
    write_unit_sheet(
        input_file(folder, "units"),
        titles=words["unit_titles"],
        heads=words["unit_heads"],
        units=sample.units,
        kinds=words["kinds"],
        sectors=words["sectors"],
    )
    write_registration_sheet(
        input_file(folder, "people"),
        titles=words["sheet_titles"],
        heads=words["heads"],
        rows=[(person, sample.unit_names[person.id]) for person in sample.contestants],
        total=words["total"],
        signature=tuple(words["signer"].values()),
    )


def _write_panel(folder: Path, sample: Sample) -> None:
    judge_barred, contestant_barred = sample.declared
    rows: list[Sequence[Cell]] = [
        (
            judge.id,
            judge.name,
            judge.role,
            judge.unit,
            contestant_barred if judge.id == judge_barred else None,
        )
        for judge in sample.judges
    ]
    _write_csv(input_file(folder, "panel"), ("id", "name", "role", "unit", "conflicts"), rows)


def _write_csv(path: Path, heads: tuple[str, ...], rows: Iterable[Sequence[Cell]]) -> None:
    write_atomically(path, csv_bytes(Table(path.stem, heads, tuple(rows)), "excel-vi"))


def _write_yaml(path: Path, body: Mapping[str, Any]) -> None:
    import yaml

    text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False)
    write_atomically(path, text.encode("utf-8"))


def _sample_rules(definition: Definition) -> dict[str, Any]:
    """Return the preset's rules with lengths of a few seconds: one point for each begun minute."""
    body: dict[str, Any] = definition_body(definition)
    part = next(part for part in body["rounds"][0]["parts"] if part["id"] == _TIMED)
    part |= {"min_s": SHORTEST_S, "max_s": LONGEST_S}
    for rule in part["penalties"]:
        rule["unit"] = "begun_minute"
        rule["limit_s"] = LONGEST_S if rule["type"] == "over" else SHORTEST_S
    return body


def _write_clip(folder: Path, sample: Sample, person: Contestant) -> None:
    from judgeapp.media.clip_writer import write_clip

    named = int(person.id) % 3 == 0
    pattern: str = sample_words()["clip_name"]
    name = pattern.format(name=person.name) if named else f"{person.id}.mp4"
    write_clip(
        folder / name,
        seconds=clip_seconds(sample, person.id),
        text=person.id,
        seed=sample.seed * 100 + int(person.id),
    )


def _write_outline(folder: Path, sample: Sample, person: Contestant) -> None:
    from judgeapp.formats.outline_docx import write_outline_docx
    from judgeapp.formats.outline_pdf import write_outline_pdf

    words = sample_words()
    text = OutlineText(
        heading=words["outline_heading"],
        title=person.topic or "",
        byline=[person.name, sample.unit_names[person.id]],
        paragraphs=words["outline"],
    )
    name = words["outline_name"].format(number=person.id, name=person.name)
    if int(person.id) % 2:
        write_outline_pdf(folder / f"{name}.pdf", text)
    else:
        write_outline_docx(folder / f"{name}.docx", text)


def write_facts(
    folder: Path, sample: Sample, seconds: Mapping[tuple[ContestantId, PartId], int]
) -> Path:
    """Write the secretary's facts: the measured lengths, and whose outline came late."""
    rows: list[Sequence[Cell]] = [
        (contestant, part, Number(str(length)), None, None)
        for (contestant, part), length in sorted(seconds.items())
    ]
    rows.append((sample.late, "outline", None, Number("1"), sample_words()["late_reason"]))
    path = input_file(folder, "facts")
    _write_csv(path, ("contestant", "part", "seconds", "late days", "reason"), rows)
    return path


def write_marks(folder: Path, name: str, sheet: Sheet, *, comment: str | None = None) -> Path:
    """Write a judge's marks as the table that is typed in; the comment stands beside the first."""
    target = input_file(folder, "marks")
    target.mkdir(exist_ok=True)
    path = target / f"{name}.csv"
    rows: list[Sequence[Cell]] = [
        (contestant, part, criterion, Number(plain(points)), None if index else comment)
        for index, ((contestant, part, criterion), points) in enumerate(sheet.items())
    ]
    _write_csv(path, ("entry", "part", "criterion", "points", "comment"), rows)
    return path
