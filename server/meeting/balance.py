"""Speaking time of a meeting or a phase: counted from turns, compared with what the phase expects. Never a ranking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from methods.method import Phase
from server.meeting.meeting import Meeting, Turn

SPOKEN_PART = 0.8
"""Part of a phase's minutes in which somebody is expected to speak; the rest is thinking and changing turns."""
SAME_TURN_SECONDS = 0.7
"""A pause shorter than this does not make a new turn (a person counts so)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where a stretch of the meeting went; the parts add up to `elapsed`. All in seconds."""

    elapsed: float
    seats: dict[str, float]
    turns: dict[str, int]
    several: float
    unknown: float
    silence: float

    @property
    def given(self) -> float:
        """Speech that was given to seats."""
        return sum(self.seats.values())

    def share(self, letter: str) -> float:
        """Part of the speech given to seats, 0..1; 0 while nobody spoke."""
        return self.seats.get(letter, 0.0) / self.given if self.given > 0 else 0.0


def stretches(meeting: Meeting, phase: str | None = None) -> list[tuple[float, float]]:
    """The seconds (start, end) that count: those spent in the phase, or in any phase, without breaks."""
    return [
        (visit.start, visit.end if visit.end is not None else max(meeting.now, visit.start))
        for visit in meeting.visits
        if phase is None or visit.phase == phase
    ]


def all_turns(meeting: Meeting) -> Iterable[Turn]:
    """The finished turns and the running one as far as it came."""
    yield from meeting.turns
    running = meeting.speaking
    if running is None:
        return
    begin = max([running.since, *(turn.end for turn in meeting.turns[-3:])])  # no second twice
    if meeting.now > begin:
        yield Turn(seat=running.seat, start=begin, end=meeting.now, several=running.several, by=running.by)


def talk(meeting: Meeting, phase: str | None = None) -> Talk:
    """Speaking time in a phase, or in the whole meeting."""
    spans = stretches(meeting, phase)
    elapsed = sum(end - start for start, end in spans)
    seats = dict.fromkeys(meeting.letters, 0.0)
    turns = dict.fromkeys(meeting.letters, 0)
    several = unknown = 0.0
    before: Turn | None = None
    for turn, seconds in _inside(all_turns(meeting), spans):
        if turn.several:
            several += seconds
        elif turn.seat not in seats:
            unknown += seconds
        else:
            seats[turn.seat] += seconds
            same = before is not None and before.seat == turn.seat and turn.start - before.end < SAME_TURN_SECONDS
            turns[turn.seat] += not same
        before = turn
    silence = max(0.0, elapsed - sum(seats.values()) - several - unknown)
    return Talk(elapsed=elapsed, seats=seats, turns=turns, several=several, unknown=unknown, silence=silence)


def _inside(turns: Iterable[Turn], spans: list[tuple[float, float]]) -> Iterable[tuple[Turn, float]]:
    """Each turn with its seconds inside the spans, in order of time; turns outside are left out."""
    for turn in sorted(turns, key=lambda turn: turn.start):
        seconds = sum(max(0.0, min(turn.end, end) - max(turn.start, start)) for start, end in spans)
        if seconds > 0:
            yield turn, seconds


def expected(meeting: Meeting, phase: Phase, letter: str) -> float | None:
    """Seconds this phase expects of a seat; None where it expects nothing that may be compared."""
    if phase.balance == "equal_peers":
        compared = [seat for seat in meeting.letters if meeting.role(seat) == "peer"]
        part = 0.5  # the case owner answers in the other half
    elif phase.balance == "equal_all":
        compared = list(meeting.letters)
        part = 1.0
    else:
        return None
    if letter not in compared:
        return None
    planned = meeting.plan.get(phase.id, phase.minutes) * 60
    elapsed = sum(end - start for start, end in stretches(meeting, phase.id))
    return SPOKEN_PART * part * max(planned, elapsed) / len(compared)


def fill(meeting: Meeting, phase: Phase, letter: str, spoken: float) -> float | None:
    """How full the arc of a seat is, 0..1 (1 = all that this phase expects of it); None where nothing is expected."""
    wanted = expected(meeting, phase, letter)
    return None if wanted is None or wanted <= 0 else min(1.0, spoken / wanted)
