"""A stretch of speech becomes 192 numbers that tell voices apart. Nothing here knows whose voice it is or keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import kaldi_native_fbank
import numpy as np
from numpy.typing import NDArray

from speech.frames import RATE, Samples
from speech.network import network_from

Vector = NDArray[np.float32]
"""Shape (192,), length 1: the cosine of two is their dot product."""

BANDS = 80


class Embedder(Protocol):
    """Samples to a Vector."""

    def __call__(self, samples: Samples) -> Vector:
        """At least 0.1 s of sound."""


class CamPlus:
    """The CAM++ network (3D-Speaker, arXiv 2303.00332) on one thread."""

    def __init__(self, path: Path) -> None:
        self._network = network_from(path)

    def __call__(self, samples: Samples) -> Vector:
        """Cosines of windows of 1.5 s: same voice mostly above 0.6, other voices mostly below 0.4."""
        (vectors,) = self._network.run(None, {"feats": bands(samples)[None]})
        vector: Vector = vectors[0]
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


def bands(samples: Samples) -> NDArray[np.float32]:
    """80 log mel bands every 10 ms as the network was trained on, shape (n, 80), the mean of each band taken out."""
    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.dither = 0
    options.frame_opts.snip_edges = False
    options.frame_opts.samp_freq = RATE
    options.mel_opts.num_bins = BANDS
    fbank = kaldi_native_fbank.OnlineFbank(options)
    fbank.accept_waveform(RATE, samples)
    fbank.input_finished()
    rows = np.stack([fbank.get_frame(number) for number in range(fbank.num_frames_ready)])
    centred: NDArray[np.float32] = rows - rows.mean(axis=0)
    return centred
