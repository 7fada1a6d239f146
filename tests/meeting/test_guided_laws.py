"""Laws of guiding for any method and any evening: it stays whole, it can be replayed, and wishes can be undone."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from methods.reader import load_library
from server.meeting import commands as wish
from server.meeting import wishes
from server.meeting.evaluating import PULSE
from server.meeting.events import from_json, to_json
from server.meeting.meeting import Meeting, fold
from server.meeting.refusals import Refused
from server.meeting.summary import summary
from server.views import Room, facilitator_view, participant_view
from tests.meeting.table import Played

LIBRARY = load_library()
SEATS = some.sampled_from(["A", "B", "C", "D", None, "H", "?"])
NOTES = some.one_of(some.none(), some.integers(0, 6))
KINDS = [
    "case_list",
    "question_list",
    "advice_list",
    "parked",
    "own_share",
    "insight",
    "agreement",
    "elsewhere",
    "song",
]
PULSES = some.just(tuple((item, 3.0) for item in PULSE))
SCORES = some.lists(
    some.tuples(some.sampled_from(["1.E", "1.G", "2.T", "1", "2", "9.E", ""]), some.sampled_from([0.0, 1.0, 2.0, 3.0])),
    max_size=4,
).map(tuple)
ANSWERS = some.lists(
    some.tuples(some.sampled_from(["pr1", "re1", "re5", "felt", "sp1"]), some.sampled_from([0.0, 1.0, 5.0])), max_size=3
).map(tuple)
STOPS = some.sampled_from(["analysis", "analysis~2", "evaluation", "harvest~2", "ask", "?"])
TEXTS = some.sampled_from(["Hoe zeg ik nee?", "", "  ", "x" * 400, "=1+1", "<b>"])
WISHES = some.one_of(
    some.builds(wish.NextPhase),
    some.builds(wish.NextPhase),
    some.builds(wish.PreviousPhase),
    some.builds(wish.BeginPhase, phase=STOPS),
    some.builds(wish.Pause, minutes=some.sampled_from([0.0, 5.0, -1.0, 1e5])),
    some.builds(wish.Resume),
    some.builds(wish.AddMinutes),
    some.builds(wish.AddSeat, name=some.just("Fee"), agreed=some.booleans()),
    some.builds(wish.LeaveTable, seat=some.sampled_from(["A", "C"]), left=some.booleans()),
    some.builds(wish.ChooseCaseOwner, seat=some.sampled_from(["A", "B", "H"])),
    some.builds(wish.ParkAdvice),
    some.builds(wish.TapSeat, seat=some.sampled_from(["A", "B", None])),
    some.builds(wishes.WriteNote, kind=some.sampled_from(KINDS), text=TEXTS, note=NOTES, seat=SEATS),
    some.builds(wishes.WriteNote, kind=some.sampled_from(KINDS), text=TEXTS, seat=SEATS),
    some.builds(wishes.DropNote, note=some.integers(0, 6), seat=SEATS),
    some.builds(wishes.AskQuestion, note=NOTES, back=some.booleans()),
    some.builds(wishes.GiveHeat, note=some.integers(0, 6), heat=some.sampled_from(["warm", "", "hot"]), seat=SEATS),
    some.builds(wishes.SortAdvice, note=some.integers(0, 6), pile=some.sampled_from(["fits", "", "x"]), seat=SEATS),
    some.builds(wishes.SayEnough, enough=some.booleans(), seat=SEATS),
    some.builds(wishes.FormIntention, text=TEXTS, step=TEXTS, by=some.just("vrijdag"), seat=SEATS),
    some.builds(wishes.CastVote, scores=SCORES, seat=SEATS),
    some.builds(wishes.CountVotes, counted=some.booleans()),
    some.builds(wishes.ChooseCase, note=NOTES),
    some.builds(wishes.BeginSecondCase, note=NOTES),
    some.builds(wishes.ChooseRitual, ritual=some.sampled_from(["weather", "", "song"])),
    some.builds(wishes.BeginRound, by=some.sampled_from(["table", "turned", "least_heard", "", "?"])),
    some.builds(wishes.NextInRound, after=SEATS, passed=some.booleans()),
    some.builds(wishes.BackInRound),
    some.builds(wishes.PassTurn, seat=SEATS),
    some.builds(wishes.MoveMinutes, taken=STOPS, minutes=some.sampled_from([3.0, 0.0, 100.0, 0.5])),
    some.builds(wishes.AllowOneMore),
    some.builds(wishes.StopMethod, seat=SEATS),
    some.builds(wishes.ShowAnswers),
    some.builds(wishes.EndQuiet),
    some.builds(wishes.AnswerItems, answers=ANSWERS, seat=SEATS),
    some.builds(wishes.AnswerPulse, answers=some.one_of(ANSWERS, PULSES), seat=SEATS),
)
EVENINGS = some.tuples(
    some.sampled_from(sorted(LIBRARY)),
    some.integers(3, 8),
    some.sampled_from([45.0, 90.0, 150.0, 300.0]),
    some.lists(some.tuples(some.sampled_from([0.0, 1.0, 30.0, 400.0]), WISHES), max_size=45),
)
Evening = tuple[str, int, float, list[tuple[float, Any]]]


def play(evening: Evening) -> Played:
    """Any wishes in any order, at any method, by any number of people."""
    method, people, minutes, steps = evening
    played = Played(LIBRARY[method])
    names = tuple(f"Naam {n}" for n in range(people))
    played.ask(wish.OpenMeeting(method=method, language="nl", names=names, minutes=minutes))
    played.ask(wish.ConfirmConsent(agreed=people))
    played.listen()
    for wait, step in steps:
        played.now += wait
        with contextlib.suppress(Refused):
            played.ask(step)
    return played


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENINGS)
def test_any_evening_leaves_a_whole_meeting_that_every_screen_can_draw(evening: Evening) -> None:
    played = play(evening)
    meeting = played.meeting
    assert meeting is not None
    assert meeting.phase in meeting.order
    assert len(set(meeting.order)) == len(meeting.order)
    assert set(meeting.plan) >= set(meeting.order)
    assert all(minutes > 0 for minutes in meeting.plan.values())
    room = Room(meeting=meeting, method=played.method)
    json.dumps([facilitator_view(room), *(participant_view(room, letter) for letter in meeting.letters)])
    json.dumps(summary(meeting, played.method))
    running = meeting.guided.round
    assert running is None or set(running.order) - running.away <= set(meeting.at_table)
    stored = [from_json(json.loads(json.dumps(to_json(event)))) for event in played.log]
    assert stored == played.log
    assert fold(stored) == meeting


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENINGS)
def test_no_screen_of_another_seat_ever_shows_what_is_ones_own(evening: Evening) -> None:
    played = play(evening)
    with contextlib.suppress(Refused):
        played.ask(wish.Resume())
    for kind in ("question_list", "parked"):
        with contextlib.suppress(Refused):
            played.ask(wishes.WriteNote(kind=kind, text=f"kanarie {kind}", seat="B"))
    room = Room(meeting=played.meeting, method=played.method)
    for letter in played.meeting.letters:  # type: ignore[union-attr]
        told = participant_view(room, letter)
        assert ("kanarie" in json.dumps(told["my"])) <= (letter == "B")
        assert "kanarie" not in json.dumps({**told, "my": None})
        assert told["my"]["vote"] == dict(played.meeting.guided.choice.votes.get(letter, ()))  # type: ignore[union-attr]
    assert "kanarie" not in json.dumps(facilitator_view(room))


def timeless(meeting: Meeting | None) -> Meeting:
    assert meeting is not None
    return replace(meeting, now=0.0)


QUESTION = wishes.WriteNote(kind="question_list", text="Wat zag je?", seat="C")
CASE = wishes.WriteNote(kind="case_list", text="Hoe kan ik rusten?", seat="D")
ADVICE = wishes.WriteNote(kind="advice_list", text="Ik zou rusten.", seat="E")
UNDONE = [
    ([QUESTION], wishes.AskQuestion(), wishes.AskQuestion(back=True)),
    ([QUESTION, wishes.AskQuestion()], wishes.GiveHeat(note=1, heat="warm"), wishes.GiveHeat(note=1, heat="")),
    ([ADVICE], wishes.SortAdvice(note=1, pile="fits"), wishes.SortAdvice(note=1, pile="")),
    ([], wishes.SayEnough(), wishes.SayEnough(enough=False)),
    ([], wishes.FormIntention(text="Bellen"), wishes.FormIntention(text="")),
    ([], wishes.NextInRound(), wishes.BackInRound()),
    ([], wishes.PassTurn(seat="C"), wishes.BackInRound()),
    ([], wishes.ChooseRitual(ritual="weather"), wishes.ChooseRitual(ritual="")),
    ([], wishes.StopMethod(), wish.Resume()),
    ([], wish.LeaveTable(seat="C"), wish.LeaveTable(seat="C", left=False)),
]


@pytest.mark.parametrize(("before", "done", "undone"), UNDONE, ids=[type(done).__name__ for _, done, _ in UNDONE])
def test_undo_returns(before: list[Any], done: Any, undone: Any) -> None:
    played = Played(LIBRARY["five_phase"]).open(case_owner="B")
    for command in before:
        played.ask(command)
    first = timeless(played.meeting)
    played.ask(done)
    assert timeless(played.meeting) != first
    played.ask(undone)
    back = timeless(played.meeting)
    assert back.guided.cards == first.guided.cards
    assert back.guided.choice == first.guided.choice
    assert back.guided.ritual == first.guided.ritual
    assert (back.paused, back.stopped, back.left, back.phase) == (first.paused, first.stopped, first.left, first.phase)
    before_round, after_round = first.guided.round, back.guided.round
    assert before_round is not None
    assert after_round is not None
    assert (after_round.done, after_round.passed) == (before_round.done, before_round.passed)
    assert set(after_round.order) == set(before_round.order)


def test_a_card_taken_back_leaves_nothing() -> None:
    played = Played(LIBRARY["five_phase"]).open(case_owner="B")
    for command in (CASE, wishes.CastVote(scores=(("1.E", 2.0),), seat="C"), wishes.ChooseCase(note=1)):
        played.ask(command)
    played.ask(wishes.DropNote(note=1, seat="D"))
    meeting = played.meeting
    assert meeting is not None
    assert (meeting.guided.cards.notes, dict(meeting.guided.chosen), meeting.guided.choice.votes) == ((), {}, {"C": ()})
