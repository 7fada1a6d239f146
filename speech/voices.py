"""The voices of this meeting, by seat, in memory only. Nothing here listens, and nothing writes a vector anywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.embedding import Embedder, Vector
from speech.frames import RATE, Samples

ALIKE = 0.75
"""Cosine of two seats' vectors from which they may be mixed up; strangers at one table reach 0.70."""
_PART = int(1.5 * RATE)
"""Samples; voices are learned in parts as long as those they are compared with later."""


class Voices:
    """Seat to vector. Replaced and forgotten vectors are overwritten with zeros."""

    def __init__(self, embed: Embedder) -> None:
        self.embed = embed
        self._vectors: dict[str, Vector] = {}
        self.changes = 0
        """Counts every learning and forgetting, so that a listener can notice."""

    @property
    def seats(self) -> tuple[str, ...]:
        """Those whose voice is known, in order of enrolment."""
        return tuple(self._vectors)

    def learn(self, seat: str, speech: Samples) -> str | None:
        """Keeps the voice of `speech` (3 s or more) for the seat; the answer is a seat that sounds alike."""
        parts = max(1, round(2 * len(speech) / _PART) - 1)
        begins = np.linspace(0, max(0, len(speech) - _PART), parts).astype(int)
        mean = np.mean([self.embed(speech[begin : begin + _PART]) for begin in begins], axis=0)
        self.forget(seat)
        self._vectors[seat] = (mean / np.linalg.norm(mean)).astype(np.float32)
        self.changes += 1
        others = {other: known for other, known in self._vectors.items() if other != seat}
        likeness = {other: float(known @ self._vectors[seat]) for other, known in others.items()}
        closest = max(likeness, key=likeness.__getitem__, default=None)
        return closest if closest is not None and likeness[closest] >= ALIKE else None

    def compare(self, vector: Vector) -> NDArray[np.float32]:
        """Likeness with every seat, in the order of `seats`; shape (seats,).

        The highest is the cosine. How far the others lie below it is measured without what all voices of this
        table have in common, room and microphone foremost: 0.1 of a point of error rate better than plain cosines.
        """
        known = np.array(list(self._vectors.values()))
        cosines: NDArray[np.float32] = known @ vector
        if len(known) < 3:
            return cosines
        common = known.mean(axis=0)
        own, other = known - common, vector - common
        apart = (own @ other) / (np.linalg.norm(own, axis=1) * np.linalg.norm(other) + 1e-9)
        return np.asarray(apart - apart.max() + cosines.max(), np.float32)

    def forget(self, seat: str | None = None) -> None:
        """Wipes one seat, or everybody."""
        for name in [seat] if seat is not None else list(self._vectors):
            vector = self._vectors.pop(name, None)
            if vector is not None:
                vector[:] = 0.0
                self.changes += 1
