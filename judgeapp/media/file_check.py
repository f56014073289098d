"""A file from outside is looked into in a child process; whatever it is, an answer comes back.

The child (`look_into`) decodes or reads under limits of memory and time and writes no file; this
side (`check_file`) turns its answer, its silence or its end into a `CheckResult`. A file that kills
its reader is a finding like any other.

Source: caps of exchange.md: child 1 GiB; documents 100 MiB and 10 s; a clip is given up after 10 s
without progress.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from judgeapp.domain.entries import CheckResult, Kind, Problem, clock_text, in_order
from judgeapp.domain.file_names import kind_of_ending
from judgeapp.media import sniff
from judgeapp.media.sniff import Content
from judgeapp.system.child import ChildFailed, Limits, Report, ignore, never, run_limited

MAX_DOCUMENT_BYTES = 100 << 20
DOCUMENT_LIMITS = Limits(seconds=10)
CLIP_LIMITS = Limits(silence=10, seconds=12 * 3600)
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class CheckedFile:
    """What was found, with poster and contact sheet of a clip as JPEG files."""

    result: CheckResult
    poster: bytes | None = None
    sheet: bytes | None = None


def check_file(
    path: Path,
    *,
    name: str | None = None,
    threads: int = 1,
    report: Callable[[float], None] = lambda second: None,
    stopped: Callable[[], bool] = never,
) -> CheckedFile:
    """Return what a look into a file found; nothing that is in it disturbs this process.

    Args:
        path: the file; read only.
        name: the name it was handed in under, if that is not the path's.
        threads: of the decoder.
        report: told the second of a clip that was reached.
        stopped: asked whether the work is no longer wanted.

    Raises:
        Cancelled: ``stopped`` said so.
        OSError: if the file cannot be read.
    """
    ending = Path(name or path.name).suffix.lstrip(".")
    named = kind_of_ending(ending)
    content = sniff.look(path)
    refused = _refused_at_sight(path, content, named)
    if refused is not None:
        return CheckedFile(_named_rightly(refused, content, ending))
    arguments = {"path": str(path.absolute()), "threads": threads}
    limits = CLIP_LIMITS if content.kind == "clip" else DOCUMENT_LIMITS
    try:
        answer = run_limited(
            look_into,
            arguments,
            limits=limits,
            on_sign=seconds_of(report) if content.kind == "clip" else ignore,
            stopped=stopped,
        )
        checked = _read_answer(answer)
    except ChildFailed as failure:
        checked = CheckedFile(_given_up(content, failure))
    return replace(checked, result=_named_rightly(checked.result, content, ending))


def look_into(arguments: Mapping[str, Any], report: Report) -> object:
    """Look into one file: the child's task. Its arguments are ``path`` and ``threads``."""
    path = Path(arguments["path"])
    content = sniff.look(path)
    if content.kind == "clip":
        from judgeapp.media.clip_check import check_clip

        clip = check_clip(path, content, threads=arguments["threads"], report=report)
        return _answer(CheckedFile(clip.result, clip.poster, clip.sheet))
    if content == sniff.PDF:
        from judgeapp.media.pdf_check import check_pdf

        return _answer(CheckedFile(check_pdf(path)))
    from judgeapp.media.docx_check import check_docx

    return _answer(CheckedFile(check_docx(path)))


def _answer(checked: CheckedFile) -> dict[str, Any]:
    import msgspec

    return {
        "result": msgspec.to_builtins(checked.result),
        "poster": _text(checked.poster),
        "sheet": _text(checked.sheet),
    }


def _text(picture: bytes | None) -> str | None:
    return None if picture is None else base64.b64encode(picture).decode()


def _read_answer(answer: object) -> CheckedFile:
    """Read what the child answered, as strictly as anything from outside.

    Raises:
        ChildFailed: if that is no answer: the file may have taken the child over.
    """
    import msgspec

    if not isinstance(answer, dict):
        raise ChildFailed("crashed")
    try:
        result = msgspec.convert(answer.get("result"), CheckResult)
        result = replace(result, problems=in_order(result.problems))
        return CheckedFile(result, _picture(answer.get("poster")), _picture(answer.get("sheet")))
    except (msgspec.ValidationError, KeyError, TypeError, binascii.Error):
        raise ChildFailed("crashed") from None


def _picture(text: object) -> bytes | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise TypeError("no picture")
    picture = base64.b64decode(text, validate=True)
    if not picture.startswith(_JPEG):
        raise TypeError("no JPEG")
    return picture


def seconds_of(report: Callable[[float], None]) -> Report:
    """Return what takes the signs of a child process and reports the seconds in them."""

    def pass_on(sign: object) -> None:
        second = sign.get("at") if isinstance(sign, dict) else None
        if isinstance(second, int | float):
            report(float(second))

    return pass_on


def _refused_at_sight(path: Path, content: Content, named: Kind | None) -> CheckResult | None:
    """Return the answer for what need not be opened: empty, too large, or neither kind."""
    kind = content.kind or named
    size = path.stat().st_size
    if content == sniff.EMPTY:
        return _shut(kind, content, Problem("empty"))
    if content.kind == "outline" and size > MAX_DOCUMENT_BYTES:
        params = {"limit": f"{MAX_DOCUMENT_BYTES >> 20} MB"}
        return _shut(kind, content, Problem("too_large", params=params))
    if content == sniff.OLD_WORD and sniff.has_encrypted_package(path):
        return _shut(kind, content, Problem("encrypted"))
    if content in (sniff.RTF, sniff.OLD_WORD) or (content.kind is None and named == "outline"):
        return _shut(kind, content, _not_document(content))
    return None if content.kind else _shut(kind, content, Problem("not_media"))


def _not_document(content: Content) -> Problem:
    if content == sniff.UNKNOWN:
        return Problem("not_document", variant="unknown")
    return Problem("not_document", params={"content": content.label})


def _shut(kind: Kind | None, content: Content, problem: Problem) -> CheckResult:
    name = None if content in (sniff.EMPTY, sniff.UNKNOWN) else content.name
    return CheckResult(kind, opens=False, container=name, problems=(problem,))


def _named_rightly(result: CheckResult, content: Content, ending: str) -> CheckResult:
    """Return the result with ``wrong_extension`` if the name promises another known content.

    A document that we cannot read, under the name of one that we can, is only misnamed.
    """
    codes = {problem.code for problem in result.problems}
    if content.kind is None or ending.casefold() in content.endings:
        return result
    if "encrypted" in codes or ("not_document" in codes and not _replaces(content, ending)):
        return result
    params = {"ending": ending or "-", "content": content.label}
    kept = [problem for problem in result.problems if problem.code != "not_document"]
    variant = "save_anew" if "not_document" in codes else None
    problems = in_order([*kept, Problem("wrong_extension", params=params, variant=variant)])
    return replace(result, problems=problems)


def _replaces(content: Content, ending: str) -> bool:
    """Tell whether "save it under another ending" says more than "this is no outline"."""
    return content != sniff.ZIP and kind_of_ending(ending) is not None


def _given_up(content: Content, failure: ChildFailed) -> CheckResult:
    """Return the answer for a file that no answer could be had of."""
    if failure.reason == "memory" or (content.kind == "outline" and failure.reason != "crashed"):
        return _shut(content.kind, content, Problem("bomb"))
    sign = failure.last_sign
    at = sign.get("at") if isinstance(sign, dict) else None
    place = float(at) if isinstance(at, int | float) else None
    if place is None:
        return _shut(content.kind, content, Problem("damaged", variant="unreadable"))
    params = {"place": clock_text(place)}
    return _shut(content.kind, content, Problem("damaged", place, params))
