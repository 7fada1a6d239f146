"""Learns the score from the conversations beside this file. Run by hand; never at run time.

    python -m speech.acts.train             judges each meeting by what the others teach, then writes weights/score.npz
    python -m speech.acts.train --compare   the same judging with fewer kinds of features; writes nothing

Needs requirements-dev.txt. What is printed: macro-F1 of the eleven acts; average precision of the advice family among
peers in the question phase, and its precision where three quarters are found; macro-F1 of open, closed and leading
questions. Written as a person writes, in lower case without punctuation, and through a channel of recognition errors.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from speech.acts.classifier import Act, Classifier
from speech.acts.cues import ACTS, FAMILY
from speech.acts.features import BUCKETS, PARTS, Utterance, numbers, runs, vector
from speech.acts.learned import Score, direction, save
from speech.acts.reader import Reader
from speech.acts.teaching import Channel, Line, languages, lines
from speech.acts.text import plain

PENALTY = 0.2
"""Inverse strength of the ridge; chosen by leaving meetings out."""
ERRORS = {"nl": 0.3, "en": 0.1}
"""Part of the words that are wrong in the table's last rows."""
OTHERWISE = 0.2
"""The same of a language nobody measured."""
TALK = 0.5
"""What a line of ordinary talk counts."""
ALL = (*PARTS, "vector", "runs")
ALONE = 5.0
"""How much louder the runs of words are where the network is not asked; else they are too weak to compare."""
FOUND = 0.75
QUESTIONS = ("question_open", "question_closed", "question_leading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled utterance as the score sees it."""

    line: Line
    utterance: Utterance


def examples(reader: Reader, taught: Iterable[Line], channel: Channel | None = None) -> list[Example]:
    """Encoded once; of lines without a word nothing is made."""
    chance, made = random.Random(1), []
    for line in taught:
        text, before = line.text, line.before
        if channel is not None:
            text, before = (
                channel(plain(said), ERRORS.get(line.language, OTHERWISE), chance) for said in (text, before)
            )
        if utterance := reader.read(text, line.role, line.phase, before):
            made.append(Example(line=line, utterance=utterance))
    return made


def unasked(shown: Sequence[Example]) -> list[Example]:
    """The same in lower case without punctuation: only the question mark was looked at."""
    return [replace(one, utterance=replace(one.utterance, asks=False)) for one in shown]


class Learner:
    """Fits the score; `parts` are the kinds of features that may be used."""

    def __init__(self, taught: Sequence[Example], parts: Iterable[str] = ALL) -> None:
        """Centre and spread are those of these examples, labels do not matter."""
        self._parts = frozenset(parts)
        self._louder = 1.0 if "vector" in self._parts or "acts" in self._parts else ALONE
        vectors = np.array([one.utterance.encoded.vector for one in taught])
        self._centre, self._spread = vectors.mean(0), vectors.std(0)

    def inputs(self, shown: Sequence[Example]) -> csr_matrix:
        """Shape (examples, numbers and vector and runs)."""
        told = np.array([numbers(one.utterance) for one in shown])
        at = 0
        for part, width in PARTS.items():
            told[:, at : at + width] *= part in self._parts
            at += width
        vectors = np.array([vector(one.utterance, self._centre, self._spread) for one in shown])
        vectors *= "vector" in self._parts
        found = [runs(one.utterance.words) if "runs" in self._parts else {} for one in shown]
        ends = np.cumsum([0, *(len(one) for one in found)])
        places = [place for one in found for place in one]
        strengths = np.array([strength for one in found for strength in one.values()], np.float32) * self._louder
        sparse = csr_matrix((strengths, places, ends), (len(shown), BUCKETS))
        return hstack([csr_matrix(np.hstack([told, vectors])), sparse]).tocsr()

    def fit(self, inputs: csr_matrix, shown: Sequence[Example]) -> LogisticRegression:
        """Deterministic: the problem has one best answer."""
        weights = [TALK if one.line.ordinary else 1.0 for one in shown]
        fitted = LogisticRegression(C=PENALTY, max_iter=400)
        return fitted.fit(inputs, [one.line.act for one in shown], sample_weight=weights)

    def score(self, fitted: LogisticRegression, shown: Sequence[Example]) -> Score:
        """What the meeting needs of it."""
        order = [list(fitted.classes_).index(act) for act in ACTS]
        weights = fitted.coef_[order].T.astype(np.float32)
        return Score(
            acts=ACTS,
            centre=self._centre,
            spread=self._spread,
            dense=weights[:-BUCKETS],
            runs=weights[-BUCKETS:] * np.float32(self._louder),
            bias=fitted.intercept_[order].astype(np.float32),
            likes=self._likes(shown),
        )

    def _likes(self, shown: Sequence[Example]) -> dict[str, NDArray[np.float32]]:
        heard: dict[str, list[NDArray[np.float32]]] = {}
        for one in shown:
            for cue in one.utterance.cues:
                if cue.act in FAMILY and one.line.act in FAMILY:
                    seen = vector(one.utterance, self._centre, self._spread)
                    heard.setdefault(cue.id, []).append(direction(seen))
        return {cue: direction(np.mean(seen, axis=0)) for cue, seen in sorted(heard.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that is learned from, encoded."""

    meetings: list[Example]
    errors: list[Example]
    """The meetings through the channel, one for one."""
    talk: list[Example]


def material() -> Material:
    """Encodes everything; a minute or two."""
    meetings: list[Example] = []
    errors: list[Example] = []
    talk: list[Example] = []
    for language in languages():
        reader = Reader.for_language(language)
        taught = lines("meetings", language)
        channel = Channel(language, [line.text for line in taught])
        meetings += examples(reader, taught)
        errors += examples(reader, taught, channel)
        talk += examples(reader, lines("talk", language))
        print(f"{language}: {len(taught)} lines of meetings encoded", flush=True)
    return Material(meetings=meetings, errors=errors, talk=talk)


def left_out(stuff: Material, parts: Iterable[str]) -> dict[str, list[tuple[Example, Act]]]:
    """Each meeting judged, as the product judges, by what the others teach. By spelling."""
    learner = Learner(stuff.meetings, parts)
    shown = {"written": stuff.meetings, "plain": unasked(stuff.meetings), "errors": stuff.errors}
    readers = {language: Reader.for_language(language) for language in languages()}
    inputs = {spelling: learner.inputs(shown[spelling]) for spelling in ("written", "plain")}
    talk = learner.inputs(unasked(stuff.talk))
    judged: dict[str, list[tuple[Example, Act]]] = {spelling: [] for spelling in shown}
    for meeting in sorted({one.line.meeting for one in stuff.meetings}):
        others = np.array([one.line.meeting != meeting for one in stuff.meetings])
        rest = [one for one in stuff.meetings if one.line.meeting != meeting]
        taught = vstack([inputs["written"][others], inputs["plain"][others], talk]).tocsr()
        score = learner.score(learner.fit(taught, [*rest, *rest, *stuff.talk]), rest)
        for spelling, some in shown.items():
            for one in some:
                if one.line.meeting == meeting:
                    judge = Classifier(reader=readers[one.line.language], score=score)
                    judged[spelling].append((one, judge.judge(one.utterance)))
    return judged


def row(judged: Sequence[tuple[Example, Act]], language: str) -> dict[str, float]:
    """The figures of one language."""
    picked = [(one.line, act) for one, act in judged if one.line.language == language]
    truth = np.array([line.act for line, _ in picked])
    told = np.array([act.act for _, act in picked])
    asked = np.isin(truth, QUESTIONS)
    peers = [(line, act) for line, act in picked if line.role == "peer" and line.phase == "analysis"]
    advises = np.array([line.act in FAMILY for line, _ in peers])
    advice = np.array([act.advice for _, act in peers])
    return {
        "acts": f1_score(truth, told, average="macro"),
        "advice AP": average_precision_score(advises, advice),
        f"P at R {FOUND}": precision_at(advises, advice),
        "flags P": float(advises[advice >= 0.5].mean()),
        "R": float((advice >= 0.5)[advises].mean()),
        "questions": f1_score(truth[asked], told[asked], labels=QUESTIONS, average="macro"),
    }


def precision_at(truth: NDArray[Any], chances: NDArray[Any], found: float = FOUND) -> float:
    """Precision at the threshold where this part of what is true is found."""
    needed = int(np.ceil(found * truth.sum()))
    raised = chances >= np.sort(chances[truth])[::-1][needed - 1]
    return float((raised & truth).sum() / raised.sum())


KINDS = {
    "cues": ("circumstances", "cues"),
    "runs of words and letters": ("circumstances", "runs"),
    "cues and runs": ("circumstances", "cues", "runs"),
    "network's own acts": ("circumstances", "acts"),
    "network's vector": ("circumstances", "vector"),
    "network": ("circumstances", "acts", "vector"),
    "network and cues": ("circumstances", "acts", "vector", "cues"),
    "all": ("circumstances", "acts", "vector", "cues", "runs"),
}


def show(stuff: Material, kinds: Iterable[str]) -> None:
    """Prints a table."""
    for kind in kinds:
        for spelling, judged in left_out(stuff, KINDS[kind]).items():
            for language in languages():
                figures = row(judged, language)
                told = "  ".join(f"{name} {value:.3f}" for name, value in figures.items())
                print(f"{kind:26} {spelling:8} {language}  {told}", flush=True)


def main() -> None:
    """Judges, and learns."""
    options = argparse.ArgumentParser(description="Learn the score of the acts.")
    options.add_argument("--compare", action="store_true", help="judge with fewer kinds of features; write nothing")
    chosen = options.parse_args()
    stuff = material()
    show(stuff, KINDS if chosen.compare else ["all"])
    if not chosen.compare:
        written, bare, talk = stuff.meetings, unasked(stuff.meetings), unasked(stuff.talk)
        learner = Learner(written)
        taught = [*written, *bare, *talk]
        fitted = learner.fit(learner.inputs(taught), taught)
        save(learner.score(fitted, written))


if __name__ == "__main__":
    main()
