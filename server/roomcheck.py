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
        self._spans: list[tuple[float, float]] = []
        """Meeting seconds of every check: what is said then is a test, not the meeting."""
        self._heard: dict[str, Heard] = {}

    def begin(self, seat: str, now: float) -> None:
        """This seat says a sentence now."""
        self.stop(now)
        self._asked = seat
        self._spans.append((now, now + CHECK_SECONDS))
        self._heard.pop(seat, None)

    def end(self, checked: SeatChecked, now: float) -> None:
        """The ears heard the sentence, or nothing."""
        self._heard[checked.seat] = Heard(level=checked.level, noise=checked.noise)
        if checked.seat == self._asked:
            self.stop(now)

    def stop(self, now: float) -> None:
        """Nobody is listened to closely any more."""
        if self._asked is not None:
            start, end = self._spans[-1]
            self._asked, self._spans[-1] = None, (start, min(now, end))

    def is_a_test(self, start: float) -> bool:
        """Whether what began at this second of the meeting was said for the check."""
        return any(begin <= start < end for begin, end in self._spans)

    def picture(self, now: float) -> RoomCheck:
        """For the tablet."""
        asking = self._asked if self._spans and now < self._spans[-1][1] else None
        return RoomCheck(asking=asking, heard=dict(self._heard))
