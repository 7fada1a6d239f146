"""Where two speak at once: found by the network on real voices, and remembered for half a minute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from speech import models
from speech.frames import FRAME, RATE, Samples
from speech.problems import ModelUnusable
from speech.ring import Ring
from speech.segmentation import Overlap, Segmentation
from speech.voice import Voice
from tests.ears.conftest import SENTENCES, quiet, say
from tests.ears.sounds import at_level, frames_of, music, white


class Told:
    """A network that finds two voices wherever it is told; it looks at the loudness of what it gets."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, samples: Samples) -> NDArray[np.float32]:
        self.looks += 1
        middles = np.clip(np.arange(293) * 270 + 495, 0, len(samples) - 1)
        return (np.abs(samples[middles]) > 0.5).astype(np.float32)


def follow(sound: Samples, network: Segmentation | Told, voiced: Callable[[float], bool]) -> Overlap:
    """The overlap of a sound heard to its end; `voiced` says at which seconds there is voice."""
    ring = Ring(8.0)
    overlap, last = Overlap(network, ring), 0  # type: ignore[arg-type]
    for frame in frames_of(sound):
        ring.append(frame)
        spoken = voiced(frame.end)
        last = frame.position + FRAME if spoken else last
        overlap.hear(frame, Voice(spoken=spoken, start=0 if spoken else None, last=last))
    return overlap


def seconds(spans: list[tuple[int, int]]) -> list[tuple[float, float]]:
    return [(start / RATE, end / RATE) for start, end in spans]


def always(second: float) -> bool:
    return True


def spoken(sound: Samples) -> Samples:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return sound[loud[0] : loud[-1]]


def both_from(begin: float, end: float, length: float) -> Samples:
    """What `Told` takes for two voices."""
    sound = np.zeros(int(length * RATE), np.float32)
    sound[int(begin * RATE) : int(end * RATE)] = 1.0
    return sound


# The network itself


@pytest.fixture(scope="module")
def alone() -> Samples:
    return np.concatenate([quiet(0.5), say(SENTENCES[1], "A"), quiet(0.5)])


@pytest.fixture(scope="module")
def mixture() -> tuple[Samples, float, float]:
    """A speaks, B begins before A is done: the sound, and where both speak."""
    first, second = spoken(say(SENTENCES[1], "A")), spoken(say(SENTENCES[3], "B"))
    begin = len(first) - int(1.5 * RATE)
    sound = np.concatenate([quiet(0.5), first, np.zeros(len(second) - int(1.5 * RATE), np.float32), quiet(0.5)])
    sound[RATE // 2 + begin : RATE // 2 + begin + len(second)] += second
    return sound, 0.5 + begin / RATE, 0.5 + len(first) / RATE


def test_two_voices_laid_over_each_other_are_found_where_they_are(
    mixture: tuple[Samples, float, float], segmentation: Segmentation
) -> None:
    sound, begin, end = mixture
    ((start, until),) = seconds(follow(sound, segmentation, always).spans(0, len(sound)))
    assert start == pytest.approx(begin, abs=0.35)
    assert until == pytest.approx(end, abs=0.35)


@pytest.mark.parametrize("level", [-15, -45])
def test_one_voice_alone_is_nobodys_overlap(alone: Samples, segmentation: Segmentation, level: float) -> None:
    assert follow(at_level(alone, level), segmentation, always).spans(0, len(alone)) == []


def test_noise_and_music_are_not_two_voices(segmentation: Segmentation) -> None:
    for sound in (white(5.0), music(5.0), np.zeros(5 * RATE, np.float32)):
        assert follow(sound, segmentation, always).spans(0, len(sound)) == []


def test_the_network_answers_the_same_every_time_and_after_another_sound(
    mixture: tuple[Samples, float, float], segmentation: Segmentation
) -> None:
    window = mixture[0][: 5 * RATE]
    once = segmentation(window)
    segmentation(white(5.0))
    assert np.array_equal(segmentation(window), once)
    assert np.array_equal(Segmentation(models.segmentation_network())(window), once)
    assert once.min() >= 0
    assert once.max() <= 1.0 + 1e-5


def test_a_damaged_or_missing_network_is_explained(tmp_path: Path) -> None:
    whole = models.SEGMENTATION_NETWORK.read_bytes()
    for name, content in {"short.onnx": whole[:1000], "changed.onnx": whole[:-1] + b"?", "gone.onnx": None}.items():
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ModelUnusable) as refusal:
            models.segmentation_network(path)
        assert "segmentation" in str(refusal.value)
        assert name in str(refusal.value)
        assert str(tmp_path) not in str(refusal.value).split(name)[0]


