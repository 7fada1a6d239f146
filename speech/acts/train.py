"""Learns the weights of the small score from the written meetings beside this file. Run by hand; never at run time.

python -m speech.acts.train            writes weights/{nl,en}.npz
python -m speech.acts.train --check FOLDER   leave one meeting out; JSON Lines of both spellings
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.acts import cues as cue_files
from speech.acts.classifier import Classifier
from speech.acts.cues import ACTS, Cue
from speech.acts.features import BUCKETS, features
from speech.acts.learned import WEIGHTS, Score, save
from speech.acts.text import plain

DATA = Path(__file__).with_name("data")
STRENGTH = 14.0
"""Features are of length 1; multiplied by this they can tell acts apart under a unit penalty."""
ROUNDS = 400
Row = dict[str, str]


def rows(language: str) -> list[Row]:
    """Utterances of all written meetings of a language, each with the text before it."""
    found: list[Row] = []
    for path in sorted((DATA / language).glob("*.tsv")):
        before = ""
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found.append({**row, "previous": before})
                before = row["text"]
    return found


def learn(examples: Sequence[Row], cues: Sequence[Cue]) -> Score:
    """Softmax regression with a ridge, solved in the space the examples span (few examples, many features)."""
    judged = [row for row in examples if row["role"] != "case_owner"]
    raw = np.zeros((len(judged), BUCKETS), np.float32)
    for line, row in enumerate(judged):
        for place, strength in _features(row, cues).items():
            raw[line, place] = strength
    rarity = (np.log((1 + len(judged)) / (1 + (raw > 0).sum(axis=0))) + 1).astype(np.float32)
    raw *= rarity
    raw /= np.linalg.norm(raw, axis=1, keepdims=True)
    spread, axes = np.linalg.eigh((raw @ raw.T).astype(np.float64))
    kept = spread > 1e-6
    root = np.sqrt(spread[kept])
    theta, bias = _softmax(axes[:, kept] * root * STRENGTH, np.array([ACTS.index(row["act"]) for row in judged]))
    weights = raw.T @ (axes[:, kept] / root @ theta * STRENGTH).astype(np.float32)
    return Score(acts=ACTS, rarity=rarity, weights=weights, bias=bias.astype(np.float32))


def _features(row: Row, cues: Sequence[Cue]) -> dict[int, float]:
    words = plain(row["text"])
    heard = [cue.id for cue in cues if cue.heard_in(words)]
    return features(words, heard, row["role"], row["phase"], plain(row["previous"]))


def _softmax(inputs: NDArray[Any], truth: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Adam on the penalised likelihood; deterministic."""
    wanted = np.eye(len(ACTS))[truth]
    theta = np.zeros((inputs.shape[1] + 1, len(ACTS)))
    slope, size = np.zeros_like(theta), np.zeros_like(theta)
    full = np.hstack([inputs, np.ones((len(inputs), 1))])
    for step in range(1, ROUNDS + 1):
        logits = full @ theta
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        gradient = full.T @ (odds - wanted) + theta * np.r_[np.ones(inputs.shape[1]), 0.0][:, None]
        slope = 0.9 * slope + 0.1 * gradient
        size = 0.99 * size + 0.01 * gradient**2
        pace = 0.05 * (1 - step / ROUNDS) + 0.001
        theta -= pace * (slope / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
    return theta[:-1], theta[-1]


def check(language: str, into: Path) -> None:
    """Judges every meeting by weights learned from the others, as written and as a recogniser would spell it."""
    everything = rows(language)
    cues = cue_files.read(cue_files.LANGUAGES / f"{language}.yaml")
    lines: dict[str, list[str]] = {"written": [], "plain": []}
    for meeting in sorted({row["meeting"] for row in everything}):
        score = learn([row for row in everything if row["meeting"] != meeting], cues)
        judge = Classifier(language=language, cues=cues, score=score)
        for row in (row for row in everything if row["meeting"] == meeting):
            for spelling, spelt in (("written", str), ("plain", plain)):
                act = judge.classify(spelt(row["text"]), row["role"], row["phase"], spelt(row["previous"]))
                line = {"meeting": meeting, "n": int(row["n"]), "act": act.act, "advice": act.advice, "cue": act.cue}
                lines[spelling].append(json.dumps(line))
    for spelling, content in lines.items():
        (into / f"{language}_{spelling}.jsonl").write_text("\n".join(content) + "\n", "utf-8")


def main() -> None:
    """Learns, or checks."""
    for language in sorted(path.name for path in DATA.iterdir() if path.is_dir()):
        if "--check" in sys.argv:
            check(language, Path(sys.argv[sys.argv.index("--check") + 1]))
        else:
            WEIGHTS.mkdir(exist_ok=True)
            cues = cue_files.read(cue_files.LANGUAGES / f"{language}.yaml")
            save(learn(rows(language), cues), WEIGHTS / f"{language}.npz")


if __name__ == "__main__":
    main()
