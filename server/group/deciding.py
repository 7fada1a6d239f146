"""What a group asks about itself becomes another group, or is refused with a reason. Nothing here writes a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast, get_args

from methods.method import Method
from server.group import memory, people, planning, rota, season, themes
from server.group import wishes as wish
from server.group.group import Agreement, Form, Group, Intended, Language, Rule, Setting
from server.group.limits import LIMITS, LONGEST_NAME, MOST_AGREEMENTS
from server.group.wishes import GroupWish
from server.group.words import refused

CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": get_args(Language),
    "setting": get_args(Setting),
    "form": get_args(Form),
    "rule": get_args(Rule),
}


def founded(identity: str, name: str, language: str, today: date) -> Group:
    """A new group. Raises Refused."""
    if not planning.tidy(name):
        raise refused("name_missing")
    if language not in CHOICES["language"]:
        raise refused("does_not_fit")
    called = planning.tidy(name)[:LONGEST_NAME]
    spoken = cast(Language, language)
    return Group(id=identity, name=called, founded=today, language=spoken, season=season.new_season(today))


def decided(group: Group, asked: GroupWish, methods: Mapping[str, Method], today: date) -> Group:
    """The group after this wish. Raises Refused."""
    match asked:
        case wish.ChangeGroup():
            return _changed(group, asked, methods)
        case wish.AddMember():
            return people.came(group, asked.name, today)
        case wish.RenameMember():
            return people.renamed(group, asked.member, asked.name)
        case wish.ForgetMember():
            return memory.expired(people.forgotten(group, asked.member), today)
        case wish.WriteGroupAgreement():
            return _agreed(group, asked)
        case wish.ChooseKeeping():
            return memory.expired(memory.chosen(group, asked.item, asked.until), today)
        case wish.ForgetKept():
            return memory.forgotten(group, asked.item, asked.key)
        case wish.PlanNext():
            return planning.planned(group, asked, methods, today)
        case wish.SayAway():
            return planning.away(group, asked)
        case wish.SwapTurns():
            return rota.swapped(group, asked.turn, asked.member, asked.other)
        case wish.TellLookBack():
            return _looked_back(group, asked)
        case wish.WriteTheme():
            return themes.written(group, asked)
        case wish.WriteReadingCard():
            return themes.with_card(group, asked)
        case _:
            return _in_season(group, asked, methods, today)


def _in_season(group: Group, asked: GroupWish, methods: Mapping[str, Method], today: date) -> Group:
    match asked:
        case wish.SayFamiliar():
            if asked.method not in methods:
                raise refused("does_not_fit")
            others = tuple(one for one in group.familiar if one != asked.method)
            return replace(group, familiar=(*others, asked.method) if asked.familiar else others)
        case wish.SayReady():
            if asked.statement not in season.STATEMENTS:
                raise refused("does_not_fit")
            ready = {**group.season.ready, asked.statement: asked.yes}
            return replace(group, season=replace(group.season, ready=ready))
        case wish.ChooseGuidance():
            return season.guided_by(group, today, facilitator=asked.guided)
        case wish.BeginSeason():
            return season.begun_anew(memory.season_closed(group), today)
        case wish.HoldReview():
            return replace(group, season=replace(group.season, reviewed=today))
        case wish.HoldRefresh():
            return replace(group, season=replace(group.season, refreshed=today))
    raise refused("does_not_fit")


def _changed(group: Group, asked: wish.ChangeGroup, methods: Mapping[str, Method]) -> Group:
    told: dict[str, Any] = {}
    for name in asked.__slots__:
        value = getattr(asked, name)
        if value is None:
            continue
        least, most = LIMITS.get(name, (0, 0))
        if name in LIMITS and not (least <= value <= most and value == int(value)):
            raise refused("does_not_fit")
        if name in CHOICES and value not in CHOICES[name]:
            raise refused("does_not_fit")
        told[name] = planning.tidy(value) if isinstance(value, str) else int(value)
    if "name" in told and not told["name"]:
        raise refused("name_missing")
    if "method" in told and told["method"] not in methods:
        raise refused("does_not_fit")
    held = {name: told.pop(name) for name in ("held_guided", "held_alone") if name in told}
    for name in {"name", "facilitator"} & told.keys():
        told[name] = told[name][:LONGEST_NAME].strip()
    return replace(group, **told, season=replace(group.season, **held))


def _agreed(group: Group, asked: wish.WriteGroupAgreement) -> Group:
    text, key = planning.tidy(asked.text), asked.agreement
    if key is None:
        if not text:
            return group
        if len(group.agreements) >= MOST_AGREEMENTS:
            raise refused("too_many")
        new = Agreement(key=group.last + 1, text=text)
        return replace(group, agreements=(*group.agreements, new), last=new.key)
    if key not in {one.key for one in group.agreements}:
        raise refused("not_there")
    kept = (replace(one, text=text) if one.key == key else one for one in group.agreements)
    return replace(group, agreements=tuple(one for one in kept if one.text))


def _looked_back(group: Group, asked: wish.TellLookBack) -> Group:
    """What the person told, as far as they wish; else the intention is forgotten at once."""
    one = next((one for one in group.intentions if one.key == asked.intention), None)
    if one is None:
        raise refused("not_there")
    if not -1 <= asked.worth <= 10:
        raise refused("does_not_fit")
    others = tuple(other for other in group.intentions if other.key != one.key)
    if not asked.keep:
        return replace(group, intentions=others)
    told: Intended = replace(one, told=True, worth=None if asked.worth < 0 else asked.worth, back=asked.back)
    return replace(group, intentions=tuple(sorted((*others, told), key=lambda intended: intended.key)))
