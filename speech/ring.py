"""The last seconds of sound, and no more. Nothing here writes them anywhere; the old is overwritten by the new."""

from __future__ import annotations

import numpy as np

from speech.frames import FRAME, RATE, Frame, Samples
from speech.unswapped import hold


class Ring:
    """Keeps the last `seconds` of a stream; asked for by positions in samples since the stream opened."""

    def __init__(self, seconds: float) -> None:
        self._sound = np.zeros((int(seconds * RATE) // FRAME + 1) * FRAME, np.float32)
        self.held = hold(self._sound)
        """Whether it stays out of swap."""
        self._end = 0
        self._begin: int | None = None

    def append(self, frame: Frame) -> None:
        """Overwrites what is older than the ring is long."""
        if self._begin is None:
            self._begin = frame.position
        at = frame.position % len(self._sound)
        self._sound[at : at + FRAME] = frame.samples
        self._end = frame.position + FRAME

    def take(self, start: int, end: int) -> Samples:
        """A copy of what is still there between two positions."""
        oldest = max(self._begin or 0, self._end - len(self._sound))
        places = np.arange(max(start, oldest), min(end, self._end)) % len(self._sound)
        taken: Samples = self._sound[places]
        return taken

    def wipe(self) -> None:
        """Overwrites everything with silence."""
        self._sound[:] = 0.0
        self._begin, self._end = None, 0
