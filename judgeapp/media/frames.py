"""Decoded pictures and sound as arrays, without copying what need not be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from judgeapp.media import pictures

if TYPE_CHECKING:
    import av

_LUMA_FIRST = ("yuv4", "yuvj4", "nv12", "nv21", "gray")
_FULL_RANGE = 2


def luma_of(frame: av.VideoFrame) -> pictures.Luma:
    """Return the thinned brightness, straight from the decoder's memory where it lies ready."""
    name = frame.format.name
    if name.startswith(_LUMA_FIRST) and not name.endswith(("le", "be")):
        plane: Any = frame.planes[0]  # it has the buffer interface, which its types do not say
        lines = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        return pictures.thin(lines[: frame.height, : frame.width])
    width, height = pictures.fitted_size(
        frame.width, frame.height, (pictures.LUMA_COLUMNS, pictures.LUMA_ROWS)
    )
    gray = frame.reformat(width=width, height=height, format="gray").to_ndarray()
    return pictures.thin(gray.astype(np.uint8, copy=False))


def black_level(frame: av.VideoFrame) -> int:
    """Return the brightness up to which a point is black: a tenth of the range that is used."""
    full_range = (
        frame.format.name.startswith(("yuvj", "gray")) or int(frame.color_range) == _FULL_RANGE
    )
    return 26 if full_range else 38


class Shrinker:
    """Makes small upright pictures that fit into ``box`` (width, height), one after another."""

    def __init__(self, box: tuple[int, int]) -> None:
        from av.video.reformatter import VideoReformatter

        self._box = box
        self._reformatter = VideoReformatter()  # keeps its tables from picture to picture

    def shrunk(self, frame: av.VideoFrame, rotation: int) -> pictures.Picture:
        """Return the picture turned counter-clockwise by ``rotation`` degrees."""
        sideways = rotation in (90, 270)
        box = (self._box[1], self._box[0]) if sideways else self._box
        width, height = pictures.fitted_size(frame.width, frame.height, box)
        small = self._reformatter.reformat(
            frame, width, height, "bgr24", interpolation="FAST_BILINEAR", threads=1
        )
        return pictures.turned(small.to_ndarray().astype(np.uint8, copy=False), rotation)


def samples_of(frame: av.AudioFrame) -> npt.NDArray[np.float32]:
    """Return channels × samples with full scale 1."""
    raw: npt.NDArray[Any] = frame.to_ndarray()
    scaled = raw.astype(np.float32, copy=False)
    if raw.dtype == np.uint8:
        scaled = (scaled - np.float32(128)) / np.float32(128)
    elif raw.dtype.kind == "i":
        scaled = scaled / np.float32(1 << (8 * raw.dtype.itemsize - 1))
    channels = max(1, len(frame.layout.channels))
    if scaled.shape[0] != channels and scaled.size % channels == 0:  # packed: one row for all
        scaled = scaled.reshape(-1, channels).T
    return np.asarray(scaled, np.float32)
