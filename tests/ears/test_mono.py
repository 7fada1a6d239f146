from __future__ import annotations

import numpy as np
import pytest

from speech.frames import FRAME, RATE, Frame, Samples
from speech.mono import Mono
from tests.ears.sounds import at_level, coloured, tone, white


def through(sound: np.ndarray, rate: int = RATE, block: int = 800) -> list[Frame]:
    mono = Mono(rate=rate, channels=sound.shape[1])
    blocks = [sound[begin : begin + block] for begin in range(0, len(sound), block)]
    return [*(frame for part in blocks for frame in mono.feed(part)), *mono.finish()]


def joined(frames: list[Frame]) -> Samples:
    return np.concatenate([frame.samples for frame in frames])


def voice(seconds: float = 6.0, seed: int = 0) -> Samples:
    """Like speech to an array: low frequencies foremost, swelling five times a second."""
    sound = coloured(seconds, 2.0, seed)
    return (sound * (0.1 + np.abs(np.sin(2 * np.pi * 2.5 * np.arange(len(sound)) / RATE)))).astype(np.float32)


def likeness(one: Samples, other: Samples) -> float:
    """Correlation, of all but the first second."""
    length = min(len(one), len(other))
    return float(np.corrcoef(one[RATE:length], other[RATE:length])[0, 1])


@pytest.mark.parametrize("channels", [1, 3, 8, 16])
@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 192_000])
def test_any_rate_and_number_of_channels_gives_frames_that_follow_each_other(rate: int, channels: int) -> None:
    at = np.arange(rate * 2) / rate
    sound = np.stack([0.3 * np.sin(2 * np.pi * 440 * at)] * channels, axis=1).astype(np.float32)
    frames = through(sound, rate, block=777)
    assert [frame.position for frame in frames] == [number * FRAME for number in range(len(frames))]
    assert len(frames) * FRAME == pytest.approx(2 * RATE, abs=FRAME)
    assert float(joined(frames)[FRAME : RATE * 2 - FRAME].std()) == pytest.approx(0.212, rel=0.02)
    assert all(frame.channels is None for frame in frames)  # sixteen times the same tells no more than once


def test_blocks_of_any_size_give_the_same_frames_and_the_same_channels() -> None:
    sound = np.stack([voice(), np.roll(voice(), 3), -np.roll(voice(), 1), white(6.0, 7)], axis=1)
    one, other = through(sound, 44_100, 131), through(sound, 44_100, 100_000)
    assert np.array_equal(joined(one), joined(other))
    for left, right in zip(one, other, strict=True):
        assert left.channels is not None
        assert right.channels is not None
        assert np.array_equal(left.channels, right.channels)


def test_what_the_loudspeaker_of_an_array_plays_does_not_spoil_the_mix() -> None:
    raw = voice()
    processed = np.roll(raw, 480) * 2.0  # late, and louder than the rest
    playing = at_level(white(6.0, 5), -15)
    room = [np.roll(raw, shift) for shift in (0, 1, 2, 1)]
    for playback in (playing, np.zeros_like(playing)):
        mixed = joined(through(np.stack([processed, *room, playback], axis=1)))
        assert likeness(mixed, np.mean(room, axis=0)) > 0.995


def test_two_microphones_apart_are_both_heard() -> None:
    left, right = voice(seed=1), voice(seed=2)
    mixed = joined(through(np.stack([left, right], axis=1)))
    assert likeness(mixed, left) > 0.6
    assert likeness(mixed, right) > 0.6


def test_a_channel_with_nothing_but_an_offset_is_dead() -> None:
    sound = voice()
    mixed = joined(through(np.stack([sound, np.full_like(sound, 0.5)], axis=1)))
    assert float(mixed[RATE:].std()) == pytest.approx(float(sound[RATE:].std()), rel=0.05)


def test_a_channel_that_clips_is_left_out_while_another_does_not() -> None:
    sound = at_level(voice(), -20)
    shouted = np.clip(sound * 30, -1, 1)
    frames = through(np.stack([sound, shouted], axis=1))
    assert likeness(joined(frames), sound) > 0.995
    assert max(frame.limited for frame in frames[40:]) == 0.0


def test_how_much_was_at_the_limit_is_told_before_resampling_hides_it() -> None:
    at = np.arange(48_000 * 2) / 48_000
    clipped = np.clip(3 * np.sin(2 * np.pi * 300 * at), -1, 1)[:, None].astype(np.float32)
    assert through(clipped, 48_000)[20].limited == pytest.approx(0.78, abs=0.03)
    assert through(clipped * 0.9, 48_000)[20].limited == 0.0


def test_a_device_that_changes_rate_and_channels_goes_on_without_a_seam() -> None:
    mono = Mono(rate=48_000, channels=2)
    at = np.arange(96_000) / 48_000
    first = np.repeat(0.3 * np.sin(2 * np.pi * 440 * at)[:, None], 2, axis=1).astype(np.float32)
    frames = list(mono.feed(first))
    frames += mono.change(rate=16_000, channels=1)
    frames += mono.feed(tone(2.0)[:, None] * 3)
    frames += mono.feed(np.repeat(tone(2.0)[:, None] * 3, 6, axis=1))  # and six channels, which nobody announced
    frames += mono.finish()
    assert [frame.position for frame in frames] == [number * FRAME for number in range(len(frames))]
    assert len(frames) * FRAME == pytest.approx(6 * RATE, abs=2 * FRAME)
    for second in (1, 3, 5):
        heard = joined(frames)[second * RATE - 4000 : second * RATE + 4000]
        assert float(heard.std()) == pytest.approx(0.212, rel=0.02)


@pytest.mark.parametrize("channels", [1, 4])
def test_damaged_samples_stay_where_they_are(channels: int) -> None:
    sound = np.repeat(voice()[:, None], channels, axis=1) * np.linspace(1, 0.8, channels, dtype=np.float32)
    broken = sound.copy()
    broken[2 * RATE : 3 * RATE] = np.nan
    broken[4 * RATE : 4 * RATE + 50] = np.inf
    broken[5 * RATE] = 1e30
    heard = joined(through(broken))
    assert np.isfinite(heard).all()
    assert float(np.abs(heard).max()) <= 1.0
    assert not heard[2 * RATE + 2 * FRAME : 3 * RATE - 2 * FRAME].round(2).any()
    assert likeness(heard[: 2 * RATE], joined(through(sound))[: 2 * RATE]) > 0.999
