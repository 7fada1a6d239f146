"""What a group looks at together: each phase held against what it asked, its silence, and whose case it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from methods.method import Method
from methods.reader import read_method
from server.meeting import commands as wish
from server.meeting import wishes
from server.meeting.summary import summary
from tests.meeting.conftest import LIBRARY
from tests.meeting.table import Played, asking


def shown(played: Played) -> dict[str, Any]:
    assert played.meeting
    return summary(played.meeting, played.method)


def phase_of(told: dict[str, Any], stop: str) -> dict[str, Any]:
    return next(dict(phase) for phase in told["phases"] if phase["id"] == stop)


def two_cases(method: Method) -> Played:
    """Bram's case first, then Carla's."""
    played = Played(method).open(case_owner="B")
    for number, stop in enumerate(method.per_case):
        played.ask(wish.BeginPhase(phase=stop), at=100 + number)
        played.turn("B", 100 + number, 101 + number)
    # Minutes are not what this is about.
    assert played.meeting
    played.meeting = replace(played.meeting, plan={**played.meeting.plan, method.phases[-1].id: 200.0})
    played.ask(wishes.BeginSecondCase(), at=300)
    assert played.meeting
    for stop in (stop for stop in played.meeting.order if stop.endswith("~2")):
        played.now += 10
        played.ask(wish.BeginPhase(phase=stop))
        played.ask(wish.ChooseCaseOwner(seat="C"))
        played.turn("B", played.now, played.now + 2)
    return played


def test_peers_are_held_against_what_the_phase_asks_and_its_case_owner_against_nothing(five: Method) -> None:
    played = Played(five).open(case_owner="B")
    played.ask(wish.BeginPhase(phase="analysis"), at=10)
    played.turn("C", 10, 70)
    analysis = phase_of(shown(played), "analysis")
    assert (analysis["asked"], analysis["case"], analysis["lap"]) == ("equal_peers", 1, 1)
    assert analysis["seats"]["B"] | {"seconds": 0, "share": 0} == {
        "seconds": 0,
        "share": 0,
        "role": "case_owner",
        "expected": None,
    }
    assert analysis["seats"]["C"]["expected"] == pytest.approx(0.8 * 0.5 * 25 * 60 / 3)
    assert analysis["seats"]["A"]["role"] == "facilitator"


def test_two_cases_are_kept_apart_and_each_has_its_own_owner(five: Method) -> None:
    told = shown(two_cases(five))
    assert told["cases"] == [{"number": 1, "owner": "B"}, {"number": 2, "owner": "C"}]
    first, second = phase_of(told, "analysis"), phase_of(told, "analysis~2")
    assert (first["case"], second["case"], second["lap"]) == (1, 2, 2)
    assert [first["seats"][letter]["role"] for letter in "BC"] == ["case_owner", "peer"]
    assert [second["seats"][letter]["role"] for letter in "BC"] == ["peer", "case_owner"]
    assert first["seats"]["B"]["expected"] is None
    assert second["seats"]["B"]["expected"] is not None
    assert phase_of(told, "look_back")["case"] is None


def test_silence_that_was_asked_for_is_shown_as_kept_and_what_comes_after_is_not_counted() -> None:
    method = read_method(LIBRARY / "five_step.yaml")
    minutes = {
        phase.id: (phase.floor.write_first_minutes or 0) + (phase.floor.silence_first_minutes or 0)
        for phase in method.phases
    }
    stop = next(stop for stop, first in minutes.items() if first)
    asked = minutes[stop] * 60
    played = Played(method).open()
    played.ask(wish.BeginPhase(phase=stop), at=10)
    played.turn("C", 20, 30)
    played.ask(wish.CloseMeeting(), at=10 + asked + 600)
    told = shown(played)
    assert phase_of(told, stop)["silence_kept"] == {"asked": asked, "kept": asked - 10}
    assert {one["silence_kept"] is None for one in told["phases"] if one["id"] != stop} <= {True}


def test_the_silence_of_a_phase_in_silence_is_asked_for_as_long_as_it_is_planned(five: Method) -> None:
    phase = five.phase("look_back")
    quiet = replace(phase, floor=replace(phase.floor, mode="silence"))
    method = replace(five, phases=(quiet, *five.phases[1:]))
    played = Played(method).open()
    played.turn("C", 5, 9)
    played.ask(wish.Pause(), at=20)
    played.ask(wish.Resume(), at=50)
    played.ask(wish.CloseMeeting(), at=60)
    assert played.meeting
    asked = played.meeting.plan["look_back"] * 60
    assert phase_of(shown(played), "look_back")["silence_kept"] == {"asked": asked, "kept": 26}


def test_the_whole_is_held_against_the_plan_and_the_strip_knows_the_phases(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.Pause(), at=60)
    played.ask(wish.Resume(), at=100)
    played.ask(wish.BeginPhase(phase="analysis"), at=160)
    played.ask(wish.CloseMeeting(), at=220)
    told = shown(played)
    assert played.meeting
    assert told["planned"] == pytest.approx(sum(played.meeting.plan.values()))
    assert told["behind"] == pytest.approx(3 - told["planned"], abs=0.1)
    assert told["visits"] == [["look_back", 0, 60], ["look_back", 100, 160], ["analysis", 160, 220]]


def test_a_running_meeting_is_behind_by_what_its_phases_took_too_long(five: Method) -> None:
    played = Played(five).open()
    assert played.meeting
    minutes = played.meeting.plan["look_back"]
    played.ask(wish.NextPhase(), at=(minutes + 4) * 60)
    assert shown(played)["behind"] == pytest.approx(4)


def test_who_left_or_came_late_is_expected_only_where_that_person_was(five: Method) -> None:
    played = asking(five)
    played.ask(wish.LeaveTable(seat="C"), at=900)
    played.ask(wish.BeginPhase(phase="advice"), at=1000)
    played.ask(wish.AddSeat(name="Fee", agreed=True), at=1100)
    played.ask(wish.BeginPhase(phase="evaluation"), at=1600)
    assert played.meeting is not None
    told = {phase["id"]: phase["seats"] for phase in summary(played.meeting, five)["phases"]}
    asked = {stop: {letter for letter, seat in seats.items() if seat["expected"]} for stop, seats in told.items()}
    assert asked["analysis"] == {"C", "D", "E"}
    assert asked["advice"] == {"D", "E", "F"}
    assert asked["evaluation"] == {"A", "B", "D", "E", "F"}
