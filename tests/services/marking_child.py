"""Types marks at a desk without end and says each one's hash once it is acknowledged.

``python -m tests.services.marking_child PACK DESK SEED``; meant to be killed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from judgeapp.bootstrap import start_machine
from judgeapp.services.desk import open_desk
from judgeapp.services.marking import enter_mark


def main(pack: str, folder: str, seed: str) -> None:
    """Open the desk and type."""
    chance = random.Random(int(seed))
    desk = open_desk(start_machine(), pack=Path(pack), judge="J07", folder=Path(folder)).value
    part = desk.pack.round.parts[0]
    while True:
        made = enter_mark(
            desk,
            contestant=chance.choice(desk.pack.entries).id,
            part=part.id,
            criterion=chance.choice(part.criteria).id,
            typed=str(chance.randrange(11)),
        ).value
        if made.event is not None:
            sys.stdout.write(made.event.hash + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
