"""Wishes that put right who spoke: a turn, a minute, a voice, two voices; and undoing. Nothing here writes."""

from __future__ import annotations

from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.commands import Command
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.meeting.seating import known_seat, told_seat
from server.meeting.turns import Speaking, last_turn, turn_start

CORRECTED_SECONDS = 60.0
"""What "the past minute" means."""
LAST_SECONDS = 120.0
"""A turn that ended longer ago is not what a person means by "the last one"."""


def put_right(meeting: Meeting, command: Command, now: float) -> tuple[Event, ...]:
    """The events that grant the wish. Raises Refused."""
    match command:
        case wish.LabelTurn():
            return _labelled(meeting, command.seat, now)
        case wish.CorrectPastMinute():
            seat = told_seat(meeting, command.seat)
            start = max(0.0, now - CORRECTED_SECONDS)
            return (happened.TurnsReassigned(at=now, start=start, end=now, seat=seat),)
        case wish.NameVoice():
            if command.voice not in meeting.floor.unnamed():
                raise Refused("unknown_voice")
            seat = known_seat(meeting, command.seat)
            return (happened.VoiceNamed(at=now, voice=command.voice, seat=seat),)
        case wish.ExchangeSeats():
            seat, other = known_seat(meeting, command.seat), known_seat(meeting, command.other)
            if seat == other or {seat, other} & meeting.left_out:
                raise Refused("two_seats")
            return (happened.SeatsExchanged(at=now, seat=seat, other=other),)
        case wish.UndoCorrection():
            return (_undone(meeting, now),)
        case _:
            raise Refused("not_now")


def _undone(meeting: Meeting, now: float) -> Event:
    """Of what was put right and what was said of a flag, the last comes off first."""
    correction, tap = meeting.floor.to_undo(now), meeting.flags.to_undo(now)
    if tap is not None and (correction is None or tap.at >= correction.at):
        return happened.FlagTapUndone(at=now)
    if correction is None:
        raise Refused("nothing_to_undo")
    return happened.CorrectionUndone(at=now)


def _labelled(meeting: Meeting, letter: str, now: float) -> tuple[Event, ...]:
    """The running turn of one voice, else the last one."""
    seat, running, told = told_seat(meeting, letter), meeting.speaking, meeting.floor.told
    if running is not None and running.by == "tap":
        return _tapped_by_mistake(running, seat, now)
    if running is not None and running.several:
        raise Refused("several_speak")
    if running is not None and running.told.measured:
        start = turn_start(told, running.told.identity, running.since)
        return (happened.TurnLabelled(at=now, start=start, seat=seat),)
    last = last_turn(told)
    if last is None or now - last[1] > LAST_SECONDS:
        raise Refused("nobody_spoke")
    return (happened.TurnsReassigned(at=now, start=last[0], end=last[1], seat=seat),)


def _tapped_by_mistake(running: Speaking, seat: str | None, now: float) -> tuple[Event, ...]:
    """The tapped turn was another seat's from its beginning, and goes on as that seat's."""
    if running.seat == seat:
        return ()
    start, measured = running.since, seat is not None
    return (
        happened.TurnEnded(at=now, seat=running.seat, start=start, end=now, by="tap", measured=running.measured),
        happened.TurnsReassigned(at=now, start=start, end=now, seat=seat),
        happened.TurnBegan(at=now, seat=seat, by="tap", measured=measured),
    )
