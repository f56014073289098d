"""Chooses between the window and the command line."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run judgeapp with the arguments of the process; return its exit code.

    Without arguments, or with a contest or pack folder alone, the window opens.
    """
    arguments = sys.argv[1:]
    if arguments == ["--child"]:
        from judgeapp.system.child_main import serve

        serve()
    if not arguments or (len(arguments) == 1 and _is_place(arguments[0])):
        return _open_window(Path(arguments[0]) if arguments else None)
    from judgeapp.cli.main import run

    return run(arguments, _open_window)


def _open_window(folder: Path | None) -> int:
    from judgeapp.gui.app import open_window

    return open_window(folder)


def _is_place(argument: str) -> bool:
    from judgeapp.cli.main import is_call

    return not argument.startswith("-") and not is_call(argument) and Path(argument).exists()


if __name__ == "__main__":
    sys.exit(main())