def test_the_models_that_came_with_kring_name_this_one() -> None:
    assert any(model.name.startswith("pyannote") and model.whole for model in models.installed())


# What is remembered of it


def test_silence_costs_no_inference() -> None:
    network = Told()
    follow(np.zeros(60 * RATE, np.float32), network, lambda second: second < 3.0)
    assert 3 <= network.looks <= 6


def test_while_somebody_speaks_it_looks_once_a_second() -> None:
    network = Told()
    follow(np.zeros(20 * RATE, np.float32), network, always)
    assert network.looks == 20


def test_without_a_network_nobody_ever_overlaps() -> None:
    ring = Ring(8.0)
    overlap = Overlap(None, ring)
    for frame in frames_of(both_from(1, 3, 5)):
        ring.append(frame)
        overlap.hear(frame, Voice(spoken=True, start=0, last=frame.position + FRAME))
    assert overlap.spans(0, 5 * RATE) == []
    assert not overlap.lately


def test_an_overlap_is_told_where_it_is_and_cut_to_what_was_asked() -> None:
    overlap = follow(both_from(2.0, 3.5, 6.0), Told(), always)
    ((start, end),) = seconds(overlap.spans(0, 6 * RATE))
    assert (start, end) == (pytest.approx(2.0, abs=0.03), pytest.approx(3.5, abs=0.03))
    assert seconds(overlap.spans(int(2.5 * RATE), 3 * RATE)) == [(2.5, 3.0)]
    assert overlap.spans(4 * RATE, 6 * RATE) == []


def test_asking_for_what_was_just_said_looks_once_more() -> None:
    network = Told()
    overlap = follow(both_from(4.2, 5.0, 5.5), network, always)
    before = network.looks
    assert overlap.spans(4 * RATE, 5 * RATE)
    assert network.looks == before + 1
    assert overlap.spans(4 * RATE, 5 * RATE)
    assert network.looks == before + 1


def test_a_moment_of_overlap_is_not_told_and_a_moment_between_two_is_filled() -> None:
    assert follow(both_from(2.0, 2.1, 5.0), Told(), always).spans(0, 5 * RATE) == []
    sound = both_from(2.0, 3.0, 5.0)
    sound[int(2.5 * RATE) : int(2.56 * RATE)] = 0.0
    assert len(follow(sound, Told(), always).spans(0, 5 * RATE)) == 1


def test_nonsense_asks_for_nothing() -> None:
    overlap = follow(both_from(1, 2, 5), Told(), always)
    assert overlap.spans(3 * RATE, 2 * RATE) == []
    assert overlap.spans(-(10**9), 0) == []
    assert overlap.spans(10**9, 2 * 10**9) == []
    assert len(overlap.spans(-(10**12), 10**12)) == 1


def test_what_was_half_a_minute_ago_is_not_taken_for_now() -> None:
    """The memory is a ring: what is not looked at yet must not be read from the lap before."""
    overlap = follow(both_from(5.0, 8.0, 35.5), Told(), always)
    for frame_end in (35.5, 36.0, 37.9):
        assert overlap.spans(35 * RATE, int(frame_end * RATE)) == []
    assert overlap.spans(int(35.2 * RATE), int(35.5 * RATE)) == []


def test_a_pause_that_nobody_looked_at_holds_no_overlap_of_the_lap_before() -> None:
    overlap = follow(both_from(5.0, 8.0, 45.0), Told(), lambda second: second < 10 or second > 42)
    assert overlap.spans(34 * RATE, 39 * RATE) == []


def test_what_is_longer_ago_than_it_remembers_is_told_as_no_overlap() -> None:
    overlap = follow(both_from(35.0, 38.0, 45.0), Told(), always)
    assert overlap.spans(5 * RATE, 8 * RATE) == []
    assert overlap.spans(0, 45 * RATE) == overlap.spans(30 * RATE, 45 * RATE)
