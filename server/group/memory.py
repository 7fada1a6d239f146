"""What this device remembers of a group, line by line, until when, and how each line is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from server.group.group import ITEMS, SEASON_DAYS, UNTIL, USUAL, Evening, Group, Intended, NextTime
from server.group.limits import CLOCK_IS_SET
from server.group.words import refused

NEXT_EVENING = "next"
SEPARATOR = " · "
USUALLY: dict[str, Any] = {"setting": "", "rhythm": 0, "minutes": 120, "minimum": 0, "returns": 0}
"""How a group meets that said nothing about it."""
PART_OF: dict[str, str] = {
    "answers": "answers",
    "pulse": "pulse",
    "methods": "method",
    "attendance": "attended",
    "figures": "figures",
}
"""Item to the part of an evening that it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of "what this device remembers about us"."""

    item: str
    key: int | None = None
    on: date | None = None
    about: str = ""
    until: str | None = None
    """A day, "next" (until the next evening was held), or None: until somebody forgets it."""


def lines(group: Group) -> tuple[Line, ...]:
    """All that is remembered. Beside it the file holds choices about how the group works, and dates of its season."""
    return (*_itself(group), *_evenings(group))


def chosen(group: Group, item: str, until: str) -> Group:
    """How long this item is remembered from now on; with "no" it is forgotten at once. Raises Refused."""
    if item not in ITEMS or until not in UNTIL:
        raise refused("does_not_fit")
    group = replace(group, keep={**group.keep, item: until})
    if until != "no":
        return group
    if item == "intention":
        return replace(group, intentions=())
    return _tidied(replace(group, evenings=tuple(_without(one, item) for one in group.evenings)))


def wished(group: Group, items: Collection[str]) -> Group:
    """What is ticked of an evening is remembered, also where the rule was not to: then as is usual, or for a season."""
    newly = {item: USUAL[item] if USUAL[item] != "no" else "season" for item in items if group.keep.get(item) == "no"}
    return replace(group, keep={**group.keep, **newly})


def expired(group: Group, today: date) -> Group:
    """The group without what was to be remembered no longer.

    A clock that stands before this program was made was never set, and decides nothing; a season that began by such a
    clock begins when it is set.
    """
    if today < CLOCK_IS_SET:
        return group
    if group.season.since < CLOCK_IS_SET:
        until = today + timedelta(days=SEASON_DAYS)
        group = replace(group, season=replace(group.season, since=today, until=until))
    intentions = tuple(one for one in group.intentions if not _over(group, "intention", one, today))
    evenings = group.evenings
    for item in PART_OF:
        evenings = tuple(_without(one, item) if _over(group, item, one, today) else one for one in evenings)
    return _tidied(replace(group, intentions=intentions, evenings=evenings))


def season_closed(group: Group) -> Group:
    """The group without what was remembered for the season that ends now."""
    evenings = group.evenings
    for item in (item for item in PART_OF if group.keep[item] == "season"):
        evenings = tuple(_without(one, item) for one in evenings)
    intentions = () if group.keep["intention"] == "season" else group.intentions
    return _tidied(replace(group, evenings=evenings, intentions=intentions))


def forgotten(group: Group, item: str, key: int | None) -> Group:
    """The group without that line. Raises Refused."""
    if (item, key) not in {(line.item, line.key) for line in lines(group)}:
        raise refused("not_there")
    if item == "intention":
        return replace(group, intentions=tuple(one for one in group.intentions if one.key != key))
    if item in PART_OF:
        left = tuple(_without(one, item) if one.number == key else one for one in group.evenings)
        return _tidied(replace(group, evenings=left))
    return _without_itself(group, item)


def _without_itself(group: Group, item: str) -> Group:
    emptied: dict[str, Any]
    match item:
        case "purpose" | "place" | "facilitator":
            emptied = {item: ""}
        case "agreements" | "familiar" | "themes":
            emptied = {item: ()}
        case "turns":
            keys = tuple(member.key for member in group.members)
            emptied = {"lead": keys, "bring": keys}
        case "usual":
            emptied = dict(USUALLY)
        case "next":
            emptied = {"next": NextTime()}
        case "ready":
            emptied = {"season": replace(group.season, ready={})}
        case "counts":
            season = replace(group.season, held_guided=0, held_alone=0, season_guided=False, returned=None)
            emptied = {"held": group.held if group.evenings or group.intentions else 0, "season": season}
        case _:
            raise refused("does_not_fit")  # the name and the members go with the group, or one by one
    return replace(group, **emptied)


def _itself(group: Group) -> Iterator[Line]:
    names = ", ".join(member.name for member in group.members)
    keys = tuple(member.key for member in group.members)
    season = group.season
    yield Line(item="name", about=group.name, on=group.founded)
    there = {
        "purpose": group.purpose,
        "place": group.place,
        "facilitator": group.facilitator,
        "members": names,
        "agreements": SEPARATOR.join(one.text for one in group.agreements),
        "usual": _usual(group),
        "turns": "" if (group.lead, group.bring) == (keys, keys) else _turns(group),
        "familiar": ", ".join(group.familiar),
        "ready": str(len(season.ready) or ""),
        "themes": ", ".join(text for theme in group.themes for text in (theme.title, *(c.title for c in theme.cards))),
        "counts": f"{season.held_guided} + {season.held_alone}" if season.held_guided or season.held_alone else "",
    }
    yield from (Line(item=item, about=about) for item, about in there.items() if about)
    if group.next != NextTime():
        told = (group.next.at, group.next.place, group.next.different)
        yield Line(item="next", on=group.next.on, about=SEPARATOR.join(filter(None, told)), until=NEXT_EVENING)


def _evenings(group: Group) -> Iterator[Line]:
    for one in group.intentions:
        told = SEPARATOR.join(filter(None, (one.question, one.text, one.step, one.by)))
        yield Line(item="intention", key=one.key, about=told, until=_until(group, "intention"))
    for evening in group.evenings:
        for item, part in PART_OF.items():
            if getattr(evening, part) is not None:
                about = evening.method or "" if item == "methods" else ""
                yield Line(item=item, key=evening.number, on=evening.on, about=about, until=_until(group, item))


def _usual(group: Group) -> str:
    """How the group usually meets, where it said anything."""
    told = {name: getattr(group, name) for name in USUALLY}
    return SEPARATOR.join(str(value) for name, value in told.items() if value != USUALLY[name])


def _turns(group: Group) -> str:
    return SEPARATOR.join(_named(group, order) for order in (group.lead, group.bring))


def _named(group: Group, keys: tuple[int, ...]) -> str:
    members = (group.member(key) for key in keys)
    return ", ".join(member.name for member in members if member)


def _until(group: Group, item: str) -> str | None:
    match group.keep[item]:
        case "next":
            return NEXT_EVENING
        case "season":
            return group.season.until.isoformat()
        case _:
            return None


def _over(group: Group, item: str, one: Evening | Intended, today: date) -> bool:
    number = one.number if isinstance(one, Evening) else one.evening
    match group.keep[item]:
        case "no":
            return True
        case "next":
            return number < group.held
        case "season":
            return today > group.season.until
        case _:
            return False


def _without(evening: Evening, item: str) -> Evening:
    emptied: dict[str, Any] = {PART_OF[item]: None}
    return replace(evening, **emptied)


def _tidied(group: Group) -> Group:
    """An evening of which nothing is left is gone itself."""
    return replace(group, evenings=tuple(one for one in group.evenings if not one.empty))
