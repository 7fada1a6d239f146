"""Laws that hold for any meeting (property tests)."""

from __future__ import annotations

import contextlib
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.balance import all_turns, owned, talk
from server.meeting.events import Event, from_json, to_json
from server.meeting.floor import running_piece
from server.meeting.meeting import fold
from server.meeting.refusals import Refused
from server.meeting.turns import corrected
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
    some.builds(wish.LabelTurn, seat=some.sampled_from(["B", "E"])),
    some.builds(wish.NameVoice, voice=some.integers(1, 3), seat=some.sampled_from(["A", "C", "D"])),
    some.builds(wish.ExchangeSeats, seat=some.sampled_from(["A", "B"]), other=some.sampled_from(["B", "C"])),
    some.builds(wish.UndoCorrection),
    some.builds(wish.AddSeat, name=some.just("Fee"), agreed=some.booleans()),
    some.builds(wish.LeaveTable, seat=some.sampled_from(["A", "D"]), left=some.booleans()),
    some.builds(wish.LeaveOut, seat=some.sampled_from(["B", "E"]), out=some.booleans()),
    some.builds(wish.ChooseCaseOwner, seat=some.sampled_from(["A", "B", "H"])),
    some.builds(wish.DismissFlag, flag=some.integers(0, 3)),
    some.builds(wish.MarkAdvice),
    some.builds(wish.ChooseSensitivity, level=some.sampled_from(["off", "calm", "normal"])),
    some.builds(wish.ParkAdvice),
    some.builds(wish.CloseMeeting),
)
FORGOTTEN = some.just("the ears fell")
PIECES = some.fixed_dictionaries(
    {
        "seat": SEATS,
        "length": some.floats(0.1, 20.0),
        "late": some.floats(0.0, 3.0),
        "voice": some.sampled_from([None, None, 1, 2]),
        "runs": some.booleans(),
        "several": some.booleans(),
        "continues": some.booleans(),
        "backchannel": some.booleans(),
        "measured": some.sampled_from([True, True, True, False]),
    }
)
SAID = some.tuples(some.sampled_from(["advice", "advice_question", "question_closed"]), some.floats(0, 1))
STEPS = some.lists(
    some.tuples(some.floats(0.1, 40.0), some.one_of(WISHES, PIECES, PIECES, FORGOTTEN, SAID)), max_size=40
)


def hear(played: Played, piece: dict[str, Any]) -> None:
    """A piece of speech of whatever kind; pieces may overlap, and some only begin."""
    end = max(0.0, played.now - piece["late"])
    start = max(0.0, end - piece["length"])
    seat = piece["seat"] if piece["measured"] and piece["voice"] is None else None
    who = {"seat": seat, "several": piece["several"], "measured": piece["measured"]}
    if piece["voice"] is not None and piece["measured"]:
        who["voice"] = piece["voice"]
    played.hear(happened.TurnBegan(at=start, **who))
    if not piece["runs"]:
        flags = {"continues": piece["continues"], "backchannel": piece["backchannel"]}
        played.hear(happened.TurnEnded(at=played.now, start=start, end=end, **flags, **who))


def play(five: Method, steps: list[tuple[float, object]]) -> Played:
    """Any evening: wishes and pieces of speech in any order."""
    played = Played(five).open().listen()
    for wait, step in steps:
        played.now += wait
        if isinstance(step, dict):
            hear(played, step)
            continue
        if isinstance(step, tuple):
            played.say(step[0], played.now, advice=step[1])
            continue
        if isinstance(step, str):
            played.hear(happened.VoicesForgotten(at=played.now))
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
        parts = told.given + told.several + told.unknown + told.unmeasured + told.silence
        assert parts == pytest.approx(told.elapsed, abs=1e-6)
        shares = [told.share(letter) for letter in meeting.letters]
        assert sum(shares) == pytest.approx(1 if told.given else 0)
    assert sum(talk(meeting, phase).elapsed for phase in PHASES) == pytest.approx(talk(meeting).elapsed)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_is_put_right_moves_time_between_seats_and_never_makes_any(
    five: Method, steps: list[tuple[float, object]]
) -> None:
    meeting = play(five, steps).meeting
    assert meeting
    owners = owned(tuple(all_turns(meeting)), meeting.letters)
    assert all(end <= later for (_, end, _), (later, _, _) in pairwise(owners))
    told = owned((*meeting.floor.told, *running_piece(meeting.floor, meeting.now)), meeting.letters)
    assert sum(end - start for start, end, _ in owners) == pytest.approx(sum(end - start for start, end, _ in told))
    assert meeting.floor.turns == corrected(meeting.floor.told, meeting.floor.corrections)
    assert not [turn for turn in meeting.turns if turn.seat in meeting.left_out]


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
