"""The phases of a method file become values here, each with its floor; what spans several phases is in laps.py."""

from __future__ import annotations

import math
from collections.abc import Mapping

import yaml

from methods import shape
from methods.check import Reading
from methods.method import Floor, Phase
from methods.vocabulary import vocabulary


def read_phases(
    reading: Reading, node: yaml.Node | None, smallest_group: float, roles: tuple[str, ...]
) -> tuple[Phase, ...]:
    """Every phase of the list, each with an id of its own; `roles` are those at the table beside the usual three."""
    nodes = reading.items(node, "phases", at_least=1, at_most=shape.PHASES_MOST)
    phases = tuple(_phase(reading, each, smallest_group) for each in nodes)
    seen: set[str] = set()
    for each, phase in zip(nodes, phases, strict=True):
        if phase.id in seen:
            reading.note(each, f"two phases have the id '{phase.id}'", "Give each phase an id of its own")
        seen |= {phase.id} - {""}
    _check_roles(reading, nodes, phases, roles)
    return phases


def _check_roles(reading: Reading, nodes: list[yaml.Node], phases: tuple[Phase, ...], roles: tuple[str, ...]) -> None:
    """Whoever speaks or is silent in a phase has to be at the table; a missing role is named once."""
    missing = vocabulary().roles - {*shape.ALWAYS_THERE, *roles}
    for node, phase in zip(nodes, phases, strict=True):
        floor = phase.floor
        for role in (*floor.speak, *floor.silent, floor.then):
            if role in missing:
                what = f"the phase '{phase.id}' needs a role '{role}' that the method does not name"
                reading.note(node, what, f"Add a line 'roles: [{role}]' at the top, or take it out of the floor")
                missing -= {role}


def _phase(reading: Reading, node: yaml.Node, smallest_group: float) -> Phase:
    keys = reading.keys(node, "the phase", shape.PHASE_KEYS, shape.PHASE_OPTIONS)
    words = vocabulary()
    phase_id = reading.identifier(keys.get("id"), "the id of a phase")
    optional = reading.yes(keys.get("optional"), "optional")
    low, default, high, basis = _minutes(reading, keys.get("minutes"), optional)
    allow = reading.codes(keys.get("allow"), "allow", words.utterances)
    deny = reading.codes(keys.get("deny"), "deny", words.utterances)
    for code in sorted({*allow} & {*deny} - {""}):
        reading.note(keys["deny"], f"'{code}' is both allowed and denied", "Keep it in one of the two")
    return Phase(
        id=phase_id,
        name=reading.text(keys.get("name"), "name"),
        goal=reading.text(keys.get("goal"), "goal"),
        glance=reading.text(keys.get("glance"), "glance", at_most_words=shape.GLANCE_WORDS),
        prompt=reading.text(keys.get("prompt"), "prompt"),
        stems=_stems(reading, keys.get("stems")),
        minutes=default,
        minutes_min=low,
        minutes_max=high,
        basis=basis or "proposed",
        floor=_floor(reading, keys.get("floor"), high, smallest_group),
        balance=reading.code(keys.get("balance"), "balance", words.balances),
        allow=frozenset(allow),
        deny=frozenset(deny),
        capture=reading.codes(keys.get("capture"), "capture", words.captures),
        pitfall=reading.text(keys["pitfall"], "pitfall") if "pitfall" in keys else None,
        choice_rule=reading.code(keys.get("choice_rule"), "choice_rule", words.choice_rules) or None,
        optional=optional,
    )


def _minutes(reading: Reading, node: yaml.Node | None, optional: bool) -> tuple[float, float, float, str]:
    """The least, the usual, the most and how sure they are. The least of an optional phase may be nothing."""
    keys = reading.keys(node, "minutes", shape.MINUTES_KEYS, shape.MINUTES_OPTIONS)
    basis = reading.code(keys.get("basis"), "basis", vocabulary().minutes_bases)
    least = 0 if optional else shape.MINUTES.least
    return *reading.rising(keys, "minutes", shape.MINUTES_KEYS, shape.MINUTES, least=least), basis


def _floor(reading: Reading, node: yaml.Node | None, longest_minutes: float, smallest_group: float) -> Floor:
    keys = reading.keys(node, "floor", shape.FLOOR_KEYS, shape.FLOOR_OPTIONS)
    words = vocabulary()
    speak = reading.codes(keys.get("speak"), "speak", words.roles)
    silent = reading.codes(keys.get("silent"), "silent", words.roles)
    for role in sorted({*speak} & {*silent} - {""}):
        reading.note(keys["silent"], f"'{role}' is asked both to speak and to be silent", "Keep it in one of the two")
    seconds = reading.number(keys.get("seconds_each"), "seconds_each", *shape.SECONDS_EACH, whole=True)
    if seconds * smallest_group > longest_minutes * 60:
        what = f"{seconds:g} seconds for each of {smallest_group:g} people cannot fit in {longest_minutes:g} minutes"
        reading.note(keys["seconds_each"], what, "Give each fewer seconds, or the phase a larger max")
    silence, writing = _first(reading, keys, longest_minutes)
    return Floor(
        mode=reading.code(keys.get("mode"), "floor mode", words.floor_modes),
        speak=speak,
        silent=silent,
        seconds_each=_whole(seconds),
        write_first_minutes=writing,
        silence_first_minutes=silence,
        pause_seconds=_whole(
            reading.number(keys.get("pause_seconds"), "pause_seconds", *shape.PAUSE_SECONDS, whole=True)
        ),
        then=reading.code(keys.get("then"), "then", words.roles) or None,
        turned_away=reading.yes(keys.get("turned_away"), "turned_away"),
    )


def _first(reading: Reading, keys: Mapping[str, yaml.Node], longest_minutes: float) -> tuple[int | None, int | None]:
    """Minutes of silence and of writing with which the phase begins; something must be left of it to speak in."""
    silence, writing = (
        _whole(reading.number(keys.get(key), key, *shape.MINUTES_FIRST, whole=True))
        for key in ("silence_first_minutes", "write_first_minutes")
    )
    taken = (silence or 0) + (writing or 0)
    if taken and taken >= longest_minutes:
        parts = [word for word, minutes in (("silence", silence), ("writing", writing)) if minutes]
        what = f"{taken} minutes of {' and '.join(parts)} cannot fit in a phase of {longest_minutes:g}"
        last = keys["write_first_minutes" if writing else "silence_first_minutes"]
        doing = {"silence": "Be silent", "writing": "Write"}[parts[-1]]
        reading.note(last, what, f"{doing} for a shorter time, or give the phase a larger max")
    return silence, writing


def _whole(number: float) -> int | None:
    return None if math.isnan(number) else int(number)


def _stems(reading: Reading, node: yaml.Node | None) -> Mapping[str, tuple[str, ...]]:
    return {
        language: tuple(reading.line(item, "a stem") for item in reading.items(each, "stems", 1, shape.STEMS_MOST))
        for language, each in reading.languages(node, "stems").items()
    }
