"""From guided meetings to a group that leads itself: what a season is at, and what is due. Nothing here changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean, linear_regression

from server.group.group import GUIDED_FIRST, SEASON_DAYS, Evening, Group, Season
from server.group.words import refused

STATEMENTS = (
    "own_structure",
    "questions_first",
    "safe_to_doubt",
    "anyone_leads",
    "agreements_kept",
    "stop_works",
    "whom_to_call",
)
"""What a group asks itself before it goes on alone; the sentences are cards of the screens."""
REVIEW_DAYS = 182
REVIEW_AFTER = 3
"""Evenings before there is something to look back on."""
REFRESH_DAYS = 3 * 365
ROUTINE = 6
FALL = 0.4
"""How much the middle answer falls over six evenings before it is called a routine, on a scale of 1 to 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What it is time for."""

    facilitator: bool
    review: bool
    refresh: bool
    season_over: bool


def new_season(today: date) -> Season:
    """A season that begins today."""
    return Season(since=today, until=today + timedelta(days=SEASON_DAYS))


def begun_anew(group: Group, today: date) -> Group:
    """Another season begins; what counts over seasons goes along."""
    season = group.season
    was_guided = season.season_guided or (today > season.until and group.guided and season.held_guided > 0)
    fresh = replace(season, since=today, until=today + timedelta(days=SEASON_DAYS), season_guided=was_guided)
    return replace(group, season=fresh)


def why_alone(group: Group, today: date) -> str:
    """By which rule the group may go on alone: "meetings", "season", or empty as long as it may not."""
    season = group.season
    if group.rule == "meetings" and season.held_guided >= GUIDED_FIRST:
        return "meetings"
    whole = season.season_guided or (today > season.until and season.held_guided > 0)
    return "season" if group.rule == "season" and whole else ""


def all_ready(group: Group) -> bool:
    """Whether the group said yes together to every statement."""
    return all(group.season.ready.get(statement) for statement in STATEMENTS)


def guided_by(group: Group, today: date, *, facilitator: bool) -> Group:
    """The group goes on alone, or with a facilitator again. Raises Refused when it is too soon."""
    if facilitator and not group.facilitator:
        raise refused("no_facilitator")
    if group.season.guided == facilitator:
        return group
    if not facilitator and not (why_alone(group, today) and all_ready(group)):
        raise refused("not_alone_yet")
    season = replace(group.season, guided=facilitator, returned=None if facilitator else today)
    return replace(group, season=season)


def due(group: Group, today: date) -> Due:
    """What it is time for; nothing is pressed upon a group that has hardly begun."""
    season = group.season
    apart = today - (season.returned or group.founded)
    often = group.returns > 0 and not group.guided and bool(group.facilitator)
    held = season.held_guided + season.held_alone
    return Due(
        facilitator=often and apart >= timedelta(days=365 // group.returns),
        review=held >= REVIEW_AFTER and today - (season.reviewed or group.founded) >= timedelta(days=REVIEW_DAYS),
        refresh=today - (season.refreshed or group.founded) >= timedelta(days=REFRESH_DAYS),
        season_over=today > season.until,
    )


def knows_its_method(group: Group) -> bool:
    """Whether it is time to look at another method: the group says that it knows its own."""
    return group.method in group.familiar


def routine(evenings: Sequence[Evening]) -> str | None:
    """The method of the last six evenings when it was one and the answers fell; told to the group alone."""
    last = [one for one in evenings if one.method is not None][-ROUTINE:]
    middles = [fmean(one.answers.values()) for one in last if one.answers]
    if len(last) < ROUTINE or len(middles) < ROUTINE or len({one.method for one in last}) > 1:
        return None
    fall = linear_regression(range(ROUTINE), middles).slope * (ROUTINE - 1)
    return last[-1].method if fall <= -FALL else None
