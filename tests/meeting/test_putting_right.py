"""What people put right: a turn, a minute, a voice, two voices; and undoing it. Totals follow at once."""

from __future__ import annotations

import pytest

from methods.method import Method
from server.errands import errands
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.balance import talk
from server.meeting.meeting import apply
from server.meeting.refusals import Refused
from speech import requests as ask
from tests.meeting.table import Played


def asked_of_the_ears(played: Played, command: wish.Command, at: float) -> list[ask.Request]:
    """What the ears are asked because this wish is granted."""
    before = played.meeting
    requests: list[ask.Request] = []
    for event in played.ask(command, at):
        assert before
        after = apply(before, event)
        requests += errands(event, before, after)
        before = after
    return requests


def refused(played: Played, command: wish.Command) -> str:
    with pytest.raises(Refused) as why:
        played.ask(command)
    return why.value.code


def heard(five: Method) -> Played:
    return Played(five).open().listen()


def test_this_is_seat_c_speaking_labels_the_running_turn_and_teaches_it(five: Method) -> None:
    played = heard(five)
    played.hear(happened.TurnBegan(at=2, seat="A", settled=True))
    played.hear(happened.ClockTicked(at=6))
    assert asked_of_the_ears(played, wish.LabelTurn(seat="C"), 6) == [ask.Teach(seat="C", start=2, end=6)]
    shown = played.shown()
    assert shown
    assert (shown.seat, shown.settled) == ("C", True)
    assert (played.talk().seats["A"], played.talk().seats["C"]) == (0, 4)
    played.hear(happened.TurnEnded(at=11, seat="A", start=2, end=10))
    assert (played.talk().seats["A"], played.talk().seats["C"]) == (0, 8)


def test_the_label_holds_when_the_ears_tell_the_turn_otherwise_and_ends_with_the_turn(five: Method) -> None:
    played = heard(five)
    played.hear(happened.TurnBegan(at=2, seat="A", settled=False))
    played.ask(wish.LabelTurn(seat="C"), at=4)
    played.hear(happened.TurnBegan(at=2, seat="B", settled=True))
    shown = played.shown()
    assert shown
    assert shown.seat == "C"
    played.hear(happened.TurnEnded(at=9, seat="B", start=2, end=8))
    played.hear(happened.TurnBegan(at=12, seat="B"))
    played.hear(happened.TurnEnded(at=21, seat="B", start=12, end=20))
    assert (played.talk().seats["C"], played.talk().seats["B"]) == (6, 8)


def test_pauses_and_a_hm_before_the_tap_belong_to_the_labelled_turn(five: Method) -> None:
    played = heard(five)
    played.piece("B", 0, 3)
    played.piece("A", 4, 8)
    played.piece("D", 8.1, 8.3, backchannel=True)
    played.hear(happened.TurnBegan(at=8.4, seat="A"))
    lessons = asked_of_the_ears(played, wish.LabelTurn(seat="C"), 10)
    assert lessons == [ask.Teach(seat="C", start=4, end=8), ask.Teach(seat="C", start=8.4, end=10)]
    played.piece("A", 8.4, 12, continues=True)
    told = played.talk()
    assert (told.seats["A"], told.seats["B"], told.seats["C"]) == (0, 3, pytest.approx(7.6))
    assert (told.turns["C"], told.backchannels["D"]) == (1, 1)


def test_a_label_works_with_no_enrolment_at_all(five: Method) -> None:
    played = heard(five)
    played.hear(happened.TurnBegan(at=0, seat=None, voice=1))
    assert asked_of_the_ears(played, wish.LabelTurn(seat="B"), 5) == [ask.Teach(seat="B", start=0, end=5)]
    played.hear(happened.TurnEnded(at=8, seat=None, voice=1, start=0, end=7))
    assert played.talk().seats["B"] == 7
    assert played.meeting
    assert played.meeting.floor.unnamed() == ()


