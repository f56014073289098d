"""What the office has said about its papers, as the contest keeps it."""

from __future__ import annotations

import json
from pathlib import Path

from judgeapp.domain.errors import BadInput
from judgeapp.domain.papers import Papers, papers_body, papers_from
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.yaml_file import read_yaml


def read_papers(u: UnitOfWork) -> Papers:
    """Return what the office has said about its papers; nothing yet is empty `Papers`."""
    stored = u.contest.meta().get("papers")
    return papers_from(json.loads(stored)) if stored else Papers()


def show_papers(app: Context) -> Papers:
    """Return what the office has said about its papers so far."""
    with app.read() as u:
        return read_papers(u)


def set_papers(app: Context, *, file: Path) -> Outcome[Papers]:
    """Store what a YAML file says about the papers, in place of what was said before.

    Raises:
        BadInput: what is wrong in the file, with its key; nothing is changed then.
    """
    try:
        papers = papers_from(read_yaml(file))
    except BadInput as error:
        error.file = error.file or file.name
        raise
    with app.write() as u:
        u.contest.put_meta("papers", json.dumps(papers_body(papers), ensure_ascii=False))
        u.log("contest.papers_set", fields=sorted(papers_body(papers)))
        u.commit()
    return changed(papers, [Kind.CONTEST, Kind.AWARDS])
