"""What the office has said about its papers, as the contest keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from judgeapp.domain.errors import BadInput
from judgeapp.domain.papers import Papers, papers_body, papers_from
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.texts import load_texts
from judgeapp.system.yaml_file import read_yaml


def read_papers(u: UnitOfWork) -> Papers:
    """Return what the office has said about its papers; nothing yet is empty `Papers`."""
    stored = u.contest.meta().get("papers")
    return papers_from(json.loads(stored)) if stored else Papers()


def mark_of(u: UnitOfWork, language: str = "vi") -> str | None:
    """Return the word that papers and files of this contest carry if it is a rehearsal."""
    return load_texts(language)("rehearsal.word") if u.contest.is_rehearsal() else None


def title_of(u: UnitOfWork, language: str = "vi") -> str:
    """Return the contest's name as papers about it begin: that of a rehearsal says so first."""
    name, mark = u.contest.meta()["name"], mark_of(u, language)
    return f"{mark} — {name}" if mark else name


def show_papers(app: Context) -> Papers:
    """Return what the office has said about its papers so far."""
    with app.read() as u:
        return read_papers(u)


def set_papers(
    app: Context, *, file: Path | None = None, body: Mapping[str, object] | None = None
) -> Outcome[Papers]:
    """Store what is said about the papers, in place of what was said before.

    Args:
        app: the open contest.
        file: a YAML file that says it.
        body: the same as plain data, where there is no file.

    Raises:
        BadInput: what is wrong in the file, with its key; nothing is changed then.
    """
    try:
        papers = papers_from(body or {} if file is None else read_yaml(file))
    except BadInput as error:
        error.file = error.file or (file.name if file else None)
        raise
    with app.write() as u:
        before = papers_body(read_papers(u))
        u.contest.put_meta("papers", json.dumps(papers_body(papers), ensure_ascii=False))
        u.log("contest.papers_set", fields=sorted(papers_body(papers)))
        u.commit()
    undo = Undo("papers", {}, partial(set_papers, body=before))
    return changed(papers, [Kind.CONTEST, Kind.AWARDS], undo)
