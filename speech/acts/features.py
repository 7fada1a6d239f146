"""What the learned score looks at: numbers of an utterance, and the runs of its words. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from speech.acts.cues import ACTS, Cue
from speech.acts.encoder import ROLES, STAGES, Encoded, stage_of
from speech.acts.forms import Form

BUCKETS = 1 << 15
"""Runs of words and letters share this many places (hashing)."""
_ACTS_STRENGTH, _ADVICE_STRENGTH, _VECTOR_STRENGTH, _RUNS_STRENGTH = 0.4, 0.3, 0.1, 2.0
"""How much each kind of numbers weighs under one penalty; chosen by leaving meetings out."""
_SHORT = 4
PARTS = {"acts": len(ACTS) + 1, "circumstances": 9 + len(ROLES) * (len(STAGES) + 1) + len(STAGES), "cues": len(ACTS)}
"""Kinds of numbers, in their order, and how many; the vector comes after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """All that is known of an utterance before its act is judged."""

    words: str
    """Plain text without fillers; at least one word."""
    role: str
    phase: str | None
    asks: bool
    """Written with a question mark."""
    form: Form
    cues: tuple[Cue, ...]
    """Those heard in it."""
    encoded: Encoded


def numbers(utterance: Utterance) -> NDArray[np.float32]:
    """Shape (PARTS' sum,): what the network holds for likely, and the circumstances."""
    chances = np.exp(utterance.encoded.acts - utterance.encoded.acts.max())
    likely = np.log(chances / chances.sum() + 1e-4) * _ACTS_STRENGTH
    advice = np.clip(utterance.encoded.advice, -9.2, 9.2) * _ADVICE_STRENGTH
    cues = np.zeros(len(ACTS), np.float32)
    for cue in utterance.cues:
        place = ACTS.index(cue.act)
        cues[place] = max(cues[place], cue.weight)
    return np.concatenate([likely, [advice], _circumstances(utterance), cues]).astype(np.float32)


def vector(utterance: Utterance, centre: NDArray[np.float32], spread: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shape (384,): the network's vector, each place about as strong as the others."""
    scaled: NDArray[np.float32] = (utterance.encoded.vector - centre) / spread * np.float32(_VECTOR_STRENGTH)
    return scaled


def _circumstances(utterance: Utterance) -> NDArray[np.float32]:
    count, form = len(utterance.words.split()), utterance.form
    role, stage = np.zeros(len(ROLES)), np.zeros(len(STAGES))
    role[ROLES.index(utterance.role)] = 1
    stage[STAGES.index(stage_of(utterance.phase))] = 1
    told = [
        min(30, count) / 15,
        count < _SHORT,
        utterance.asks,
        form.free,
        form.verb_first,
        form.either,
        form.tagged,
        utterance.asks and form.free,
        utterance.asks and not form.free,
    ]
    return np.concatenate([told, role, stage, np.outer(role, stage).ravel()]).astype(np.float32)


def runs(words: str) -> dict[int, float]:
    """Places and strengths of the runs of words and letters; the squares add up to the same for every utterance."""
    named: dict[str, float] = {}
    split = words.split()
    bounded = ["<", *split, ">"]
    for size in (1, 2, 3):
        for run in _runs(bounded, size):
            named["w " + " ".join(run)] = 1.0
        named["b " + " ".join(split[:size])] = 1.5
    framed = f" {words} "
    for size in (3, 4, 5):
        for at in range(len(framed) - size + 1):
            named["c " + framed[at : at + size]] = 0.5
    found = {crc32(name.encode()) % BUCKETS: strength for name, strength in named.items()}
    length = sum(strength * strength for strength in found.values()) ** 0.5
    return {place: strength * _RUNS_STRENGTH / length for place, strength in found.items()}


def _runs(words: list[str], size: int) -> Iterable[list[str]]:
    return (words[at : at + size] for at in range(len(words) - size + 1))
