"""The room check while it is looked at: who is asked to say a sentence, and how that was heard. Never written down."""

from __future__ import annotations

from server.room import Heard, RoomCheck
from speech.events import SeatChecked

CHECK_SECONDS = 12.0
"""Longer than the ears take for a sentence; then the check of this seat is over, whatever was heard."""


class Check:
    """One seat at a time; all in memory, gone with the meeting."""

    def __init__(self) -> None:
        self._asked: str | None = None
        self._span = (0.0, 0.0)
        """Meeting seconds of the last check: what is said then is a test, not the meeting."""
        self._heard: dict[str, Heard] = {}

    def begin(self, seat: str, now: float) -> None:
        """This seat says a sentence now."""
        self._asked, self._span = seat, (now, now + CHECK_SECONDS)
        self._heard.pop(seat, None)

    def end(self, checked: SeatChecked, now: float) -> None:
        """The ears heard the sentence, or nothing."""
        self._heard[checked.seat] = Heard(level=checked.level, noise=checked.noise)
        if checked.seat == self._asked:
            self.stop(now)

    def stop(self, now: float) -> None:
        """Nobody is listened to closely any more."""
        if self._asked is not None:
            self._asked, self._span = None, (self._span[0], min(now, self._span[1]))

    def is_a_test(self, start: float) -> bool:
        """Whether what began at this second of the meeting was said for the check."""
        return self._span[0] <= start < self._span[1]

    def picture(self, now: float) -> RoomCheck:
        """For the tablet."""
        asking = self._asked if now < self._span[1] else None
        return RoomCheck(asking=asking, heard=dict(self._heard))
