"""Screens: what each role sees, and what it never sees."""

from __future__ import annotations

import json
from dataclasses import replace

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.views import EarsState, Room, facilitator_view, participant_view
from tests.meeting.table import Played


def room(played: Played, **more: object) -> Room:
    return Room(
        meeting=played.meeting,
        method=played.method if played.meeting else None,
        library=(played.method,),
        ears=EarsState(state="ready"),
        clock_running=True,
        **more,  # type: ignore[arg-type]
    )


def question_phase(five: Method) -> Played:
    played = Played(five).open(case_owner="B")
    played.ask(wish.BeginPhase(phase="analysis"), at=10)
    played.turn("C", 12, 42)
    played.say("advice", 45, advice=0.9)
    return played


def test_before_a_meeting_the_tablet_shows_the_methods(five: Method) -> None:
    view = facilitator_view(room(Played(five)))
    assert view["stage"] == "start"
    assert view["methods"][0]["names"]["nl"]
    assert view["language"] == "nl"


def test_before_a_meeting_the_screens_speak_the_language_kring_was_started_with(five: Method) -> None:
    started = room(Played(five), language="en")
    assert facilitator_view(started)["language"] == "en"
    assert participant_view(started, None)["language"] == "en"
    spoken = room(Played(five).open(), language="en")
    assert facilitator_view(spoken)["language"] == "nl"


def test_the_tablet_shows_phase_clock_balance_and_lamp(five: Method) -> None:
    view = facilitator_view(room(question_phase(five), better={"advice.example": {"nl": "Wat heb je geprobeerd?"}}))
    assert view["phase"]["id"] == "analysis"
    assert view["phase"]["left"] == 25 * 60 - 35
    carla = view["seats"][2]
    assert (carla["seconds"], carla["share"], carla["role"]) == (30, 1, "peer")
    assert 0 < carla["fill"] < 1
    assert view["seats"][1]["fill"] is None
    assert view["lamp"]["better"]["nl"] == "Wat heb je geprobeerd?"
    assert json.loads(json.dumps(view)) == view


def test_a_cue_without_a_question_of_its_own_offers_that_of_its_family(five: Method) -> None:
    view = facilitator_view(room(question_phase(five), better={"advice": {"nl": "Wat wil jij zelf doen?"}}))
    assert view["lamp"]["better"]["nl"] == "Wat wil jij zelf doen?"


def test_a_meeting_by_taps_says_the_microphone_is_off_whatever_the_ears_do(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C")))
    played.ask(wish.BeginByTaps())
    for state in ("warming", "down", "ready"):
        shown = replace(room(played), ears=EarsState(state=state))
        assert facilitator_view(shown)["microphone"]["state"] == "off"


def test_the_lamp_goes_out_after_eight_seconds(five: Method) -> None:
    played = question_phase(five)
    played.hear(happened.ClockTicked(at=53.5))
    assert facilitator_view(room(played))["lamp"] is None


def test_a_phone_sees_its_own_role_and_nobody_elses_seconds(five: Method) -> None:
    played = question_phase(five)
    view = participant_view(room(played), "C")
    assert view["me"]["role"] == "peer"
    text = json.dumps(view)
    for secret in ("lamp", "flags", "share", "fill", "seconds", "pin", "cue", "flow", "summary"):
        assert f'"{secret}":' not in text
    played.ask(wish.CloseMeeting(), at=60)
    assert participant_view(room(played), "C")["mine"]["seconds"] == 30
    assert "Daan" not in json.dumps(participant_view(room(played), "C")["mine"])


def test_a_stranger_seat_is_nobody(five: Method) -> None:
    assert participant_view(room(question_phase(five)), "H")["me"] is None


def test_the_summary_comes_with_the_last_phase(five: Method) -> None:
    played = question_phase(five)
    assert facilitator_view(room(played))["summary"] is None
    played.ask(wish.BeginPhase(phase="evaluation"), at=60)
    assert facilitator_view(room(played))["summary"]["flow"] == [["C", 12, 42, False]]


def test_ears_that_are_down_are_said_on_every_screen(five: Method) -> None:
    played = question_phase(five)
    down = Room(meeting=played.meeting, method=five, ears=EarsState(state="down"))
    assert facilitator_view(down)["microphone"]["state"] == "ears_down"
    assert participant_view(down, "C")["microphone"]["state"] == "ears_down"


def test_the_lamp_says_why_in_every_language_and_offers_a_question_in_the_language_that_is_spoken(
    five: Method,
) -> None:
    better = {"advice.i_would": {"nl": "Wat wil jij?", "en": "What do you want?"}}
    played = Played(five).open(case_owner="B")
    played.ask(wish.BeginPhase(phase="analysis"), at=10)
    played.say("advice", 45, advice=0.9, cue="i_would")
    lamp = facilitator_view(room(played, better=better))["lamp"]
    assert lamp["why"]["nl"] == "„Ik zou …” is meestal een advies."
    assert set(lamp["why"]) == {"nl", "en", "de"}
    assert lamp["better"] == {"nl": "Wat wil jij?"}
