"""Whose voice it is: windows of speech compared with the voices of this table. Nothing here decides what a turn is.

Silence is nobody's. Two voices at once resemble the louder one here; `together` tells the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from speech.direction import Direction
from speech.effort import Pace
from speech.embedding import Vector
from speech.frames import RATE, Frame
from speech.places import Places
from speech.recent import Recent, Window
from speech.ring import Ring
from speech.smoothing import UNKNOWN, Smoother
from speech.strangers import Strangers
from speech.voice import Voice
from speech.voices import Label, Voices

WINDOW = int(1.5 * RATE)
"""Samples compared at a time."""
EARLY = int(0.7 * RATE)
"""Samples of a new stretch after which there is a first guess."""
SURE = 0.98
"""Probability from which a guess about two windows or more is as good as a decision."""
_TAIL = int(0.2 * RATE)
"""Samples; a remainder longer than this at the end of a stretch gets a window of its own."""
_LEAST = int(0.8 * RATE)
"""Samples; a shorter stretch is compared with some of the sound before it."""
_FOLLOWED = 0.6
"""Cosine from which a window makes a voice truer."""
_FOLLOWED_STRICTLY = 0.65
"""The same while somebody's voice is not known: it could be theirs."""
_PLACED, _CHANCE = 0.4, 0.06
"""Cosine from which a window tells where a seat is, and of the softmax that says how surely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Speech of one voice, final. Contiguous pieces of one voice belong together. Samples since the stream opened."""

    label: Label | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Probably this voice has begun to speak here; `sure` when nothing that comes will change it.

    One that takes over in the middle of a stretch is told at the moment that it did, a tenth of a second more or less.
    """

    label: Label | None
    at: int
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was told as unknown from this position on is the voice of this number."""

    voice: int
    since: int


Told = Settled | Guess | Found


