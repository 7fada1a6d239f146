"""What hearing costs on this machine: how often each network is asked and how long it takes. Nothing here is used
while listening.

    python -m speech.bench.cost RECORDING... [--effort N]

Nobody is enrolled: voices are found on the way, which costs the same.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from speech import models
from speech.effort import EFFORTS, Pace
from speech.embedding import CamPlus, Vector
from speech.events import Heard, ListeningEnded
from speech.frames import FRAME, RATE, Samples
from speech.listener import listen
from speech.segmentation import Segmentation
from speech.silero import Silero
from speech.sources import Recording, read_stretch
from speech.voices import Voices

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Part:
    """What one network was asked."""

    calls: int = 0
    computing: float = 0.0
    """Seconds of processor time."""

    def timed(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer, counted."""
        began = time.process_time()
        answer = ask(*args, **kwargs)
        self.computing += time.process_time() - began
        self.calls += 1
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of hearing one stretch of sound without words."""

    seconds: float
    """Of sound."""
    computing: float
    """Seconds of processor time, all together."""
    parts: dict[str, Part]

    @property
    def factor(self) -> float:
        """Part of one core that is busy while this sound is heard live."""
        return self.computing / self.seconds

    def factor_of(self, part: str) -> float:
        """The same of one network."""
        return self.parts[part].computing / self.seconds


class _Voices(CamPlus):
    def __init__(self, part: Part) -> None:
        super().__init__(models.speaker_network())
        self._part = part

    def __call__(self, samples: Samples) -> Vector:
        return self._part.timed(super().__call__, samples)


class _Overlap(Segmentation):
    def __init__(self, part: Part) -> None:
        super().__init__(models.segmentation_network())
        self._part = part

    def __call__(self, samples: Samples) -> NDArray[np.float32]:
        return self._part.timed(super().__call__, samples)


def measure(
    recording: Path, *, begin: float = 0.0, end: float | None = None, effort: int = 0, patience: float = float("inf")
) -> Cost:
    """Hears seconds `begin` to `end`, or as many as `patience` seconds of computing allow.

    Raises ModelUnusable, and ValueError for a recording that cannot be read.
    """
    voices, overlap = Part(), Part()
    source = Recording(recording, begin=begin, end=end)
    heard = listen(source, voices=Voices(_Voices(voices)), segmentation=_Overlap(overlap), pace=Pace(effort))
    voices.calls, overlap.calls = 0, 0
    began, at, computing = time.process_time(), begin, 0.0
    for event in heard:
        computing = time.process_time() - began
        if isinstance(event, Heard) and computing > patience:
            source.stop()
        if isinstance(event, ListeningEnded):
            at = event.at
            if event.reason == "unreadable":
                raise ValueError(event.detail)
    parts = {"speech": _hearing_speech(recording, begin, at), "overlap": overlap, "voices": voices}
    return Cost(seconds=max(at - begin, FRAME / RATE), computing=computing, parts=parts)


def _hearing_speech(recording: Path, begin: float, end: float) -> Part:
    """Silero alone on the same sound; the listener makes its own, so it is asked again here."""
    part, silero = Part(), Silero()
    sound = read_stretch(recording, begin, min(end, begin + 20.0))
    for start in range(0, len(sound) - FRAME, FRAME):
        part.timed(silero, sound[start : start + FRAME])
    asked = round((end - begin) * RATE / FRAME)
    return Part(calls=asked, computing=part.computing / max(part.calls, 1) * asked)


def main() -> None:
    """One line for each network and the whole."""
    parser = argparse.ArgumentParser(prog="python -m speech.bench.cost", description=__doc__.partition("\n\n")[0])
    parser.add_argument("recordings", nargs="+", type=Path)
    parser.add_argument("--effort", type=int, default=0, choices=range(len(EFFORTS)), help="0 is the whole")
    asked = parser.parse_args()
    print("| recording | part | calls a second | ms a call | of one core, % |\n|---|---|---|---|---|")
    for recording in asked.recordings:
        cost = measure(recording, effort=asked.effort)
        for name, part in cost.parts.items():
            each = 1000 * part.computing / max(part.calls, 1)
            rate, share = part.calls / cost.seconds, 100 * cost.factor_of(name)
            print(f"| {recording.stem} | {name} | {rate:.2f} | {each:.2f} | {share:.1f} |")
        rest = 100 * (cost.factor - sum(map(cost.factor_of, cost.parts)))
        print(f"| {recording.stem} | the rest | | | {rest:.1f} |")
        print(f"| {recording.stem} | all | | | {100 * cost.factor:.1f} |", flush=True)


if __name__ == "__main__":
    main()
