"""Where two or more speak at once, by the segmentation network of pyannote. Nothing here knows a voice or a seat.

The network sees 5 s of sound and tells, every 17 ms, which of up to three local voices speak (arXiv 2310.13025). Whose
they are it confuses between windows; how many there are, it tells well: that alone is used.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.effort import Pace
from speech.frames import FRAME, RATE, Frame, Samples
from speech.network import network_from
from speech.ring import Ring
from speech.voice import Voice

WINDOW = 5 * RATE
"""Samples that the network sees at a time."""
_AHEAD = int(0.7 * RATE)
"""Samples; a window may come so much before its time when somebody asks for the newest sound."""
THRESHOLD = 0.5
"""Probability from which two voices are believed."""
LEAST = 0.15
"""Seconds; shorter overlap is not told."""
_FILLED = 0.1
"""Seconds between two overlaps that are one."""
_STEP = 160
"""Samples; resolution in which probabilities are kept."""
_KEPT = 30 * RATE // _STEP
"""Steps that are remembered."""
_YOUNGEST, _OLDEST = int(0.3 * RATE), int(2.3 * RATE)
"""Samples before the end of a window between which it is believed: at its very end it has seen too little."""
_FRAME_STEP, _FRAME_CENTRE = 270, 495
"""Samples between two answers of the network, and from the start of a window to the middle of the first."""
_ALONE = 4
"""Of the network's seven classes the first four are silence and one voice alone, the others two at once."""


class Segmentation:
    """The network on one thread; 22 ms for a window where CAM++ takes 33 ms for its own."""

    def __init__(self, path: Path) -> None:
        self._network = network_from(path)

    def __call__(self, samples: Samples) -> NDArray[np.float32]:
        """Probability that two or more speak, shape (n,), every 270 samples."""
        (told,) = self._network.run(None, {"samples": samples[None, None]})
        overlapped: NDArray[np.float32] = np.exp(told[0, :, _ALONE:]).sum(1)
        return overlapped


class Overlap:
    """Follows one stream; keeps 30 s of probabilities. Without a network nobody ever overlaps."""

    def __init__(self, network: Segmentation | None, ring: Ring, pace: Pace | None = None) -> None:
        """`ring` holds the past 5 s of sound or more; `pace` says how often to look."""
        self._network, self._ring, self._pace = network, ring, pace or Pace()
        self._sum = np.zeros(_KEPT, np.float32)
        self._count = np.zeros(_KEPT, np.float32)
        self._newest = 0
        """Step after the last one that was ever written."""
        self._now = self._seen = self._voiced = 0

    def hear(self, frame: Frame, voice: Voice) -> None:
        """Takes a frame, and looks at the past 5 s once a second while there is voice, or less often when in a hurry.

        Half a second from look to look costs twice as much and finds no more.
        """
        self._now = frame.position + FRAME
        self._voiced = max(self._voiced, voice.last)
        hop = self._pace.effort.overlap
        if hop and self._now // hop > frame.position // hop and self._now - self._voiced < _OLDEST:
            self._look()

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches between two positions where two or more speak, in samples since the stream opened."""
        hop = self._pace.effort.overlap
        if hop is None:
            return []
        if end - self._seen > -_YOUNGEST and self._now - self._seen >= hop - _AHEAD:
            self._look()
        first, last = max(0, start // _STEP, self._newest - _KEPT), min(end // _STEP, self._newest)
        if last <= first:
            return []
        places = np.arange(first, last) % _KEPT
        sure = self._sum[places] > THRESHOLD * np.maximum(self._count[places], 1)
        return [
            (max(start, (first + a) * _STEP), min(end, (first + b) * _STEP))
            for a, b in _runs(sure, filled=int(_FILLED * RATE / _STEP), least=int(LEAST * RATE / _STEP))
        ]

    @property
    def lately(self) -> bool:
        """Whether several spoke in the half second that was looked at last."""
        return bool(self.spans(self._seen - _YOUNGEST - RATE // 2, self._seen - _YOUNGEST))

    def _look(self) -> None:
        """One window up to now; what it says of each step is averaged with what others said."""
        self._seen = self._now
        if self._network is None:
            return
        sound = self._ring.take(self._now - WINDOW, self._now)
        overlapped = self._network(np.pad(sound, (WINDOW - len(sound), 0)))
        steps = np.arange(max(0, self._now - _OLDEST) // _STEP, (self._now - _YOUNGEST) // _STEP)
        within = (steps * _STEP - (self._now - WINDOW) - _FRAME_CENTRE) / _FRAME_STEP
        answers = np.clip(np.round(within).astype(int), 0, len(overlapped) - 1)
        fresh = np.arange(max(self._newest, steps[-1] + 1 - _KEPT), steps[-1] + 1) % _KEPT
        self._sum[fresh] = self._count[fresh] = 0.0
        self._newest = max(self._newest, int(steps[-1]) + 1)
        self._sum[steps % _KEPT] += overlapped[answers]
        self._count[steps % _KEPT] += 1


def _runs(sure: NDArray[np.bool_], *, filled: int, least: int) -> list[tuple[int, int]]:
    """(begin, end) of the true stretches, gaps up to `filled` closed, those shorter than `least` left out."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sure, [False]))))
    joined: list[list[int]] = []
    for begin, end in edges.reshape(-1, 2).tolist():
        if joined and begin - joined[-1][1] <= filled:
            joined[-1][1] = end
        else:
            joined.append([begin, end])
    return [(begin, end) for begin, end in joined if end - begin >= least]
