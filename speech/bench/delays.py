"""How much sound it takes until the right seat is told, for every turn. Nothing here is about seconds of a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speech.bench.scoring import Spans, Stretch
from speech.bench.truth import TURN, Truth, turns
from speech.events import SpeechEvent, TurnBegan, TurnEnded, VoiceNamed

EARLY = 0.5
"""Seconds that a turn may be told to begin before it truly does."""
LATE = 2.5
"""Seconds after its end from which on a turn has been missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event, and how many seconds of the recording were heard when it came out."""

    heard: float
    event: SpeechEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Seconds of sound from the true beginning of turns; None for a turn whose seat was never told in time."""

    provisional: tuple[float | None, ...]
    settled: tuple[float | None, ...]


def delays(truth: Truth, told: Sequence[Told], counted: Spans) -> Delays:
    """For every turn of a second and more that begins where it counts."""
    names = {one.event.voice: one.event.seat for one in told if isinstance(one.event, VoiceNamed)}
    judged = [
        turn
        for turn in turns(truth)
        if turn.end - turn.start >= TURN and any(start <= turn.start < end for start, end in counted)
    ]
    return Delays(
        provisional=tuple(_delay(turn, told, names, settled=False) for turn in judged),
        settled=tuple(_delay(turn, told, names, settled=True) for turn in judged),
    )


def seat_of(event: TurnBegan | TurnEnded, names: dict[int, str]) -> str | None:
    """The seat that was told, at once or by naming the voice later."""
    if event.seat is None and event.voice is not None:
        return names.get(event.voice)
    return event.seat


def _delay(turn: Stretch, told: Sequence[Told], names: dict[int, str], *, settled: bool) -> float | None:
    shown = [
        one for one in told if isinstance(one.event, TurnBegan | TurnEnded) and seat_of(one.event, names) == turn.voice
    ]
    if _was_told_before(turn, shown, settled=settled):
        return 0.0
    for one in shown:
        if not turn.start <= one.heard <= turn.end + LATE:
            continue
        event = one.event
        if isinstance(event, TurnBegan):
            begins = turn.start - EARLY <= event.at <= turn.end
            if begins and (event.settled or not settled):
                return one.heard - turn.start
        elif isinstance(event, TurnEnded) and settled and event.end > turn.start and event.start < turn.end:
            return one.heard - turn.start
    return None


def _was_told_before(turn: Stretch, shown: list[Told], *, settled: bool) -> bool:
    """The seat's turn, as the ears count turns, goes on from well before this one, and nobody had to be told anew."""
    began = [one.event for one in shown if isinstance(one.event, TurnBegan) and one.heard <= turn.start]
    spans = _whole_turns([one.event for one in shown if isinstance(one.event, TurnEnded)])
    across = [start for start, end in spans if start <= turn.start - EARLY and end >= turn.start + EARLY]
    return any(event.at >= start - EARLY and (event.settled or not settled) for start in across for event in began)


def _whole_turns(ended: list[TurnEnded]) -> list[tuple[float, float]]:
    """(start, end) of turns of one seat, their stretches joined."""
    spans: list[tuple[float, float]] = []
    for event in sorted(ended, key=lambda event: event.start):
        if event.continues and spans:
            spans[-1] = (spans[-1][0], max(spans[-1][1], event.end))
        else:
            spans.append((event.start, event.end))
    return spans
