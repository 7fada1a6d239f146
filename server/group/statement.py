"""A member's attendance for a professional register: dates, hours, methods, and nothing of the content. Never kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from methods.method import Method
from server.group.group import Group
from server.group.people import known


def statement(group: Group, key: int, methods: Mapping[str, Method]) -> dict[str, Any]:
    """What may be signed of this member: evenings attended, as far as the group remembers them. Raises Refused."""
    member = known(group, key)
    there = [
        evening
        for evening in group.evenings
        if evening.attended is not None and key in (*evening.attended.present, *evening.attended.late)
    ]
    of_each = {one.number: one.attended.partly.get(key, one.minutes) for one in there if one.attended}
    minutes = sum(of_each.values())
    return {
        "name": member.name,
        "group": group.name,
        "from": there[0].on.isoformat() if there else None,
        "until": there[-1].on.isoformat() if there else None,
        "evenings": [
            {
                "on": evening.on.isoformat(),
                "minutes": of_each[evening.number],
                "method": dict(methods[evening.method].names) if evening.method and evening.method in methods else None,
            }
            for evening in there
        ],
        "hours": round(minutes / 60, 1),
    }
