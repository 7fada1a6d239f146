"""Speech made on the spot, and a folder of models for the whole run."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from speech.frames import RATE, Samples


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Samples]:
    """`say(voice, text)`: 16 kHz mono speech by espeak-ng."""

    def speak(voice: str, text: str) -> Samples:
        file = tmp_path_factory.mktemp("speech") / "said.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", "130", "-w", str(file), text], check=True)
        sound, rate = soundfile.read(file, dtype="float32")
        return np.asarray(soxr.resample(sound, rate, RATE), np.float32)

    return speak


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty models folder, filled as the tests go."""
    return tmp_path_factory.mktemp("models")
