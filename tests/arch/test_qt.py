"""PySide6 6.12.0 on Python 3.11 loses a reference to None in every call that returns nothing.

Painted screens then end in a fatal error within seconds. 6.11.3 does not; this test sees it.
"""

from __future__ import annotations

import subprocess
import sys

CALLS = 1000

COUNT = f"""
import sys
from PySide6.QtGui import QImage, QPainter
image = QImage(8, 8, QImage.Format.Format_RGB32)
painter = QPainter(image)
painter.drawPoint(1, 1)
before = sys.getrefcount(None)
for _ in range({CALLS}):
    painter.drawPoint(1, 1)
after = sys.getrefcount(None)
painter.end()
print(before - after)
"""


def test_painting_loses_no_reference_to_none() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", COUNT], capture_output=True, text=True, check=True, timeout=60
    )
    assert abs(int(answer.stdout)) < CALLS // 10
