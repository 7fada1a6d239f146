"""Safety pulses wait here in memory and are written down together, in no order: the log cannot tell whose is whose."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from server.meeting.commands import Command
from server.meeting.events import Event
from server.meeting.refusals import Refused
from server.meeting.wishes import AnswerPulse
from server.meeting.written import AnswersShown, PulseGiven


class Pulses:
    """The pulses of a meeting until its answers are shown; a power cut loses them, and they can be given again."""

    def __init__(self) -> None:
        """None yet."""
        self._held: list[Event] = []
        self.seats: frozenset[str] = frozenset()
        """Who gave one; each is told only to itself."""

    def passed(self, command: Command, events: Sequence[Event]) -> tuple[Event, ...]:
        """What may be written down of these events of a wish: a pulse not yet, those held back before they are shown.

        Raises Refused when a seat gives a second one.
        """
        if isinstance(command, AnswerPulse):
            if command.seat in self.seats:
                raise Refused("answered_already")
            self._held += events
            self.seats |= {command.seat or ""}
            return ()
        shown = next((event for event in events if isinstance(event, AnswersShown)), None)
        if shown is None or not self._held:
            return tuple(events)
        given = [replace(one, at=shown.at) for one in self._held if isinstance(one, PulseGiven)]
        random.SystemRandom().shuffle(given)
        self._held = []
        return (*given, *events)