class Speakers:
    """Follows one stream. Keeps two minutes of what voices were like."""

    def __init__(
        self,
        voices: Voices,
        ring: Ring,
        crowded: Callable[[int, int], bool],
        direction: Direction,
        places: Places,
        pace: Pace,
    ) -> None:
        """`ring` holds 5 s of sound or more; `crowded` says whether several speak in a stretch of it, so that no
        voice is learned from a mixture; `pace` says how far it is from one window to the next.
        """
        self._voices, self._ring, self._crowded = voices, ring, crowded
        self._direction, self._places, self._pace = direction, places, pace
        self._hop = pace.effort.hop or WINDOW
        self.recent = Recent()
        self._strangers = Strangers(voices)
        self._claim: str | None = None
        self._start: int | None = None
        self._last = self._settled = self._next = 0
        self._windows: list[Window] = []
        self._labels: tuple[Label, ...] = ()
        self._decided: Label | None = None
        self._guessed: Label | None = None
        self._first = True
        self._renew()

    def process(self, frame: Frame, voice: Voice) -> list[Told]:
        """What became clear with this frame."""
        told: list[Told] = []
        self.recent.let_go(frame.position)
        self._notice()
        self._last = voice.last
        if voice.start is not None:
            if self._start is None:
                told += self._open(max(voice.start, self._settled))
            told += self._follow(voice.last)
        if voice.ended is not None:
            told += self.close(voice.ended[1])
        return told

    def claim(self, seat: str | None, position: int) -> list[Told]:
        """From here on all speech is this seat's, because it enrols; None ends that."""
        told = self.close(min(self._last, position))
        self._settled = max(self._settled, position)
        self._claim = seat
        return told

    def relabel(self, names: Mapping[Label, Label]) -> None:
        """A person gave voices other names."""
        self._labels = tuple(names.get(label, label) for label in self._labels)
        self._decided = None if self._decided is None else names.get(self._decided, self._decided)

    def close(self, end: int) -> list[Told]:
        """The stretch of voice ends here."""
        self._notice()
        if self._start is None:
            return []
        told: list[Told] = []
        if self._claim is not None:
            told += self._until(end, self._claim)
        elif self._pace.effort.hop is None:
            told += self._nobodys(end)
        else:
            told += self._compare_rest(end)
            for choice in self._smoother.flush():
                told += self._decide(choice)
            told += self._until(end, self._decided)
        self._start = None
        return told

    def wipe(self) -> None:
        """Overwrites the vectors in memory."""
        self._strangers.wipe()
        self.recent.wipe()

    def _notice(self) -> None:
        """The voices are others now: what is not decided yet will be compared with them, as if it began there."""
        if self._voices.changes != self._changes:
            self._renew()
            if self._start is not None and self._claim is None:
                self._open(self._settled)

    def _renew(self) -> None:
        self._changes = self._voices.changes
        self._labels = self._voices.labels
        self._smoother = Smoother(len(self._labels) + 1)
        self._windows = []
        self._before: Window | None = None
        """The window that was decided last."""
        self._newcomer: Label | None = None
        """A voice found in this stretch: what was unknown in it since is the same."""

    def _open(self, start: int) -> list[Told]:
        self._start = self._settled = self._next = start
        self._first = self._early = True
        self._before = None
        return [] if self._claim is None else [Guess(label=self._claim, at=start, sure=True)]

    def _follow(self, last: int) -> list[Told]:
        assert self._start is not None
        if self._claim is not None:
            return self._until(last, self._claim)
        if self._pace.effort.hop is None:
            return self._nobodys(last)
        told: list[Told] = []
        if self._early and last - self._start >= EARLY:
            self._early = False
            vector = self._voices.embed(self._ring.take(min(self._start, last - _LEAST), last))
            told.append(Guess(label=self._label(self._smoother.peek(self._likeness(vector))), at=self._start))
            vector[:] = 0.0
        while self._next + WINDOW <= last and self._voices.changes == self._changes:
            told += self._compare(self._next, self._next + WINDOW)
            self._hop = self._pace.effort.hop or self._hop
            self._next += self._hop
        return told

    def _nobodys(self, last: int) -> list[Told]:
        """The machine is too slow to compare: what was compared before is decided, the rest is speech and no more."""
        assert self._start is not None
        told = [piece for choice in self._smoother.flush() for piece in self._decide(choice)]
        if self._early and last - self._start >= EARLY:
            self._early = False
            told.append(Guess(label=None, at=self._start, sure=True))
        elif not self._early and self._guessed is not None:
            told.append(Guess(label=None, at=self._settled, sure=True))
        self._guessed = self._decided = self._before = None
        self._next = last
        return [*told, *self._until(last, None)]

    def _compare(self, start: int, end: int) -> list[Told]:
        begin = min(start, end - _LEAST)
        window = Window(start=begin, end=end, vector=self._voices.embed(self._ring.take(begin, end)))
        self.recent.add(window)
        votes = self._places.votes([*self._labels, None], self._direction.fingerprint(begin, end))
        ready = self._smoother.push(self._likeness(window.vector), votes)
        self._windows.append(window)
        guess = self._guess(at=start if start == self._start else end - self._hop)
        return [guess, *([] if ready is None else self._decide(ready))]

    def _guess(self, at: int) -> Guess:
        """Who speaks in the newest window; `at`: since when, if nothing tells it better."""
        choice, probability = self._smoother.guess()
        label, before, self._guessed = self._label(choice), self._guessed, self._label(choice)
        if before != label and len(self._windows) > 1:
            pairs = zip(self._windows[-2::-1], self._windows[:0:-1], strict=True)
            at = next((t for one, other in pairs if (t := self._change(one, other, before, label)) is not None), at)
        return Guess(label=label, at=at, sure=probability >= SURE and len(self._windows) > 1)

    def _decide(self, choice: int) -> list[Told]:
        window = self._windows.pop(0)
        centre, label = window.centre, self._label(choice)
        label = self._newcomer if label is None else label
        told: list[Told] = []
        if not self._first and self._decided != label:
            change = self._before and self._change(self._before, window, self._decided, label)
            told += self._until(change or (self._settled + centre) // 2, self._decided)
        self._first, self._decided, self._before = False, label, window
        told += self._until(centre, label)
        return [*told, *self._learn(window, label)]

    def _change(self, one: Window, other: Window, before: Label | None, label: Label | None) -> int | None:
        """Where a window would be as much like one as the other: in its middle one takes over from the other."""
        if not {before, label} <= {*self._labels, None}:
            return None
        first, second = (self._likes(window, label) - self._likes(window, before) for window in (one, other))
        if not first < 0 <= second:
            return None
        return one.centre + int((other.centre - one.centre) * first / (first - second))

    def _likes(self, window: Window, label: Label | None) -> float:
        return UNKNOWN if label is None else float(self._likeness(window.vector)[self._labels.index(label)])

    def _learn(self, window: Window, label: Label | None) -> list[Told]:
        """Voices nobody named are found, and those of which little is known become truer, from what was decided."""
        if self._voices.changes != self._changes:
            return []
        if self._crowded(window.start, window.end):
            return []
        self._place(window)
        if label is None:
            found = self._strangers.add(window)
            if found is None:
                return []
            self._newcomer = self._decided = found[0]
            return [Found(voice=found[0], since=found[1])]
        enough = _FOLLOWED if self._voices.complete else _FOLLOWED_STRICTLY
        if float(self._likeness(window.vector)[self._labels.index(label)]) >= enough:
            self._voices.follow(label, window.vector, self._hop / RATE)
        return []

    def _place(self, window: Window) -> None:
        """What the voice alone says of a window teaches where its seat is."""
        likeness = self._likeness(window.vector)
        if len(likeness) and likeness.max() > _PLACED:
            chances = np.exp((likeness - likeness.max()) / _CHANCE)
            heard = self._direction.fingerprint(window.start, window.end)
            self._places.settle(self._labels, chances / chances.sum(), heard)

    def _compare_rest(self, end: int) -> list[Told]:
        """The last window of a stretch, shorter if need be, so that no part of it goes unheard."""
        assert self._start is not None
        none_yet = self._next == self._start
        reached = self._start if none_yet else self._next - self._hop + WINDOW
        if end <= self._start or (end - reached <= _TAIL and not none_yet):
            return []
        return self._compare(max(self._start, end - WINDOW), end)

    def _until(self, end: int, label: Label | None) -> list[Told]:
        if end <= self._settled:
            return []
        piece = Settled(label=label, start=self._settled, end=end)
        self._settled = end
        return [piece]

    def _likeness(self, vector: Vector) -> Vector:
        """With every voice that was known when this stretch began; shape (voices,)."""
        return self._voices.compare(vector)

    def _label(self, choice: int) -> Label | None:
        return self._labels[choice] if choice < len(self._labels) else None
