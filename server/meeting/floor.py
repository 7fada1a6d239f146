"""Who had and has the floor: what the ears and taps tell is kept, and beside it what people put right. Nothing decides.

What was told stays as it was told, so that a correction can be undone and also holds for what is told late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.meeting import events as happened
from server.meeting.events import Event
from server.meeting.turns import (
    SAME_START_SECONDS,
    SAME_TURN_SECONDS,
    Correction,
    Exchanged,
    Labelled,
    Named,
    Reassigned,
    Speaking,
    Turn,
    corrected,
    put_right,
)

LATE_PIECES = 12
"""So many pieces may be told while a turn runs that began before them."""
UNDO_SECONDS = 30.0
"""So long a correction can be undone with one tap."""
GUESSED_SECONDS = 0.5
"""A first guess may place the beginning of the next voice so much before the end of the last."""
ANSWERED_SECONDS = 3.0
"""So soon the ears name a voice because of what a person said of a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Every piece of speech, and who speaks now."""

    told: tuple[Turn, ...] = ()
    corrections: tuple[Correction, ...] = ()
    turns: tuple[Turn, ...] = ()
    """What was told with everything put right: always `corrected(told, corrections)`."""
    speaking: Speaking | None = None

    def to_undo(self, now: float) -> Correction | None:
        """The last thing a person put right, while it can be undone."""
        for correction in reversed(self.corrections):
            if now - correction.at > UNDO_SECONDS:
                return None
            if not isinstance(correction, Named) or correction.by == "person":
                return correction
        return None

    def unnamed(self) -> tuple[int, ...]:
        """Numbers of the voices that nobody named yet, in the order in which they were first heard."""
        running = self.speaking
        now = () if running is None or running.by == "tap" or running.seat is not None else (running.voice,)
        voices = (*(turn.voice for turn in self.turns if turn.seat is None and turn.measured), *now)
        return tuple(dict.fromkeys(voice for voice in voices if voice is not None))

    def name_of(self, voice: int) -> str | None:
        """The seat this voice was named to be; None while it is unnamed."""
        named = [c for c in self.corrections if isinstance(c, Named) and c.voice == voice]
        return named[-1].seat if named else None


def after(floor: Floor, event: Event, left_out: frozenset[str]) -> Floor | None:
    """The floor after what was heard or put right; None when the event is about something else."""
    match event:
        case happened.TurnBegan():
            return _began(_label_closed(floor, event.at, event), event)
        case happened.TurnEnded():
            return _ended(_label_closed(floor, event.start, event), event)
        case happened.TurnsReassigned():
            return _with(floor, Reassigned(at=event.at, start=event.start, end=event.end, seat=event.seat))
        case happened.TurnLabelled():
            return _labelled(floor, event)
        case happened.VoiceNamed():
            seat = None if event.seat in left_out else event.seat
            return _shown(_with(floor, Named(at=event.at, voice=event.voice, seat=seat, by=event.by)))
        case happened.SeatsExchanged():
            exchanged = Exchanged(at=event.at, seat=event.seat, other=event.other, known=len(floor.told))
            return _shown(_with(_running_exchanged(floor, exchanged), exchanged))
        case happened.CorrectionUndone():
            return _undone(floor, event.at)
        case happened.VoicesForgotten():
            return _forgotten(floor)
        case happened.SeatLeftOut():
            return _without(floor, event.seat) if event.out else floor
        case _:
            return None


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


def _with(floor: Floor, correction: Correction) -> Floor:
    corrections = (*floor.corrections, correction)
    return replace(floor, corrections=corrections, turns=corrected(floor.told, corrections))


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
    return _shown(replace(floor, speaking=speaking))


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


def _shown(floor: Floor) -> Floor:
    """Who is shown to speak now, after what was put right."""
    running = floor.speaking
    if running is None or running.by == "tap":
        return floor
    seat, voice, settled, measured = running.told.seat, running.told.voice, running.settled, running.told.measured
    if measured and not running.several:
        for correction in floor.corrections:
            if isinstance(correction, Labelled) and correction.end is None:
                seat, voice, settled, measured = correction.seat, None, True, correction.seat is not None
            elif isinstance(correction, Named) and voice == correction.voice and seat is None:
                seat, voice, measured = correction.seat, None, correction.seat is not None
    return replace(floor, speaking=replace(running, seat=seat, voice=voice, settled=settled, measured=measured))


def _labelled(floor: Floor, event: happened.TurnLabelled) -> Floor:
    was = () if floor.speaking is None else (floor.speaking.told.identity,)
    return _shown(_with(floor, Labelled(at=event.at, start=event.start, seat=event.seat, was=was)))


def _label_closed(floor: Floor, start: float, event: happened.TurnBegan | happened.TurnEnded) -> Floor:
    """The label of the running turn ends where another turn begins; the same turn told otherwise keeps it."""
    label = next((c for c in floor.corrections if isinstance(c, Labelled) and c.end is None), None)
    if label is None or event.by == "tap" or event.several or start < label.at:
        return _retold(floor, label, event)
    if isinstance(event, happened.TurnEnded) and (event.backchannel or event.continues):
        return floor
    gap = start - max([label.at, *(turn.end for turn in floor.told[-3:])])
    if (event.seat, event.voice) in label.was and gap < SAME_TURN_SECONDS:
        return floor
    return _relabel(floor, label, replace(label, end=start))


def _retold(floor: Floor, label: Labelled | None, event: happened.TurnBegan | happened.TurnEnded) -> Floor:
    """The labelled turn is told to be somebody else's: what a person said of it holds for that name too."""
    if label is None or not isinstance(event, happened.TurnBegan) or event.several or event.by == "tap":
        return floor
    identity = (event.seat, event.voice)
    if identity in label.was or event.at < label.start - SAME_START_SECONDS:
        return floor
    return _relabel(floor, label, replace(label, was=(*label.was, identity)))


def _relabel(floor: Floor, label: Labelled, changed: Labelled) -> Floor:
    corrections = tuple(changed if correction is label else correction for correction in floor.corrections)
    return _shown(replace(floor, corrections=corrections, turns=corrected(floor.told, corrections)))


def _running_exchanged(floor: Floor, exchanged: Exchanged) -> Floor:
    running, pair = floor.speaking, {exchanged.seat: exchanged.other, exchanged.other: exchanged.seat}
    if running is None or running.by == "tap" or running.told.seat not in pair:
        return floor
    told = replace(running.told, seat=pair[running.told.seat or ""])
    return replace(floor, speaking=replace(running, told=told))


def _exchanged_back(floor: Floor, undone: Exchanged) -> Floor:
    """What was told since, the ears told the wrong way round, as they were asked."""
    back = replace(undone, known=len(floor.told))
    since = corrected(floor.told[undone.known :], (back,))
    return replace(_running_exchanged(floor, undone), told=(*floor.told[: undone.known], *since))


def _undone(floor: Floor, at: float) -> Floor:
    undone = floor.to_undo(at)
    if isinstance(undone, Exchanged):
        floor = _exchanged_back(floor, undone)
    left = tuple(c for c in floor.corrections if c is not undone and not _followed(c, undone))
    return _shown(replace(floor, corrections=left, turns=corrected(floor.told, left)))


def _followed(name: Correction, undone: Correction | None) -> bool:
    """The ears took a voice for the seat's because of what a person said of a turn: without that, it is nobody's."""
    if not isinstance(name, Named) or name.by != "ears" or not isinstance(undone, Reassigned | Labelled):
        return False
    return name.seat == undone.seat and 0 <= name.at - undone.at <= ANSWERED_SECONDS


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
