"""The table: one thread takes every message in order, logs what it leads to and shows it. It never decides rules."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Thread

from methods.method import Method
from server.clock import Clock
from server.conductor import Conductor
from server.hearing import Hearing
from server.log import Log, LogUnusable
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.commands import Command
from server.meeting.decide import Refused, admit, decide
from server.meeting.events import Event
from server.meeting.meeting import Meeting, apply, fold
from server.messages import Answer, Arrived, Asked, EarsGone, EarsTold, Left, LookedAgain, Message, TimeToStop
from server.screens import FACILITATOR, Screens
from server.settings import TableSettings
from server.views import Room

ERASED_SECONDS = 60.0
"""So long the screens say that everything is erased, then they are ready for a new meeting."""
AT_ONCE = (happened.MicrophoneChanged, happened.FlagRaised, happened.PhaseBegan, happened.VoiceLearned)
GRANTED: Answer = {"ok": True}
NOT_WRITTEN = {
    "nl": "Kring kan niet meer schrijven. Kijk op het scherm van de computer wat er te doen is.",
    "en": "Kring cannot write any more. The computer's screen says what to do.",
    "de": "Kring kann nicht mehr schreiben. Auf dem Bildschirm des Rechners steht, was zu tun ist.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What a table is made of."""

    log: Log
    hearing: Hearing
    screens: Screens
    methods: Mapping[str, Method]
    clock: Callable[[float], Clock]
    """A clock that goes on from this meeting second."""
    room: Room
    """What stays the same in every view: library, agreements, join."""
    settings: TableSettings
    conductor: Conductor | None = None
    closed: Callable[[Meeting, Method], None] | None = None
    """Told once when a meeting has been closed and shown."""
    trouble: Callable[[str], None] = print
    """Says something to whoever looks after the computer."""


