"""Speaking time of a meeting or a phase: counted from turns, compared with what the phase expects. Never a ranking."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter

from methods.method import Phase
from server.meeting.floor import running_piece
from server.meeting.heard import Heard, Spans, indices
from server.meeting.meeting import Meeting
from server.meeting.turns import SAME_TURN_SECONDS, Turn
from server.meeting.visits import FOREVER

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
    # Of a long meeting only the phase is looked at: this is asked eight times a second.
    heard = Heard(Heard(all_turns(meeting)).within(stretches(meeting, phase)))
    return talk_of(meeting, heard, owned(heard.turns, meeting.letters), phase)


Owned = Sequence[tuple[float, float, str | Nobody]]
"""Stretches (start, end, whose) in order of time that do not overlap; what is between them is silence."""


def owned_in(owners: Owned, since: float, until: float) -> Owned:
    """Those that lie in this stretch, in whole or in part."""
    first, last = _places(owners, since, until)
    return owners[first:last]


def _places(owners: Owned, since: float, until: float) -> tuple[int, int]:
    return bisect_right(owners, since, key=_END), bisect_left(owners, until, key=_START)


_START, _END = itemgetter(0), itemgetter(1)


def talk_of(meeting: Meeting, heard: Heard, owners: Owned, phase: str | None = None) -> Talk:
    """Speaking time in a phase from turns that were looked at once for several phases."""
    visited = stretches(meeting, phase)
    elapsed = sum(end - start for start, end in visited)
    seconds: dict[str | Nobody, float] = dict.fromkeys((*meeting.letters, *Nobody), 0.0)
    spans = Spans(visited)
    for place in indices(_places(owners, *span) for span in visited):
        start, end, whose = owners[place]
        seconds[whose] += spans.inside(start, end)
    there = (turn for turn in heard.within(visited) if spans.inside(turn.start, turn.end) > 0)
    counted, backchannels = _counts(meeting, there)
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


def owned(turns: Iterable[Turn], letters: tuple[str, ...]) -> Owned:
    """Whose each second of speech is, every second once: pieces may overlap where several speak."""
    pieces = tuple(turn for turn in turns if turn.end > turn.start)
    marks = [(turn.start, 1, number) for number, turn in enumerate(pieces)]
    marks += [(turn.end, 0, number) for number, turn in enumerate(pieces)]
    marks.sort()
    stretches_of: list[tuple[float, float, str | Nobody]] = []
    heard: dict[int, Turn] = {}
    since = 0.0
    for second, begins, number in marks:
        if heard and second > since:
            stretches_of.append((since, second, _whose(heard.values(), letters)))
        since = second
        if begins:
            heard[number] = pieces[number]
        else:
            del heard[number]
    return stretches_of


def _whose(heard: Collection[Turn], letters: tuple[str, ...]) -> str | Nobody:
    """A tap is the last word; else several voices are nobody's, and so are two that claim the same second."""
    if len(heard) == 1:
        return _owner(next(iter(heard)), letters)
    owners = {_owner(turn, letters) for turn in [turn for turn in heard if turn.by == "tap"] or heard}
    return owners.pop() if len(owners) == 1 else Nobody.SEVERAL


def _owner(turn: Turn, letters: tuple[str, ...]) -> str | Nobody:
    if turn.several:
        return Nobody.SEVERAL
    if not turn.measured:
        return Nobody.UNMEASURED
    return turn.seat if turn.seat is not None and turn.seat in letters else Nobody.UNKNOWN


def _counts(meeting: Meeting, turns: Iterable[Turn]) -> tuple[dict[str, int], dict[str, int]]:
    """Turns and backchannels of every seat, as a person would count them; the turns come in order of their start."""
    counted, backchannels = dict.fromkeys(meeting.letters, 0), dict.fromkeys(meeting.letters, 0)
    before: Turn | None = None
    for turn in turns:
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
    there = _there(meeting, phase.id)
    if phase.balance == "equal_peers":
        compared = [seat for seat in there if meeting.role(seat) == "peer"]
        part = 0.5  # the case owner answers in the other half
    elif phase.balance == "equal_all":
        compared = there
        part = 1.0
    else:
        return None
    if letter not in compared:
        return None
    planned = meeting.plan.get(phase.id, phase.minutes) * 60
    elapsed = sum(end - start for start, end in stretches(meeting, phase.id))
    return SPOKEN_PART * part * max(planned, elapsed) / len(compared)


def _there(meeting: Meeting, stop: str) -> list[str]:
    """Seats that a phase can expect something of: those at the table now, or those who were there when it is over."""
    been = stretches(meeting, stop)
    if not been or stop == meeting.phase:
        return list(meeting.present)
    begin, end = been[0][0], been[-1][1]
    spans = {seat: meeting.there.get(seat, (0.0, FOREVER)) for seat in meeting.letters}
    return [s for s, (came, went) in spans.items() if came < end and went > begin and s not in meeting.left_out]


def fill(meeting: Meeting, phase: Phase, letter: str, spoken: float) -> float | None:
    """How full the arc of a seat is, 0..1 (1 = all that this phase expects of it); None where nothing is expected."""
    wanted = expected(meeting, phase, letter)
    return None if wanted is None or wanted <= 0 else min(1.0, spoken / wanted)
