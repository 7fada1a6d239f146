"""Several channels become one: those that hear the room are averaged, the others left out. Nothing here resamples.

An array microphone gives more than microphones: a channel it worked on itself, late and uneven, and one with what its
loudspeaker plays. Channels of one array are alike at any moment; where at least two are, those unlike them stay out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.frames import Samples

_FAST = 0.9
"""Share of the older past kept in the statistics at each step of 0.1 s: for what is dead, or wired the wrong way."""
_SLOW = 0.98
"""The same for what is alike: over 5 s the loudest sound decides, which is speech."""
_OPPOSED = -0.5
"""Correlation below which a channel is taken to be wired the wrong way round."""
_ALIKE = 0.4
"""Correlation from which two channels hear the same; microphones 9 cm apart reach 0.8, a late copy 0.2."""
_ALIVE = 1e-4
"""Of the power of the loudest channel."""
_LIMITED = 0.002
"""Share of samples at the limit of the converter from which a channel is clipped, if another is not."""
_COPIES = 1e-6
"""One minus the correlation of channels that are one signal told twice."""


class Downmix:
    """Averages the channels that carry sound, turning those of opposite polarity so that they cannot cancel."""

    def __init__(self, channels: int) -> None:
        self._fast = np.zeros((channels, channels))
        self._slow = np.zeros((channels, channels))
        self._limited = np.zeros(channels)
        self._weights: NDArray[np.float32] | None = None
        self.apart = False
        """The channels tell more than one does: from where a sound comes."""
        self.limited = 0.0
        """Share of samples at the converter's limit, in the channels that were used last."""

    def mix(self, step: NDArray[np.float32], limited: NDArray[np.float64]) -> Samples:
        """Shape (n, channels) to (n,). One step is about 0.1 s; `limited`, shape (channels,), is what Mono counted."""
        if step.shape[1] == 1:
            self.limited = float(limited[0])
            mono: Samples = step[:, 0]
            return mono
        self._learn(step, limited)
        weights = self._choose()
        self.limited = float(limited[weights != 0].max(initial=0.0))
        before = weights if self._weights is None else self._weights
        self._weights = weights
        mixed: Samples = step @ weights
        if not np.array_equal(before, weights):  # moved smoothly, so that it makes no clicks
            old = np.linspace(1, 0, len(step), dtype=np.float32)
            mixed = old * (step @ before) + (1 - old) * mixed
        return mixed

    def _learn(self, step: NDArray[np.float32], limited: NDArray[np.float64]) -> None:
        double = step - step.mean(axis=0, dtype=np.float64)  # an offset is no sound
        now = double.T @ double
        self._fast = _FAST * self._fast + now
        self._slow = _SLOW * self._slow + now
        self._limited = _SLOW * self._limited + (1 - _SLOW) * limited

    def _choose(self) -> NDArray[np.float32]:
        power = self._fast.diagonal()
        usable = (power > _ALIVE * power.max()) & (power > 0)
        clipped = self._limited > _LIMITED
        if (usable & ~clipped).any():
            usable &= ~clipped
        if not usable.any():
            self.apart = False
            return np.zeros(len(power), np.float32)
        alike = np.abs(_correlation(self._slow))
        self.apart = bool((alike[np.ix_(usable, usable)] < 1 - _COPIES).any())
        usable = _company(alike, usable)
        reference = int(np.argmax(np.where(usable, power, -1.0)))
        sign = np.where(_correlation(self._fast)[reference] < _OPPOSED, -1.0, 1.0)
        return np.asarray(sign * usable / np.count_nonzero(usable), np.float32)


def _correlation(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    power = covariance.diagonal()
    correlation: NDArray[np.float64] = covariance / np.sqrt(np.maximum(np.outer(power, power), 1e-30))
    return correlation


def _company(alike: NDArray[np.float64], usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The channels that hear the same as the one with most company; all of them where each hears for itself."""
    friends = (alike > _ALIKE) & usable[:, None] & usable[None, :]
    most = int(np.argmax(friends.sum(axis=1)))
    return friends[most] if np.count_nonzero(friends[most]) > 1 else usable
