"""Signs that people give on their phones: in memory, for a moment. Who asked for less speed is told to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from server.meeting.balance import all_turns
from server.meeting.meeting import Meeting
from server.meeting.tablewishes import SIGNS, GiveSign

SIGN_SECONDS = 60.0
"""So long a sign without a name stays on the screens."""
SPOKEN_SECONDS = 2.0
"""Whoever spoke for so long after asking for the floor had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign as it was given."""

    seat: str
    sign: str
    at: float
    phase: str | None


class Signs:
    """The signs of a meeting; used by the table's thread only, and gone with the meeting."""

    def __init__(self) -> None:
        """None yet."""
        self._given: dict[tuple[str, str], Sign] = {}

    def take(self, wish: GiveSign, meeting: Meeting) -> None:
        """Give a sign, or take it back."""
        if wish.seat is None:
            return
        self._given.pop((wish.seat, wish.sign), None)
        if wish.given:
            given = Sign(seat=wish.seat, sign=wish.sign, at=meeting.now, phase=meeting.phase)
            self._given[wish.seat, wish.sign] = given

    def standing(self, meeting: Meeting | None, rate: float = 1.0) -> tuple[Sign, ...]:
        """The signs that still stand, in the order of their kinds: never in that of who gave them first."""
        if meeting is None or meeting.stage != "running":
            self._given = {}
            return ()
        if not self._given:
            return ()
        left = {key: sign for key, sign in self._given.items() if _stands(sign, meeting, rate)}
        self._given = left
        return tuple(sorted(left.values(), key=lambda sign: (SIGNS.index(sign.sign), sign.seat)))


def _stands(sign: Sign, meeting: Meeting, rate: float) -> bool:
    if sign.sign != "want_in":
        return meeting.now < sign.at + SIGN_SECONDS * max(1.0, rate)
    if sign.phase != meeting.phase or sign.seat in meeting.left:
        return False
    since = [turn for turn in all_turns(meeting) if turn.seat == sign.seat and turn.end > sign.at]
    return sum(turn.end - max(turn.start, sign.at) for turn in since if turn.holds_the_floor) < SPOKEN_SECONDS
