"""What a phone may ask, and for whom: the own seat alone. Nothing here decides whether it is granted."""

from __future__ import annotations

from dataclasses import replace

from server.meeting.commands import Command
from server.meeting.tablewishes import CountTurns, ForgetVoice, GiveSign, ShowBalance
from server.meeting.wishes import FOR_PHONES, StopMethod


def for_seat(command: Command, seat: str | None) -> Command | None:
    """The wish as a phone of this seat may send it: for itself alone; None for what the lead does.

    Anybody may say stop, and may switch the balance off for all; nobody is told who.
    """
    if isinstance(command, StopMethod):
        return StopMethod()
    if isinstance(command, ShowBalance):
        return command if command.shown == "off" else None
    if seat is None or not isinstance(command, (*FOR_PHONES, CountTurns, ForgetVoice, GiveSign)):
        return None
    return replace(command, seat=seat)
