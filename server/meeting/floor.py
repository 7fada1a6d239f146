"""Who had and has the floor: what the ears and taps tell is kept, and beside it what people put right. Nothing decides.

What was told stays as it was told, so that a correction can be undone and also holds for what is told late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from server.meeting import events as happened
from server.meeting.correcting import exchanged, label_closed, labelled, shown, undo, with_correction
from server.meeting.events import Event
from server.meeting.turns import SAME_START_SECONDS, Floor, Named, Reassigned, Speaking, Turn, put_right

LATE_PIECES = 12
"""So many pieces may be told while a turn runs that began before them."""
GUESSED_SECONDS = 0.5
"""A first guess may place the beginning of the next voice so much before the end of the last."""


def after(floor: Floor, event: Event, left_out: frozenset[str]) -> Floor | None:
    """The floor after what was heard or put right; None when the event is about something else."""
    match event:
        case happened.TurnBegan():
            return _began(label_closed(floor, event.at, event), event)
        case happened.TurnEnded():
            return _ended(label_closed(floor, event.start, event), event)
        case happened.TurnsReassigned():
            return with_correction(floor, Reassigned(at=event.at, start=event.start, end=event.end, seat=event.seat))
        case happened.TurnLabelled():
            return labelled(floor, event)
        case happened.VoiceNamed():
            seat = None if event.seat in left_out else event.seat
            return shown(with_correction(floor, Named(at=event.at, voice=event.voice, seat=seat, by=event.by)))
        case happened.SeatsExchanged():
            return exchanged(floor, event)
        case happened.CorrectionUndone():
            return undo(floor, event.at)
        case happened.VoicesForgotten():
            return _forgotten(floor) if event.seat is None else floor
        case happened.SeatLeftOut():
            return _without(floor, event.seat) if event.out else floor
        case _:
            return None


def still_known(voices: Mapping[str, str | None], forgotten: str | None) -> dict[str, str | None]:
    """The voices that are left when that of a seat (None: of everybody) is forgotten."""
    return {seat: alike for seat, alike in voices.items() if forgotten not in (None, seat)}


def others_of(voices: Mapping[str, str | None], seat: str) -> dict[str, str | None]:
    """The known voices without this one, nor as one that another sounds like."""
    return {letter: None if alike == seat else alike for letter, alike in voices.items() if letter != seat}


def silent(floor: Floor) -> Floor:
    """Nobody speaks any more."""
    return replace(floor, speaking=None)


def running_piece(floor: Floor, now: float) -> tuple[Turn, ...]:
    """The running turn as far as it came and was not told yet, with everything put right."""
    running = floor.speaking
    if running is None:
        return ()
    pieces = []
    begin = running.since
    # No second twice: what was told meanwhile (a "hm", a part of this turn) is told for good.
    for start, end in sorted((turn.start, turn.end) for turn in floor.told[-LATE_PIECES:] if turn.end > begin):
        if start > begin:
            pieces.append((begin, min(start, now)))
        begin = max(begin, end)
    pieces.append((begin, now))
    return tuple(
        right
        for begin, end in pieces
        if end > begin
        for right in put_right(
            replace(running.told, start=begin, end=end, continues=begin > running.since),
            len(floor.told),
            floor.corrections,
        )
    )


def _began(floor: Floor, event: happened.TurnBegan) -> Floor:
    before = floor.speaking
    also: tuple[str, ...] = ()
    if event.several and before is not None:
        also = tuple({*before.also, *((before.seat,) if before.seat else ())} - {event.seat})
    told = Turn(
        seat=event.seat,
        voice=event.voice,
        start=event.at,
        end=event.at,
        several=event.several,
        by=event.by,
        measured=event.measured,
    )
    speaking = Speaking(
        seat=event.seat,
        since=event.at,
        several=event.several,
        by=event.by,
        told=told,
        voice=event.voice,
        settled=event.settled,
        measured=event.measured,
        also=tuple(sorted(also)),
    )
    return shown(replace(floor, speaking=speaking))


def _ended(floor: Floor, event: happened.TurnEnded) -> Floor:
    turn = Turn(
        seat=event.seat,
        start=event.start,
        end=event.end,
        several=event.several,
        by=event.by,
        voice=event.voice,
        continues=event.continues,
        backchannel=event.backchannel,
        measured=event.measured,
    )
    turns = (*floor.turns, *put_right(turn, len(floor.told), floor.corrections))
    running = _still_speaking(floor.speaking, event)
    return replace(floor, told=(*floor.told, turn), turns=turns, speaking=running)


def _still_speaking(running: Speaking | None, event: happened.TurnEnded) -> Speaking | None:
    """The next voice may be heard before the last one is told: what begins as this piece ends goes on.

    What was shown to begin within it ends with it: who spoke there, and since when, is told for good now.
    """
    if running is None or running.by != event.by or running.since > event.end:
        return running
    next_one = running.told.identity != (event.seat, event.voice) and running.since > event.end - GUESSED_SECONDS
    if next_one and running.since > event.start + SAME_START_SECONDS:
        return running
    beside = (event.several or event.backchannel) and event.seat != running.told.seat
    if beside:
        return replace(running, also=tuple(letter for letter in running.also if letter != event.seat))
    return None


def _forgotten(floor: Floor) -> Floor:
    """Numbers of voices mean nothing any more: what was put right becomes what was told, and stays."""
    turns = tuple(replace(turn, voice=None) for turn in floor.turns)
    running = floor.speaking
    if running is not None:
        told = replace(running.told, seat=running.seat, voice=None, measured=running.measured)
        running = replace(running, told=told, voice=None)
    return Floor(told=turns, turns=turns, speaking=running)


def _without(floor: Floor, seat: str) -> Floor:
    """Nothing is known any more of when this seat spoke, and no undoing brings it back."""
    turns = tuple(replace(turn, seat=None, measured=False) if turn.seat == seat else turn for turn in floor.turns)
    names = tuple(
        replace(name, seat=None if name.seat == seat else name.seat, by="settled")
        for name in floor.corrections
        if isinstance(name, Named)
    )
    running = floor.speaking
    if running is not None:
        gone = running.seat == seat
        told = replace(
            running.told,
            seat=None if gone else running.seat,
            voice=running.voice,
            measured=running.measured and not gone,
        )
        also = tuple(letter for letter in running.also if letter != seat)
        running = replace(running, seat=told.seat, measured=told.measured, told=told, also=also)
    return Floor(told=turns, turns=turns, corrections=names, speaking=running)
