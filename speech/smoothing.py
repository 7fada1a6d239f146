"""Who speaks changes seldom: doubtful windows follow their neighbours here. Nothing here hears sound.

A hidden Markov model over the seats and the unknown voice, with a fixed lag: a window is decided when two more came.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""Shape (seats + 1,), natural logarithms; the last is the unknown voice."""

TEMPERATURE = 0.03
"""Cosine; of the softmax over the seats."""
UNKNOWN = 0.52
"""Cosine; a voice less like every seat than this is probably nobody's."""
STAY = 0.95
"""Probability that the next window has the same voice."""
STAY_AFTER_PAUSE = 0.65
"""The same after a silence that ended a stretch of voice."""
LAG = 2
"""Windows to wait before a decision is final."""


@dataclass(slots=True)
class Smoother:
    """Push the windows of a stretch one by one, `flush` when it is over."""

    states: int
    _prior: Scores | None = None
    _evidence: list[Scores] = field(default_factory=list)
    _filtered: list[Scores] = field(default_factory=list)
    _stay: float = STAY_AFTER_PAUSE

    def push(self, cosines: NDArray[np.float32], also: NDArray[np.float32] | float = 0.0) -> int | None:
        """Adds a window; the answer is the decision about the window LAG before it, if there is one.

        `also` is other evidence, natural logarithms, shape (seats + 1,).
        """
        evidence = np.append(cosines.astype(np.float64), UNKNOWN) / TEMPERATURE + also
        before = self._filtered[-1] if self._filtered else self._prior
        expected = np.zeros(self.states) if before is None else self._step(before, self._stay)
        self._stay = STAY
        self._evidence.append(_normal(evidence))
        self._filtered.append(_normal(expected + self._evidence[-1]))
        return self._decide() if len(self._filtered) > LAG else None

    def guess(self) -> tuple[int, float]:
        """The best guess about the newest window, before its future is known, and its probability."""
        choice = int(np.argmax(self._filtered[-1]))
        return choice, float(np.exp(self._filtered[-1][choice]))

    def peek(self, cosines: NDArray[np.float32]) -> int:
        """The best guess about sound too short for a window; nothing is remembered of it."""
        before = self._filtered[-1] if self._filtered else self._prior
        expected = np.zeros(self.states) if before is None else self._step(before, self._stay)
        return int(np.argmax(expected + np.append(cosines.astype(np.float64), UNKNOWN) / TEMPERATURE))

    def flush(self) -> list[int]:
        """The decisions that were still waiting; what follows comes after a pause."""
        if self._filtered:
            self._prior = self._filtered[-1]
        self._stay = STAY_AFTER_PAUSE
        return [self._decide() for _ in range(len(self._filtered))]

    def _decide(self) -> int:
        future = np.zeros(self.states)
        for evidence in reversed(self._evidence[1:]):
            future = self._step(evidence + future, STAY)
        choice = int(np.argmax(self._filtered[0] + future))
        self._prior = self._filtered.pop(0)
        self._evidence.pop(0)
        return choice

    def _step(self, scores: Scores, stay: float) -> Scores:
        """The scores one window on; the chance to stay is the same for all, so it works in both directions."""
        if self.states == 1:
            return scores
        change = (1.0 - stay) / (self.states - 1)
        chances = np.exp(scores - scores.max())
        return np.asarray(np.log(chances * (stay - change) + chances.sum() * change) + scores.max())


def _normal(scores: Scores) -> Scores:
    return np.asarray(scores - np.logaddexp.reduce(scores))
