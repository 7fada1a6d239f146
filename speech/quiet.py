"""Where in a stretch of sound it is quietest: between two words or two people. Nothing here knows who or what."""

from __future__ import annotations

import numpy as np

from speech.frames import RATE, Samples

_STEP = RATE // 100
"""Samples."""
_WIDTH = 16
"""Steps that are looked at together, 160 ms: longer than the closed mouth before a p or a t."""
_SILENT = 1e-9
"""Mean square (-90 dB) under which all is the same."""


def quietest(samples: Samples, near: int, slope: float = 0.0) -> int:
    """Samples to the quietest moment; a second further from `near` counts as much as `slope` dB louder."""
    steps = len(samples) // _STEP
    if steps <= _WIDTH:
        return min(max(near, 0), len(samples))
    power = np.mean(np.square(samples[: steps * _STEP].reshape(steps, _STEP), dtype=np.float64), axis=1)
    smooth = np.convolve(power, np.full(_WIDTH, 1 / _WIDTH), "valid")
    middles = (np.arange(len(smooth)) + _WIDTH / 2) * _STEP
    loud = 10 * np.log10(smooth + _SILENT) + slope * np.abs(middles - near) / RATE
    return int(middles[int(np.argmin(loud))])
