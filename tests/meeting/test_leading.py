"""People lead a meeting: phases, time, breaks, consent."""

from __future__ import annotations

import pytest

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.guidance import hints
from server.meeting.refusals import Refused
from tests.meeting.table import NAMES, Played


def refusal(played: Played, command: wish.Command) -> str:
    with pytest.raises(Refused) as refused:
        played.ask(command)
    assert refused.value.say["nl"]
    assert refused.value.say["en"]
    return refused.value.code


def test_the_microphone_opens_only_after_every_seat_said_yes(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=NAMES))
    assert played.meeting
    assert played.meeting.stage == "consent"
    assert not played.meeting.microphone_wanted
    assert refusal(played, wish.OpenMicrophone()) == "consent_first"
    assert refusal(played, wish.ConfirmConsent(agreed=4)) == "everybody_agrees_first"
    played.ask(wish.ConfirmConsent(agreed=5))
    assert played.meeting.microphone_wanted


def test_two_people_pressing_next_at_once_move_one_phase(five: Method) -> None:
    played = Played(five).open()
    assert played.meeting
    assert played.ask(wish.NextPhase(after="look_back"))
    assert played.ask(wish.NextPhase(after="look_back")) == ()
    assert played.meeting.phase == "inventory"


def test_back_returns_to_the_phase_with_the_time_it_had_used(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.NextPhase(), at=60)
    played.ask(wish.PreviousPhase(), at=90)
    played.ask(wish.Pause(), at=100)
    assert played.meeting
    assert played.meeting.phase == "look_back"
    assert sum((v.end or 0) - v.start for v in played.meeting.visits if v.phase == "look_back") == 70
    assert refusal(played, wish.PreviousPhase()) == "first_phase"


def test_the_last_phase_says_to_close_the_meeting(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.BeginPhase(phase="evaluation"))
    assert refusal(played, wish.NextPhase()) == "last_phase"


def test_a_minute_more_belongs_to_the_running_phase(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.AddMinutes())
    assert played.meeting
    assert played.meeting.plan["look_back"] == 11
    assert played.meeting.plan["inventory"] == 15
    assert refusal(played, wish.AddMinutes(minutes=0)) == "minutes_do_not_fit"


def test_a_break_closes_the_microphone_and_stops_the_phase(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.Pause(), at=30)
    assert played.meeting
    assert not played.meeting.microphone_wanted
    assert played.meeting.phase_at(35) is None
    played.ask(wish.Resume(), at=90)
    assert played.meeting.microphone_wanted
    assert played.meeting.phase_at(91) == "look_back"


def test_a_muted_microphone_stays_muted_after_a_break(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.Mute(), at=5)
    played.ask(wish.Pause(), at=30)
    played.ask(wish.Resume(), at=90)
    assert played.meeting
    assert played.meeting.microphone == "muted"


def test_two_people_and_nine_people_are_told_the_limits(five: Method) -> None:
    for names in (NAMES[:2], NAMES + NAMES[:4]):
        command = wish.OpenMeeting(method="five_phase", language="nl", names=names)
        assert refusal(Played(five), command) == "three_to_eight"


def test_minutes_are_fitted_to_the_meeting_the_group_has(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="en", names=NAMES, minutes=60))
    assert played.meeting
    assert sum(played.meeting.plan.values()) == pytest.approx(60, abs=0.5)


def test_markup_and_long_names_are_cut_to_plain_short_names(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("", "x" * 200, " <b> a\n ")))
    assert played.meeting
    assert [seat.name for seat in played.meeting.seats] == ["A", "x" * 40, "<b> a"]


def test_after_the_end_nothing_is_heard_or_led(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.CloseMeeting(), at=50)
    assert played.meeting
    assert played.meeting.stage == "closed"
    assert refusal(played, wish.NextPhase()) == "meeting_closed"
    assert played.hear(happened.TurnBegan(at=51, seat="A")) == ()


def test_commands_that_are_no_commands_are_named() -> None:
    for message, said in (
        ("x", "object"),
        ({"command": "Dance"}, "unknown command"),
        ({"command": "NextPhase", "volume": 3}, "no field"),
        ({"command": "AddMinutes", "minutes": "ten"}, "cannot be"),
        ({"command": "AddMinutes", "minutes": float("nan")}, "cannot be"),
        ({"command": "ChooseCaseOwner"}, "seat"),
    ):
        with pytest.raises(ValueError, match=said):
            wish.from_json(message)


def test_without_everybodys_yes_the_meeting_runs_by_taps_and_the_microphone_stays_shut(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=NAMES))
    played.ask(wish.BeginByTaps())
    assert played.ask(wish.BeginByTaps()) == ()
    assert played.ask(wish.ConfirmConsent(agreed=5)) == ()
    assert refusal(played, wish.OpenMicrophone()) == "runs_by_taps"
    played.ask(wish.Pause(), at=5)
    played.ask(wish.Resume(), at=9)
    assert played.meeting
    assert played.meeting.stage == "running"
    assert not played.meeting.microphone_wanted
    played.ask(wish.TapSeat(seat="C"), at=10)
    assert played.meeting.speaking


def test_who_brings_the_case_is_asked_for_for_two_minutes_or_until_somebody_does(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=NAMES))
    played.ask(wish.ConfirmConsent(agreed=5))
    played.ask(wish.BeginPhase(phase="inventory"), at=10)
    assert played.meeting
    assert hints(played.meeting, five.phase("inventory"), 1.0) == ()
    played.ask(wish.BeginPhase(phase="analysis"), at=20)
    assert [hint.id for hint in hints(played.meeting, five.phase("analysis"), 1.0)] == ["no_case_owner"]
    assert hints(played.meeting, five.phase("analysis"), 300.0) == (), "a group may go on without"
    played.ask(wish.ChooseCaseOwner(seat="C"), at=30)
    assert hints(played.meeting, five.phase("analysis"), 1.0) == ()


def test_a_break_during_the_check_in_leaves_no_seat_listening(five: Method) -> None:
    played = Played(five).open()
    played.hear(happened.MicrophoneChanged(at=1, state="listening"))
    played.ask(wish.EnrolSeat(seat="B"), at=2)
    played.ask(wish.Pause(), at=4)
    played.hear(happened.EnrolmentRefused(at=5, seat="B", reason="too_little_speech"))
    assert played.meeting
    assert played.meeting.learning is None
    assert played.meeting.refused == {"B": "too_little_speech"}
