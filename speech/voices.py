"""The voices of this meeting, in memory only: those of seats, and those nobody named yet. Nothing here listens, and
nothing writes a vector anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from speech.embedding import Embedder, Vector
from speech.frames import RATE, Samples
from speech.lessons import WELL_KNOWN, KnownVoice, Lesson, Span
from speech.recent import Window

Label = str | int
"""A seat, or the number of a voice that nobody named yet."""

ALIKE = 0.75
"""Cosine of two seats' vectors from which they may be mixed up; strangers at one table reach 0.70."""
PART = int(1.5 * RATE)
"""Samples; voices are learned in parts as long as those they are compared with later."""


class Voices:
    """Label to vector. Replaced and forgotten vectors are overwritten with zeros."""

    def __init__(self, embed: Embedder) -> None:
        self.embed = embed
        self._known: dict[Label, KnownVoice] = {}
        self._left_out: set[str] = set()
        self._expected_seats: frozenset[str] = frozenset()
        self._numbers = 0
        self.changes = 0
        """Counts every learning and forgetting, so that a listener can notice."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every voice that is known, in the order in which they became so."""
        return tuple(self._known)

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats whose voice is known."""
        return tuple(label for label in self._known if isinstance(label, str))

    def parts(self, speech: Samples) -> list[Window]:
        """What the speech is like, part by part; half of a part is in the next."""
        count = max(1, round(2 * len(speech) / PART) - 1)
        begins = np.linspace(0, max(0, len(speech) - PART), count).astype(int).tolist()
        return [
            Window(start=begin, end=begin + PART, vector=self.embed(speech[begin : begin + PART])) for begin in begins
        ]

    def learn(self, seat: str, parts: Sequence[Window], seconds: float) -> str | None:
        """Keeps a voice for the seat, anew; the answer is a seat that sounds alike."""
        self.forget(seat)
        self._keep(seat, [part.vector for part in parts], seconds)
        return self.alike(seat)

    def teach(self, seat: str, vectors: Sequence[Vector], seconds: float, span: Span) -> str | None:
        """A person said that these are the seat's: begins its voice, or improves it. The answer is as in `learn`.

        Whoever had learned from the same stretch unlearns it: the last word of a person counts.
        """
        self.unteach(span)
        self._keep(seat, vectors, seconds, span)
        return self.alike(seat)

    def unteach(self, span: Span) -> None:
        """What a person said of this stretch is taken back; a voice of which nothing else is known is forgotten."""
        for label in self.labels:
            if self._known[label].unlearn(span):
                self.forget(label)

    def begin_anew(self) -> None:
        """A new stream counts from 0 again: what people said of the old one stays known and cannot be taken back."""
        for known in self._known.values():
            for lesson in known.lessons:
                lesson.span = None

    def find(self, vectors: Sequence[Vector], seconds: float) -> int:
        """A voice that nobody named: keeps it under a new number."""
        self._numbers += 1
        self._keep(self._numbers, vectors, seconds)
        return self._numbers

    def follow(self, label: Label, vector: Vector, seconds: float) -> None:
        """More of a voice that is not well known: it becomes truer. No change that a listener must notice."""
        known = self._known[label]
        if known.seconds < WELL_KNOWN:
            known.learn(Lesson(vector=vector.copy(), seconds=seconds, span=None, followed=True))

    def number_like(self, seat: str, least: float) -> int | None:
        """The unnamed voice most like this seat's, from this cosine on; None when there is none."""
        own = self._known[seat].vector
        likeness = {one: float(known.vector @ own) for one, known in self._known.items() if isinstance(one, int)}
        closest = max(likeness, key=likeness.__getitem__, default=None)
        return closest if closest is not None and likeness[closest] >= least else None

    def name(self, voice: int, seat: str, span: Span | None = None) -> bool:
        """The unnamed voice is this seat's; false when there is none of that number. `span`: as in `teach`."""
        found = self._known.get(voice)
        if found is None:
            return False
        self._keep(seat, [found.vector], found.seconds, span)
        self.forget(voice)
        return True

    def exchange(self, seat: str, other: str) -> None:
        """Each voice is the other seat's from now on; where one is not known, the other's moves."""
        if seat == other:
            return
        pair = {other: self._known.pop(seat, None), seat: self._known.pop(other, None)}
        self._known.update({name: known for name, known in pair.items() if known is not None})
        self.changes += 1

    def expect(self, seats: Iterable[str]) -> None:
        """Who sits at the table: while somebody's voice is not known yet, an unknown voice is more likely a new one."""
        self._expected_seats = frozenset(seats)

    @property
    def complete(self) -> bool:
        """Whether the voice of everybody at the table is known."""
        return self._expected_seats <= self._known.keys()

    def leave_out(self, seat: str, out: bool) -> None:
        """Whether the seat is measured; its voice stays known, else it would be taken for somebody else's."""
        (self._left_out.add if out else self._left_out.discard)(seat)

    def measured(self, label: Label | None) -> bool:
        """False for a seat that is left out."""
        return label not in self._left_out

    def alike(self, label: Label) -> str | None:
        """The seat that the voice is most easily mixed up with, if any."""
        own = self._known[label].vector
        likeness = {seat: float(self._known[seat].vector @ own) for seat in self.seats if seat != label}
        closest = max(likeness, key=likeness.__getitem__, default=None)
        return closest if closest is not None and likeness[closest] >= ALIKE else None

    def closest(self, vector: Vector) -> tuple[Label, float] | None:
        """The voice most like this one, and the cosine, as in `compare`; None when none is known."""
        if not self._known:
            return None
        cosines = self._vectors() @ vector / self._expected()
        best = int(np.argmax(cosines))
        return self.labels[best], float(cosines[best])

    def compare(self, vector: Vector) -> NDArray[np.float32]:
        """Likeness with every voice, in the order of `labels`; shape (voices,).

        The highest is the cosine, raised for seats of which little is known. How far the others lie below it is
        measured without what all voices of this table have in common, room and microphone foremost: 0.1 of a point
        of error rate better than plain cosines.
        """
        if not self._known:
            return np.zeros(0, np.float32)
        known = self._vectors()
        cosines: NDArray[np.float32] = known @ vector / self._expected()
        if len(known) < 3:
            return cosines
        common = known.mean(axis=0)
        own, other = known - common, vector - common
        apart = (own @ other) / (np.linalg.norm(own, axis=1) * np.linalg.norm(other) + 1e-9)
        return np.asarray(apart - apart.max() + cosines.max(), np.float32)

    def beside(self, vector: Vector, first: Label) -> NDArray[np.float32]:
        """Likeness with every voice of what is left of a mixture without the voice that is `first` in it."""
        known = self._vectors()
        main = known[self.labels.index(first)]
        rest, others = vector - (vector @ main) * main, known - np.outer(known @ main, main)
        sizes = np.linalg.norm(others, axis=1) * np.linalg.norm(rest)
        return np.asarray(np.where(sizes > 1e-6, others @ rest / np.maximum(sizes, 1e-6), -1.0), np.float32)

    def forget(self, label: Label | None = None) -> None:
        """Wipes one voice, or everybody's."""
        for name in [label] if label is not None else list(self._known):
            known = self._known.pop(name, None)
            if known is not None:
                known.wipe()
                self.changes += 1
        if label is None:
            self._left_out.clear()

    def _vectors(self) -> NDArray[np.float32]:
        return np.array([known.vector for known in self._known.values()])

    def _expected(self) -> NDArray[np.float32]:
        """Likeness of each voice to itself, 1 for one that is well known.

        It counts for seats, when everybody's voice is known: before, a voice of which little is known would draw in
        those that have none yet.
        """
        if not self.complete:
            return np.ones(len(self._known), np.float32)
        expected = [known.expected if isinstance(label, str) else 1.0 for label, known in self._known.items()]
        return np.array(expected, np.float32)

    def _keep(self, label: Label, vectors: Sequence[Vector], seconds: float, span: Span | None = None) -> None:
        lesson = Lesson(vector=_mean(vectors), seconds=seconds, span=span)
        if label in self._known:
            self._known[label].learn(lesson)
        else:
            self._known[label] = KnownVoice(lesson)
        self.changes += 1


def _mean(vectors: Sequence[Vector]) -> Vector:
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)
