"""Whose turn it is to lead, and to bring a case: an order that remembers by itself. Never a count of turns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from server.group.group import Group
from server.group.words import refused

TURNS = ("lead", "bring")


def leads_next(group: Group) -> int | None:
    """Who leads: who was agreed to, else the first in the order who can come.

    None while somebody from outside guides, or nobody can.
    """
    agreed = group.next.lead
    if agreed is not None and agreed not in group.next.away:
        return agreed
    return None if group.guided else _first(group.lead, group.next.away)


def brings_next(group: Group) -> int | None:
    """Who brings a case: the first in the order who can come, and does not lead if another can."""
    leader = leads_next(group)
    others = _first(group.bring, group.next.away | {leader} if leader is not None else group.next.away)
    return others if others is not None else _first(group.bring, group.next.away)


def swapped(group: Group, turn: str, one: int, other: int) -> Group:
    """These two change places. Raises Refused."""
    if turn not in TURNS:
        raise refused("does_not_fit")
    order = list(group.lead if turn == "lead" else group.bring)
    if one not in order or other not in order:
        raise refused("unknown_member")
    here, there = order.index(one), order.index(other)
    order[here], order[there] = order[there], order[here]
    return _with(group, turn, order)


def had_turns(group: Group, *, led: int | None, brought: Collection[int]) -> Group:
    """Who led and who brought a case go to the end; who was skipped stays where they were."""
    group = _with(group, "lead", _to_the_end(group.lead, () if led is None else (led,)))
    return _with(group, "bring", _to_the_end(group.bring, brought))


def _first(order: Iterable[int], away: Collection[int]) -> int | None:
    return next((one for one in order if one not in away), None)


def _to_the_end(order: Iterable[int], had: Collection[int]) -> list[int]:
    order = list(order)
    return [one for one in order if one not in had] + [one for one in order if one in had]


def _with(group: Group, turn: str, order: Iterable[int]) -> Group:
    return replace(group, lead=tuple(order)) if turn == "lead" else replace(group, bring=tuple(order))
