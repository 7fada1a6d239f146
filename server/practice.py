"""The rehearsal of this device: its recording, its clock and the people who are played. Nothing here listens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from server.clock import Clock, HeardClock, SteadyClock
from server.conductor import Conductor, RehearsalUnusable, Score, read_score
from server.meeting.commands import Command
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.settings import REHEARSALS, Rehearsal
from speech.requests import Listen


class Practice:
    """Plays a rehearsal when one is asked for, or, started as a demonstration, from the beginning."""

    def __init__(self, rehearsal: Rehearsal | None, hopeless: Callable[[str], None]) -> None:
        """`hopeless` is told why a demonstration that nobody watches cannot go on. Raises RehearsalUnusable."""
        self._rehearsal, self._speed = rehearsal, 1.0
        self._score: Score | None = None
        self._conductor: Conductor | None = None
        if rehearsal is not None:
            self._score, self._speed = read_score(rehearsal.script), rehearsal.speed
            self._conductor = Conductor(self._score, once=rehearsal.once, hopeless=hopeless)

    @property
    def wanted(self) -> bool:
        """Whether people are played now, or will be as soon as the ears are ready."""
        return self._conductor is not None

    def begin(self, language: str) -> None:
        """Practise in this language from now on. Raises Refused."""
        if self._rehearsal is not None:
            raise Refused("not_now")
        path: Path = REHEARSALS / f"{language}.json"
        if language not in {found.stem for found in REHEARSALS.glob("*.json")}:
            raise Refused("unknown_language")
        try:
            self._score = read_score(path)
        except RehearsalUnusable:
            raise Refused("no_rehearsal") from None
        self._conductor = Conductor(self._score, once=False)

    def resume(self, meeting: Meeting) -> None:
        """Go on with a rehearsal that a power cut broke off; where that cannot be, its meeting stands still."""
        if meeting.rehearsal and self._conductor is None:
            try:
                self.begin(meeting.language)
            except Refused:
                return

    def over(self) -> None:
        """Nobody is played any more; a demonstration stays one."""
        if self._rehearsal is None:
            self._conductor = self._score = None

    def due(self, meeting: Meeting | None, *, ready: bool, watched: bool, falls: int) -> Command | None:
        """The next wish of the people who are played."""
        if self._conductor is None or (meeting is not None and not meeting.rehearsal):
            return None
        return self._conductor.due(meeting, ready=ready, watched=watched, falls=falls)

    def clock(self, begin: float, rehearsal: bool) -> Clock:
        """The clock of a meeting that goes on from this second."""
        return HeardClock(begin, self._speed) if rehearsal and self._score is not None else SteadyClock(begin)

    def listen(self, meeting: Meeting) -> Listen:
        """The sound of a meeting: the microphone, or the recording."""
        return self._score.listen(meeting, self._speed) if meeting.rehearsal and self._score is not None else Listen()
