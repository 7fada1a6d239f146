from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from speech.events import SeatChecked
from speech.frames import RATE, Samples
from speech.mono import Mono
from speech.roomcheck import LEAST, PATIENCE, RoomCheck
from speech.sources import read_stretch
from speech.voice import VoiceActivity
from tests.ears.sounds import at_level, coloured, fan, music, white

REHEARSAL = Path(__file__).parents[2] / "server/rehearsal/en.opus"
BEFORE = 1.0
"""Seconds of the room before the seat is asked."""


@pytest.fixture(scope="module")
def sentence() -> Samples:
    """5.4 s of one voice."""
    return read_stretch(REHEARSAL, 6.4, 11.8)


def room(seconds: float, level: float) -> Samples:
    return at_level(coloured(seconds, 1.0, seed=4), level)


def said(sentence: Samples, level: float, noise: float, *, pause: float = 1.0) -> Samples:
    """A second of the room, a pause, the sentence, and the room again; levels in dB."""
    spoken = np.zeros(int((BEFORE + pause + 10.0) * RATE) + len(sentence), np.float32)
    begin = int((BEFORE + pause) * RATE)
    spoken[begin : begin + len(sentence)] = at_level(sentence, level)
    return spoken + room(len(spoken) / RATE, noise)[: len(spoken)]


def checked(sound: Samples, block: int = 4000) -> tuple[SeatChecked, float]:
    """The answer and the second at which it came."""
    mono, activity, check = Mono(rate=RATE, channels=1), VoiceActivity(), RoomCheck("B")
    for begin in range(0, len(sound), block):
        for frame in mono.feed(sound[begin : begin + block, None].astype(np.float32)):
            voice = activity.process(frame)
            if frame.position >= BEFORE * RATE and check.process(frame, voice):
                return check.conclude(), frame.end
    return check.conclude(), len(sound) / RATE


@pytest.mark.parametrize(
    ("level", "noise", "verdict"),
    [
        (-25, -60, "good"),
        (-40, -60, "good"),
        (-47, -65, "good"),
        (-56, -75, "soft"),
        (-30, -50, "good"),
        (-30, -35, "noisy"),
        (-45, -50, "noisy"),
    ],
)
def test_the_verdict_follows_level_and_noise(sentence: Samples, level: float, noise: float, verdict: str) -> None:
    told, _ = checked(said(sentence, level, noise))
    assert told.verdict == verdict
    assert told.seat == "B"
    assert told.level == pytest.approx(level, abs=2.5)
    assert told.noise == pytest.approx(noise, abs=3.5)
    assert told.seconds > LEAST


def test_a_voice_too_loud_for_the_microphone_is_clipped(sentence: Samples) -> None:
    assert checked(np.clip(said(sentence, -6, -60), -1, 1))[0].verdict == "clipped"


@pytest.mark.parametrize(
    "sound",
    [np.zeros(12 * RATE), room(12, -60), at_level(white(12), -30), fan(12), music(12), np.full(12 * RATE, np.nan)],
    ids=["zeros", "room", "white", "fan", "music", "nan"],
)
def test_where_nobody_speaks_nothing_was_heard(sound: Samples) -> None:
    told, at = checked(sound)
    assert told.verdict == "nothing"
    assert told.seconds < LEAST
    assert np.isfinite([told.level, told.noise]).all()
    assert at == pytest.approx(BEFORE + PATIENCE, abs=0.1)


def test_who_thinks_before_speaking_is_waited_for(sentence: Samples) -> None:
    told, at = checked(said(sentence, -30, -60, pause=6.0))
    assert told.verdict == "good"
    assert at > BEFORE + PATIENCE


def test_a_short_sentence_is_answered_after_a_pause_and_a_long_one_while_it_goes_on(sentence: Samples) -> None:
    short = sentence[: int(2.3 * RATE)]
    told, at = checked(said(short, -30, -60))
    assert told.verdict == "good"
    assert BEFORE + 1.0 + 2.3 < at < BEFORE + 1.0 + 2.3 + 1.6
    _, at = checked(said(np.concatenate([sentence, sentence]), -30, -60))
    assert at < BEFORE + 1.0 + 5.5


def test_a_name_alone_is_too_short_to_say_anything(sentence: Samples) -> None:
    assert checked(said(sentence[: int(0.7 * RATE)], -30, -60))[0].verdict == "nothing"


def test_a_check_cut_short_before_the_first_frame_has_an_answer() -> None:
    assert RoomCheck("A").conclude() == SeatChecked(seat="A", seconds=0, level=-120.0, noise=-120.0, verdict="nothing")


def test_blocks_of_any_size_give_the_same_answer(sentence: Samples) -> None:
    sound = said(sentence, -35, -55)
    assert checked(sound, 160) == checked(sound, len(sound))
