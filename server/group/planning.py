"""The next evening: when, where, how, and who cannot come. Only the group plans; nothing is filled in by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from methods.method import Method
from server.group.group import Group
from server.group.wishes import PlanNext, SayAway
from server.group.words import refused
from server.meeting.refusals import Refused

FURTHEST_DAYS = 731
_TIME = re.compile(r"\d{1,2}[:.]\d{2}")


def planned(group: Group, wish: PlanNext, methods: Mapping[str, Method], today: date) -> Group:
    """The group with this in its plan. Raises Refused."""
    told: dict[str, Any] = {}
    if wish.on is not None:
        told["on"] = day(wish.on, today) if wish.on.strip() else None
    if wish.at is not None:
        told["at"] = hour(wish.at) if wish.at.strip() else ""
    if wish.place is not None:
        told["place"] = tidy(wish.place)
    if wish.method is not None:
        if wish.method and wish.method not in methods:
            raise refused("does_not_fit")
        told["method"] = wish.method
    if wish.different is not None:
        told["different"] = tidy(wish.different)
    if wish.theme is not None:
        if wish.theme and wish.theme not in {theme.key for theme in group.themes}:
            raise refused("not_there")
        told["theme"] = wish.theme or None
    return replace(group, next=replace(group.next, **told))


def planned_as_agreed(group: Group, agreed: Mapping[str, str], methods: Mapping[str, Method], today: date) -> Group:
    """What the group agreed at the end of an evening, as far as it can be planned with; the rest stays with them."""
    told: dict[str, Any] = {name: agreed[name] for name in ("place", "different") if agreed.get(name)}
    with suppress(Refused):  # agreed in words, or for a day that is over
        told["on"] = day(agreed.get("date", ""), today)
    names = {name.casefold(): method.id for method in methods.values() for name in method.names.values()}
    if (wanted := agreed.get("method", "").casefold()) in names:
        told["method"] = names[wanted]
    group = replace(group, next=replace(group.next, **told))
    leader = group.named(agreed.get("lead", ""))
    return group if leader is None else replace(group, next=replace(group.next, lead=leader.key))


def away(group: Group, wish: SayAway) -> Group:
    """The group with who cannot come. Raises Refused."""
    if group.member(wish.member) is None:
        raise refused("unknown_member")
    gone = group.next.away | {wish.member} if wish.away else group.next.away - {wish.member}
    return replace(group, next=replace(group.next, away=gone))


def day(text: str, today: date) -> date:
    """A day from today on. Raises Refused."""
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        raise refused("no_date") from None
    if on < today:
        raise refused("date_past")
    if on > today + timedelta(days=FURTHEST_DAYS):
        raise refused("date_far")
    return on


def hour(text: str) -> str:
    """Hours and minutes as on the clock on the wall, "19:30". Raises Refused."""
    if not _TIME.fullmatch(text.strip()):
        raise refused("no_date")
    hours, minutes = (int(part) for part in re.split("[:.]", text.strip()))
    try:
        return time(hours, minutes).strftime("%H:%M")
    except ValueError:
        raise refused("no_date") from None


def tidy(text: str) -> str:
    """One line, without spaces at its ends."""
    return " ".join(text.split())
