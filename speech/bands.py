"""Sound becomes 80 log mel bands every 10 ms, as Kaldi counts them. Nothing here knows what they are good for.

The same as kaldi-native-fbank with `dither=0, snip_edges=False, num_bins=80`, to within what 32 bits can say, in a
quarter of its time: a tenth of what comparing a voice took went there. A test compares the two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.frames import RATE, Samples

BANDS = 80
_LENGTH, _SHIFT, _FFT = 400, 160, 512
"""Samples of a frame, from one to the next, and of its spectrum."""
_LOW, _HIGH = 20.0, RATE / 2
"""Hertz."""
_PREEMPHASIS = np.float32(0.97)
_WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_LENGTH) / (_LENGTH - 1))).astype(np.float32) ** np.float32(0.85)
"""Povey's."""
_LEAST = np.finfo(np.float32).eps


def bands(samples: Samples) -> NDArray[np.float32]:
    """Natural logarithms, shape (n, 80), the mean of each band taken out; at least 0.1 s of sound."""
    frames = samples[_places(len(samples))]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate((frames[:, :1], frames[:, :-1]), axis=1)
    spectra = np.fft.rfft((frames - _PREEMPHASIS * before) * _WINDOW, _FFT, axis=1)[:, : _FFT // 2]
    power = spectra.real**2 + spectra.imag**2
    told: NDArray[np.float32] = np.log(np.maximum(power @ _TRIANGLES, _LEAST))
    centred: NDArray[np.float32] = told - told.mean(axis=0)
    return centred


def _places(samples: int) -> NDArray[np.int64]:
    """Where each frame takes its samples, shape (n, _LENGTH): centred every 10 ms, mirrored at both ends."""
    count = (samples + _SHIFT // 2) // _SHIFT
    begins = np.arange(count) * _SHIFT + (_SHIFT - _LENGTH) // 2
    places = begins[:, None] + np.arange(_LENGTH)
    mirrored = np.where(places < 0, -places - 1, places)
    return np.where(mirrored >= samples, 2 * samples - 1 - mirrored, mirrored)


def _triangles() -> NDArray[np.float32]:
    """Weight of each line of a spectrum in each band, shape (_FFT / 2, BANDS); triangles in mel."""
    edges = np.linspace(_mel(_LOW), _mel(_HIGH), BANDS + 2)
    lines = _mel(np.arange(_FFT // 2) * RATE / _FFT)[:, None]
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (lines - left) / (middle - left), (right - lines) / (right - middle)
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


def _mel(hertz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(1127.0 * np.log1p(np.asarray(hertz) / 700.0))


_TRIANGLES = _triangles()
