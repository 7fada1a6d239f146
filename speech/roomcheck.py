"""A seat says a sentence, and hears how well it is heard. Nothing here learns a voice or keeps sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.events import SeatChecked
from speech.frames import FRAME, RATE, Frame
from speech.measures import band_power, decibel
from speech.quality import CLIPPED
from speech.voice import Voice

ENOUGH = 4.0
"""Seconds of speech after which the answer changes no more."""
LEAST = 1.0
"""Seconds of speech below which nothing can be said."""
PAUSE = 1.0
"""Seconds of silence that end a check with LEAST of speech."""
PATIENCE = 6.0
"""Seconds to wait for the first word, and again from there to the end."""
ROOM = 0.5
"""Seconds between the words that say enough about the noise; with less, its quietest moments count as well."""
_AFTER = 5
"""Frames after a word that still ring in the room."""
SOFT = -52.0
"""dB of speech; one seat may lie below what is too quiet for a group, voices are told apart down to -65 in silence."""
NOISY = 10.0
"""dB of speech above the noise: from here on downwards more than 2 % of what is booked is no speech."""


class RoomCheck:
    """Listens to one seat from now on."""

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self._power: list[float] = []
        self._limited: list[float] = []
        self._band: list[float] = []
        self._spoken: list[bool] = []
        self._waited = self._quiet = 0

    @property
    def seconds(self) -> float:
        """Of speech heard."""
        return sum(self._spoken) * FRAME / RATE

    def process(self, frame: Frame, voice: Voice) -> bool:
        """Takes a frame; true when it is time to conclude."""
        if voice.spoken and not any(self._spoken):
            self._waited = 0
        self._waited += FRAME
        self._quiet = 0 if voice.spoken else self._quiet + FRAME
        self._spoken.append(voice.spoken)
        self._limited.append(frame.limited)
        self._power.append(float(np.mean(frame.samples**2)))
        self._band.append(float(band_power(frame.samples[None])[0]))
        seconds = self.seconds
        paused = self._quiet >= PAUSE * RATE and seconds >= LEAST
        return seconds >= ENOUGH or paused or self._waited >= PATIENCE * RATE

    def conclude(self) -> SeatChecked:
        """The answer, in whatever state the check is."""
        spoken = np.array(self._spoken, np.bool_)
        power, band = np.array(self._power), np.array(self._band)
        noise, noise_band = _between(power, spoken), _between(band, spoken)
        speech = _above(power[spoken], noise)
        return SeatChecked(
            seat=self.seat,
            seconds=round(self.seconds, 2),
            level=round(decibel(speech), 1),
            noise=round(decibel(noise), 1),
            verdict=self._verdict(decibel(speech), decibel(_above(band[spoken], noise_band)) - decibel(noise_band)),
        )

    def _verdict(self, level: float, clearness: float) -> str:
        if self.seconds < LEAST:
            return "nothing"
        limited = np.array(self._limited)[np.array(self._spoken)]
        if float(limited.mean()) > CLIPPED:
            return "clipped"
        if clearness < NOISY:
            return "noisy"
        return "soft" if level < SOFT else "good"


def _between(power: NDArray[np.float64], spoken: NDArray[np.bool_]) -> float:
    """Mean square between the words, without what still rings; the quietest tenth where there is no pause."""
    if not len(power):
        return 0.0
    ringing = np.convolve(spoken, np.ones(_AFTER + 1), "full")[: len(spoken)] > 0
    room = power[~ringing]
    if len(room) < ROOM * RATE / FRAME:
        room = np.sort(power)[: max(1, len(power) // 10)]
    return float(np.median(room))


def _above(speech: NDArray[np.float64], noise: float) -> float:
    """Mean square of the speech alone."""
    return max(0.0, float(speech.mean()) - noise) if len(speech) else 0.0
