"""What stays of meetings on this device, by the group's choice, and what is erased. Nothing here decides rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from methods.method import Method
from server.keeping import LookBack, look_back_of, own_to_keep
from server.log import Log
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.resuming import NotResumable, resumable
from server.store import LogUnusable

NOT_SMALLER = "The meeting is erased, but its file could not be made smaller. Make some room on the disk."


class Archive:
    """The log, seen from the end of a meeting; used by the table's thread only."""

    def __init__(self, log: Log, trouble: Callable[[str], None]) -> None:
        """Nothing is read yet."""
        self._log, self._trouble = log, trouble
        self.look_back: LookBack | None = None
        """What was kept last to come back to; None when nothing was."""

    def open(self) -> None:
        """Find what was kept last. Raises LogUnusable."""
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

    def keep(self, stream: str, items: Sequence[str]) -> None:
        """Keep the numbers of a meeting and what was ticked of what people wrote. Raises Refused, DiskFull."""
        self._log.settle()
        own = own_to_keep(self._log.events(stream), items)
        self._tidied(self._log.keep(stream, own))
        self.open()

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
