"""Files that contestants hand in, what a check finds in them, and which rules they are held to.

Words: an *entry file* (tệp bài dự thi) is a *clip* or an *outline*, handed in for one part of a
round; a *check* looks into it and names *problems*, each with a code and, in a clip, the place in
seconds. Length is the decoded one, by time stamps, never what the file's header claims.
Not checked here: what the clip shows or what the outline says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.ids import ContestantId, EntryFileId, PartId, RoundId

Kind = Literal["clip", "outline"]

PROBLEM_CODES = (
    "empty",
    "not_media",
    "not_document",
    "bomb",
    "encrypted",
    "truncated",
    "damaged",
    "no_video",
    "no_sound",
    "silent",
    "unplayable_codec",
    "wrong_extension",
    "too_large",
    "too_long",
    "too_short",
    "too_many_pages",
    "wrong_duration",
    "font_not_embedded",
    "no_text",
    "black",
    "frozen",
    "cut",
    "variable_frame_rate",
)
"""All codes of a problem, the worst first: the order in which people are shown them."""

NOTES = frozenset({"variable_frame_rate", "cut", "wrong_extension"})
"""Problems that are only worth knowing: our copy has the right ending, and judges can see it."""

QUIET = NOTES - {"cut"}
"""Problems that need nobody's look; whether a suspected cut is one, only a person can see."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file.

    Attributes:
        code: one of `PROBLEM_CODES`.
        at: where it begins in the clip, in seconds, or None.
        params: values for the sentence, already as people read them in any language.
        variant: which of several sentences of that code fits, or None for the usual one.
    """

    code: str
    at: float | None = None
    params: dict[str, str] = field(default_factory=dict)
    variant: str | None = None

    @property
    def text_key(self) -> str:
        """The key of its sentence in the catalogues; it takes ``params``."""
        return f"entries.problem.{self.code}" + (f".{self.variant}" if self.variant else "")


@dataclass(frozen=True)
class CheckResult:
    """What a look into one file found; unknown values are None.

    Attributes:
        opens: the file can be shown at all.
        seconds: decoded length: end of the last picture or sound, cut off to milliseconds.
        header_seconds: the length that the file's header claims.
        fps: pictures a second on average.
        width, height: in pixels, as shown after rotation.
        rotation: degrees counter-clockwise that a player turns the picture, from 0 to 359.
        container: by content, such as ``mp4``, ``webm``, ``pdf``.
        sound: a sound track exists, even a silent one.
        loudness: mean of the sound where it is not silent, in dB below full scale, or None.
        peaks: about 200 highest levels of the sound along the clip, from 0 to 100.
        frames: times in seconds of the pictures on the contact sheet.
    """

    kind: Kind | None
    opens: bool
    seconds: float | None = None
    header_seconds: float | None = None
    fps: float | None = None
    width: int | None = None
    height: int | None = None
    rotation: int | None = None
    container: str | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    sound: bool | None = None
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    loudness: float | None = None
    peaks: tuple[int, ...] = ()
    frames: tuple[float, ...] = ()

    @property
    def usable(self) -> bool:
        """Nothing was found that asks for a new file or a word with the sender."""
        return self.opens and all(problem.code in NOTES for problem in self.problems)

    @property
    def whole_seconds(self) -> int | None:
        """The decoded length in whole seconds, cut off, as time rules count it."""
        return None if self.seconds is None else int(self.seconds)


@dataclass(frozen=True)
class Kept:
    """A file is kept as it is, although something was found: why, and who said so.

    Attributes:
        codes: what had been found then; whatever a later check finds beyond it asks anew.
    """

    codes: frozenset[str]
    reason: str
    actor: str
    at: str


@dataclass(frozen=True)
class EntryFile:
    """One file as it lies in the contest folder.

    Attributes:
        original_name: the file's name as it was handed in.
        stored_name: its name in the contest's ``media`` folder, ASCII, the ending by content.
        check: the newest check, or None while it was not looked into.
        kept: that it is kept with a reason, or None.
    """

    id: EntryFileId
    round: RoundId
    part: PartId
    contestant: ContestantId
    kind: Kind
    original_name: str
    stored_name: str
    size: int
    sha256: str
    attached_at: str
    check: CheckResult | None = None
    checked_at: str | None = None
    kept: Kept | None = None

    @property
    def open_codes(self) -> frozenset[str]:
        """What was found that nobody has decided about yet."""
        found = {problem.code for problem in self.check.problems} if self.check else set()
        return frozenset(found - QUIET - (self.kept.codes if self.kept else set()))

    @property
    def asks(self) -> bool:
        """Whether somebody must look at it: something was found, or it cannot be opened."""
        shut = self.check is not None and not self.check.opens and self.kept is None
        return shut or bool(self.open_codes)


@dataclass(frozen=True)
class FileRules:
    """What a part demands of its files; None where it demands nothing.

    Attributes:
        min_s, max_s: shortest and longest length of a clip in whole seconds.
        max_pages: most pages of an outline.
        max_bytes: largest file.
    """

    min_s: int | None = None
    max_s: int | None = None
    max_pages: int | None = None
    max_bytes: int | None = None


NO_RULES = FileRules()


def rules_of(part: Part) -> FileRules:
    """Return what a part of the definition demands of its files."""
    return FileRules(min_s=part.min_s, max_s=part.max_s, max_pages=part.max_pages)


def kind_taken(part: Part) -> Kind | None:
    """Return which kind of file is handed in for a part, or None.

    A part with a page limit, or one that is called an outline in its id, takes an outline; parts
    whose right answers are only counted take nothing; all others are spoken and take a clip.
    """
    if part.max_pages is not None or "outline" in part.id.split("-"):
        return "outline"
    return None if part.objective else "clip"


def parts_taking(kind: Kind, held: Round) -> list[Part]:
    """Return the parts of a round that a file of this kind can be for.

    Clips are for the parts with a shortest length if there are any: those are presentations, while
    a longest length alone is usual for answers given in the hall.
    """
    parts = [part for part in held.parts if kind_taken(part) == kind]
    if kind == "clip":
        return [part for part in parts if part.min_s is not None] or parts
    return parts


def clock_text(seconds: float) -> str:
    """Write a length as people read it in any language: ``6:40``, ``1:02:05``.

    >>> clock_text(400), clock_text(3725.9)
    ('6:40', '1:02:05')
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes = f"{rest // 60:02}" if hours else str(rest // 60)
    return (f"{hours}:" if hours else "") + f"{minutes}:{rest % 60:02}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems from bad to good, equal codes by place."""
    order: Mapping[str, int] = {code: index for index, code in enumerate(PROBLEM_CODES)}
    return tuple(sorted(problems, key=lambda problem: (order[problem.code], problem.at or 0.0)))


def held_to(result: CheckResult, rules: FileRules, *, size: int) -> CheckResult:
    """Return the result with the problems that only a contest's rules make: length, pages, size.

    Source: rubric-presets.yaml: lengths count in whole seconds, the decoded length cut off.
    """
    found = list(result.problems)
    if rules.max_bytes is not None and size > rules.max_bytes:
        megabytes = f"{rules.max_bytes >> 20} MB"
        found.append(Problem("too_large", params={"limit": megabytes}))
    length = result.whole_seconds
    if length is not None and rules.max_s is not None and length > rules.max_s:
        found.append(_length_problem("too_long", length, rules.max_s, at=float(rules.max_s)))
    if length is not None and rules.min_s is not None and length < rules.min_s:
        found.append(_length_problem("too_short", length, rules.min_s, at=None))
    known = {problem.code for problem in found}
    if (
        rules.max_pages is not None
        and result.pages is not None
        and result.pages > rules.max_pages
        and "too_many_pages" not in known
    ):
        found.append(too_many_pages(result.pages, rules.max_pages))
    return replace(result, problems=in_order(found))


def too_many_pages(pages: int, limit: int) -> Problem:
    """Return the problem of an outline with more pages than allowed."""
    return Problem("too_many_pages", params={"pages": str(pages), "limit": str(limit)})


def _length_problem(code: str, length: int, limit: int, *, at: float | None) -> Problem:
    params = {"length": clock_text(length), "limit": clock_text(limit)}
    return Problem(code, at=at, params=params)
