"""What is true about a recording: who sits where, who speaks when, where the conversation begins. Nothing is heard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import soundfile

from speech.bench.scoring import Pieces, Spans, Stretch

PAUSE = 0.7
"""Seconds; a shorter silence does not end a turn."""
TURN = 1.0
"""Seconds; whoever speaks shorter has not taken the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One recording and what is known of it."""

    sound: Path
    seats: tuple[str, ...]
    enrolments: tuple[tuple[str, float, float], ...]
    """Seat, start and end of the check-in round; empty where there is none."""
    said: tuple[Stretch, ...]
    begin: float
    """Seconds; from here on is measured."""
    end: float
    left_out: tuple[tuple[float, float], ...] = ()
    """Spans that are not measured."""

    @property
    def name(self) -> str:
        """Of the recording."""
        return self.sound.stem

    def counted(self, also_left_out: Spans = ()) -> list[tuple[float, float]]:
        """The spans that are measured."""
        holes = [*self.left_out, *also_left_out]
        pieces = Pieces([(self.begin, self.end)], holes)
        kept = pieces.inside([(self.begin, self.end)]) & ~pieces.inside(holes)
        return [
            (float(a), float(b)) for a, b, kept_ in zip(pieces.bounds, pieces.bounds[1:], kept, strict=False) if kept_
        ]


def recordings(folder: Path, names: Sequence[str] = ()) -> list[Truth]:
    """Every NAME.flac of the folder with NAME.rttm beside it. Raises ValueError in words for a person."""
    sounds = [sound for sound in sorted(folder.glob("*.flac")) if sound.with_suffix(".rttm").is_file()]
    missing = sorted(set(names) - {sound.stem for sound in sounds})
    if missing or not sounds:
        what = f"{', '.join(missing) or 'NAME'}.flac with .rttm of the same name beside it"
        raise ValueError(f"There is no {what} in {folder}. Check the folder and the names.")
    return [read(sound) for sound in sounds if not names or sound.stem in names]


def read(sound: Path) -> Truth:
    """Truth of one recording; without NAME.json every voice has a seat and nobody enrols."""
    said = read_rttm(sound.with_suffix(".rttm"))
    seconds = soundfile.info(str(sound)).duration
    described = sound.with_suffix(".json")
    if not described.is_file():
        seats = tuple(dict.fromkeys(str(one.voice) for one in said))
        last = max([seconds, *(one.end for one in said)])
        return Truth(sound=sound, seats=seats, enrolments=(), said=said, begin=0.0, end=last)
    meta: dict[str, Any] = json.loads(described.read_text("utf-8"))
    places = meta["seats"]
    return Truth(
        sound=sound,
        seats=tuple(str(place["name"]) for place in places),
        enrolments=tuple(
            (str(place["name"]), float(place["enrol_start"]), float(place["enrol_end"]))
            for place in places
            if "enrol_start" in place
        ),
        said=said,
        begin=float(meta.get("conversation_start", 0.0)),
        end=max([float(meta.get("duration", seconds)), *(one.end for one in said)]),
        left_out=tuple((float(a), float(b)) for a, b in meta.get("exclude", [])),
    )


def read_rttm(path: Path) -> tuple[Stretch, ...]:
    """The SPEAKER lines of an RTTM file."""
    fields = (line.split() for line in path.read_text("utf-8").splitlines())
    return tuple(
        Stretch(voice=f[7], start=float(f[3]), end=float(f[3]) + float(f[4])) for f in fields if f and f[0] == "SPEAKER"
    )


def turns(truth: Truth) -> list[Stretch]:
    """The turns of those who have a seat, as a person would count them, in order of time."""
    found: list[Stretch] = []
    for seat in truth.seats:
        own = sorted((one.start, one.end) for one in truth.said if one.voice == seat)
        joined: list[list[float]] = []
        for start, end in own:
            if joined and start - joined[-1][1] < PAUSE:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        found += [Stretch(voice=seat, start=start, end=end) for start, end in joined]
    return sorted(found, key=lambda turn: (turn.start, turn.end))


def alone(truth: Truth, turn: Stretch) -> tuple[float, float] | None:
    """The longest part of a turn in which nobody else speaks."""
    others = [(one.start, one.end) for one in truth.said if one.voice != turn.voice]
    pieces = Pieces([(turn.start, turn.end)], others)
    free = pieces.inside([(turn.start, turn.end)]) & ~pieces.inside(others)
    best: tuple[float, float] | None = None
    begin: float | None = None
    for at, is_free in zip(pieces.bounds, [*free, False], strict=True):
        if is_free and begin is None:
            begin = float(at)
        elif not is_free and begin is not None:
            if best is None or float(at) - begin > best[1] - best[0]:
                best = (begin, float(at))
            begin = None
    return best


def speakers_in(truth: Truth, start: float, end: float) -> dict[str | None, float]:
    """Seconds of speech of each voice between two moments; voices without a seat are None."""
    seconds: dict[str | None, float] = {}
    for one in truth.said:
        shared = min(end, one.end) - max(start, one.start)
        if shared > 0:
            voice = one.voice if one.voice in truth.seats else None
            seconds[voice] = seconds.get(voice, 0.0) + shared
    return seconds
