"""The log file: what the app did, with ids only, never a mark or a name."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _QuietHandler(RotatingFileHandler):
    """Writes to the log file; a line that cannot be written is lost without a word."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the terminal belongs to the person's work."""


def start_log(folder: Path) -> None:
    """Send the app's log records to ``judgeapp.log`` in ``folder`` (1 MB, three old ones kept).

    A log that goes elsewhere so far is ended. A folder that cannot be written loses the log, not
    the work.
    """
    logger = logging.getLogger("judgeapp")
    for old in list(logger.handlers):
        if isinstance(old, RotatingFileHandler):
            if Path(old.baseFilename).parent == folder.absolute():
                return
            logger.removeHandler(old)
            old.close()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _QuietHandler(
            folder / "judgeapp.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
