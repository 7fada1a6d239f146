"""Who comes late, who leaves, who is not measured; and the room check."""

from __future__ import annotations

import json

import pytest

from methods.method import Method
from server.errands import errands
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.advice import Advice, advice
from server.meeting.balance import expected
from server.meeting.events import to_json
from server.meeting.refusals import Refused
from server.meeting.summary import summary
from server.views import Room, facilitator_view, participant_view
from speech import requests as ask
from tests.meeting.table import Played


def test_a_latecomer_who_says_yes_gets_the_next_seat_and_is_measured(five: Method) -> None:
    played = Played(five).open()
    played.turn("A", 0, 10)
    played.ask(wish.AddSeat(name="  Fee ", agreed=True), at=60)
    played.turn("F", 61, 66)
    assert played.meeting
    assert [(seat.letter, seat.name) for seat in played.meeting.seats][-1] == ("F", "Fee")
    assert played.meeting.agreed == 6
    assert played.talk().seats["F"] == 5


def test_a_latecomer_who_does_not_say_yes_is_at_the_table_and_not_measured(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.AddSeat(name="Fee", agreed=False), at=60)
    assert played.meeting
    assert played.meeting.left_out == {"F"}
    assert played.meeting.agreed == 5
    assert facilitator_view(Room(meeting=played.meeting, method=five))["seats"][-1]["voice"] == "left_out"


def test_there_are_eight_seats_at_most(five: Method) -> None:
    played = Played(five).open()
    for _ in range(3):
        played.ask(wish.AddSeat(name="", agreed=True))
    with pytest.raises(Refused) as why:
        played.ask(wish.AddSeat(name="", agreed=True))
    assert why.value.code == "table_full"


def test_who_leaves_is_forgotten_by_the_ears_and_expected_no_more(five: Method) -> None:
    played = Played(five).open(case_owner="B")
    played.ask(wish.BeginPhase(phase="analysis"))
    played.hear(happened.VoiceLearned(at=0, seat="C", seconds=6, alike="D"))
    played.hear(happened.VoiceLearned(at=0, seat="D", seconds=6, alike="C"))
    played.turn("C", 0, 10)
    before = played.meeting
    (left,) = played.ask(wish.LeaveTable(seat="C"), at=20)
    meeting = played.meeting
    assert before
    assert meeting
    assert list(errands(left, before, meeting)) == [ask.Forget(seat="C")]
    assert dict(meeting.voices) == {"D": None}
    phase = five.phase("analysis")
    assert expected(meeting, phase, "C") is None
    assert expected(meeting, phase, "D") == pytest.approx(0.8 * 0.5 * 25 * 60 / 2)
    assert played.talk().seats["C"] == 10
    assert played.hear(happened.VoiceLearned(at=21, seat="C", seconds=6)) == ()
    played.ask(wish.LeaveTable(seat="C", left=False), at=30)
    assert played.meeting
    assert expected(played.meeting, phase, "C") is not None


def test_a_seat_that_is_left_out_has_no_seconds_and_its_letter_is_in_no_turn(five: Method) -> None:
    played = Played(five).open().listen()
    played.turn("C", 0, 10)
    played.ask(wish.LeaveOut(seat="C"), at=10)
    played.turn("C", 10, 20)  # ears that did not hear of it yet
    played.piece(None, 20, 25, measured=False)
    assert (
        played.hear(
            happened.UtteranceNoted(at=26, seat="C", start=10, end=20, act="advice", advice=0.9, cue=None, words=9)
        )
        == ()
    )
    told, meeting = played.talk(), played.meeting
    assert meeting
    assert (told.seats["C"], told.turns["C"], told.unmeasured, told.unknown) == (0, 0, 25, 0)
    later = [to_json(event) for event in played.log if event.at > 10]
    assert not [event for event in later if "C" in json.dumps(event)]
    assert summary(meeting, five)["flow"] == []
    assert meeting.turns
    assert expected(meeting, five.phase("look_back"), "C") is None


def test_a_left_out_seat_is_measured_again_from_now_on(five: Method) -> None:
    played = Played(five).open()
    played.turn("C", 0, 10)
    played.ask(wish.LeaveOut(seat="C"), at=10)
    played.ask(wish.LeaveOut(seat="C", out=False), at=20)
    played.turn("C", 20, 23)
    assert (played.talk().seats["C"], played.talk().unmeasured) == (3, 10)


def test_a_tap_on_a_left_out_seat_is_time_not_measured(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.LeaveOut(seat="C"), at=0)
    played.ask(wish.TapSeat(seat="C"), at=0)
    played.ask(wish.TapSeat(seat="A"), at=8)
    played.ask(wish.TapSeat(seat="A"), at=9)
    assert (played.talk().unmeasured, played.talk().seats["A"], played.talk().seats["C"]) == (8, 1, 0)


