"""Whisper now and then leaves out all but the last words: a long answer of hardly a word is asked again in halves."""

from __future__ import annotations

import numpy as np
import pytest

from speech.frames import RATE, Samples
from speech.words.whisper import WhisperRecogniser


class Answering(WhisperRecogniser):
    """Answers from a list, without a model, and remembers how long what it was given lasted."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.seconds = list(answers), list[float]()

    def _transcribe(self, piece: Samples) -> tuple[str, float]:
        self.seconds.append(len(piece) / RATE)
        return self.answers.pop(0), 0.9


def sound(seconds: float, gap: float | None = None) -> Samples:
    noise = np.random.default_rng(0).normal(0, 0.1, int(seconds * RATE)).astype(np.float32)
    if gap is not None:
        noise[int((gap - 0.1) * RATE) : int((gap + 0.1) * RATE)] = 0.0
    return noise


def test_hardly_a_word_for_seconds_is_asked_again_on_both_sides_of_a_gap() -> None:
    whisper = Answering("school", "what did you say", "to the school")
    words = whisper.recognise(sound(6.0, gap=2.5))
    assert [word.text for word in words] == ["what", "did", "you", "say", "to", "the", "school"]
    assert whisper.seconds == pytest.approx([6.0, 2.5, 3.5], abs=0.05)
    assert words[3].end <= 2.55 <= words[4].start + 0.1
    assert words[-1].end <= 6.0


@pytest.mark.parametrize(("seconds", "answer"), [(6.0, "what did you say to them"), (2.5, "yes"), (2.5, "")])
def test_enough_words_and_short_answers_are_asked_once(seconds: float, answer: str) -> None:
    whisper = Answering(answer)
    assert [word.text for word in whisper.recognise(sound(seconds))] == answer.split()
    assert whisper.seconds == [seconds]


def test_halves_that_hold_no_more_change_nothing() -> None:
    whisper = Answering("well yes", "", "yes")
    assert [word.text for word in whisper.recognise(sound(6.0))] == ["well", "yes"]


def test_nobody_speaks_for_long_and_no_word_comes_of_it() -> None:
    assert Answering("", "", "").recognise(sound(6.0)) == ()
