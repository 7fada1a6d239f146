"""Takes values out of YAML nodes one by one and notes everything that is wrong. It never stops at the first problem,
only at the fiftieth.

Each reading function accepts None for a key that is missing: that was noted when the keys were read, so it returns an
empty value in silence. Values of a file with problems are never used.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches

import yaml

from methods import shape
from methods.method import Text
from methods.problems import MOST_PROBLEMS, MethodRefused, Problem

_LANGUAGE = re.compile(shape.LANGUAGE)
_IDENTIFIER = re.compile(shape.IDENTIFIER)
_STRING = "tag:yaml.org,2002:str"
_BOOL = "tag:yaml.org,2002:bool"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class Reading:
    """One file being read: its name and the problems noted so far."""

    def __init__(self, file: str) -> None:
        """Begin with no problems."""
        self.file = file
        self.problems: list[Problem] = []

    def note(self, node: yaml.Node, what: str, cure: str) -> None:
        """Write down that something is wrong at this node; MethodRefused when there is more than anybody would read."""
        self.problems.append(Problem(file=self.file, line=node.start_mark.line + 1, what=what, cure=cure))
        if len(self.problems) == MOST_PROBLEMS:
            more = Problem(file=self.file, line=None, what="there may be more", cure="Cure these first")
            raise MethodRefused([*self.problems, more])

    def keys(
        self, node: yaml.Node | None, where: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, yaml.Node]:
        """The values of a mapping by key; unknown, double and missing keys are noted."""
        entries = self._entries(node, where)
        known = {*required, *optional}
        for key in [key for key in entries if key not in known]:
            key_node, _ = entries.pop(key)
            self.note(key_node, f"unknown key '{_short(key)}' in {where}", _suggestion(key, known))
        if isinstance(node, yaml.MappingNode):
            for key in required:
                if key not in entries:
                    self.note(node, f"{where} has no '{key}'", f"Add a line '{key}: ...'")
        return {key: value for key, (_, value) in entries.items()}

    def _entries(self, node: yaml.Node | None, where: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Key to its own node (for the line number) and the node of its value."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.note(node, f"{where} must be a list of 'key: value'", "Compare with methods/library/five_phase.yaml")
            return {}
        entries: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.note(key_node, f"a key in {where} is not a word", "Put one word before the colon")
            elif key_node.value in entries:
                self.note(key_node, f"'{_short(key_node.value)}' stands twice in {where}", "Keep one of the two")
            else:
                entries[key_node.value] = (key_node, value)
        return entries

    def items(
        self, node: yaml.Node | None, where: str, at_least: int = 0, at_most: int = shape.LIST_MOST
    ) -> list[yaml.Node]:
        """The nodes of a list of the right length."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.note(node, f"{where} must be a list", "Write [one, two], or each on a line of its own after '- '")
            return []
        if not at_least <= len(node.value) <= at_most:
            self.note(node, f"{where} has {len(node.value)} items", f"Give {at_least} to {at_most}")
        return list(node.value)

    def line(self, node: yaml.Node | None, where: str) -> str:
        """One text that is not empty."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag != _STRING:
            self.note(node, f"{where} must be text", "Put it between double quotes")
            return ""
        if not node.value.strip():
            self.note(node, f"{where} is empty", "Write the text, or leave the key out if it is optional")
        return str(node.value).strip()

    def text(self, node: yaml.Node | None, where: str, at_most_words: int | None = None) -> Text:
        """A text per language, Dutch and English at least."""
        found = self.languages(node, where)
        texts = {language: self.line(value, f"{where} ({language})") for language, value in found.items()}
        for language, words in texts.items():
            count = len(words.split())
            if at_most_words is not None and count > at_most_words:
                self.note(
                    found[language],
                    f"{where} ({language}) has {count} words",
                    f"Say it in at most {at_most_words}: it is read from across the table",
                )
        return texts

    def languages(self, node: yaml.Node | None, where: str) -> dict[str, yaml.Node]:
        """The nodes per language code, with Dutch and English at least."""
        entries = self._entries(node, where)
        for language in [code for code in entries if not _LANGUAGE.fullmatch(code)]:
            key_node, _ = entries.pop(language)
            what = f"'{_short(language)}' in {where} is no language code"
            self.note(key_node, what, "Use nl, en, de or another code of two or three small letters")
        if isinstance(node, yaml.MappingNode):
            for language in shape.LANGUAGES_NEEDED:
                if language not in entries:
                    self.note(node, f"{where} is missing in language '{language}'", f'Add {language}: "..."')
        return {language: value for language, (_, value) in entries.items()}

    def number(self, node: yaml.Node | None, where: str, low: float, high: float, *, whole: bool = False) -> float:
        """A number within bounds; not-a-number when there is none, so that no later comparison finds fault with it."""
        if node is None:
            return math.nan
        value = self.number_at(node)
        if not low <= value <= high or (whole and value != int(value)):
            kind = "whole number" if whole else "number"
            cure = "Write digits only, without quotes" if math.isnan(value) else f"{value:g} is not; choose another"
            self.note(node, f"{where} must be a {kind} from {low:g} to {high:g}", cure)
            return math.nan
        return value

    def number_at(self, node: yaml.Node) -> float:
        """The number that stands here, noting nothing; not-a-number for anything else."""
        try:
            return float(node.value) if node.tag in _NUMBERS else math.nan
        except (TypeError, ValueError):
            return math.nan

    def rising(
        self,
        keys: Mapping[str, yaml.Node],
        where: str,
        names: tuple[str, str, str],
        bounds: tuple[float, float],
        *,
        whole: bool = False,
        least: float | None = None,
    ) -> tuple[float, float, float]:
        """Three numbers that must not go down: the least (which may have a bound of its own), the usual, the most."""
        leasts = (bounds[0] if least is None else least, bounds[0], bounds[0])
        low, usual, high = (
            self.number(keys.get(name), f"{where} {name}", bottom, bounds[1], whole=whole)
            for name, bottom in zip(names, leasts, strict=True)
        )
        if low > usual or usual > high or low > high:
            what = f"{where} does not go up: {names[0]} {low:g}, {names[1]} {usual:g}, {names[2]} {high:g}"
            self.note(next(iter(keys.values())), what, f"Put {names[1]} between {names[0]} and {names[2]}")
        return low, usual, high

    def yes(self, node: yaml.Node | None, where: str, *, otherwise: bool = False) -> bool:
        """True or false; what it is `otherwise`, when the key is left out."""
        if node is None:
            return otherwise
        if node.tag != _BOOL or node.value not in ("true", "false"):
            self.note(node, f"{where} must be true or false", "Write true or false, without quotes")
            return otherwise
        return bool(node.value == "true")

    def code(self, node: yaml.Node | None, where: str, among: Collection[str]) -> str:
        """One word of the vocabulary."""
        word = self.line(node, where)
        if node is not None and word and word not in among:
            self.note(node, f"'{_short(word)}' is not a word for {where}", _suggestion(word, among))
        return word

    def codes(self, node: yaml.Node | None, where: str, among: Collection[str], at_least: int = 0) -> tuple[str, ...]:
        """A list of words of the vocabulary, each once."""
        words: list[str] = []
        for item in self.items(node, where, at_least):
            word = self.code(item, where, among)
            if word and word in words:
                self.note(item, f"'{_short(word)}' stands twice in {where}", "Keep one of the two")
            words.append(word)
        return tuple(words)

    def identifier(self, node: yaml.Node | None, where: str) -> str:
        """A name for machines: small letters, digits and underscores."""
        word = self.line(node, where)
        if node is not None and word and not _IDENTIFIER.fullmatch(word):
            self.note(
                node,
                f"'{_short(word)}' cannot be {where}",
                "Use small letters, digits and _, beginning with a letter, at most 40",
            )
        return word


def _suggestion(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word[:60], sorted(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else "Choose from: " + ", ".join(sorted(known))


def _short(word: str) -> str:
    return word if len(word) <= 40 else word[:37] + "..."
