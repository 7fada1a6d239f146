"""Who is in a group: somebody comes, is called otherwise, goes and is forgotten. Never anything about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from server.group.group import Attended, Evening, Group, Member
from server.group.limits import LONGEST_NAME, MOST_MEMBERS
from server.group.planning import tidy
from server.group.words import refused


def came(group: Group, name: str, today: date) -> Group:
    """Somebody joins, last in every order. Raises Refused."""
    if len(group.members) >= MOST_MEMBERS:
        raise refused("too_many")
    member = Member(key=group.last + 1, name=_free(group, name), joined=today)
    return replace(
        group,
        members=(*group.members, member),
        lead=(*group.lead, member.key),
        bring=(*group.bring, member.key),
        last=member.key,
    )


def renamed(group: Group, key: int, name: str) -> Group:
    """Somebody is called otherwise. Raises Refused."""
    one = known(group, key)
    named = replace(one, name=_free(group, name, one))
    return replace(group, members=tuple(named if member is one else member for member in group.members))


def forgotten(group: Group, key: int) -> Group:
    """Nothing of this member stays: no name, no turn, no evening attended, no intention. Raises Refused."""
    known(group, key)
    return replace(
        group,
        members=tuple(member for member in group.members if member.key != key),
        lead=tuple(one for one in group.lead if one != key),
        bring=tuple(one for one in group.bring if one != key),
        next=replace(
            group.next, away=group.next.away - {key}, lead=None if group.next.lead == key else group.next.lead
        ),
        intentions=tuple(one for one in group.intentions if one.member != key),
        evenings=tuple(_without(evening, key) for evening in group.evenings),
    )


def known(group: Group, key: int) -> Member:
    """The member. Raises Refused."""
    member = group.member(key)
    if member is None:
        raise refused("unknown_member")
    return member


def _without(evening: Evening, key: int) -> Evening:
    if evening.attended is None:
        return evening
    there = evening.attended
    left = (tuple(one for one in keys if one != key) for keys in (there.present, there.late, there.absent))
    present, late, absent = left
    partly = {one: minutes for one, minutes in there.partly.items() if one != key}
    return replace(evening, attended=Attended(present=present, late=late, absent=absent, partly=partly))


def _free(group: Group, name: str, of: Member | None = None) -> str:
    name = tidy(name)[:LONGEST_NAME].strip()
    if not name:
        raise refused("name_missing")
    if group.named(name) not in (None, of):
        raise refused("name_taken")
    return name
