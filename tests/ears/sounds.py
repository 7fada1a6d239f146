"""Sounds that are not a person speaking, made by arithmetic: 16 kHz mono, the same with every run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from speech.frames import FRAME, RATE, Frame, Samples


def frames_of(samples: Samples) -> list[Frame]:
    """Whole frames, from position 0."""
    whole = len(samples) // FRAME
    return [Frame(samples=samples[n * FRAME : (n + 1) * FRAME], position=n * FRAME) for n in range(whole)]


def at_level(samples: Samples, level: float) -> Samples:
    """The same sound at a root mean square in dB relative to full scale."""
    root = float(np.sqrt(np.mean(np.asarray(samples, np.float64) ** 2)))
    return (samples * (10 ** (level / 20) / max(root, 1e-12))).astype(np.float32)


def _seconds(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * RATE)) / RATE


def white(seconds: float, seed: int = 0) -> Samples:
    return np.random.default_rng(seed).standard_normal(int(seconds * RATE)).astype(np.float32) * 0.1


def coloured(seconds: float, slope: float, seed: int = 0) -> Samples:
    """Noise whose power falls with frequency to the power `slope`: 1 is pink, 2 is brown."""
    spectrum = np.fft.rfft(white(seconds, seed))
    hertz = np.fft.rfftfreq(int(seconds * RATE), 1 / RATE)
    spectrum *= np.maximum(hertz, 30.0) ** (-slope / 2)
    return at_level(np.fft.irfft(spectrum, int(seconds * RATE)), -20)


def fan(seconds: float, seed: int = 0) -> Samples:
    """A projector: broadband wind, and the blades at 120 Hz and above, swelling a little."""
    at = _seconds(seconds)
    blades = sum(np.sin(2 * np.pi * 120 * n * at + n) / n for n in range(1, 6))
    return at_level(coloured(seconds, 1.2, seed) * (1 + 0.1 * np.sin(at)) + 0.01 * blades, -20)


def tone(seconds: float, hertz: float = 440.0) -> Samples:
    return (0.1 * np.sin(2 * np.pi * hertz * _seconds(seconds))).astype(np.float32)


def hum(seconds: float, mains: float = 50.0) -> Samples:
    """What a bad cable picks up: the mains and its harmonics."""
    parts = [(1, 1.0), (2, 0.5), (3, 0.6), (4, 0.15), (5, 0.3), (6, 0.1), (7, 0.2), (9, 0.1), (11, 0.06)]
    at = _seconds(seconds)
    return at_level(sum(size * np.sin(2 * np.pi * mains * n * at + n) for n, size in parts), -30)


def _pluck(hertz: float, seconds: float) -> np.ndarray:
    at = _seconds(seconds)
    return np.exp(-3 * at) * sum(np.sin(2 * np.pi * hertz * n * at) / n**1.3 for n in range(1, 8))


def music(seconds: float, seed: int = 0, drums: bool = True) -> Samples:
    """Chords, a bass, a melody and a beat, two beats a second, without a voice."""
    random = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE) + 2 * RATE)
    chords = [(0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14)]
    hit = random.standard_normal(int(0.08 * RATE)) * np.exp(-np.arange(int(0.08 * RATE)) / (0.015 * RATE))
    for beat in range(int(seconds * 2)):
        begin, chord = beat * RATE // 2, chords[beat // 4 % 4]
        for note in chord:
            part = _pluck(220 * 2 ** (note / 12), 1.2)
            sound[begin : begin + len(part)] += 0.3 * part
        bass, high = _pluck(55 * 2 ** (chord[0] / 12), 0.9), _pluck(440 * 2 ** (random.choice(chord) / 12), 0.6)
        sound[begin : begin + len(bass)] += 0.6 * bass
        sound[begin : begin + len(high)] += 0.5 * high
        for half in (0, RATE // 4) if drums else ():
            sound[begin + half : begin + half + len(hit)] += 0.25 * hit
    return at_level(sound[: int(seconds * RATE)], -20)


def organ(seconds: float) -> Samples:
    """Held chords that change every two seconds, without a beat."""
    at = _seconds(seconds)
    sound = np.zeros(len(at))
    for number, chord in enumerate([(0, 4, 7), (5, 9, 12), (7, 11, 14), (2, 5, 9)] * (int(seconds) // 8 + 1)):
        span = slice(number * 2 * RATE, (number + 1) * 2 * RATE)
        for note in chord:
            for n in range(1, 7):
                sound[span] += np.sin(2 * np.pi * 220 * 2 ** (note / 12) * n * at[span]) / n**1.5
    return at_level(sound, -20)


def _bursts(seconds: float, every: tuple[float, float], burst: Callable[..., np.ndarray], seed: int) -> Samples:
    random = np.random.default_rng(seed)
    sound = random.standard_normal(int(seconds * RATE) + 2 * RATE) * 3e-4
    at = random.uniform(*every)
    while at < seconds:
        part = burst(random)
        begin = int(at * RATE)
        sound[begin : begin + len(part)] += part
        at += random.uniform(*every)
    return sound[: int(seconds * RATE)].astype(np.float32)


def typing(seconds: float, seed: int = 0) -> Samples:
    def key(random: np.random.Generator) -> np.ndarray:
        length = int(0.03 * RATE)
        return random.standard_normal(length) * np.exp(-np.arange(length) / (0.004 * RATE)) * random.uniform(0.02, 0.08)

    return _bursts(seconds, (0.07, 0.3), key, seed)


def cups(seconds: float, seed: int = 0) -> Samples:
    def clink(random: np.random.Generator) -> np.ndarray:
        at = _seconds(0.4)
        rings = sum(np.sin(2 * np.pi * f * at) * np.exp(-at * d) for f, d in [(2300, 20), (3700, 30), (5900, 45)])
        return rings * random.uniform(0.02, 0.1)

    return _bursts(seconds, (0.8, 4.0), clink, seed)


def coughs(seconds: float, seed: int = 0) -> Samples:
    def cough(random: np.random.Generator) -> np.ndarray:
        length = int(random.uniform(0.2, 0.4) * RATE)
        at = np.arange(length) / RATE
        noise = np.convolve(random.standard_normal(length), np.hanning(9) / 4, "same")
        voiced = np.sign(np.sin(2 * np.pi * 140 * at)) * np.exp(-at * 20) * 0.6
        return (noise + voiced) * np.minimum(at / 0.01, 1) * np.exp(-at * 9) * random.uniform(0.1, 0.3)

    return _bursts(seconds, (1.0, 5.0), cough, seed)
