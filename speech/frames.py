"""A frame of sound: the unit of time of the ears. Nothing here reads or judges sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Hertz; everything behind the sources is mono at this rate."""
FRAME = 512
"""Samples in a frame, 32 ms: what Silero takes at a time."""
FRAME_SECONDS = FRAME / RATE

Samples = NDArray[np.float32]
"""Shape (n,), -1..1, 16 kHz mono."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """32 ms of sound and where it begins in the stream."""

    samples: Samples
    """Exactly FRAME samples; the last of a recording is filled with silence."""
    position: int
    """Samples since the stream opened, of the first sample here."""
    channels: NDArray[np.float32] | None = None
    """Shape (channels, FRAME), 16 kHz: every channel of an array microphone, where they tell more than one does."""
    limited: float = 0.0
    """Share of the samples that were at the limit of the converter, 0..1, before anything was done to them."""

    @property
    def end(self) -> float:
        """Seconds since the stream opened at which this frame is over."""
        return (self.position + FRAME) / RATE
