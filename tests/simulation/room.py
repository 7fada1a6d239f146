"""A shoebox room with seats round a table and microphones on it: how each seat sounds at each microphone.

Nothing here knows what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyroomacoustics
from numpy.typing import NDArray

from tests.simulation.voices import RATE

SOUND = 343.0
"""Metres a second."""
TABLE = 0.76
"""Metres, height of the microphones."""
_FILTER = 40
"""Samples that the fractional delays of pyroomacoustics add to every path."""
_TAIL = 1e-3
"""A response ends where nothing louder than this part of its peak follows."""

Places = NDArray[np.float64]
"""Shape (places, 3), metres."""
Responses = NDArray[np.float32]
"""Shape (microphones, samples)."""


def one_microphone() -> Places:
    """A single microphone, where the table's middle is."""
    return np.zeros((1, 3))


def circle(microphones: int, radius: float = 0.045) -> Places:
    """Microphones on a circle, the first towards the x axis, counted anticlockwise."""
    angles = 2 * np.pi * np.arange(microphones) / microphones
    return radius * np.stack([np.cos(angles), np.sin(angles), np.zeros(microphones)], axis=1)


def line(microphones: int, spacing: float = 0.03) -> Places:
    """Microphones on a line along the x axis."""
    places = np.zeros((microphones, 3))
    places[:, 0] = spacing * (np.arange(microphones) - (microphones - 1) / 2)
    return places


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything in metres, from one corner of the floor."""

    size: tuple[float, float, float]
    reverberation: float
    """Seconds for a fall of 60 dB."""
    microphones: Places
    sources: Places
    """Mouths first, then whatever else makes noise."""

    @property
    def distances(self) -> NDArray[np.float64]:
        """From each source to each microphone; shape (sources, microphones)."""
        return np.asarray(np.linalg.norm(self.sources[:, None] - self.microphones[None], axis=2))

    @property
    def azimuths(self) -> NDArray[np.float64]:
        """Degrees anticlockwise from the x axis, of each source seen from the middle of the microphones."""
        away = self.sources - self.microphones.mean(axis=0)
        return np.degrees(np.arctan2(away[:, 1], away[:, 0])) % 360

    def responses(self, reflections: int) -> list[Responses]:
        """One for each source, starting where its sound first reaches the first microphone, as loud as their mean."""
        absorption, order = pyroomacoustics.inverse_sabine(self.reverberation, self.size)
        box = pyroomacoustics.ShoeBox(
            self.size,
            fs=RATE,
            materials=pyroomacoustics.Material(absorption),
            max_order=min(order, reflections),
        )
        box.add_microphone_array(self.microphones.T)
        for place in self.sources:
            box.add_source(place)
        box.compute_rir()
        return _aligned([[box.rir[m][s] for m in range(len(self.microphones))] for s in range(len(self.sources))], self)


def furnish(
    chance: np.random.Generator,
    *,
    seats: int,
    microphones: Places,
    far: Sequence[int] = (),
    reverberation: float | None = None,
) -> Room:
    """A room with people round a table, those of `far` at 1.5 m; the places of a cup and of a projector follow."""
    size = (chance.uniform(4.0, 7.0), chance.uniform(3.8, 6.0), chance.uniform(2.4, 3.0))
    middle = np.array([size[0] / 2 + chance.uniform(-0.2, 0.2), size[1] / 2 + chance.uniform(-0.2, 0.2), TABLE])
    turn, places = chance.uniform(0, 2 * np.pi), []
    for seat in range(seats):
        angle = turn + 2 * np.pi * seat / seats + chance.uniform(-0.12, 0.12)
        reach = 1.5 if seat in far else chance.uniform(0.7, 1.4)
        places.append(middle + np.array([reach * np.cos(angle), reach * np.sin(angle), chance.uniform(0.35, 0.5)]))
    cup = middle + np.array([chance.uniform(-0.4, 0.4), chance.uniform(-0.3, 0.3), 0.05])
    projector = np.array([0.6, 0.6, size[2] - 0.4])
    inside = np.clip(np.array([*places, cup, projector]), 0.3, np.array(size) - 0.3)
    return Room(
        size=size,
        reverberation=chance.uniform(0.3, 0.6) if reverberation is None else reverberation,
        microphones=middle + microphones,
        sources=inside,
    )


def _aligned(raw: list[list[NDArray[np.float64]]], room: Room) -> list[Responses]:
    loudness = float(np.mean([np.sqrt(np.sum(paths[0] ** 2)) for paths in raw]))
    aligned = []
    for paths, distance in zip(raw, room.distances, strict=True):
        # Microphones nearer than the first hear it earlier: some samples before the direct sound stay.
        begin = max(0, int(distance.min() / SOUND * RATE) + _FILTER - 8)
        longest = max(len(path) for path in paths)
        response = np.zeros((len(paths), longest - begin))
        for row, path in zip(response, paths, strict=True):
            row[: len(path) - begin] = path[begin:]
        loud = np.flatnonzero(np.abs(response).max(axis=0) > _TAIL * np.abs(response).max())
        aligned.append((response[:, : int(loud[-1]) + 1] / loudness).astype(np.float32))
    return aligned
