"""Turns an utterance into numbered features for the learned score. Nothing here knows weights or acts."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

BUCKETS = 1 << 15
"""Features share this many places (hashing)."""
EARLY = frozenset({"look_back", "inventory", "check_in", "arrive", "choose", "story", "introduction"})
LATE = frozenset({"evaluation", "awareness", "closing", "end"})


def features(plain: str, cues: Iterable[str], role: str, phase: str | None, previous: str) -> dict[int, float]:
    """Places and strengths. `plain` and `previous` are plain text; `cues` the ids of the cues heard."""
    words = plain.split()
    named: dict[str, float] = {}
    bounded = ["<", *words, ">"]
    for size in (1, 2, 3):
        for at in range(len(bounded) - size + 1):
            named["w " + " ".join(bounded[at : at + size])] = 1.0
    framed = f" {plain} "
    for size in (3, 4):
        for at in range(len(framed) - size + 1):
            named["c " + framed[at : at + size]] = 0.5
    for size in (1, 2, 3):
        named[f"b {role == 'facilitator'} " + " ".join(words[:size])] = 1.5
    for cue in cues:
        named["cue " + cue] = 2.0
        named["act " + cue.partition(".")[0]] = 3.0
    named |= _circumstances(words, role, phase, previous)
    return {crc32(name.encode()) % BUCKETS: strength for name, strength in named.items()}


def _circumstances(words: list[str], role: str, phase: str | None, previous: str) -> dict[str, float]:
    stage = "early" if phase in EARLY else "late" if phase in LATE else "middle"
    heard = {word for word in previous.split() if len(word) > 3}
    echoed = sum(word in heard for word in words)
    return {
        f"length {min(6, len(words) // 4)}": 1.5,
        f"role {role}": 3.0,
        f"stage {stage} {role}": 3.0,
        f"echo {min(3, echoed)}": 1.0,
    }
