"""The table: one thread takes every message in order, logs what it leads to and shows it. It never decides rules."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import Any

from server.answers import GRANTED, NOT_WRITTEN
from server.archive import Archive
from server.asking import Asking
from server.errands import errands
from server.furniture import Furniture as Furniture
from server.group.wishes import DeviceWish, GroupWish, RememberEvening
from server.group.words import refused
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.admitting import admit
from server.meeting.commands import Command
from server.meeting.decide import decide
from server.meeting.events import Event
from server.meeting.meeting import Meeting, apply
from server.meeting.refusals import Refused
from server.messages import Answer, Arrived, Asked, EarsGone, EarsTold, Left, LookedAgain, Message, TimeToStop
from server.pictured import AT_ONCE, pictured
from server.room import Room
from server.screens import FACILITATOR
from server.seated import Seated
from server.suggesting import suggestions
from server.troubles import Troubles
from server.unattended import Unattended
from speech.requests import Request


class Table:
    """The single writer and only owner of the meeting."""

    def __init__(self, furniture: Furniture, inbox: queue.SimpleQueue[Message]) -> None:
        self._of = furniture
        self._inbox = inbox
        self._at = Seated()
        self._unattended = Unattended(furniture.settings.unattended)
        self._troubles = Troubles(furniture.trouble, furniture.beat)
        self._archive = Archive(furniture.log, furniture.trouble)
        self._urgent = self._changed = False
        self._published = 0.0
        self._thread = Thread(target=self._run, name="table", daemon=True)

    def start(self) -> None:
        """Resume what was unfinished, and begin to take messages."""
        self._troubles.carefully(self._archive.open)
        self._troubles.carefully(self._resume)
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """Take what lies in the inbox, then stop; the meeting stays in the log."""
        self._inbox.put(TimeToStop())
        self._thread.join(seconds)

    def _resume(self) -> None:
        meeting = self._archive.unfinished(self._of.shelf.methods)
        if meeting is None:
            return
        self._of.practice.resume(meeting)
        clock = self._of.practice.clock(meeting.now, meeting.rehearsal)
        self._at = Seated(meeting=meeting, clock=clock, guides=self._of.shelf.methods[meeting.method])
        if meeting.voices or meeting.learning:
            self._record((happened.VoicesForgotten(at=meeting.now),))
        if meeting.microphone_wanted:
            self._record((happened.MicrophoneChanged(at=meeting.now, state="opening"),))

    def _run(self) -> None:
        self._troubles.carefully(self._of.hearing.start)  # from here: they end with the thread that started them
        while not isinstance(message := self._next(), TimeToStop):
            for step in (partial(self._take, message), self._tick, self._conduct, self._attend, self._publish):
                self._troubles.carefully(step)
        self._troubles.carefully(self._of.hearing.stop)
        self._troubles.carefully(self._of.log.close)

    def _next(self) -> Message | None:
        try:
            return self._inbox.get(timeout=self._patience())
        except queue.Empty:
            return None

    def _patience(self) -> float:
        """Seconds until something is due without anybody saying anything."""
        if self._changed:
            return max(0.0, self._published + self._of.settings.publish_seconds - time.monotonic())
        return self._of.settings.tick_seconds / 4

    def _take(self, message: Message | None) -> None:
        match message:
            case Asked():
                message.reply(self._answer(message.command))
                self._urgent = True
            case EarsTold() | EarsGone():
                before = self._of.hearing.state
                self._admit(self._of.hearing.hear(message, self._at.meeting, self._at.clock))
                self._changed = True
                self._urgent = self._urgent or before != self._of.hearing.state
            case Arrived():
                self._of.screens.arrive(message.audience, message.screen, self._room())
            case Left():
                self._of.screens.leave(message.audience, message.screen)
            case LookedAgain():
                self._of.screens.again(message.audience, message.screen, self._room())

    def _answer(self, command: Asking) -> Answer:
        """Grant the wish or say why not."""
        if self._troubles.unusable:
            return NOT_WRITTEN
        self._unattended.stirred()
        try:
            if isinstance(command, GroupWish | DeviceWish):
                return GRANTED | self._grant_group(command)
            return GRANTED | self._grant(command)
        except Refused as why:
            return {"ok": False, "refused": why.code, "say": dict(why.say)}
        except Exception as error:
            return self._troubles.failed(error)

    def _grant_group(self, asked: GroupWish | DeviceWish) -> dict[str, Any]:
        """What the answer holds beside "ok"."""
        circle, methods = self._of.circle, self._of.shelf.methods
        self._changed = True
        if not isinstance(asked, RememberEvening):
            return circle.grant(asked, self._at.meeting, methods)
        circle.remember(asked, self._at.done(), methods)
        self._archive.forget(self._at.stream)
        self._left()
        return {}

    def _grant(self, command: Command) -> dict[str, Any]:
        """What the answer holds beside "ok"."""
        circle, methods = self._of.circle, self._of.shelf.methods
        match command:
            case wish.SuggestMethods():
                return {"suggestions": suggestions(command, methods, circle.group.familiar if circle.group else ())}
            case wish.EraseEverything():
                return {"erased": self._erase_everything()}
            case wish.OpenMeeting():
                self._open(command)
            case wish.EraseMeeting():
                self._erase()
            case wish.KeepMeeting():
                if self._at.done().group:
                    raise refused("open_group_first")
                self._archive.keep(self._at.done().id, command.items, command.days)
                self._left()
            case wish.BeginRehearsal():
                self._at.check_free()
                self._of.practice.begin(command.language)
            case wish.EndRehearsal():
                self._practised()
            case wish.ForgetLookBack():
                self._archive.forget_look_back()
                self._changed = True
            case _:
                now = self._at.now
                events = decide(self._at.meeting, command, self._at.method, now, "")
                self._record(self._at.unwritten.passed(command, events, self._at.meeting))
                self._changed = True
                if isinstance(command, wish.CheckSeat):
                    self._of.hearing.check_seat(command.seat, now)
        return {}

    def _open(self, command: wish.OpenMeeting) -> None:
        stream, method = self._of.log.open_stream(), self._of.shelf.methods.get(command.method)
        command = replace(command, group="" if command.rehearsal else self._of.circle.id)
        events = decide(self._at.meeting, command, method, 0.0, stream)
        before = (self._at.meeting.id,) if self._at.meeting is not None else ()
        if left := {*self._of.log.unfinished(), *before}:
            # Nobody chose to keep these: erasing is the default.
            self._archive.forget(*left)
        if not command.rehearsal:
            self._of.practice.over()
        self._unattended.begun()
        self._at.sit_down(self._of.practice.clock(0.0, command.rehearsal), method)
        self._record(events, stream)

    def _erase(self) -> None:
        meeting = self._at.done("consent")  # nothing was heard then: the group is back at the first page
        self._archive.forget(meeting.id)
        self._left()
        if meeting.closed:
            self._unattended.erased()

    def _erase_everything(self) -> int:
        self._at.check_free()
        erased = self._archive.forget_everything() + self._of.circle.forget_all()
        self._unattended.erased()
        return erased

    def _left(self) -> None:
        """The table is free, and nobody is played at it any more."""
        self._at.leave()
        self._of.practice.over()
        self._changed = True

    def _practised(self) -> None:
        """A rehearsal is erased wherever it is; a meeting of people is not touched by this wish."""
        if self._at.meeting is not None:
            if not self._at.meeting.rehearsal:
                raise Refused("not_now")
            self._archive.forget(self._at.meeting.id)
        self._left()

    def _admit(self, facts: Iterable[Event]) -> None:
        for fact in tuple(facts):
            if self._at.meeting is not None and not self._troubles.unusable:
                self._record(admit(self._at.meeting, fact, self._at.method))

    def _record(self, events: Sequence[Event], stream: str | None = None) -> None:
        """Log first, then believe; what cannot be believed is not logged."""
        if not events:
            return
        believed, asked = self._at.meeting, list[Request]()
        for event in events:
            earlier, believed = believed, apply(believed, event)
            asked += errands(event, earlier, believed) if earlier is not None else ()
        before = self._of.log.problem
        self._of.log.append(stream or (self._at.stream), events)
        self._of.hearing.do(asked)
        if before != self._of.log.problem and self._of.log.problem:
            self._of.trouble(self._of.log.told)
        self._at.meeting, self._changed = believed, True
        for event in events:
            self._urgent = self._urgent or isinstance(event, AT_ONCE)
            if isinstance(event, happened.MeetingClosed) and believed is not None:
                self._closed(believed)

    def _closed(self, meeting: Meeting) -> None:
        self._of.hearing.follow(meeting, self._at.guides)
        if self._of.closed is not None and self._at.guides is not None:
            self._of.closed(meeting, self._at.guides)

    def _attend(self) -> None:
        self._of.hearing.watch()
        self._of.hearing.follow(self._at.meeting, self._at.guides)
        self._of.hearing.go_on()

    def _tick(self) -> None:
        """Another second of the meeting went by."""
        if self._at.meeting is None:
            self._changed = self._of.shelf.look(time.monotonic()) or self._archive.expire() or self._changed
        self._changed = self._of.circle.look(self._at.meeting) or self._changed
        self._alone()
        if self._at.meeting is None or self._at.clock is None or self._at.meeting.closed or self._troubles.unusable:
            return
        step, now = self._of.settings.tick_seconds, self._at.clock.now()
        if now // step > self._at.meeting.now // step:
            self._admit((happened.ClockTicked(at=round(now, 3)),))

    def _alone(self) -> None:
        """What happens by itself when people are gone."""
        looked_at = self._of.screens.looked_at
        due = self._unattended.due(self._at.meeting, self._at.method, self._at.now, watched=looked_at)
        if due is not None:
            self._grant(due)
        self._changed = self._unattended.news() or self._changed

    def _conduct(self) -> None:
        """In a rehearsal the people at the table are played."""
        while self._of.practice.wanted:
            hearing, watched = self._of.hearing, self._of.screens.watching(FACILITATOR)
            ready = hearing.state.state == "ready"
            command = self._of.practice.due(self._at.meeting, ready=ready, watched=watched, falls=hearing.falls)
            if command is None or not self._answer(command)["ok"]:
                return
            self._urgent = True

    def _room(self) -> Room:
        return pictured(
            self._of,
            self._at.meeting,
            self._at.method,
            self._at.clock,
            unwritten=self._at.unwritten,
            look_back=self._archive.look_back,
            now=self._at.now,
            unattended=self._unattended,
            unusable=self._troubles.unusable,
        )

    def _publish(self) -> None:
        """At once when people wait for it, else at most eight times a second."""
        now = time.monotonic()
        urgent = self._urgent or self._troubles.news
        if not urgent and not (self._changed and now - self._published >= self._of.settings.publish_seconds):
            return
        self._urgent = self._changed = self._troubles.news = False
        self._published = now
        self._of.screens.show(self._room())
