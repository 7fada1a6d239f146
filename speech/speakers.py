"""Whose voice it is: windows of speech compared with the enrolled seats. Nothing here decides what a turn is.

Silence is nobody's. Two voices at once are booked on the louder one: no cheap cue for overlap held up in measurements.
"""

from __future__ import annotations

from dataclasses import dataclass

from speech.frames import RATE, Frame
from speech.ring import Ring
from speech.smoothing import Smoother
from speech.voice import Voice
from speech.voices import Voices

WINDOW = int(1.5 * RATE)
"""Samples compared at a time."""
HOP = int(0.5 * RATE)
"""Samples from one window to the next."""
_TAIL = int(0.2 * RATE)
"""Samples; a remainder longer than this at the end of a stretch gets a window of its own."""
_LEAST = int(0.8 * RATE)
"""Samples; a shorter stretch is compared with some of the sound before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Speech of one seat, final. Contiguous pieces of one seat belong together. Samples since the stream opened."""

    seat: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Probably this seat has begun to speak here."""

    seat: str | None
    at: int


class Speakers:
    """Follows one stream. Keeps 5 s of sound and no more."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._ring = Ring(5.0)
        self._claim: str | None = None
        self._start: int | None = None
        self._last = self._settled = self._next = 0
        self._windows: list[tuple[int, int]] = []
        self._decided: str | None = None
        self._first = True
        self._renew()

    def process(self, frame: Frame, voice: Voice) -> list[Settled | Guess]:
        """What became clear with this frame."""
        self._ring.append(frame)
        told: list[Settled | Guess] = []
        if self._voices.changes != self._changes:
            told += self.close(self._last)
            self._renew()
        self._last = voice.last
        if voice.start is not None:
            if self._start is None:
                told += self._open(max(voice.start, self._settled))
            told += self._follow(voice.last)
        if voice.ended is not None:
            told += self.close(voice.ended[1])
        return told

    def claim(self, seat: str | None, position: int) -> list[Settled | Guess]:
        """From here on all speech is this seat's, because it enrols; None ends that."""
        told = self.close(min(self._last, position))
        self._settled = max(self._settled, position)
        self._claim = seat
        return told

    def close(self, end: int) -> list[Settled | Guess]:
        """The stretch of voice ends here, or starts anew."""
        if self._start is None:
            return []
        told: list[Settled | Guess] = []
        if self._comparing:
            told += self._compare_rest(end)
            for choice in self._smoother.flush():
                told += self._decide(choice)
            told += self._until(end, self._decided)
        else:
            told += self._until(end, self._claim)
        self._start = None
        return told

    def wipe(self) -> None:
        """Overwrites the sound in memory."""
        self._ring.wipe()

    def _renew(self) -> None:
        self._changes = self._voices.changes
        self._seats = self._voices.seats
        self._smoother = Smoother(len(self._seats) + 1)
        self._windows = []

    @property
    def _comparing(self) -> bool:
        return self._claim is None and bool(self._seats)

    def _open(self, start: int) -> list[Settled | Guess]:
        self._start = self._settled = self._next = start
        self._first = True
        return [] if self._comparing else [Guess(seat=self._claim, at=start)]

    def _follow(self, last: int) -> list[Settled | Guess]:
        if not self._comparing:
            return self._until(last, self._claim)
        told: list[Settled | Guess] = []
        while self._next + WINDOW <= last:
            told += self._compare(self._next, self._next + WINDOW)
            self._next += HOP
        return told

    def _compare(self, start: int, end: int) -> list[Settled | Guess]:
        vector = self._voices.embed(self._ring.take(min(start, end - _LEAST), end))
        ready = self._smoother.push(self._voices.compare(vector))
        self._windows.append((start, end))
        guess = Guess(seat=self._seat(self._smoother.guess()), at=start if start == self._start else end - HOP)
        return [guess, *([] if ready is None else self._decide(ready))]

    def _decide(self, choice: int) -> list[Settled | Guess]:
        start, end = self._windows.pop(0)
        centre, seat = (start + end) // 2, self._seat(choice)
        told: list[Settled | Guess] = []
        if not self._first and self._decided != seat:
            told += self._until((self._settled + centre) // 2, self._decided)
        self._first, self._decided = False, seat
        return told + self._until(centre, seat)

    def _compare_rest(self, end: int) -> list[Settled | Guess]:
        """The last window of a stretch, shorter if need be, so that no part of it goes unheard."""
        assert self._start is not None
        none_yet = self._next == self._start
        reached = self._start if none_yet else self._next - HOP + WINDOW
        if end <= self._start or (end - reached <= _TAIL and not none_yet):
            return []
        return self._compare(max(self._start, end - WINDOW), end)

    def _until(self, end: int, seat: str | None) -> list[Settled | Guess]:
        if end <= self._settled:
            return []
        piece = Settled(seat=seat, start=self._settled, end=end)
        self._settled = end
        return [piece]

    def _seat(self, choice: int) -> str | None:
        return self._seats[choice] if choice < len(self._seats) else None
