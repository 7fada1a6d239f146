"""A group as JSON and back; what does not fit is refused as a whole. Nothing here knows a file or a key."""

from __future__ import annotations

import msgspec

from server.group.group import ITEMS, UNTIL, Group
from server.group.limits import LIMITS, MOST_AGREEMENTS, MOST_CARDS, MOST_MEMBERS, MOST_THEMES
from server.group.planning import hour
from server.meeting.refusals import Refused

MOST_OF_ANYTHING = 1000
"""Evenings, intentions, methods; a group that meets each week needs nineteen years for that."""


class NotAGroup(Exception):
    """This is no group as this version writes them."""


def to_bytes(group: Group) -> bytes:
    """The group, UTF-8."""
    return msgspec.json.encode(group)


def from_bytes(written: bytes) -> Group:
    """The group that was written. Raises NotAGroup."""
    try:
        group = msgspec.json.decode(written, type=Group)
        well = hour(group.next.at or "00:00") == (group.next.at or "00:00")
    except (msgspec.MsgspecError, ValueError, RecursionError, Refused):
        raise NotAGroup("what is written does not fit") from None  # never what: it is the group's
    if not well or not _sizes_fit(group):
        raise NotAGroup("there is too much of something")
    keys = {member.key for member in group.members}
    if len(keys) != len(group.members) or {*group.lead} != keys or {*group.bring} != keys:
        raise NotAGroup("members and turns do not fit")
    if set(group.keep) != set(ITEMS) or not set(group.keep.values()) <= set(UNTIL):
        raise NotAGroup("what is kept does not fit")
    return group


def _sizes_fit(group: Group) -> bool:
    """Nothing is larger than the wishes of a screen can make it."""
    days = [group.founded, group.next.on or group.founded, *(one.on for one in group.evenings)]
    return (
        len(group.members) <= MOST_MEMBERS
        and len(group.agreements) <= MOST_AGREEMENTS
        and len(group.themes) <= MOST_THEMES
        and all(len(theme.cards) <= MOST_CARDS for theme in group.themes)
        and max(len(group.evenings), len(group.intentions), len(group.familiar), len(group.trail)) <= MOST_OF_ANYTHING
        and all(1970 <= day.year <= 9000 for day in days)
        and all(least <= getattr(group, name) <= most for name, (least, most) in LIMITS.items() if hasattr(group, name))
    )
