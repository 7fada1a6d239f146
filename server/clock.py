"""Meeting time: seconds since the meeting opened. Nothing here reads the time of day, so its jumps change nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """What the table asks of a clock."""

    rate: float
    """Seconds of meeting per second."""

    def now(self) -> float:
        """Meeting time in seconds; never goes back."""

    def heard(self, at: float) -> None:
        """Sound has been heard up to this meeting time."""


class SteadyClock:
    """Runs with the machine's monotonic clock, on from where a resumed meeting stood."""

    rate = 1.0

    def __init__(self, begin: float = 0.0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._origin = monotonic() - begin

    def now(self) -> float:
        return self._monotonic() - self._origin

    def heard(self, at: float) -> None:
        """A live meeting goes on whether or not anything is heard."""


class HeardClock:
    """Stands where the recording stands: a rehearsal is as fast as its recording is played."""

    def __init__(self, begin: float = 0.0, rate: float = 1.0) -> None:
        self.rate = rate
        self._now = begin

    def now(self) -> float:
        return self._now

    def heard(self, at: float) -> None:
        self._now = max(self._now, at)
