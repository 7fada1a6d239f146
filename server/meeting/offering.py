"""Which help cards fit what happens now: offered to the lead alone, never about one person by name."""

from __future__ import annotations

from collections.abc import Iterator

from methods.method import Phase
from server.meeting.balance import Talk
from server.meeting.counting import few_peers
from server.meeting.meeting import Meeting
from server.meeting.rules import advice_is_welcome, asks_questions

DOMINATES = 1.8
"""Times an equal part of the peers' speech, from which one voice takes much room."""
DOMINATES_AFTER = 300.0
SILENT_AFTER = 480.0
"""Seconds of a peer phase without a turn of somebody before a round is proposed."""
NO_QUESTION_AFTER = 180.0
STORY_OVER = 60.0
HURRIED = 0.5
"""Part of its planned minutes under which a question phase was left early."""
MANY_FLAGS = 2


def offered(meeting: Meeting, phase: Phase, told: Talk) -> tuple[str, ...]:
    """Ids of help cards, most useful first; none in a break, at a stop, or after the end. `told`: of this phase."""
    if meeting.closed or meeting.paused:
        return ()
    return tuple(dict.fromkeys(_offers(meeting, phase, told)))


def _offers(meeting: Meeting, phase: Phase, told: Talk) -> Iterator[str]:
    elapsed = told.elapsed
    planned = meeting.plan.get(phase.id, phase.minutes) * 60
    if elapsed > planned and phase.floor.mode == "case_owner" and elapsed > planned + STORY_OVER:
        yield "story_too_long"
    if _piled(meeting, phase):
        yield "piled_advice"
    if elapsed > planned and phase.id not in meeting.guided.one_more:
        yield "overrun"
    yield from _of_voices(meeting, phase, told)
    here = [heard for heard in meeting.utterances if heard.phase == phase.id]
    if asks_questions(phase):
        flags = [flag for flag in meeting.flags.raised if flag.phase == phase.id and flag.kind == "advice"]
        if len([flag for flag in flags if flag.number not in meeting.flags.dismissed]) >= MANY_FLAGS:
            yield "advice_early"
        asked = any(heard.act == "question_open" for heard in here)
        if here and not asked and elapsed >= NO_QUESTION_AFTER:
            yield "closed_question"
    if _hurried(meeting, phase):
        yield "solution_round"
    if phase.choice_rule and not meeting.guided.cards.of("case_list") and elapsed > planned / 2:
        yield "no_case"


def _piled(meeting: Meeting, phase: Phase) -> bool:
    """More advice than one each, or the case owner said enough."""
    if not advice_is_welcome(phase):
        return False
    if meeting.guided.case in meeting.guided.cards.enough:
        return True
    peers = sum(meeting.role(seat) != "case_owner" for seat in meeting.at_table)
    heard = [u for u in meeting.utterances if u.phase == phase.id and u.act == "advice"]
    return peers > 0 and len(heard) > 2 * peers


def _of_voices(meeting: Meeting, phase: Phase, told: Talk) -> Iterator[str]:
    """Who takes much room and who had none yet, as a round that could help; who, is not said."""
    off = meeting.around.shown == "off"
    if off or phase.balance not in ("equal_peers", "equal_all") or few_peers(meeting):
        return
    compared = [seat for seat in meeting.present if phase.balance == "equal_all" or meeting.role(seat) != "case_owner"]
    spoken = sum(told.seats[seat] for seat in compared)
    if told.elapsed >= DOMINATES_AFTER and spoken > 0:
        most = max(told.seats[seat] for seat in compared)
        if most > DOMINATES * spoken / len(compared):
            yield "dominates"
    if told.elapsed >= SILENT_AFTER and spoken > 0 and any(told.turns[seat] == 0 for seat in compared):
        yield "silent"


def _hurried(meeting: Meeting, phase: Phase) -> bool:
    """The group is at advice already, and its questions got less than half of their time."""
    if not advice_is_welcome(phase) or meeting.microphone != "listening":
        return False
    asked: dict[str, float] = {}
    for visit in meeting.visits[:-1]:
        if any(u.phase == visit.phase and u.act == "question_open" for u in meeting.utterances):
            asked[visit.phase] = asked.get(visit.phase, 0.0) + (visit.end or visit.start) - visit.start
    return any(seconds < HURRIED * meeting.plan.get(stop, 0.0) * 60 for stop, seconds in asked.items())
