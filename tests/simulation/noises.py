"""What is to be heard at a table besides voices: hiss, hum, cups, clicks, coughs, typing, a projector. No speech."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.simulation.voices import RATE

Noise = NDArray[np.float64]
"""Shape (samples,)."""


def pink(samples: int, chance: np.random.Generator) -> Noise:
    """Noise that falls by 3 dB an octave, root mean square 1."""
    spectrum = np.fft.rfft(chance.standard_normal(samples))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(samples, 1 / RATE), 20.0))
    noise = np.fft.irfft(spectrum, samples)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def hum(samples: int, hertz: float = 50.0) -> Noise:
    """Mains and its overtones, root mean square 1."""
    seconds = np.arange(samples) / RATE
    tones = [np.sin(2 * np.pi * hertz * times * seconds + times) / times for times in (1, 2, 3, 4, 6)]
    noise = np.sum(tones, axis=0)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def projector(samples: int, chance: np.random.Generator) -> Noise:
    """A fan: broad noise with the tone of its blades, root mean square 1."""
    seconds = np.arange(samples) / RATE
    air = np.convolve(chance.standard_normal(samples + 15), np.hanning(18)[1:-1], "valid")
    noise = air / air.std() + 0.4 * np.sin(2 * np.pi * 230 * seconds) + 0.2 * np.sin(2 * np.pi * 460 * seconds)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def cup(chance: np.random.Generator) -> Noise:
    """China on wood: a knock that rings, peak about 1."""
    seconds = np.arange(int(0.3 * RATE)) / RATE
    rings = sum(np.sin(2 * np.pi * f * seconds) for f in chance.uniform(900, 4500, 4)) * np.exp(-seconds * 28) / 4
    knock = chance.standard_normal(len(seconds)) * np.exp(-seconds * 220)
    return np.asarray(0.6 * rings + 0.4 * knock)


def click(chance: np.random.Generator) -> Noise:
    """A pen."""
    seconds = np.arange(int(0.012 * RATE)) / RATE
    return np.asarray(chance.standard_normal(len(seconds)) * np.exp(-seconds * 600))


def cough(chance: np.random.Generator) -> Noise:
    """A throat, once or twice: a burst of air with the colour of a mouth."""
    burst = int(0.28 * RATE)
    seconds = np.arange(burst) / RATE
    swell = np.minimum(1.0, seconds / 0.015) * np.exp(-seconds * 11)
    parts = []
    for _ in range(int(chance.integers(1, 3))):
        air = chance.standard_normal(burst)
        voiced = sum(np.sin(2 * np.pi * f * seconds + p) for f, p in ((480, 0.3), (1150, 1.1), (2300, 2.0)))
        coloured = np.convolve(air, np.hanning(9)[1:-1], "same")
        parts += [swell * (0.8 * coloured / coloured.std() + 0.25 * voiced), np.zeros(int(0.12 * RATE))]
    return np.concatenate(parts) / 2


def typing(chance: np.random.Generator) -> Noise:
    """Two seconds of keys."""
    sound = np.zeros(2 * RATE)
    at = 0
    while (at := at + int(chance.uniform(0.07, 0.28) * RATE)) < len(sound) - RATE // 20:
        key = click(chance) * chance.uniform(0.3, 1.0)
        sound[at : at + len(key)] += key
    return sound


EVENTS: dict[str, Callable[[np.random.Generator], Noise]] = {
    "cups": cup,
    "clicks": click,
    "coughs": cough,
    "typing": typing,
}
"""Noises that come now and then, from somewhere on the table."""
BEDS = ("pink", "hum", "projector")
"""Noises that are there all the time."""
