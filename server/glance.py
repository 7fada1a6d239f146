"""What any paired screen may know at a glance, for a page before its scripts run. Never a name or a card."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from methods.method import Text
from server.phaseviews import seconds_in
from server.room import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Where the meeting was when the screens last changed."""

    stage: str = "start"
    language: str = "nl"
    place: tuple[int, int] = (0, 0)
    """The phase's place in the plan, counted from one, and how many there are."""
    phase: Text = field(default_factory=dict)
    sentence: Text = field(default_factory=dict)
    minutes_left: float | None = None
    """At second `at`; None when no clock is shown."""
    rate: float = 0.0
    """Minutes of the phase that go by in a minute; 0 while the clock stands still."""
    at: float = 0.0
    """Monotonic second."""

    def left(self, monotonic: float) -> float | None:
        """Minutes left at that second; below nought: over its time."""
        if self.minutes_left is None:
            return None
        return self.minutes_left - self.rate * max(0.0, monotonic - self.at) / 60


class Glances:
    """The last glance: put here by the table's thread, read by those that serve pages."""

    def __init__(self, language: str) -> None:
        """Before anything is known."""
        self.last = Glance(language=language)

    def take(self, room: Room) -> None:
        """Remember where the meeting is now."""
        self.last = glance(room)


def glance(room: Room) -> Glance:
    """The glance of this room."""
    meeting, method = room.meeting, room.method
    if meeting is None or method is None:
        return Glance(stage="erased" if room.erased else "start", language=room.language)
    if meeting.phase is None or meeting.stage != "running" or meeting.stopped:
        return Glance(stage=meeting.stage, language=meeting.language)
    phase = method.phase(meeting.phase)
    return Glance(
        stage="running",
        language=meeting.language,
        place=(meeting.order.index(meeting.phase) + 1, len(meeting.order)),
        phase=phase.name,
        sentence=phase.glance,
        minutes_left=meeting.plan.get(meeting.phase, phase.minutes) - seconds_in(meeting, meeting.phase) / 60,
        rate=room.rate if room.clock_running and not meeting.paused else 0.0,
        at=time.monotonic(),
    )
