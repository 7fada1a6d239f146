"""What stays of meetings on this device, by the group's choice, and what is erased. Nothing here decides rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from methods.method import Method
from server.group.limits import CLOCK_IS_SET
from server.keeping import LookBack, look_back_of, not_to_keep, own_to_keep
from server.log import Log
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.resuming import NotResumable, resumable
from server.store import LogUnusable

MOST_DAYS = 731
"""Two years: what a group wants to keep longer, it takes along as a file."""
NOT_SMALLER = "The meeting is erased, but its file could not be made smaller. Make some room on the disk."


class Archive:
    """The log, seen from the end of a meeting; used by the table's thread only."""

    def __init__(self, log: Log, trouble: Callable[[str], None], today: Callable[[], date] = date.today) -> None:
        """Nothing is read yet."""
        self._log, self._trouble, self._today = log, trouble, today
        self._looked_on: date | None = None
        self.look_back: LookBack | None = None
        """What was kept last to come back to; None when nothing was."""

    def open(self) -> None:
        """Erase what was to be kept no longer, and find what was kept last. Raises LogUnusable, DiskFull."""
        self.expire()
        kept = self._log.kept()
        try:
            self.look_back = look_back_of(self._log.events(kept[0])) if kept else None
        except (LogUnusable, ValueError, KeyError, TypeError):
            self.look_back = None  # written by another version: `./kring kept` says so

    def unfinished(self, methods: Mapping[str, Method]) -> Meeting | None:
        """The meeting to go on with after a start, if any. Those that ended are erased: nobody chose to keep them."""
        closed, found = self._log.closed(), None
        left = self._log.unfinished()
        for stream in left:
            if stream not in closed and found is None:
                try:
                    found = resumable(self._log, stream, methods)
                except NotResumable as why:
                    self._trouble(f"A meeting cannot be resumed. {why} Opening a new meeting erases it.")
        if ended := [stream for stream in left if stream in closed]:
            self.forget(*ended)
        return found

    def keep(self, stream: str, items: Sequence[str], days: float) -> None:
        """Keep the numbers of a meeting and what was ticked, for so many days. Raises Refused, DiskFull."""
        if not 1 <= days <= MOST_DAYS:
            raise Refused("days_do_not_fit")
        self._log.settle()
        events, until = self._log.events(stream), self._today() + timedelta(days=int(days))
        own, gone = own_to_keep(events, items), not_to_keep(events)
        self._tidied(self._log.keep(stream, own, until, gone))
        self.open()

    def expire(self) -> bool:
        """Once a day: erase what was to be kept no longer; whether something was. Raises DiskFull.

        A clock that stands before this program was made was never set, and decides nothing.
        """
        today = self._today()
        if today == self._looked_on or today < CLOCK_IS_SET:
            return False
        self._looked_on = today
        over = [stream for stream, until in self._log.kept_until().items() if until is not None and until < today]
        if over:
            self.forget(*over)
            self.open()
        return bool(over)

    def forget_everything(self) -> int:
        """Erase all meetings that lie here; how many there were. Raises DiskFull."""
        there = {*self._log.kept(), *self._log.unfinished()}
        self.forget(*there)
        self.look_back = None
        return len(there)

    def forget(self, *streams: str) -> None:
        """Erase these meetings. Raises DiskFull."""
        self._tidied(self._log.forget(*streams))

    def forget_look_back(self) -> None:
        """Erase what was kept to come back to; the numbers of that meeting stay. Raises Refused, DiskFull."""
        if self.look_back is None:
            raise Refused("nothing_kept")
        self._tidied(self._log.forget_own())
        self.look_back = None

    def _tidied(self, smaller: bool) -> None:
        if not smaller:
            self._trouble(NOT_SMALLER)
