"""One round of a rehearsal: packs on sticks, judges at their desks, score files back."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.domain.ids import JudgeId
from judgeapp.services.context import Context
from judgeapp.services.rehearsal_course import Course
from judgeapp.services.sample import Sample, Sheet, draw_sheet, sample_words
from judgeapp.services.sample_inputs import write_marks

if TYPE_CHECKING:
    from judgeapp.services.desk import Desk

CORRECTING, TWO_LAPTOPS, TWICE = JudgeId("GK2"), JudgeId("GK3"), JudgeId("GK4")


@dataclass
class RehearsedRound:
    """A round while it is judged.

    Attributes:
        folder: of the whole run; ``desks`` stands for the judges' laptops.
        files: score files that came back, in no order.
    """

    course: Course
    app: Context
    folder: Path
    sample: Sample
    desks: Path
    round_id: str
    files: list[Path] = field(default_factory=list)
    packs: dict[JudgeId, Path] = field(default_factory=dict)

    def build_packs(self) -> int:
        """Build the round's pack and copy it for each judge; return how many copies there are."""
        from judgeapp.services.packs import build_packs, copy_pack

        out = self.folder / "packs"
        out.mkdir(exist_ok=True)
        progress = self.course.progress
        built = build_packs(self.app, out=out, round_id=self.round_id, progress=progress).value
        for pack in built:
            for judge in pack.judges:
                target = out / judge
                target.mkdir(exist_ok=True)
                self.packs[judge] = copy_pack(pack.folder, target, progress=progress)
        return len(self.packs)

    def mark(self, *, stories: bool) -> tuple[int, int]:
        """Let each judge mark at a desk; return how many score files and marks there are.

        Args:
            stories: one judge corrects a mark and sends a second file, one goes on on a second
                laptop, and one file is copied twice.
        """
        marks = 0
        for index, judge in enumerate(sorted(self.packs)):
            self.course.progress(index, len(self.packs))
            sheet = self._sheet_of(judge)
            marks += len(sheet)
            if stories and judge == CORRECTING:
                self._correct(judge, sheet)
            elif stories and judge == TWO_LAPTOPS:
                self._go_on_elsewhere(judge, sheet)
            else:
                self._type_and_export(judge, "A", sheet)
            if stories and judge == TWICE:
                self.files.append(self._copied(self.files[-1]))
        self.course.progress(len(self.packs), len(self.packs))
        return len(self.files), marks

    def _sheet_of(self, judge: JudgeId) -> Sheet:
        from judgeapp.services.desk import desk_sheets

        with self._desk(judge, "A") as desk:
            owed = {(sheet.contestant, sheet.part) for sheet in desk_sheets(desk)}
            item = desk.pack.round
        drawn = draw_sheet(self.sample, item, judge, sorted({who for who, _ in owed}))
        return {key: points for key, points in drawn.items() if key[:2] in owed}

    @contextmanager
    def _desk(self, judge: JudgeId, laptop: str) -> Iterator[Desk]:
        from judgeapp.services.desk import open_desk

        place = self.desks / f"{judge}-{laptop}"
        desk = open_desk(self.app.machine, pack=self.packs[judge], judge=judge, folder=place).value
        try:
            yield desk
        finally:
            desk.store.close()

    def _type_and_export(
        self,
        judge: JudgeId,
        laptop: str,
        sheet: Sheet,
        *,
        name: str = "",
        comment: str | None = None,
        go_on_from: Path | None = None,
    ) -> Path:
        from judgeapp.services.score_files import export_score_file, take_over
        from judgeapp.services.score_table import score_from_table

        inputs, out = self.folder / "input", self.folder / "score-files"
        out.mkdir(exist_ok=True)
        table = write_marks(inputs, f"{judge}-{self.round_id}{name}", sheet, comment=comment)
        with self._desk(judge, laptop) as desk:
            if go_on_from is not None:
                take_over(desk, file=go_on_from)
            score_from_table(desk, file=table)
            number = sum(path.name.startswith(f"{judge}-{desk.device}") for path in self.files) + 1
            target = out / f"{judge}-{desk.device}-{number:04}.score"
            written = export_score_file(desk, target=target).value.file
        self.files.append(written)
        return written

    def _correct(self, judge: JudgeId, sheet: Sheet) -> None:
        """Type a slip, export, mend it, export again: the first file is an older version."""
        slip = dict(sheet)
        key, points = next((key, points) for key, points in slip.items() if points > 1)
        slip[key] = points - 1
        self._type_and_export(judge, "A", slip, name="-1")
        note: str = sample_words()["correction_comment"]
        self._type_and_export(judge, "A", {key: points}, name="-2", comment=note)

    def _go_on_elsewhere(self, judge: JudgeId, sheet: Sheet) -> None:
        """Mark half on one laptop, the rest on another that goes on from the first one's file."""
        contestants = sorted({who for who, _, _ in sheet})
        half = set(contestants[: len(contestants) // 2])
        first = {key: points for key, points in sheet.items() if key[0] in half}
        rest = {key: points for key, points in sheet.items() if key[0] not in half}
        begun = self._type_and_export(judge, "A", first, name="-A")
        self._type_and_export(judge, "B", rest, name="-B", go_on_from=begun)

    def _copied(self, file: Path) -> Path:
        """Copy a score file as a file manager does when it is there already."""
        copy = file.with_name(f"{file.stem} (1){file.suffix}")
        shutil.copyfile(file, copy)
        return copy

    def collect(self) -> Counter[str]:
        """Take the score files in, in an order drawn by lot; return how often each verdict came."""
        from judgeapp.services.collecting import collect_file

        order = sorted(self.files, key=lambda path: path.name.partition("-")[0])
        random.Random(f"{self.sample.seed}/{self.round_id}/collect").shuffle(order)
        return Counter(collect_file(self.app, file=file).value.verdict for file in order)

    def close(self) -> None:
        """Close marking of the round."""
        from judgeapp.services.closing import close_round

        close_round(self.app, round_id=self.round_id)

    def ranked(self) -> int:
        """Return how many contestants have a rank."""
        from judgeapp.services.results import tally_round

        found = tally_round(self.app, round_id=self.round_id)
        return sum(one.rank is not None for one in found.groups[0].result.ranking)
