"""How well and how fast the ears tell who speaks, on recordings with truth. Nothing here is used while listening.

`python -m speech.bench FOLDER` takes every NAME.json with NAME.rttm and NAME.flac beside it: `seats` with name,
enrol_start and enrol_end, and `conversation_start`, from where on is measured. Figures are percent of true speech time.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.embedding import CamPlus
from speech.enrolment import enrol_from
from speech.events import TurnEnded
from speech.listener import listen
from speech.models import speaker_network
from speech.sources import Recording
from speech.voices import Voices

STEP = 0.01
"""Seconds; resolution of the comparison."""
COLLAR = 0.25
"""Seconds on both sides of every true boundary that the second error rate leaves out."""
Spans = list[tuple[float, float, str | None]]
Grid = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Shares of true speech time, in percent."""

    miss: float
    false_alarm: float
    confusion: float

    @property
    def total(self) -> float:
        """Diarization error rate, identities fixed."""
        return self.miss + self.false_alarm + self.confusion


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(prog="python -m speech.bench", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these recordings")
    parser.add_argument("--write", type=Path, help="folder for the turns found, NAME.json, for another scorer")
    arguments = parser.parse_args()
    voices = Voices(CamPlus(speaker_network()))
    heads = ("recording", "DER", "DER.25", "miss.25", "FA.25", "conf.25", "share mean", "share max", "RTF", "MB")
    print(" | ".join(f"{head:>10}" for head in heads))
    for truth in sorted(arguments.folder.glob("*.json")):
        if not arguments.names or truth.stem in arguments.names:
            figures = _measure(truth, voices, arguments.write)
            print(" | ".join([f"{truth.stem:>10}", *(f"{figure:10.2f}" for figure in figures)]), flush=True)


def _measure(truth: Path, voices: Voices, write: Path | None) -> tuple[float, ...]:
    meta: dict[str, Any] = json.loads(truth.read_text("utf-8"))
    sound = truth.with_suffix(".flac")
    seats = [str(seat["name"]) for seat in meta["seats"]]
    stretches = tuple((str(s["name"]), float(s["enrol_start"]), float(s["enrol_end"])) for s in meta["seats"])
    voices.forget()
    began = time.process_time()
    for _ in enrol_from(sound, stretches, voices):
        pass
    turns = [event for event in listen(Recording(sound), voices=voices) if isinstance(event, TurnEnded)]
    factor = (time.process_time() - began) / float(meta["duration"])
    if write:
        found = [{"seat": turn.seat, "start": turn.start, "end": turn.end} for turn in turns]
        write.mkdir(parents=True, exist_ok=True)
        (write / f"{truth.stem}.json").write_text(json.dumps(found), "utf-8")
    said = _read_rttm(truth.with_suffix(".rttm"))
    begin, end = float(meta["conversation_start"]), float(meta["duration"])
    real, heard = _grid(said, seats, begin, end), _grid([(t.start, t.end, t.seat) for t in turns], seats, begin, end)
    strict, lenient = error_rates(real, heard), error_rates(real, heard, _counted(said, begin, real.shape[1]))
    wrong = 100 * np.abs(_shares(real) - _shares(heard))
    rates = (strict.total, lenient.total, lenient.miss, lenient.false_alarm, lenient.confusion)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (*rates, float(wrong.mean()), float(wrong.max()), factor, memory)


def error_rates(real: Grid, heard: Grid, counted: Grid | None = None) -> Rates:
    """Shape (seats + 1, steps) each, the last row is the unknown voice; `counted` says which steps matter."""
    if counted is not None:
        real, heard = real[:, counted], heard[:, counted]
    true, found, right = real.sum(0), heard.sum(0), (real & heard).sum(0)
    scale = 100 / max(1, int(true.sum()))
    return Rates(
        miss=scale * float(np.maximum(0, true - found).sum()),
        false_alarm=scale * float(np.maximum(0, found - true).sum()),
        confusion=scale * float((np.minimum(true, found) - right).sum()),
    )


def _grid(spans: Iterable[tuple[float, float, str | None]], seats: list[str], begin: float, end: float) -> Grid:
    grid = np.zeros((len(seats) + 1, int((end - begin) / STEP)), bool)
    for start, stop, seat in spans:
        row = seats.index(seat) if seat in seats else len(seats)
        grid[row, max(0, round((start - begin) / STEP)) : max(0, round((stop - begin) / STEP))] = True
    return grid


def _counted(spans: Spans, begin: float, steps: int) -> Grid:
    counted = np.ones(steps, bool)
    for boundary in (moment for start, stop, _ in spans for moment in (start, stop)):
        at = (boundary - begin) / STEP
        counted[max(0, round(at - COLLAR / STEP)) : max(0, round(at + COLLAR / STEP))] = False
    return counted


def _shares(grid: Grid) -> NDArray[np.float64]:
    seconds = grid[:-1].sum(1)
    return np.asarray(seconds / max(1, seconds.sum()))


def _read_rttm(path: Path) -> Spans:
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return [(float(f[3]), float(f[3]) + float(f[4]), f[7]) for f in lines if f and f[0] == "SPEAKER"]


if __name__ == "__main__":
    main()
