"""A group as JSON and back; what does not fit is refused as a whole. Nothing here knows a file or a key."""

from __future__ import annotations

import msgspec

from server.group.group import ITEMS, UNTIL, Group


class NotAGroup(Exception):
    """This is no group as this version writes them."""


def to_bytes(group: Group) -> bytes:
    """The group, UTF-8."""
    return msgspec.json.encode(group)


def from_bytes(written: bytes) -> Group:
    """The group that was written. Raises NotAGroup."""
    try:
        group = msgspec.json.decode(written, type=Group)
    except (msgspec.MsgspecError, RecursionError) as why:
        raise NotAGroup(str(why).partition(" - ")[0]) from None
    keys = {member.key for member in group.members}
    if len(keys) != len(group.members) or {*group.lead} != keys or {*group.bring} != keys:
        raise NotAGroup("members and turns do not fit")
    if set(group.keep) != set(ITEMS) or not set(group.keep.values()) <= set(UNTIL):
        raise NotAGroup("what is kept does not fit")
    return group