def test_when_nobody_speaks_the_last_turn_is_meant_and_long_ago_none(five: Method) -> None:
    played = heard(five)
    assert refused(played, wish.LabelTurn(seat="C")) == "nobody_spoke"
    played.turn("A", 0, 5)
    played.turn("B", 6, 9)
    played.ask(wish.LabelTurn(seat="C"), at=12)
    assert (played.talk().seats["A"], played.talk().seats["B"], played.talk().seats["C"]) == (5, 0, 3)
    played.now = 200
    assert refused(played, wish.LabelTurn(seat="C")) == "nobody_spoke"


def test_several_voices_cannot_be_one_seats(five: Method) -> None:
    played = heard(five)
    played.hear(happened.TurnBegan(at=0, seat="A", several=True))
    assert refused(played, wish.LabelTurn(seat="C")) == "several_speak"


def test_the_past_minute_gives_no_silence_and_no_shared_time_to_a_seat(five: Method) -> None:
    played = heard(five)
    played.piece("A", 0, 50)
    played.piece("A", 50, 60, several=True)
    played.piece("B", 50, 60, several=True)
    played.piece("A", 70, 80)
    played.piece("B", 80.1, 80.5, backchannel=True)
    played.hear(happened.TurnBegan(at=90, seat="A"))
    lessons = asked_of_the_ears(played, wish.CorrectPastMinute(seat="D"), 100)
    assert lessons == [ask.Teach(seat="D", start=s, end=e) for s, e in ((40, 50), (70, 80), (90, 100))]
    told = played.talk()
    assert (told.seats["A"], told.seats["D"], told.several) == (40, 30, 10)
    assert told.seats["B"] == pytest.approx(0.4)
    assert told.elapsed - told.given - told.several == pytest.approx(told.silence)
    played.hear(happened.TurnEnded(at=111, seat="A", start=90, end=110))  # only what was said before the tap
    assert (played.talk().seats["A"], played.talk().seats["D"]) == (50, 30)


def test_a_correction_is_undone_with_one_tap_for_a_while_and_the_ears_are_taught_back(five: Method) -> None:
    played = heard(five)
    played.turn("A", 0, 20)
    played.ask(wish.CorrectPastMinute(seat="D"), at=20)
    assert asked_of_the_ears(played, wish.UndoCorrection(), 25) == [ask.Teach(seat="A", start=0, end=20)]
    assert (played.talk().seats["A"], played.talk().seats["D"]) == (20, 0)
    assert refused(played, wish.UndoCorrection()) == "nothing_to_undo"
    played.ask(wish.CorrectPastMinute(seat="D"), at=30)
    played.now = 61
    assert refused(played, wish.UndoCorrection()) == "nothing_to_undo"


def test_an_undone_label_shows_who_was_told_before(five: Method) -> None:
    played = heard(five)
    played.hear(happened.TurnBegan(at=2, seat="A"))
    played.ask(wish.LabelTurn(seat="C"), at=6)
    played.ask(wish.UndoCorrection(), at=8)
    shown = played.shown()
    assert shown
    assert shown.seat == "A"
    assert played.talk().seats["C"] == 0


def test_undoing_a_label_takes_back_what_the_ears_learned_from_it_within_the_turn(five: Method) -> None:
    played = heard(five)
    played.hear(happened.TurnBegan(at=2, seat="A", settled=True))
    played.hear(happened.ClockTicked(at=5))
    played.ask(wish.LabelTurn(seat="C"), at=5)
    played.hear(happened.TurnEnded(at=5.2, seat="A", start=2, end=3))
    played.hear(happened.TurnBegan(at=3, seat="C", settled=True))
    played.hear(happened.ClockTicked(at=6))
    asked = asked_of_the_ears(played, wish.UndoCorrection(), 6)
    assert {request.seat for request in asked if isinstance(request, ask.Teach)} == {"A"}
    shown = played.shown()
    assert shown
    assert shown.seat == "A"
    assert (played.talk().seats["A"], played.talk().seats["C"]) == (4, 0)


def test_a_name_given_by_mistake_is_undone_and_the_voice_waits_for_its_name_again(five: Method) -> None:
    played = heard(five)
    played.piece(None, 0, 10, voice=1)
    assert asked_of_the_ears(played, wish.NameVoice(voice=1, seat="B"), 10) == [ask.NameVoice(voice=1, seat="B")]
    assert refused(played, wish.NameVoice(voice=1, seat="C")) == "unknown_voice"
    assert asked_of_the_ears(played, wish.UndoCorrection(), 12) == [ask.Forget(seat="B")]
    assert played.talk().unknown == 10
    assert played.meeting
    assert played.meeting.floor.unnamed() == (1,)


