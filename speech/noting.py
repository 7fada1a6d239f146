"""An utterance becomes a note: its words are recognised, its dialogue act is judged, and the words are let go.

Words exist here while one utterance is judged, and until the next one as its context: 8 s at most. Nothing here
prints or raises them.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from speech.events import SpeechEvent, UtteranceNoted, WordsLeftOut
from speech.frames import RATE
from speech.utterances import Utterance
from speech.words.recogniser import Recogniser

REMEMBERED = 8.0
"""Seconds that the words of an utterance may serve as context of the next."""
WAITING = 20.0
"""Seconds of sound that may wait for their words to be recognised."""


class Act(Protocol):
    """What a classifier answers."""

    @property
    def act(self) -> str:
        """One of the eleven acts of the label guide."""

    @property
    def advice(self) -> float:
        """Probability 0..1 that it advises."""

    @property
    def cue(self) -> str | None:
        """Name of the cue that decided."""


class Classifier(Protocol):
    """Judges one utterance; `previous` is what was said just before it."""

    def classify(self, text: str, role: str, phase: str | None = None, previous: str | None = None) -> Act:
        """The act of one utterance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the meeting is doing, as the ears were told."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Seat to "facilitator", "case_owner" or "peer"."""
    phase: str | None = None


@dataclass(slots=True, kw_only=True)
class Noter:
    """Takes one utterance at a time. `keep_text` only where a person asked for it on the command line."""

    recogniser: Recogniser
    classifier: Classifier
    keep_text: bool
    _before: _Before | None = None

    def note(self, utterance: Utterance, context: Context, since: float) -> SpeechEvent | None:
        """The note; None when there were no words. `since` is the monotonic clock when the last sound was there."""
        start, end = round(utterance.start / RATE, 3), round(utterance.end / RATE, 3)
        try:
            words = self.recogniser.recognise(utterance.samples)
            if not words:
                return None
            text = " ".join(word.text for word in words)
            role = context.roles.get(utterance.seat or "", "peer")
            act = self.classifier.classify(text, role, phase=context.phase, previous=self._context_of(utterance))
        except Exception as failure:  # whatever the engine does, who speaks must go on; its text may hold words
            print(f"kring ears: {type(failure).__name__} in {self.recogniser.name}, words left out", file=sys.stderr)
            return WordsLeftOut(start=start, end=end)
        self._before = _Before(text=text, end=utterance.end, noted=time.monotonic())
        return UtteranceNoted(
            seat=utterance.seat,
            start=start,
            end=end,
            act=act.act,
            advice=act.advice,
            cue=act.cue,
            words=len(words),
            heard=round(utterance.heard, 3),
            computing=round(time.monotonic() - since, 3),
            text=text if self.keep_text else None,
        )

    def let_go(self) -> None:
        """Forgets the words of the utterance before, when they are too old to help."""
        if self._before is not None and time.monotonic() - self._before.noted > REMEMBERED:
            self._before = None

    def _context_of(self, utterance: Utterance) -> str | None:
        """Counted in the sound and not by the clock, so that a fast run judges as a paced one does."""
        before, self._before = self._before, None
        return before.text if before is not None and utterance.end - before.end <= REMEMBERED * RATE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    text: str = field(repr=False)
    end: int
    """Samples since the stream opened."""
    noted: float
    """Monotonic clock, seconds."""


class Noting(Protocol):
    """Somebody who notes utterances, at once or in the background."""

    def give(self, utterance: Utterance, context: Context) -> None:
        """One more utterance to note."""

    def ready(self) -> list[SpeechEvent]:
        """What was noted since the last time."""

    def finish(self, *, hurry: bool) -> list[SpeechEvent]:
        """What remains; in a hurry, what still waits is left out."""


class NotNoting:
    """No words: only who speaks."""

    def give(self, utterance: Utterance, context: Context) -> None:
        """Lets it go."""

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

    def give(self, utterance: Utterance, context: Context) -> None:
        """Recognises and judges it now."""
        note = self._noter.note(utterance, context, time.monotonic())
        self._noted += [] if note is None else [note]

    def ready(self) -> list[SpeechEvent]:
        """What was noted since the last time."""
        self._noter.let_go()
        noted, self._noted = self._noted, []
        return noted

    def finish(self, *, hurry: bool) -> list[SpeechEvent]:
        """As `ready`: nothing ever waits."""
        return self.ready()


class NotingInThread:
    """One worker. When it falls behind, the giver waits (a recording) or the oldest is left out (a microphone)."""

    def __init__(self, noter: Noter, *, may_leave_out: bool) -> None:
        self._noter = noter
        self._may_leave_out = may_leave_out
        self._change = threading.Condition()
        self._waiting: deque[tuple[Utterance, Context, float]] = deque()
        self._noted: list[SpeechEvent] = []
        self._over = False
        self._worker = threading.Thread(target=self._work, name="words", daemon=True)
        self._worker.start()

    def give(self, utterance: Utterance, context: Context) -> None:
        """Queues it; waits for room when nothing may be left out."""
        with self._change:
            while self._waiting and self._seconds() + len(utterance.samples) / RATE > WAITING:
                if self._may_leave_out:
                    self._leave_out()
                else:
                    self._change.wait()
            self._waiting.append((utterance, context, time.monotonic()))
            self._change.notify_all()

    def ready(self) -> list[SpeechEvent]:
        """What was noted since the last time."""
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
        return self.ready()

    def _seconds(self) -> float:
        return sum(len(utterance.samples) for utterance, _, _ in self._waiting) / RATE

    def _leave_out(self) -> None:
        utterance, _, _ = self._waiting.popleft()
        self._noted.append(WordsLeftOut(start=round(utterance.start / RATE, 3), end=round(utterance.end / RATE, 3)))

    def _work(self) -> None:
        while True:
            with self._change:
                while not self._waiting and not self._over:
                    self._change.wait(1.0)
                    self._noter.let_go()
                if not self._waiting:
                    return
                utterance, context, since = self._waiting.popleft()
                self._change.notify_all()
            note = self._noter.note(utterance, context, since)
            with self._change:
                self._noted += [] if note is None else [note]
