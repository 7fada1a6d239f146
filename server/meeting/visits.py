"""Where the meeting was and when, and what kind of thing was said there. Nothing here knows a method or a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A stretch of the meeting spent in one phase; breaks are left out by cutting the visit."""

    phase: str
    start: float
    end: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """The act of an utterance and the phase it fell in; never its words."""

    phase: str
    act: str
    role: str
    start: float


def ended(visits: tuple[Visit, ...], at: float) -> tuple[Visit, ...]:
    """The visits with the running one ended."""
    if visits and visits[-1].end is None:
        return (*visits[:-1], replace(visits[-1], end=max(at, visits[-1].start)))
    return visits


def minutes_in(visits: tuple[Visit, ...], now: float) -> float:
    """Minutes spent in all of them, without breaks, the running one until now."""
    spans = ((visit.start, visit.end if visit.end is not None else max(now, visit.start)) for visit in visits)
    return sum(end - start for start, end in spans) / 60


def phase_at(visits: tuple[Visit, ...], second: float) -> str | None:
    """The phase the meeting was in at that second; None in a break or before the first."""
    for visit in reversed(visits):
        if visit.start <= second:
            return visit.phase if visit.end is None or second < visit.end else None
    return None


FOREVER = float("inf")
"""Until the end, for who did not leave."""


def came_or_went(
    there: Mapping[str, tuple[float, float]], seat: str, at: float, *, left: bool
) -> Mapping[str, tuple[float, float]]:
    """From and until when each seat was at the table, after this one left or came back."""
    came, _ = there.get(seat, (0.0, FOREVER))
    return {**there, seat: (came, at if left else FOREVER)}
