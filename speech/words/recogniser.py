"""What every recogniser of words promises. Nothing here recognises, keeps or logs a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from speech.frames import Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word and when it was said."""

    text: str
    start: float
    """Seconds from the first sample the recogniser was given."""
    end: float
    confidence: float
    """0..1, as the engine believes itself."""


class Recogniser(Protocol):
    """Turns one utterance into words, synchronously; silence gives none."""

    name: str
    """Of the engine and its model, for people: "Whisper base"."""
    language: str
    """Two letters: "nl"."""

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        """Words of one utterance of 16 kHz mono sound, in order of time."""
        ...


def spread(texts: Sequence[str], start: float, end: float, confidence: float) -> tuple[Word, ...]:
    """The words laid evenly over `start`..`end` seconds, each as long as it has letters."""
    letters = sum(len(text) for text in texts)
    words: list[Word] = []
    at = start
    for text in texts:
        until = at + (end - start) * len(text) / letters
        words.append(Word(text=text, start=at, end=min(until, end), confidence=confidence))
        at = until
    return tuple(words)
