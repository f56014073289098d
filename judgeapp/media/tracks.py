"""One stream of a clip while it is decoded: where it ends, and where it could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

_PADDING = Fraction(1, 20)  # AAC fills its last block up; the header says where the sound ends


class Track:
    """One stream while it is decoded; times in seconds by its time stamps.

    Attributes:
        count: pictures or pieces of sound so far.
        first: when the first one begins, or None.
        end: when the last one ends.
        damaged_at: first place that could not be read although more came behind it, or None.
        open_damage: places that could not be read with nothing good behind them so far.
    """

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.count = 0
        self.first: Fraction | None = None
        self.end = Fraction(0)
        self.damaged_at: float | None = None
        self.open_damage: list[float] = []

    def good(self, start: Fraction, end: Fraction) -> None:
        """Take note of something decoded from ``start`` to ``end``."""
        self.count += 1
        if self.first is None:
            self.first = start
        self.end = max(self.end, end)
        if self.open_damage:
            if self.damaged_at is None:
                self.damaged_at = self.open_damage[0]
            self.open_damage.clear()

    def bad(self, at: Fraction) -> None:
        """Take note that nothing could be read at ``at``."""
        self.open_damage.append(float(at))

    def doubtful(self, start: Fraction, end: Fraction) -> None:
        """Take note of a picture of which the decoder says that parts are made up."""
        self.count += 1
        self.end = max(self.end, end)
        self.bad(start)

    @property
    def decodable(self) -> bool:
        """There is a decoder for it."""
        return self.stream.codec_context is not None

    @property
    def claimed_end(self) -> Fraction | None:
        """Where the container's index says that the stream ends, or None."""
        if self.stream.duration is None:
            return None
        ticks = Fraction(self.stream.duration) + (self.stream.start_time or 0)
        return Fraction(ticks * self.stream.time_base)

    @property
    def end_without_padding(self) -> Fraction:
        """The end; of sound without what only fills up its last block."""
        claimed = self.claimed_end
        if claimed is not None and 0 < self.end - claimed < _PADDING:
            return claimed
        return self.end

    @property
    def codec(self) -> str | None:
        """Name of the coding, such as ``h264``, whichever library decodes it; None if unknown."""
        context = self.stream.codec_context
        return None if context is None else str(context.codec.canonical_name)


def chosen(streams: Sequence[Any]) -> Track | None:
    """Return the stream that players take: the default one, else the first that can be decoded.

    A cover picture beside the sound is no film.
    """
    films = [stream for stream in streams if "attached_pic" not in str(stream.disposition)]
    usable = [stream for stream in films if stream.codec_context is not None] or films
    marked = [stream for stream in usable if "default" in str(stream.disposition)]
    return Track((marked or usable)[0]) if usable else None
