"""Labelled conversations that the acts are learned from, and recognition errors to harden them. Run by hand only."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from speech.acts.cues import ACTS
from speech.acts.encoder import ROLES
from speech.acts.text import plain

DATA = Path(__file__).with_name("data")
HEADER = ["meeting", "n", "phase", "speaker", "role", "act", "text"]
LETTERS = "abdefghiklmnoprstuvwz" + "aeiou" * 2


class DataRefused(ValueError):
    """A file of labelled conversation is not accepted; says which file, which line and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled utterance."""

    language: str
    meeting: str
    n: int
    phase: str
    role: str
    act: str
    text: str
    before: str
    """What was said just before, in the same conversation; empty at its beginning."""

    @property
    def ordinary(self) -> bool:
        """Out of ordinary talk, which is no peer consultation."""
        return "_talk_" in self.meeting


def languages(data: Path = DATA) -> tuple[str, ...]:
    """Languages there are conversations of."""
    return tuple(sorted(path.name for path in data.iterdir() if path.is_dir()))


def lines(kind: str, language: str, data: Path = DATA) -> tuple[Line, ...]:
    """All lines of a kind ("meetings": the score learns from them; "reading": the encoder). Raises DataRefused."""
    return tuple(line for path in sorted((data / language / kind).glob("*.tsv")) for line in _read(path, language))


def _read(path: Path, language: str) -> Iterable[Line]:
    before = ""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if rows.fieldnames != HEADER:
            raise DataRefused(f"{path.name}: the first line must be {' '.join(HEADER)}, with tabs between.")
        for number, row in enumerate(rows, 2):
            if None in row or None in row.values():
                raise DataRefused(f"{path.name}, line {number}: needs {len(HEADER)} columns. Look for a missing tab.")
            if not row["n"].isdigit():
                raise DataRefused(f"{path.name}, line {number}: n must be a number, counted from 1.")
            for name, known in (("act", ACTS), ("role", ROLES)):
                if row[name] not in known:
                    raise DataRefused(f"{path.name}, line {number}: {name} must be one of {', '.join(known)}.")
            yield Line(
                language=language,
                meeting=row["meeting"],
                n=int(row["n"]),
                phase=row["phase"],
                role=row["role"],
                act=row["act"],
                text=row["text"],
                before=before,
            )
            before = row["text"]


FILLERS = {
    "nl": ("eh", "ehm", "nou", "ja", "zeg maar", "gewoon", "dus", "even", "weet je"),
    "en": ("um", "uh", "like", "you know", "so", "well", "i mean", "just"),
}


class Channel:
    """Plain text as a recogniser might give it: words lost, misheard, split, or taken for others."""

    def __init__(self, language: str, texts: Iterable[str]) -> None:
        """`texts` give the words that others are taken for."""
        self._words = [word for text in texts for word in plain(text).split()]
        self._fillers: Sequence[str] = FILLERS.get(language, ())

    def __call__(self, text: str, level: float, chance: random.Random) -> str:
        """`level` is the part of the words that comes out wrong, 0..1; at least one word is left."""
        heard: list[str] = []
        for word in text.split():
            luck = chance.random()
            if luck < 0.35 * level:
                continue
            if luck < 0.75 * level and len(word) > 2:
                word = _misheard(word, chance)
            elif luck < level:
                word = chance.choice(self._words)
            heard.append(word)
            if self._fillers and chance.random() < 0.03:
                heard.append(chance.choice(self._fillers))
        return " ".join(heard) or text


def _misheard(word: str, chance: random.Random) -> str:
    at, kind, letter = chance.randrange(len(word)), chance.random(), chance.choice(LETTERS)
    heard = word[:at] + ("" if kind < 0.35 else letter) + word[at + (kind < 0.75) :]
    half = len(heard) // 2
    return f"{heard[:half]} {heard[half:]}" if len(heard) > 5 and chance.random() < 0.15 else heard
