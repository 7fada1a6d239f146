"""Method files become Method values here, or a refusal that names every problem. Nothing here guides a meeting."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from methods import shape
from methods.check import Reading
from methods.document import read_tree
from methods.laps import check_total, laps_of, read_again
from methods.method import Method, Text
from methods.phases import read_phases
from methods.problems import MethodRefused, Problem, shown
from methods.vocabulary import vocabulary

__all__ = [
    "BUILT_IN",
    "Library",
    "MethodRefused",
    "Problem",
    "gather",
    "load_library",
    "method_files",
    "method_or_problems",
    "read_method",
]

BUILT_IN = Path(__file__).parent / "library"
MOST_FILES = 200
"""In one folder; a hundred times what a group uses."""
Refusal = tuple[Problem, ...]
_FILE = re.compile(r"[^.].*\.ya?ml", re.IGNORECASE | re.DOTALL)


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
    found: list[tuple[Path, Method | Refusal]] = []
    problems: list[Problem] = []
    for folder in folders or (BUILT_IN,):
        paths, wrong = method_files(folder)
        problems.extend(wrong)
        found.extend((path, method_or_problems(path)) for path in paths)
    return gather(found, problems)


def method_files(folder: Path) -> tuple[tuple[Path, ...], Refusal]:
    """What may be methods, by name (hidden files are those of editors and systems), and why others are not read."""
    try:
        names = sorted(name for name in os.listdir(folder) if _FILE.fullmatch(name))
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        what = f"the folder of methods cannot be read ({error.strerror})"
        return (), (Problem(file=shown(folder), line=None, what=what, cure=f"Look at {folder}"),)
    paths = tuple(folder / name for name in names)
    if len(paths) <= MOST_FILES:
        return paths, ()
    what = f"there are {len(paths)} methods in this folder; after the first {MOST_FILES} by name none is read"
    cure = "Move those that the group does not use elsewhere"
    return paths[:MOST_FILES], (Problem(file=shown(folder), line=None, what=what, cure=cure),)


def method_or_problems(path: Path) -> Method | Refusal:
    """The method in this file, or everything that is wrong with it."""
    try:
        return read_method(path)
    except MethodRefused as refused:
        return refused.problems


def gather(found: Iterable[tuple[Path, Method | Refusal]], problems: Iterable[Problem] = ()) -> Library:
    """The library of what was found, in order: of two with one id the first stays, so none replaces a built-in one."""
    methods: dict[str, Method] = {}
    origins: dict[str, Path] = {}
    wrong = list(problems)
    for path, method in found:
        if not isinstance(method, Method):
            wrong.extend(method)
        elif method.id in methods:
            first = origins[method.id]
            where = "among those that ship with Kring" if first.parent == BUILT_IN else f"in {shown(first)}"
            what = f"there is already a method with the id '{method.id}', {where}"
            wrong.append(Problem(file=shown(path), line=None, what=what, cure="Give this one another id"))
        else:
            methods[method.id] = method
            origins[method.id] = path
    return Library(methods=methods, problems=tuple(wrong))


def read_method(path: Path) -> Method:
    """The method in this file; MethodRefused, with every problem found, when it is not a good one."""
    root = read_tree(path)
    reading = Reading(shown(path))
    keys = reading.keys(root, "the method", shape.METHOD_KEYS, shape.METHOD_OPTIONS)
    reading.code(keys.get("schema"), "schema", {shape.SCHEMA})
    reading.line(keys.get("time_note"), "time_note")
    low, ideal, high = _range(reading, keys.get("group"), "group", shape.GROUP_KEYS, shape.GROUP, whole=True)
    duration = _range(reading, keys.get("duration"), "duration", shape.DURATION_KEYS, shape.DURATION)
    described = _described(reading, keys)
    phases = read_phases(reading, keys.get("phases"), low, described["roles"])
    repeat, per_case = read_again(reading, keys, phases)
    if phases and "duration" in keys:
        check_total(reading, keys["duration"], phases, duration, laps_of(repeat, ideal))
    if reading.problems:
        raise MethodRefused(reading.problems)
    return Method(
        group_min=int(low),
        group_ideal=int(ideal),
        group_max=int(high),
        minutes_min=duration[0],
        minutes=duration[1],
        minutes_max=duration[2],
        phases=phases,
        repeat=repeat,
        per_case=per_case,
        **described,
    )


def _described(reading: Reading, keys: Mapping[str, yaml.Node]) -> dict[str, Any]:
    """What the file says about the method as a whole, by the names of Method."""
    words = vocabulary()
    return {
        "id": reading.identifier(keys.get("id"), "id"),
        **{key: reading.text(keys.get(key), key) for key in ("names", "summary", "not_for", "preparation")},
        "origin": reading.line(keys.get("origin"), "origin"),
        "level": reading.code(keys.get("level"), "level", words.levels),
        "case_types": reading.codes(keys.get("case_types"), "case_types", words.case_types, at_least=1),
        "pitfalls": _texts(reading, keys.get("pitfalls"), "pitfalls", shape.LIST_MOST),
        "sources": _sources(reading, keys.get("sources")),
        "kind": reading.code(keys.get("kind"), "kind", words.kinds) or "method",
        "form": reading.code(keys.get("form"), "form", words.forms) or "process",
        "verified": reading.yes(keys.get("verified"), "verified", otherwise=True),
        "trust": reading.code(keys.get("trust"), "trust", words.trusts) or "ordinary",
        "licence": reading.line(keys.get("licence"), "licence"),
        "roles": reading.codes(keys.get("roles"), "roles", words.roles - {*shape.ALWAYS_THERE}),
        "materials": reading.text(keys["materials"], "materials") if "materials" in keys else None,
        "variants": _texts(reading, keys.get("variants"), "variants", shape.VARIANTS_MOST),
    }


def _texts(reading: Reading, node: yaml.Node | None, where: str, at_most: int) -> tuple[Text, ...]:
    one = where.removesuffix("s")
    return tuple(reading.text(each, one) for each in reading.items(node, where, at_most=at_most))


def _sources(reading: Reading, node: yaml.Node | None) -> tuple[Mapping[str, str], ...]:
    """Where the facts come from: {ref, gives} each, one at least."""
    sources = []
    for each in reading.items(node, "sources", at_least=1):
        keys = reading.keys(each, "a source", shape.SOURCE_KEYS)
        sources.append({key: reading.line(value, f"'{key}' of a source") for key, value in keys.items()})
    return tuple(sources)


def _range(
    reading: Reading,
    node: yaml.Node | None,
    where: str,
    names: tuple[str, str, str],
    bounds: tuple[float, float],
    *,
    whole: bool = False,
) -> tuple[float, float, float]:
    return reading.rising(reading.keys(node, where, names), where, names, bounds, whole=whole)
