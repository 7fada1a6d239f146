"""What the ears are asked to do because of what happened: voices to learn, name, exchange, forget. Nothing here asks.

Times are seconds of the meeting; whoever speaks to the ears makes them seconds of their stream.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from server.meeting import events as happened
from server.meeting.balance import all_turns
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.meeting.turns import Exchanged, Labelled, Named, Reassigned, Turn
from speech import requests as ask

LEAST_SECONDS = 0.5
"""Shorter stretches say nothing about a voice."""


def errands(event: Event, before: Meeting, after: Meeting) -> Iterable[ask.Request]:
    """Requests that follow from an event that made `before` into `after`."""
    before = replace(before, now=max(before.now, event.at))  # the running turn came as far as the wish
    match event:
        case happened.EnrolmentAsked():
            yield ask.Enrol(seat=event.seat)
        case happened.TurnsReassigned():
            yield from _taught(event.seat, _with_the_floor(before, event.start, event.end))
        case happened.TurnLabelled():
            yield from _taught(event.seat, _of_the_turn(before, event.start, event.at))
        case happened.VoiceNamed() if event.by == "person":
            yield ask.NameVoice(voice=event.voice, seat=event.seat)
        case happened.SeatsExchanged():
            yield ask.ExchangeVoices(seat=event.seat, other=event.other)
        case happened.SeatLeft() if event.left:
            yield ask.Forget(seat=event.seat)
        case happened.VoicesForgotten() if event.asked:
            yield ask.Forget(seat=event.seat)
        case happened.CorrectionUndone():
            yield from _undone(before, after, event.at)
        case _:
            return


def _undone(before: Meeting, after: Meeting, at: float) -> Iterable[ask.Request]:
    match before.floor.to_undo(at):
        case Reassigned(start=start, end=end):
            yield from _taught_as_told(_with_the_floor(after, start, end))
        case Labelled(start=start, at=labelled):
            yield from _taught_as_told(_of_the_turn(after, start, labelled))
        case Named(seat=str(seat)) if seat not in after.voices:
            yield ask.Forget(seat=seat)  # the ears give the voice another number, and it can be named again
        case Exchanged(seat=seat, other=other):
            yield ask.ExchangeVoices(seat=seat, other=other)


def _taught(seat: str | None, pieces: Iterable[Turn]) -> Iterable[ask.Request]:
    """A lesson for each stretch of one voice. Of a seat that is not measured nothing is learned."""
    for piece in pieces:
        if seat is not None and piece.end - piece.start >= LEAST_SECONDS:
            yield ask.Teach(seat=seat, start=piece.start, end=piece.end)


def _taught_as_told(pieces: Iterable[Turn]) -> Iterable[ask.Request]:
    """What was taught by mistake is taught as it was told before; of a voice without a seat it is taken back."""
    for piece in pieces:
        if piece.seat is None:
            yield ask.Teach(seat=None, start=piece.start, end=piece.end)
        yield from _taught(piece.seat, (piece,))


def _with_the_floor(meeting: Meeting, start: float, end: float) -> Iterable[Turn]:
    """Every heard piece of one voice in this stretch, cut at its edges."""
    for turn in all_turns(meeting):
        begin, until = max(turn.start, start), min(turn.end, end)
        if begin < until and turn.holds_the_floor and turn.by != "tap":
            yield _cut(turn, begin, until)


def _of_the_turn(meeting: Meeting, start: float, at: float) -> Iterable[Turn]:
    """The pieces of the turn that ran at second `at`, as far as it came."""
    running = meeting.speaking
    for turn in _with_the_floor(meeting, start, at):
        if running is not None and turn.seat == running.seat and turn.voice == running.voice:
            yield turn


def _cut(turn: Turn, start: float, end: float) -> Turn:
    return Turn(seat=turn.seat, start=start, end=end, voice=turn.voice, by=turn.by)
