"""An utterance that goes on after a breath is noted twice and counts once."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.counting import flag_counts
from server.meeting.meeting import fold
from server.meeting.summary import summary
from server.translation import translate
from speech import events as told
from tests.meeting.table import Played, asking, flags


def note(played: Played, start: float, end: float, act: str, *, advice: float = 0.0, **more: Any) -> list[Any]:
    """What follows from one note; it comes a second after the words."""
    more = {"seat": "C", "cue": f"{act}.example", "words": 8, **more}
    noted = happened.UtteranceNoted(at=end + 1, start=start, end=end, act=act, advice=advice, **more)
    return flags(played.hear(noted))


def acts(played: Played) -> list[str]:
    assert played.meeting
    return [utterance.act for utterance in played.meeting.utterances]


def counts(played: Played) -> dict[str, int]:
    assert played.meeting
    return flag_counts(played.meeting)


def test_the_ears_tell_the_meeting_that_an_utterance_goes_on() -> None:
    heard = told.UtteranceNoted(
        seat="C",
        start=1.0,
        end=4.0,
        act="story",
        advice=0.0,
        cue=None,
        words=9,
        heard=4.5,
        computing=0.1,
        continues=True,
    )
    (fact,) = translate(heard, began=100.0, now=105.0)
    assert isinstance(fact, happened.UtteranceNoted)
    assert (fact.start, fact.continues) == (101.0, True)
    assert happened.from_json(happened.to_json(fact)) == fact


def test_a_log_written_before_notes_went_on_is_still_read() -> None:
    fact = happened.UtteranceNoted(at=9, seat="C", start=5, end=8, act="story", advice=0.0, cue=None, words=9)
    written = happened.to_json(fact)
    del written["continues"]
    assert happened.from_json(written) == fact


def test_the_second_note_takes_the_place_of_the_first(five: Method) -> None:
    played = asking(five)
    note(played, 30, 31, "other")
    note(played, 30, 34, "question_open", continues=True)
    note(played, 35, 37, "story", seat="B")
    assert acts(played) == ["question_open", "story"]
    assert played.meeting
    shown = summary(played.meeting, five)
    analysis = next(phase for phase in shown["phases"] if phase["id"] == "analysis")
    assert shown["questions_before_advice"] == {"open": 1, "closed": 0}
    assert analysis["acts"] == {"question_open": 1, "story": 1}


def test_three_parts_are_one_utterance_and_another_with_its_own_beginning_is_not(five: Method) -> None:
    played = asking(five)
    for end in (31, 33, 35):
        note(played, 30, end, "question_open", continues=end > 31)
    note(played, 36, 38, "question_closed")
    assert acts(played) == ["question_open", "question_closed"]


def test_what_goes_on_with_nothing_that_was_let_in_counts_by_itself(five: Method) -> None:
    played = asking(five)
    note(played, 30, 34, "question_open", continues=True)
    assert acts(played) == ["question_open"]


def test_advice_that_goes_on_is_flagged_once(five: Method) -> None:
    played = asking(five)
    (flag,) = note(played, 30, 32, "advice", advice=0.9)
    assert flag.lamp
    assert not note(played, 30, 35, "advice", advice=0.95, continues=True)
    assert not note(played, 30, 36, "question_closed", continues=True), "nor hinted at beside its flag"
    assert counts(played)["raised"] == 1
    assert counts(played)["hints"] == 0


def test_advice_that_is_heard_only_in_the_whole_is_flagged_then(five: Method) -> None:
    played = asking(five)
    assert not note(played, 30, 31, "other")
    (flag,) = note(played, 30, 34, "advice_question", advice=0.9, continues=True)
    assert (flag.kind, flag.lamp, flag.start) == ("advice", True, 30)


def test_a_flag_takes_the_place_of_the_hint_before_it(five: Method) -> None:
    played = asking(five)
    (hint,) = note(played, 30, 31, "question_closed")
    (flag,) = note(played, 30, 34, "advice_question", advice=0.9, continues=True)
    assert (hint.kind, flag.kind, flag.flag) == ("hint", "advice", 2)
    assert (counts(played)["raised"], counts(played)["hints"]) == (1, 0)
    assert not note(played, 30, 36, "advice_question", advice=0.9, continues=True)


def test_a_hint_is_given_once(five: Method) -> None:
    played = asking(five)
    assert note(played, 30, 31, "question_closed")
    assert not note(played, 30, 34, "question_closed", continues=True)
    assert counts(played)["hints"] == 1


def test_what_a_person_said_of_the_first_half_holds_for_the_whole(five: Method) -> None:
    for tap, counted in ((wish.DismissFlag(flag=1), "dismissed"), (wish.MarkAdvice(flag=1), "confirmed")):
        played = asking(five)
        note(played, 30, 31, "advice", advice=0.9)
        played.ask(tap, at=33)
        assert not note(played, 30, 34, "advice_question", advice=0.9, continues=True)
        assert (counts(played)["raised"], counts(played)[counted]) == (1, 1)
    played = asking(five)
    note(played, 30, 31, "question_closed")
    played.ask(wish.DismissFlag(flag=1), at=33)
    assert not note(played, 30, 34, "advice_question", advice=0.9, continues=True)
    assert counts(played)["raised"] == 0


def test_the_leads_mark_between_the_halves_is_one_with_the_flag_of_the_whole(five: Method) -> None:
    played = asking(five)
    note(played, 30, 31, "other")
    played.ask(wish.MarkAdvice(), at=33)
    (flag,) = note(played, 30, 34, "advice", advice=0.9, continues=True)
    assert not flag.lamp
    assert counts(played) == {"raised": 1, "kept": 1, "dismissed": 0, "confirmed": 1, "marked": 0, "hints": 0}


def test_an_utterance_belongs_to_the_phase_in_which_it_began(five: Method) -> None:
    played = asking(five)
    note(played, 30, 31, "question_open")
    played.ask(wish.BeginPhase(phase="advice"), at=33)
    note(played, 30, 34, "question_open", continues=True)
    assert played.meeting
    assert [(u.phase, u.act) for u in played.meeting.utterances] == [("analysis", "question_open")]


def test_of_a_seat_that_is_left_out_meanwhile_the_rest_is_not_let_in(five: Method) -> None:
    played = asking(five)
    note(played, 30, 31, "other")
    played.ask(wish.LeaveOut(seat="C", out=True), at=32)
    assert not note(played, 30, 34, "advice", advice=0.9, continues=True)
    assert acts(played) == ["other"]


PARTS = some.tuples(
    some.sampled_from(["advice", "advice_question", "question_closed", "question_open", "story"]),
    some.floats(0, 1),
    some.booleans(),
    some.sampled_from([None, None, None, "mark", "dismiss"]),
)


@settings(max_examples=80, deadline=None)
@given(some.lists(PARTS, max_size=25))
def test_however_often_they_go_on_utterances_and_their_flags_count_once(five: Method, parts: list[Any]) -> None:
    played, start, at, begun = asking(five), 20.0, 20.0, set[float]()
    for act, advice, goes_on, tap in parts:
        goes_on = goes_on and bool(begun)
        start = start if goes_on else at + 0.5
        begun.add(start)
        at += 3.0
        note(played, start, at, act, advice=advice, continues=goes_on)
        at += 1.0
        assert played.meeting
        if tap == "mark":
            played.ask(wish.MarkAdvice(), at=at)
        elif tap == "dismiss" and played.meeting.flags.heard:
            played.ask(wish.DismissFlag(flag=played.meeting.flags.heard[-1].number), at=at)
    meeting = played.meeting
    assert meeting
    starts = [utterance.start for utterance in meeting.utterances]
    assert starts == sorted(begun)
    flagged = [flag.start for flag in meeting.flags.heard]
    assert len(flagged) == len(set(flagged))
    told = counts(played)
    assert told["raised"] == told["kept"] + told["dismissed"]
    assert told["raised"] + told["hints"] == len(flagged) <= len(begun)
    assert fold(played.log) == meeting
