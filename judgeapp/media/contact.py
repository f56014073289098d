"""The poster and the 16 pictures of the contact sheet, chosen while the clip goes by once.

The length is not known before the end and the header may lie, so pictures are kept at a step that
doubles, and every other one is dropped, whenever there are more than 64; 16 of them are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from judgeapp.media import pictures
from judgeapp.media.frames import Shrinker

if TYPE_CHECKING:
    import av

SHOWN = pictures.SHEET_COLUMNS * pictures.SHEET_ROWS
_KEPT = 4 * SHOWN
_MOST_FIRST_STEP, _BLIND_STEP = 2.0, 0.125
_POSTER_SECOND = 3.0


class ContactFrames:
    """Keeps small pictures of a clip, and a larger one for its poster.

    Args:
        claimed: the length by the header in seconds, or None; only a first guess.
    """

    def __init__(self, claimed: float | None) -> None:
        guess = (claimed or 0.0) / (2 * SHOWN)
        self._step = min(guess, _MOST_FIRST_STEP) if guess > 0 else _BLIND_STEP
        self._small = Shrinker((pictures.CELL_WIDTH, pictures.CELL_HEIGHT))
        self._large = Shrinker((pictures.POSTER_WIDTH, pictures.POSTER_HEIGHT))
        self._next = 0.0
        self._kept: list[tuple[float, pictures.Picture]] = []
        self._poster: pictures.Picture | None = None
        self._poster_second: float | None = None

    def wants(self, second: float, *, black: bool) -> bool:
        """Tell whether a picture at that second is to be kept."""
        return second >= self._next or self._is_poster(second, black)

    def _is_poster(self, second: float, black: bool) -> bool:
        """The first picture that is not black, then one about three seconds in."""
        if black:
            return False
        return self._poster_second is None or (self._poster_second < _POSTER_SECOND <= second)

    def add(self, second: float, frame: av.VideoFrame, rotation: int, *, black: bool) -> None:
        """Keep a picture, upright."""
        if self._is_poster(second, black):
            self._poster_second = second
            self._poster = self._large.shrunk(frame, rotation)
        if second < self._next:
            return
        self._kept.append((second, self._small.shrunk(frame, rotation)))
        if len(self._kept) > _KEPT:
            del self._kept[1::2]
            self._step *= 2
        self._next = self._kept[-1][0] + self._step

    def made(self) -> tuple[bytes | None, bytes | None, list[float]]:
        """Return poster and contact sheet as JPEG files, and the times of the sheet's pictures."""
        if not self._kept:
            return None, None, []
        count = min(SHOWN, len(self._kept))
        last = len(self._kept) - 1
        chosen = [self._kept[round(i * last / max(1, count - 1))] for i in range(count)]
        times = [second for second, _ in chosen]
        sheet = pictures.contact_sheet([picture for _, picture in chosen], times)
        poster = self._poster if self._poster is not None else chosen[0][1]
        return pictures.jpeg(poster), pictures.jpeg(sheet), times
