"""Whether Kring can go on with a meeting that was left in the log, or why not. Nothing here changes the log."""

from __future__ import annotations

from collections.abc import Mapping

from methods.method import Method, base_of
from server.log import Log
from server.meeting.meeting import Meeting, fold
from server.store import LogUnusable


class NotResumable(Exception):
    """This Kring cannot go on with the meeting; the message says why, and nothing of what the meeting holds."""


def resumable(log: Log, stream: str, methods: Mapping[str, Method]) -> Meeting:
    """The meeting as logged. Raises NotResumable."""
    try:
        meeting = fold(log.events(stream))
        fits = meeting is not None and _fits(meeting, methods.get(meeting.method))
    except LogUnusable as error:
        raise NotResumable(str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotResumable(f"What is logged of it does not fit together ({type(error).__name__}).") from None
    if meeting is None:
        raise NotResumable("Nothing is logged of it.")
    if not fits:
        raise NotResumable("Its method is gone or has other phases. Put the method's file back and start Kring again.")
    return meeting


def _fits(meeting: Meeting, method: Method | None) -> bool:
    """Whether the method still has every phase of the meeting."""
    return method is not None and {base_of(stop) for stop in meeting.order} <= {phase.id for phase in method.phases}
