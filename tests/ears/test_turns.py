"""Pieces of speech become turns as a person counts them."""

from __future__ import annotations

from collections.abc import Iterable

from speech.events import TurnBegan, TurnEnded
from speech.frames import RATE
from speech.speakers import Found, Guess
from speech.together import Piece
from speech.turns import Turns
from speech.voices import Label


def at(seconds: float) -> int:
    return round(seconds * RATE)


def piece(label: Label | None, start: float, end: float, *, several: bool = False, beside: bool = False) -> Piece:
    return Piece(label=label, start=at(start), end=at(end), several=several, beside=beside)


def guess(label: Label | None, start: float, *, sure: bool = False) -> Guess:
    return Guess(label=label, at=at(start), sure=sure)


def told(pieces: Iterable[Piece], turns: Turns | None = None) -> list[TurnEnded]:
    """Pieces as they come; the voice falls silent wherever nobody speaks."""
    turns = turns or Turns()
    ended, before = list[TurnBegan | TurnEnded](), None
    for one in pieces:
        if before is not None and one.start > before.end:
            ended += turns.close()
            ended += turns.pause(one.start)
        ended += turns.add(one)
        before = one
    return [event for event in [*ended, *turns.finish()] if isinstance(event, TurnEnded)]


def short(events: Iterable[TurnEnded]) -> list[tuple[str | None, float, float, str]]:
    return [
        (
            event.seat,
            event.start,
            event.end,
            " ".join(kind for kind in ("several", "continues", "backchannel") if getattr(event, kind)),
        )
        for event in events
    ]


def test_a_pause_under_seven_tenths_of_a_second_continues_a_turn() -> None:
    ended = told([piece("A", 0, 3), piece("A", 3.69, 6)])
    assert short(ended) == [("A", 0, 3, ""), ("A", 3.69, 6, "continues")]


def test_a_longer_pause_begins_another_turn_of_the_same_seat() -> None:
    ended = told([piece("A", 0, 3), piece("A", 3.7, 6)])
    assert short(ended) == [("A", 0, 3, ""), ("A", 3.7, 6, "")]


def test_nothing_continues_what_another_answered() -> None:
    ended = told([piece("A", 0, 3), piece("B", 3, 5), piece("A", 5.2, 6.5)])
    assert [event.continues for event in ended] == [False, False, False]


def test_contiguous_pieces_of_one_voice_are_told_as_one() -> None:
    assert short(told([piece("A", 0, 1), piece("A", 1, 2), piece("A", 2, 3)])) == [("A", 0, 3, "")]


def test_a_hm_while_another_has_the_floor_is_a_backchannel_and_the_turn_goes_on() -> None:
    ended = told([piece("A", 0, 3), piece("B", 3, 3.5), piece("A", 3.5, 6)])
    assert short(ended) == [("A", 0, 3, ""), ("B", 3, 3.5, "backchannel"), ("A", 3.5, 6, "continues")]


def test_a_hm_just_after_a_turn_is_a_backchannel_once_nobody_goes_on() -> None:
    turns = Turns()
    ended = [*turns.add(piece("A", 0, 3)), *turns.close(), *turns.add(piece("B", 3.2, 3.6)), *turns.close()]
    assert short(event for event in ended if isinstance(event, TurnEnded)) == [("A", 0, 3, "")]
    assert not list(turns.pause(at(4.2)))
    (hm,) = turns.pause(at(4.3))
    assert isinstance(hm, TurnEnded)
    assert hm.backchannel


def test_a_short_word_into_a_long_silence_is_a_turn() -> None:
    assert short(told([piece("A", 0, 3), piece("B", 4, 4.5)])) == [("A", 0, 3, ""), ("B", 4, 4.5, "")]


def test_a_second_of_speech_takes_the_floor() -> None:
    ended = told([piece("A", 0, 3), piece("B", 3, 4), piece("A", 4, 6)])
    assert [event.backchannel for event in ended] == [False, False, False]


def test_a_short_beginning_that_goes_on_is_a_turn() -> None:
    ended = told([piece("A", 0, 3), piece("B", 3, 3.4), piece("B", 3.8, 6)])
    assert short(ended) == [("A", 0, 3, ""), ("B", 3, 3.4, ""), ("B", 3.8, 6, "continues")]


def test_a_short_beginning_whose_voice_went_on_too_late_was_a_backchannel() -> None:
    ended = told([piece("A", 0, 3), piece("B", 3, 3.4), piece("B", 4.2, 6)])
    assert short(ended) == [("A", 0, 3, ""), ("B", 3, 3.4, "backchannel"), ("B", 4.2, 6, "")]


def test_where_two_speak_at_a_change_each_is_told_and_both_turns_hang_together() -> None:
    pieces = [
        piece("A", 0, 3),
        piece("A", 3, 3.6, several=True),
        piece("B", 3, 3.6, several=True, beside=True),
        piece("B", 3.6, 6),
    ]
    assert short(told(pieces)) == [
        ("A", 0, 3, ""),
        ("A", 3, 3.6, "several continues"),
        ("B", 3, 3.6, "several"),
        ("B", 3.6, 6, "continues"),
    ]


