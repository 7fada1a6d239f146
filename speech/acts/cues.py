"""Reads the named cues of a language and finds those that an utterance holds. Nothing here decides the act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ACTS = (
    "advice",
    "advice_question",
    "question_leading",
    "interpretation",
    "question_closed",
    "question_open",
    "experience",
    "reflection",
    "story",
    "process",
    "other",
)
FAMILY = ("advice", "advice_question")
LANGUAGES = Path(__file__).with_name("languages")
REQUIRED = {"id", "act", "pattern", "weight", "must_match", "must_not_match"}
OPTIONAL = {"unless", "better_question"}


class CuesRefused(ValueError):
    """A file of cues is not accepted; says which file, which cue and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A turn of phrase that tells an act."""

    id: str
    act: str
    pattern: re.Pattern[str]
    """Searched in plain text (see speech.acts.text)."""
    weight: float
    """0..1: how sure the act is when the cue is heard and nothing vetoes it."""
    unless: tuple[re.Pattern[str], ...]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]
    better_question: str | None

    def heard_in(self, plain: str) -> bool:
        """Is the cue in this plain text, and no veto?"""
        return bool(self.pattern.search(plain)) and not any(veto.search(plain) for veto in self.unless)


def read(path: Path) -> tuple[Cue, ...]:
    """The cues of one file. Raises CuesRefused."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as damage:
        raise CuesRefused(f"{path.name}: cannot be read as YAML ({damage}). Correct the file.") from damage
    if not isinstance(content, dict) or not isinstance(content.get("cues"), list) or not content["cues"]:
        raise CuesRefused(f"{path.name}: needs a list named cues with at least one cue.")
    cues = tuple(_cue(path.name, number, entry) for number, entry in enumerate(content["cues"], 1))
    ids = [cue.id for cue in cues]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise CuesRefused(f"{path.name}: cue {twice[0]} is there twice. Give one of them another id.")
    return cues


def _cue(file: str, number: int, entry: Any) -> Cue:
    if not isinstance(entry, dict):
        raise CuesRefused(f"{file}: cue number {number} is no mapping. Write id, act, pattern and the rest as keys.")
    where = f"{file}: cue {entry.get('id') or f'number {number}'}"
    if missing := sorted(REQUIRED - entry.keys()):
        raise CuesRefused(f"{where}: {missing[0]} is missing. Add it.")
    if unknown := sorted(str(key) for key in entry.keys() - REQUIRED - OPTIONAL):
        raise CuesRefused(
            f"{where}: {unknown[0]} is not a key of a cue. Known: {', '.join(sorted(REQUIRED | OPTIONAL))}."
        )
    if entry["act"] not in ACTS or not str(entry["id"]).startswith(f"{entry['act']}."):
        raise CuesRefused(f"{where}: act must be one of {', '.join(ACTS)}, and the id must begin with it and a dot.")
    if not isinstance(entry["weight"], int | float) or not 0 < entry["weight"] < 1:
        raise CuesRefused(f"{where}: weight must be a number between 0 and 1.")
    cue = Cue(
        id=str(entry["id"]),
        act=str(entry["act"]),
        pattern=_pattern(where, entry["pattern"]),
        weight=float(entry["weight"]),
        unless=tuple(_pattern(where, veto) for veto in _texts(where, "unless", entry.get("unless", []))),
        must_match=_texts(where, "must_match", entry["must_match"]),
        must_not_match=_texts(where, "must_not_match", entry["must_not_match"]),
        better_question=entry.get("better_question"),
    )
    if cue.act in FAMILY and not cue.better_question:
        raise CuesRefused(f"{where}: better_question is missing. Offer a question that leaves the answer free.")
    return cue


def _pattern(where: str, source: Any) -> re.Pattern[str]:
    try:
        return re.compile(str(source))
    except re.error as fault:
        raise CuesRefused(f"{where}: the pattern is no regular expression ({fault}). Correct it.") from fault


def _texts(where: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise CuesRefused(f"{where}: {key} must be a list of texts.")
    return tuple(value)
