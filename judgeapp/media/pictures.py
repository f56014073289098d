"""Pictures as arrays: compared, turned, shrunk into posters and contact sheets, written as JPEG.

The only module that touches OpenCV. OpenCV never sees a path (on Windows it fails on Vietnamese
ones) nor a file: arrays go in, arrays and bytes come out.

Words: *luma* is the brightness of a picture, 0 (black) to 255, thinned to about 160 × 90 points;
a *picture* has rows × columns × (blue, green, red), 8 bits each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from judgeapp.domain.entries import clock_text

Luma = npt.NDArray[np.uint8]
Picture = npt.NDArray[np.uint8]

LUMA_COLUMNS, LUMA_ROWS = 160, 90
SHEET_COLUMNS, SHEET_ROWS = 4, 4
CELL_WIDTH, CELL_HEIGHT = 320, 180
POSTER_WIDTH, POSTER_HEIGHT = 640, 360
_GAP = 4
_MOVED = 12  # levels by which a point must differ to count as moved
_JPEG_QUALITY = 80
_SET_BY_CV2 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")


@cache
def _cv2() -> Any:
    """Load OpenCV; the variables that it sets for its own Qt are as they were before.

    Without that our own Qt, and every program we start, would look for plug-ins in OpenCV's folder.
    """
    before = {name: os.environ.get(name) for name in _SET_BY_CV2}
    import cv2

    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    cv2.setNumThreads(1)  # one child for each core already
    return cv2


def thin(plane: npt.NDArray[np.uint8]) -> Luma:
    """Return every n-th point of a plane of brightness, about 160 × 90 of them."""
    rows, columns = plane.shape
    down, across = max(1, rows // LUMA_ROWS), max(1, columns // LUMA_COLUMNS)
    return np.ascontiguousarray(plane[down // 2 :: down, across // 2 :: across])


def difference(one: Luma, other: Luma) -> tuple[float, float]:
    """Return the mean difference in levels and the share of points that moved.

    Pictures of different size are as different as can be.
    """
    if one.shape != other.shape:
        return 255.0, 1.0
    cv2 = _cv2()
    apart = cv2.absdiff(one, other)
    return cv2.mean(apart)[0], float(np.count_nonzero(apart > _MOVED) / apart.size)


def is_black(luma: Luma, level: int) -> bool:
    """Tell whether at least 98 % of the points are not brighter than ``level``."""
    return bool(np.count_nonzero(luma > level) <= luma.size * 0.02)


def fitted_size(width: int, height: int, box: tuple[int, int]) -> tuple[int, int]:
    """Return the largest even size with these proportions that fits into ``box``."""
    scale = min(box[0] / width, box[1] / height)
    return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)


def turned(picture: Picture, degrees: int) -> Picture:
    """Return the picture turned counter-clockwise by a multiple of 90 degrees."""
    cv2 = _cv2()
    how = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}
    if degrees % 360 not in how:
        return picture
    rotated: Picture = cv2.rotate(picture, how[degrees % 360])
    return rotated


def contact_sheet(pictures: Sequence[Picture], times: Sequence[float]) -> Picture:
    """Return up to 16 pictures in rows of four, each with its time in the corner."""
    rows = max(1, -(-len(pictures) // SHEET_COLUMNS))
    width = SHEET_COLUMNS * (CELL_WIDTH + _GAP) - _GAP
    sheet = np.full((rows * (CELL_HEIGHT + _GAP) - _GAP, width, 3), 32, np.uint8)
    for index, (picture, time) in enumerate(zip(pictures, times, strict=True)):
        row, column = divmod(index, SHEET_COLUMNS)
        top, left = row * (CELL_HEIGHT + _GAP), column * (CELL_WIDTH + _GAP)
        height, cell_width = picture.shape[:2]
        down, across = top + (CELL_HEIGHT - height) // 2, left + (CELL_WIDTH - cell_width) // 2
        sheet[down : down + height, across : across + cell_width] = picture
        write(sheet, clock_text(time), (left + 6, top + CELL_HEIGHT - 8), 0.5)
    return sheet


def write(picture: Picture, text: str, place: tuple[int, int], size: float) -> None:
    """Write ASCII text into a picture, light with a dark rim; ``place`` is its lower left end."""
    cv2 = _cv2()
    thick = max(1, round(size * 2))
    for colour, width in (((0, 0, 0), thick * 3), ((255, 255, 255), thick)):
        font = cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(picture, text, place, font, size, colour, width, cv2.LINE_AA)


def disc(picture: Picture, middle: tuple[int, int], radius: int) -> None:
    """Draw a light disc into a picture."""
    cv2 = _cv2()
    cv2.circle(picture, middle, radius, (235, 235, 235), -1, cv2.LINE_AA)


def jpeg(picture: Picture) -> bytes:
    """Return the picture as a JPEG file."""
    cv2 = _cv2()
    done, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not done:
        raise ValueError("picture of no size")
    return bytes(encoded)
