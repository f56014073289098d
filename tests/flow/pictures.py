"""Makes the pictures of the manual from the walk through the window, small enough to be carried.

`python -m tests.flow.pictures` runs the walk and writes ``resources/manual/pictures``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from judgeapp.system.paths import resources

COLOURS, MOST_BYTES = 256, 150_000
# Picture of the manual -> what the walk called it.
WANTED = {
    "start": "start", "contest": "contest", "people": "people-import", "entries": "entries",
    "rubrics": "rubrics", "panel": "panel", "packs": "packs", "desk": "judge-desk",
    "review": "judge-review", "score_files": "score-files-preliminary", "tie": "tie",
    "results": "results", "final": "final", "awards": "certificates", "documents": "documents",
}  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        walk = str(Path(__file__).with_name("test_window.py"))
        code = pytest.main(["-q", walk, "--pictures", folder])
        if code:
            return int(code)
        for name, seen in WANTED.items():
            _write(Path(folder) / f"{seen}.png", resources() / "manual/pictures" / f"{name}.png")
    return 0


def _write(source: Path, target: Path) -> None:
    """Write a picture with few colours."""
    with Image.open(source) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG)
        small.save(target, optimize=True)
    assert target.stat().st_size <= MOST_BYTES, f"{target.name} is too large"


if __name__ == "__main__":
    sys.exit(main())
