"""A table to play a meeting on in tests: wishes and facts in, state out, with a clock that is told."""

from __future__ import annotations

from collections.abc import Sequence

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.admitting import admit
from server.meeting.balance import Talk, talk
from server.meeting.decide import decide
from server.meeting.events import Event
from server.meeting.meeting import Meeting, apply
from server.meeting.turns import Speaking

NAMES = ("Anna", "Bram", "Carla", "Daan", "Els")


class Played:
    def __init__(self, method: Method) -> None:
        self.method, self.log, self.meeting, self.now = method, [], None, 0.0
        self.log: list[Event]
        self.meeting: Meeting | None

    def ask(self, command: wish.Command, at: float | None = None) -> tuple[Event, ...]:
        self.now = self.now if at is None else at
        return self._take(decide(self.meeting, command, self.method, self.now, "m1"))

    def hear(self, fact: Event) -> tuple[Event, ...]:
        assert self.meeting is not None
        self.now = max(self.now, fact.at)
        return self._take(admit(self.meeting, fact, self.method))

    def _take(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        for event in events:
            self.meeting = apply(self.meeting, event)
            self.log.append(event)
        return events

    def open(self, case_owner: str = "B", sensitivity: str = "normal") -> Played:
        self.ask(
            wish.OpenMeeting(method=self.method.id, language="nl", names=NAMES, sensitivity=sensitivity), at=self.now
        )
        self.ask(wish.ConfirmConsent(agreed=5))
        self.ask(wish.ChooseCaseOwner(seat=case_owner))
        return self

    def turn(self, seat: str | None, start: float, end: float, several: bool = False) -> None:
        self.hear(happened.TurnBegan(at=start, seat=seat, several=several))
        self.hear(happened.TurnEnded(at=end, seat=seat, start=start, end=end, several=several))

    def piece(self, seat: str | None, start: float, end: float, **more: object) -> None:
        """A piece as the ears tell it, with what they know beside the seat."""
        self.hear(happened.TurnEnded(at=end, seat=seat, start=start, end=end, **more))  # type: ignore[arg-type]

    def listen(self) -> Played:
        """The microphone is open."""
        self.hear(happened.MicrophoneChanged(at=self.now, state="listening"))
        return self

    def talk(self) -> Talk:
        assert self.meeting is not None
        return talk(self.meeting)

    def shown(self) -> Speaking | None:
        """Who is shown to speak now."""
        assert self.meeting is not None
        return self.meeting.speaking

    def say(
        self, act: str, at: float, seat: str = "C", advice: float = 0.0, words: int = 8, cue: str = "example"
    ) -> tuple[Event, ...]:
        return self.hear(
            happened.UtteranceNoted(
                at=at, seat=seat, start=at - 3, end=at - 1, act=act, advice=advice, cue=f"{act}.{cue}", words=words
            )
        )


def asking(method: Method, phase: str = "analysis", sensitivity: str = "normal") -> Played:
    """A meeting in its question phase; Bram (B) brings the case, Anna (A) leads."""
    played = Played(method).open(case_owner="B", sensitivity=sensitivity)
    played.ask(wish.BeginPhase(phase=phase), at=10)
    return played


def flags(events: Sequence[Event]) -> list[happened.FlagRaised]:
    return [event for event in events if isinstance(event, happened.FlagRaised)]
