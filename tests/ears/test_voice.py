from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from speech.frames import FRAME, RATE, Frame, Samples
from speech.voice import GOES_ON, LOWEST, Room, Voice, VoiceActivity


class Told:
    """A detector that answers what it was told."""

    def __init__(self, answers: Iterable[float]) -> None:
        self._answers = iter(answers)

    def __call__(self, samples: Samples) -> float:
        return next(self._answers)

    def reset(self) -> None:
        pass


def frames(samples: Samples) -> list[Frame]:
    whole = len(samples) // FRAME
    return [Frame(samples=samples[n * FRAME : (n + 1) * FRAME], position=n * FRAME) for n in range(whole)]


def states(answers: list[float]) -> list[Voice]:
    activity = VoiceActivity(Told(answers))
    told = [activity.process(frame) for frame in frames(np.zeros(len(answers) * FRAME, np.float32))]
    return [*told, activity.finish()]


def stretches(answers: list[float]) -> list[tuple[int, int]]:
    return [(voice.ended[0] // FRAME, voice.ended[1] // FRAME) for voice in states(answers) if voice.ended]


def test_a_short_gap_does_not_end_a_stretch_and_a_long_one_does() -> None:
    assert stretches([0.9] * 20 + [0.0] * 8 + [0.9] * 20 + [0.0] * 30) == [(0, 48)]
    assert stretches([0.9] * 20 + [0.0] * 14 + [0.9] * 20 + [0.0] * 30) == [(0, 20), (34, 54)]


def test_a_burst_is_dropped() -> None:
    assert stretches([0.0] * 20 + [0.9] * 3 + [0.0] * 30) == []


def test_what_is_open_at_the_end_is_closed() -> None:
    assert stretches([0.0] * 5 + [0.9] * 20) == [(5, 25)]


def test_a_stretch_is_known_before_it_ends() -> None:
    assert [voice.start for voice in states([0.0] * 5 + [0.9] * 20)][12] == 5 * FRAME


@pytest.mark.parametrize("loud", [0.0003, 0.003, 0.02, 0.1])
def test_noise_hum_and_silence_hold_no_voice(loud: float) -> None:
    time = np.arange(20 * RATE) / RATE
    white = np.random.default_rng(3).normal(0, 1, len(time))
    brown = np.cumsum(white - np.mean(white))
    hum = np.sin(2 * np.pi * 50 * time)
    for sound in (np.zeros(len(time)), white, brown / brown.std(), hum):
        activity = VoiceActivity()
        told = [activity.process(frame) for frame in frames((loud * sound).astype(np.float32))]
        assert not any(voice.ended for voice in [*told, activity.finish()])


def test_a_noisy_room_needs_surer_speech_to_go_on_and_a_still_one_less() -> None:
    still, noisy = Room(), Room()
    for number in range(40 * RATE // FRAME):
        still.hear(0.03)
        noisy.hear(0.9 if number % 3 else 0.11)  # speech itself says nothing about the room
        if number < 9 * RATE // FRAME:
            assert still.goes_on == GOES_ON
    assert still.goes_on == LOWEST
    assert noisy.goes_on == pytest.approx(0.242, abs=0.001)
