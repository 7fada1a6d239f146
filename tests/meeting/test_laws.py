"""Laws that hold for any meeting (property tests)."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.balance import talk
from server.meeting.decide import Refused
from server.meeting.events import Event, from_json, to_json
from server.meeting.meeting import fold
from server.views import Room, facilitator_view, participant_view
from tests.meeting.table import Played

SEATS = some.sampled_from(["A", "B", "C", "D", "E", None])
PHASES = ["look_back", "inventory", "analysis", "awareness", "advice", "evaluation"]
WISHES = some.one_of(
    some.builds(wish.NextPhase),
    some.builds(wish.PreviousPhase),
    some.builds(wish.BeginPhase, phase=some.sampled_from(PHASES)),
    some.builds(wish.Pause),
    some.builds(wish.Resume),
    some.builds(wish.AddMinutes),
    some.builds(wish.Mute),
    some.builds(wish.OpenMicrophone),
    some.builds(wish.TapSeat, seat=SEATS),
    some.builds(wish.CorrectPastMinute, seat=some.sampled_from(["A", "E", "H"])),
    some.builds(wish.ChooseCaseOwner, seat=some.sampled_from(["A", "B", "H"])),
    some.builds(wish.DismissFlag, flag=some.integers(0, 3)),
    some.builds(wish.ParkAdvice),
    some.builds(wish.CloseMeeting),
)
STEPS = some.lists(
    some.tuples(
        some.floats(0.1, 40.0), some.one_of(WISHES, some.tuples(SEATS, some.floats(0.1, 20.0), some.booleans()))
    ),
    max_size=40,
)


def play(five: Method, steps: list[tuple[float, object]]) -> Played:
    """Any evening: wishes and turns in any order; turns of the ears never overlap each other."""
    played, heard_until = Played(five).open(), 0.0
    for wait, step in steps:
        played.now += wait
        if isinstance(step, tuple):
            seat, length, several = step
            start = max(heard_until, played.now - length)
            if start < played.now:
                end = heard_until = played.now
                played.hear(happened.TurnBegan(at=start, seat=seat, several=several))
                played.hear(happened.TurnEnded(at=end, seat=seat, start=start, end=end, several=several))
            continue
        with contextlib.suppress(Refused):
            played.ask(step)  # type: ignore[arg-type]
    return played


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_every_second_is_somebodys_or_nobodys_and_counted_once(five: Method, steps: list[tuple[float, object]]) -> None:
    meeting = play(five, steps).meeting
    assert meeting
    for phase in (None, *PHASES):
        told = talk(meeting, phase)
        parts = told.given + told.several + told.unknown + told.silence
        assert parts == pytest.approx(told.elapsed, abs=1e-6)
        shares = [told.share(letter) for letter in meeting.letters]
        assert sum(shares) == pytest.approx(1 if told.given else 0)
    assert sum(talk(meeting, phase).elapsed for phase in PHASES) == pytest.approx(talk(meeting).elapsed)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_any_prefix_of_a_log_folds_and_survives_the_store(five: Method, steps: list[tuple[float, object]]) -> None:
    log: list[Event] = play(five, steps).log
    for length in range(1, len(log) + 1):
        meeting = fold(log[:length])
        assert meeting
        room = Room(meeting=meeting, method=five)
        json.dumps([facilitator_view(room), participant_view(room, "C")])
    assert [from_json(json.loads(json.dumps(to_json(event)))) for event in log] == log


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_a_replayed_log_is_the_same_meeting(five: Method, steps: list[tuple[float, object]]) -> None:
    played = play(five, steps)
    assert fold(played.log) == played.meeting
