"""Turns are cut into utterances: at a pause, at a change of voice, and where a story is quietest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.frames import FRAME, RATE, Frame, Samples
from speech.speakers import Guess, Settled
from speech.utterances import JOINED, LONGEST, Utterance, Utterances
from speech.voice import GAP, Voice
from speech.voices import Label
from tests.ears.sounds import white

SETTLES = 2.0
"""Seconds after which who speaks is known for sure."""
HOP = 0.5
"""Seconds that become sure at a time."""
Turn = tuple[Label | None, float, float]


class Table:
    """Plays turns of noise to Utterances, as voice activity and attribution would tell them; all seconds."""

    def __init__(self, *turns: Turn, sound: Samples | None = None, lag: float = SETTLES, **how: Any) -> None:
        self.utterances = Utterances(**how)
        self.heard = list[Utterance]()
        self.turns, self.lag = sorted(turns, key=lambda turn: turn[1]), lag
        self.length = max(end for _, _, end in turns) + 3.0
        self.sound = self._noise() if sound is None else sound
        self._settled = 0.0
        self._begin: float | None = None
        self._last = 0.0

    def play(self, *guesses: tuple[float, Guess]) -> Table:
        """To the end; a guess comes at the second beside it."""
        due = sorted(guesses, key=lambda pair: pair[0])
        for position in range(0, int(self.length * RATE) - FRAME, FRAME):
            now = (position + FRAME) / RATE
            voice = self._voice(position / RATE, now)
            self.utterances.hear(Frame(samples=self.sound[position : position + FRAME], position=position), voice)
            self._take(self._settle(now, voice))
            while due and due[0][0] <= now:
                self._note(self.utterances.guess(due.pop(0)[1]))
            self._note(self.utterances.pause(voice))
        self._note(self.utterances.close())
        return self

    @property
    def over(self) -> list[Utterance]:
        return [utterance for utterance in self.heard if utterance.over]

    def told(self) -> list[tuple[str | None, float, float]]:
        return [(one.seat, round(one.start / RATE, 1), round(one.end / RATE, 1)) for one in self.over]

    def _noise(self) -> Samples:
        spoken = np.zeros(int(self.length * RATE), np.float32)
        for _, start, end in self.turns:
            spoken[int(start * RATE) : int(end * RATE)] = 1.0
        return spoken * white(self.length)[: len(spoken)]

    def _voice(self, begin: float, now: float) -> Voice:
        spoken = any(start < now and begin < end for _, start, end in self.turns)
        ended = None
        if spoken:
            self._begin = begin if self._begin is None else self._begin
            self._last = now
        elif self._begin is not None and now - self._last >= GAP:
            ended, self._begin = (int(self._begin * RATE), int(self._last * RATE)), None
        start = None if self._begin is None else int(self._begin * RATE)
        return Voice(spoken=spoken, start=start, last=int(self._last * RATE), ended=ended)

    def _settle(self, now: float, voice: Voice) -> Iterator[Settled]:
        sure = now if voice.ended else now - self.lag
        for label, start, end in self.turns:
            begin, until = max(start, self._settled), min(end, sure)
            whole = until == end or until - begin >= HOP
            if until > begin and whole:
                yield Settled(label=label, start=int(begin * RATE), end=int(until * RATE))
                self._settled = until

    def _take(self, pieces: Iterable[Settled]) -> None:
        for piece in pieces:
            self._note(self.utterances.add(piece))

    def _note(self, told: Iterable[Utterance]) -> None:
        self.heard += told


def guess(label: Label | None, at: float, *, sure: bool = True) -> Guess:
    return Guess(label=label, at=int(at * RATE), sure=sure)


# --- pauses and breaths ---


def test_a_breath_within_a_sentence_is_no_end() -> None:
    table = Table(("A", 1, 3), ("A", 3.5, 5)).play()
    assert table.told() == [("A", 1, 5)]


def test_after_a_breath_of_a_second_the_same_seat_goes_on_with_what_it_said() -> None:
    table = Table(("A", 1, 3), ("A", 4.2, 6)).play()
    first, second = table.over
    assert table.told() == [("A", 1, 3), ("A", 4.2, 6)]
    assert first.continues is None
    assert second.continues == first.end


def test_three_parts_hang_together_one_by_one() -> None:
    one, two, three = Table(("A", 1, 2), ("A", 3, 4), ("A", 5, 6)).play().over
    assert (one.continues, two.continues, three.continues) == (None, one.end, two.end)


@pytest.mark.parametrize(
    "turns",
    [
        [("A", 1, 3), ("A", 4.7, 6)],
        [("A", 1, 3), ("B", 3.4, 3.6), ("A", 3.9, 6)],
        [("A", 1, 3), ("B", 3.7, 4.5), ("A", 5, 6)],
        [("A", 1, 5), ("A", 6, 11.5)],
        [(None, 1, 3), (None, 4, 6)],
    ],
    ids=["a pause", "a hm of another", "an answer", "too long together", "nobody knows who"],
)
def test_nothing_goes_on_after(turns: list[Turn]) -> None:
    assert [one.continues for one in Table(*turns).play().over if one.seat != "B"] == [None, None]


def test_a_voice_that_was_named_meanwhile_goes_on_as_the_seat() -> None:
    table = Table((1, 1, 3))
    table.play()
    table.utterances.relabel({1: "A"})
    piece = Settled(label="A", start=int(3.9 * RATE), end=int(5 * RATE))
    table._note(table.utterances.add(piece))
    table._note(table.utterances.close())
    assert table.over[1].continues == table.over[0].end


# --- changes of voice ---


def test_a_change_of_voice_ends_an_utterance_in_the_quiet_moment_between_the_two() -> None:
    table = Table(("A", 1, 4), ("B", 4, 7))
    table.sound[int(4.15 * RATE) : int(4.35 * RATE)] = 0.0
    first, second = table.play().over
    assert (first.seat, second.seat) == ("A", "B")
    assert first.end == second.start == pytest.approx(4.25 * RATE, abs=0.05 * RATE)


def test_a_sure_guess_that_it_is_another_ends_an_utterance_before_that_is_settled() -> None:
    early = Table(("A", 1, 4), ("B", 4, 8)).play((1.7, guess("A", 1)), (5.0, guess("B", 4)))
    late = Table(("A", 1, 4), ("B", 4, 8)).play()
    assert [seat for seat, _, _ in early.told()] == [seat for seat, _, _ in late.told()] == ["A", "B"]
    assert early.over[0].heard < 5.1
    assert late.over[0].heard > 5.9


def test_a_wrong_guess_costs_no_word_and_the_seat_goes_on() -> None:
    table = Table(("A", 1, 8)).play((1.7, guess("A", 1)), (5.0, guess("B", 4)), (5.5, guess("A", 4.6)))
    first, second = table.over
    assert (first.seat, second.seat) == ("A", "A")
    assert second.start == first.end == second.continues
    assert (first.start, second.end) == (RATE, 8 * RATE)


def test_a_guess_that_was_taken_back_long_ago_cuts_nothing_off() -> None:
    """The change that is meant is the newest, not one that was thought of in the middle of the turn before."""
    taken_back = [(3.0, guess("A", 1)), (4.5, guess("B", 4, sure=False)), (5.0, guess("A", 4.5))]
    again = [(8.4, guess("A", 8.4, sure=False)), (9.2, guess("B", 8.3))]
    table = Table(("A", 1, 8), ("B", 8.4, 11)).play(*taken_back, *again)
    assert table.told() == [("A", 1, 8), ("B", 8.4, 11)]


def test_an_early_guess_ends_what_was_silent_at_once() -> None:
    table = Table(("A", 1, 3), ("B", 3.5, 6)).play((1.7, guess("A", 1)), (4.2, guess("B", 3.5, sure=False)))
    assert table.told()[0] == ("A", 1, 3)
    assert table.over[0].heard < 4.3


# --- long stories ---


def test_a_story_of_a_minute_is_cut_at_its_quiet_moments() -> None:
    quiet = [12.0, 25.5, 36.5, 49.0]
    table = Table(("A", 1, 61))
    for moment in quiet:
        table.sound[int((moment - 0.1) * RATE) : int((moment + 0.1) * RATE)] = 0.0
    table.play()
    cuts = [one.end / RATE for one in table.over[:-1]]
    assert cuts == pytest.approx(quiet, abs=0.05)
    assert (table.over[0].start, table.over[-1].end) == (RATE, 61 * RATE)
    assert all(one.end == other.start for one, other in pairwise(table.over))
    assert all(one.end - one.start <= LONGEST for one in table.over)


def test_no_sound_is_given_to_two_utterances() -> None:
    table = Table(("A", 1, 40), ("B", 40, 44), ("A", 45, 47)).play()
    given = sum(len(one.samples) for one in table.over) / RATE
    spoken = 45.0
    assert spoken - 0.1 <= given <= spoken + 0.8, "only silence around it comes on top"


def test_what_another_ends_before_it_is_settled_is_not_too_long_either() -> None:
    table = Table(("A", 1, 16.5), ("B", 16.5, 20)).play((1.7, guess("A", 1)), (17.5, guess("B", 16.5)))
    assert all(one.end - one.start <= LONGEST for one in table.over)
    assert sum(one.end - one.start for one in table.over if one.seat == "A") == pytest.approx(15.5 * RATE, abs=RATE / 2)


# --- whose words are not noted ---


def test_of_whoever_is_left_out_nothing_is_told_not_even_ahead_of_time() -> None:
    table = Table(("A", 1, 3), ("B", 4, 6), ("A", 6.8, 8), measured=lambda label: label != "B").play()
    assert {one.seat for one in table.heard} == {"A"}
    assert [one.continues for one in table.over] == [None, None]
    assert all(one.start >= 6.7 * RATE or one.end <= 3.1 * RATE for one in table.heard)


def test_the_sound_of_whoever_is_left_out_is_in_no_others_sound() -> None:
    table = Table(("A", 1, 4), ("B", 4, 7), ("A", 7, 9), measured=lambda label: label != "B")
    table.sound[4 * RATE : 7 * RATE] = 0.5
    table.sound[int(3.9 * RATE) : 4 * RATE] = 0.0
    table.sound[7 * RATE : int(7.1 * RATE)] = 0.0
    table.play()
    for one in table.over:
        assert np.count_nonzero(one.samples == 0.5) <= 0.1 * RATE


def test_overlap_is_left_out() -> None:
    def crowded(start: int, end: int) -> bool:
        return start >= 3.9 * RATE and end <= 6.1 * RATE

    assert Table(("A", 1, 3), ("B", 4, 6), ("C", 7, 9), crowded=crowded).play().told() == [("A", 1, 3), ("C", 7, 9)]


def test_a_stretch_too_short_for_a_word_is_left_out() -> None:
    assert Table(("A", 1, 1.2), ("B", 2.5, 4)).play().told() == [("B", 2.5, 4)]


# --- ahead of time ---


def test_it_is_told_ahead_of_time_once_when_a_pause_begins() -> None:
    table = Table(("A", 1, 3), ("B", 5, 7)).play()
    assert [(one.seat, one.over) for one in table.heard] == [("A", False), ("A", True), ("B", False), ("B", True)]
    for ahead, over in zip(table.heard[::2], table.heard[1::2], strict=True):
        assert ahead.heard < over.heard
        assert (ahead.start, ahead.end, ahead.continues) == (over.start, over.end, over.continues)
        assert np.array_equal(ahead.samples, over.samples)


def test_what_goes_on_after_all_is_told_ahead_of_time_again_as_a_whole() -> None:
    table = Table(("A", 1, 3), ("A", 3.5, 5)).play()
    assert [(round(one.end / RATE, 1), one.over) for one in table.heard] == [(3, False), (5, False), (5, True)]


def test_after_the_end_no_sound_is_left() -> None:
    table = Table(("A", 1, 3)).play()
    table.utterances.wipe()
    assert not table.utterances._ring._sound.any()
    assert not list(table.utterances.close())


# --- laws ---

LABELS = st.sampled_from(["A", "B", "C", "X", 1, None])
TURNS = st.lists(st.tuples(LABELS, st.sampled_from([0.0, 0.0, 0.3, 0.5, 0.9, 2.0]), st.floats(0.1, 25.0)), max_size=6)
GUESSES = st.lists(
    st.tuples(st.floats(0.0, 60.0), LABELS, st.floats(0.0, 3.0), st.booleans(), st.booleans()), max_size=12
)


def evening(
    turns: list[tuple[Label | None, float, float]],
    guesses: list[tuple[float, Label | None, float, bool, bool]],
    crowded: Callable[[int, int], bool],
) -> Table:
    """Turns with pauses before them, and guesses about them: right or wrong, early or late, sure or not."""
    at, plan = 0.5, list[Turn]()
    for label, wait, length in turns or [("A", 0.0, 1.0)]:
        plan.append((label, round(at + wait, 2), round(at + wait + length, 2)))
        at = plan[-1][2]
    table = Table(*plan, measured=lambda label: label != "X", crowded=crowded)
    told = list[tuple[float, Guess]]()
    for second, label, since, right, sure in guesses:
        speaking = next((who for who, start, end in plan if start <= second <= end), label)
        told.append((second, guess(speaking if right else label, max(0.0, second - since), sure=sure)))
    return table.play(*told)


@settings(max_examples=30, deadline=None)
@given(TURNS, GUESSES, st.integers(0, 3))
def test_utterances_come_in_order_and_share_no_moment(turns: Any, guesses: Any, busy: int) -> None:
    table = evening(turns, guesses, lambda start, end: bool(busy) and start // RATE % 4 == busy)
    for one in table.heard:
        assert 0 < one.end - one.start <= LONGEST
        assert one.seat != "X"
        assert one.end <= one.heard * RATE
    for one, other in pairwise(table.over):
        assert one.end <= other.start
        assert one.heard <= other.heard
    for one, other in pairwise(table.heard):
        if not one.over and other.over and one.start == other.start and one.end == other.end:
            assert np.array_equal(one.samples, other.samples), "words recognised ahead of time are of the same sound"


@settings(max_examples=30, deadline=None)
@given(TURNS, GUESSES)
def test_what_goes_on_goes_on_with_the_utterance_before_of_the_same_seat(turns: Any, guesses: Any) -> None:
    over = evening(turns, guesses, lambda start, end: False).over
    begun: dict[int, int] = {}
    for before, one in zip([None, *over], over, strict=False):
        begun[one.end] = one.start
        if one.continues is not None:
            assert before is not None
            assert (before.end, before.seat) == (one.continues, one.seat)
            begun[one.end] = begun[before.end]
            assert one.end - begun[one.end] <= JOINED


@settings(max_examples=30, deadline=None)
@given(TURNS)
def test_without_guesses_every_word_is_in_one_utterance(turns: Any) -> None:
    table = evening([turn for turn in turns if turn[2] >= 1.0], [], lambda start, end: False)
    wanted = sum(end - start for label, start, end in table.turns if label != "X")
    got = sum(one.end - one.start for one in table.over) / RATE
    assert got == pytest.approx(wanted, abs=0.5 * len(table.turns) + 0.3)
