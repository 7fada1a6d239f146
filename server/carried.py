"""What people of the open group can take along from this device at this moment. Nothing here makes it."""

from __future__ import annotations


class Carried:
    """Put here by the table's thread, read by those that serve pages."""

    def __init__(self) -> None:
        """No group is open."""
        self.calendar: bytes | None = None
        """The next evening as a calendar file."""
        self.for_phones = False
        """Whether an evening of that group runs, so that its phones may have it too."""
