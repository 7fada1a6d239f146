"""Words become notes: judged together over a breath, recognised ahead of time once, and let go within ten seconds."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
import pytest

from speech import noting
from speech.events import SpeechEvent, UtteranceNoted, WordsLeftOut
from speech.frames import RATE, Samples
from speech.noting import Context, Noter
from speech.noting_when import NotingInline, NotingInThread
from speech.utterances import Utterance
from speech.words.recogniser import Word
from tests.ears.conftest import Judged


class Reading:
    """Reads the words that a sound stands for: its first sample is their number in the script."""

    name, language = "reading", "en"

    def __init__(self, *script: str) -> None:
        self.script, self.asked = script, list[int]()

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        self.asked.append(int(samples[0]))
        words = self.script[int(samples[0])].split()
        return tuple(Word(text=word, start=0.0, end=0.1, confidence=1.0) for word in words)


class Asked:
    """Remembers what it was asked to judge."""

    def __init__(self) -> None:
        self.heard = list[tuple[str, str | None]]()

    def classify(self, text: str, role: str, phase: str | None = None, previous: str | None = None) -> Judged:
        self.heard.append((text, previous))
        return Judged(act="story", advice=0.0, cue=None)


def said(number: int, start: float, end: float, continues: float | None = None, **more: Any) -> Utterance:
    sound = np.full(int((end - start) * RATE), number, np.float32)
    before = None if continues is None else int(continues * RATE)
    return Utterance(
        seat="C", start=int(start * RATE), end=int(end * RATE), samples=sound, heard=end, continues=before, **more
    )


class Desk:
    def __init__(self, *script: str, keep_text: bool = False) -> None:
        self.reading, self.asked = Reading(*script), Asked()
        self.noter = Noter(recogniser=self.reading, classifier=self.asked, keep_text=keep_text)

    def note(self, utterance: Utterance) -> UtteranceNoted:
        note = self.noter.note(utterance, Context(), time.monotonic())
        assert isinstance(note, UtteranceNoted)
        return note


def test_what_goes_on_after_a_breath_is_judged_on_the_words_of_both() -> None:
    desk = Desk("did you ever", "think of calling her")
    first = desk.note(said(0, 1, 2))
    second = desk.note(said(1, 3, 4.5, continues=2))
    assert desk.asked.heard == [("did you ever", None), ("did you ever think of calling her", None)]
    assert (first.continues, first.start, first.end, first.words) == (False, 1.0, 2.0, 3)
    assert (second.continues, second.start, second.end, second.words) == (True, 1.0, 4.5, 7)


def test_what_was_said_before_both_stays_what_was_said_before() -> None:
    desk = Desk("how was that", "it was", "hard", "and then")
    for utterance in (said(0, 1, 2), said(1, 2, 3), said(2, 4, 5, continues=3), said(3, 5, 6)):
        desk.note(utterance)
    assert desk.asked.heard[1:] == [
        ("it was", "how was that"),
        ("it was hard", "how was that"),
        ("and then", "it was hard"),
    ]


def test_nothing_goes_on_with_what_had_no_words_or_was_not_understood() -> None:
    desk = Desk("", "what do you want")
    assert desk.noter.note(said(0, 1, 2), Context(), 0.0) is None
    assert not desk.note(said(1, 3, 4, continues=2)).continues


def test_words_that_were_asked_for_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk("did you ever", "think of calling", keep_text=True)
    notes = [desk.note(said(0, 1, 2)), desk.note(said(1, 3, 4, continues=2))]
    assert [note.text for note in notes] == ["did you ever", "think of calling"]
    assert "calling" not in "".join(capsys.readouterr())
    assert "calling" not in repr(desk.noter)


# --- ahead of time ---


def test_what_was_recognised_ahead_of_time_is_not_recognised_again() -> None:
    desk = Desk("how was that", "and then")
    desk.noter.ahead(said(0, 1, 2, over=False))
    assert desk.note(said(0, 1, 2)).words == 3
    assert desk.reading.asked == [0]
    desk.note(said(1, 1, 2))
    assert desk.reading.asked == [0, 1], "used once"


@pytest.mark.parametrize(("start", "end"), [(1.0, 2.5), (1.5, 2.0), (3.0, 4.0)])
def test_ahead_of_time_holds_only_for_the_same_stretch(start: float, end: float) -> None:
    desk = Desk("how was", "how was that")
    desk.noter.ahead(said(0, 1, 2, over=False))
    desk.note(said(1, start, end))
    assert desk.asked.heard == [("how was that", None)]


def test_what_fails_ahead_of_time_is_tried_again_when_it_is_noted(capfd: pytest.CaptureFixture[str]) -> None:
    desk = Desk("how was that")
    desk.noter.ahead(said(9, 1, 2, over=False))
    assert desk.note(said(0, 1, 2)).words == 3
    assert not "".join(capfd.readouterr())


def test_the_time_it_took_ahead_counts_where_the_note_had_to_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk("how was that")
    inline = NotingInline(desk.noter)
    clock = iter([100.0, 100.5, 101.0, 200.0, 200.0, 200.1])
    monkeypatch.setattr(noting.time, "monotonic", lambda: next(clock))
    inline.ahead(said(0, 1, 2, over=False))
    inline.give(said(0, 1, 2), Context())
    (note,) = inline._noted
    assert isinstance(note, UtteranceNoted)
    assert note.computing == pytest.approx(1.1)


# --- letting go ---


def test_words_are_gone_in_ten_seconds_also_while_others_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr(noting.time, "monotonic", lambda: now[0])
    desk, busy, free = Desk("secret plan", "then more"), threading.Event(), threading.Event()
    thread = NotingInThread(desk.noter, may_leave_out=True)
    thread.give(said(0, 1, 2), Context())
    notes = eventually(thread)
    recognise = desk.reading.recognise

    def slow(samples: Samples) -> tuple[Word, ...]:
        busy.set()
        assert free.wait(10)
        return recognise(samples)

    monkeypatch.setattr(desk.reading, "recognise", slow)
    thread.give(said(1, 3, 4, continues=2), Context())
    assert busy.wait(10)
    now[0] += 10.0
    notes += thread.ready()
    assert not desk.noter._said
    free.set()
    notes += thread.finish(hurry=False)
    assert [note.continues for note in notes if isinstance(note, UtteranceNoted)] == [False, False]
    assert not desk.noter._said


def test_words_that_nobody_took_go_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr(noting.time, "monotonic", lambda: now[0])
    desk = Desk("secret plan")
    desk.noter.ahead(said(0, 1, 2, over=False))
    now[0] += 10.0
    desk.noter.let_go()
    assert desk.noter._ahead is None


@pytest.mark.parametrize("threaded", [False, True])
def test_after_the_sound_no_words_are_kept(threaded: bool) -> None:
    desk = Desk("secret plan", "then more")
    noted = NotingInThread(desk.noter, may_leave_out=False) if threaded else NotingInline(desk.noter)
    noted.give(said(0, 1, 2), Context())
    noted.ahead(said(1, 3, 4, over=False))
    assert len(noted.finish(hurry=False)) == 1
    assert not desk.noter._said
    assert desk.noter._ahead is None


def held_up(desk: Desk) -> tuple[threading.Event, threading.Event]:
    """The first of what is recognised waits: (it began, let it go on)."""
    begun, free = threading.Event(), threading.Event()
    recognise = desk.reading.recognise

    def slow(samples: Samples) -> tuple[Word, ...]:
        begun.set()
        assert free.wait(10)
        return recognise(samples)

    desk.reading.recognise = slow  # type: ignore[method-assign]
    return begun, free


def test_in_the_background_what_is_over_goes_before_what_may_go_on() -> None:
    desk = Desk("one", "two", "three")
    begun, free = held_up(desk)
    thread = NotingInThread(desk.noter, may_leave_out=False)
    thread.give(said(0, 1, 2), Context())
    assert begun.wait(10)
    thread.ahead(said(1, 3, 4, over=False))
    thread.give(said(2, 3, 4.5), Context())
    free.set()
    told = thread.finish(hurry=False)
    assert not any(isinstance(note, WordsLeftOut) for note in told)
    assert desk.reading.asked == [0, 2], "what went on is not recognised as it was before"


def test_what_waits_is_left_out_at_once_when_the_machine_is_too_slow_for_words() -> None:
    desk = Desk("one", "two", "three")
    begun, free = held_up(desk)
    thread = NotingInThread(desk.noter, may_leave_out=True)
    thread.give(said(0, 1, 2), Context())
    assert begun.wait(10)
    thread.give(said(1, 3, 4), Context())
    thread.leave_out(said(2, 5, 6))
    assert thread.ready() == [WordsLeftOut(start=3.0, end=4.0), WordsLeftOut(start=5.0, end=6.0)]
    free.set()
    assert [type(note) for note in thread.finish(hurry=False)] == [UtteranceNoted], "what was in hand"


def eventually(thread: NotingInThread) -> list[SpeechEvent]:
    for _ in range(500):
        if notes := thread.ready():
            return notes
        threading.Event().wait(0.01)
    raise AssertionError("nothing was noted")
