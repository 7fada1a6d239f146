"""What a screen may ask: of a meeting, or of the group that is open. Nothing here decides whether it is granted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from server.group.wishes import DeviceWish, GroupWish, TellLookBack
from server.meeting import commands
from server.meeting.commands import Command
from server.meeting.phonewishes import for_seat

Asking = Command | GroupWish | DeviceWish
BY_NAME: dict[str, type[Any]] = {
    **commands.BY_NAME,
    **{kind.__name__: kind for kind in (GroupWish | DeviceWish).__args__},
}


def asked(message: object) -> Asking:
    """The wish in a message {"command": name, ...fields}. Raises ValueError naming what is wrong."""
    wish: Asking = commands.from_json(message, BY_NAME)
    return wish


def of_a_phone(wish: Asking, seat: str | None) -> Asking | None:
    """The wish as a phone of this seat may send it: for itself alone; None for what the lead does."""
    if isinstance(wish, TellLookBack):
        return None if seat is None else replace(wish, seat=seat)
    if isinstance(wish, GroupWish | DeviceWish):
        return None
    return for_seat(wish, seat)
