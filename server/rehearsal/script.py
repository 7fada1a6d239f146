"""Here a written meeting is read from its table; nothing is spoken or timed."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One participant of the rehearsal and the synthetic voice that plays them."""

    number: int
    letter: str
    name: str
    role: str
    voice: str
    speed: float
    """1.0 is the voice's own pace, more is faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One utterance as written."""

    n: int
    phase: str
    letter: str
    role: str
    act: str
    text: str
    pause: float | None
    """Seconds between the previous utterance and this one (negative: overlap); None is left to chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A whole written meeting with its cast."""

    name: str
    language: str
    seats: tuple[Seat, ...]
    lines: tuple[Line, ...]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _line(row: dict[str, str]) -> Line:
    return Line(
        n=int(row["n"]),
        phase=row["phase"],
        letter=row["speaker"],
        role=row["role"],
        act=row["act"],
        text=row["text"],
        pause=float(row["pause"]) if row["pause"] else None,
    )


def read_script(path: Path) -> Script:
    """The meeting in LANGUAGE.tsv with the cast in LANGUAGE.cast.tsv beside it."""
    lines = tuple(_line(row) for row in _table(path))
    roles = {line.letter: line.role for line in lines}
    seats = tuple(
        Seat(
            number=number,
            letter=row["letter"],
            name=row["name"],
            role=roles[row["letter"]],
            voice=row["voice"],
            speed=float(row["speed"]),
        )
        for number, row in enumerate(_table(path.with_suffix(".cast.tsv")), start=1)
    )
    return Script(name=f"rehearsal_{path.stem}", language=path.stem, seats=seats, lines=lines)


def is_enrolment(line: Line, seat: Seat) -> bool:
    """Whether this is the line of the check-in round in which the seat says its own name."""
    return line.phase == "look_back" and line.letter == seat.letter and seat.name in line.text
