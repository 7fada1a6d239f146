"""`./kring doctor`: looks at what Kring needs on this machine and names the cure. Nothing here changes anything."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from server import nearby
from server.hearing import QUIET_ENVIRONMENT

LEAST_DISK_MB = 200
SECONDS_HEARD = 6.0
"""Noise heard to measure the speed of the ears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    well: bool
    found: str
    cure: str = ""

    def __str__(self) -> str:
        """One line for a terminal."""
        mark = "ok " if self.well else "!! "
        return f"{mark} {self.subject:12} {self.found}" + (f" -> {self.cure}" if self.cure else "")


def examine() -> tuple[Finding, ...]:
    """Everything, in the order in which a person would cure it."""
    os.environ.update(QUIET_ENVIRONMENT)
    return (*_sound(), *_models(), _speed(), _disk(), _address())


def _sound() -> Iterator[Finding]:
    try:
        import sounddevice
    except OSError:
        yield Finding(
            subject="PortAudio",
            well=False,
            found="the sound library is missing",
            cure="sudo apt install libportaudio2 (until then, tap the seats)",
        )
        return
    yield Finding(subject="PortAudio", well=True, found=sounddevice.get_portaudio_version()[1])
    inputs = [device["name"] for device in sounddevice.query_devices() if device["max_input_channels"] > 0]
    if inputs:
        yield Finding(subject="microphone", well=True, found=", ".join(inputs[:4]))
    else:
        yield Finding(
            subject="microphone",
            well=False,
            found="none was found",
            cure="plug one in; on Linux see that you are in the group audio (until then, tap the seats)",
        )


def _models() -> Iterator[Finding]:
    from speech.models import installed

    for model in installed():
        found = f"{model.name}: {'whole' if model.whole else model.problem}"
        yield Finding(subject="model", well=model.whole, found=found, cure=model.cure or "")


def _speed() -> Finding:
    from speech.problems import ModelUnusable

    try:
        factor = _real_time_factor()
    except ModelUnusable as trouble:
        return Finding(subject="speed", well=False, found="cannot be measured", cure=str(trouble))
    found = f"{factor:.2f} of real time on one core for who speaks and words (below 1 keeps up)"
    slow = "words fall behind on this machine; fetch a Vosk model: ./kring models get nl" if factor >= 1 else ""
    return Finding(subject="speed", well=factor < 1, found=found, cure=slow)


def _real_time_factor() -> float:
    """Seconds of computing per second of sound that is speech all the time: the worst that a table can do."""
    import numpy as np

    from speech.embedding import CamPlus
    from speech.frames import RATE
    from speech.models import SPEAKER_NETWORK, choose_recogniser

    sound = (np.random.default_rng(1).standard_normal(int(SECONDS_HEARD * RATE)) * 0.05).astype(np.float32)
    network, recogniser = CamPlus(SPEAKER_NETWORK), choose_recogniser("en")
    begun = time.perf_counter()
    for start in np.arange(0.0, SECONDS_HEARD - 1.5, 0.5):
        network(sound[int(start * RATE) : int((start + 1.5) * RATE)])
    recogniser.recognise(sound)
    return (time.perf_counter() - begun) / SECONDS_HEARD


def _disk() -> Finding:
    from server.starting import data_folder

    folder = data_folder(None)
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    well = free >= LEAST_DISK_MB and os.access(there, os.W_OK)
    cure = "" if well else "make room, or choose another folder with --data"
    return Finding(subject="disk", well=well, found=f"{free} MB free for {_short(folder)}", cure=cure)


def _address() -> Finding:
    address = nearby.address()
    well = not address.startswith("127.")
    cure = "" if well else "join the tablet's network (or make this machine a hotspot); here only this machine itself"
    return Finding(subject="address", well=well, found=address, cure=cure)


def _short(path: Path) -> str:
    home = str(Path.home())
    return str(path).replace(home, "~", 1) if str(path).startswith(home) else str(path)
