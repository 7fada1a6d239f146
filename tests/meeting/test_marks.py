"""The lead's own mark: one tap counts as a flag, lights nothing, and no utterance counts twice."""

from __future__ import annotations

import pytest

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.counting import flag_counts
from server.meeting.refusals import Refused
from server.meeting.summary import summary
from server.views import Room, facilitator_view, participant_view
from tests.meeting.table import Played, asking, flags


def counts(played: Played) -> dict[str, int]:
    assert played.meeting
    return {kind: number for kind, number in flag_counts(played.meeting).items() if number}


def test_one_tap_marks_advice_and_lights_nothing(five: Method) -> None:
    played = asking(five)
    (mark,) = flags(played.ask(wish.MarkAdvice(), at=60))
    assert (mark.kind, mark.cue, mark.by, mark.lamp) == ("advice", "person.mark", "person", False)
    view = facilitator_view(Room(meeting=played.meeting, method=five))
    assert (view["lamp"], view["recent"]) == (None, None)
    assert counts(played) == {"marked": 1}


def test_a_mark_names_no_seat_and_no_phone_hears_of_it(five: Method) -> None:
    played = asking(five)
    played.hear(happened.ClockTicked(at=60))
    before = participant_view(Room(meeting=played.meeting, method=five), "C")
    (mark,) = flags(played.ask(wish.MarkAdvice(), at=60))
    assert not hasattr(mark, "seat")
    assert participant_view(Room(meeting=played.meeting, method=five), "C") == before


def test_a_mark_is_undone_with_one_tap_like_other_taps(five: Method) -> None:
    played = asking(five)
    played.ask(wish.MarkAdvice(), at=60)
    assert facilitator_view(Room(meeting=played.meeting, method=five))["undo"]["kind"] == "mark"
    played.ask(wish.UndoCorrection(), at=65)
    assert counts(played) == {}
    assert facilitator_view(Room(meeting=played.meeting, method=five))["undo"] is None


def test_of_two_kinds_of_taps_the_last_comes_off_first(five: Method) -> None:
    played = asking(five)
    played.turn("C", 20, 40)
    played.ask(wish.LabelTurn(seat="D"), at=42)
    played.ask(wish.MarkAdvice(), at=45)
    undone = [played.ask(wish.UndoCorrection(), at=at) for at in (50, 51)]
    assert [type(event) for (event,) in undone] == [happened.FlagTapUndone, happened.CorrectionUndone]
    with pytest.raises(Refused):
        played.ask(wish.UndoCorrection(), at=52)


def test_a_mark_on_a_fresh_flag_says_yes_to_it_and_counts_nothing_twice(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    assert played.ask(wish.MarkAdvice(), at=69) == (happened.FlagConfirmed(at=69, flag=1),)
    assert counts(played) == {"raised": 1, "kept": 1, "confirmed": 1}
    played.ask(wish.UndoCorrection(), at=75)
    assert counts(played) == {"raised": 1, "kept": 1}


def test_a_yes_to_a_flag_counts_nothing_twice_however_late_it_comes(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    played.ask(wish.MarkAdvice(flag=1), at=100)
    assert played.ask(wish.MarkAdvice(flag=1), at=110) == ()
    assert counts(played) == {"raised": 1, "kept": 1, "confirmed": 1}
    with pytest.raises(Refused):
        played.ask(wish.MarkAdvice(flag=7))


def test_a_yes_to_a_hint_is_a_mark_of_the_lead_for_the_ears_did_not_flag_it(five: Method) -> None:
    played = asking(five)
    played.say("question_closed", 60)
    played.ask(wish.MarkAdvice(flag=1), at=70)
    assert counts(played) == {"marked": 1, "hints": 1}
    assert played.meeting
    kinds = summary(played.meeting, five)["phases"][-1]["kinds"]
    assert (kinds["advice"], kinds["closed"]) == (1, 0)


def test_a_mark_some_time_after_a_flag_is_about_something_else(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    played.ask(wish.MarkAdvice(), at=71)
    assert counts(played) == {"raised": 1, "kept": 1, "marked": 1}


def test_a_flag_for_an_utterance_that_the_lead_marked_already_takes_the_mark_over_without_a_lamp(five: Method) -> None:
    played = asking(five)
    played.ask(wish.MarkAdvice(), at=58)
    (flag,) = flags(played.say("advice", 60, advice=0.9))
    assert (flag.instead, flag.lamp) == (1, False)
    assert counts(played) == {"raised": 1, "kept": 1, "confirmed": 1}
    played.ask(wish.UndoCorrection(), at=65)
    assert counts(played) == {"raised": 1, "kept": 1}


def test_a_mark_of_before_the_utterance_is_no_mark_of_it(five: Method) -> None:
    played = asking(five)
    played.ask(wish.MarkAdvice(), at=56)
    played.say("advice", 60, advice=0.9)
    assert counts(played) == {"raised": 1, "kept": 1, "marked": 1}


def test_a_finger_that_presses_twice_marks_once_and_a_later_press_marks_again(five: Method) -> None:
    played = asking(five)
    taps = [len(played.ask(wish.MarkAdvice(), at=at)) for at in (60, 61.5, 65)]
    assert taps == [1, 0, 1]
    assert counts(played) == {"marked": 2}


def test_a_flag_that_was_a_question_is_not_confirmed_by_a_mark(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    played.ask(wish.DismissFlag(flag=1), at=62)
    played.ask(wish.MarkAdvice(), at=66)
    assert counts(played) == {"raised": 1, "dismissed": 1, "marked": 1}


def test_a_mark_that_was_a_question_is_not_counted_and_quietens_nothing(five: Method) -> None:
    played = asking(five)
    played.ask(wish.MarkAdvice(), at=60)
    played.ask(wish.DismissFlag(flag=1), at=70)
    assert counts(played) == {}
    assert played.meeting
    assert not played.meeting.flags.quiet_cues


def test_where_advice_is_welcome_there_is_nothing_to_mark(five: Method) -> None:
    played = asking(five, phase="advice")
    assert not facilitator_view(Room(meeting=played.meeting, method=five))["may_mark"]
    with pytest.raises(Refused) as refused:
        played.ask(wish.MarkAdvice(), at=60)
    assert "welkom" in refused.value.say["nl"]


def test_a_mark_works_without_a_microphone_and_with_the_lamp_switched_off(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C"), sensitivity="off"))
    played.ask(wish.BeginByTaps())
    played.ask(wish.MarkAdvice(), at=20)
    assert counts(played) == {"marked": 1}


def test_nothing_is_marked_in_a_break(five: Method) -> None:
    played = asking(five)
    played.ask(wish.Pause(), at=60)
    with pytest.raises(Refused):
        played.ask(wish.MarkAdvice(), at=65)
    assert not facilitator_view(Room(meeting=played.meeting, method=five))["may_mark"]
