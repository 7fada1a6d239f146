"""Every method can be played from start to end, by a script and by taps alone, in both languages."""

from __future__ import annotations

import json

import pytest

from methods.method import Method, base_of, in_language, lap_of
from methods.reader import load_library
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting import wishes
from server.meeting.cards import kind_of
from server.meeting.evaluating import PULSE
from server.meeting.events import from_json, to_json
from server.meeting.meeting import fold
from server.meeting.summary import summary
from server.views import Room, facilitator_view, participant_view
from tests.meeting.table import Played

LIBRARY = load_library()
METHODS = [pytest.param(method, id=method.id) for method in LIBRARY.values()]


def sit_down(method: Method, language: str) -> Played:
    """As many people as the method likes best, as far as a table holds them."""
    people = min(max(method.group_ideal, 3), 8)
    played = Played(method)
    names = tuple(f"Naam {letter}" for letter in "ABCDEFGH"[:people])
    played.ask(wish.OpenMeeting(method=method.id, language=language, names=names))
    return played


def write_what_fits(played: Played) -> None:
    """Everybody writes a card of each kind that the phase captures and that is theirs to write."""
    meeting = played.meeting
    assert meeting is not None
    assert meeting.phase is not None
    for capture in played.method.phase(meeting.phase).capture:
        kind = kind_of(capture)
        assert kind is not None, capture
        for seat in meeting.letters:
            if meeting.role(seat) in kind.by:
                played.ask(wishes.WriteNote(kind=capture, text=f"Hoe {capture} {seat}?", seat=seat))


def look(played: Played, language: str) -> None:
    """Every screen can be drawn, and reads in its language."""
    room = Room(meeting=played.meeting, method=played.method)
    view = facilitator_view(room)
    json.dumps([view, *(participant_view(room, letter) for letter in "ABC")])
    phase = view["phase"]
    assert all(in_language(phase[key], language).strip() for key in ("name", "glance", "prompt", "goal"))
    assert 1 <= len(phase["stems"][language]) <= 3
    assert bool(phase["rules"]["welcome"]) == bool(played.method.phase(phase["id"]).allow)


def play(method: Method, language: str, *, taps: bool) -> Played:
    played = sit_down(method, language)
    if taps:
        played.ask(wish.BeginByTaps())
    else:
        played.ask(wish.ConfirmConsent(agreed=len(played.meeting.seats)))  # type: ignore[union-attr]
        played.listen()
    for stop in played.meeting.order:  # type: ignore[union-attr]
        meeting = played.meeting
        assert meeting is not None
        assert meeting.phase == stop
        if base_of(stop) in meeting.case_phases and meeting.case_owner is None:
            played.ask(wish.ChooseCaseOwner(seat=meeting.letters[lap_of(stop) % len(meeting.letters)]))
        look(played, language)
        write_what_fits(played)
        for seat in played.meeting.letters:  # type: ignore[union-attr]
            if taps:
                played.ask(wish.TapSeat(seat=seat), at=played.now + 1)
                played.ask(wish.TapSeat(seat=seat), at=played.now + 4)
            else:
                played.turn(seat, played.now, played.now + 5)
            if played.meeting.guided.round is not None:  # type: ignore[union-attr]
                played.ask(wishes.NextInRound())
        look(played, language)
        if stop != meeting.order[-1]:
            played.ask(wish.NextPhase(after=stop), at=played.now + 5)
    for seat in played.meeting.letters:  # type: ignore[union-attr]
        played.ask(wishes.AnswerItems(answers=(("pr1", 4.0), ("felt", 3.0)), seat=seat))
        played.ask(wishes.AnswerPulse(answers=tuple((item, 5.0) for item in PULSE), seat=seat))
    played.ask(wish.CloseMeeting())
    return played


@pytest.mark.parametrize("taps", [False, True], ids=["heard", "by taps"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("method", METHODS)
def test_a_method_is_played_from_start_to_end(method: Method, language: str, taps: bool) -> None:
    played = play(method, language, taps=taps)
    meeting = played.meeting
    assert meeting is not None
    told = summary(meeting, method)
    assert [phase["id"] for phase in told["phases"]] == list(meeting.order)
    spoken = sum(seat["seconds"] for seat in told["seats"].values())
    assert spoken == pytest.approx(len(meeting.order) * len(meeting.seats) * (4 if taps else 5), abs=0.1 * 80)
    assert told["speech"] == pytest.approx(spoken, abs=0.1 * 80)
    again = [from_json(json.loads(json.dumps(to_json(event)))) for event in played.log]
    assert again == played.log
    assert fold(again) == meeting
    if len(meeting.seats) >= 4:
        view = facilitator_view(Room(meeting=meeting, method=method))
        assert view["evaluation"]["results"]["pr1"]["median"] == 4.0
        assert set(view["evaluation"]["pulse"]["results"]) == set(PULSE)


@pytest.mark.parametrize("method", METHODS)
def test_a_leaver_and_a_latecomer_do_not_stop_a_method(method: Method) -> None:
    played = sit_down(method, "nl")
    people = len(played.meeting.seats)  # type: ignore[union-attr]
    played.ask(wish.ConfirmConsent(agreed=people))
    played.ask(wish.LeaveTable(seat="B"), at=5)
    if people < 8:
        played.ask(wish.AddSeat(name="Laat", agreed=True), at=6)
    for stop in played.meeting.order[:-1]:  # type: ignore[union-attr]
        look(played, "nl")
        running = played.meeting.guided.round  # type: ignore[union-attr]
        assert running is None or running.now != "B"
        played.ask(wish.NextPhase(after=stop), at=played.now + 5)
    played.ask(wish.CloseMeeting(), at=played.now + 5)
    assert played.meeting is not None
    assert played.meeting.closed


@pytest.mark.parametrize("method", METHODS)
def test_a_second_case_follows_the_first_where_the_method_takes_one(method: Method) -> None:
    people = min(max(method.group_ideal, 3), 8)
    played = Played(method)
    names = tuple("ABCDEFGH"[:people])
    played.ask(wish.OpenMeeting(method=method.id, language="nl", names=names, minutes=300))
    played.ask(wish.ConfirmConsent(agreed=people))
    meeting = played.meeting
    assert meeting is not None
    if not method.per_case:
        return
    played.ask(wish.ChooseCaseOwner(seat="B"))
    played.ask(wish.BeginPhase(phase=method.per_case[-1]), at=600)
    assert facilitator_view(Room(meeting=played.meeting, method=method))["plan"]["another_case"]
    played.ask(wishes.BeginSecondCase(), at=900)
    played.ask(wish.ChooseCaseOwner(seat="C"))
    look(played, "nl")
    second = played.meeting
    assert second is not None
    assert second.guided.owners == {1: "B", 2: "C"}
    assert [stop for stop in second.order if lap_of(stop) == 2] == [f"{phase}~2" for phase in method.per_case]
    assert any(isinstance(event, happened.PhaseBegan) and event.case == 2 for event in played.log)
