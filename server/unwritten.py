"""What a meeting holds in memory alone: safety pulses until they are shown together, and signs of a moment."""

from __future__ import annotations

from collections.abc import Sequence

from server.meeting.commands import Command
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.meeting.tablewishes import GiveSign
from server.pulses import Pulses
from server.signs import Signs


class Unwritten:
    """Belongs to the table's thread; thrown away with the meeting."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.pulses, self.signs = Pulses(), Signs()

    def passed(self, command: Command, events: Sequence[Event], meeting: Meeting | None) -> tuple[Event, ...]:
        """What may be written down of these events of a wish. Raises Refused for a second pulse of a seat."""
        if isinstance(command, GiveSign) and meeting is not None:
            self.signs.take(command, meeting)
        return self.pulses.passed(command, events)
