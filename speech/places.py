"""From which direction each seat is heard, and how far to believe it. Nothing here hears sound or decides alone.

A direction has to earn its vote: while it names other seats than the voices do, it has none. So a microphone that is
turned or carried away, people who change chairs, or a table too wide for the array cost nothing but the help it gave.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from speech.direction import Fingerprint, likeness, votes

_FORGETTING = 0.95
"""What is left of the past agreement after a turn: some 20 turns count."""
_DOUBT = 2.0
"""Turns of plain doubt at the beginning."""
_SLOWEST = 0.1
"""Part that a new turn has in the place of a seat, once it is well known."""


class Places:
    """Seat, or number of a voice without a name, to fingerprint; for one stream of sound, in memory only."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Fingerprint] = {}
        self._turns: dict[Hashable, int] = {}
        self._right, self._asked = 0.0, _DOUBT

    @property
    def trust(self) -> float:
        """0..1: how often, of late, direction and voice named the same seat; from half of the time on it counts."""
        return max(0.0, 2 * self._right / self._asked - 1)

    def learn(self, seat: Hashable, heard: Fingerprint | None) -> None:
        """This was heard from the seat: it enrolled, was named by tap, or its voice was beyond doubt."""
        if heard is None:
            return
        known = self._known.get(seat)
        if known is None or known.shape != heard.shape:
            self._known[seat], self._turns[seat] = heard.copy(), 1
            return
        self._turns[seat] += 1
        known += max(_SLOWEST, 1 / self._turns[seat]) * (heard - known)

    def settle(self, seat: Hashable, heard: Fingerprint | None) -> None:
        """The voice alone, without the vote from here, says that this was the seat."""
        if heard is not None and seat in self._known and len(self._known) > 1:
            best = max(self._known, key=lambda other: likeness(self._known[other], heard))
            self._right = _FORGETTING * self._right + (best == seat)
            self._asked = _FORGETTING * self._asked + 1
        self.learn(seat, heard)

    def votes(self, seats: Sequence[Hashable | None], heard: Fingerprint | None) -> NDArray[np.float32]:
        """Log likelihood of each, shape (seats,), 0 at best, all 0 without trust; None is the unknown voice."""
        known = [None if seat is None else self._known.get(seat) for seat in seats]
        return votes(heard, known) * np.float32(self.trust)

    def exchange(self, seat: Hashable, other: Hashable) -> None:
        """Two seats were mixed up, or a voice got a name: each is where the other was thought to be."""
        self._known = {_swapped(name, seat, other): place for name, place in self._known.items()}
        self._turns = {_swapped(name, seat, other): turns for name, turns in self._turns.items()}

    def forget(self, seat: Hashable | None = None) -> None:
        """Wipes one seat, or everybody."""
        for name in [seat] if seat is not None else list(self._known):
            if name in self._known:
                self._known.pop(name)[:] = 0.0
                del self._turns[name]


def _swapped(name: Hashable, seat: Hashable, other: Hashable) -> Hashable:
    return {seat: other, other: seat}.get(name, name)
