"""Voices nobody named: windows like nobody's gather here until they are surely one voice. Nothing here hears sound."""

from __future__ import annotations

import numpy as np

from speech.frames import RATE
from speech.recent import Window, alike, seconds_of
from speech.voices import Voices

ENOUGH = 2.9
"""Seconds of one unknown voice from which it gets a number."""
ONE_VOICE = 0.6
"""Cosine with their mean from which windows are of one voice; windows of strangers stay under 0.5."""
APART = 0.55
"""Cosine of two windows of one voice that share no sound."""
_MOST = 12
"""Voices without a name; more is noise."""
_WAITING = 30 * RATE
"""Samples; older windows wait no more."""
NEW = 0.6
"""Cosine with the voice it is most like from which an unknown voice is no new one: it is that voice on a bad day."""


class Strangers:
    """Gathers windows decided to be nobody's."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._waiting: list[Window] = []

    def add(self, window: Window) -> tuple[int, int] | None:
        """One more; (number, position from which on) when it completes a voice that was not known."""
        waiting = [other for other in self._waiting if other.end > window.end - _WAITING]
        self._waiting = [*waiting, window]
        own = [other for other in self._waiting if float(other.vector @ window.vector) >= ONE_VOICE]
        if seconds_of(own) < ENOUGH:
            return None
        mean = np.mean([other.vector for other in own], axis=0)
        size = float(np.linalg.norm(mean))
        if min(alike(own), default=0.0) < APART:
            return None
        self._waiting = [other for other in self._waiting if other not in own]
        known = self._voices.closest(mean / size)
        if known is not None and known[1] >= NEW:
            self._voices.follow(known[0], mean / size, seconds_of(own))
            return None
        if sum(isinstance(label, int) for label in self._voices.labels) >= _MOST:
            return None
        return self._voices.find([other.vector for other in own], seconds_of(own)), own[0].start

    def wipe(self) -> None:
        """Lets the windows go; `Recent` overwrites them."""
        self._waiting = []
