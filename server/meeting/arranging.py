"""Wishes about the table become events, or are refused. Nothing here writes, waits or shows."""

from __future__ import annotations

from server.meeting.around import SHOWN, Arranged, BalanceChosen, SeatsArranged, TurnsCounted, sitting
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.meeting.seating import known_seat
from server.meeting.spoken import VoicesForgotten
from server.meeting.tablewishes import SIGNS, ArrangeSeats, CountTurns, ForgetVoice, GiveSign, ShowBalance, TableWish


def arranged(meeting: Meeting, command: TableWish, now: float) -> tuple[Arranged | VoicesForgotten, ...]:
    """The events that grant the wish; none when it is granted already. Raises Refused."""
    if meeting.closed and not isinstance(command, ShowBalance):
        raise Refused("meeting_closed")
    match command:
        case ArrangeSeats():
            if sorted(command.order) != sorted(meeting.letters):
                raise Refused("unknown_seat")
            same = command.order == sitting(meeting.around, meeting.letters)
            return () if same else (SeatsArranged(at=now, order=command.order),)
        case ShowBalance():
            if command.shown not in SHOWN:
                raise Refused("not_now")
            same = command.shown == meeting.around.shown
            return () if same else (BalanceChosen(at=now, shown=command.shown),)
        case CountTurns():
            seat = known_seat(meeting, command.seat)
            same = command.turns == (seat in meeting.around.by_turns)
            return () if same else (TurnsCounted(at=now, seat=seat, turns=command.turns),)
        case ForgetVoice():
            whose = None if command.seat is None else known_seat(meeting, command.seat)
            return (VoicesForgotten(at=now, seat=whose, asked=True),)
        case GiveSign():
            if meeting.stage != "running" or command.sign not in SIGNS or command.seat is None:
                raise Refused("not_now")
            known_seat(meeting, command.seat)
            return ()  # a sign is seen and gone: it is in no log
