"""A small spoken meeting, made by espeak-ng: three voices, an enrolment round, then a conversation."""

from __future__ import annotations

import copy
import hashlib
import io
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from speech.embedding import CamPlus, Embedder, Vector
from speech.enrolment import enrol_from
from speech.events import SeatEnrolled, SpeechEvent
from speech.frames import RATE, Samples
from speech.listener import listen
from speech.models import segmentation_network, speaker_network
from speech.noting import Context
from speech.segmentation import Segmentation
from speech.sources import Recording, Source
from speech.voices import Voices
from speech.words.recogniser import Word

VOICES = {"A": ("en-us+m3", 35), "B": ("en-us+f4", 70), "C": ("en-gb-scotland+f5", 99)}
INTRODUCTION = "Good morning, I am glad to be here. I work in a school near the river and came by bicycle."
SENTENCES = (
    "What happened just before the meeting came to an end?",
    "She looked at the window, and nobody said anything.",
    "Who else could help you to look at this from another side?",
    "It was the third time that the same question came back.",
)


def say(text: str, seat: str) -> Samples:
    """One sentence in the voice of a seat, 16 kHz mono."""
    voice, pitch = VOICES[seat]
    command = ["espeak-ng", "--stdout", "-v", voice, "-p", str(pitch), "-s", "150", text]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    sound, rate = soundfile.read(io.BytesIO(spoken), dtype="float32")
    return soxr.resample(sound, rate, RATE).astype(np.float32) * 0.5


@dataclass(frozen=True)
class Meeting:
    path: Path
    sound: Samples
    enrolments: tuple[tuple[str, float, float], ...]
    turns: tuple[tuple[str, float, float], ...]
    """Seat, start, end in seconds, of the conversation."""

    @property
    def begin(self) -> float:
        return self.enrolments[-1][2] + 0.5


def quiet(seconds: float) -> Samples:
    return (np.random.default_rng(1).standard_normal(int(seconds * RATE)) * 1e-4).astype(np.float32)


@pytest.fixture(scope="session")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    parts, at = [quiet(1.0)], 1.0
    spans = []
    order = [*VOICES, "A", "B", "C", "A"]
    for number, seat in enumerate(order):
        sound = say(INTRODUCTION if number < len(VOICES) else SENTENCES[number - len(VOICES)], seat)
        spans.append((seat, at, at + len(sound) / RATE))
        parts += [sound, quiet(0.8)]
        at += len(sound) / RATE + 0.8
    sound = np.concatenate(parts)
    path = tmp_path_factory.mktemp("spoken") / "meeting.wav"
    soundfile.write(path, sound, RATE, subtype="PCM_16")
    return Meeting(path, sound, tuple(spans[: len(VOICES)]), tuple(spans[len(VOICES) :]))


class CountingRecogniser:
    """Says how many tenths of a second it was given, so that answers depend on the sound alone."""

    name, language = "counting", "en"

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        time.sleep(self.seconds)
        return tuple(Word(text="w", start=0.0, end=0.1, confidence=1.0) for _ in range(len(samples) * 10 // RATE))


@dataclass(frozen=True)
class Judged:
    act: str
    advice: float
    cue: str | None


class CountingClassifier:
    """Answers with what it was told, so that a test can see it."""

    def classify(self, text: str, role: str, phase: str | None = None, previous: str | None = None) -> Judged:
        return Judged(act="story", advice=len(text) / 1000, cue=f"{role}.{phase}")


class Remembering:
    """The real network, asked once for each piece of sound: the tests hear the same meeting many times."""

    def __init__(self, network: Embedder) -> None:
        self._network = network
        self._answers: dict[bytes, Vector] = {}

    def __call__(self, samples: Samples) -> Vector:
        key = hashlib.sha256(samples.tobytes()).digest()
        if key not in self._answers:
            self._answers[key] = self._network(samples)
        return self._answers[key].copy()  # whoever asked overwrites it in the end


@pytest.fixture(scope="session")
def network() -> Embedder:
    return Remembering(CamPlus(speaker_network()))


@pytest.fixture(scope="session")
def enrolled(network: Embedder, meeting: Meeting) -> Voices:
    known = Voices(network)
    told = [event for event in enrol_from(meeting.path, meeting.enrolments, known) if isinstance(event, SeatEnrolled)]
    assert [(event.seat, event.alike) for event in told] == [(seat, None) for seat in VOICES]
    return known


def another(known: Voices) -> Voices:
    """The same voices, to be changed freely."""
    copied = Voices(known.embed)
    copied._known = copy.deepcopy(known._known)
    return copied


@pytest.fixture
def voices(enrolled: Voices) -> Voices:
    """The three seats, enrolled, for this test alone."""
    return another(enrolled)


@pytest.fixture(scope="session")
def segmentation() -> Segmentation:
    return Segmentation(segmentation_network())


@pytest.fixture(scope="session")
def heard(enrolled: Voices, segmentation: Segmentation, meeting: Meeting) -> list[SpeechEvent]:
    """The events of the whole meeting, words counted and acts judged as it goes."""
    return list(listen_to(meeting, another(enrolled), segmentation=segmentation))


def listen_to(meeting: Meeting, voices: Voices, source: Source | None = None, **how: Any) -> Iterator[SpeechEvent]:
    return listen(
        source or Recording(meeting.path),
        voices=voices,
        recogniser=CountingRecogniser(),
        classifier=CountingClassifier(),
        context=Context(roles={"A": "facilitator", "B": "case_owner"}, phase="analysis"),
        **how,
    )
