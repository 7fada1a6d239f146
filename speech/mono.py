"""Any sound becomes 16 kHz mono frames here, block by block. Nothing here opens a device or a file.

Blocks of any size give the same frames: everything that decides over time works on steps of fixed length.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import soxr
from numpy.typing import NDArray

from speech.frames import FRAME, RATE, Frame, Samples

_FORGETTING = 0.9
"""Share of the older past kept in the channel statistics at each step of 0.1 s."""
_OPPOSED = -0.5
"""Correlation below which a channel is taken to be wired the wrong way round."""
_CEILING = 4.0
"""Float files may exceed full scale a little; more is damage."""


class Downmix:
    """Averages the channels that carry sound, turning those of opposite polarity so that they cannot cancel."""

    def __init__(self, channels: int) -> None:
        self._covariance = np.zeros((channels, channels))
        self._sign = np.ones(channels, np.float32)

    def mix(self, step: NDArray[np.float32]) -> Samples:
        """Shape (n, channels) to (n,). One step is about 0.1 s."""
        if step.shape[1] == 1:
            mono: Samples = step[:, 0]
            return mono
        double = step.astype(np.float64)
        self._covariance = _FORGETTING * self._covariance + double.T @ double
        power = self._covariance.diagonal()
        alive = power > 1e-4 * power.max()
        if not alive.any():
            return np.zeros(len(step), np.float32)
        reference = int(np.argmax(power))
        size = np.sqrt(np.maximum(power * power[reference], 1e-30))
        self._sign = np.where(self._covariance[reference] / size < _OPPOSED, -1.0, 1.0).astype(np.float32)
        summed: Samples = step @ (self._sign * alive / np.count_nonzero(alive)).astype(np.float32)
        return summed


class Mono:
    """Feed blocks (n, channels) at any rate, get frames; `finish` gives what is left, filled up with silence."""

    def __init__(self, *, rate: int, channels: int, position: int = 0) -> None:
        self._step = max(1, rate // 10)
        self._blocks: list[NDArray[np.float32]] = []
        self._waiting = 0
        self._downmix = Downmix(channels)
        self._resample = soxr.ResampleStream(rate, RATE, 1, dtype="float32") if rate != RATE else None
        self._left = np.zeros(0, np.float32)
        self._position = position
        self._offset: float | None = None

    def feed(self, block: NDArray[np.float32]) -> Iterator[Frame]:
        """Frames that are complete now."""
        self._blocks.append(block)
        self._waiting += len(block)
        if self._waiting < self._step:
            return
        whole = np.concatenate(self._blocks)
        steps = len(whole) // self._step
        for number in range(steps):
            yield from self._convert(whole[number * self._step : (number + 1) * self._step], last=False)
        self._blocks = [whole[steps * self._step :]]
        self._waiting = len(self._blocks[0])

    def finish(self) -> Iterator[Frame]:
        """The frames that were still waiting."""
        if self._blocks:
            yield from self._convert(np.concatenate(self._blocks), last=True)
        self._blocks, self._waiting = [], 0
        if len(self._left):
            yield self._frame(np.pad(self._left, (0, FRAME - len(self._left))))
            self._left = self._left[:0]

    def _convert(self, step: NDArray[np.float32], *, last: bool) -> Iterator[Frame]:
        clean = np.clip(np.nan_to_num(step, nan=0.0, posinf=0.0, neginf=0.0), -_CEILING, _CEILING)
        mono = self._downmix.mix(clean) if len(clean) else np.zeros(0, np.float32)
        if self._resample is not None:
            mono = self._resample.resample_chunk(np.ascontiguousarray(mono), last=last)
        sound = np.concatenate([self._left, mono])
        whole = len(sound) // FRAME * FRAME
        for begin in range(0, whole, FRAME):
            yield self._frame(sound[begin : begin + FRAME])
        self._left = sound[whole:]

    def _frame(self, samples: Samples) -> Frame:
        frame = Frame(samples=self._level(samples), position=self._position)
        self._position += FRAME
        return frame

    def _level(self, samples: Samples) -> Samples:
        """Without the offset of cheap microphones: a slow mean, moved smoothly so that it makes no clicks."""
        mean = float(samples.mean())
        before = mean if self._offset is None else self._offset
        self._offset = before + 0.05 * (mean - before)
        offset = np.linspace(before, self._offset, FRAME, dtype=np.float32)
        centred: Samples = np.clip(samples - offset, -1.0, 1.0)
        return centred
