"""A group as JSON and back; what does not fit is refused as a whole. Nothing here knows a file or a key."""

from __future__ import annotations

import msgspec

from server.group.group import ITEMS, UNTIL, Group
from server.group.planning import hour
from server.meeting.refusals import Refused


class NotAGroup(Exception):
    """This is no group as this version writes them."""


def to_bytes(group: Group) -> bytes:
    """The group, UTF-8."""
    return msgspec.json.encode(group)


def from_bytes(written: bytes) -> Group:
    """The group that was written. Raises NotAGroup."""
    try:
        group = msgspec.json.decode(written, type=Group)
        hour(group.next.at or "0:00")
    except (msgspec.MsgspecError, ValueError, RecursionError, Refused):
        raise NotAGroup("what is written does not fit") from None  # never what: it is the group's
    keys = {member.key for member in group.members}
    if len(keys) != len(group.members) or {*group.lead} != keys or {*group.bring} != keys:
        raise NotAGroup("members and turns do not fit")
    if set(group.keep) != set(ITEMS) or not set(group.keep.values()) <= set(UNTIL):
        raise NotAGroup("what is kept does not fit")
    return group
