"""Groups to try rules on, without a device."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from methods.reader import BUILT_IN, load_library
from server.group.deciding import decided, founded
from server.group.group import Attended, Evening, Figures, Group, Intended
from server.group.wishes import AddMember, GroupWish

TODAY = date(2026, 12, 3)
METHODS = load_library(BUILT_IN)
PEOPLE = ("Anne", "Bo", "Cas", "Dee", "Eva")


def circle(*names: str) -> Group:
    """A group of these people, with a facilitator from outside."""
    group = replace(founded("0" * 32, "Blauw", "nl", TODAY), facilitator="Gea", trail=("00000000",))
    return after(group, *(AddMember(name=name) for name in names or PEOPLE))


def after(group: Group, *asked: GroupWish, today: date = TODAY) -> Group:
    for one in asked:
        group = decided(group, one, METHODS, today)
    return group


def with_evenings(group: Group, count: int, *, method: str = "five_phase", answers: Any = None) -> Group:
    """So many evenings a month apart, with everything remembered; `answers` gives the middle answer of each."""
    keys = tuple(member.key for member in group.members)
    evenings = tuple(
        Evening(
            number=n + 1,
            on=TODAY + timedelta(days=28 * n),
            minutes=120,
            guided=True,
            method=method,
            attended=Attended(present=keys[:-1], late=keys[-1:]),
            answers={"pr1": (answers or (lambda n: 4.0))(n)},
            pulse={"sp1": 4.0},
            figures=Figures(spread=0.2, questions=7),
        )
        for n in range(count)
    )
    season = replace(group.season, held_guided=count)
    keep = dict.fromkeys(group.keep, "season")
    return replace(group, evenings=evenings, held=count, season=season, keep=keep)


def intended(group: Group, member: int | None = None) -> Group:
    one = Intended(
        key=group.last + 1,
        evening=group.held,
        member=member or group.members[0].key,
        question="Hoe?",
        text="Ik bel",
        step="",
        by="",
    )
    return replace(group, intentions=(*group.intentions, one), last=one.key)
