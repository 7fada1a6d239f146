"""Whether anybody speaks: frames in, stretches of voice out. Nothing here asks whose voice or reads a clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from speech.frames import FRAME, RATE, Frame, Samples
from speech.silero import Silero

BEGINS = 0.3
"""Probability of speech from which a stretch of voice begins."""
GOES_ON = 0.15
"""Probability from which it goes on, until the room is known; soft ends of words go missing at the usual 0.35."""
LOWEST, HIGHEST = 0.10, 0.25
"""The same in the stillest and the noisiest room."""
ABOVE_ROOM = 2.2
"""Times the middle of what Silero says of this room without speech, that speech must be to go on."""
_ROOM_FRAMES, _ROOM_LEAST = 60 * RATE // FRAME, 10 * RATE // FRAME
"""Frames without speech that are remembered, and from how many on they are believed."""
_LOUD = 0.2
"""Root mean square that speech is raised to: Silero overlooks soft voices far from the microphone."""
_MOST_GAIN = 20.0
_FADE = 0.98
"""What is left of the loudest moment after a frame; half of it after 1.1 s, so a soft voice may follow a loud one."""
GAP = 0.35
"""Seconds of silence that are still the same stretch of voice."""
BURST = 0.16
"""Seconds that must sound like the beginning of speech; anything shorter is a cough or a cup, or noise."""


class VoiceDetector(Protocol):
    """Gives one frame its probability of speech, 0..1."""

    def __call__(self, samples: Samples) -> float:
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


class Room:
    """What Silero says of this room when nobody speaks: near 0.04 where it is still, 0.1 where there is noise."""

    def __init__(self) -> None:
        self._quiet: deque[float] = deque(maxlen=_ROOM_FRAMES)
        self._since = 0
        self.goes_on = GOES_ON
        """Probability from which a stretch of voice goes on here."""

    def hear(self, probability: float) -> None:
        """One frame more; once a second the threshold follows the past minute of silence."""
        if probability < BEGINS:
            self._quiet.append(probability)
        self._since += 1
        if self._since >= RATE // FRAME and len(self._quiet) >= _ROOM_LEAST:
            self._since = 0
            self.goes_on = float(np.clip(ABOVE_ROOM * np.median(self._quiet), LOWEST, HIGHEST))


class VoiceActivity:
    """Counts frames of speech and silence: fills gaps, drops bursts."""

    def __init__(self, detector: VoiceDetector | None = None) -> None:
        self._detector: VoiceDetector = detector or Silero()
        self._room = Room()
        self._begin: int | None = None
        self._last = 0
        self._sure_samples = 0
        self._loudest = _LOUD / _MOST_GAIN

    def process(self, frame: Frame) -> Voice:
        """The state after one more frame."""
        probability = self.probability(frame.samples)
        self._room.hear(probability)
        spoken = probability >= (BEGINS if self._begin is None else self._room.goes_on)
        if spoken:
            if self._begin is None:
                self._begin, self._sure_samples = frame.position, 0
            self._last = frame.position + FRAME
            self._sure_samples += FRAME * (probability >= BEGINS)
        silent = frame.position + FRAME - self._last
        if self._begin is not None and silent >= GAP * RATE:
            return self._close()
        return Voice(spoken=spoken, start=self._confirmed(), last=self._last)

    def probability(self, samples: Samples) -> float:
        """Of speech in one frame more, made as loud as speech close by; 0..1."""
        return self._detector(self._raised(samples))

    def finish(self) -> Voice:
        """Closes the stretch that is still open when the sound ends."""
        ended = self._close()
        self._detector.reset()
        return ended

    def _raised(self, samples: Samples) -> Samples:
        """As loud as speech close by; quiet recordings are not noise."""
        self._loudest = max(float(np.sqrt(np.mean(samples**2))), self._loudest * _FADE, _LOUD / _MOST_GAIN)
        raised: Samples = np.clip(samples * np.float32(max(1.0, _LOUD / self._loudest)), -1.0, 1.0)
        return raised

    def _confirmed(self) -> int | None:
        return self._begin if self._sure_samples >= BURST * RATE else None

    def _close(self) -> Voice:
        start = self._confirmed()
        self._begin = None
        ended = None if start is None else (start, self._last)
        return Voice(spoken=False, start=None, last=self._last, ended=ended)
