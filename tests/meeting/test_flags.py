"""The advice flag: right place, right person, rarely, and quiet when told so."""

from __future__ import annotations

from methods.method import Method
from server.meeting import commands as wish
from tests.meeting.table import asking, flags


def test_advice_of_a_peer_in_the_question_phase_lights_the_lamp(five: Method) -> None:
    (flag,) = flags(asking(five).say("advice_question", 60, advice=0.9))
    assert (flag.kind, flag.lamp, flag.cue) == ("advice", True, "advice_question.example")


def test_advice_in_the_advice_phase_is_welcome(five: Method) -> None:
    played = asking(five)
    played.ask(wish.BeginPhase(phase="advice"), at=50)
    assert not flags(played.say("advice", 60, advice=0.99))


def test_the_case_owner_and_the_facilitator_are_never_flagged(five: Method) -> None:
    played = asking(five)
    assert not flags(played.say("advice", 60, seat="B", advice=0.99))
    assert not flags(played.say("advice", 70, seat="A", advice=0.99))


def test_three_words_are_too_few_to_judge(five: Method) -> None:
    assert not flags(asking(five).say("advice", 60, advice=0.99, words=3))


def test_a_closed_question_is_at_most_a_hint_without_a_lamp(five: Method) -> None:
    (flag,) = flags(asking(five).say("question_closed", 60))
    assert (flag.kind, flag.lamp) == ("hint", False)


def test_doubtful_advice_is_a_hint(five: Method) -> None:
    (flag,) = flags(asking(five).say("advice", 60, advice=0.3))
    assert flag.kind == "hint"


def test_the_lamp_lights_at_most_once_in_two_minutes(five: Method) -> None:
    played = asking(five)
    lit = [flags(played.say("advice", at, advice=0.9))[0].lamp for at in (60, 100, 179, 181)]
    assert lit == [True, False, False, True]


def test_advice_recognised_after_the_phase_ended_does_not_light_the_lamp(five: Method) -> None:
    played = asking(five)
    played.ask(wish.NextPhase(), at=59)
    (flag,) = flags(played.say("advice", 60, advice=0.9))
    assert not flag.lamp


def test_this_was_a_question_quietens_its_cue_for_the_meeting(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    played.ask(wish.DismissFlag(flag=1), at=62)
    assert not flags(played.say("advice", 300, advice=0.9))
    assert flags(played.say("advice_question", 310, advice=0.9))


def test_no_event_of_a_flag_names_a_seat(five: Method) -> None:
    (flag,) = flags(asking(five).say("advice", 60, advice=0.9))
    assert not hasattr(flag, "seat")
