"""What voices were like in the past two minutes, so that a person can still say whose they were. Never the sound."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from speech.embedding import Vector
from speech.frames import RATE

KEPT = 120 * RATE
"""Samples; a correction reaches so far back."""
ONE_PERSON = 0.46
"""Mean cosine of windows that share no sound. Six seconds of one person: above 0.5 in 98 of 100 (median 0.60); two
people in turn: median 0.44 to 0.48."""
_INSIDE = 0.6
"""Part of a window that must lie in what a person pointed at; turns end within a window, not on its edge."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """A stretch of voice and what it was like. Samples since the stream opened."""

    start: int
    end: int
    vector: Vector = field(repr=False)

    @property
    def centre(self) -> int:
        """Samples since the stream opened."""
        return (self.start + self.end) // 2


class Recent:
    """Windows in order of time; old ones are overwritten with zeros."""

    def __init__(self) -> None:
        self._windows: deque[Window] = deque()

    def add(self, window: Window) -> None:
        """The newest window; what is too old goes."""
        self._windows.append(window)
        self.let_go(window.end)

    def let_go(self, now: int) -> None:
        """What is too old at this position goes, also when nobody speaks any more."""
        while self._windows and self._windows[0].end < now - KEPT:
            self._windows.popleft().vector[:] = 0.0

    def between(self, start: int, end: int) -> list[Window]:
        """The windows that lie mostly between two positions."""
        return [
            window
            for window in self._windows
            if min(end, window.end) - max(start, window.start) >= _INSIDE * (window.end - window.start)
        ]

    def wipe(self) -> None:
        """Overwrites everything with zeros."""
        while self._windows:
            self._windows.pop().vector[:] = 0.0


def seconds_of(windows: list[Window]) -> float:
    """Seconds of sound that the windows cover together; they overlap."""
    covered, reached = 0, 0
    for window in windows:
        covered += max(0, window.end - max(window.start, reached))
        reached = max(reached, window.end)
    return covered / RATE


def alike(windows: Sequence[Window]) -> list[float]:
    """Cosines of all pairs of windows that share no sound; neighbours share most of theirs and say little."""
    return [
        float(one.vector @ other.vector)
        for number, one in enumerate(windows)
        for other in windows[number + 1 :]
        if other.start >= one.end
    ]


def several(windows: Sequence[Window]) -> bool:
    """Whether these are of more than one person, as far as can be told."""
    cosines = alike(windows)
    return bool(cosines) and sum(cosines) / len(cosines) < ONE_PERSON
