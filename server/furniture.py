"""What a table is made of. Nothing here does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from methods.method import Method
from server.circle import Circle
from server.hearing import Hearing
from server.library import Shelf
from server.log import Log
from server.meeting.meeting import Meeting
from server.practice import Practice
from server.room import Room
from server.screens import Screens
from server.settings import TableSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What a table is made of."""

    log: Log
    hearing: Hearing
    screens: Screens
    shelf: Shelf
    practice: Practice
    circle: Circle
    room: Room
    """What stays the same in every view, for example the agreements."""
    settings: TableSettings
    joining: Callable[[Room], Room] = lambda room: room
    """Puts into the room how screens join at this moment: PINs change."""
    beat: Callable[[], None] = lambda: None
    """Told at every step of the table."""
    closed: Callable[[Meeting, Method], None] | None = None
    """Told once when a meeting has been closed and shown."""
    trouble: Callable[[str], None] = print
    """Says something to whoever looks after the computer."""
