"""Voices nobody named: who gets a number, and who does not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from speech.embedding import Vector
from speech.frames import RATE, Samples
from speech.recent import Window
from speech.strangers import Strangers
from speech.voices import Voices

SIZE = 64
RUTH, TOM, MAYA, *SOME = np.eye(SIZE, dtype=np.float32)


def hears_nothing(samples: Samples) -> Vector:
    raise AssertionError("these voices are given as vectors")


@pytest.fixture
def voices() -> Voices:
    return Voices(hears_nothing)


def like(voice: Vector, seed: int, cosine: float = 0.9) -> Vector:
    """The voice as a window hears it: so much like itself, and otherwise like nobody."""
    noise = np.random.default_rng(seed).standard_normal(SIZE).astype(np.float32)
    noise -= (noise @ voice) * voice
    return np.asarray(cosine * voice + np.sqrt(1 - cosine**2) * noise / np.linalg.norm(noise), np.float32)


def window(start: float, vector: Vector) -> Window:
    return Window(start=int(start * RATE), end=int((start + 1.5) * RATE), vector=vector)


def spoken(voice: Vector, begin: float, seconds: float, cosine: float = 0.9) -> list[Window]:
    """Windows of 1.5 s every half second."""
    starts = np.arange(begin, begin + seconds - 1.5 + 0.01, 0.5)
    return [window(float(start), like(voice, round(10 * start), cosine)) for start in starts]


def numbers(strangers: Strangers, windows: Iterable[Window]) -> list[tuple[int, float]]:
    found = [strangers.add(each) for each in windows]
    return [(told[0], told[1] / RATE) for told in found if told is not None]


def test_three_seconds_of_one_unknown_voice_get_a_number_from_where_it_began(voices: Voices) -> None:
    assert numbers(Strangers(voices), spoken(RUTH, 10, 3)) == [(1, 10.0)]
    assert voices.labels == (1,)


def test_two_and_a_half_seconds_do_not(voices: Voices) -> None:
    assert numbers(Strangers(voices), spoken(RUTH, 10, 2.5)) == []
    assert voices.labels == ()


def test_what_is_missing_may_come_after_a_pause(voices: Voices) -> None:
    assert numbers(Strangers(voices), [*spoken(RUTH, 10, 2), *spoken(RUTH, 20, 2)]) == [(1, 10.0)]


def test_what_was_said_long_before_does_not_count(voices: Voices) -> None:
    assert numbers(Strangers(voices), [*spoken(RUTH, 10, 2), *spoken(RUTH, 60, 2)]) == []


def test_two_people_who_say_little_each_are_no_voice(voices: Voices) -> None:
    assert numbers(Strangers(voices), [*spoken(RUTH, 10, 2), *spoken(TOM, 12, 2)]) == []


def test_two_people_in_turn_get_a_number_each(voices: Voices) -> None:
    windows = [*spoken(RUTH, 10, 2), *spoken(TOM, 12, 2), *spoken(RUTH, 14, 2), *spoken(TOM, 16, 2)]
    assert numbers(Strangers(voices), windows) == [(1, 10.0), (2, 12.0)]


def test_a_window_that_resembles_two_people_does_not_make_them_one(voices: Voices) -> None:
    both = (RUTH + TOM) / np.float32(np.sqrt(2))
    assert numbers(Strangers(voices), [window(10, RUTH), window(12, TOM), window(14, both)]) == []


def test_noise_that_resembles_nothing_gets_no_number(voices: Voices) -> None:
    assert numbers(Strangers(voices), [window(n / 2, SOME[n]) for n in range(40)]) == []


def test_a_known_seat_on_a_bad_day_gets_no_number_and_becomes_truer(voices: Voices) -> None:
    voices.learn("A", [window(0, RUTH.copy())], 4.0)
    hoarse = like(RUTH, 99, 0.7)
    assert numbers(Strangers(voices), spoken(hoarse, 10, 4, 0.95)) == []
    assert voices.labels == ("A",)
    assert float(voices.compare(hoarse)[0]) > 0.71


def test_a_voice_is_found_once(voices: Voices) -> None:
    strangers = Strangers(voices)
    assert len(numbers(strangers, spoken(RUTH, 10, 3))) == 1
    assert numbers(strangers, spoken(RUTH, 20, 10)) == []
    assert voices.labels == (1,)


def test_a_party_of_strangers_stays_a_dozen(voices: Voices) -> None:
    strangers = Strangers(voices)
    for number in range(30):
        numbers(strangers, spoken(SOME[number], 10.0 * number, 4))
    assert voices.labels == tuple(range(1, 13))
