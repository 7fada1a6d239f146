"""Everything a screen may draw from: the meeting and what surrounds it. Nothing here decides who sees what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from methods.method import Method, Text
from server.agreements import Agreement
from server.group.group import Group
from server.meeting.meeting import Meeting
from server.signs import Sign
from server.sticks import Stick


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsState:
    """How the ears are."""

    state: str
    """"warming", "ready" or "down"."""
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """How a phone joins."""

    url: str
    pin: str
    qr: str
    """An SVG drawing of the QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How a sentence of the room check was heard, dB relative to full scale."""

    level: float
    noise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCheck:
    """The room check as far as it came; it lives in memory only."""

    asking: str | None = None
    """The seat that is asked to say a sentence now."""
    heard: Mapping[str, Heard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything a view may draw from."""

    meeting: Meeting | None
    method: Method | None
    library: Sequence[Method] = ()
    problems: Sequence[tuple[str, str]] = ()
    """(file, message) of method files that were skipped."""
    language: str = "nl"
    """Spoken by the screens while there is no meeting, and the first choice for one."""
    ears: EarsState = field(default_factory=lambda: EarsState(state="warming"))
    clock_running: bool = False
    rate: float = 1.0
    join: Join | None = None
    erased: bool = False
    erases_in: int | None = None
    """Minutes until the closed meeting is erased by itself."""
    agreements: Sequence[Agreement] = ()
    better: Mapping[str, Text] = field(default_factory=dict)
    """Cue, or family of cues, to a better question to offer."""
    trouble: str = ""
    """Something the lead must know about this device, as a code ("disk_full"); empty when all is well."""
    check: RoomCheck = field(default_factory=RoomCheck)
    signs: Sequence[Sign] = ()
    """What people ask for on their phones at this moment; in memory only."""
    practising: bool = False
    """Whether a rehearsal runs, or is about to."""
    table_screen: Join | None = None
    """How a second screen joins."""
    pulsed: frozenset[str] = frozenset()
    """Seats that gave their safety pulse; in memory only, and each is told only to itself."""
    look_back: Mapping[str, Any] | None = None
    """What the group kept last time to come back to: question, intention, step, by, agreements."""
    group: Group | None = None
    """The group that is open."""
    opening: str = ""
    """Another text each time a group is opened."""
    today: date = date.min
    """The day it is on this device."""
    sticks: tuple[Stick, ...] = ()
    """USB sticks in the device."""