def test_two_mixed_up_voices_are_exchanged_with_all_that_was_heard_of_them(five: Method) -> None:
    played = heard(five)
    played.turn("A", 0, 10)
    played.turn("B", 10, 14)
    played.ask(wish.TapSeat(seat="A"), at=20)
    played.ask(wish.TapSeat(seat="A"), at=25)  # a person's own word is not mixed up
    played.hear(happened.TurnBegan(at=30, seat="A"))
    assert asked_of_the_ears(played, wish.ExchangeSeats(seat="A", other="B"), 32) == [
        ask.ExchangeVoices(seat="A", other="B")
    ]
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (4 + 5, 10 + 2)
    played.piece("B", 30, 33)  # told right from now on
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (9, 13)
    assert asked_of_the_ears(played, wish.UndoCorrection(), 34) == [ask.ExchangeVoices(seat="A", other="B")]
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (10 + 5 + 3, 4)  # also what was told meanwhile


def test_taps_only_are_put_right_as_voices_are(five: Method) -> None:
    by_tap = Played(five).open()
    by_tap.ask(wish.TapSeat(seat="A"), at=0)
    by_tap.ask(wish.TapSeat(seat=None), at=10)
    by_tap.ask(wish.CorrectPastMinute(seat="C"), at=10)
    by_voice = heard(five)
    by_voice.turn("A", 0, 10)
    by_voice.ask(wish.CorrectPastMinute(seat="C"), at=10)
    assert by_tap.meeting
    assert by_voice.meeting
    assert talk(by_tap.meeting) == talk(by_voice.meeting)
    assert by_tap.log[-1] == by_voice.log[-1]
    assert list(errands(by_tap.log[-1], by_tap.meeting, by_tap.meeting)) == []


def test_a_seat_tapped_by_mistake_is_put_right_with_all_of_its_turn(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.TapSeat(seat="A"), at=0)
    played.ask(wish.LabelTurn(seat="B"), at=5)
    played.ask(wish.TapSeat(seat="B"), at=8)
    told = played.talk()
    assert (told.seats["A"], told.seats["B"], told.turns["B"]) == (0, 8, 1)


def test_an_undone_label_takes_back_the_name_that_the_ears_gave_a_voice_because_of_it(five: Method) -> None:
    played = heard(five)
    played.piece(None, 0, 10, voice=1)
    played.piece(None, 12, 20, voice=1)
    played.ask(wish.LabelTurn(seat="C"), at=21)
    played.hear(happened.VoiceNamed(at=21.2, voice=1, seat="C", by="ears"))
    assert played.talk().seats["C"] == 18
    played.ask(wish.UndoCorrection(), at=25)
    assert (played.talk().seats["C"], played.talk().unknown) == (0, 18)
    assert played.meeting
    assert played.meeting.floor.unnamed() == (1,)
    played.hear(happened.VoiceNamed(at=40, voice=1, seat="B", by="ears"))
    played.turn("A", 41, 45)
    played.ask(wish.LabelTurn(seat="D"), at=46)
    played.ask(wish.UndoCorrection(), at=47)
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (4, 18)


def test_a_tap_that_stood_in_for_the_microphone_ends_when_it_listens_again(five: Method) -> None:
    played = heard(five)
    played.hear(happened.MicrophoneChanged(at=5, state="lost"))
    played.ask(wish.TapSeat(seat="B"), at=6)
    played.hear(happened.MicrophoneChanged(at=16, state="listening"))
    played.turn("A", 20, 24)
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (4, 10)
    played.ask(wish.TapSeat(seat="B"), at=30)
    played.hear(happened.MicrophoneChanged(at=32, state="listening"))  # it listened all the time
    played.turn("A", 32, 34)
    played.ask(wish.TapSeat(seat="B"), at=40)
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (4, 20)
