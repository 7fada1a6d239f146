from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.frames import FRAME, RATE, Samples
from speech.sources import Recording, Silence, SoundUnreadable, read_stretch

FORMATS = {
    "wav": {"subtype": "PCM_16"},
    "flac": {},
    "mp3": {},
    "opus": {"format": "OGG", "subtype": "OPUS"},
}


def tone(rate: int, channels: int, seconds: float = 2.0) -> np.ndarray:
    wave = 0.3 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)
    return np.stack([wave] * channels, axis=1).astype(np.float32)


def sound_of(path: Path, **how: float) -> Samples:
    return np.concatenate([frame.samples for frame in Recording(path, **how)])


def loudest_hertz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * RATE / len(samples)


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000, 96_000])
def test_every_rate_and_channel_count_becomes_the_same_tone(tmp_path: Path, rate: int, channels: int) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(rate, channels), rate)
    heard = sound_of(tmp_path / "tone.wav")
    assert len(heard) == pytest.approx(2 * RATE, abs=FRAME)
    assert loudest_hertz(heard) == pytest.approx(440, abs=1)
    assert float(heard.std()) == pytest.approx(0.3 / np.sqrt(2), rel=0.05)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read_from_any_second(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"tone.{kind}"
    soundfile.write(path, tone(48_000, 2, 4.0), 48_000, **FORMATS[kind])
    assert loudest_hertz(sound_of(path)) == pytest.approx(440, abs=1)
    later = list(Recording(path, begin=2.0))
    assert later[0].position == 2 * RATE // FRAME * FRAME
    assert later[-1].end == pytest.approx(4.0, abs=0.1)


def test_channels_of_opposite_polarity_do_not_cancel(tmp_path: Path) -> None:
    sound = tone(16_000, 2) * [1, -1]
    soundfile.write(tmp_path / "opposed.wav", sound, 16_000)
    assert float(sound_of(tmp_path / "opposed.wav").std()) == pytest.approx(0.21, rel=0.05)


def test_a_dead_channel_does_not_halve_the_sound(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "half.wav", tone(16_000, 2) * [1, 0], 16_000)
    assert float(sound_of(tmp_path / "half.wav").std()) == pytest.approx(0.21, rel=0.05)


def test_damaged_samples_become_silence_and_an_offset_goes(tmp_path: Path) -> None:
    sound = tone(16_000, 1) + 0.3
    sound[5000:5100] = np.nan
    sound[6000:6100] = np.inf
    soundfile.write(tmp_path / "nan.wav", sound, 16_000, subtype="FLOAT")
    heard = sound_of(tmp_path / "nan.wav")
    assert np.isfinite(heard).all()
    assert abs(float(heard[RATE:].mean())) < 0.03


def test_the_size_of_blocks_does_not_change_a_sample(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(44_100, 2) * [1, -0.7], 44_100)
    whole = sound_of(tmp_path / "tone.wav")
    assert np.array_equal(whole, sound_of(tmp_path / "tone.wav", block=0.0137))
    assert np.array_equal(whole, sound_of(tmp_path / "tone.wav", block=10.0))


def test_a_paced_recording_takes_its_time_and_can_be_interrupted(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(16_000, 1), 16_000)
    began = time.monotonic()
    assert len(list(Recording(tmp_path / "tone.wav", speed=4.0))) == 63
    assert 0.45 < time.monotonic() - began < 2.0
    slow = Recording(tmp_path / "tone.wav", speed=0.001)
    threading.Timer(0.3, slow.stop).start()
    began = time.monotonic()
    assert list(slow) == []
    assert 0.25 < time.monotonic() - began < 5.0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.wav", b"", "empty.wav is an empty file"),
        ("text.wav", b"This is a shopping list. " * 50, "text.wav is not a sound file"),
        ("head.wav", b"RIFF\x24\x08\x00\x00WAVEfmt ", "head.wav is not a sound file"),
        ("what.raw", b"\x00" * 4000, "what.raw is not a sound file"),
    ],
)
def test_what_is_no_sound_is_refused_in_words(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SoundUnreadable, match=sentence) as refused:
        list(Recording(tmp_path / name))
    assert str(tmp_path) not in str(refused.value)


def test_no_file_no_seconds_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "nothing.wav", np.zeros((0, 1)), 16_000)
    with pytest.raises(SoundUnreadable, match="0 seconds"):
        list(Recording(tmp_path / "nothing.wav"))
    for missing in (tmp_path / "missing.wav", tmp_path):
        with pytest.raises(SoundUnreadable, match="There is no file"):
            list(Recording(missing))


def test_a_recording_that_breaks_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "whole.flac", tone(16_000, 1, 20.0) + np.random.default_rng(0).normal(0, 0.05), 16_000)
    content = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "half.flac").write_bytes(content[: len(content) // 2])
    frames = []
    with pytest.raises(SoundUnreadable, match="damaged after"):
        frames.extend(Recording(tmp_path / "half.flac"))
    assert 3.0 < len(frames) * FRAME / RATE < 17.0


def test_a_rate_no_device_has_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "odd.wav", np.zeros((100, 1)), 100)
    with pytest.raises(SoundUnreadable, match="100 samples a second"):
        list(Recording(tmp_path / "odd.wav"))


def test_a_stretch_is_as_long_as_asked(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(48_000, 1, 4.0), 48_000)
    assert len(read_stretch(tmp_path / "tone.wav", 1.0, 2.5)) / RATE == pytest.approx(1.5, abs=0.07)


def test_silence_lasts_and_is_silent() -> None:
    frames = list(Silence(2.0))
    assert frames[-1].end == pytest.approx(2.0, abs=0.04)
    assert not any(frame.samples.any() for frame in frames)
