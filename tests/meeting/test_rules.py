"""Which acts flag, hint or are welcome comes from the method, in every phase of every method that ships."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from methods.method import Method, Phase
from methods.reader import load_library
from methods.vocabulary import vocabulary
from server.meeting.events import UtteranceNoted
from server.meeting.guidance import SENSITIVITIES, flag_for
from server.meeting.rules import ADVICE, CODES, HINTED, advice_is_welcome, for_later, standing
from server.phaseviews import phase_now
from tests.meeting.table import Played

LIBRARY = load_library()
PHASES = [(method.id, phase.id) for method in LIBRARY.values() for phase in method.phases]
ACTS = (*CODES, "story", "process", "other")
ROLES = ("peer", "facilitator", "case_owner")


def noted(act: str, advice: float = 1.0) -> UtteranceNoted:
    return UtteranceNoted(at=9, seat="C", start=5, end=8, act=act, advice=advice, cue=f"{act}.some", words=9)


def kind(phase: Phase, act: str, advice: float = 1.0, role: str = "peer", sensitivity: str = "normal") -> str | None:
    found = flag_for(phase, role, noted(act, advice), sensitivity)
    return None if found is None else found.kind


# --- every phase of the library ---


@pytest.mark.parametrize(("method", "phase_id"), PHASES)
def test_nothing_is_held_against_anybody_where_advice_is_allowed(method: str, phase_id: str) -> None:
    phase = LIBRARY[method].phase(phase_id)
    if "advice" in phase.allow:
        assert [kind(phase, act) for act in ACTS] == [None] * len(ACTS)
        assert advice_is_welcome(phase)


@pytest.mark.parametrize(("method", "phase_id"), PHASES)
def test_advice_flags_where_it_is_denied_and_only_there(method: str, phase_id: str) -> None:
    phase = LIBRARY[method].phase(phase_id)
    for act in ADVICE:
        denied = bool(CODES[act] & phase.deny) and "advice" not in phase.allow
        partly_welcome = bool(CODES[act] & phase.allow)  # then a wrong word would do more harm than none
        assert kind(phase, act) == (("hint" if partly_welcome else "advice") if denied else None), act


@pytest.mark.parametrize(("method", "phase_id"), PHASES)
def test_other_acts_are_hinted_at_only_where_they_are_denied_and_never_flagged(method: str, phase_id: str) -> None:
    phase = LIBRARY[method].phase(phase_id)
    for act in set(ACTS) - ADVICE:
        found = kind(phase, act)
        assert found in (None, "hint")
        if found == "hint":
            assert act in HINTED
            assert CODES[act] & phase.deny
            assert not CODES[act] & phase.allow


@pytest.mark.parametrize(("method", "phase_id"), PHASES)
def test_an_open_question_a_summary_and_a_story_are_never_a_fault(method: str, phase_id: str) -> None:
    phase = LIBRARY[method].phase(phase_id)
    harmless = ("question_open", "reflection", "story", "process", "other")
    assert [kind(phase, act) for act in harmless] == [None] * 5


@pytest.mark.parametrize(("method", "phase_id"), PHASES)
def test_only_peers_are_flagged_and_nobody_is_when_the_lamp_is_off(method: str, phase_id: str) -> None:
    phase = LIBRARY[method].phase(phase_id)
    for act, role, level in product(ACTS, ROLES, SENSITIVITIES):
        if role != "peer" or level == "off":
            assert kind(phase, act, role=role, sensitivity=level) is None


def test_the_table_of_the_two_methods_to_begin_with() -> None:
    """What was read off the method files by hand; a change of either is a change of what groups meet."""
    sign = {"flag": "F", "hint": "h", "welcome": "w", "free": "."}
    told = {
        (method, phase): "".join(sign[standing(LIBRARY[method].phase(phase), act)] for act in CODES)
        for method, phase in PHASES
        if method in ("five_phase", "six_step")
    }
    # advice, advice_question, leading, closed, open, interpretation, experience, reflection
    assert told == {
        ("five_phase", "look_back"): "FF......",
        ("five_phase", "inventory"): "FF...h..",
        ("five_phase", "analysis"): "FFhhwhhw",
        ("five_phase", "awareness"): "FF..wh.w",
        ("five_phase", "advice"): "ww....w.",
        ("five_phase", "evaluation"): "FF......",
        ("six_step", "preparation_check"): "FF......",
        ("six_step", "order"): "FF......",
        ("six_step", "tell_explore"): "FFh.wh.w",
        ("six_step", "feedback"): "ww...www",
        ("six_step", "choose"): "FF......",
        ("six_step", "insight_round"): "FF......",
    }


# --- any phase that can be written ---

UTTERANCES = sorted(vocabulary().utterances)
SOME_PHASE = LIBRARY["five_phase"].phases[0]
SOME_CODES = some.sets(some.sampled_from(UTTERANCES))


@given(allow=SOME_CODES, deny=SOME_CODES, act=some.sampled_from(ACTS), advice=some.floats(0, 1))
def test_the_laws_of_allowing_and_denying_hold_in_any_phase(
    allow: set[str], deny: set[str], act: str, advice: float
) -> None:
    phase = replace(SOME_PHASE, allow=frozenset(allow), deny=frozenset(deny - allow))
    found = {level: kind(phase, act, advice, sensitivity=level) for level in SENSITIVITIES}
    codes = CODES.get(act, frozenset())
    assert found["off"] is None
    assert found["calm"] in (None, "hint", found["normal"])
    for one in (found["calm"], found["normal"]):
        if one == "advice":
            assert act in ADVICE
            assert not codes & phase.allow
        if one is not None:
            assert codes & phase.deny
            assert "advice" not in phase.allow


def test_an_informative_round_that_does_not_deny_closed_questions_accepts_them() -> None:
    phase = LIBRARY["six_step"].phase("tell_explore")
    assert "question_informative" in phase.allow
    assert kind(phase, "question_closed") is None
    assert kind(LIBRARY["five_phase"].phase("analysis"), "question_closed") == "hint"


def test_where_hunches_are_welcome_no_ear_can_tell_them_from_judgements() -> None:
    phase = replace(SOME_PHASE, allow=frozenset({"hypothesis"}), deny=frozenset({"judgement", "advice"}))
    assert kind(phase, "interpretation") is None


def test_where_ideas_are_welcome_and_advice_is_not_advice_is_no_more_than_a_hint() -> None:
    phase = replace(SOME_PHASE, allow=frozenset({"idea"}), deny=frozenset({"advice"}))
    assert kind(phase, "advice") == "hint"
    assert kind(phase, "advice", advice=0.4) is None


# --- what the lead reads ---


def named(method: Method, phase_id: str) -> dict[str, list[str]]:
    meeting = Played(method).open().meeting
    assert meeting
    shown = phase_now(replace(meeting, phase=phase_id), method)
    assert shown
    return {key: [text["nl"] for text in texts] for key, texts in shown["rules"].items()}


def test_the_lead_reads_what_is_welcome_and_what_is_for_later(five: Method) -> None:
    assert named(five, "analysis") == {
        "welcome": ["open vragen", "vertellen", "samenvatten"],
        "later": ["advies", "eigen ervaring"],
        "not_now": [],
    }
    assert named(five, "advice")["welcome"] == ["advies", "ideeën", "eigen ervaring"]
    assert named(five, "evaluation") == {
        "welcome": ["een keuze", "inzichten", "waardering"],
        "later": [],
        "not_now": ["advies", "vertellen"],
    }


@pytest.mark.parametrize(("method", "phase_id"), PHASES)
def test_what_is_for_later_is_denied_now_and_allowed_then(method: str, phase_id: str) -> None:
    phase = LIBRARY[method].phase(phase_id)
    later = for_later(LIBRARY[method], phase)
    assert later <= phase.deny
    welcome = named(LIBRARY[method], phase_id)["welcome"]
    assert bool(welcome) == bool(phase.allow), "every phase in which anything is asked says what is welcome"
    for lists in named(LIBRARY[method], phase_id).values():
        assert len(lists) <= 3


def test_every_short_word_belongs_to_a_code_and_is_there_in_each_language() -> None:
    assert set(vocabulary().short) <= vocabulary().utterances
    assert all(set(text) == {"nl", "en", "de"} for text in vocabulary().short.values())
