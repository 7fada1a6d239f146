"""An utterance becomes a note: its words are recognised, its dialogue act is judged, and the words are let go.

Words exist here while an utterance is judged, and for 9 s at most after that: the next may go on with it, and is judged
by what was said before. Nothing here prints or raises them.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from speech.events import SpeechEvent, UtteranceNoted, WordsLeftOut
from speech.frames import RATE
from speech.utterances import Utterance
from speech.words.recogniser import Recogniser, Word

REMEMBERED = 8.0
"""Seconds of sound over which the words of an utterance help to judge the next."""
KEPT = 9.0
"""Seconds by the clock after which they are let go, however long the next takes to recognise."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """The words of one utterance. Samples since the stream opened."""

    words: tuple[Word, ...] = field(repr=False)
    begun: int
    """Where the utterance began, or the one that it continues."""
    end: int
    noted: float
    """Monotonic clock, seconds."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(slots=True, kw_only=True)
class Noter:
    """Takes one utterance at a time. `keep_text` only where a person asked for it on the command line."""

    recogniser: Recogniser
    classifier: Classifier
    keep_text: bool
    _said: list[_Said] = field(default_factory=list, repr=False)
    _ahead: _Said | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Words are let go while others are recognised."""

    def ahead(self, utterance: Utterance) -> None:
        """Recognises what may still go on, so that less is to be done when it turns out to be over."""
        try:
            words = self.recogniser.recognise(utterance.samples)
        except Exception:  # tried again, and told, when it is noted
            return
        with self._lock:
            self._ahead = _Said(words=words, begun=utterance.start, end=utterance.end, noted=time.monotonic())

    def note(self, utterance: Utterance, context: Context, since: float) -> SpeechEvent | None:
        """The note; None when there were no words. `since` is the monotonic clock when the last sound was there."""
        try:
            words = self._recognised(utterance)
            if not words:
                return None
            parts, previous = self._remembered(utterance, words)
            text = " ".join(part.text for part in parts)
            role = context.roles.get(utterance.seat or "", "peer")
            act = self.classifier.classify(text, role, phase=context.phase, previous=previous)
        except Exception as failure:  # whatever the engine does, who speaks must go on; its text may hold words
            print(f"kring ears: {type(failure).__name__} in {self.recogniser.name}, words left out", file=sys.stderr)
            return WordsLeftOut(start=round(utterance.start / RATE, 3), end=round(utterance.end / RATE, 3))
        return UtteranceNoted(
            seat=utterance.seat,
            start=round(parts[0].begun / RATE, 3),
            end=round(utterance.end / RATE, 3),
            act=act.act,
            advice=act.advice,
            cue=act.cue,
            words=sum(len(part.words) for part in parts),
            heard=round(utterance.heard, 3),
            computing=round(time.monotonic() - since, 3),
            continues=len(parts) > 1,
            text=parts[-1].text if self.keep_text else None,
        )

    def let_go(self) -> None:
        """Forgets words that are too old to help."""
        now = time.monotonic()
        with self._lock:
            self._said = [part for part in self._said if now - part.noted <= KEPT]
            if self._ahead is not None and now - self._ahead.noted > KEPT:
                self._ahead = None

    def forget(self) -> None:
        """Forgets all words: the sound is over."""
        with self._lock:
            self._said, self._ahead = [], None

    def _recognised(self, utterance: Utterance) -> tuple[Word, ...]:
        with self._lock:
            ahead, self._ahead = self._ahead, None
        if ahead is not None and (ahead.begun, ahead.end) == (utterance.start, utterance.end):
            return ahead.words
        return self.recogniser.recognise(utterance.samples)

    def _remembered(self, utterance: Utterance, words: tuple[Word, ...]) -> tuple[list[_Said], str | None]:
        """The parts of what was said in one go, these words the last, and what was said before; keeps them.

        Their age is counted in the sound and not by the clock, so that a fast run judges as a paced one does.
        """
        with self._lock:
            young = [part for part in self._said if utterance.end - part.end <= REMEMBERED * RATE]
            goes_on = bool(young) and young[-1].end == utterance.continues
            parts = [part for part in young if goes_on and part.begun == young[-1].begun]
            before = young[: len(young) - len(parts)]
            begun = parts[0].begun if parts else utterance.start
            said = _Said(words=words, begun=begun, end=utterance.end, noted=time.monotonic())
            self._said = [*young, said]
        return [*parts, said], " ".join(part.text for part in before if part.begun == before[-1].begun) or None
