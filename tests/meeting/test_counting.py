"""What the evaluation shows of questions and advice: counts of the group per phase, without words and per nobody."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from methods.method import Method
from server.meeting import commands as wish
from server.meeting.counting import KINDS, flag_counts
from server.meeting.refusals import Refused
from server.meeting.rules import ADVICE
from server.meeting.summary import summary
from tests.meeting.table import Played, asking


def shown(played: Played) -> dict[str, Any]:
    assert played.meeting
    return summary(played.meeting, played.method)


def phase(played: Played, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(phase for phase in shown(played)["phases"] if phase["id"] == name)
    return found


def test_questions_are_counted_until_the_first_advice_of_the_meeting_and_of_each_question_phase(five: Method) -> None:
    played = asking(five, phase="look_back")
    played.say("advice", 15, advice=0.9)
    played.ask(wish.BeginPhase(phase="analysis"), at=20)
    for at in (30, 40, 50):
        played.say("question_open", at)
    played.say("question_closed", 60, seat="A")
    played.say("advice", 70, advice=0.9)
    played.say("question_open", 80)
    assert shown(played)["questions_before_advice"] == {"open": 0, "closed": 0}
    assert phase(played, "analysis")["questions"] == {"open": 3, "closed": 1}
    assert phase(played, "look_back")["questions"] is None, "no phase of questions"


def test_the_leads_mark_is_an_advice_too(five: Method) -> None:
    played = asking(five)
    played.say("question_open", 30)
    played.ask(wish.MarkAdvice(), at=40)
    played.say("question_open", 50)
    assert shown(played)["questions_before_advice"] == {"open": 1, "closed": 0}
    assert phase(played, "analysis")["kinds"]["advice"] == 1


def test_what_was_called_a_question_is_counted_as_one(five: Method) -> None:
    played = asking(five)
    played.say("advice_question", 30, advice=0.9)
    played.say("question_open", 40)
    played.ask(wish.DismissFlag(flag=1), at=41)
    assert shown(played)["questions_before_advice"] == {"open": 1, "closed": 1}
    kinds = phase(played, "analysis")["kinds"]
    assert (kinds["advice"], kinds["closed"], kinds["open"]) == (0, 1, 1)


def test_without_words_nothing_is_claimed(five: Method) -> None:
    played = asking(five)
    assert shown(played)["questions_before_advice"] is None
    assert phase(played, "analysis")["questions"] is None
    assert phase(played, "analysis")["kinds"] is None


def test_what_the_case_owner_says_is_in_no_count_of_the_group(five: Method) -> None:
    played = asking(five)
    played.say("question_open", 30, seat="B")
    assert phase(played, "analysis")["kinds"]["open"] == 0
    assert shown(played)["questions_before_advice"] == {"open": 0, "closed": 0}


def test_a_count_that_would_be_one_persons_own_is_not_shown(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C")))
    played.ask(wish.ConfirmConsent(agreed=3))
    played.ask(wish.ChooseCaseOwner(seat="B"))
    played.ask(wish.BeginPhase(phase="analysis"), at=10)
    played.say("advice", 30, advice=0.9)
    assert phase(played, "analysis")["kinds"] is None
    assert shown(played)["few_peers"]


def test_flags_are_told_as_raised_kept_dismissed_and_marked_by_a_person(five: Method) -> None:
    played = asking(five)
    played.say("advice", 30, advice=0.9)
    played.say("advice", 60, advice=0.9, cue="other")
    played.ask(wish.DismissFlag(flag=2), at=61)
    played.ask(wish.MarkAdvice(), at=90)
    played.say("question_closed", 120)
    told = {"raised": 2, "kept": 1, "dismissed": 1, "confirmed": 0, "marked": 1, "hints": 1}
    assert shown(played)["flags"] == told
    assert phase(played, "analysis")["flags"] == told
    assert phase(played, "look_back")["flags"] == dict.fromkeys(told, 0)


def test_nothing_in_the_counts_names_a_seat_or_holds_a_word_or_an_order(five: Method) -> None:
    played = asking(five)
    for at, seat in ((30, "C"), (40, "D"), (50, "E")):
        played.say("advice", at, seat=seat, advice=0.9)
    told = phase(played, "analysis")
    counts = json.dumps([told["kinds"], told["flags"], told["questions"], told["acts"]])
    assert not any(name in counts for name in ("Carla", "Daan", "Els", '"C"', '"D"', '"E"', "cue", "start", 'at"'))
    assert told["kinds"].keys() == KINDS.keys()


SAID = some.tuples(
    some.sampled_from([*ADVICE, "question_open", "question_closed", "interpretation", "story"]),
    some.sampled_from("ABCDE"),
    some.floats(0, 1),
)
STEPS = some.lists(
    some.one_of(
        SAID,
        some.sampled_from(["mark", "undo"]),
        some.integers(1, 6),
        some.sampled_from(["off", "calm", "normal"]),
        some.sampled_from(["analysis", "advice", "awareness"]),
    ),
    max_size=40,
)


@settings(max_examples=120, deadline=None)
@given(STEPS, some.sampled_from([1.0, 5.0, 40.0]))
def test_every_flag_is_kept_or_dismissed_and_the_phases_add_up(five: Method, steps: list[Any], wait: float) -> None:
    played = evening(five, steps, wait)
    assert played.meeting
    whole = flag_counts(played.meeting)
    assert whole["raised"] == whole["kept"] + whole["dismissed"]
    assert whole["confirmed"] <= whole["kept"]
    told = shown(played)["phases"]
    assert whole == {name: sum(one["flags"][name] for one in told) for name in whole}
    asked = shown(played)["questions_before_advice"]
    if asked is not None:
        heard = sum(one["kinds"]["open"] for one in told)
        assert asked["open"] <= heard


def evening(five: Method, steps: list[Any], wait: float) -> Played:
    """Things said and taps about flags, in any order."""
    played = asking(five)
    for step in steps:
        played.now += wait
        with suppress(Refused):
            match step:
                case (act, seat, advice):
                    played.say(act, played.now, seat=seat, advice=advice)
                case "mark":
                    played.ask(wish.MarkAdvice())
                case "undo":
                    played.ask(wish.UndoCorrection())
                case int(number):
                    played.ask(wish.DismissFlag(flag=number))
                case "off" | "calm" | "normal":
                    played.ask(wish.ChooseSensitivity(level=step))
                case _:
                    played.ask(wish.BeginPhase(phase=step))
    return played