def test_what_a_left_out_seat_said_can_be_taken_off_another_without_teaching_its_voice(five: Method) -> None:
    played = Played(five).open().listen()
    played.ask(wish.LeaveOut(seat="C"), at=0)
    played.hear(happened.TurnBegan(at=0, seat="A"))
    before = played.meeting
    (labelled,) = played.ask(wish.LabelTurn(seat="C"), at=6)
    assert before
    assert played.meeting
    assert list(errands(labelled, before, played.meeting)) == []
    assert (played.talk().seats["A"], played.talk().unmeasured) == (0, 6)


def test_other_voices_stay_unnamed_when_a_seat_is_left_out(five: Method) -> None:
    played = Played(five).open()
    played.piece(None, 0, 10, voice=1)
    played.piece(None, 10, 14, voice=2)
    played.ask(wish.NameVoice(voice=1, seat="C"), at=14)
    played.ask(wish.LeaveOut(seat="C"), at=15)
    played.piece(None, 15, 18, voice=1)
    assert played.meeting
    assert played.meeting.floor.unnamed() == (2,)
    assert (played.talk().unmeasured, played.talk().unknown) == (13, 4)


def test_no_screen_shows_when_or_how_long_a_left_out_seat_speaks(five: Method) -> None:
    played = Played(five).open().listen()
    played.ask(wish.LeaveOut(seat="C"), at=0)
    played.hear(happened.TurnBegan(at=0, seat=None, measured=False))
    played.hear(happened.ClockTicked(at=10))
    assert played.meeting
    view = facilitator_view(Room(meeting=played.meeting, method=five))
    assert view["speaking"] is None
    assert "unmeasured" not in json.dumps(view)
    played.ask(wish.CloseMeeting(), at=20)
    assert played.meeting
    closed = Room(meeting=played.meeting, method=five)
    assert "unmeasured" not in json.dumps(facilitator_view(closed))
    phone = participant_view(closed, "C")
    assert (phone["mine"], phone["me"]["voice"]) == (None, "left_out")


def test_the_room_check_needs_an_open_microphone_and_writes_down_only_the_verdict(five: Method) -> None:
    played = Played(five).open()
    with pytest.raises(Refused) as why:
        played.ask(wish.CheckSeat(seat="A"))
    assert why.value.code == "not_listening"
    played.listen()
    assert played.ask(wish.CheckSeat(seat="A")) == ()
    played.hear(happened.SeatChecked(at=4, seat="A", verdict="good"))
    assert to_json(played.log[-1]) == {"event": "SeatChecked", "at": 4, "seat": "A", "verdict": "good"}


@pytest.mark.parametrize(
    ("verdicts", "levels", "told"),
    [
        ("good good good", (), Advice(do="go")),
        ("good soft good", (), Advice(do="closer", seat="B")),
        ("soft soft good good", (-40, -50, -30, -30), Advice(do="closer", seat="B")),
        ("soft nothing good good", (-60, -50), Advice(do="closer", seat="B")),
        ("good good clipped", (), Advice(do="away", seat="C")),
        ("soft noisy good", (), Advice(do="taps")),
        ("nothing nothing nothing", (), Advice(do="taps")),
    ],
)
def test_the_room_check_ends_in_one_advice(verdicts: str, levels: tuple[float, ...], told: Advice) -> None:
    seats = "ABCD"[: len(verdicts.split())]
    found = dict(zip(seats, verdicts.split(), strict=True))
    assert advice(tuple(seats), found, dict(zip(seats, levels, strict=False))) == told
    assert advice((*seats, "H"), found, {}) is None


def test_trouble_with_the_sound_is_told_until_it_is_over_or_the_microphone_closes(five: Method) -> None:
    played = Played(five).open().listen()
    played.hear(happened.SoundJudged(at=1, trouble="hum"))
    assert played.meeting
    assert facilitator_view(Room(meeting=played.meeting, method=five))["sound"] == "hum"
    played.hear(happened.SoundJudged(at=5, trouble=""))
    assert played.meeting.sound == ""
    played.hear(happened.SoundJudged(at=6, trouble="dead"))
    played.ask(wish.Mute(), at=7)
    assert played.meeting.sound == ""


def test_what_a_slow_computer_gives_up_is_told_until_it_is_over_or_other_sound_begins(five: Method) -> None:
    played = Played(five).open().listen()
    for told in ("words", "names", "", "sound"):
        played.hear(happened.Strained(at=played.now + 1, gave_up=told))
        assert facilitator_view(Room(meeting=played.meeting, method=five))["strain"] == told
    played.ask(wish.Pause(), at=8)
    played.ask(wish.Resume(), at=9)
    played.hear(happened.MicrophoneChanged(at=10, state="listening"))
    assert played.meeting
    assert played.meeting.strain == ""
