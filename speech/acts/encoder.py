"""An utterance, and the one before it, become a vector: a small language network. Nothing here decides an act.

The network is multilingual-e5-small, taught further on written meetings and ordinary talk
(`speech/acts/encoder/PROVENANCE.md`, `python -m speech.acts.encoder_training`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tokenizers
from numpy.typing import NDArray

from speech.network import network_from

ROLES = ("facilitator", "case_owner", "peer")
STAGES = ("rounds", "questions", "looking_back", "advice")
"""What the meeting is doing."""
LONGEST = 64
"""Pieces of words of an utterance that are looked at: its first 40 and its last 24."""
_TAIL = 24
BEFORE = 20
"""Pieces of the end of the utterance before."""
_PHASES = {
    "rounds": "look_back inventory check_in arrive choose order preparation_check intro present tell "
    "story introduction roles share",
    "looking_back": "awareness insight_round evaluation evaluate closing close end harvest debrief learn "
    "reflect return",
    "advice": "advice feedback solutions action decide ideas",
}
_STAGE_OF = {phase: stage for stage, phases in _PHASES.items() for phase in phases.split()}


def stage_of(phase: str | None) -> str:
    """What the meeting is doing in a phase, by its id or told as such; of an unknown one questions are assumed."""
    return phase if phase in STAGES else _STAGE_OF.get(phase or "", "questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """What the network makes of an utterance."""

    vector: NDArray[np.float32]
    """Shape (384,)."""
    acts: NDArray[np.float32]
    """Shape (11,), logits in the order of ACTS."""
    advice: float
    """Logit of the advice family."""


class Encoder:
    """The network on one thread."""

    def __init__(self, folder: Path) -> None:
        """Loads in half a second. Its files are taken for whole: `speech.models.acts_network` tells."""
        self._network = network_from(folder / "encoder.onnx")
        self._pieces = tokenizers.Tokenizer.from_file(str(folder / "pieces.json"))

    def encode(self, plain: str, previous: str, role: str, phase: str | None) -> Encoded:
        """Of plain text (see speech.acts.text), at least one word; `previous` may be empty."""
        shown = numbered(self._pieces, plain, previous)
        vector, acts, advice = self._network.run(
            None,
            {
                "ids": np.array([shown.ids], np.int64),
                "own": np.array([shown.own], np.int64),
                "role": np.array([ROLES.index(role)], np.int64),
                "stage": np.array([STAGES.index(stage_of(phase))], np.int64),
            },
        )
        return Encoded(vector=vector[0], acts=acts[0], advice=float(advice[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """What the network is shown."""

    ids: tuple[int, ...]
    """Numbers of the pieces, with marks between."""
    own: int
    """How many of them, from the first, belong to the utterance and not to the one before."""


def numbered(cut: tokenizers.Tokenizer, plain: str, previous: str) -> Numbered:
    """Begin, the utterance, end; and if there is one before, the last of it and end."""
    begin, end = (number_of(cut, mark) for mark in ("<s>", "</s>"))
    own = cut.encode(plain).ids
    if len(own) > LONGEST:
        own = own[: LONGEST - _TAIL] + own[-_TAIL:]
    before = cut.encode(previous).ids[-BEFORE:] if previous else []
    return Numbered(ids=(begin, *own, end, *before, *((end,) if before else ())), own=len(own) + 2)


def number_of(cut: tokenizers.Tokenizer, mark: str) -> int:
    """Of a piece that is there. Raises ValueError."""
    number = cut.token_to_id(mark)
    if number is None:
        raise ValueError(f"{mark} is no piece of words here")
    return number
