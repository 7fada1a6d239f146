"""When utterances are noted: never, at once, or by a worker that may fall behind. Nothing here reads a word."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Protocol

from speech.events import SpeechEvent, WordsLeftOut
from speech.frames import RATE
from speech.noting import Context, Noter
from speech.utterances import Utterance

WAITING = 20.0
"""Seconds of sound that may wait for their words to be recognised."""


class Noting(Protocol):
    """Somebody who notes utterances, at once or in the background."""

    def ahead(self, utterance: Utterance) -> None:
        """What may still go on: its words can be recognised already."""

    def give(self, utterance: Utterance, context: Context) -> None:
        """One more utterance to note."""

    def leave_out(self, *utterances: Utterance) -> None:
        """No words of these, nor of those that wait: the machine is too slow."""

    def ready(self) -> list[SpeechEvent]:
        """What was noted since the last time."""

    def finish(self, *, hurry: bool) -> list[SpeechEvent]:
        """What remains; in a hurry, what still waits is left out."""


class NotNoting:
    """No words: only who speaks."""

    def ahead(self, utterance: Utterance) -> None:
        """Lets it go."""

    def give(self, utterance: Utterance, context: Context) -> None:
        """Lets it go."""

    def leave_out(self, *utterances: Utterance) -> None:
        """Nothing waits."""

    def ready(self) -> list[SpeechEvent]:
        """Nothing."""
        return []

    def finish(self, *, hurry: bool) -> list[SpeechEvent]:
        """Nothing."""
        return []


class NotingInline:
    """Everything waits while words are recognised: the simplest, for recordings without a clock."""

    def __init__(self, noter: Noter) -> None:
        self._noter = noter
        self._noted: list[SpeechEvent] = []
        self._done = 0.0
        """Position in the sound at which the computing so far would be done if the sound had not waited for it."""

    def ahead(self, utterance: Utterance) -> None:
        """Recognises it now."""
        began = time.monotonic()
        self._noter.ahead(utterance)
        self._done = utterance.heard + time.monotonic() - began

    def give(self, utterance: Utterance, context: Context) -> None:
        """Recognises and judges it now."""
        note = self._noter.note(utterance, context, time.monotonic() - max(0.0, self._done - utterance.heard))
        self._noted += [] if note is None else [note]

    def leave_out(self, *utterances: Utterance) -> None:
        """Only these: nothing waits."""
        self._noted += map(_left_out, utterances)

    def ready(self) -> list[SpeechEvent]:
        """What was noted since the last time."""
        self._noter.let_go()
        noted, self._noted = self._noted, []
        return noted

    def finish(self, *, hurry: bool) -> list[SpeechEvent]:
        """As `ready`: nothing ever waits."""
        self._noter.forget()
        return self.ready()


class NotingInThread:
    """One worker. When it falls behind, the giver waits (a recording) or the oldest is left out (a microphone)."""

    def __init__(self, noter: Noter, *, may_leave_out: bool) -> None:
        self._noter = noter
        self._may_leave_out = may_leave_out
        self._change = threading.Condition()
        self._waiting: deque[tuple[Utterance, Context, float]] = deque()
        self._ahead: Utterance | None = None
        self._noted: list[SpeechEvent] = []
        self._over = False
        self._worker = threading.Thread(target=self._work, name="words", daemon=True)
        self._worker.start()

    def ahead(self, utterance: Utterance) -> None:
        """Recognised when there is nothing else to do."""
        with self._change:
            self._ahead = utterance
            self._change.notify_all()

    def give(self, utterance: Utterance, context: Context) -> None:
        """Queues it; waits for room when nothing may be left out."""
        with self._change:
            self._ahead = None
            while self._waiting and self._seconds() + len(utterance.samples) / RATE > WAITING:
                if self._may_leave_out:
                    self._leave_out()
                else:
                    self._change.wait()
            self._waiting.append((utterance, context, time.monotonic()))
            self._change.notify_all()

    def leave_out(self, *utterances: Utterance) -> None:
        """These and all that waits; what the worker has in hand is finished."""
        with self._change:
            self._ahead = None
            while self._waiting:
                self._leave_out()
            self._noted += map(_left_out, utterances)

    def ready(self) -> list[SpeechEvent]:
        """What was noted since the last time."""
        self._noter.let_go()
        with self._change:
            noted, self._noted = self._noted, []
        return noted

    def finish(self, *, hurry: bool) -> list[SpeechEvent]:
        """Ends the worker after what it has in hand, or after all that waits."""
        with self._change:
            while hurry and self._waiting:
                self._leave_out()
            self._over = True
            self._change.notify_all()
        self._worker.join()
        self._noter.forget()
        return self.ready()

    def _seconds(self) -> float:
        return sum(len(utterance.samples) for utterance, _, _ in self._waiting) / RATE

    def _leave_out(self) -> None:
        utterance, _, _ = self._waiting.popleft()
        self._noted.append(_left_out(utterance))

    def _work(self) -> None:
        while True:
            with self._change:
                while not self._waiting and not self._ahead and not self._over:
                    self._change.wait(1.0)
                    self._noter.let_go()
                if not self._waiting and self._over:
                    return
                ahead, self._ahead = self._ahead, None
                waiting = self._waiting.popleft() if self._waiting else None
                self._change.notify_all()
            if waiting is None:
                if ahead is not None:
                    self._noter.ahead(ahead)
                continue
            note = self._noter.note(*waiting)
            with self._change:
                self._noted += [] if note is None else [note]


def _left_out(utterance: Utterance) -> WordsLeftOut:
    return WordsLeftOut(start=round(utterance.start / RATE, 3), end=round(utterance.end / RATE, 3))
