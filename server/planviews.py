"""The plan against the clock, as the lead sees it: ahead or behind, and where minutes could come from."""

from __future__ import annotations

from methods.method import Method
from server.meeting.guiding import case_is_done
from server.meeting.meeting import Meeting
from server.meeting.plan import could_give, second_case, timing
from server.meeting.visits import minutes_in
from server.phaseviews import View, seconds_in

OVERRUN_MINUTES = 3.0
"""The step of the first choice when a phase is over its time."""


def plan_view(meeting: Meeting, method: Method) -> View:
    """Minutes behind (+) or ahead (-), which phase could give some, and whether one more case would fit."""
    spent = {stop: seconds_in(meeting, stop) for stop in meeting.order}
    people = len(meeting.at_table)
    giver = could_give(method, meeting.plan, meeting.order, meeting.phase, people, OVERRUN_MINUTES)
    left = meeting.minutes - minutes_in(meeting.visits, meeting.now)
    lap = meeting.cases_planned + 1
    another = second_case(method, meeting.order, lap, people, left) if case_is_done(meeting) else ()
    return {
        "behind": round(timing(meeting.order, meeting.plan, spent, meeting.phase), 1),
        "minutes": round(meeting.minutes, 1),
        "left": round(left, 1),
        "giver": None
        if giver is None
        else {"id": giver, "name": dict(method.phase(giver).name), "minutes": OVERRUN_MINUTES},
        "another_case": bool(another),
        "another_minutes": round(sum(length for _, length in another), 1),
    }
