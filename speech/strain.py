"""What a machine that is too slow for its microphone gave up is told here, until it is over. Nothing here gives up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from speech.effort import Pace
from speech.events import FramesLost, Heard, SpeechEvent, Strained, WordsLeftOut

REMEMBERED = 60.0
"""Seconds of sound for which it is told that words were left out, or sound was lost: both happen now and then."""


def strained(told: Iterable[SpeechEvent], pace: Pace) -> Iterator[SpeechEvent]:
    """The same events, and among them, after a second of sound, what is given up from then on."""
    words = sound = float("-inf")
    gave_up, now = "", 0.0
    for event in told:
        yield event
        if isinstance(event, WordsLeftOut):
            words = now
        elif isinstance(event, FramesLost):
            sound = now
        elif isinstance(event, Heard):
            now = event.at
            before, gave_up = gave_up, _worst(pace, words=now - words, sound=now - sound)
            if gave_up != before:
                yield Strained(at=now, gave_up=gave_up)


def _worst(pace: Pace, *, words: float, sound: float) -> str:
    """Of what is given up now; `words` and `sound`: seconds since any was lost."""
    if sound < REMEMBERED:
        return "sound"
    if pace.effort.hop is None:
        return "names"
    if not pace.effort.others:
        return "overlap"
    return "words" if words < REMEMBERED else ""
