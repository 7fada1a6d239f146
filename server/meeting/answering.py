"""Private answers are taken or refused here. Nobody's answers are shown anywhere but on the own phone."""

from __future__ import annotations

from server.meeting import wishes as wish
from server.meeting import written
from server.meeting.evaluating import PULSE, are_answers, items_for
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.meeting.seating import known_seat


def answered(
    meeting: Meeting, command: wish.AnswerItems | wish.AnswerPulse, now: float
) -> tuple[written.ItemsAnswered | written.PulseGiven, ...]:
    """The event of these answers. Raises Refused."""
    if command.seat is None:
        raise Refused("unknown_seat")
    seat = known_seat(meeting, command.seat)
    if isinstance(command, wish.AnswerItems):
        if not are_answers(command.answers, items_for(meeting.role(seat))):
            raise Refused("not_these_answers")
        return (written.ItemsAnswered(at=now, seat=seat, answers=command.answers),)
    if not are_answers(command.answers, PULSE):
        raise Refused("not_these_answers")
    if len(meeting.guided.evaluation.pulses) >= len(meeting.at_table):
        raise Refused("answered_already")
    # The second at which somebody answered could tell who it was.
    began = meeting.visits[-1].start if meeting.visits else 0.0
    return (written.PulseGiven(at=began, answers=command.answers),)
