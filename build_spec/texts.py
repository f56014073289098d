"""Compile the catalogues: ``resources/texts/<language>/<feature>.po`` to ``.mo`` beside it.

Run as ``python -m build_spec.texts``; the build backend runs it too, at each install.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TEXTS = Path(__file__).resolve().parent.parent / "resources" / "texts"


def compile_texts(folder: Path = TEXTS) -> int:
    """Compile each catalogue that is newer than its compiled form; return how many were."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    count = 0
    for source in sorted(folder.glob("*/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.name, abort_invalid=True)
        part = target.with_suffix(".part")
        with part.open("wb") as out:
            write_mo(out, catalogue)
        part.replace(target)
        count += 1
    return count


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles the catalogues before the package is built or installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; the backend then takes the files in."""
        compile_texts(Path(self.root) / "resources" / "texts")


if __name__ == "__main__":
    compile_texts()
