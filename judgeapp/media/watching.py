"""Watches the pictures and the sound of a clip go by: black, frozen, cut, silent.

Words: a picture is *frozen* while it shows nothing new; a *cut* is a sudden change in an otherwise
steady film, a suspicion only; sound is *silent* below -60 dB of full scale.
Times are seconds from the clip's beginning; pictures and sound come in order of time.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from statistics import median

import numpy as np
import numpy.typing as npt

from judgeapp.media.pictures import Luma, difference, is_black

BLACK_SECONDS = 0.5
FROZEN_SECONDS = 1.0
SILENT_SECONDS = 10.0
MOST_PLACES = 20  # of one kind of problem that are named
_STILL_LEVELS, _STILL_SHARE = 1.0, 0.002  # coding alone changes a still picture that much
_CUT_LEVELS, _CUT_FACTOR, _CUT_MEMORY = 14.0, 5.0, 12
_SILENCE = 1e-3
_LOUDEST = 4.0
_WINDOW_SECONDS = 0.1
_PEAKS = 200


class Stretches:
    """Places where something lasted at least ``least`` seconds."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._since: float | None = None
        self.starts: list[float] = []

    def see(self, time: float, on: bool) -> None:
        """Take note that from ``time`` on it is so, or not."""
        if on and self._since is None:
            self._since = time
        elif not on:
            self.end(time)

    def end(self, time: float) -> None:
        """Close what is open at ``time``."""
        if self._since is not None and time - self._since >= self._least - 0.001:
            self.add(self._since)
        self._since = None

    def add(self, start: float) -> None:
        """Note a place; the first twenty are kept."""
        if len(self.starts) < MOST_PLACES:
            self.starts.append(start)


class PictureWatch:
    """Finds black and frozen stretches and suspected cuts."""

    def __init__(self) -> None:
        self.black = Stretches(BLACK_SECONDS)
        self.frozen = Stretches(FROZEN_SECONDS)
        self.cuts: list[float] = []
        self._still: tuple[float, Luma] | None = None
        self._frozen_until: float | None = None
        self._last: tuple[float, Luma] | None = None
        self._changes: deque[float] = deque(maxlen=_CUT_MEMORY)
        self._intervals: deque[float] = deque(maxlen=_CUT_MEMORY)
        self._suspect: tuple[float, float, Luma] | None = None

    def see(self, time: float, luma: Luma, black_level: int) -> bool:
        """Take note of a picture; return whether it is black."""
        black = is_black(luma, black_level)
        self.black.see(time, black)
        self._watch_still(time, luma, black)
        self._watch_cuts(time, luma, black)
        return black

    def end(self, time: float, sound_end: float) -> None:
        """Close all stretches at the end of the pictures; a longer sound freezes the last one."""
        self.black.end(time)
        self._end_still(max(time, sound_end))

    def _watch_still(self, time: float, luma: Luma, black: bool) -> None:
        if self._still is not None:
            levels, share = difference(self._still[1], luma)
            if not black and levels <= _STILL_LEVELS and share <= _STILL_SHARE:
                return
            self._end_still(time)
        self._still = None if black else (time, luma)

    def _end_still(self, time: float) -> None:
        """Close a still; one that begins where the last ended (slides) is no new place."""
        if self._still is None:
            return
        start = self._still[0]
        if time - start >= FROZEN_SECONDS - 0.001:
            if self._frozen_until != start:
                self.frozen.add(start)
            self._frozen_until = time
        self._still = None

    def _watch_cuts(self, time: float, luma: Luma, black: bool) -> None:
        if black:
            self._last = self._suspect = None
            return
        if self._last is not None:
            before, previous = self._last
            change, _ = difference(previous, luma)
            came_back = self._settle_suspect(change, luma)
            if not came_back and self._is_sudden(change, time - before):
                self._suspect = (time, change, previous)
            elif not came_back:
                self._changes.append(change)
                self._intervals.append(time - before)
        self._last = (time, luma)

    def _is_sudden(self, change: float, interval: float) -> bool:
        if change < _CUT_LEVELS or len(self._changes) < _CUT_MEMORY // 2:
            return False
        usual = median(self._changes)
        return change >= _CUT_FACTOR * usual + 2 and interval <= 2.5 * median(self._intervals)

    def _settle_suspect(self, change: float, luma: Luma) -> bool:
        """Keep a suspected cut if the film is steady behind it; return whether it was a flash."""
        if self._suspect is None:
            return False
        time, sudden, before = self._suspect
        self._suspect = None
        if difference(before, luma)[0] < 0.6 * sudden:
            return True
        if change <= sudden / 3 and len(self.cuts) < MOST_PLACES:
            self.cuts.append(time)
        return False


