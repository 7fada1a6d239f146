"""The hum of the mains, 50 or 60 Hz and its multiples, is found here. Nothing here says so to anybody."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from speech.measures import LINE_HERTZ, NOTHING, Second, decibel

MAINS = (50.0, 60.0)
"""Hertz; Europe, and Japan's west and America."""
_SECONDS = 8
"""What is there in each of so many seconds is no voice and no music."""
_MULTIPLES = 20
_LEAST = 3
"""Multiples that make a hum; one alone may be anything."""
_STANDS_OUT = 15.0
"""dB above what lies beside it."""
_AT = np.arange(-2, 3)
"""Lines that are the mains: it wanders by 0.1 Hz, at the 20th multiple by 2."""
_BESIDE = np.concatenate([np.arange(-20, -4), np.arange(5, 21)])
"""Lines that are not."""
_HEARD = -55.0
"""dB; a weaker hum is in every room."""
_BELOW_SPEECH = 30.0
"""dB; the same beside speech."""


class Hum:
    """Remembers the lines of the past seconds."""

    def __init__(self) -> None:
        self._lines: deque[NDArray[np.float64]] = deque(maxlen=_SECONDS)
        self.level = NOTHING
        """dB of the hum in the past seconds."""

    def heard(self, second: Second, *, loudness: float) -> bool:
        """Whether it hums, loud enough to matter beside speech of `loudness` dB."""
        self._lines.append(second.lines)
        if len(self._lines) < _SECONDS // 2:
            return False
        lasting = np.min(self._lines, axis=0)
        self.level = max(_level(lasting, mains) for mains in MAINS)
        return self.level > max(_HEARD, loudness - _BELOW_SPEECH)


def _level(lasting: NDArray[np.float64], mains: float) -> float:
    """dB of the multiples that stand out, or of nothing where they are too few."""
    centres = np.round(mains * np.arange(1, _MULTIPLES + 1) / LINE_HERTZ).astype(int)[:, None]
    peaks = lasting[centres + _AT].max(axis=1)
    around = np.median(lasting[centres + _BESIDE], axis=1)
    found = peaks > around * 10 ** (_STANDS_OUT / 10) + 1e-12
    return decibel(float(peaks[found].sum()) if np.count_nonzero(found) >= _LEAST else 0.0)
