"""Looking at the near turns and visits alone gives the same, to the last digit, as looking at all of them did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from methods.method import Method
from server.meeting.balance import Nobody, Owned, Talk, all_turns, owned, owned_in, stretches, talk, talk_of
from server.meeting.events import Seat
from server.meeting.heard import Heard, Spans, indices
from server.meeting.meeting import Meeting
from server.meeting.turns import SAME_TURN_SECONDS, Floor, Turn
from server.meeting.visits import Visit
from tests.meeting.test_laws import PHASES, STEPS, play

LETTERS = "ABC"
TENTHS = some.integers(0, 300).map(lambda tenths: tenths / 10)
SECONDS = some.one_of(TENTHS, some.floats(0, 40))
LENGTHS = some.one_of(some.integers(-5, 50).map(lambda tenths: tenths / 10), some.floats(0, 3), some.just(25.0))


def plain_inside(start: float, end: float, spans: list[tuple[float, float]]) -> float:
    return sum(max(0.0, min(end, until) - max(start, since)) for since, until in spans)


def plain_talk(meeting: Meeting, phase: str | None) -> Talk:
    begin = min((start for start, _ in stretches(meeting, phase)), default=meeting.now)
    turns = tuple(turn for turn in all_turns(meeting) if turn.end > begin)
    return plain_talk_of(meeting, turns, plain_owned(turns, meeting.letters), phase)


def plain_talk_of(meeting: Meeting, turns: Iterable[Turn], owners: Owned, phase: str | None) -> Talk:
    spans = stretches(meeting, phase)
    elapsed = sum(end - start for start, end in spans)
    seconds: dict[str | Nobody, float] = dict.fromkeys((*meeting.letters, *Nobody), 0.0)
    first, last = min((since for since, _ in spans), default=0.0), max((until for _, until in spans), default=0.0)
    for start, end, whose in owners:
        if end > first and start < last:
            seconds[whose] += plain_inside(start, end, spans)
    near = (turn for turn in turns if turn.end > first and turn.start < last)
    there = (turn for turn in near if plain_inside(turn.start, turn.end, spans) > 0)
    counted, backchannels = plain_counts(meeting, there)
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


def plain_owned(turns: Iterable[Turn], letters: tuple[str, ...]) -> Owned:
    marks: list[tuple[float, int, int, Turn]] = []
    for number, turn in enumerate(turns):
        if turn.end > turn.start:
            marks += [(turn.start, 1, number, turn), (turn.end, 0, number, turn)]
    marks.sort(key=lambda mark: mark[:3])
    stretches_of: list[tuple[float, float, str | Nobody]] = []
    heard: dict[int, Turn] = {}
    since = 0.0
    for second, begins, number, turn in marks:
        if heard and second > since:
            stretches_of.append((since, second, plain_whose(heard.values(), letters)))
        since = second
        if begins:
            heard[number] = turn
        else:
            del heard[number]
    return stretches_of


def plain_whose(heard: Iterable[Turn], letters: tuple[str, ...]) -> str | Nobody:
    pieces = [turn for turn in heard if turn.by == "tap"] or list(heard)
    if any(turn.several for turn in pieces):
        return Nobody.SEVERAL
    owners: set[Any] = {
        Nobody.UNMEASURED if not turn.measured else turn.seat if turn.seat in letters else Nobody.UNKNOWN
        for turn in pieces
    }
    whose: str | Nobody = owners.pop() if len(owners) == 1 else Nobody.SEVERAL
    return whose


def plain_counts(meeting: Meeting, turns: Iterable[Turn]) -> tuple[dict[str, int], dict[str, int]]:
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


SAID = some.builds(
    lambda start, length, **more: Turn(start=start, end=start + length, **more),
    start=SECONDS,
    length=LENGTHS,
    seat=some.sampled_from(["A", "B", "C", None, "Z"]),
    several=some.sampled_from([False, False, False, True]),
    by=some.sampled_from(["voice", "voice", "tap"]),
    continues=some.booleans(),
    backchannel=some.sampled_from([False, False, True]),
    measured=some.sampled_from([True, True, True, False]),
)
WENT = some.lists(some.tuples(some.sampled_from("pqr"), LENGTHS.map(abs), LENGTHS.map(abs)), max_size=12)


@some.composite
def meetings(draw: some.DrawFn) -> Meeting:
    """Any turns in any order, and visits with breaks between them, phases visited again and again."""
    visits, second = list[Visit](), 0.0
    for phase, rest, stay in draw(WENT):
        visits.append(Visit(phase=phase, start=second + rest, end=second + rest + stay))
        second += rest + stay
    if visits and draw(some.booleans()):
        visits[-1] = Visit(phase=visits[-1].phase, start=visits[-1].start)
    if draw(some.integers(0, 9)) == 9:
        visits = list(draw(some.permutations(visits)))  # never so in a meeting, and the same all the same
    seats = tuple(Seat(letter=letter, name=letter) for letter in LETTERS)
    floor = Floor(turns=tuple(draw(some.lists(SAID, max_size=14))))
    known = {"language": "nl", "plan": {}, "order": ("p", "q", "r"), "facilitator": "A", "rehearsal": False}
    return Meeting(id="m", method="m", seats=seats, visits=tuple(visits), floor=floor, now=second + 3, **known)  # type: ignore[arg-type]


@settings(max_examples=600, deadline=None)
@given(meetings())
def test_the_near_turns_tell_the_same_as_all_of_them(meeting: Meeting) -> None:
    turns = tuple(sorted(all_turns(meeting), key=lambda turn: turn.start))
    owners, heard = plain_owned(turns, meeting.letters), Heard(all_turns(meeting))
    assert owned(heard.turns, meeting.letters) == owners
    for phase in (None, "p", "q", "r", "never"):
        assert talk(meeting, phase) == plain_talk(meeting, phase)
        assert talk_of(meeting, heard, owners, phase) == plain_talk_of(meeting, turns, owners, phase)
        for since, until in stretches(meeting, phase):
            cut = [max(0.0, min(end, until) - max(start, since)) for start, end, _ in owned_in(owners, since, until)]
            whole = [max(0.0, min(end, until) - max(start, since)) for start, end, _ in owners]
            assert [part for part in cut if part] == [part for part in whole if part]


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_so_it_is_after_any_evening(five: Method, steps: list[tuple[float, object]]) -> None:
    meeting = play(five, steps).meeting
    assert meeting
    for phase in (None, *PHASES):
        assert talk(meeting, phase) == plain_talk(meeting, phase)


@settings(max_examples=300, deadline=None)
@given(some.lists(some.tuples(SECONDS, SECONDS), max_size=12), SECONDS, LENGTHS)
def test_the_near_stretches_hold_as_much_as_all_of_them(
    spans: list[tuple[float, float]], start: float, length: float
) -> None:
    assert Spans(spans).inside(start, start + length) == plain_inside(start, start + length, spans)


@given(some.lists(some.tuples(some.integers(0, 20), some.integers(0, 20)), max_size=8))
def test_ranges_that_overlap_are_gone_through_once(ranges: list[tuple[int, int]]) -> None:
    assert list(indices(ranges)) == sorted({index for first, last in ranges for index in range(first, last)})


def test_a_turn_over_a_gap_is_added_up_in_the_same_parts() -> None:
    """What is heard between two visits is no part of the phase, but cuts the long turn of somebody else in two."""
    visits = (
        Visit(phase="p", start=0, end=0.3),
        Visit(phase="q", start=0.3, end=2),
        Visit(phase="p", start=2, end=2.6),
        Visit(phase="p", start=3.3, end=4.4),
    )
    first, long = Turn(seat="A", start=0, end=0.3), Turn(seat="A", start=1.5, end=5)
    between, outside = Turn(seat="B", start=2.8, end=3.1), Turn(seat="C", start=0.5, end=1)
    seats = tuple(Seat(letter=letter, name=letter) for letter in LETTERS)
    known = {"language": "nl", "plan": {}, "order": ("p", "q"), "facilitator": "A", "rehearsal": False}
    meeting = Meeting(id="m", method="m", seats=seats, visits=visits, now=5, **known)  # type: ignore[arg-type]
    cut = replace(meeting, floor=Floor(turns=(first, outside, long, between)))
    uncut = replace(meeting, floor=Floor(turns=(first, outside, long)))
    assert talk(cut, "p") == plain_talk(cut, "p")
    assert talk(uncut, "p") == plain_talk(uncut, "p")
    assert talk(cut, "p").seats["A"] != talk(uncut, "p").seats["A"], "in the last digit, so that this can tell"
    assert Heard(cut.turns).within(stretches(cut, "p")) == [first, long, between]


def test_long_turns_over_many_visits_are_the_same_to_the_last_digit() -> None:
    seats = tuple(Seat(letter=letter, name=letter) for letter in LETTERS)
    known = {"language": "nl", "plan": {}, "order": ("p", "q"), "facilitator": "A", "rehearsal": False}
    for seed in range(150):
        chance = Random(seed)
        moments = sorted(chance.uniform(0, 100) for _ in range(30))
        visits = tuple(Visit(phase=chance.choice("pq"), start=a, end=b) for a, b in pairwise(moments))
        starts = [chance.uniform(0, 100) for _ in range(40)]
        turns = tuple(Turn(seat=chance.choice("ABC"), start=at, end=at + chance.expovariate(0.2)) for at in starts)
        meeting = Meeting(id="m", method="m", seats=seats, visits=visits, floor=Floor(turns=turns), now=100, **known)  # type: ignore[arg-type]
        assert [talk(meeting, phase) for phase in "pq"] == [plain_talk(meeting, phase) for phase in "pq"], seed
