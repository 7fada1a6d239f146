from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.bench.scoring import Score, Stretch, score

SEATS = ("Anna", "Bram", "Cas")
Spans = list[tuple[str | None, float, float]]


def compared(said: Spans, found: Spans, *, seats: tuple[str, ...] = SEATS[:2], begin: float = 10.0) -> Score:
    def stretches(spans: Spans) -> list[Stretch]:
        return [Stretch(voice=voice, start=start, end=end) for voice, start, end in spans]

    return score(stretches(found), stretches(said), seats, [(begin, 50.0)])


def test_what_is_found_exactly_has_no_errors() -> None:
    said: Spans = [("Anna", 10, 20), ("Bram", 22, 25), ("a guest", 24, 26)]
    same = compared(said, [("Anna", 10, 20), ("Bram", 22, 25), (None, 24, 26)])
    assert same.strict.rates == same.lenient.rates == (0, 0, 0, 0)
    assert same.share_errors == (0, 0)
    assert same.pairs == (1, 1)
    assert same.unknown == (2, 2)


def test_each_second_counts_as_missed_as_invented_or_as_booked_on_another() -> None:
    said: Spans = [("Anna", 10, 20), ("Bram", 20, 30)]
    wrong = compared(said, [("Anna", 10, 24), ("Bram", 35, 37)])
    assert wrong.strict.rates == pytest.approx((60, 30, 10, 20))
    assert wrong.share_errors == pytest.approx((37.5, 37.5))


def test_the_collar_leaves_out_a_quarter_of_a_second_on_both_sides_of_every_true_boundary() -> None:
    said: Spans = [("Anna", 10, 20), ("Bram", 20, 30)]
    late = compared(said, [("Anna", 10, 20.2), ("Bram", 20.2, 30.25)])
    assert late.strict.confusion == pytest.approx(0.2)
    assert late.lenient.rates == (0, 0, 0, 0)
    assert late.lenient.speech == pytest.approx(19.0)
    assert compared(said, [("Anna", 10, 20.5), ("Bram", 20.5, 30)]).lenient.confusion == pytest.approx(0.25)


def test_names_are_not_exchanged_to_make_the_best_of_it() -> None:
    said: Spans = [("Anna", 10, 20), ("Bram", 20, 30)]
    assert compared(said, [("Bram", 10, 20), ("Anna", 20, 30)]).strict.rates == pytest.approx((100, 0, 0, 100))


def test_of_two_voices_at_once_both_have_to_be_told() -> None:
    said: Spans = [("Anna", 10, 20), ("Bram", 15, 20)]
    assert compared(said, [("Anna", 10, 20)]).strict.rates == pytest.approx((100 / 3, 100 / 3, 0, 0))
    assert compared(said, [("Anna", 10, 20), ("Bram", 15, 20)]).strict.rates == (0, 0, 0, 0)


def test_the_check_in_round_is_not_measured() -> None:
    said: Spans = [("Anna", 0, 5), ("Anna", 8, 20)]
    assert compared(said, [("Anna", 10, 20)]).strict.rates == (0, 0, 0, 0)


def test_pieces_of_one_voice_that_overlap_count_once() -> None:
    said: Spans = [("Anna", 10, 20)]
    assert compared(said, [("Anna", 10, 16), ("Anna", 14, 20)]).strict.rates == (0, 0, 0, 0)


def test_seats_are_in_order_when_their_shares_are_and_close_ones_are_not_judged() -> None:
    said: Spans = [("Anna", 10, 20), ("Bram", 20, 26), ("Cas", 26, 28)]
    found: Spans = [("Anna", 10, 14), ("Bram", 20, 26), ("Cas", 26, 28)]
    assert compared(said, found, seats=SEATS).pairs == (2, 3)
    close: Spans = [("Anna", 10, 20), ("Bram", 20, 30.2), ("Cas", 31, 41)]
    assert compared(close, close, seats=SEATS).pairs == (0, 0)


def test_a_guest_booked_on_a_seat_is_confusion_and_not_found() -> None:
    said: Spans = [("Anna", 10, 20), ("Guest", 20, 24)]
    booked = compared(said, [("Anna", 10, 22), (None, 22, 24)])
    assert booked.strict.confusion == pytest.approx(2)
    assert booked.unknown == pytest.approx((2, 4))


def test_nothing_said_is_no_error() -> None:
    silent = compared([], [("Anna", 10, 12)])
    assert silent.strict.rates == (0, 0, 0, 0)
    assert silent.strict.false_alarm == pytest.approx(2)


TIMES = st.integers(0, 600).map(lambda tenths: tenths / 10)
STRETCHES = st.lists(
    st.tuples(st.sampled_from([*SEATS, None]), TIMES, TIMES).map(lambda s: (s[0], *sorted(s[1:]))), max_size=8
)


@given(STRETCHES, STRETCHES)
def test_the_parts_agree_with_counting_every_tenth_of_a_second(said: Spans, found: Spans) -> None:
    def speaking(spans: Spans, tenth: int) -> set[str | None]:
        return {voice for voice, start, end in spans if round(start * 10) <= tenth < round(end * 10)}

    miss = false_alarm = confusion = 0
    for tenth in range(100, 500):
        true, told = speaking(said, tenth), speaking(found, tenth)
        miss += max(0, len(true) - len(told))
        false_alarm += max(0, len(told) - len(true))
        confusion += min(len(true), len(told)) - len(true & told)
    exact = compared(said, found, seats=SEATS).strict
    assert (exact.miss, exact.false_alarm, exact.confusion) == pytest.approx(
        (miss / 10, false_alarm / 10, confusion / 10), abs=1e-6
    )
