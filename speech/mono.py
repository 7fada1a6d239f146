"""Any sound becomes 16 kHz mono frames here, block by block. Nothing here opens a device or a file.

Blocks of any size give the same frames: everything that decides over time works on steps of fixed length.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import soxr
from numpy.typing import NDArray

from speech.downmix import Downmix
from speech.frames import FRAME, RATE, Frame, Samples

_CEILING = 4.0
"""Float files may exceed full scale a little; more is damage."""
_LIMIT = 0.99
"""Of full scale: a converter that is asked for more gives this, or a little less where a driver made it softer."""

Block = NDArray[np.float32]
"""Shape (n, channels), any rate."""


class Mono:
    """Feed blocks (n, channels) at any rate, get frames; `finish` gives what is left, filled up with silence."""

    def __init__(self, *, rate: int, channels: int, position: int = 0) -> None:
        self._position = position
        self._offset: float | None = None
        self._left = np.zeros(0, np.float32)
        self._shares = np.zeros(0, np.float32)
        self._raw = np.zeros((0, channels), np.float32)
        self._blocks: list[Block] = []
        self._waiting = 0
        self._open(rate, channels)

    def feed(self, block: Block) -> Iterator[Frame]:
        """Frames that are complete now."""
        if block.shape[1] != self._channels:
            yield from self.change(rate=self._rate, channels=block.shape[1])
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

    def change(self, *, rate: int, channels: int) -> Iterator[Frame]:
        """From here on the device gives another rate or number of channels; positions go on without a seam."""
        yield from self._drain()
        self._raw = np.zeros((len(self._left), channels), np.float32)
        self._open(rate, channels)

    def finish(self) -> Iterator[Frame]:
        """The frames that were still waiting."""
        yield from self._drain()
        if len(self._left):
            silence = np.zeros((FRAME - len(self._left), self._channels), np.float32)
            self._keep(silence[:, 0], silence)
            yield from self._frames()

    def _open(self, rate: int, channels: int) -> None:
        self._rate, self._channels = rate, channels
        self._step = max(1, rate // 10)
        self._downmix = Downmix(channels)
        self._resample = soxr.ResampleStream(rate, RATE, channels, dtype="float32") if rate != RATE else None

    def _drain(self) -> Iterator[Frame]:
        if self._blocks:
            yield from self._convert(np.concatenate(self._blocks), last=True)
        self._blocks, self._waiting = [], 0

    def _convert(self, step: Block, *, last: bool) -> Iterator[Frame]:
        loudest = float(np.abs(step).max(initial=0.0))
        limited = np.zeros(self._channels)
        clean = step
        if not loudest <= _CEILING:  # nor if it is no number
            clean = np.clip(np.nan_to_num(step, nan=0.0, posinf=0.0, neginf=0.0), -_CEILING, _CEILING)
        if not loudest < _LIMIT:
            limited = (np.abs(clean) >= _LIMIT).mean(axis=0)
        if self._resample is not None:
            clean = self._resample.resample_chunk(np.ascontiguousarray(clean), last=last)
        if len(clean):
            self._keep(self._downmix.mix(clean, limited), clean)
        yield from self._frames()

    def _keep(self, mono: Samples, raw: Block) -> None:
        self._left = np.concatenate([self._left, mono])
        self._shares = np.concatenate([self._shares, np.full(len(mono), self._downmix.limited, np.float32)])
        if self._channels > 1:
            self._raw = np.concatenate([self._raw, raw])

    def _frames(self) -> Iterator[Frame]:
        whole, apart, limited = len(self._left) // FRAME * FRAME, self._downmix.apart, bool(self._shares.any())
        for begin in range(0, whole, FRAME):
            here = slice(begin, begin + FRAME)
            yield Frame(
                samples=self._level(self._left[here]),
                position=self._position,
                channels=np.ascontiguousarray(self._raw[here].T) if apart else None,
                limited=float(self._shares[here].mean()) if limited else 0.0,
            )
            self._position += FRAME
        self._left, self._shares, self._raw = self._left[whole:], self._shares[whole:], self._raw[whole:]

    def _level(self, samples: Samples) -> Samples:
        """Without the offset of cheap microphones: a slow mean, moved smoothly so that it makes no clicks."""
        mean = float(samples.mean())
        before = mean if self._offset is None else self._offset
        self._offset = before + 0.05 * (mean - before)
        offset = np.linspace(before, self._offset, FRAME, dtype=np.float32)
        centred: Samples = np.clip(samples - offset, -1.0, 1.0)
        return centred
