"""How a language asks: which words open a question, which leave the answer free. No act is judged here.

A word of doubt ("um") says nothing of what is done: it is taken out before anything is judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from speech.acts.cues import CuesRefused

KEYS = {
    "fillers": "sounds and phrases of doubt that are taken out, as patterns",
    "starters": "words that may stand before a question without being part of it",
    "question_words": "what, how, who",
    "verbs": "verbs that stand first in a question with yes or no for an answer",
    "subjects": "what follows such a verb",
    "embedding": "words after which a question word asks nothing by itself: that's what, you know what",
    "inviting": "phrases that leave the answer free without a question word: anything else",
    "either": "or",
    "tags": "words at the end that ask to agree",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What can be told of an utterance by the order of its words."""

    free: bool
    """It asks, and leaves the answer free."""
    verb_first: bool
    either: bool
    tagged: bool


@dataclass(frozen=True, slots=True)
class Forms:
    """The words of one language, as its file lists them."""

    words: dict[str, tuple[str, ...]]
    strong: float
    """Probability of advice from which a strong flag is raised; chosen on ordinary talk in this language."""
    _filler: re.Pattern[str] = field(init=False)
    _asks: re.Pattern[str] = field(init=False)
    _inversion: re.Pattern[str] = field(init=False)
    _inviting: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Makes the patterns once."""
        verbs, subjects = _any(self.words["verbs"]), _any(self.words["subjects"])
        for name, pattern in (
            ("_filler", rf"\b(?:{'|'.join(self.words['fillers'])})\b ?"),
            ("_asks", rf"\b{_any(self.words['question_words'])}\b"),
            ("_inversion", rf"\b{verbs} {subjects}\b"),
            ("_inviting", rf"\b{_any(self.words['inviting'])}\b"),
        ):
            object.__setattr__(self, name, re.compile(pattern))

    def without_fillers(self, plain: str) -> str:
        """The same text without doubt, also where doubt stands within doubt; empty where nothing else was said."""
        less = self._filler.sub("", plain).strip()
        return less if less == plain else self.without_fillers(less)

    def of(self, plain: str) -> Form:
        """Of plain text."""
        words = plain.split()
        first = next((at for at, word in enumerate(words) if word not in self.words["starters"]), len(words))
        rest = words[first:]
        return Form(
            free=self._free(plain, len(words)),
            verb_first=bool(rest) and rest[0] in self.words["verbs"],
            either=any(word in self.words["either"] for word in words[1:]),
            tagged=bool(words) and any(plain.endswith(f" {tag}") for tag in self.words["tags"]),
        )

    def _free(self, plain: str, count: int) -> bool:
        asked = self._asks.search(plain)
        if asked is None:
            return bool(self._inviting.search(plain))
        before = plain[: asked.start()].split()
        told = [word for word in before if word not in self.words["starters"] and not asked.group().startswith(word)]
        if not told:
            return True
        if self._inversion.search(" ".join(before)) or told[0] in self.words["verbs"]:
            return False
        return count <= 30 and before[-1] not in self.words["embedding"]


def read(path: Path) -> Forms:
    """The words of a language's file. Raises CuesRefused."""
    content: Any = yaml.safe_load(path.read_text("utf-8"))
    words = content.get("words") if isinstance(content, dict) else None
    if not isinstance(words, dict):
        raise CuesRefused(f"{path.name}: needs a mapping named words. Copy it from another language and translate it.")
    for key, meaning in KEYS.items():
        listed = words.get(key)
        if not isinstance(listed, list) or not listed or not all(isinstance(word, str) for word in listed):
            raise CuesRefused(f"{path.name}: words needs a list of texts named {key} ({meaning}). Add it.")
    try:
        re.compile("|".join(words["fillers"]))
    except re.error as fault:
        raise CuesRefused(f"{path.name}: fillers holds no regular expression ({fault}). Correct it.") from fault
    strong = content.get("strong")
    if not isinstance(strong, float) or not 0 < strong < 1:
        raise CuesRefused(f"{path.name}: strong must be a number between 0 and 1: how sure a flag has to be.")
    return Forms({key: tuple(words[key]) for key in KEYS}, strong)


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
