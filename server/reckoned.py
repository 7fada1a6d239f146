"""What is dear to reckon and shown to many: kept from one picture to the next. Nothing here decides who sees what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from server.meeting.balance import Talk, talk
from server.meeting.meeting import Meeting
from server.meeting.summary import summary
from server.room import Room

SUMMARY_EVERY = 1.0
"""Seconds of a running meeting in which its summary may stay as it is while people only talk on."""

_BY_TALKING = {"now", "floor", "utterances"}
_by_hand = attrgetter(*(field.name for field in fields(Meeting) if field.name not in _BY_TALKING), "floor.corrections")
"""Everything of a meeting that changes otherwise than by talking on: taps, cards, phases, flags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Summary:
    """A summary, and the room it was made of."""

    room: Room
    told: dict[str, Any]

    def fits(self, room: Room) -> bool:
        """Whether it is the summary of this room: the very same, or of less than a second before."""
        then, now = self.room.meeting, room.meeting
        if then is now or then is None or now is None:
            return then is now
        running = room.clock_running and not now.closed
        recent = 0.0 <= now.now - then.now < SUMMARY_EVERY
        return running and recent and bool(_by_hand(then) == _by_hand(now))


class Reckoned:
    """Belongs to the table's thread; to be thrown away with the meeting, of which it holds the last state."""

    def __init__(self) -> None:
        self._whole: tuple[Meeting, Talk] | None = None
        self._summary: _Summary | None = None
        self._shared: tuple[Room, dict[str, Any]] | None = None

    def whole(self, meeting: Meeting) -> Talk:
        """Speaking time of the whole meeting."""
        if self._whole is None or self._whole[0] is not meeting:
            self._whole = meeting, talk(meeting)
        return self._whole[1]

    def summary(self, room: Room) -> dict[str, Any] | None:
        """The summary: of a running meeting not made more than once a second, as long as people only talk on."""
        if room.meeting is None or room.method is None:
            return None
        if self._summary is None or not self._summary.fits(room):
            self._summary = _Summary(room=room, told=summary(room.meeting, room.method))
        return self._summary.told

    def shared(self, room: Room, view: Callable[[Room], dict[str, Any]]) -> dict[str, Any]:
        """What all screens see of this room, drawn once for all of them."""
        if self._shared is None or self._shared[0] is not room:
            self._shared = room, view(room)
        return self._shared[1]