def test_a_hm_over_the_speech_of_another_is_a_backchannel_of_several() -> None:
    pieces = [
        piece("A", 0, 3),
        piece("A", 3, 3.6, several=True),
        piece("B", 3, 3.6, several=True, beside=True),
        piece("A", 3.6, 6),
    ]
    assert short(told(pieces)) == [
        ("A", 0, 3, ""),
        ("A", 3, 3.6, "several continues"),
        ("B", 3, 3.6, "several backchannel"),
        ("A", 3.6, 6, "continues"),
    ]


def test_a_voice_without_a_name_is_told_by_its_number() -> None:
    turns = Turns()
    (began,) = turns.guess(guess(2, 0.0))
    assert began == TurnBegan(seat=None, at=0.0, voice=2)
    assert told([piece(2, 0, 2)]) == [TurnEnded(seat=None, start=0.0, end=2.0, voice=2)]


def test_who_is_nobodys_has_neither_seat_nor_number() -> None:
    assert told([piece(None, 0, 2)]) == [TurnEnded(seat=None, start=0.0, end=2.0)]


def test_a_seat_that_is_left_out_is_told_without_its_name() -> None:
    turns = Turns(lambda label: label != "A")
    (began,) = turns.guess(guess("A", 0.0))
    assert began == TurnBegan(seat=None, at=0.0, measured=False)
    ended = told([piece("A", 0, 2), piece("B", 2, 4)], turns)
    assert ended == [
        TurnEnded(seat=None, start=0.0, end=2.0, measured=False),
        TurnEnded(seat="B", start=2.0, end=4.0),
    ]


def test_who_speaks_is_told_once_and_again_at_the_same_place_when_settled() -> None:
    turns = Turns()
    first = list(turns.guess(guess("A", 1.0)))
    assert first == [TurnBegan(seat="A", at=1.0)]
    assert not list(turns.guess(guess("A", 2.0)))
    assert list(turns.guess(guess("A", 2.5, sure=True))) == [TurnBegan(seat="A", at=1.0, settled=True)]
    assert not list(turns.guess(guess("A", 3.0)))


def test_a_better_guess_is_told_where_the_voice_changed_and_is_in_doubt_again() -> None:
    turns = Turns()
    list(turns.guess(guess("A", 1.0, sure=True)))
    assert list(turns.guess(guess("B", 2.0))) == [TurnBegan(seat="B", at=2.0)]


def test_others_who_join_are_told_at_the_same_place() -> None:
    turns = Turns()
    list(turns.guess(guess("A", 1.0)))
    assert list(turns.guess(guess("A", 2.0), several=True)) == [TurnBegan(seat="A", at=1.0, several=True)]


def test_after_a_silence_the_same_voice_is_told_anew() -> None:
    turns = Turns()
    list(turns.guess(guess("A", 1.0)))
    list(turns.close())
    assert list(turns.guess(guess("A", 5.0))) == [TurnBegan(seat="A", at=5.0)]


def test_a_voice_that_gets_its_name_while_it_speaks_is_told_by_it_from_then_on() -> None:
    turns = Turns()
    list(turns.guess(guess(1, 0.0, sure=True)))
    list(turns.add(piece(1, 0, 2)))
    assert list(turns.relabel({1: "C"})) == [TurnBegan(seat="C", at=0.0, settled=True)]
    assert short(told([piece("C", 2, 4)], turns)) == [("C", 0, 4, "")]


def test_a_backchannel_that_waits_gets_its_name_as_well() -> None:
    turns = Turns()
    list(turns.add(piece("A", 0, 3)))
    list(turns.add(piece(1, 3, 3.5)))
    list(turns.close())
    list(turns.relabel({1: "C"}))
    assert short(event for event in turns.finish() if isinstance(event, TurnEnded)) == [("C", 3, 3.5, "backchannel")]


def test_a_turn_that_was_exchanged_still_continues() -> None:
    turns = Turns()
    list(turns.add(piece("A", 0, 3)))
    list(turns.close())
    list(turns.relabel({"A": "B", "B": "A"}))
    assert short(told([piece("B", 3.3, 5)], turns)) == [("B", 3.3, 5, "continues")]


def test_what_was_unknown_and_is_not_told_yet_takes_the_number_that_was_found() -> None:
    turns = Turns()
    list(turns.add(piece("A", 0, 3)))
    list(turns.add(piece(None, 3, 3.5)))
    list(turns.close())
    list(turns.add(piece(None, 3.9, 6)))
    turns.rename(Found(voice=1, since=at(3)))
    ended = [event for event in turns.finish() if isinstance(event, TurnEnded)]
    assert [(event.voice, event.start) for event in ended][-1] == (1, 3.9)


def test_a_short_piece_that_waits_takes_the_number_that_was_found() -> None:
    turns = Turns()
    list(turns.add(piece("A", 0, 3)))
    list(turns.add(piece(None, 3, 3.5)))
    list(turns.close())
    turns.rename(Found(voice=1, since=at(3)))
    (ended,) = turns.finish()
    assert isinstance(ended, TurnEnded)
    assert ended.voice == 1


def test_when_a_turn_is_told_who_speaks_now_is_told_behind_it() -> None:
    turns = Turns()
    list(turns.guess(guess("A", 0.0)))
    list(turns.add(piece("A", 0, 2)))
    list(turns.guess(guess("B", 1.9)))
    assert list(turns.add(piece("B", 2, 3))) == [
        TurnEnded(seat="A", start=0.0, end=2.0),
        TurnBegan(seat="B", at=2.0),
    ]
