"""How easily the lamp lights: off, calm or normal, at the start or in between; and what "a question" quietens."""

from __future__ import annotations

import pytest

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.guidance import CALM, CALMER
from server.meeting.meeting import fold
from server.meeting.refusals import Refused
from server.views import Room, facilitator_view
from tests.meeting.table import Played, asking, flags


def kinds(played: Played, act: str, at: float, advice: float, cue: str = "example") -> list[str]:
    return [flag.kind for flag in flags(played.say(act, at, advice=advice, cue=cue))]


def test_a_meeting_is_normal_unless_it_says_otherwise(five: Method) -> None:
    meeting = Played(five).open().meeting
    assert meeting
    assert meeting.sensitivity == "normal"
    assert facilitator_view(Room(meeting=meeting, method=five))["sensitivity"] == "normal"


def test_an_old_log_without_a_word_about_the_lamp_is_a_normal_meeting(five: Method) -> None:
    opened = Played(five).open().log[0]
    old = {key: value for key, value in happened.to_json(opened).items() if key != "sensitivity"}
    meeting = fold([happened.from_json(old)])
    assert meeting
    assert meeting.sensitivity == "normal"


def test_calm_takes_more_before_it_flags(five: Method) -> None:
    calm = asking(five, sensitivity="calm")
    assert kinds(calm, "advice", 60, CALM - 0.01) == ["hint"]
    assert kinds(calm, "advice", 70, CALM) == ["advice"]
    assert kinds(asking(five), "advice", 60, CALM - 0.01) == ["advice"]


@pytest.mark.parametrize("act", ["question_closed", "question_leading", "interpretation", "advice_question"])
def test_in_a_calm_meeting_no_question_and_no_explanation_is_hinted_at(five: Method, act: str) -> None:
    assert kinds(asking(five, sensitivity="calm"), act, 60, 0.6) == []
    assert kinds(asking(five), act, 60, 0.4) == ["hint"]


def test_doubtful_advice_is_nothing_in_a_calm_meeting(five: Method) -> None:
    assert kinds(asking(five, sensitivity="calm"), "advice", 60, 0.4) == []


def test_off_means_no_lamp_and_no_flag_but_acts_are_still_counted(five: Method) -> None:
    off = asking(five, sensitivity="off")
    assert kinds(off, "advice", 60, 1.0) == []
    assert kinds(off, "question_closed", 70, 0.0) == []
    assert off.meeting
    assert [heard.act for heard in off.meeting.utterances] == ["advice", "question_closed"]


def test_the_lamp_is_switched_while_the_meeting_runs(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    assert facilitator_view(Room(meeting=played.meeting, method=five))["lamp"]
    played.ask(wish.ChooseSensitivity(level="off"), at=61)
    view = facilitator_view(Room(meeting=played.meeting, method=five))
    assert (view["sensitivity"], view["lamp"], view["recent"]) == ("off", None, None)
    assert kinds(played, "advice", 300, 0.99) == []
    played.ask(wish.ChooseSensitivity(level="normal"), at=301)
    assert kinds(played, "advice", 310, 0.9) == ["advice"]


def test_choosing_what_is_chosen_already_is_no_news(five: Method) -> None:
    assert asking(five).ask(wish.ChooseSensitivity(level="normal")) == ()


@pytest.mark.parametrize("level", ["", "loud", "NORMAL"])
def test_a_level_that_does_not_exist_is_refused_with_the_three_that_do(five: Method, level: str) -> None:
    with pytest.raises(Refused) as refused:
        asking(five).ask(wish.ChooseSensitivity(level=level))
    assert "rustig" in refused.value.say["nl"]
    with pytest.raises(Refused):
        Played(five).open(sensitivity=level)


def test_a_hint_never_lights_the_lamp_and_only_the_lead_can_reach_it(five: Method) -> None:
    played = asking(five)
    (flag,) = flags(played.say("question_closed", 60))
    assert not flag.lamp
    view = facilitator_view(Room(meeting=played.meeting, method=five))
    assert view["lamp"] is None
    assert view["recent"]["kind"] == "hint"


# --- "this was a question" ---


def quietened(five: Method, cue: str, sensitivity: str = "normal") -> Played:
    played = asking(five, sensitivity=sensitivity)
    played.say("advice", 60, advice=0.99, cue=cue)
    played.ask(wish.DismissFlag(flag=1), at=62)
    return played


def test_a_named_cue_is_quiet_for_the_rest_of_the_meeting(five: Method) -> None:
    played = quietened(five, "if_i_were_you")
    assert kinds(played, "advice", 300, 1.0, "if_i_were_you") == []
    assert kinds(played, "advice", 310, 0.9, "i_would") == ["advice"]


@pytest.mark.parametrize("cue", ["learned", "like.advice_question.what_if", "like.what_if"])
def test_a_learned_cue_only_takes_more_so_that_not_all_advice_is_silenced(five: Method, cue: str) -> None:
    played = quietened(five, cue)
    assert kinds(played, "advice", 300, CALM - 0.01, cue) == []
    assert kinds(played, "advice", 310, CALM, cue) == ["advice"]
    calm = quietened(five, cue, sensitivity="calm")
    assert kinds(calm, "advice", 300, CALMER - 0.01, cue) == []
    assert kinds(calm, "advice", 310, CALMER, cue) == ["advice"]


def test_a_hint_that_was_called_wrong_is_quiet_too(five: Method) -> None:
    played = asking(five)
    played.say("question_closed", 60)
    played.ask(wish.DismissFlag(flag=1), at=62)
    assert kinds(played, "question_closed", 90, 0.0) == []


def test_a_dismissal_by_mistake_is_undone_within_half_a_minute_and_the_cue_flags_again(five: Method) -> None:
    played = quietened(five, "i_would")
    assert facilitator_view(Room(meeting=played.meeting, method=five))["undo"] == {
        "kind": "dismiss",
        "seat": None,
        "other": None,
        "until": 92.0,
    }
    played.ask(wish.UndoCorrection(), at=80)
    assert kinds(played, "advice", 90, 0.9, "i_would") == ["advice"]


def test_after_half_a_minute_there_is_nothing_to_undo(five: Method) -> None:
    played = quietened(five, "i_would")
    with pytest.raises(Refused):
        played.ask(wish.UndoCorrection(), at=93)


def test_dismissing_twice_is_dismissing_once(five: Method) -> None:
    assert quietened(five, "i_would").ask(wish.DismissFlag(flag=1), at=63) == ()


def test_the_last_flag_can_be_reached_for_a_minute_after_its_lamp_went_out(five: Method) -> None:
    played = asking(five)
    played.say("advice", 60, advice=0.9)
    played.hear(happened.ClockTicked(at=119))
    view = facilitator_view(Room(meeting=played.meeting, method=five))
    assert view["lamp"] is None
    assert view["recent"]["flag"] == 1
    played.hear(happened.ClockTicked(at=121))
    assert facilitator_view(Room(meeting=played.meeting, method=five))["recent"] is None
