"""What is kept between two pictures: the summary for a second of talk, and nothing beyond the meeting."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.meeting import Meeting, apply
from server.meeting.refusals import Refused
from server.meeting.summary import summary
from server.reckoned import Reckoned
from server.room import Room
from server.screens import FACILITATOR, Screens, audience_of
from server.views import facilitator_view, participant_view
from tests.meeting.table import Played
from tests.meeting.test_laws import STEPS, hear


def at_the_end(five: Method) -> Played:
    played = Played(five).open().listen()
    played.turn("C", 10, 30)
    played.ask(wish.BeginPhase(phase="evaluation"), at=100)
    played.turn("D", 101, 110)
    return played


def picture(played: Played, reckoned: Reckoned, now: float | None = None, running: bool = True) -> Any:
    assert played.meeting
    meeting = played.meeting if now is None else replace(played.meeting, now=now)
    return facilitator_view(Room(meeting=meeting, method=played.method, clock_running=running), reckoned)["summary"]


def test_a_summary_stays_for_a_second_while_people_talk_on(five: Method) -> None:
    played, reckoned = at_the_end(five), Reckoned()
    first = picture(played, reckoned, 110.0)
    played.hear(happened.TurnBegan(at=110.1, seat="A"))
    played.piece("A", 110.1, 110.6)
    played.say("question_open", 110.6)
    assert picture(played, reckoned, 110.9) is first
    later = picture(played, reckoned, 111.0)
    assert later["seats"]["A"]["seconds"] == 0.5
    assert picture(played, reckoned, 111.9) is later


def test_what_somebody_did_shows_at_once(five: Method) -> None:
    played, reckoned = at_the_end(five), Reckoned()
    assert picture(played, reckoned, 110.2)["seats"]["C"]["seconds"] == 20
    played.ask(wish.LeaveOut(seat="C", out=True), at=110.3)
    assert picture(played, reckoned)["seats"]["C"]["seconds"] == 0
    played.ask(wish.CorrectPastMinute(seat="E"), at=110.4)
    assert picture(played, reckoned)["seats"]["E"]["seconds"] == 9
    played.ask(wish.UndoCorrection(), at=110.5)
    assert picture(played, reckoned)["seats"]["E"]["seconds"] == 0
    played.ask(wish.ParkAdvice(), at=110.6)
    assert picture(played, reckoned)["parked"] == 1


def test_where_the_clock_stands_and_after_the_end_it_is_exact(five: Method) -> None:
    played, reckoned = at_the_end(five), Reckoned()
    picture(played, reckoned, running=False)
    played.hear(happened.ClockTicked(at=111))
    picture(played, reckoned, running=False)
    played.piece("A", 110.2, 110.6)
    assert picture(played, reckoned, running=False)["seats"]["A"]["seconds"] == 0.4
    picture(played, reckoned)
    played.piece("A", 110.6, 110.9)
    played.ask(wish.CloseMeeting(), at=111)
    assert played.meeting
    closed = picture(played, reckoned, running=False)
    assert closed == summary(played.meeting, five)
    assert picture(played, reckoned, running=False) is closed


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_with_and_without_what_was_kept_a_picture_is_the_same(five: Method, steps: list[tuple[float, object]]) -> None:
    played, reckoned = Played(five).open().listen(), Reckoned()
    before: list[Meeting] = []
    for wait, step in steps:
        played.now += wait / 20
        with contextlib.suppress(Refused):
            if isinstance(step, dict):
                hear(played, step)
            elif isinstance(step, tuple):
                played.say(step[0], played.now, advice=step[1])
            elif not isinstance(step, str):
                played.ask(step)  # type: ignore[arg-type]
        assert played.meeting
        before.append(played.meeting)
        room = Room(meeting=played.meeting, method=five, clock_running=not played.meeting.closed)
        kept, anew = facilitator_view(room, reckoned), facilitator_view(room)
        assert list(kept) == list(anew)
        shown = kept.pop("summary")
        if anew.pop("summary") is None or played.meeting.closed:
            assert shown == facilitator_view(room)["summary"]
        else:
            recent = [meeting for meeting in before if played.meeting.now - meeting.now < 1.0]
            assert shown in [summary(meeting, five) for meeting in recent]
        assert kept == anew
        for letter in (*played.meeting.letters, None):
            assert participant_view(room, letter, reckoned) == participant_view(room, letter)


def test_nothing_of_a_meeting_stays_when_it_is_erased(five: Method) -> None:
    told: list[dict[str, Any]] = []
    screens, played = Screens(lambda whom, name, payload: told.append(payload)), at_the_end(five)
    assert played.meeting
    closed = apply(played.meeting, happened.MeetingClosed(at=120))
    for audience in (FACILITATOR, audience_of("participant", "C")):
        screens.arrive(audience, audience, Room(meeting=closed, method=five))
    mine = {"counts": "seconds", "seconds": 20, "turns": 1, "backchannels": 0, "heard": True}
    assert any(payload.get("view", {}).get("mine") == mine for payload in told)
    screens.show(Room(meeting=None, method=None, erased=True))
    reckoned = screens._reckoned
    assert (reckoned._whole, reckoned._summary) == (None, None)
    assert reckoned._shared is not None
    assert reckoned._shared[0].meeting is None
