"""What is due when people are gone: a microphone closed, a meeting erased. It only says so; nothing is done here."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from methods.method import Method
from server.meeting import commands as wish
from server.meeting.commands import Command
from server.meeting.meeting import Meeting
from server.meeting.rules import SILENT
from server.meeting.tablewishes import BY_ITSELF
from server.settings import UnattendedSettings

NOBODY_SPEAKS, NOBODY_LOOKS = BY_ITSELF
_AGAIN_SECONDS = 60.0
"""Between two tries to erase on a disk that is full."""


class Unattended:
    """Watches the table; used by the table's thread only."""

    def __init__(self, settings: UnattendedSettings, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._monotonic = settings, monotonic
        self._looked = monotonic()
        self._quiet_from = 0.0
        """Meeting second from which silence counts."""
        self._muted_from = 0.0
        self._undecided_from: float | None = None
        self._tried = self._erased_at = -math.inf
        self._said: tuple[bool, int | None] = (False, None)

    def stirred(self) -> None:
        """Somebody asked for something."""
        self._undecided_from = None

    def erased(self) -> None:
        """Everything of the meeting is gone."""
        self._erased_at = self._monotonic()

    def begun(self) -> None:
        """Another meeting sits down."""
        self._erased_at, self._quiet_from, self._muted_from, self._undecided_from = -math.inf, 0.0, 0.0, None

    @property
    def says_erased(self) -> bool:
        """Whether the screens still say that everything is erased."""
        return self._monotonic() - self._erased_at <= self._settings.erased_seconds

    @property
    def erases_in(self) -> int | None:
        """Minutes until a closed meeting is erased if nobody chooses."""
        if self._undecided_from is None:
            return None
        left = self._settings.undecided_seconds - (self._monotonic() - self._undecided_from)
        return max(0, math.ceil(left / 60))

    def news(self) -> bool:
        """Whether the screens have something else to say than when this was asked last."""
        before, self._said = self._said, (self.says_erased, self.erases_in)
        return before != self._said

    def due(self, meeting: Meeting | None, method: Method | None, now: float, *, watched: bool) -> Command | None:
        """What is to be done at this second of the meeting, as if somebody had asked for it."""
        moment = self._monotonic()
        if watched:
            self._looked = moment
        if meeting is None:
            self._undecided_from = None
            return None
        if meeting.closed:
            return self._undecided(moment)
        self._undecided_from = None
        if moment - self._looked > self._settings.abandoned_seconds:
            return wish.CloseMeeting() if meeting.phase is not None else wish.EraseMeeting()
        if meeting.microphone != "muted":
            self._muted_from = now
        elif meeting.voices and now - self._muted_from > self._settings.muted_seconds:
            return wish.ForgetVoice()
        if meeting.rehearsal or meeting.microphone != "listening" or meeting.paused:
            self._quiet_from = now
            return None
        if meeting.speaking is not None or _asks_for_silence(meeting, method):
            self._quiet_from = now
        spoke = max(self._quiet_from, meeting.turns[-1].end if meeting.turns else 0.0)
        if now - spoke > self._settings.quiet_seconds:
            return wish.Mute(why=NOBODY_SPEAKS)
        return wish.Mute(why=NOBODY_LOOKS) if moment - self._looked > self._settings.unwatched_seconds else None

    def _undecided(self, moment: float) -> Command | None:
        if self._undecided_from is None:
            self._undecided_from = moment
        late = moment - self._undecided_from > self._settings.undecided_seconds
        if not late or moment - self._tried < _AGAIN_SECONDS:
            return None
        self._tried = moment
        return wish.EraseMeeting()


def _asks_for_silence(meeting: Meeting, method: Method | None) -> bool:
    if method is None or meeting.phase is None:
        return False
    return method.phase(meeting.phase).floor.mode in SILENT
