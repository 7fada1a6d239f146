"""A recogniser for tests that answers what it was told to, in order. It never listens."""

from __future__ import annotations

from collections.abc import Iterable

from speech.frames import RATE, Samples
from speech.words.recogniser import Word, spread


class ScriptedRecogniser:
    """Answers the given sentences one by one, spread over the sound it is given; afterwards nothing."""

    def __init__(self, answers: Iterable[str], *, language: str = "en") -> None:
        self.name = "scripted"
        self.language = language
        self._answers = iter(answers)

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        """The next answer as words; no words when the script is over or the answer is empty."""
        return spread(next(self._answers, "").split(), 0.0, len(samples) / RATE, 1.0)
