"""The codes a method file may use, read once from vocabulary.yaml. Nothing here judges a method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from methods.method import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every code that is allowed, by the kind of place where it may stand."""

    kinds: frozenset[str]
    forms: frozenset[str]
    levels: frozenset[str]
    trusts: frozenset[str]
    roles: frozenset[str]
    floor_modes: frozenset[str]
    balances: frozenset[str]
    utterances: frozenset[str]
    captures: frozenset[str]
    case_types: frozenset[str]
    minutes_bases: frozenset[str]
    choice_rules: Mapping[str, Text]
    """How a group may choose a case, by code: what to call it."""
    short: Mapping[str, Text]
    """Kinds of utterance in a word or two, most telling first; not every kind needs one."""


@cache
def words() -> Mapping[str, Any]:
    """The file as it is: every kind of word, with what it means."""
    found: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8"))
    return found


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with Kring."""
    codes = words()
    return Vocabulary(
        kinds=frozenset(codes["kind"]),
        forms=frozenset(codes["form"]),
        levels=frozenset(codes["level"]),
        trusts=frozenset(codes["trust"]),
        roles=frozenset(codes["role"]),
        floor_modes=frozenset(codes["floor_mode"]),
        balances=frozenset(codes["balance"]),
        utterances=frozenset(codes["utterance"]),
        captures=frozenset(codes["capture"]),
        case_types=frozenset(codes["case_type"]),
        minutes_bases=frozenset(codes["minutes_basis"]),
        choice_rules=codes["choice_rule"],
        short=codes["short"],
    )
