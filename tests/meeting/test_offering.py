"""Help cards are offered by what happens, to the lead, and never by name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from methods.method import Method
from methods.reader import load_library
from server.meeting import commands as wish
from server.meeting import wishes
from server.meeting.events import ClockTicked
from server.views import Room, facilitator_view, participant_view
from tests.meeting.table import NAMES, Played, asking

LIBRARY = load_library()


def offered(played: Played) -> list[str]:
    found: list[str] = facilitator_view(Room(meeting=played.meeting, method=played.method))["offered"]
    return found


def wait(played: Played, seconds: float) -> None:
    played.now += seconds
    played.hear(ClockTicked(at=played.now))


def planned(played: Played) -> float:
    assert played.meeting is not None
    assert played.meeting.phase is not None
    return played.meeting.plan[played.meeting.phase] * 60


def test_nothing_is_offered_while_all_goes_well(five: Method) -> None:
    played = asking(five).listen()
    played.turn("C", 10, 20)
    played.turn("B", 21, 40)
    played.say("question_open", 41)
    assert offered(played) == []


def test_one_voice_that_takes_much_room_offers_a_round_after_five_minutes(five: Method) -> None:
    played = asking(five).listen()
    played.turn("C", 10, 250)
    for seat, start in (("D", 251), ("E", 256), ("A", 261)):
        played.turn(seat, start, start + 4)
    assert "dominates" not in offered(played)
    wait(played, 60)
    assert "dominates" in offered(played)
    told = json.dumps(participant_view(Room(meeting=played.meeting, method=played.method), "D"))
    assert "dominates" not in told
    assert "offered" not in told


def test_a_case_owner_who_talks_much_dominates_nobody(five: Method) -> None:
    played = asking(five).listen()
    played.turn("B", 10, 310)
    for seat, start in (("C", 311), ("D", 316), ("E", 321), ("A", 326)):
        played.turn(seat, start, start + 4)
    assert "dominates" not in offered(played)


def test_a_seat_without_a_turn_offers_a_round_after_eight_minutes_and_no_name(five: Method) -> None:
    played = asking(five).listen()
    for seat, start in (("C", 11), ("D", 16), ("A", 21)):
        played.turn(seat, start, start + 4)
    wait(played, 450)
    assert "silent" not in offered(played)
    wait(played, 30)
    assert "silent" in offered(played)
    assert "E" not in json.dumps(offered(played))


def test_who_is_not_measured_is_not_called_silent(five: Method) -> None:
    played = asking(five).listen()
    played.ask(wish.LeaveOut(seat="E"))
    for seat, start in (("C", 11), ("D", 16), ("A", 21)):
        played.turn(seat, start, start + 4)
    wait(played, 500)
    assert "silent" not in offered(played)


def test_advice_twice_in_a_question_phase_offers_to_park_and_a_dismissed_one_counts_no_more(five: Method) -> None:
    played = asking(five).listen()
    played.say("advice", 40, advice=0.95)
    assert "advice_early" not in offered(played)
    played.say("advice", 80, advice=0.95, seat="D")
    assert "advice_early" in offered(played)
    assert played.meeting is not None
    played.ask(wish.DismissFlag(flag=played.meeting.flags.raised[-1].number))
    assert "advice_early" not in offered(played)


def test_no_open_question_after_three_minutes_offers_another_kind(five: Method) -> None:
    played = asking(five).listen()
    played.say("question_closed", 60)
    wait(played, 60)
    assert "closed_question" not in offered(played)
    wait(played, 130)
    assert "closed_question" in offered(played)
    played.say("question_open", played.now)
    assert "closed_question" not in offered(played)


def test_questions_left_early_are_noticed_in_the_advice_phase(five: Method) -> None:
    played = asking(five).listen()
    played.say("question_open", 60)
    played.ask(wish.BeginPhase(phase="advice"), at=90)
    assert "solution_round" in offered(played)


def test_questions_that_had_their_time_are_not(five: Method) -> None:
    played = asking(five).listen()
    played.say("question_open", 60)
    wait(played, planned(played) * 0.6)
    played.ask(wish.BeginPhase(phase="advice"))
    assert "solution_round" not in offered(played)


def test_a_long_story_and_an_overrun_are_told_apart() -> None:
    story = Played(LIBRARY["incident"]).open(case_owner="B").listen()
    story.ask(wish.BeginPhase(phase="sketch"))
    wait(story, planned(story) + 30)
    assert offered(story) == ["overrun"]
    wait(story, 40)
    assert offered(story) == ["story_too_long", "overrun"]
    story.ask(wishes.AllowOneMore())
    assert offered(story) == ["story_too_long"]


def test_advice_upon_advice_and_enough_offer_to_stop_giving(five: Method) -> None:
    played = asking(five, phase="advice").listen()
    for number in range(9):
        played.say("advice", 30.0 + number * 5)
    assert "piled_advice" in offered(played)


def test_half_the_choosing_time_without_a_question_offers_what_to_do_without_a_case(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method=five.id, language="nl", names=NAMES))
    played.ask(wish.ConfirmConsent(agreed=5))
    played.ask(wish.BeginPhase(phase="inventory"))
    wait(played, planned(played) / 2 + 1)
    assert "no_case" in offered(played)
    played.ask(wishes.WriteNote(kind="case_list", text="Hoe zeg ik nee?", seat="C"))
    assert "no_case" not in offered(played)


@pytest.mark.parametrize("rest", [wish.Pause(), wishes.StopMethod(), wish.CloseMeeting()])
def test_nothing_is_offered_in_a_break_at_a_stop_or_after_the_end(five: Method, rest: Any) -> None:
    played = asking(five)
    wait(played, planned(played) + 10)
    assert offered(played)
    played.ask(rest)
    assert offered(played) == []
