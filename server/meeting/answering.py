"""Private answers are taken or refused here. Nobody's answers are shown anywhere but on the own phone."""

from __future__ import annotations

from server.meeting import wishes as wish
from server.meeting import written
from server.meeting.evaluating import PULSE, are_answers, items_for
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.meeting.seating import known_seat


def answered(
    meeting: Meeting, command: wish.AnswerItems | wish.AnswerPulse | wish.ShowAnswers, now: float
) -> tuple[Event, ...]:
    """The event of these answers. Raises Refused.

    A pulse is held back by the table, in memory, and written down with all others in no order when they are shown.
    """
    evaluation = meeting.guided.evaluation
    if isinstance(command, wish.ShowAnswers):
        return () if evaluation.shown else (written.AnswersShown(at=now),)
    seat = known_seat(meeting, command.seat or "")
    if evaluation.shown:
        raise Refused("answers_shown")
    if isinstance(command, wish.AnswerPulse):
        if not are_answers(command.answers, PULSE):
            raise Refused("not_these_answers")
        return (written.PulseGiven(at=now, answers=command.answers),)
    if not are_answers(command.answers, my_items(meeting, seat)):
        raise Refused("not_these_answers")
    return (written.ItemsAnswered(at=now, seat=seat, answers=command.answers),)


def my_items(meeting: Meeting, seat: str) -> tuple[str, ...]:
    """The items that this seat answers."""
    return items_for(brought_a_case=seat in (meeting.case_owner, *meeting.guided.owners.values()))
