"""What people put right, beside what was told: added, going on with the running turn, undone. Nothing decides here."""

from __future__ import annotations

from dataclasses import replace

from server.meeting import events as happened
from server.meeting.turns import (
    SAME_START_SECONDS,
    SAME_TURN_SECONDS,
    Correction,
    Exchanged,
    Floor,
    Labelled,
    Named,
    Reassigned,
    Turn,
    corrected,
)

ANSWERED_SECONDS = 3.0
"""So soon the ears name a voice because of what a person said of a turn."""


def with_correction(floor: Floor, correction: Correction) -> Floor:
    """One thing more that a person put right, or the ears named."""
    corrections = (*floor.corrections, correction)
    return replace(floor, corrections=corrections, turns=corrected(floor.told, corrections))


def shown(floor: Floor) -> Floor:
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


def labelled(floor: Floor, event: happened.TurnLabelled) -> Floor:
    """The running turn is this seat's, until it ends."""
    was = () if floor.speaking is None else (floor.speaking.told.identity,)
    return shown(with_correction(floor, Labelled(at=event.at, start=event.start, seat=event.seat, was=was)))


def label_closed(floor: Floor, start: float, event: happened.TurnBegan | happened.TurnEnded) -> Floor:
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
    return shown(replace(floor, corrections=corrections, turns=corrected(floor.told, corrections)))


def exchanged(floor: Floor, event: happened.SeatsExchanged) -> Floor:
    """Two voices are exchanged, in the running turn too."""
    pair = Exchanged(at=event.at, seat=event.seat, other=event.other, known=len(floor.told))
    return shown(with_correction(_running_exchanged(floor, pair), pair))


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


def undo(floor: Floor, at: float) -> Floor:
    """Without the last thing that was put right, as far as it can be undone at second `at`."""
    undone = floor.to_undo(at)
    if isinstance(undone, Exchanged):
        floor = _exchanged_back(floor, undone)
    if isinstance(undone, Labelled):
        floor = _told_as_before(floor, undone)
    left = tuple(c for c in floor.corrections if c is not undone and not _followed(c, undone))
    return shown(replace(floor, corrections=left, turns=corrected(floor.told, left)))


def _told_as_before(floor: Floor, undone: Labelled) -> Floor:
    """What the ears told of this turn only because they were taught it was this seat's is told as it was at first."""
    if (undone.seat, None) not in undone.was[1:]:
        return floor
    first, since = undone.was[0], undone.start - SAME_START_SECONDS

    def right(turn: Turn) -> Turn:
        learned = turn.identity == (undone.seat, None) and turn.by == "voice" and turn.start >= since
        ours = learned and (undone.end is None or turn.start < undone.end)
        return replace(turn, seat=first[0], voice=first[1]) if ours else turn

    running = floor.speaking
    return replace(
        floor,
        told=tuple(map(right, floor.told)),
        speaking=running and replace(running, told=right(running.told)),
    )


def _followed(name: Correction, undone: Correction | None) -> bool:
    """The ears took a voice for the seat's because of what a person said of a turn: without that, it is nobody's."""
    if not isinstance(name, Named) or name.by != "ears" or not isinstance(undone, Reassigned | Labelled):
        return False
    return name.seat == undone.seat and 0 <= name.at - undone.at <= ANSWERED_SECONDS
