"""Wishes about which case: votes in private, sums from three on, and the group decides. Nothing here is folded."""

from __future__ import annotations

from methods.method import Method
from server.meeting import events as happened
from server.meeting import wishes as wish
from server.meeting import written
from server.meeting.cards import Note
from server.meeting.choice import are_scores
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.meeting.seating import known_seat

FEWEST_VOTES = 3
"""Votes from which sums are shown: with two, each could work out the other's."""


def chosen_together(
    meeting: Meeting,
    command: wish.CastVote | wish.CountVotes | wish.ChooseCase,
    method: Method,
    now: float,
) -> tuple[Event, ...]:
    """The events that grant the wish. Raises Refused."""
    cases = open_cases(meeting)
    match command:
        case wish.CastVote():
            rule, seat = choice_rule(meeting, method), known_seat(meeting, command.seat or "")
            if meeting.guided.choice.counted:
                raise Refused("votes_counted")
            if not are_scores(rule, command.scores, cases, seat):
                raise Refused("not_these_scores")
            return (written.VoteCast(at=now, seat=seat, scores=command.scores),)
        case wish.CountVotes():
            if command.counted == meeting.guided.choice.counted:
                return ()
            if command.counted and len(voters(meeting)) < min(FEWEST_VOTES, len(meeting.at_table)):
                raise Refused("too_few_votes")
            return (written.VotesCounted(at=now, counted=command.counted),)
        case wish.ChooseCase():
            return chosen(meeting, command.note, meeting.guided.case, now)


def choice_rule(meeting: Meeting, method: Method) -> str:
    """How the group chooses here, or would choose a second case: the rule of the method, else EGT."""
    rules = [phase.choice_rule for phase in method.phases if phase.choice_rule]
    here = method.phase(meeting.phase).choice_rule if meeting.phase else None
    return here or (rules[0] if rules else "EGT")


def chosen(meeting: Meeting, number: int | None, case: int, now: float) -> tuple[Event, ...]:
    """This card is the case, and its writer the case owner."""
    if number is None:
        return (written.CaseChosen(at=now, case=case, note=None),)
    note = meeting.guided.cards.note(number)
    if note is None or note.kind != "case_list":
        raise Refused("unknown_card")
    owner = () if note.seat is None else (happened.CaseOwnerChosen(at=now, seat=note.seat),)
    return (written.CaseChosen(at=now, case=case, note=note.number), *owner)


def open_cases(meeting: Meeting) -> tuple[Note, ...]:
    """The case questions that were not treated yet, and so can be voted about."""
    treated = {note for case, note in meeting.guided.chosen.items() if case < meeting.guided.case}
    return tuple(note for note in meeting.guided.cards.of("case_list") if note.number not in treated)


def voters(meeting: Meeting) -> frozenset[str]:
    """Seats at the table that voted."""
    return frozenset(seat for seat in meeting.at_table if meeting.guided.choice.votes.get(seat))
