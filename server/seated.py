"""The meeting that sits at the table now, its clock and its method. Only the table's thread changes any of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from methods.method import Method
from server.clock import Clock
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.unwritten import Unwritten


@dataclass(slots=True)
class Seated:
    """Who sits here; nobody, between two meetings."""

    meeting: Meeting | None = None
    clock: Clock | None = None
    guides: Method | None = None
    """The method by which the meeting was opened, whatever became of its file since."""
    unwritten: Unwritten = field(default_factory=Unwritten)

    @property
    def now(self) -> float:
        """The second of the meeting; it never goes back."""
        now = self.clock.now() if self.clock is not None else 0.0
        return round(max(now, self.meeting.now if self.meeting else 0.0), 3)

    @property
    def method(self) -> Method | None:
        """What guides the meeting; None between two meetings."""
        return self.guides if self.meeting is not None else None

    @property
    def stream(self) -> str:
        """The name of the meeting in the log; empty between two meetings."""
        return self.meeting.id if self.meeting is not None else ""

    def sit_down(self, clock: Clock, method: Method | None) -> None:
        """Another meeting is about to begin."""
        self.meeting, self.clock, self.guides, self.unwritten = None, clock, method, Unwritten()

    def leave(self) -> None:
        """The table is free."""
        self.meeting, self.clock, self.unwritten = None, None, Unwritten()

    def done(self, *also: str) -> Meeting:
        """The meeting, when it is closed or in one of these stages. Raises Refused."""
        if self.meeting is None:
            raise Refused("no_meeting")
        if self.meeting.stage not in ("closed", *also):
            raise Refused("meeting_runs")
        return self.meeting

    def check_free(self) -> None:
        """Raises Refused while a meeting sits here."""
        if self.meeting is not None:
            raise Refused("meeting_runs")