class SoundWatch:
    """Finds silence and loudness, and the peaks that draw the sound as a wave."""

    def __init__(self, rate: int) -> None:
        self._least = max(1, int(rate * _WINDOW_SECONDS))
        self._windows: list[tuple[float, float, float]] = []
        self._start = 0.0
        self._count = 0
        self._squares = 0.0
        self._peak = 0.0

    def hear(self, time: float, samples: npt.NDArray[np.float32]) -> None:
        """Take note of sound: channels × samples, full scale 1."""
        if not self._count:
            self._start = time
        flat = samples.ravel()
        peak = float(np.abs(flat).max(initial=0.0))
        if not peak <= _LOUDEST:  # beyond full scale, or no number at all: a damaged file
            flat = np.clip(np.nan_to_num(flat, nan=0.0), -_LOUDEST, _LOUDEST)
            peak = _LOUDEST
        self._squares += float(np.dot(flat, flat)) / samples.shape[0]
        self._count += samples.shape[1]
        self._peak = max(self._peak, peak)
        if self._count >= self._least:
            self._close()

    def _close(self) -> None:
        if self._count:
            level = math.sqrt(self._squares / self._count)
            self._windows.append((self._start, level, self._peak))
        self._count, self._squares, self._peak = 0, 0.0, 0.0

    def silences(self, origin: float, sound_end: float, clip_end: float) -> list[float | None]:
        """Return where it is silent: ``[None]`` all along, else the starts of long silences.

        Args:
            origin: where the clip begins; sound may begin later.
            sound_end: where the sound track ends.
            clip_end: where the clip ends; without sound it is silent up to there.
        """
        self._close()
        levels = sorted(level for _, level, _ in self._windows)
        if not levels or levels[int(0.95 * (len(levels) - 1))] < _SILENCE:
            return [None]
        silent = Stretches(SILENT_SECONDS)
        silent.see(origin, on=True)
        for start, level, _ in self._windows:
            silent.see(start, level < _SILENCE)
        silent.see(sound_end, on=True)
        silent.end(clip_end)
        return list(silent.starts)

    def loudness(self) -> float | None:
        """Return the mean level where it is not silent, in dB below full scale, or None."""
        heard = [level * level for _, level, _ in self._windows if level >= _SILENCE]
        return round(10 * math.log10(sum(heard) / len(heard)), 1) if heard else None

    def peaks(self) -> tuple[int, ...]:
        """Return about 200 highest levels along the clip, from 0 to 100."""
        group = -(-len(self._windows) // _PEAKS) or 1
        highest = [
            max(peak for _, _, peak in self._windows[start : start + group])
            for start in range(0, len(self._windows), group)
        ]
        return tuple(min(100, round(100 * peak)) for peak in highest)


class Rhythm:
    """The times between pictures: steady or variable."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._intervals: Counter[int] = Counter()  # in tenths of a millisecond

    def see(self, time: float) -> None:
        """Take note of the time of a picture."""
        if self._last is not None:
            self._intervals[round((time - self._last) * 10_000)] += 1
        self._last = time

    def variable(self) -> bool:
        """Tell whether more than one interval in twenty is a fifth away from the usual one."""
        count = self._intervals.total()
        if count < 8:
            return False
        usual = self._usual(count)
        odd = sum(
            times
            for interval, times in self._intervals.items()
            if abs(interval - usual) > max(usual / 5, 25)
        )
        return odd > count / 20

    def _usual(self, count: int) -> int:
        seen = 0
        for interval in sorted(self._intervals):
            seen += self._intervals[interval]
            if 2 * seen >= count:
                return interval
        return 0
