"""Here dry voices sound together on one table in a quiet room; nothing is measured or written."""

from collections.abc import Sequence

import numpy as np

from server.rehearsal.kokoro import Audio
from server.rehearsal.timing import HERTZ, RMS, STEP, Spoken

REVERBERATION_SECONDS = 0.28
"""Time in which the room's sound falls by 60 dB."""
REVERBERATION_DECIBEL = -16.0
"""Energy of all reflections together, against the direct sound."""
NOISE_DECIBEL = -36.0
"""Noise of the room against the speech level: low, a laptop fan in the next room."""
SEAT_DECIBEL = 2.0
"""How much louder or softer than the common level a seat may be."""
PEAK = 0.7


def impulse_response(chance: np.random.Generator) -> Audio:
    """A gentle room as one seat hears it: the direct sound, then reflections that die away."""
    length = int(REVERBERATION_SECONDS * HERTZ)
    seconds = np.arange(length) / HERTZ
    tail = chance.standard_normal(length) * 10 ** (-3 * seconds / REVERBERATION_SECONDS)
    tail[: int(0.004 * HERTZ)] = 0
    # Walls swallow high tones: a short running mean takes the hiss out of the tail.
    tail = np.convolve(tail, np.ones(4) / 4, "same")
    tail *= np.sqrt(10 ** (REVERBERATION_DECIBEL / 10) / np.sum(tail**2))
    tail[0] = 1.0
    return tail.astype(np.float32)


def convolved(audio: Audio, response: Audio) -> Audio:
    """The audio as it sounds in the room, longer by the tail."""
    length = len(audio) + len(response) - 1
    size = 1 << (length - 1).bit_length()
    spectrum = np.fft.rfft(audio, size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[:length].astype(np.float32)


def room_noise(length: int, chance: np.random.Generator) -> Audio:
    """Noise that falls by 3 dB an octave above 50 Hz, at its level against speech."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / HERTZ)
    spectrum *= np.where(hertz < 50, 0, 1 / np.sqrt(np.maximum(hertz, 50)))
    noise = np.fft.irfft(spectrum, length)
    noise *= RMS * 10 ** (NOISE_DECIBEL / 20) / np.sqrt(np.mean(noise**2))
    return noise.astype(np.float32)


def mixed(spoken: Sequence[Spoken], steps: int, chance: np.random.Generator) -> Audio:
    """The whole recording, mono at 16 kHz, `steps` x 10 ms long."""
    mix = room_noise(steps * STEP, chance)
    seats = sorted({one.seat.number for one in spoken})
    rooms = {
        seat: impulse_response(chance) * 10 ** (chance.uniform(-SEAT_DECIBEL, SEAT_DECIBEL) / 20) for seat in seats
    }
    for one in spoken:
        wet = convolved(one.audio, rooms[one.seat.number].astype(np.float32))
        start = one.at * STEP
        wet = wet[: len(mix) - start]
        mix[start : start + len(wet)] += wet
    mix *= PEAK / float(np.max(np.abs(mix)))
    return mix
