"""What was heard, cut to stretches of the meeting without looking at all of it. Nothing here says whose it was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from server.meeting.turns import Turn

Span = tuple[float, float]


def indices(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Every index of these ranges (first, after the last) once, upwards."""
    done = 0
    for first, last in sorted(ranges):
        yield from range(max(first, done), last)
        done = max(done, last)


class Spans:
    """Stretches of the meeting, asked how much of a piece lies in them: only the near ones are looked at."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        # In whatever order they are, all before `first` end too early and all from `last` on begin too late.
        self._reached = list(accumulate((until for _, until in spans), max))
        self._begun = list(accumulate((since for since, _ in reversed(spans)), min))[::-1]

    def inside(self, start: float, end: float) -> float:
        """Seconds of the piece that lie in any of them."""
        first = bisect_right(self._reached, start)
        near = self._spans[first : bisect_left(self._begun, end, first)]
        if len(near) == 1:  # nearly always
            since, until = near[0]
            return max(0.0, min(end, until) - max(start, since))
        return sum(max(0.0, min(end, until) - max(start, since)) for since, until in near)


class Heard:
    """Turns in order of their beginning."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self.turns = tuple(sorted(turns, key=attrgetter("start")))
        self._starts = [turn.start for turn in self.turns]
        self._reached = list(accumulate((turn.end for turn in self.turns), max))

    def within(self, spans: Iterable[Span]) -> list[Turn]:
        """Every turn that overlaps one of these, and some that do not.

        Also every turn in a gap that a longer one reaches over: it begins after that one, and before the next of these
        ends. So what is heard in the gap still cuts the longer turn, and its parts add up to the same, to a digit.
        """
        return [self.turns[place] for place in indices(self._places(*span) for span in spans)]

    def _places(self, since: float, until: float) -> tuple[int, int]:
        """From the first that may reach so far, up to the first that begins too late."""
        return bisect_right(self._reached, since), bisect_left(self._starts, until)
