from __future__ import annotations

import itertools
import time
from pathlib import Path

import numpy as np
import pytest

from speech.events import SoundJudged
from speech.frames import FRAME, RATE, Frame, Samples
from speech.measures import BLOCK
from speech.mono import Mono
from speech.quality import SoundQuality
from speech.sources import read_stretch
from speech.voice import VoiceActivity
from tests.ears.sounds import at_level, coloured, coughs, cups, fan, frames_of, hum, music, organ, tone, typing, white

REHEARSALS = [Path(__file__).parents[2] / f"server/rehearsal/{language}.opus" for language in ("en", "nl")]
SECONDS = 30


def room(seconds: float = SECONDS, level: float = -65.0) -> Samples:
    return at_level(coloured(seconds, 1.0, seed=9), level)


def judged(sound: Samples, block: int = 4000) -> list[SoundJudged]:
    mono, activity, quality = Mono(rate=RATE, channels=1), VoiceActivity(), SoundQuality()
    told = []
    for begin in range(0, len(sound), block):
        for frame in mono.feed(sound[begin : begin + block, None].astype(np.float32)):
            told.append(quality.hear(frame, spoken=activity.process(frame).spoken))
    return [event for event in told if event is not None]


def troubles(sound: Samples) -> list[str]:
    return [event.trouble for event in judged(sound)]


@pytest.fixture(scope="module")
def speech() -> Samples:
    """60 s of the rehearsal: five voices, at -23 dB, with the pauses of a conversation."""
    return read_stretch(REHEARSALS[0], 42.0, 102.0)


@pytest.mark.parametrize(
    ("sound", "trouble"),
    [
        (np.zeros(SECONDS * RATE), "dead"),
        (np.full(SECONDS * RATE, 0.4), "dead"),
        (np.full(SECONDS * RATE, np.nan), "dead"),
        (np.tile(white(0.05), SECONDS * 20), "dead"),
        (at_level(white(SECONDS), -30), "noise"),
        (fan(SECONDS), "noise"),
        (tone(SECONDS) + room(), "noise"),
        (hum(SECONDS) + room(), "hum"),
        (at_level(hum(SECONDS, 60), -48) + room(), "hum"),
        (music(SECONDS) + room(), "music"),
        (at_level(music(SECONDS, 1, drums=False), -40) + room(), "music"),
        (organ(SECONDS) + room(), "music"),
    ],
    ids=["zeros", "offset", "nan", "stuck", "white", "fan", "tone", "hum 50", "hum 60", "music", "soft music", "organ"],
)
def test_each_trouble_is_said_once_within_twelve_seconds(sound: Samples, trouble: str) -> None:
    told = judged(sound)
    assert [event.trouble for event in told] == [trouble]
    assert 4.0 < told[0].at < 12.0


@pytest.mark.parametrize(
    "sound",
    [
        room(),
        room(level=-80.0),
        at_level(white(SECONDS), -50),
        at_level(fan(SECONDS), -45),
        at_level(hum(SECONDS), -70) + room(),
        at_level(music(SECONDS), -60),
        typing(SECONDS),
        cups(SECONDS),
        coughs(SECONDS),
    ],
    ids=["room", "still room", "hiss", "projector", "faint hum", "faint music", "typing", "cups", "coughs"],
)
def test_what_a_room_is_full_of_is_no_trouble(sound: Samples) -> None:
    assert troubles(sound) == []


@pytest.mark.parametrize("path", REHEARSALS, ids=lambda path: path.stem)
def test_nothing_is_said_about_a_good_recording(path: Path) -> None:
    frames = read_stretch(path, 0.0, 60.0), read_stretch(path, 150.0, 210.0)
    assert troubles(np.concatenate(frames)) == []


def test_speech_too_soft_and_speech_too_loud_are_told_apart(speech: Samples) -> None:
    assert troubles(at_level(speech, -50)) == ["too_quiet"]
    assert troubles(at_level(speech, -42)) == []
    assert troubles(np.clip(speech * 8, -1, 1)) == ["clipped"]


@pytest.mark.parametrize(
    ("added", "trouble"),
    [
        (at_level(hum(20), -35), "hum"),
        (at_level(fan(20), -25), "noise"),
        (at_level(music(20), -28), "music"),
    ],
    ids=["hum", "fan", "music"],
)
def test_a_trouble_that_passes_is_taken_back(speech: Samples, added: Samples, trouble: str) -> None:
    pause = room(20.0)
    sound = np.concatenate([speech[: 20 * RATE], pause + added, speech[20 * RATE : 50 * RATE]])
    told = judged(sound)
    assert [event.trouble for event in told] == [trouble, ""]
    assert told[1].at > 40.0


def test_a_single_beep_a_bell_and_a_shout_are_no_trouble(speech: Samples) -> None:
    at = np.arange(12 * RATE) / RATE
    bell = 0.3 * sum(np.exp(-at / 4) * np.sin(2 * np.pi * part * at) for part in (412, 823, 1317))
    sound = np.concatenate([speech[: 20 * RATE], bell + room(12.0), tone(2.0) * 3, speech[20 * RATE : 40 * RATE]])
    sound[10 * RATE : 11 * RATE] = np.clip(sound[10 * RATE : 11 * RATE] * 30, -1, 1)
    assert troubles(sound) == []


def test_a_microphone_that_gives_silence_in_every_pause_is_not_dead(speech: Samples) -> None:
    nothing = np.zeros(20 * RATE, np.float32)
    gated = np.concatenate([room(5.0), nothing[: 4 * RATE], speech[: 10 * RATE], nothing, speech[: 10 * RATE]])
    assert troubles(gated) == []
    assert troubles(np.concatenate([speech[: 10 * RATE], nothing])) == ["dead"]


def test_blocks_of_any_size_are_judged_alike(speech: Samples) -> None:
    sound = np.concatenate([music(15), speech[: 20 * RATE], np.zeros(12 * RATE)])
    told = judged(sound, block=640)
    assert told
    assert told == judged(sound, block=50_000)


def test_a_stuck_device_is_noticed_and_let_go_again(speech: Samples) -> None:
    quality = SoundQuality()
    stuck = np.tile(speech[20 * RATE : 20 * RATE + RATE // 5], 50)
    marks = []
    for frame in frames_of(np.concatenate([speech[: 10 * RATE], stuck, speech[: 10 * RATE]])):
        quality.hear(frame, spoken=True)
        marks.append((frame.end, quality.stuck))
    assert not any(mark for end, mark in marks if end < 10.0)
    assert all(mark for end, mark in marks if 12.1 < end < 20.0)
    assert not any(mark for end, mark in marks if end > 22.1)


def test_judging_costs_less_than_a_third_of_a_percent_of_one_core(speech: Samples) -> None:
    frames = frames_of(speech)
    quality = SoundQuality()
    began = time.process_time()
    for frame, _ in zip(itertools.cycle(frames), range(4 * len(frames)), strict=False):
        quality.hear(frame, spoken=True)
    assert (time.process_time() - began) / (4 * len(frames) * FRAME / RATE) < 0.003


def test_a_quarter_of_an_hour_leaves_no_more_in_memory_than_a_minute() -> None:
    quality = SoundQuality()
    quiet = room(BLOCK * FRAME / RATE)
    for second in range(900):
        for at in range(BLOCK):
            frame = Frame(samples=quiet[at * FRAME : (at + 1) * FRAME], position=(second * BLOCK + at) * FRAME)
            assert quality.hear(frame, spoken=False) is None
    assert len(quality._floors) <= 8
    assert len(quality._hum._lines) <= 8
