"""Help and wrong usage answer at once: nothing heavy is loaded for them."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "PIL", "PySide6", "av", "babel", "cryptography", "cv2", "defusedxml", "docx", "lxml", "msgspec",
    "numpy", "openpyxl", "pypdf", "rapidfuzz", "reportlab", "sqlalchemy", "xlrd", "yaml",
}  # fmt: skip


def test_help_loads_no_heavy_package() -> None:
    answer = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "judgeapp", "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    loaded = {line.rpartition("|")[2].strip() for line in answer.stderr.splitlines()}
    assert "judgeapp.cli.main" in loaded
    assert not {name for name in loaded if name.partition(".")[0] in HEAVY}
    assert not {name for name in loaded if name.startswith(("judgeapp.services", "judgeapp.store"))}
