"""Method files become Method values here, or a refusal that names every problem. Nothing here guides a meeting."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from methods.check import Reading
from methods.document import read_tree
from methods.method import Floor, Method, Phase
from methods.problems import MethodRefused, Problem
from methods.vocabulary import vocabulary

__all__ = ["BUILT_IN", "Library", "MethodRefused", "Problem", "load_library", "read_method"]

SCHEMA = "kring-method/1"
BUILT_IN = Path(__file__).parent / "library"
GLANCE_WORDS = 7
_METHOD_KEYS = ("schema", "id", "names", "summary", "origin", "level", "case_types", "not_for", "group", "duration")
_METHOD_KEYS_AFTER = ("preparation", "pitfalls", "sources", "phases")
_PHASE_KEYS = ("id", "name", "goal", "glance", "prompt", "minutes", "floor", "balance", "allow", "deny")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Library(Mapping[str, Method]):
    """The good methods by id, in the order they were found, and what is wrong with the other files."""

    methods: Mapping[str, Method]
    problems: tuple[Problem, ...]

    def __getitem__(self, method_id: str) -> Method:
        """The method with that id; KeyError when there is none."""
        return self.methods[method_id]

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self.methods)

    def __len__(self) -> int:
        """How many methods are good."""
        return len(self.methods)


def load_library(*folders: Path) -> Library:
    """Every method in these folders (without any: those that ship with Kring); bad files are skipped and explained.

    A folder that does not exist holds no methods: a group need not have its own.
    """
    methods: dict[str, Method] = {}
    problems: list[Problem] = []
    for path in (path for folder in folders or (BUILT_IN,) for path in sorted(folder.glob("*.yaml"))):
        try:
            method = read_method(path)
        except MethodRefused as refused:
            problems.extend(refused.problems)
            continue
        if method.id in methods:
            what = f"there is already a method with the id '{method.id}'"
            problems.append(Problem(file=path.name, line=None, what=what, cure="Give this one another id"))
        else:
            methods[method.id] = method
    return Library(methods=methods, problems=tuple(problems))


def read_method(path: Path) -> Method:
    """The method in this file; MethodRefused, with every problem found, when it is not a good one."""
    root = read_tree(path)
    reading = Reading(path.name)
    keys = reading.keys(root, "the method", (*_METHOD_KEYS, *_METHOD_KEYS_AFTER), ("time_note",))
    words = vocabulary()
    reading.code(keys.get("schema"), "schema", {SCHEMA})
    if "time_note" in keys:
        reading.line(keys["time_note"], "time_note")
    low, ideal, high = _range(reading, keys.get("group"), "group", ("min", "ideal", "max"), (2, 30), whole=True)
    duration = _range(reading, keys.get("duration"), "duration", ("min", "typical", "max"), (5, 600))
    phases = _phases(reading, keys.get("phases"), low)
    if phases and "duration" in keys:
        _check_total(reading, keys["duration"], phases, duration)
    pitfalls = tuple(reading.text(node, "pitfall") for node in reading.items(keys.get("pitfalls"), "pitfalls"))
    values = {key: reading.text(keys.get(key), key) for key in ("names", "summary", "not_for", "preparation")}
    method_id = reading.identifier(keys.get("id"), "id")
    origin = reading.line(keys.get("origin"), "origin")
    level = reading.code(keys.get("level"), "level", words.levels)
    case_types = reading.codes(keys.get("case_types"), "case_types", words.case_types, at_least=1)
    sources = _sources(reading, keys.get("sources"))
    if reading.problems:
        raise MethodRefused(reading.problems)
    return Method(
        id=method_id,
        origin=origin,
        level=level,
        case_types=case_types,
        group_min=int(low),
        group_ideal=int(ideal),
        group_max=int(high),
        minutes_min=duration[0],
        minutes=duration[1],
        minutes_max=duration[2],
        pitfalls=pitfalls,
        sources=sources,
        phases=phases,
        **values,
    )


def _phases(reading: Reading, node: yaml.Node | None, smallest_group: float) -> tuple[Phase, ...]:
    nodes = reading.items(node, "phases", at_least=1, at_most=20)
    phases = tuple(_phase(reading, each, smallest_group) for each in nodes)
    seen: set[str] = set()
    for each, phase in zip(nodes, phases, strict=True):
        if phase.id in seen:
            reading.note(each, f"two phases have the id '{phase.id}'", "Give each phase an id of its own")
        seen |= {phase.id} - {""}
    return phases


def _phase(reading: Reading, node: yaml.Node, smallest_group: float) -> Phase:
    keys = reading.keys(node, "the phase", _PHASE_KEYS, ("stems", "capture", "pitfall"))
    words = vocabulary()
    phase_id = reading.identifier(keys.get("id"), "the id of a phase")
    low, default, high = _phase_minutes(reading, keys.get("minutes"))
    allow = reading.codes(keys.get("allow"), "allow", words.utterances)
    deny = reading.codes(keys.get("deny"), "deny", words.utterances)
    for code in sorted({*allow} & {*deny} - {""}):
        reading.note(keys["deny"], f"'{code}' is both allowed and denied", "Keep it in one of the two")
    floor = _floor(reading, keys.get("floor"), high, smallest_group)
    return Phase(
        id=phase_id,
        name=reading.text(keys.get("name"), "name"),
        goal=reading.text(keys.get("goal"), "goal"),
        glance=reading.text(keys.get("glance"), "glance", at_most_words=GLANCE_WORDS),
        prompt=reading.text(keys.get("prompt"), "prompt"),
        stems=_stems(reading, keys.get("stems")),
        minutes=default,
        minutes_min=low,
        minutes_max=high,
        floor=floor,
        balance=reading.code(keys.get("balance"), "balance", words.balances),
        allow=frozenset(allow),
        deny=frozenset(deny),
        capture=reading.codes(keys.get("capture"), "capture", words.captures),
        pitfall=reading.text(keys["pitfall"], "pitfall") if "pitfall" in keys else None,
    )


def _floor(reading: Reading, node: yaml.Node | None, longest_minutes: float, smallest_group: float) -> Floor:
    keys = reading.keys(node, "floor", ("mode",), ("speak", "silent", "seconds_each", "write_first_minutes"))
    words = vocabulary()
    speak = reading.codes(keys.get("speak"), "speak", words.roles)
    silent = reading.codes(keys.get("silent"), "silent", words.roles)
    for role in sorted({*speak} & {*silent} - {""}):
        reading.note(keys["silent"], f"'{role}' is asked both to speak and to be silent", "Keep it in one of the two")
    seconds = reading.number(keys.get("seconds_each"), "seconds_each", 5, 1800, whole=True)
    if seconds * smallest_group > longest_minutes * 60:
        what = f"{seconds:g} seconds for each of {smallest_group:g} people cannot fit in {longest_minutes:g} minutes"
        reading.note(keys["seconds_each"], what, "Give each fewer seconds, or the phase a larger max")
    writing = reading.number(keys.get("write_first_minutes"), "write_first_minutes", 1, 60, whole=True)
    if writing >= longest_minutes:
        what = f"{writing:g} minutes of writing cannot fit in a phase of {longest_minutes:g}"
        reading.note(keys["write_first_minutes"], what, "Write for a shorter time, or give the phase a larger max")
    return Floor(
        mode=reading.code(keys.get("mode"), "floor mode", words.floor_modes),
        speak=speak,
        silent=silent,
        seconds_each=None if math.isnan(seconds) else int(seconds),
        write_first_minutes=None if math.isnan(writing) else int(writing),
    )


def _stems(reading: Reading, node: yaml.Node | None) -> Mapping[str, tuple[str, ...]]:
    return {
        language: tuple(reading.line(item, "a stem") for item in reading.items(each, "stems", 1, 3))
        for language, each in reading.languages(node, "stems").items()
    }


def _sources(reading: Reading, node: yaml.Node | None) -> tuple[Mapping[str, str], ...]:
    """Where the facts come from: {ref, gives} each, one at least."""
    sources = []
    for each in reading.items(node, "sources", at_least=1):
        keys = reading.keys(each, "a source", ("ref", "gives"))
        sources.append({key: reading.line(value, f"'{key}' of a source") for key, value in keys.items()})
    return tuple(sources)


def _phase_minutes(reading: Reading, node: yaml.Node | None) -> tuple[float, float, float]:
    names = ("min", "default", "max")
    keys = reading.keys(node, "minutes", names, ("basis",))
    reading.code(keys.get("basis"), "basis", vocabulary().minutes_bases)
    return _ordered(reading, "minutes", keys, names, (0.5, 240))


def _range(
    reading: Reading,
    node: yaml.Node | None,
    where: str,
    names: tuple[str, str, str],
    bounds: tuple[float, float],
    *,
    whole: bool = False,
) -> tuple[float, float, float]:
    return _ordered(reading, where, reading.keys(node, where, names), names, bounds, whole=whole)


def _ordered(
    reading: Reading,
    where: str,
    keys: Mapping[str, yaml.Node],
    names: tuple[str, str, str],
    bounds: tuple[float, float],
    *,
    whole: bool = False,
) -> tuple[float, float, float]:
    """Three numbers that must not go down: the least, the usual, the most."""
    low, usual, high = (reading.number(keys.get(name), f"{where} {name}", *bounds, whole=whole) for name in names)
    if low > usual or usual > high or low > high:
        what = f"{where} does not go up: {names[0]} {low:g}, {names[1]} {usual:g}, {names[2]} {high:g}"
        cure = f"Put {names[1]} between {names[0]} and {names[2]}"
        reading.note(next(iter(keys.values())), what, cure)
    return low, usual, high


def _check_total(
    reading: Reading, node: yaml.Node, phases: tuple[Phase, ...], duration: tuple[float, float, float]
) -> None:
    """The phases together must be able to make a meeting of the length that the method promises."""
    shortest, usual, longest = (
        sum(getattr(phase, name) for phase in phases) for name in ("minutes_min", "minutes", "minutes_max")
    )
    if usual < duration[0] or usual > duration[2]:
        what = f"the phases take {usual:g} minutes, outside the {duration[0]:g} to {duration[2]:g} of the method"
        reading.note(node, what, "Change the duration, or the minutes of some phases")
    elif duration[1] < shortest or duration[1] > longest:
        what = f"the phases cannot make {duration[1]:g} minutes: together they take {shortest:g} to {longest:g}"
        reading.note(node, what, "Change 'typical', or the minutes of some phases")
