"""What the tablet and the phones may see of the open group: decided here alone. Nothing here changes anything.

All of it is of the group as a whole, or a list of names as people wrote them; nobody is counted, compared or ordered by
what they did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from statistics import fmean
from typing import Any

from methods.method import Method, Text
from server.group.evenings import own_intention
from server.group.group import GUIDED_FIRST, Evening, Group, Intended
from server.group.invitation import come_back, invitation
from server.group.memory import lines
from server.group.rota import brings_next, leads_next
from server.group.season import all_ready, due, knows_its_method, routine, why_alone
from server.meeting.evaluating import PULSE
from server.meeting.meeting import Meeting
from server.room import Room
from server.sticks import Stick

View = dict[str, Any]
REVERSED = frozenset({"sp2"})
"""Statements of the pulse where little is much."""
SWITCH: Text = {
    "nl": "Jullie kennen deze methode goed. Een andere laat iets anders zien.",
    "en": "You know this method well. Another one shows something else.",
    "de": "Ihr kennt diese Methode gut. Eine andere zeigt etwas anderes.",
}
ITSELF = (
    *("name", "language", "setting", "purpose", "place", "rhythm", "minutes", "minimum"),
    *("facilitator", "form", "rule", "returns", "method", "lead", "bring"),
)


def tablet_group(room: Room) -> View:
    """The open group for the tablet; nothing of any other, not even how many there are."""
    of_a_group = room.meeting is not None and bool(room.meeting.group)
    if room.group is None:
        return {"group": None, "group_sticks": sticks_view(room.sticks), "needs_group": of_a_group}
    methods = {method.id: method for method in room.library}
    ours = room.meeting is None or room.meeting.group == room.group.id
    view = group_view(room.group, methods, room.sticks, room.today)
    return {
        "group": {**view, "ours": ours, "opening": room.opening},
        "group_sticks": [],
        "needs_group": of_a_group and not ours,
    }


def group_view(group: Group, methods: Mapping[str, Method], sticks: tuple[Stick, ...], today: date) -> View:
    """The open group, for the tablet round which its people sit."""
    evenings = tuple(reversed(group.evenings))
    return {
        **{name: getattr(group, name) for name in ITSELF},
        "founded": group.founded.isoformat(),
        "members": [{"key": one.key, "name": one.name, "joined": one.joined.isoformat()} for one in group.members],
        "agreements": [asdict(one) for one in group.agreements],
        "keep": dict(group.keep),
        "next": _next(group, methods),
        "intentions": [_intended(one) for one in group.intentions],
        "season": _season(group, today),
        "methods": _methods(group),
        "attendance": [_attended(one) for one in evenings if one.attended is not None],
        "trend": None if group.keep["figures"] == "no" else [_pictured(one) for one in group.evenings],
        "themes": [asdict(theme) for theme in group.themes],
        "kept": [{**asdict(line), "on": _day(line.on)} for line in lines(group)],
        "sticks": sticks_view(sticks),
    }


def sticks_view(sticks: tuple[Stick, ...]) -> list[View]:
    """USB sticks in the device, with the files on them that may be groups."""
    return [{"name": stick.name, "files": list(stick.files)} for stick in sticks]


def phone_group(group: Group | None, meeting: Meeting | None) -> View | None:
    """What everybody's phone may know while an evening of the group runs."""
    if group is None or meeting is None or meeting.group != group.id:
        return None
    following = group.next
    plan = {"on": _day(following.on), "at": following.at, "place": following.place or group.place}
    return {"name": group.name, "setting": group.setting, "next": None if following.on is None else plan}


def own_look_back(group: Group | None, meeting: Meeting, seat: str) -> View | None:
    """The own intention of last time, for its own person alone."""
    one = own_intention(group, meeting, seat) if group is not None else None
    return None if one is None else {name: getattr(one, name) for name in ("key", "question", "text", "step", "by")}


def _next(group: Group, methods: Mapping[str, Method]) -> View:
    following = group.next
    return {
        "on": _day(following.on),
        "at": following.at,
        "place": following.place,
        "lead": leads_next(group),
        "guided": group.guided and group.next.lead is None,
        "bring": brings_next(group),
        "away": sorted(following.away),
        "method": following.method,
        "different": following.different,
        "theme": following.theme,
        "invitation": invitation(group, methods),
    }


def _intended(one: Intended) -> View:
    return {key: value for key, value in asdict(one).items() if key != "evening"}


def _season(group: Group, today: date) -> View:
    season, is_due, why = group.season, due(group, today), why_alone(group, today)
    return {
        "from": season.since.isoformat(),
        "until": season.until.isoformat(),
        "over": is_due.season_over,
        "guided": group.guided,
        "held_guided": season.held_guided,
        "held_alone": season.held_alone,
        "needed": GUIDED_FIRST,
        "may_go_alone": bool(why),
        "why": why,
        "ready": dict(season.ready),
        "all_ready": all_ready(group),
        "return_due": is_due.facilitator,
        "review_due": is_due.review,
        "refresh_due": is_due.refresh,
        "come_back": come_back(group),
    }


def _methods(group: Group) -> View:
    held = [one for one in reversed(group.evenings) if one.method is not None]
    worn = routine(group.evenings)
    return {
        "familiar": list(group.familiar),
        "held": [{"number": one.number, "on": _day(one.on), "method": one.method} for one in held],
        "suggest": {"why": dict(SWITCH)} if knows_its_method(group) else None,
        "routine": None if worn is None else {"method": worn, "times": 6},
    }


def _attended(evening: Evening) -> View:
    there = evening.attended
    assert there is not None
    return {
        "number": evening.number,
        "on": _day(evening.on),
        "minutes": evening.minutes,
        "method": evening.method,
        "present": list(there.present),
        "late": list(there.late),
        "absent": list(there.absent),
    }


def _pictured(evening: Evening) -> View:
    """An evening as four dots: of the whole group, from four answers on."""
    figures, safe = evening.figures, evening.pulse
    turned = [6 - value if item in REVERSED else value for item, value in (safe or {}).items() if item in PULSE]
    return {
        "number": evening.number,
        "on": _day(evening.on),
        "spread": figures.spread if figures else None,
        "questions": figures.questions if figures else None,
        "pulse": round(fmean(turned), 1) if turned else None,
        "answers": round(fmean(evening.answers.values()), 1) if evening.answers else None,
    }


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
