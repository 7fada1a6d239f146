"""Wishes about the seats: who came late, who left, who is not measured. Nothing here writes or waits."""

from __future__ import annotations

from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused

LETTERS = "ABCDEFGH"
MOST = len(LETTERS)


def seated(meeting: Meeting, command: wish.AddSeat | wish.LeaveTable | wish.LeaveOut, now: float) -> tuple[Event, ...]:
    """The events that grant the wish; none when it is granted already. Raises Refused."""
    match command:
        case wish.AddSeat():
            return _joined(meeting, command, now)
        case wish.LeaveTable():
            letter = known_seat(meeting, command.seat)
            if command.left == (letter in meeting.left):
                return ()
            tapped = command.left and meeting.speaking is not None and meeting.speaking.seat == letter
            ended = tap_ended(meeting, now) if tapped else ()
            return (*ended, happened.SeatLeft(at=now, seat=letter, left=command.left))
        case wish.LeaveOut():
            letter = known_seat(meeting, command.seat)
            if command.out == (letter in meeting.left_out):
                return ()
            return (happened.SeatLeftOut(at=now, seat=letter, out=command.out),)


def _joined(meeting: Meeting, command: wish.AddSeat, now: float) -> tuple[Event, ...]:
    """A latecomer says yes too before being measured; whoever does not is at the table all the same."""
    if len(meeting.seats) >= MOST:
        raise Refused("table_full")
    letter = LETTERS[len(meeting.seats)]
    name = " ".join(command.name.split())[:40] or letter
    agreed = command.agreed and bool(meeting.agreed)
    joined = happened.SeatJoined(at=now, letter=letter, name=name, agreed=agreed)
    return (joined,) if command.agreed else (joined, happened.SeatLeftOut(at=now, seat=letter))


def tap_ended(meeting: Meeting, now: float) -> tuple[Event, ...]:
    """The turn that a tap began ends."""
    running = meeting.speaking
    if running is None or running.by != "tap":
        return ()
    seat, measured = running.seat, running.measured
    return (happened.TurnEnded(at=now, seat=seat, start=running.since, end=now, by="tap", measured=measured),)


def known_seat(meeting: Meeting, letter: str) -> str:
    """The letter of a seat at this table. Raises Refused."""
    if letter not in meeting.letters:
        raise Refused("unknown_seat")
    return letter


def told_seat(meeting: Meeting, letter: str) -> str | None:
    """The letter as it may be told of a turn: None when the seat is not measured. Raises Refused."""
    known_seat(meeting, letter)
    return None if letter in meeting.left_out else letter
