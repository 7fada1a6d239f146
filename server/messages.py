"""What can lie in the table's inbox. Nothing here handles any of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.asking import Asking
from speech.events import SpeechEvent

Answer = dict[str, Any]
"""{"ok": true} or {"ok": false, "refused": code, "say": {nl, en}}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A person wants something."""

    command: Asking
    reply: Callable[[Answer], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsTold:
    """The ears of this run told something."""

    run: int
    event: SpeechEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsGone:
    """The ears of this run are no more."""

    run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A screen began to look."""

    audience: str
    screen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A screen looked away."""

    audience: str
    screen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAgain:
    """A screen missed something and wants the whole picture."""

    audience: str
    screen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToStop:
    """The appliance stops; the meeting stays in the log."""


Message = Asked | EarsTold | EarsGone | Arrived | Left | LookedAgain | TimeToStop
EarsMessage = EarsTold | EarsGone
