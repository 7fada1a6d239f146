"""What was heard is compared with what was said: errors, shares, order. Nothing here hears sound or knows a file.

Everything is exact: time is cut at every boundary there is, and each piece counts as long as it lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COLLAR = 0.25
"""Seconds on both sides of every true boundary that the second error rate leaves out."""
CLOSE = 0.03
"""Shares that differ by less have no right order."""

Spans = Sequence[tuple[float, float]]
"""(start, end) in seconds."""
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One voice speaks. A voice without a seat is None."""

    voice: str | None
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Seconds of voices: missing ones, ones too many, ones with a wrong name, and all that truly spoke."""

    miss: float
    false_alarm: float
    confusion: float
    speech: float

    @property
    def rates(self) -> tuple[float, float, float, float]:
        """Diarization error rate with fixed identities, miss, false alarm and confusion, percent of speech."""
        miss, false_alarm, confusion = map(self.percent, (self.miss, self.false_alarm, self.confusion))
        return miss + false_alarm + confusion, miss, false_alarm, confusion

    def percent(self, seconds: float) -> float:
        """Of the true speech."""
        return 100 * seconds / self.speech if self.speech else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One recording, compared."""

    strict: Errors
    lenient: Errors
    """With the collar."""
    share_errors: tuple[float, ...]
    """Percentage points, of each seat's share of what was booked on seats."""
    pairs: tuple[int, int]
    """Pairs of seats in the right order, and pairs that have one."""
    unknown: tuple[float, float]
    """Seconds of voices without a seat that were told as such, and seconds there were."""


class Pieces:
    """Time cut at every boundary."""

    def __init__(self, *spans: Spans) -> None:
        self.bounds = np.unique([moment for group in spans for span in group for moment in span])
        self.lengths = np.diff(self.bounds)

    def inside(self, spans: Spans) -> _Flags:
        """Which pieces lie within any of the spans."""
        change = np.zeros(len(self.bounds), int)
        whole = [span for span in spans if span[1] > span[0]]
        np.add.at(change, np.searchsorted(self.bounds, [start for start, _ in whole]), 1)
        np.add.at(change, np.searchsorted(self.bounds, [end for _, end in whole]), -1)
        return np.asarray(np.cumsum(change)[:-1] > 0)

    def seconds(self, flags: _Flags) -> float:
        """How long the pieces last together."""
        return float(self.lengths[flags].sum())


def score(found: Iterable[Stretch], said: Iterable[Stretch], seats: Sequence[str], counted: Spans) -> Score:
    """Compares inside the spans of `counted`. Whoever has no seat is one and the same unknown voice."""
    found, said = list(found), list(said)
    rows: list[str | None] = [*seats, None]
    true, heard = _by_voice(said, rows), _by_voice(found, rows)
    edges = [moment for one in said for moment in (one.start, one.end)]
    collars = [(moment - COLLAR, moment + COLLAR) for moment in edges]
    pieces = Pieces(*true, *heard, collars, counted)
    real, told = (np.array([pieces.inside(spans) for spans in side]) for side in (true, heard))
    within = pieces.inside(counted)
    outside_collar = within & ~pieces.inside(collars)
    true_seconds, told_seconds = (
        np.array([pieces.seconds(row & within) for row in side[:-1]], float) for side in (real, told)
    )
    right, wrong = (seconds / max(1e-9, seconds.sum()) for seconds in (true_seconds, told_seconds))
    return Score(
        strict=_errors(pieces, real, told, within),
        lenient=_errors(pieces, real, told, outside_collar),
        share_errors=tuple(float(error) for error in 100 * np.abs(right - wrong)),
        pairs=_pairs(right, wrong),
        unknown=(pieces.seconds(real[-1] & told[-1] & within), pieces.seconds(real[-1] & within)),
    )


def _by_voice(stretches: list[Stretch], rows: list[str | None]) -> list[list[tuple[float, float]]]:
    spans: list[list[tuple[float, float]]] = [[] for _ in rows]
    for one in stretches:
        spans[rows.index(one.voice) if one.voice in rows else -1].append((one.start, one.end))
    return spans


def _errors(pieces: Pieces, real: _Flags, told: _Flags, counted: _Flags) -> Errors:
    lengths = pieces.lengths * counted
    true, found, right = real.sum(0), told.sum(0), (real & told).sum(0)
    return Errors(
        miss=float(np.maximum(0, true - found) @ lengths),
        false_alarm=float(np.maximum(0, found - true) @ lengths),
        confusion=float((np.minimum(true, found) - right) @ lengths),
        speech=float(true @ lengths),
    )


def _pairs(right: NDArray[np.float64], told: NDArray[np.float64]) -> tuple[int, int]:
    judged = [(i, j) for i in range(len(right)) for j in range(i) if abs(right[i] - right[j]) > CLOSE]
    good = sum(bool(np.sign(right[i] - right[j]) == np.sign(told[i] - told[j])) for i, j in judged)
    return good, len(judged)
