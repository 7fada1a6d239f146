"""Rounds: who has the turn, who had it, who passed. Guidance only; nobody is stopped from speaking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from methods.method import Phase
from server.meeting import written
from server.meeting.events import SeatJoined, SeatLeft

ORDERS = ("table", "turned", "least_heard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round in one stop of the plan."""

    stop: str | None
    by: str
    order: tuple[str, ...]
    done: tuple[str, ...] = ()
    """Seats that had their turn, in that order; with those that passed."""
    passed: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    """Seats of the order whose people left; their turn comes when they are back."""

    @property
    def now(self) -> str | None:
        """Whose turn it is; None when everybody had one."""
        return next((seat for seat in self.order if seat not in self.done and seat not in self.away), None)


def after(running: Round | None, event: object, stop: str | None) -> Round | None:
    """The round after this event; it belongs to its phase."""
    match event:
        case written.RoundBegan():
            return Round(stop=stop, by=event.by, order=event.order) if event.order else None
        case written.RoundMoved() if running is not None and event.seat:
            done = tuple(seat for seat in running.done if seat != event.seat)
            passed = running.passed - {event.seat}
            if not event.back:
                done, passed = (*done, event.seat), passed | ({event.seat} if event.passed else set())
            return replace(running, done=done, passed=passed)
        case SeatLeft() if running is not None:
            here = running.away - {event.seat}
            return replace(running, away=here | ({event.seat} & {*running.order}) if event.left else here)
        case SeatJoined() if running is not None:
            return replace(running, order=(*running.order, event.letter))
        case _:
            return running


def order_of(
    phase: Phase, by: str, present: tuple[str, ...], roles: Mapping[str, str], heard: Mapping[str, float], first: int
) -> tuple[str, ...]:
    """The seats that get a turn in this phase: round the table from another seat each time, or who spoke least first.

    `heard` is seconds of speech by seat, without those that are not measured: of them nothing may show. Who answers
    after the others (`then`) comes last; who listens is left out.
    """
    silent = {_ROLE.get(role, role) for role in phase.floor.silent}
    speak = {_ROLE.get(role, role) for role in phase.floor.speak}
    seats = [seat for seat in present if roles[seat] not in silent and (not speak or _asked(roles[seat], speak))]
    if by == "least_heard":
        seats.sort(key=lambda seat: (seat not in heard, round(heard.get(seat, 0.0)), present.index(seat)))
    elif seats:
        start = first % len(seats)
        seats = [*seats[start:], *seats[:start]]
        if by == "turned":
            seats.reverse()
    last = _ROLE.get(phase.floor.then or "", phase.floor.then)
    return tuple(sorted(seats, key=lambda seat: roles[seat] == last))


_ROLE = {"peers": "peer"}


def _asked(role: str, speak: set[str]) -> bool:
    """The lead is one of the group, so where peers have a turn the lead has one as well."""
    return role in speak or (role in ("facilitator", "expert") and "peer" in speak)
