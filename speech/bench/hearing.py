"""One recording goes through the real ears, as `listen` would do it, and is measured. Nothing here prints."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speech.bench.delays import Delays, Told, delays, seat_of
from speech.bench.scoring import Score, Stretch, score
from speech.bench.seating import Seating, mode_for, seating
from speech.bench.truth import Truth
from speech.ears import Ears
from speech.events import EnrolmentRefused, ListeningEnded, TurnEnded, VoiceNamed
from speech.frames import FRAME, RATE
from speech.requests import Listen, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All figures of one recording."""

    recording: str
    mode: str
    score: Score
    delays: Delays
    found: tuple[Stretch, ...]
    left_out: tuple[tuple[float, float], ...]
    """Spans that were taught by taps, and so not measured."""
    refused: tuple[str, ...]
    """Seats whose voice could not be learned at some time."""
    seconds: float
    """Of sound that was heard."""
    computing: float
    """Seconds of processor time."""
    peak_megabytes: float
    """Of the whole process, models included."""


def measure(truth: Truth, mode: str) -> Measured:
    """Hears one recording. Raises ModelUnusable, and ValueError for a recording that cannot be read."""
    ears = Ears.load(language=None)
    mode = mode_for(truth, mode)
    people = seating(truth, mode)
    began = time.process_time()
    told = list(hear(ears, truth, people))
    computing = time.process_time() - began
    ears.forget()
    last = told[-1].event
    if not isinstance(last, ListeningEnded) or last.reason != "end":
        raise ValueError(f"{truth.name} was not heard to its end. {getattr(last, 'detail', '')}")
    counted = truth.counted(people.left_out)
    found = stretches(told)
    return Measured(
        recording=truth.name,
        mode=mode,
        score=score(found, truth.said, truth.seats, counted),
        delays=delays(truth, told, counted),
        found=tuple(found),
        left_out=tuple(people.left_out),
        refused=tuple(one.event.seat for one in told if isinstance(one.event, EnrolmentRefused)),
        seconds=last.at - people.begin,
        computing=computing,
        peak_megabytes=peak_megabytes(),
    )


def hear(ears: Ears, truth: Truth, people: Seating) -> Iterator[Told]:
    """Every event, with the second of the recording at which it came out."""
    # The ears look for requests after every frame: that is what counts the sound they were given.
    position = int(people.begin * RATE) // FRAME * FRAME

    def heard() -> float:
        return (position + FRAME) / RATE

    def asked() -> Iterator[Request]:
        nonlocal position
        now = heard()
        position += FRAME
        yield from people.ask(now)

    request = Listen(recording=str(truth.sound), speed=None, begin=people.begin, enrolments=people.enrolments)
    for event in ears.do(request, asked):
        one = Told(heard=heard(), event=event)
        people.notice(event, one.heard)
        yield one


def stretches(told: Sequence[Told]) -> list[Stretch]:
    """The lasting word on who spoke; a voice that was named later is that seat's from its beginning."""
    names = {one.event.voice: one.event.seat for one in told if isinstance(one.event, VoiceNamed)}
    ended = [one.event for one in told if isinstance(one.event, TurnEnded)]
    return [Stretch(voice=seat_of(event, names), start=event.start, end=event.end) for event in ended]


def peak_megabytes() -> float:
    """The most memory that this process ever had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
