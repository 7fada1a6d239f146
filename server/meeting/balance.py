"""Speaking time of a meeting or a phase: counted from turns, compared with what the phase expects. Never a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from methods.method import Phase
from server.meeting.floor import running_piece
from server.meeting.meeting import Meeting
from server.meeting.turns import SAME_TURN_SECONDS, Turn

SPOKEN_PART = 0.8
"""Part of a phase's minutes in which somebody is expected to speak; the rest is thinking and changing turns."""


class Nobody(Enum):
    """Whose a stretch of speech is when it is no seat's."""

    SEVERAL = "several"
    UNKNOWN = "unknown"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where a stretch of the meeting went; the parts add up to `elapsed`. All in seconds."""

    elapsed: float
    seats: dict[str, float]
    turns: dict[str, int]
    backchannels: dict[str, int]
    """How often a seat said "hm" or "yes" while another had the floor; counted apart from turns."""
    several: float
    unknown: float
    unmeasured: float
    """Speech of seats that are left out."""
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
    yield from running_piece(meeting.floor, meeting.now)


def talk(meeting: Meeting, phase: str | None = None) -> Talk:
    """Speaking time in a phase, or in the whole meeting."""
    begin = min((start for start, _ in stretches(meeting, phase)), default=meeting.now)
    # Of a long meeting only the phase is looked at: this is asked eight times a second.
    turns = tuple(turn for turn in all_turns(meeting) if turn.end > begin)
    return talk_of(meeting, turns, owned(turns, meeting.letters), phase)


Owned = Sequence[tuple[float, float, str | Nobody]]
"""Stretches (start, end, whose) in order of time that do not overlap; what is between them is silence."""


def talk_of(meeting: Meeting, turns: Iterable[Turn], owners: Owned, phase: str | None = None) -> Talk:
    """Speaking time in a phase from turns that were looked at once for several phases."""
    spans = stretches(meeting, phase)
    elapsed = sum(end - start for start, end in spans)
    seconds: dict[str | Nobody, float] = dict.fromkeys((*meeting.letters, *Nobody), 0.0)
    first, last = min((since for since, _ in spans), default=0.0), max((until for _, until in spans), default=0.0)
    for start, end, whose in owners:
        if end > first and start < last:
            seconds[whose] += _inside(start, end, spans)
    near = (turn for turn in turns if turn.end > first and turn.start < last)
    counted, backchannels = _counts(meeting, (turn for turn in near if _inside(turn.start, turn.end, spans) > 0))
    return Talk(
        elapsed=elapsed,
        seats={letter: seconds[letter] for letter in meeting.letters},
        turns=counted,
        backchannels=backchannels,
        several=seconds[Nobody.SEVERAL],
        unknown=seconds[Nobody.UNKNOWN],
        unmeasured=seconds[Nobody.UNMEASURED],
        silence=max(0.0, elapsed - sum(seconds.values())),
    )


def _inside(start: float, end: float, spans: list[tuple[float, float]]) -> float:
    return sum(max(0.0, min(end, until) - max(start, since)) for since, until in spans)


def owned(turns: Iterable[Turn], letters: tuple[str, ...]) -> Owned:
    """Whose each second of speech is, every second once: pieces may overlap where several speak."""
    marks = []
    for number, turn in enumerate(turns):
        if turn.end > turn.start:
            marks += [(turn.start, 1, number, turn), (turn.end, 0, number, turn)]
    marks.sort(key=lambda mark: mark[:3])
    stretches_of: list[tuple[float, float, str | Nobody]] = []
    heard: dict[int, Turn] = {}
    since = 0.0
    for second, begins, number, turn in marks:
        if heard and second > since:
            stretches_of.append((since, second, _whose(heard.values(), letters)))
        since = second
        if begins:
            heard[number] = turn
        else:
            del heard[number]
    return stretches_of


def _whose(heard: Iterable[Turn], letters: tuple[str, ...]) -> str | Nobody:
    """A tap is the last word; else several voices are nobody's, and so are two that claim the same second."""
    pieces = [turn for turn in heard if turn.by == "tap"] or list(heard)
    if any(turn.several for turn in pieces):
        return Nobody.SEVERAL
    owners: set[str | Nobody] = {
        Nobody.UNMEASURED if not turn.measured else turn.seat if turn.seat in letters else Nobody.UNKNOWN
        for turn in pieces
    }
    return owners.pop() if len(owners) == 1 else Nobody.SEVERAL


def _counts(meeting: Meeting, turns: Iterable[Turn]) -> tuple[dict[str, int], dict[str, int]]:
    """Turns and backchannels of every seat, as a person would count them."""
    counted, backchannels = dict.fromkeys(meeting.letters, 0), dict.fromkeys(meeting.letters, 0)
    before: Turn | None = None
    for turn in sorted(turns, key=lambda turn: turn.start):
        seat = turn.seat if turn.seat in counted else None
        if turn.backchannel:
            if seat is not None:
                backchannels[seat] += not turn.continues
            continue
        if seat is not None:
            near = before is not None and before.seat == seat and turn.start - before.end < SAME_TURN_SECONDS
            counted[seat] += not (near or (turn.continues and counted[seat] > 0))
        before = turn
    return counted, backchannels


def expected(meeting: Meeting, phase: Phase, letter: str) -> float | None:
    """Seconds this phase expects of a seat; None where it expects nothing that may be compared."""
    if phase.balance == "equal_peers":
        compared = [seat for seat in meeting.present if meeting.role(seat) == "peer"]
        part = 0.5  # the case owner answers in the other half
    elif phase.balance == "equal_all":
        compared = list(meeting.present)
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
