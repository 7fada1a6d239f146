"""Labels JSON Lines, one for one and in order. Nothing here opens a file or keeps more than one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from speech.acts.classifier import Classifier
from speech.acts.encoder import ROLES

CURE = (
    'Write one JSON object a line: {"meeting": ..., "n": ..., "speaker": ..., "role": ..., "phase": ..., "text": ...}.'
)


def label_lines(lines: Iterable[str], language: str) -> Iterator[str]:
    """Yields {"meeting", "n", "act", "advice"} for each line; empty lines are passed over.

    The utterance before, in the same meeting, is the context. Raises ValueError naming the line and what to do.
    """
    judge = Classifier.for_language(language)
    meeting, before = None, None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        said = _read(line, number)
        if said.get("meeting") != meeting:
            meeting, before = said.get("meeting"), None
        act = judge.classify(said["text"], said.get("role") or "peer", said.get("phase"), before)
        before = said["text"]
        label = {"meeting": meeting, "n": said.get("n"), "act": act.act, "advice": round(act.advice, 4)}
        yield json.dumps(label, ensure_ascii=False)


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        raise ValueError(f"line {number} is no JSON. {CURE}") from None
    if not isinstance(said, dict):
        raise ValueError(f"line {number} is no JSON object. {CURE}")
    if not isinstance(said.get("text"), str):
        raise ValueError(f"line {number} has no text. {CURE}")
    if said.get("role") not in (None, *ROLES):
        raise ValueError(f"line {number} has a role that is not one of {', '.join(ROLES)}. {CURE}")
    if not isinstance(said.get("phase"), str | None):
        raise ValueError(f"line {number} has a phase that is no text. {CURE}")
    return said
