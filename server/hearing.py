"""The ears are watched here: started, told what to do, started again when they fall. Never what their facts mean."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from threading import Semaphore

from methods.method import Method
from server.clock import Clock
from server.earsprocess import QUIET_ENVIRONMENT as QUIET_ENVIRONMENT
from server.earsprocess import EarsProcess
from server.meeting import events as happened
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.messages import EarsGone, EarsMessage, EarsTold
from server.room import EarsState
from server.roomcheck import Check
from server.settings import HearingSettings
from server.translation import believable, translate
from speech import events as told
from speech import requests as ask

UNUSABLE_SECONDS = 60.0
"""Wait before ears with a damaged model are tried again: somebody may have repaired it meanwhile."""
UNUSABLE_FALLS = 10
"""What a damaged model counts as falls: more tries in a row do not help."""
MOST_UNHEARD = 50
"""Events that may lie in the table's inbox: what people tap must not wait behind more."""
MEMORY_LOOK_SECONDS = 2.0


class Hearing:
    """One ears process at a time; all methods are called by the table's thread, only `_told` and `_gone` are not."""

    def __init__(
        self,
        *,
        command: Sequence[str] = (),
        language: str,
        source: Callable[[Meeting], ask.Listen],
        tell: Callable[[EarsMessage], None],
        settings: HearingSettings,
    ) -> None:
        self.state = EarsState(state="warming")
        self.falls = 0
        """Times in a row that the ears fell before they heard for a while."""
        self._command = tuple(command)
        self._language, self._source, self._tell, self._settings = language, source, tell, settings
        self._run = 0
        self._process: EarsProcess | None = None
        self._unheard = Semaphore(MOST_UNHEARD)
        self._looked = 0.0
        self._sound = "closed"
        """closed, opening, open or closing."""
        self._began = 0.0
        """Meeting time of position 0 of the sound that comes now."""
        self._last = self._start_at = self._opened_at = time.monotonic()
        self._heard = self._confirmed = 0.0
        """Seconds of a recording: last told by the ears, last confirmed to them."""
        self._roles: ask.TellRoles | None = None
        self._left_out: frozenset[str] = frozenset()
        self._knows_voices = self._recording = self._unusable = False
        self.check = Check()

    def start(self) -> None:
        """Start the ears, so that models warm up behind the first screen."""
        self._run += 1
        self._sound, self._roles, self._knows_voices = "closed", None, False
        self._left_out = frozenset()
        # A try that will most likely fail is no reason to tell the screens that the ears come.
        self.state = EarsState(state="down" if self._unusable else "warming")
        self._last = self._start_at = time.monotonic()
        told, gone = partial(self._told, self._run), partial(self._gone, self._run)
        self._process = EarsProcess(self._command, self._language, line=told, gone=gone)

    def stop(self) -> None:
        """End the ears; voices end with them."""
        process, self._process = self._process, None
        self._run += 1
        if process is not None:
            process.end()

    def follow(self, meeting: Meeting | None, method: Method | None = None) -> None:
        """Bring the ears to where the meeting wants them: language, roles, device open or closed, voices."""
        if meeting is not None and meeting.language != self._language and not meeting.closed:
            self._language = meeting.language
            self.stop()
            self.start()
        if self.state.state != "ready":
            return
        if meeting is None or meeting.closed:
            self._rest()
            return
        roles = ask.TellRoles(roles=_roles(meeting), phase=_stage(meeting, method))
        if roles != self._roles and meeting.stage == "running":
            self._roles = roles
            self._send(roles)
        self._leave_out(meeting.left_out)
        if meeting.microphone_wanted and self._sound == "closed" and time.monotonic() >= self._start_at:
            self._sound, self._last = "opening", time.monotonic()
            listen = self._source(meeting)
            self._recording = listen.recording is not None
            self._heard = self._confirmed = 0.0
            self._began = 0.0 if self._recording else meeting.now
            self._knows_voices = True  # voices that nobody enrolled are told apart as well
            self._send(listen)
        elif not meeting.microphone_wanted:
            self._close()

    def go_on(self) -> None:
        """Tell ears that play a recording that everything was done that is due at the second they told last."""
        if self._recording and self._heard != self._confirmed:
            self._confirmed = self._heard
            self._send(ask.GoOn(heard=self._heard))

    def do(self, requests: Iterable[ask.Request]) -> None:
        """Do what follows from what happened; times are seconds of the meeting."""
        for request in requests:
            if isinstance(request, ask.Teach):
                lesson = self._in_the_stream(request)
                if lesson is None:
                    continue
                request = lesson
            self._knows_voices = True
            self._send(request)

    def check_seat(self, seat: str, now: float) -> None:
        """Hear how well this seat comes through."""
        self.check.begin(seat, now)
        self._send(ask.CheckSeat(seat=seat))

    def _in_the_stream(self, lesson: ask.Teach) -> ask.Teach | None:
        """The lesson in seconds of the sound that comes now; None when that sound is gone from the ears' memory."""
        if self._sound != "open":
            return None
        start, end = max(0.0, lesson.start - self._began), lesson.end - self._began
        return ask.Teach(seat=lesson.seat, start=start, end=end) if start < end else None

    def _leave_out(self, seats: frozenset[str]) -> None:
        """Ears that were started again know nothing of it, so it is told as often as it differs."""
        for seat in sorted(seats ^ self._left_out):
            self._send(ask.LeaveOut(seat=seat, out=seat in seats))
        self._left_out = seats

    def hear(self, message: EarsMessage, meeting: Meeting | None, clock: Clock | None) -> Iterable[Event]:
        """The facts in what the ears told. Nothing of an earlier run counts."""
        if isinstance(message, EarsTold):
            self._unheard.release()
        if message.run != self._run:
            return ()
        if isinstance(message, EarsGone):
            return self._fallen(meeting, clock)
        self._last = time.monotonic()
        event = message.event
        if isinstance(event, told.EarsReady):
            self.state, self._unusable = EarsState(state="ready", words=event.words), False
            return ()
        if meeting is None or clock is None:
            if isinstance(event, told.ListeningEnded):
                self._sound = "closed"
            return ()
        if not self._recording and not believable(
            event, letters=meeting.letters, sounding=self._last - self._opened_at
        ):
            return ()
        return tuple(self._facts(event, meeting, clock))

    def watch(self) -> None:
        """Start fallen ears again when it is time, and end ears that hang or eat the machine's memory."""
        now = time.monotonic()
        if self._process is None:
            if self.state.state == "down" and now >= self._start_at:
                self.start()
            return
        silent = self._settings.recording_seconds if self._recording else self._settings.silent_seconds
        limit = {
            "open": silent,
            "closing": silent,
            "opening": self._settings.opening_seconds,
        }.get(self._sound, float("inf"))
        if self.state.state != "ready":
            limit = self._settings.warming_seconds
        if now - self._last > limit:
            self._process.kill("they hang")
        elif now - self._looked > MEMORY_LOOK_SECONDS:
            self._looked = now
            if self._process.megabytes > self._settings.most_megabytes:
                self._process.kill("they take too much memory")

    def _facts(self, event: told.SpeechEvent, meeting: Meeting, clock: Clock) -> Iterable[Event]:
        if isinstance(event, told.ListeningBegan):
            yield from self._opened(event, meeting, clock)
        elif isinstance(event, told.Heard):
            if self._last - self._start_at > self._settings.steady_seconds:
                self.falls = 0
            clock.heard(event.at + self._began)
            self._heard = event.at
        elif isinstance(event, told.ListeningEnded):
            yield from self._ended(event, meeting, clock)
        else:
            now = max(clock.now(), meeting.now)
            if isinstance(event, told.SeatChecked):
                self.check.end(event, now)
            for fact in translate(event, began=self._began, now=now):
                if not self._said_for_the_check(fact):
                    yield fact

    def _said_for_the_check(self, fact: Event) -> bool:
        """A sentence of the room check is no turn of the meeting, and nobody judges it."""
        if isinstance(fact, happened.TurnBegan):
            return self.check.is_a_test(fact.at)
        if isinstance(fact, happened.TurnEnded | happened.UtteranceNoted):
            return self.check.is_a_test(fact.start)
        return False

    def _opened(self, event: told.ListeningBegan, meeting: Meeting, clock: Clock) -> Iterable[Event]:
        self._sound = "open" if self._sound == "opening" else self._sound
        self._confirmed, self._opened_at = -1.0, self._last
        if event.source == "microphone":
            self._began = clock.now()
        if meeting.microphone_wanted:
            yield happened.MicrophoneChanged(at=clock.now(), state="listening", detail=event.name)

    def _ended(self, event: told.ListeningEnded, meeting: Meeting, clock: Clock) -> Iterable[Event]:
        self._sound = "closed"
        self.check.stop(clock.now())
        if not meeting.microphone_wanted or event.reason == "asked":
            return
        state = {"end": "ended", "microphone_lost": "lost"}.get(event.reason, "missing")
        if meeting.microphone == "lost" and event.reason == "no_microphone":
            state = "lost"
        if state == "lost":
            self._start_at = time.monotonic() + self._settings.retry_seconds
        if state != meeting.microphone:
            yield happened.MicrophoneChanged(at=clock.now(), state=state, detail=event.detail)

    def _fallen(self, meeting: Meeting | None, clock: Clock | None) -> Iterable[Event]:
        if self._process is not None:
            self._unusable = self._process.end() == told.MODEL_UNUSABLE and self.state.state != "ready"
        waits = self._settings.restart_seconds
        wait = UNUSABLE_SECONDS if self._unusable else waits[min(self.falls, len(waits) - 1)]
        self._start_at = time.monotonic() + wait
        self.falls += UNUSABLE_FALLS if self._unusable else 1
        forgotten, self._knows_voices = self._knows_voices, False
        self._process, self._sound, self.state = None, "closed", EarsState(state="down")
        self.check.stop(0.0 if clock is None else clock.now())
        if meeting is None or clock is None or meeting.closed:
            return
        at = clock.now()
        if forgotten or meeting.voices or meeting.learning:
            yield happened.VoicesForgotten(at=at)
        if meeting.microphone_wanted:
            yield happened.MicrophoneChanged(at=at, state="lost", detail="ears")

    def _rest(self) -> None:
        """No meeting: device closed, voices wiped."""
        self._close()
        if self._knows_voices and self._sound == "closed":
            self._leave_out(frozenset())
            self._knows_voices, self._roles = False, None
            self.check = Check()
            self._send(ask.Forget())

    def _close(self) -> None:
        if self._sound in ("opening", "open"):
            self._sound, self._last = "closing", time.monotonic()
            self._send(ask.Stop())

    def _send(self, request: ask.Request) -> None:
        if self._process is not None:
            self._process.send(json.dumps(ask.to_json(request)))

    def _told(self, run: int, line: str) -> bool:
        """An event into the inbox, once there is room; whether this run still counts."""
        try:
            event = told.from_json(json.loads(line))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return run == self._run  # a library that prints to standard output must not stop the ears
        while not self._unheard.acquire(timeout=0.1):
            if run != self._run:
                return False
        self._tell(EarsTold(run=run, event=event))
        return True

    def _gone(self, run: int) -> None:
        self._tell(EarsGone(run=run))


def _roles(meeting: Meeting) -> dict[str, str]:
    """Who is what, as the ears know it: a trainer is judged as little as a lead."""
    as_heard = {"expert": "facilitator"}
    return {letter: as_heard.get(role := meeting.role(letter), role) for letter in meeting.letters}


def _stage(meeting: Meeting, method: Method | None) -> str | None:
    """What the meeting does now, out of the method: the ears know no methods."""
    return meeting.phase if method is None or meeting.phase is None else method.phase(meeting.phase).stage
