"""The small learned score: features in, probabilities of the eleven acts out. Nothing here learns or gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("weights")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Weights of a language."""

    acts: tuple[str, ...]
    rarity: NDArray[np.float32]
    """Shape (places,): how telling a place is (inverse document frequency)."""
    weights: NDArray[np.float32]
    """Shape (places, acts)."""
    bias: NDArray[np.float32]

    def probabilities(self, features: Mapping[int, float]) -> dict[str, float]:
        """Of each act, summing to one."""
        places = np.fromiter(features.keys(), np.int64, len(features))
        values = np.fromiter(features.values(), np.float32, len(features)) * self.rarity[places]
        values /= max(float(np.sqrt(np.square(values).sum())), 1e-9)
        logits = values @ self.weights[places] + self.bias
        odds = np.exp(logits - logits.max())
        return dict(zip(self.acts, (odds / odds.sum()).tolist(), strict=True))


def load(language: str, folder: Path = WEIGHTS) -> Score:
    """The committed weights of a language."""
    with np.load(folder / f"{language}.npz", allow_pickle=False) as stored:
        weights: NDArray[Any] = stored["weights"].astype(np.float32) * stored["scale"]
        return Score(
            acts=tuple(str(act) for act in stored["acts"]),
            rarity=stored["rarity"].astype(np.float32),
            weights=weights.astype(np.float32),
            bias=stored["bias"].astype(np.float32),
        )


def save(score: Score, path: Path) -> None:
    """Writes weights as bytes (a step is the largest weight of the act / 127), a third of a megabyte."""
    scale = np.abs(score.weights).max(axis=0) / 127
    np.savez_compressed(
        path,
        acts=np.array(score.acts),
        rarity=score.rarity.astype(np.float16),
        weights=np.round(score.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=score.bias.astype(np.float32),
    )
