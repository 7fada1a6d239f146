"""From which direction each seat is heard, and how far to believe it. Nothing here hears sound or decides alone.

A direction has to earn its vote: while it names other seats than the voices do, it has none. So a microphone that is
turned or carried away, people who change chairs, or a table too wide for the array cost nothing but the help it gave.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.direction import ELSEWHERE, Fingerprint, likeness, votes

_FORGETTING = 0.98
"""What is left of the evidence after a window: half a minute of speech counts."""
_SURE, _MOST = 1.0, 6.0
"""Log odds that direction and voice go together: half trusted at the one, never more than the other."""
_RIGHT = 0.9
"""Share of windows in which a direction that can be trusted is right."""
_NEW = 1 / 3
"""Part of a window that the window before did not hold already."""
_CLEAR = 0.9
"""Chance of the likeliest voice from which its direction is learned."""
_ENROLLED = 5
"""Windows that an enrolment or a tap stands for."""
_SLOWEST = 0.05
"""Part that a new window has in the place of a seat, once it is well known."""


class Places:
    """Seat, or number of a voice without a name, to fingerprint; for one stream of sound, in memory only."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Fingerprint] = {}
        self._windows: dict[Hashable, int] = {}
        self._evidence = 0.0

    @property
    def trust(self) -> float:
        """0..1: whether direction and voice, of late, named the same seats."""
        return 1 / (1 + math.exp(3 * (_SURE - self._evidence)))

    def learn(self, seat: Hashable, heard: Fingerprint | None) -> None:
        """This was heard from the seat beyond doubt: it enrolled, or was named by tap."""
        if heard is not None:
            self._known[seat], self._windows[seat] = heard.copy(), _ENROLLED

    def settle(self, seats: Sequence[Hashable], chances: NDArray[np.floating[Any]], heard: Fingerprint | None) -> None:
        """What the voice alone, without a vote from here, says of a window of one person's speech; sums to 1."""
        if heard is None or not seats:
            return
        best = self._weigh(seats, chances, heard)
        seat = seats[int(np.argmax(chances))]
        if float(chances.max()) < _CLEAR or (best not in (None, seat) and self.trust > 0.5):
            return
        known = self._known.get(seat)
        if known is None or known.shape != heard.shape:
            self._known[seat], self._windows[seat] = heard.copy(), 1
            return
        self._windows[seat] += 1
        known += max(_SLOWEST, 1 / self._windows[seat]) * (heard - known)

    def votes(self, seats: Sequence[Hashable | None], heard: Fingerprint | None) -> NDArray[np.float32]:
        """Log likelihood of each, shape (seats,), 0 at best, all 0 without trust; None is the unknown voice."""
        known = [None if seat is None else self._known.get(seat) for seat in seats]
        return votes(heard, known) * np.float32(self.trust)

    def _weigh(
        self, seats: Sequence[Hashable], chances: NDArray[np.floating[Any]], heard: Fingerprint
    ) -> Hashable | None:
        """The seat of this direction; how likely the voice finds it tells whether directions can be trusted."""
        placed = [at for at, seat in enumerate(seats) if seat in self._known]
        alike = [likeness(self._known[seats[at]], heard) for at in placed]
        if len(placed) < 2 or max(alike) < ELSEWHERE:
            return None
        best = placed[int(np.argmax(alike))]
        chance = float(chances[best] / max(1e-9, float(chances[placed].sum())))
        expected = _RIGHT * chance + (1 - _RIGHT) * (1 - chance) / (len(placed) - 1)
        said = max(-1.0, min(1.0, math.log(max(1e-9, len(placed) * expected))))
        self._evidence = max(-_MOST, min(_MOST, _FORGETTING * self._evidence + _NEW * said))
        return seats[best]

    def exchange(self, seat: Hashable, other: Hashable) -> None:
        """Two seats were mixed up, or a voice got a name: each is where the other was thought to be."""
        self._known = {_swapped(name, seat, other): place for name, place in self._known.items()}
        self._windows = {_swapped(name, seat, other): windows for name, windows in self._windows.items()}

    def forget(self, seat: Hashable | None = None) -> None:
        """Wipes one seat, or everybody."""
        for name in [seat] if seat is not None else list(self._known):
            if name in self._known:
                self._known.pop(name)[:] = 0.0
                del self._windows[name]


def _swapped(name: Hashable, seat: Hashable, other: Hashable) -> Hashable:
    return {seat: other, other: seat}.get(name, name)
