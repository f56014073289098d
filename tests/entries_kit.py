"""Contestants, two of them namesakes, with clips and an outline, for the tests of entries."""

from __future__ import annotations

from pathlib import Path

from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.people import Contestant, Unit
from judgeapp.formats.outline_text import OutlineText
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.context import Context

NAMES = ["Lò Thị Én", "Phạm Quốc Đạt", "Trần Thị Thu Hà", "Trần Thị Thu Hà"]
OUTLINE = OutlineText("ĐỀ CƯƠNG", "Chuyển đổi số", [], ["Nội dung chính của đề cương."])


def add_people(contest: Context) -> None:
    """Put `NAMES` into a contest, numbered from 01."""
    people = [
        Contestant(ContestantId(f"{number:02}"), name, UnitId("1"))
        for number, name in enumerate(NAMES, start=1)
    ]
    with contest.write() as u:
        u.people.add_units([Unit(UnitId("1"), "Đảng bộ xã Nà Mây")], import_id=None)
        u.people.add_contestants(people, import_id=None)
        u.log("people.imported", count=len(people))
        u.commit()


def small_clips(folder: Path, count: int) -> list[Path]:
    """Return clips of a second, all different."""
    clips = [folder / f"{number}.mp4" for number in range(count)]
    for number, clip in enumerate(clips):
        write_clip(clip, seconds=1, text=str(number), seed=number)
    return clips
