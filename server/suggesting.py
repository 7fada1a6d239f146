"""The answer to who asks which method fits: suggestions with their reason and their plan. Nothing happens here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from methods.method import Method
from server.meeting.choosing_method import suggest
from server.meeting.decide import FEWEST
from server.meeting.plan import fit
from server.meeting.refusals import Refused
from server.meeting.seating import MOST
from server.meeting.wishes import SuggestMethods

EXPERIENCES = ("first", "some", "practised")


def suggestions(
    command: SuggestMethods, methods: Mapping[str, Method], familiar: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """For each suggested method: id, why, fits, warnings, and how its minutes would be divided. Raises Refused.

    `familiar`: ids of methods the group says that it knows.
    """
    if command.experience not in EXPERIENCES:
        raise Refused("not_now")
    if not FEWEST <= command.people <= MOST:
        raise Refused("three_to_eight")
    if not 15 <= command.minutes <= 300:
        raise Refused("minutes_do_not_fit")
    told = []
    for one in suggest(
        methods.values(),
        case_type=command.case_type,
        people=command.people,
        minutes=command.minutes,
        experience=command.experience,
        nobody_has_a_case=command.no_case,
        content_form=command.content,
        familiar=familiar,
    ):
        plan = fit(methods[one.method], command.people, command.minutes)
        told.append(
            {
                "id": one.method,
                "why": dict(one.why),
                "fits": one.fits,
                "warnings": [dict(warning) for warning in one.warnings],
                "plan": [{"id": stop, "minutes": minutes} for stop, minutes in plan.stops],
                "spare": plan.spare,
                "least": plan.least,
            }
        )
    return told
