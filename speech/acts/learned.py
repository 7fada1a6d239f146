"""The learned score: an utterance in, probabilities of the eleven acts out. Nothing here learns or gates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.acts.features import Utterance, numbers, runs, vector

WEIGHTS = Path(__file__).with_name("weights") / "score.npz"
NEAR = 0.3
"""Cosine from which an utterance is like those of a cue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Weights of a multinomial logistic regression, one for all languages."""

    acts: tuple[str, ...]
    centre: NDArray[np.float32]
    """Shape (384,): mean of the network's vectors."""
    spread: NDArray[np.float32]
    """Shape (384,): their standard deviation."""
    dense: NDArray[np.float32]
    """Shape (numbers and 384, acts)."""
    runs: NDArray[np.float32]
    """Shape (features.BUCKETS, acts)."""
    bias: NDArray[np.float32]
    likes: dict[str, NDArray[np.float32]]
    """Cue to the mean vector, of length 1, of the utterances it was heard in: what a learned flag is like."""

    def probabilities(self, utterance: Utterance) -> dict[str, float]:
        """Of each act, summing to one."""
        told = runs(utterance.words)
        places = np.fromiter(told.keys(), np.int64, len(told))
        strengths = np.fromiter(told.values(), np.float32, len(told))
        seen = np.concatenate([numbers(utterance), vector(utterance, self.centre, self.spread)])
        logits = seen @ self.dense + strengths @ self.runs[places] + self.bias
        odds = np.exp(logits - logits.max())
        return dict(zip(self.acts, (odds / odds.sum()).tolist(), strict=True))

    def like(self, utterance: Utterance, family: str) -> str | None:
        """The cue of a family whose utterances are nearest to this one; None where none is near."""
        seen = direction(vector(utterance, self.centre, self.spread))
        near = {cue: float(mean @ seen) for cue, mean in self.likes.items() if cue.startswith(f"{family}.")}
        nearest = max(near, key=lambda cue: near[cue], default=None)
        return nearest if nearest is not None and near[nearest] >= NEAR else None


def direction(seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector with length 1."""
    scaled: NDArray[np.float32] = seen / max(float(np.linalg.norm(seen)), 1e-9)
    return scaled


def load(path: Path = WEIGHTS) -> Score:
    """The committed weights."""
    with np.load(path, allow_pickle=False) as stored:
        return Score(
            acts=tuple(str(act) for act in stored["acts"]),
            centre=stored["centre"],
            spread=stored["spread"],
            dense=stored["dense"].astype(np.float32),
            runs=stored["runs"].astype(np.float32) * stored["step"],
            bias=stored["bias"],
            likes=dict(zip((str(cue) for cue in stored["cues"]), stored["likes"].astype(np.float32), strict=True)),
        )


def save(score: Score, path: Path = WEIGHTS) -> None:
    """Writes the weights of the runs as bytes (a step is the largest weight of the act / 127)."""
    step = np.abs(score.runs).max(axis=0) / 127
    np.savez_compressed(
        path,
        acts=np.array(score.acts),
        centre=score.centre.astype(np.float32),
        spread=score.spread.astype(np.float32),
        dense=score.dense.astype(np.float32),
        runs=np.round(score.runs / step).astype(np.int8),
        step=step.astype(np.float32),
        bias=score.bias.astype(np.float32),
        cues=np.array(list(score.likes)),
        likes=np.array(list(score.likes.values()), np.float16),
    )
