"""Labelled recordings of single voices become phrases with exact truth. Nothing here composes a meeting."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

RATE = 16_000
STEP = 160
"""Samples; truth is told in steps of 10 ms."""
LEVEL = 0.05
"""Root mean square of the speech of every voice before it gets a seat."""
PHRASE_ENDS = 30
"""Steps of silence that end a phrase."""
FILLED = 20
"""Steps; shorter silences are speech, as a person would mark them."""
BURST = 6
"""Steps; shorter sounds are no speech."""
SHORTEST = 40
"""Steps of the shortest phrase."""
_AROUND = (4, 6)
"""Steps kept before and after a phrase, for soft beginnings and ends."""
_SOUNDS = (".flac", ".wav", ".ogg", ".opus", ".mp3")

Sound = NDArray[np.float32]
"""Shape (samples,), 16 kHz mono."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of speech without a pause, and in which steps of it somebody speaks."""

    sound: Sound
    """Shape (STEP * steps,)."""
    spoken: Flags
    """Shape (steps,)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything there is of one speaker, in the order it was said."""

    label: str
    phrases: tuple[Phrase, ...]

    @property
    def seconds(self) -> float:
        """Of phrases."""
        return sum(len(phrase.spoken) for phrase in self.phrases) * STEP / RATE

    def twin(self, pitch: float = 1.05) -> tuple[Voice, Voice]:
        """Two voices that are hard to tell apart: half of the phrases, and the other half a little higher."""
        raised = tuple(_raised(phrase, pitch) for phrase in self.phrases[1::2])
        return Voice(f"{self.label}-1", self.phrases[::2]), Voice(f"{self.label}-2", raised)


def from_arrays(label: str, sounds: Iterable[Sound]) -> Voice:
    """A voice from clean recordings of it, 16 kHz mono."""
    return Voice(label, tuple(phrase for sound in sounds for phrase in _phrases(np.asarray(sound, np.float32))))


def from_folder(folder: Path) -> list[Voice]:
    """A voice for every sub-folder with sound files."""
    speakers = sorted(path for path in folder.iterdir() if path.is_dir())
    found = {path.name: sorted(file for file in path.rglob("*") if file.suffix in _SOUNDS) for path in speakers}
    return [from_arrays(label, map(_read, files)) for label, files in found.items() if files]


def from_manifest(manifest: Path, **wanted: str) -> list[Voice]:
    """A voice for every `speaker` of a CSV with a column `path`; `wanted` keeps rows where a column has that value."""
    files: dict[str, list[Path]] = {}
    with manifest.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if all(row[column] == value for column, value in wanted.items()):
                files.setdefault(row["speaker"], []).append(manifest.parent / row["path"])
    return [from_arrays(label, map(_read, paths)) for label, paths in sorted(files.items())]


def from_meeting(sound: Path) -> list[Voice]:
    """The voices of a recorded meeting with its truth beside it (NAME.json with utterances, NAME.rttm)."""
    heard, truth = _read(sound), json.loads(sound.with_suffix(".json").read_text("utf-8"))
    lines = [line.split() for line in sound.with_suffix(".rttm").read_text("utf-8").splitlines()]
    said = [(f[7], round(float(f[3]) * 100), round((float(f[3]) + float(f[4])) * 100)) for f in lines]
    free = [
        (name, start, end)
        for name, start, end in said
        if not any(other != name and a < end + _AROUND[1] and b > start - _AROUND[0] for other, a, b in said)
    ]
    voices = []
    for name in sorted({seat["name"] for seat in truth["seats"]}):
        cut = [_cut(heard, [(start, end)]) for who, start, end in free if who == name and end - start >= SHORTEST]
        voices.append(Voice(name, tuple(_levelled(cut))))
    return voices


def runs(flags: Flags) -> list[tuple[int, int]]:
    """(first, past) of every stretch of true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(first), int(past)) for first, past in zip(edges[::2], edges[1::2], strict=True)]


def smoothed(flags: Flags) -> Flags:
    """Without bursts, and with short gaps filled."""
    kept = flags.copy()
    for value, shortest in ((False, FILLED), (True, BURST)):
        for first, past in runs(kept == value):
            inner = first > 0 and past < len(kept)
            if past - first < shortest and (inner or value):
                kept[first:past] = not value
    return kept


def _speech(sound: Sound) -> Flags:
    """Where a clean recording holds speech: not far below its loud parts, and above its own noise."""
    power = (sound[: len(sound) // STEP * STEP].reshape(-1, STEP).astype(np.float64) ** 2).mean(1)
    decibel = np.convolve(10 * np.log10(power + 1e-10), np.ones(3) / 3, "same")
    loud, noise = np.percentile(decibel, (95, 8))
    return smoothed(decibel > max(loud - 38, noise + 9))


def _phrases(sound: Sound) -> list[Phrase]:
    speech = _speech(sound)
    groups: list[list[tuple[int, int]]] = []
    for run in runs(speech):
        if groups and run[0] - groups[-1][-1][1] < PHRASE_ENDS:
            groups[-1].append(run)
        else:
            groups.append([run])
    return _levelled([_cut(sound, group) for group in groups if group[-1][1] - group[0][0] >= SHORTEST])


def _cut(sound: Sound, spoken: Sequence[tuple[int, int]]) -> Phrase:
    first = max(0, spoken[0][0] - _AROUND[0])
    past = min(len(sound) // STEP, spoken[-1][1] + _AROUND[1])
    flags = np.zeros(past - first, bool)
    for start, end in spoken:
        flags[max(0, start - first) : end - first] = True
    return Phrase(faded(sound[first * STEP : past * STEP]), flags)


def faded(sound: Sound, samples: int = STEP) -> Sound:
    """Without a click at either end."""
    soft = sound.copy()
    soft[:samples] *= np.linspace(0, 1, samples, dtype=np.float32)
    soft[-samples:] *= np.linspace(1, 0, samples, dtype=np.float32)
    return soft


def _levelled(phrases: Sequence[Phrase]) -> list[Phrase]:
    if not phrases:
        return []
    spoken = np.concatenate([phrase.sound.reshape(-1, STEP)[phrase.spoken].ravel() for phrase in phrases])
    gain = np.float32(LEVEL / np.sqrt(np.mean(spoken.astype(np.float64) ** 2)))
    return [Phrase(phrase.sound * gain, phrase.spoken) for phrase in phrases]


def _raised(phrase: Phrase, pitch: float) -> Phrase:
    sound = soxr.resample(phrase.sound, RATE * pitch, RATE)
    steps = len(sound) // STEP
    at = np.minimum(len(phrase.spoken) - 1, (np.arange(steps) * pitch).astype(int))
    return Phrase(faded(sound[: steps * STEP].astype(np.float32)), phrase.spoken[at])


def _read(path: Path) -> Sound:
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(axis=1)
    return (mono if rate == RATE else soxr.resample(mono, rate, RATE)).astype(np.float32)
