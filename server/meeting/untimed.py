"""Seats of which turns are told and never seconds: a summary without any length of theirs. Nothing here counts."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

DRAWN_SECONDS = 2.0
"""Every turn of such a seat is drawn this long in the flow."""


def without_seconds(told: dict[str, Any], by_turns: Set[str]) -> dict[str, Any]:
    """The summary with "counts" for every seat; seconds, shares and lengths of these seats are told nowhere."""
    seats = {letter: seat | {"counts": "seconds"} for letter, seat in told["seats"].items()}
    if not by_turns:
        return told | {"seats": seats}
    for letter in by_turns & seats.keys():
        seats[letter] |= {"counts": "turns", "seconds": None, "share": None}
    _shared_by_the_others(seats)
    return told | {
        "seats": seats,
        "phases": [_phase(phase, by_turns) for phase in told["phases"]],
        "flow": [_turn(turn, by_turns) for turn in told["flow"]],
    }


def _phase(phase: dict[str, Any], by_turns: Set[str]) -> dict[str, Any]:
    hidden = {"seconds": None, "share": None, "expected": None}
    seats = {letter: seat | (hidden if letter in by_turns else {}) for letter, seat in phase["seats"].items()}
    _shared_by_the_others(seats)
    return phase | {"seats": seats}


def _shared_by_the_others(seats: dict[str, Any]) -> None:
    """Shares are parts of what the others said; of the whole, the missing part would be the hidden one."""
    given = sum(seat["seconds"] for seat in seats.values() if seat["seconds"] is not None)
    for letter, seat in seats.items():
        if seat["seconds"] is not None:
            seats[letter] = seat | {"share": round(seat["seconds"] / given, 4) if given > 0 else 0.0}


def _turn(turn: list[Any], by_turns: Set[str]) -> list[Any]:
    letter, start, _, several = turn
    return [letter, start, round(start + DRAWN_SECONDS, 1), several] if letter in by_turns and not several else turn
