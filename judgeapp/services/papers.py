"""What the office has said about its papers, as the contest keeps it."""

from __future__ import annotations

import json

from judgeapp.domain.papers import Papers, papers_from
from judgeapp.store.uow import UnitOfWork


def read_papers(u: UnitOfWork) -> Papers:
    """Return what the office has said about its papers; nothing yet is empty `Papers`."""
    stored = u.contest.meta().get("papers")
    return papers_from(json.loads(stored)) if stored else Papers()
