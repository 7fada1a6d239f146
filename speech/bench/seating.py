"""How the voices of a recording come to their seats: a check-in round, taps, or names given to voices. Hears nothing.

A seating stands in for the people at the table: it sees what was told, and asks what they would ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from speech.bench.truth import Truth, alone, speakers_in, turns
from speech.events import EnrolmentRefused, SpeechEvent, TurnEnded
from speech.requests import NameVoice, Request, Teach, TellRoles

SHORT = 3.4
"""Seconds of true speech in a short check-in, of which 3 are heard as such: less is refused, and asked again."""
TAUGHT = 3.0
"""Seconds; no more of a turn is taught by a tap."""
LEAST = 0.5
"""Seconds that somebody must speak alone before another could tap for them."""
HEARD = 1.0
"""Seconds of a voice after which people know whose it is."""
Enrolments = tuple[tuple[str, float, float], ...]
MODES = ("truth", "short", "taps", "none")


class Seating(Protocol):
    """People at the table."""

    enrolments: Enrolments
    begin: float
    """Seconds; the recording is heard from here."""
    left_out: list[tuple[float, float]]
    """Spans that were shown to the ears and are no test of them."""

    def notice(self, event: SpeechEvent, heard: float) -> None:
        """Something was told when the sound was at `heard` seconds."""

    def ask(self, heard: float) -> Iterator[Request]:
        """What they ask at this second."""


def mode_for(truth: Truth, wanted: str) -> str:
    """A recording without a check-in round can only be tapped or named."""
    return wanted if truth.enrolments or wanted == "none" else "taps"


def seating(truth: Truth, mode: str) -> Seating:
    """The people of that mode."""
    if mode == "taps":
        return Tapped(truth)
    return Named(truth) if mode == "none" else CheckedIn(truth, short=mode == "short")


class CheckedIn:
    """Everybody said a sentence in the check-in round; `short`: only the first seconds of it count."""

    def __init__(self, truth: Truth, *, short: bool) -> None:
        self.begin = 0.0
        self.left_out: list[tuple[float, float]] = []
        self.enrolments = truth.enrolments
        if short:
            self.enrolments = tuple(
                (seat, start, _after(truth, seat, start, end)) for seat, start, end in truth.enrolments
            )

    def notice(self, event: SpeechEvent, heard: float) -> None:
        """Nobody minds."""

    def ask(self, heard: float) -> Iterator[Request]:
        """Nobody asks."""
        return iter(())


class Tapped:
    """Nobody checked in; at the end of each seat's first turn somebody taps who that was, and again when in vain.

    A voice that comes up with a number all the same is named, as in `Named`.
    """

    def __init__(self, truth: Truth) -> None:
        self.enrolments: Enrolments = ()
        self.begin = truth.begin
        self.left_out: list[tuple[float, float]] = []
        self._names = Named(truth)
        self._waiting = {seat: list(_own_stretches(truth, seat)) for seat in truth.seats}
        self._due = [(seat, own.pop(0)) for seat, own in self._waiting.items() if own]

    def notice(self, event: SpeechEvent, heard: float) -> None:
        """A voice that could not be learned is tapped again at the seat's next turn."""
        self._names.notice(event, heard)
        if isinstance(event, EnrolmentRefused):
            later = [stretch for stretch in self._waiting.get(event.seat, []) if stretch[0] >= heard]
            if later:
                self._waiting[event.seat] = later[1:]
                self._due.append((event.seat, later[0]))

    def ask(self, heard: float) -> Iterator[Request]:
        """The taps that are due."""
        yield from self._names.ask(heard)
        for seat, (start, end) in [tap for tap in self._due if tap[1][1] <= heard]:
            self._due.remove((seat, (start, end)))
            self.left_out.append((start, end))
            yield Teach(seat=seat, start=start, end=end)


class Named:
    """Nobody checked in; after its first stretch somebody says whose a voice is that was told by a number."""

    def __init__(self, truth: Truth) -> None:
        self.enrolments: Enrolments = ()
        self.begin = truth.begin
        self.left_out: list[tuple[float, float]] = []
        self._truth = truth
        self._met: set[int] = set()
        self._due: list[Request] = [*_everybody(truth)]

    def notice(self, event: SpeechEvent, heard: float) -> None:
        """Whoever spoke most in the first stretch of a second and more is meant; a guest gets no name."""
        if not isinstance(event, TurnEnded) or event.voice is None or event.voice in self._met:
            return
        if event.end - event.start < HEARD:
            return
        spoke = speakers_in(self._truth, event.start, event.end)
        if spoke:
            self._met.add(event.voice)
            seat = max(spoke, key=spoke.__getitem__)
            if seat is not None:
                self._due.append(NameVoice(voice=event.voice, seat=seat))

    def ask(self, heard: float) -> Iterator[Request]:
        """The names that are due."""
        while self._due:
            yield self._due.pop(0)


def _everybody(truth: Truth) -> list[Request]:
    """The ears are told who sits at the table."""
    return [TellRoles(roles=dict.fromkeys(truth.seats, "peer"), phase=None)]


def _after(truth: Truth, seat: str, start: float, end: float) -> float:
    """Where the seat has spoken for SHORT seconds since `start`."""
    left = SHORT
    for one in sorted((s for s in truth.said if s.voice == seat and s.end > start), key=lambda s: s.start):
        begin = max(start, one.start)
        if one.end - begin >= left:
            return min(end, begin + left)
        left -= one.end - begin
    return end


def _own_stretches(truth: Truth, seat: str) -> Iterator[tuple[float, float]]:
    """What can be taught of each turn of a seat."""
    for turn in turns(truth):
        if turn.voice == seat and turn.start >= truth.begin:
            stretch = alone(truth, turn)
            if stretch is not None and stretch[1] - stretch[0] >= LEAST:
                yield stretch[0], min(stretch[1], stretch[0] + TAUGHT)
