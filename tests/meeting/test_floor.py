"""Pieces as the ears tell them: several at once, a "hm", pauses, unnamed voices, first guesses."""

from __future__ import annotations

import pytest

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.balance import talk
from server.meeting.events import from_json
from server.meeting.meeting import fold
from tests.meeting.table import Played


def test_what_two_say_at_once_is_counted_once_and_is_nobodys(five: Method) -> None:
    played = Played(five).open()
    played.piece("A", 0, 10)
    played.piece("A", 10, 14, several=True, continues=True)
    played.piece("B", 11, 14, several=True)
    played.piece(None, 12, 15, several=True)
    played.piece("B", 15, 20, continues=True)
    told = played.talk()
    assert (told.seats["A"], told.seats["B"], told.several, told.unknown) == (10, 5, 5, 0)
    assert (told.turns["A"], told.turns["B"]) == (1, 1)


def test_two_that_claim_the_same_second_alone_are_several(five: Method) -> None:
    played = Played(five).open()
    played.piece("A", 0, 10)
    played.piece("B", 8, 12)
    told = played.talk()
    assert (told.seats["A"], told.several, told.seats["B"]) == (8, 2, 2)


def test_a_hm_is_no_turn_and_does_not_end_the_turn_of_who_has_the_floor(five: Method) -> None:
    played = Played(five).open()
    played.piece("A", 0, 10)
    played.piece("C", 10.1, 10.5, backchannel=True)
    played.piece("A", 10.6, 20, continues=True)
    told = played.talk()
    assert (told.turns["A"], told.turns["C"], told.backchannels["C"]) == (1, 0, 1)
    assert told.seats["C"] == pytest.approx(0.4)


def test_a_hm_during_a_turn_that_runs_leaves_the_turn_running_and_whole(five: Method) -> None:
    played = Played(five).open()
    played.hear(happened.TurnBegan(at=0, seat="A"))
    played.piece("C", 5, 6, backchannel=True, several=True)
    played.hear(happened.ClockTicked(at=10))
    told = played.talk()
    assert (told.seats["A"], told.several) == (9, 1)
    assert (told.turns["A"], told.backchannels["C"]) == (1, 1)


def test_a_turn_that_goes_on_in_the_next_phase_is_a_turn_there_too(five: Method) -> None:
    played = Played(five).open()
    played.piece("A", 0, 10)
    played.ask(wish.NextPhase(), at=10)
    played.piece("A", 10.3, 20, continues=True)
    assert played.meeting
    assert played.talk().turns["A"] == 1
    assert talk(played.meeting, "inventory").turns["A"] == 1


def test_a_first_guess_is_replaced_and_is_shown_to_be_one(five: Method) -> None:
    played = Played(five).open()
    played.hear(happened.TurnBegan(at=0, seat="A", settled=False))
    shown = played.shown()
    assert shown
    assert (shown.seat, shown.settled) == ("A", False)
    played.hear(happened.TurnBegan(at=0, seat="B", settled=True))
    played.hear(happened.ClockTicked(at=4))
    shown = played.shown()
    assert shown
    assert (shown.seat, shown.settled) == ("B", True)
    assert (played.talk().seats["A"], played.talk().seats["B"]) == (0, 4)


def test_time_of_an_unnamed_voice_is_unknown_until_it_is_named_and_then_all_of_it_is_the_seats(five: Method) -> None:
    played = Played(five).open()
    played.piece(None, 0, 10, voice=1)
    played.piece(None, 10, 15, voice=2)
    played.hear(happened.TurnBegan(at=15, seat=None, voice=1))
    played.hear(happened.ClockTicked(at=18))
    assert played.talk().unknown == 18
    played.ask(wish.NameVoice(voice=1, seat="C"), at=18)
    assert (played.talk().seats["C"], played.talk().unknown) == (13, 5)
    shown = played.shown()
    assert shown
    assert shown.seat == "C"
    played.piece(None, 15, 20, voice=1)  # told before the ears took the name
    assert played.talk().seats["C"] == 15


def test_the_ears_may_find_out_a_name_but_a_person_has_the_last_word(five: Method) -> None:
    played = Played(five).open()
    played.piece(None, 0, 10, voice=1)
    played.ask(wish.NameVoice(voice=1, seat="C"), at=10)
    assert played.hear(happened.VoiceNamed(at=11, voice=1, seat="C", by="ears")) == ()
    assert played.hear(happened.VoiceNamed(at=11, voice=1, seat="D", by="ears")) == ()
    played.piece(None, 12, 14, voice=2)
    played.hear(happened.VoiceNamed(at=15, voice=2, seat="D", by="ears"))
    assert (played.talk().seats["C"], played.talk().seats["D"]) == (10, 2)


def test_numbers_of_voices_mean_nothing_after_the_ears_fell(five: Method) -> None:
    played = Played(five).open()
    played.piece(None, 0, 10, voice=1)
    played.piece(None, 10, 14, voice=2)
    played.ask(wish.NameVoice(voice=2, seat="B"), at=14)
    played.hear(happened.VoicesForgotten(at=14))
    played.piece(None, 15, 17, voice=1)
    played.ask(wish.NameVoice(voice=1, seat="C"), at=17)
    assert (played.talk().seats["B"], played.talk().seats["C"], played.talk().unknown) == (4, 2, 10)


def test_a_log_of_before_this_was_told_still_folds(five: Method) -> None:
    played = Played(five).open()
    old = [
        {"event": "TurnBegan", "at": 0.0, "seat": "A", "several": False, "by": "voice"},
        {"event": "TurnEnded", "at": 9.0, "seat": "A", "start": 0.0, "end": 8.0, "several": False, "by": "voice"},
        {"event": "VoiceLearned", "at": 9.0, "seat": "A", "seconds": 6.0, "alike": None},
        {"event": "TurnsReassigned", "at": 9.0, "start": 4.0, "end": 9.0, "seat": "B"},
    ]
    meeting = fold([*played.log, *(from_json(event) for event in old)])
    assert meeting
    assert [(turn.seat, turn.start, turn.end) for turn in meeting.turns] == [("A", 0, 4), ("B", 4, 8)]


def test_a_voice_that_is_found_to_have_begun_earlier_stops_speaking_with_its_piece(five: Method) -> None:
    played = Played(five).open().listen()
    played.hear(happened.TurnBegan(at=3, seat=None, settled=False))
    played.hear(happened.TurnBegan(at=5, seat=None, voice=1))
    played.hear(happened.TurnEnded(at=9, seat=None, voice=1, start=3, end=9))
    assert played.shown() is None
    played.hear(happened.TurnBegan(at=12, seat="A", settled=False))
    played.hear(happened.TurnBegan(at=15, seat="B", settled=False))
    played.hear(happened.TurnEnded(at=16, seat="A", start=12, end=15))
    shown = played.shown()
    assert shown
    assert shown.seat == "B"
    played.hear(happened.TurnEnded(at=20, seat="A", start=14.6, end=18))
    assert played.shown() is None
