"""Who speaks, between table and ears: taps teach, voices get names, seats are left out and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.events import Event, to_json
from tests.server.tables import TableForTest, eventually


@pytest.fixture
def listening(table: TableForTest) -> TableForTest:
    """A table that listens with a stream that began later than the meeting."""
    table.sit_down()
    table.shows("listening")
    table.ask(wish.Mute())
    table.shows("muted")
    eventually(lambda: table.seen.view()["clock"]["now"] >= 1.2)
    table.ask(wish.OpenMicrophone())
    table.shows("listening")
    return table


def logged(table: TableForTest) -> tuple[Event, ...]:
    return table.log.events(table.log.unfinished()[0])


def asked(table: TableForTest, request: str) -> list[dict[str, Any]]:
    return [one for one in table.asked() if one["request"] == request]


def seat(table: TableForTest, letter: str) -> dict[str, Any]:
    """As the screen shows it, once it shows it: a view follows what was decided a moment later."""
    found: list[dict[str, Any]] = eventually(
        lambda: [one for one in table.seen.view()["seats"] if one["letter"] == letter]
    )
    return found[0]


def test_this_is_seat_c_speaking_is_shown_at_once_and_taught_in_seconds_of_the_stream(listening: TableForTest) -> None:
    listening.hears(event="TurnBegan", seat="A", at=0.1, settled=True)
    eventually(lambda: seat(listening, "A")["speaking"])
    eventually(lambda: seat(listening, "A")["seconds"] > 0.8)
    assert listening.ask(wish.LabelTurn(seat="C"))["ok"]
    eventually(lambda: seat(listening, "C")["speaking"])
    assert seat(listening, "A")["seconds"] == 0
    assert seat(listening, "C")["seconds"] > 0.8
    (lesson,) = eventually(lambda: asked(listening, "Teach"))
    assert (lesson["seat"], lesson["start"]) == ("C", pytest.approx(0.1, abs=0.01))
    assert 0.8 < lesson["end"] < 10
    eventually(lambda: seat(listening, "C")["voice"] == "known")
    learned = [event for event in logged(listening) if isinstance(event, happened.VoiceLearned)]
    assert [(event.seat, event.by) for event in learned] == [("C", "tap")]


def test_the_past_minute_is_taught_only_from_the_stream_that_runs(listening: TableForTest) -> None:
    listening.hears(event="TurnEnded", seat="A", start=0.0, end=0.9)
    eventually(lambda: seat(listening, "A")["seconds"] > 0)
    listening.ask(wish.Mute())
    listening.shows("muted")
    eventually(lambda: listening.asked()[-1]["request"] == "Stop")
    listening.ask(wish.CorrectPastMinute(seat="B"))
    eventually(lambda: seat(listening, "B")["seconds"] > 0)
    assert asked(listening, "Teach") == []
    view = listening.seen.view()["undo"]
    assert (view["kind"], view["seat"]) == ("minute", "B")
    assert listening.ask(wish.UndoCorrection())["ok"]
    eventually(lambda: listening.seen.view()["undo"] is None)
    assert seat(listening, "B")["seconds"] == 0


def test_a_voice_without_a_name_is_shown_by_number_until_a_person_names_it(listening: TableForTest) -> None:
    listening.hears(event="TurnEnded", seat=None, voice=2, start=0.0, end=2.4)
    listening.hears(event="TurnEnded", seat=None, voice=3, start=2.5, end=2.9)
    shown = eventually(lambda: listening.seen.view()["voices"])
    assert shown == [{"voice": 2, "speaking": False}], "a cough is nobody at the table"
    assert listening.seen.view()["quiet"]["unknown"] > 0
    assert listening.ask(wish.NameVoice(voice=2, seat="D"))["ok"]
    eventually(lambda: seat(listening, "D")["seconds"] == 2.4)
    assert asked(listening, "NameVoice") == [{"request": "NameVoice", "voice": 2, "seat": "D"}]
    eventually(lambda: listening.seen.view()["voices"] == [])
    assert len([event for event in logged(listening) if isinstance(event, happened.VoiceNamed)]) == 1


def test_several_voices_a_first_guess_and_a_hm_reach_the_tablet(listening: TableForTest) -> None:
    listening.hears(event="TurnBegan", seat="A", at=0.1, settled=False)
    eventually(lambda: seat(listening, "A")["doubt"])
    listening.hears(event="TurnBegan", seat="A", at=0.1, settled=True)
    eventually(lambda: not seat(listening, "A")["doubt"])
    listening.hears(event="TurnEnded", seat="B", start=0.4, end=0.7, backchannel=True)
    eventually(lambda: seat(listening, "B")["backchannels"] == 1)
    assert seat(listening, "B")["turns"] == 0
    listening.hears(event="TurnBegan", seat="B", at=1.0, several=True, settled=True)
    eventually(lambda: seat(listening, "A")["among"] and seat(listening, "B")["among"])
    assert not seat(listening, "A")["speaking"]


def test_ears_that_start_again_are_told_again_who_is_left_out(listening: TableForTest, ears: Path) -> None:
    assert listening.ask(wish.LeaveOut(seat="C"))["ok"]
    eventually(lambda: asked(listening, "LeaveOut") == [{"request": "LeaveOut", "seat": "C", "out": True}])
    listening.hears(event="TurnEnded", seat="C", start=0.0, end=0.3)
    turn = eventually(lambda: [event for event in logged(listening) if isinstance(event, happened.TurnEnded)])[0]
    assert (turn.seat, turn.measured) == (None, False)
    (ears / "die").touch()
    eventually(lambda: len(asked(listening, "LeaveOut")) == 2)
    assert listening.ask(wish.LeaveOut(seat="C", out=False))["ok"]
    eventually(lambda: asked(listening, "LeaveOut")[-1]["out"] is False)


def test_somebody_comes_late_and_somebody_leaves_while_the_microphone_listens(listening: TableForTest) -> None:
    assert listening.ask(wish.AddSeat(name="Eef", agreed=True))["ok"]
    eventually(lambda: [r for r in asked(listening, "TellRoles") if "E" in r["roles"]])
    listening.hears(event="TurnEnded", seat="E", start=0.0, end=0.5)
    eventually(lambda: seat(listening, "E")["seconds"] == 0.5)
    assert listening.ask(wish.LeaveTable(seat="E"))["ok"]
    eventually(lambda: seat(listening, "E")["voice"] == "left")
    eventually(lambda: asked(listening, "Forget") == [{"request": "Forget", "seat": "E"}])


def test_a_room_check_shows_how_seats_are_heard_and_writes_down_only_the_verdict(
    listening: TableForTest, ears: Path
) -> None:
    for letter in "ABCD":
        assert listening.ask(wish.CheckSeat(seat=letter))["ok"]
        eventually(lambda letter=letter: letter in listening.seen.view()["check"]["seats"])
    check = listening.seen.view()["check"]
    assert check["advice"] == {"do": "closer", "seat": "B"}
    assert check["seats"]["A"] == {"verdict": "good", "level": 0.67, "clarity": 0.84}
    told = [to_json(event) for event in logged(listening) if isinstance(event, happened.SeatChecked)]
    assert [set(event) for event in told] == [{"event", "at", "seat", "verdict"}] * 4
    assert "31.5" not in str([to_json(event) for event in logged(listening)])


def test_a_sentence_of_the_room_check_is_no_turn(listening: TableForTest, ears: Path) -> None:
    (ears / "deaf").touch()
    assert listening.ask(wish.CheckSeat(seat="A"))["ok"]
    eventually(lambda: listening.seen.view()["check"]["asking"] == "A")
    now = listening.seen.view()["clock"]["now"]
    listening.hears(event="TurnBegan", seat="A", at=now, settled=True)
    listening.hears(event="TurnEnded", seat="A", start=now, end=now + 0.5)
    listening.hears(event="SoundJudged", at=1.0, trouble="hum")
    eventually(lambda: listening.seen.view()["sound"] == "hum")
    assert not [event for event in logged(listening) if isinstance(event, happened.TurnBegan | happened.TurnEnded)]
    listening.hears(event="SoundJudged", at=2.0, trouble="")
    eventually(lambda: listening.seen.view()["sound"] == "")


def test_what_the_ears_give_up_reaches_the_lead(listening: TableForTest) -> None:
    listening.hears(event="Strained", at=1.0, gave_up="names")
    eventually(lambda: listening.seen.view()["strain"] == "names")
    listening.hears(event="Strained", at=2.0, gave_up="")
    eventually(lambda: listening.seen.view()["strain"] == "")
