"""The name of a cue becomes a sentence to read: why a lamp lit. Nothing here knows what was said, or by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from methods.method import Text

LANGUAGES = ("nl", "en", "de")
LIKE = ".like."
"""In the name of a cue: the learned score told, and what it learned from mostly holds the cue named after it."""


@cache
def sentences() -> Mapping[str, Text]:
    """Cue, or family of cues, to its sentence."""
    path = Path(__file__).with_name("cues.yaml")
    found: Mapping[str, Text] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def why(cue: str) -> Text:
    """The sentence of this cue, else of its family, else that nothing is sure."""
    known = sentences()
    for name in names(cue):
        if name not in known:
            continue
        if LIKE in cue and "." in name:
            return {code: known["like"][code].format(named=known[name][code]) for code in LANGUAGES}
        return known[name]
    return known["other"]


def names(cue: str) -> Iterator[str]:
    """Where to look for what belongs to a cue, the most telling first; its family last."""
    family, rest = cue.partition(".")[0], cue.partition(LIKE)[2]
    yield cue
    if rest:
        yield from (rest, f"{family}.{rest}")
        yield from (known for known in sentences() if known.endswith(f".{rest}"))
    yield family
