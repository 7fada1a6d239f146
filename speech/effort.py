"""How much is computed for a second of sound, less where sound waits. Nothing here hears, computes or asks a clock.

Only a microphone cannot wait: a recording is always heard with the whole effort, so that it gives the same events on
any machine. Before any of this, words of old utterances are left out (`noting_when`), in a thread of their own; all
words go before who speaks does, and that somebody speaks never goes. `strain` tells what was given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from speech.frames import FRAME, RATE

WAITS = 0.5
"""Seconds of sound; what waits longer all the time waits because the machine is slow. Drivers hand over less."""
MUCH = 4.0
"""Seconds of sound of the 10 that a microphone lets wait; before that nobody's name is given up for the rest."""
HURRY = 3.0
"""Seconds of sound; with more waiting, a whole second of it may take so long to hear that the rest would be lost."""
QUARTER = RATE // 4
"""Samples after which it is judged again then."""
CALM = 60
"""Seconds of sound without waiting after which a little more is tried again."""


@runtime_checkable
class Live(Protocol):
    """A source of sound that goes on whether it is heard or not."""

    @property
    def waiting(self) -> float:
        """Seconds of sound that are there and were not taken yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What is computed for a second of sound."""

    overlap: int | None
    """Samples from one look for several voices to the next; None: all speech is taken for one voice's."""
    others: bool
    """Whether the second voice of an overlap is looked for by its sound."""
    hop: int | None
    """Samples from one window compared with the known voices to the next; None: all speech is told as nobody's."""
    words: bool
    """Whether words are recognised, which takes more than all the rest; where there is one core, from that."""


EFFORTS = (
    Effort(overlap=RATE, others=True, hop=RATE // 2, words=True),
    Effort(overlap=2 * RATE, others=True, hop=RATE // 2, words=True),
    Effort(overlap=2 * RATE, others=False, hop=RATE, words=True),
    Effort(overlap=None, others=False, hop=RATE, words=False),
)
"""Those that tell who speaks: the whole one first, each cheaper than the one before (docs/measurements.md, Cost).

Not looking for second voices saves a hundredth at most, so it is no step of its own.
"""
STEPS = (*EFFORTS, Effort(overlap=None, others=False, hop=None, words=False))
"""The last one tells only that somebody speaks, so that no sound is lost and every second is measured."""


class Pace:
    """Chooses by the sound that waits and nothing else, so the same waiting gives the same efforts."""

    def __init__(self, step: int = 0) -> None:
        """`step`: the effort to begin with, and to stay with as long as no waiting is told."""
        self._step = step
        self._calm = 0
        """Seconds without waiting, in a row."""
        self._first: float | None = None
        """What waited at the first frame of this second, or quarter of one."""
        self._least = 0.0

    @property
    def effort(self) -> Effort:
        """The one that is right for now."""
        return STEPS[self._step]

    def hear(self, position: int, waiting: float) -> None:
        """Another frame, which begins at this sample, was taken while so many seconds waited behind it.

        Sound that waits, and ever longer, asks for less. What a hiccup has left waiting grows less by itself.
        """
        if self._first is None:
            self._first = self._least = waiting
        self._least = min(self._least, waiting)
        second = (position + FRAME) // RATE > position // RATE
        if not second and not (waiting > HURRY and (position + FRAME) // QUARTER > position // QUARTER):
            return
        waits = self._least > WAITS
        if waits or second:
            self._calm = 0 if waits else self._calm + 1
        if waits and waiting >= self._first:
            last = len(STEPS if waiting > MUCH else EFFORTS) - 1
            self._step = max(self._step, min(self._step + 1, last))
        elif self._calm >= CALM:
            self._step, self._calm = max(0, self._step - 1), 0
        self._first = None
