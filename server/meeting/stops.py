"""The plan of a meeting while it runs: minutes given, moved and added. Nothing here decides who may."""

from __future__ import annotations

from collections.abc import Mapping

from methods.method import base_of
from server.meeting.events import TimeAdded
from server.meeting.written import SecondCaseBegan, TimeMoved

Plan = Mapping[str, float]
"""Stop to minutes."""


def replanned(
    plan: Plan, order: tuple[str, ...], event: TimeAdded | TimeMoved | SecondCaseBegan
) -> tuple[Plan, tuple[str, ...]]:
    """Minutes per stop and the order of stops after this event."""
    match event:
        case TimeAdded():
            return {**plan, event.phase: plan.get(event.phase, 0.0) + event.minutes}, order
        case TimeMoved():
            less = round(plan.get(event.taken, 0.0) - event.minutes, 2)
            more = round(plan.get(event.given, 0.0) + event.minutes, 2)
            return {**plan, event.taken: less, event.given: more}, order
        case SecondCaseBegan():
            stops = tuple(stop for stop, _ in event.stops)
            same = [place for place, stop in enumerate(order) if base_of(stop) in {base_of(one) for one in stops}]
            after = max(same, default=len(order) - 1) + 1
            return {**plan, **dict(event.stops)}, (*order[:after], *stops, *order[after:])
