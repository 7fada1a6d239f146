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
    except LogUnusable as error:
        raise NotResumable(str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotResumable(f"What is logged of it does not fit together ({type(error).__name__}).") from None
    if meeting is None:
        raise NotResumable("Nothing is logged of it.")
    method = methods.get(meeting.method)
    if method is None or not {base_of(stop) for stop in meeting.order} <= {p.id for p in method.phases}:
        raise NotResumable("Its method is gone or has other phases. Put the method's file back and start Kring again.")
    return meeting
