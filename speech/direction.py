"""From where a sound comes, as an array microphone hears it. Nothing here knows angles, seats' places or who speaks.

How the channels of an array lie to each other is not known and need not be: for every pair of channels, the likeness
over small delays (GCC-PHAT, Knapp and Carter 1976) makes a curve, and the curves together are the fingerprint of a
place at the table. Fingerprints are learned with the voice and compared like voices.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from speech.frames import FRAME, RATE, Frame

Fingerprint = NDArray[np.float32]
"""Shape (pairs * DELAYS,). From one stream: a microphone that was turned or moved makes others."""

_FRAMES = 2
"""Frames of a window."""
_WINDOW = _FRAMES * FRAME
_MOST_DELAY = 8
"""Samples: 17 cm, wider than any array of this kind. Whole samples suffice, as the curve ends at 6 kHz."""
DELAYS = 2 * _MOST_DELAY + 1
_LOW, _HIGH = 200, 6000
"""Hertz."""
_CHANNELS = 5
"""At most so many are compared in pairs: those that hear the most alike."""
_LOUDER = 2.0
"""Times the power of the quietest moments: below, a window tells only of the noise."""
_RISING = 10**0.002
"""By how much the quietest moment rises in a window, 0.02 dB: a projector that was switched on is noise in a minute."""
_CHOICE = 30
"""Loud windows, 2 s, after which the channels are chosen that belong to the array."""
_ALIKE = 0.4
"""Correlation, as in `speech.downmix`: a late or a playback channel stays below."""
_LEAST = 1.0
"""Windows of full weight below which there is no fingerprint."""

_BINS = np.arange(_LOW * _WINDOW // RATE, _HIGH * _WINDOW // RATE)
_SHAPE = np.hanning(_WINDOW).astype(np.float32)


def _delaying() -> NDArray[np.float32]:
    turns = 2 * np.pi * np.outer(_BINS, np.arange(-_MOST_DELAY, _MOST_DELAY + 1)) / _WINDOW
    return np.concatenate([np.cos(turns), -np.sin(turns)]).astype(np.float32) / np.float32(len(_BINS))


_DELAYING = _delaying()
"""Shape (2 * bins, DELAYS): from the real and imaginary part of a whitened spectrum to the curve."""


class Direction:
    """Follows one stream; remembers directions, not sound, for two minutes and a half: 1 to 2 MB, or nothing."""

    def __init__(self, *, seconds: float = 150.0) -> None:
        self._size = int(seconds * RATE) // _WINDOW
        self._waiting: list[Frame] = []
        self._choose_again(0)

    def hear(self, frame: Frame) -> None:
        """Takes the next frame; costs nothing where it has no channels."""
        if frame.channels is None:
            self._waiting.clear()
            return
        if len(frame.channels) != self._channels:
            self._choose_again(len(frame.channels))
        self._waiting.append(frame)
        if len(self._waiting) == _FRAMES:
            first = self._waiting[0]
            sound = np.concatenate([each.channels for each in self._waiting if each.channels is not None], axis=1)
            power = float(np.mean([np.mean(each.samples**2) for each in self._waiting])) + 1e-14
            self._waiting.clear()
            self._add(first.position, sound, power)

    def fingerprint(self, start: int, end: int) -> Fingerprint | None:
        """Of what was loud between two positions, or None: too short, too quiet, too long ago, or no channels."""
        if self._chosen is None:
            return None
        within = (self._begins >= start) & (self._begins + _WINDOW <= end) & (self._weights > 0)
        weights = self._weights[within]
        if float(weights.sum()) < _LEAST:
            return None
        mean: Fingerprint = (weights @ self._curves[within]) / weights.sum()
        return mean

    def _choose_again(self, channels: int) -> None:
        self._channels = channels
        self._waiting.clear()
        self._floor: float | None = None
        self._covariance = np.zeros((channels, channels))
        self._loud = self._count = 0
        self._chosen: NDArray[np.intp] | None = None
        if channels == 2:
            self._begin_with(np.arange(2))

    def _begin_with(self, chosen: NDArray[np.intp]) -> None:
        self._chosen = chosen
        self._pairs = np.array(list(itertools.combinations(range(len(chosen)), 2)), np.intp).reshape(-1, 2)
        self._curves = np.zeros((self._size, len(self._pairs) * DELAYS), np.float32)
        self._weights = np.zeros(self._size, np.float32)
        self._begins = np.full(self._size, -_WINDOW, np.int64)

    def _add(self, position: int, sound: NDArray[np.float32], power: float) -> None:
        self._floor = power if self._floor is None else min(power, self._floor * _RISING)
        weight = 1 - _LOUDER * self._floor / power
        if weight <= 0:
            return
        if self._chosen is None:
            self._gather(sound)
            return
        if not len(self._pairs):
            return
        at = self._count % self._size
        self._count += 1
        self._begins[at], self._weights[at] = position, weight
        self._curves[at] = self._compare(sound[self._chosen])

    def _gather(self, sound: NDArray[np.float32]) -> None:
        double = sound - sound.mean(axis=1, keepdims=True, dtype=np.float64)
        self._covariance += double @ double.T
        self._loud += 1
        if self._loud < _CHOICE:
            return
        power = np.maximum(self._covariance.diagonal(), 1e-12)
        alike = np.abs(self._covariance) / np.sqrt(np.outer(power, power))
        hub = int(np.argmax((alike > _ALIKE).sum(axis=1)))
        closest = np.argsort(-alike[hub], kind="stable")[:_CHANNELS]
        self._begin_with(np.sort(closest[alike[hub][closest] > _ALIKE]))

    def _compare(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        """The curves of all pairs, shape (pairs * DELAYS,)."""
        spectra = np.fft.rfft(sound * _SHAPE, axis=1)[:, _BINS[0] : _BINS[-1] + 1].astype(np.complex64)
        spectra /= np.abs(spectra) + 1e-12
        both = spectra[self._pairs[:, 0]] * spectra[self._pairs[:, 1]].conj()
        curves: NDArray[np.float32] = np.concatenate([both.real, both.imag], axis=1) @ _DELAYING
        return curves.ravel()


def likeness(one: Fingerprint, other: Fingerprint) -> float:
    """Cosine: of one seat 0.9 and more, of the neighbouring seat 0.7; 0 if they come from different microphones."""
    if one.shape != other.shape:
        return 0.0
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / size if size > 0 else 0.0


ELSEWHERE = 0.75
"""Likeness below which a sound comes from nobody's seat."""
_SHARPNESS = 0.05
"""Likeness that is worth a factor of e. Two seats of five, at an array, differ by 0.2; at two microphones 3 cm apart by
0.02, which says next to nothing, as it should."""
MOST = 3.0
"""A direction speaks for or against a seat by at most e to this, 20 to 1: people lean over, and point with a finger."""


def votes(heard: Fingerprint | None, known: Sequence[Fingerprint | None]) -> NDArray[np.float32]:
    """Log likelihood of every place, shape (known,), 0 at best; all 0 where the direction says nothing.

    None among `known` is a place nobody learned, or the unknown voice's: likelier where no known place fits.
    """
    if heard is None:
        return np.zeros(len(known), np.float32)
    fitting = [place if place is not None and place.shape == heard.shape else None for place in known]
    if all(place is None for place in fitting):
        return np.zeros(len(known), np.float32)
    alike = np.array([np.nan if place is None else likeness(heard, place) for place in fitting])
    best = float(np.nanmax(alike))
    against = (alike - max(best, ELSEWHERE)) / _SHARPNESS
    nobody = -MOST / 2 if best > ELSEWHERE else 0.0
    return np.clip(np.where(np.isnan(alike), nobody, against), -MOST, 0.0).astype(np.float32)
