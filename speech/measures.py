"""What a second of sound is like, in numbers. Nothing here decides whether that is good or remembers a second before.

A second is a block of 32 frames. Speech moves: its level, its spectrum and its pitch change within a tenth of a second.
What does not move is no speech: noise keeps its spectrum, music holds its notes, a stuck device repeats itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.frames import FRAME, RATE, Samples

BLOCK = 32
"""Frames measured at a time, 1.024 s."""
LOW, HIGH = 156.0, 5000.0
"""Hertz; the band of `Second.band`, where speech is told from speech. A rumble below does not bury it."""
NOTHING = -120.0
"""dB; stands for no power at all."""

_FRAME_WINDOW = np.hanning(FRAME).astype(np.float32)
_FIRST, _LAST = round(LOW * FRAME / RATE), round(HIGH * FRAME / RATE)
_BAND_SCALE = 2 / (FRAME * float((_FRAME_WINDOW**2).sum()))
_EDGES = np.linspace(_FIRST, _LAST, 17).astype(int)[:-1]

_NOTE = 2048
"""Samples of the spectra in which notes are looked for: 8 Hz from line to line."""
_NOTE_WINDOW = np.hanning(_NOTE).astype(np.float32)
_NOTES = slice(round(100 * _NOTE / RATE), round(4000 * _NOTE / RATE))
_AROUND = 16
"""Lines on either side with which a note is compared."""
_STANDS_OUT = 10.0
"""dB that a note lies above its surroundings."""

_PERIODS = range(RATE // 100, RATE // 2)
"""Samples; a sound that repeats itself after one of these is looked for: stuck blocks, tones, hum."""
_REPEATS = 0.01
"""Of the power: what may be left after the sound a period earlier is taken away. Held vowels leave 0.05 and more."""

LINES = 1400
"""Lines of `Second.lines`, 0.98 Hz each."""
LINE_HERTZ = RATE / (BLOCK * FRAME)
_LINE_SCALE = 2 / (BLOCK * FRAME / 2) ** 2
"""A sine comes out with its own power in its strongest line."""
_SAME = 1e-4
"""Of the power: what the taking away of an offset may leave of a repetition."""
_MANY_LINES = 150
"""Lines within 60 dB of the strongest: tones have 3 each, hum at most 80, a block of 50 ms repeated 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """One block, measured. Levels in dB relative to full scale."""

    level: float
    """Root mean square, without an offset."""
    frames: NDArray[np.float64]
    """Power between LOW and HIGH of every frame; shape (BLOCK,)."""
    moves: float
    """How much the level of a band changes in the second, dB: steady noise 0.9, speech 4 to 15."""
    notes: float
    """Notes held for 0.3 s or more, on average at a time: music 10, the pauses of speech at most 1."""
    held: NDArray[np.bool_]
    """Where in the spectrum they lie."""
    repeats: bool
    """The sound is the same over and over, as no voice is: a tone, a hum."""
    stuck: bool
    """It is the very same, sample for sample, and no mere tone: a device that hands over one block again and again."""
    lines: NDArray[np.float64]
    """Power of lines 0.98 Hz apart, from 0 Hz; shape (LINES,)."""


def measure(sound: Samples) -> Second:
    """Takes BLOCK frames, shape (BLOCK * FRAME,)."""
    sound = sound - sound.mean()
    power = float(np.mean(sound**2))
    frames, moves = _movement(sound)
    notes, held = _notes(sound)
    spectrum = np.fft.rfft(sound)
    lines = _lines(spectrum[: LINES + 1])
    rest = _unrepeated(sound, spectrum) if decibel(power) > NOTHING + 20 else power
    return Second(
        level=decibel(power),
        frames=frames,
        moves=moves,
        notes=notes,
        held=held,
        repeats=rest < _REPEATS * power,
        stuck=rest < _SAME * power and int(np.count_nonzero(lines > 1e-6 * lines.max())) > _MANY_LINES,
        lines=lines,
    )


def band_power(frames: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean square between LOW and HIGH of frames, shape (n, FRAME) to (n,)."""
    power: NDArray[np.float64] = _spectra(frames)[:, _FIRST:_LAST].sum(axis=1)
    return power


def decibel(power: float) -> float:
    """Mean square to dB relative to full scale."""
    return max(NOTHING, 10 * float(np.log10(max(power, 1e-12))))


def _spectra(frames: NDArray[np.float32]) -> NDArray[np.float64]:
    spectra = np.fft.rfft(frames * _FRAME_WINDOW, axis=1)
    return (spectra.real.astype(np.float64) ** 2 + spectra.imag.astype(np.float64) ** 2) * _BAND_SCALE


def _movement(sound: Samples) -> tuple[NDArray[np.float64], float]:
    spectra = _spectra(sound.reshape(BLOCK, FRAME))[:, :_LAST]
    bands = np.add.reduceat(spectra, _EDGES, axis=1).reshape(BLOCK // 4, 4, len(_EDGES)).mean(axis=1)
    moves = (10 * np.log10(bands + 1e-12)).std(axis=0).mean()
    return spectra[:, _FIRST:].sum(axis=1), float(moves)


def _notes(sound: Samples) -> tuple[float, NDArray[np.bool_]]:
    pieces = np.lib.stride_tricks.sliding_window_view(sound, _NOTE)[:: _NOTE // 2]
    level = 20 * np.log10(np.abs(np.fft.rfft(pieces * _NOTE_WINDOW, axis=1))[:, _NOTES] + 1e-9)
    sums = np.cumsum(np.pad(level, ((0, 0), (_AROUND + 1, _AROUND)), mode="edge"), axis=1)
    around = (sums[:, 2 * _AROUND + 1 :] - sums[:, : -2 * _AROUND - 1]) / (2 * _AROUND + 1)
    peak = level > around + _STANDS_OUT
    peak[:, 1:] &= level[:, 1:] > level[:, :-1]
    peak[:, :-1] &= level[:, :-1] >= level[:, 1:]
    near = widened(peak)
    held = np.logical_and.reduce([near[:-3], near[1:-2], near[2:-1], near[3:]])
    anywhere: NDArray[np.bool_] = held.any(axis=0)
    return float(held.sum(axis=1).mean()) / 3, anywhere


def widened(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Marks and their neighbours along the last axis."""
    wide = marks.copy()
    wide[..., 1:] |= marks[..., :-1]
    wide[..., :-1] |= marks[..., 1:]
    return wide


def _lines(spectrum: NDArray[np.complexfloating[Any, Any]]) -> NDArray[np.float64]:
    """Power of the first LINES, through a Hann window, which in the spectrum is a sum of neighbours."""
    padded = np.concatenate([spectrum[1:2].conj(), spectrum])
    windowed = padded[1:-1] / 2 - (padded[:-2] + padded[2:]) / 4
    power: NDArray[np.float64] = np.abs(windowed).astype(np.float64) ** 2 * _LINE_SCALE
    return power


def _unrepeated(sound: Samples, spectrum: NDArray[np.complexfloating[Any, Any]]) -> float:
    """Power that is left after the sound a period earlier is taken away, at the best period."""
    likeness = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)
    lag = _PERIODS.start + int(np.argmax(likeness[_PERIODS.start : _PERIODS.stop]))
    rest = sound[lag:] - sound[:-lag]
    return float(np.mean(rest**2)) / 2