class Table:
    """The single writer and only owner of the meeting."""

    def __init__(self, furniture: Furniture, inbox: queue.SimpleQueue[Message]) -> None:
        self._of = furniture
        self._inbox = inbox
        self._meeting: Meeting | None = None
        self._clock: Clock | None = None
        self._erased_at: float | None = None
        self._unusable = False
        self._urgent = self._changed = False
        self._published = 0.0
        self._thread = Thread(target=self._run, name="table", daemon=True)

    def start(self) -> None:
        """Resume what was unfinished, wake the ears and begin to take messages."""
        self._resume()
        self._of.hearing.start()
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """Take what lies in the inbox, then stop; the meeting stays in the log."""
        self._inbox.put(TimeToStop())
        self._thread.join(seconds)

    def _resume(self) -> None:
        stream = self._of.log.unfinished()
        if stream is None:
            return
        self._meeting = fold(self._of.log.events(stream))
        if self._meeting is None or self._meeting.method not in self._of.methods:
            self._meeting = None
            return
        if self._meeting.closed and self._of.conductor is not None:
            # A rehearsal that was played to its end begins anew.
            self._of.log.forget(stream)
            self._meeting = None
            return
        self._clock = self._of.clock(self._meeting.now)
        if self._meeting.closed:
            return
        at = self._meeting.now
        if self._meeting.voices or self._meeting.learning:
            self._record((happened.VoicesForgotten(at=at),))
        if self._meeting.microphone_wanted:
            self._record((happened.MicrophoneChanged(at=at, state="opening"),))

    def _run(self) -> None:
        while True:
            try:
                message = self._inbox.get(timeout=self._patience())
            except queue.Empty:
                message = None
            if isinstance(message, TimeToStop):
                break
            try:
                if message is not None:
                    self._take(message)
                self._tick()
                self._conduct()
            except LogUnusable as error:
                self._give_up(error)
            self._of.hearing.watch()
            self._of.hearing.follow(self._meeting)
            self._publish()
        self._of.hearing.stop()
        self._of.log.close()

    def _patience(self) -> float:
        """Seconds until something is due without anybody saying anything."""
        if self._changed:
            return max(0.0, self._published + self._of.settings.publish_seconds - time.monotonic())
        return self._of.settings.tick_seconds / 4

    def _take(self, message: Message) -> None:
        match message:
            case Asked():
                message.reply(self._answer(message.command))
                self._urgent = True
            case EarsTold() | EarsGone():
                before = self._of.hearing.state
                self._admit(self._of.hearing.hear(message, self._meeting, self._clock))
                self._changed = True
                self._urgent = self._urgent or before != self._of.hearing.state
            case Arrived():
                self._of.screens.arrive(message.audience, message.screen, self._room())
            case Left():
                self._of.screens.leave(message.audience, message.screen)
            case LookedAgain():
                self._of.screens.again(message.audience, message.screen, self._room())

    def _answer(self, command: Command) -> Answer:
        """Grant the wish or say why not."""
        if self._unusable:
            return {"ok": False, "refused": "not_written", "say": NOT_WRITTEN}
        try:
            self._grant(command)
        except Refused as refused:
            return {"ok": False, "refused": refused.code, "say": dict(refused.say)}
        return GRANTED

    def _grant(self, command: Command) -> None:
        match command:
            case wish.OpenMeeting():
                self._open(command)
            case wish.EraseMeeting():
                self._erase(self._done())
            case wish.KeepMeeting():
                self._of.log.keep(self._done().id)
                self._meeting = self._clock = None
            case _:
                now = self._now()
                self._record(decide(self._meeting, command, self._method(), now, ""))

    def _open(self, command: wish.OpenMeeting) -> None:
        stream = self._of.log.open_stream()
        events = decide(self._meeting, command, self._of.methods.get(command.method), 0.0, stream)
        if self._meeting is not None:
            # Nobody chose to keep the one before: erasing is the default.
            self._erase(self._meeting)
        self._erased_at, self._meeting, self._clock = None, None, self._of.clock(0.0)
        self._record(events, stream)

    def _done(self) -> Meeting:
        if self._meeting is None:
            raise Refused("no_meeting")
        if not self._meeting.closed:
            raise Refused("meeting_runs")
        return self._meeting

    def _erase(self, meeting: Meeting) -> None:
        self._of.log.forget(meeting.id)
        self._meeting = self._clock = None
        self._erased_at = time.monotonic()

    def _admit(self, facts: Sequence[Event] | object) -> None:
        for fact in facts if isinstance(facts, tuple) else tuple(facts):  # type: ignore[arg-type]
            if self._meeting is not None and not self._unusable:
                self._record(admit(self._meeting, fact, self._method()))

    def _record(self, events: Sequence[Event], stream: str | None = None) -> None:
        """Log first, then believe."""
        if not events:
            return
        before = self._of.log.problem
        self._of.log.append(stream or (self._meeting.id if self._meeting else ""), events)
        if before != self._of.log.problem and self._of.log.problem:
            self._of.trouble("The disk is full: the meeting goes on, but would be lost in a power cut. Make some room.")
        for event in events:
            self._meeting = apply(self._meeting, event)
            self._changed = True
            self._urgent = self._urgent or isinstance(event, AT_ONCE)
            if isinstance(event, happened.EnrolmentAsked):
                self._of.hearing.enrol(event.seat)
            if isinstance(event, happened.MeetingClosed):
                self._closed(self._meeting)

    def _closed(self, meeting: Meeting) -> None:
        self._of.hearing.follow(meeting)
        method = self._method()
        if self._of.closed is not None and method is not None:
            self._of.closed(meeting, method)

    def _tick(self) -> None:
        """Another second of the meeting went by."""
        if self._erased_at is not None and time.monotonic() - self._erased_at > ERASED_SECONDS:
            self._erased_at, self._changed = None, True
        if self._meeting is None or self._clock is None or self._meeting.closed or self._unusable:
            return
        step, now = self._of.settings.tick_seconds, self._clock.now()
        if now // step > self._meeting.now // step:
            self._admit((happened.ClockTicked(at=round(now, 3)),))

    def _conduct(self) -> None:
        """In a rehearsal the people at the table are played."""
        conductor = self._of.conductor
        while conductor is not None:
            hearing, watched = self._of.hearing, self._of.screens.watching(FACILITATOR)
            ready = hearing.state.state == "ready"
            command = conductor.due(self._meeting, ready=ready, watched=watched, falls=hearing.falls)
            if command is None or not self._answer(command)["ok"]:
                return
            self._urgent = True

    def _give_up(self, error: LogUnusable) -> None:
        if not self._unusable:
            self._unusable = self._urgent = True
            self._of.trouble(str(error))

    def _now(self) -> float:
        now = self._clock.now() if self._clock is not None else 0.0
        return round(max(now, self._meeting.now if self._meeting else 0.0), 3)

    def _method(self) -> Method | None:
        return self._of.methods.get(self._meeting.method) if self._meeting is not None else None

    def _room(self) -> Room:
        running = self._meeting is not None and self._clock is not None and not self._meeting.closed
        if running and self._meeting is not None and self._meeting.rehearsal:
            running = self._meeting.microphone == "listening"
        meeting = self._meeting if self._meeting is None or not running else replace(self._meeting, now=self._now())
        return replace(
            self._of.room,
            meeting=meeting,
            method=self._method(),
            ears=self._of.hearing.state,
            clock_running=running,
            rate=self._clock.rate if self._clock is not None else 1.0,
            erased=self._erased_at is not None,
            trouble="disk_full" if self._of.log.problem else "not_written" if self._unusable else "",
        )

    def _publish(self) -> None:
        """At once when people wait for it, else at most eight times a second."""
        now = time.monotonic()
        if not self._urgent and not (self._changed and now - self._published >= self._of.settings.publish_seconds):
            return
        self._urgent = self._changed = False
        self._published = now
        self._of.screens.show(self._room())
