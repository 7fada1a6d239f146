"""How the group sits and what of its speaking time is shown: events and their fold. Nothing here decides or counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

SHOWN = ("off", "phase_ends", "live")
"""When the balance may be looked at: never, for a minute after each phase, at any moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsArranged:
    """The seats sit round the table in this order, clockwise."""

    at: float
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceChosen:
    """From now on the balance is shown like this; one of `SHOWN`. Who wished it, is kept nowhere."""

    at: float
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnsCounted:
    """Of this seat turns are told and never seconds (or, with `turns` false, seconds again)."""

    at: float
    seat: str
    turns: bool = True


Arranged = SeatsArranged | BalanceChosen | TurnsCounted


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the group arranged round its table."""

    order: tuple[str, ...] = ()
    """As they sit; empty: in the order of the letters."""
    by_turns: frozenset[str] = frozenset()
    """Seats of which seconds are shown nowhere."""
    shown: str = "live"


def after(around: Around, event: object) -> Around:
    """What is arranged after this event."""
    match event:
        case SeatsArranged():
            return replace(around, order=event.order)
        case BalanceChosen():
            return replace(around, shown=event.shown)
        case TurnsCounted():
            others = around.by_turns - {event.seat}
            return replace(around, by_turns=others | {event.seat} if event.turns else others)
        case _:
            return around


def sitting(around: Around, letters: Sequence[str]) -> tuple[str, ...]:
    """The letters as they sit; who came after the arranging sits at the end."""
    placed = [letter for letter in around.order if letter in letters]
    return (*placed, *(letter for letter in letters if letter not in placed))
