"""Speaking time: whose it is, and what the phase expects."""

from __future__ import annotations

import pytest

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.balance import expected, talk
from server.meeting.summary import summary
from tests.meeting.table import Played


def test_silence_and_several_voices_and_strangers_are_nobodys(five: Method) -> None:
    played = Played(five).open()
    played.turn("A", 0, 10)
    played.turn(None, 10, 14)
    played.turn("B", 14, 16, several=True)
    played.ask(wish.CloseMeeting(), at=30)
    assert played.meeting
    told = talk(played.meeting)
    assert told.seats["A"] == 10
    assert (told.unknown, told.several, told.silence) == (4, 2, 14)
    assert told.share("A") == 1


def test_a_break_is_not_counted(five: Method) -> None:
    played = Played(five).open()
    played.turn("A", 0, 10)
    played.ask(wish.Pause(), at=10)
    played.ask(wish.Resume(), at=100)
    played.turn("B", 100, 110)
    assert played.meeting
    assert talk(played.meeting).elapsed == 20


def test_taps_give_the_same_summary_as_voices(five: Method) -> None:
    by_voice, by_tap = Played(five).open(), Played(five).open()
    for seat, start, end in (("A", 0.0, 12.0), ("B", 13.0, 40.0), ("C", 40.0, 44.0)):
        by_voice.turn(seat, start, end)
        by_tap.ask(wish.TapSeat(seat=seat), at=start)
        by_tap.ask(wish.TapSeat(seat=None), at=end)
    for played in (by_voice, by_tap):
        played.ask(wish.CloseMeeting(), at=50)
    assert by_voice.meeting
    assert by_tap.meeting
    heard, tapped = summary(by_voice.meeting, five), summary(by_tap.meeting, five)
    assert (heard.pop("by_taps"), tapped.pop("by_taps")) == (False, True)
    assert heard == tapped


def test_a_tap_is_the_last_word_over_the_ears(five: Method) -> None:
    played = Played(five).open()
    played.hear(happened.TurnBegan(at=2, seat="A"))
    played.ask(wish.TapSeat(seat="C"), at=4)
    played.ask(wish.TapSeat(seat="C"), at=8)
    played.hear(happened.TurnEnded(at=10, seat="A", start=2, end=10))
    assert played.meeting
    told = talk(played.meeting)
    assert (told.seats["A"], told.seats["C"]) == (4, 4)


def test_the_past_minute_can_be_given_to_somebody_else(five: Method) -> None:
    played = Played(five).open()
    played.turn("A", 0, 100)
    played.ask(wish.CorrectPastMinute(seat="D"), at=100)
    assert played.meeting
    told = talk(played.meeting)
    assert (told.seats["A"], told.seats["D"]) == (40, 60)


def test_the_running_turn_counts_while_it_runs(five: Method) -> None:
    played = Played(five).open()
    played.hear(happened.TurnBegan(at=0, seat="A"))
    played.hear(happened.ClockTicked(at=7))
    assert played.meeting
    assert talk(played.meeting).seats["A"] == 7


def test_the_next_voice_goes_on_when_the_last_one_is_settled_late(five: Method) -> None:
    played = Played(five).open()
    played.hear(happened.TurnBegan(at=0, seat="A"))
    played.hear(happened.TurnBegan(at=9, seat="B"))
    played.hear(happened.TurnEnded(at=10, seat="A", start=0, end=9.2))
    assert played.meeting
    assert played.meeting.speaking
    assert played.meeting.speaking.seat == "B"


def test_in_the_question_phase_peers_are_compared_and_the_case_owner_is_not(five: Method) -> None:
    played = Played(five).open(case_owner="B")
    played.ask(wish.BeginPhase(phase="analysis"))
    phase = five.phase("analysis")
    assert played.meeting
    assert expected(played.meeting, phase, "B") is None
    assert expected(played.meeting, phase, "A") is None
    assert expected(played.meeting, phase, "C") == pytest.approx(0.8 * 0.5 * 25 * 60 / 3)


def test_short_pauses_do_not_make_a_new_turn(five: Method) -> None:
    played = Played(five).open()
    played.turn("A", 0, 10)
    played.turn("A", 10.5, 15)
    played.turn("B", 15, 16)
    played.turn("A", 16, 20)
    assert played.meeting
    assert talk(played.meeting).turns["A"] == 2


def test_the_summary_counts_questions_before_the_first_advice(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.BeginPhase(phase="analysis"))
    played.say("question_open", 10)
    played.say("question_closed", 20, seat="D")
    played.say("question_open", 30, seat="B")  # the case owner's own: not counted
    played.say("advice", 40, advice=0.9)
    played.say("question_open", 50)
    assert played.meeting
    assert summary(played.meeting, five)["questions_before_advice"] == {"open": 1, "closed": 1}


def test_without_words_questions_are_not_measured_rather_than_none_asked(five: Method) -> None:
    played = Played(five).open()
    played.turn("A", 0, 10)
    assert played.meeting
    assert summary(played.meeting, five)["questions_before_advice"] is None
