"""What is known of one voice, and from which lessons, so that a lesson can be taken back. Nothing here hears sound."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from speech.embedding import Vector

_HEAVIEST = 20.0
"""Seconds; a voice that was heard longer still listens to what a person says of it."""
WELL_KNOWN = 8.0
"""Seconds of speech after which more makes a voice no truer."""
_ALIKE = 0.5
"""Cosine of two separate seconds of one voice, on the middle."""
_MOST_LESSONS = 24
"""Of one voice; older ones become one."""

Span = tuple[int, int]
"""Samples since the stream opened: what a person pointed at."""


@dataclass(slots=True, kw_only=True)
class Lesson:
    """Something that was learned of a voice."""

    vector: Vector = field(repr=False)
    seconds: float
    span: Span | None
    """None: from a check-in, or from what was told by number."""
    followed: bool = False
    """Nobody said it: it resembled what was known by then."""


class KnownVoice:
    """What is known of one voice: the mean of its lessons, by their seconds."""

    def __init__(self, lesson: Lesson) -> None:
        self.lessons = [lesson]
        self.vector: Vector = lesson.vector.copy()

    @property
    def seconds(self) -> float:
        """Of speech behind it."""
        return sum(lesson.seconds for lesson in self.lessons)

    @property
    def expected(self) -> float:
        """How alike its own voice is to it, compared with one that is well known: 1, and less after short lessons.

        The cosine of one of n + 1 equal vectors, each `_ALIKE` to each other, with the mean of the others.
        """
        return _to_mean(min(self.seconds, WELL_KNOWN)) / _to_mean(WELL_KNOWN)

    def learn(self, lesson: Lesson) -> None:
        """One lesson more."""
        if len(self.lessons) == _MOST_LESSONS:
            self._join(self.lessons[0], self.lessons.pop(1))
        self.lessons.append(lesson)
        self._mean()

    def unlearn(self, span: Span) -> bool:
        """Lets go what was said of this stretch, and what resembled it since; true when nothing else was known."""
        said = [lesson.span is not None and _same(lesson.span, span) for lesson in self.lessons]
        if not any(said):
            return False
        first, kept = said.index(True), list[Lesson]()
        for number, lesson in enumerate(self.lessons):
            if said[number] or (lesson.followed and number > first):
                lesson.vector[:] = 0.0
            else:
                kept.append(lesson)
        self.lessons = kept
        if self.lessons:
            self._mean()
        return not self.lessons

    def wipe(self) -> None:
        """Overwrites everything with zeros."""
        for vector in (self.vector, *(lesson.vector for lesson in self.lessons)):
            vector[:] = 0.0

    def _join(self, older: Lesson, newer: Lesson) -> None:
        """The oldest lessons become one, so that a long evening does not fill the memory."""
        mixed = older.vector * older.seconds + newer.vector * newer.seconds
        older.vector[:] = mixed / np.linalg.norm(mixed)
        older.seconds += newer.seconds
        older.span = None
        newer.vector[:] = 0.0

    def _mean(self) -> None:
        mixed = np.sum([lesson.vector * min(lesson.seconds, _HEAVIEST) for lesson in self.lessons], axis=0)
        self.vector[:] = mixed / np.linalg.norm(mixed)


def _same(one: Span, other: Span) -> bool:
    """Neighbouring turns touch, and are two; the past minute holds each turn in it."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common >= min(one[1] - one[0], other[1] - other[0])


def _to_mean(count: float) -> float:
    return float(_ALIKE * np.sqrt(max(1.0, count)) / np.sqrt(1.0 + (max(1.0, count) - 1.0) * _ALIKE))
