"""The quietest moment of a stretch of sound: found where it is, near what was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.frames import RATE, Samples
from speech.quiet import quietest
from tests.ears.sounds import white

TENTH = RATE // 10


def with_gap(seconds: float, *gaps: float) -> Samples:
    """Noise that falls silent for 0.2 s around each of these moments."""
    sound = white(seconds)
    for gap in gaps:
        sound[int((gap - 0.1) * RATE) : int((gap + 0.1) * RATE)] = 0.0
    return sound


@pytest.mark.parametrize("gap", [0.5, 1.3, 2.6])
@pytest.mark.parametrize("near", [0.0, 1.5, 3.0])
def test_a_gap_is_found_wherever_it_is_looked_for(gap: float, near: float) -> None:
    assert quietest(with_gap(3.0, gap), int(near * RATE)) == pytest.approx(gap * RATE, abs=0.03 * RATE)


def test_of_two_gaps_the_nearer_is_taken_when_distance_counts() -> None:
    sound = with_gap(3.0, 0.5, 2.5)
    for near, gap in ((0.8, 0.5), (2.2, 2.5)):
        assert quietest(sound, int(near * RATE), slope=25.0) == pytest.approx(gap * RATE, abs=0.05 * RATE)


def test_a_closed_mouth_before_a_plosive_is_no_gap_beside_a_real_one() -> None:
    sound = with_gap(3.0, 2.0)
    sound[int(0.8 * RATE) : int(0.85 * RATE)] = 0.0
    sound[int(1.94 * RATE) : int(2.06 * RATE)] = 1e-3
    assert quietest(sound, int(0.8 * RATE)) == pytest.approx(2.0 * RATE, abs=0.05 * RATE)


SOUNDS = st.builds(
    lambda length, level, seed: (np.random.default_rng(seed).standard_normal(length) * level).astype(np.float32),
    st.integers(0, 3 * RATE),
    st.sampled_from([0.0, 1e-6, 0.1, 1.0]),
    st.integers(0, 9),
)


@given(SOUNDS, st.integers(-RATE, 4 * RATE), st.sampled_from([0.0, 25.0]))
def test_the_answer_lies_in_the_sound(samples: Samples, near: int, slope: float) -> None:
    assert 0 <= quietest(samples, near, slope) <= len(samples)


@given(st.integers(0, 2 * RATE), st.floats(0.01, 10.0))
def test_silence_is_cut_where_it_was_asked_and_loudness_changes_nothing(near: int, level: float) -> None:
    inside = min(max(near, TENTH), 2 * RATE - TENTH)
    assert quietest(np.zeros(2 * RATE, np.float32), near, slope=25.0) == pytest.approx(inside, abs=TENTH)
    sound = with_gap(2.0, 1.2)
    assert quietest(sound, near) == quietest((sound * np.float32(level)).astype(np.float32), near)
