"""One utterance to one dialogue act: named cues, a language network and a learned score. Nothing here keeps words.

A strong flag takes more certainty of the score than the score alone gives on ordinary talk; a cue of advice adds to it.
Both judge the words alone: case, punctuation and sounds of doubt never turn a flag on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from speech.acts import learned
from speech.acts.cues import FAMILY
from speech.acts.encoder import ROLES, stage_of
from speech.acts.features import Utterance
from speech.acts.learned import Score
from speech.acts.reader import Reader

FEWEST_WORDS = 4
"""Fewer never advise: "ja ja", half words, listening sounds."""
CUE_COUNTS = 2.0
"""Log odds that the surest cue of advice adds to those of the learned score."""
STRETCH = 26
"""Words. Who speaks long may advise in between: an utterance longer than STRETCH and SPARE is judged by its stretches
as well, and advises as much as the most advising one."""
SPARE = 6
STEP = 20
"""Words between the beginnings of stretches."""
LISTENING = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an utterance does."""

    act: str
    """One of the eleven acts of the label guide."""
    advice: float
    """0..1 that it advises; 0.5 or more is a strong flag, and then `act` is advice or advice_question. With less, these
    acts are a soft hint."""
    cue: str | None
    """The cue that decided; "advice.like.NAME" or "advice.learned" where the score alone did, NAME the cue of what it
    learned from; None where nothing told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Advice:
    odds: float
    """Logarithm, that a peer advises."""
    act: str
    """The likelier of the two acts of the family."""
    likeliest: bool
    """Whether the likeliest of all acts is one of the family."""
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """Reads a language and judges what it read."""

    reader: Reader
    score: Score

    @staticmethod
    def for_language(language: str) -> Classifier:
        """Raises CuesRefused with the languages there are when this one is not there, ModelUnusable."""
        return Classifier(reader=Reader.for_language(language), score=_score())

    def classify(self, text: str, role: str, phase: str | None = None, previous: str | None = None) -> Act:
        """The act of one utterance; a "?" helps to tell what is not advice."""
        if role not in ROLES:
            raise ValueError(f"role {role!r} is unknown; use one of {', '.join(ROLES)}")
        utterance = self.reader.read(text, role, phase, previous or "")
        if utterance is None:
            return Act(act=LISTENING, advice=0.0, cue=None)
        return self.judge(utterance)

    def judge(self, utterance: Utterance) -> Act:
        """The act of what was read."""
        chances = self.score.probabilities(utterance)
        if utterance.role != "peer" or len(utterance.words.split()) < FEWEST_WORDS:
            takes_part = utterance.role == "facilitator" and stage_of(utterance.phase) == "advice"
            return Act(act=_likeliest(chances, barred=() if takes_part else FAMILY), advice=0.0, cue=None)
        return self._of_peer(utterance, chances)

    def better_question(self, cue: str) -> str | None:
        """A question that leaves the answer free, to offer instead of what the cue was heard in."""
        return next((known.better_question for known in self.reader.cues if known.id == cue), None)

    def _of_peer(self, utterance: Utterance, chances: dict[str, float]) -> Act:
        judged = [self._advice(part) for part in (utterance, *self._stretches(utterance))]
        most = max(judged, key=lambda one: one.odds)
        advice = bent(1 / (1 + math.exp(-most.odds)), self.reader.forms.strong)
        if advice >= 0.5 or judged[0].likeliest:
            return Act(act=most.act, advice=advice, cue=most.cue)
        act = _likeliest(chances, barred=FAMILY)
        soft = max((cue for cue in utterance.cues if cue.act == act), key=lambda cue: cue.weight, default=None)
        return Act(act=act, advice=advice, cue=soft.id if soft else None)

    def _advice(self, utterance: Utterance) -> _Advice:
        chances = self.score.probabilities(replace(utterance, asks=False))
        family = min(max(sum(chances[act] for act in FAMILY), 1e-6), 1 - 1e-6)
        act = max(FAMILY, key=lambda name: chances[name])
        telling = max((cue for cue in utterance.cues if cue.act in FAMILY), key=lambda cue: cue.weight, default=None)
        return _Advice(
            odds=math.log(family / (1 - family)) + CUE_COUNTS * (telling.weight if telling else 0.0),
            act=act,
            likeliest=max(chances, key=lambda name: chances[name]) in FAMILY,
            cue=telling.id if telling else self._likeness(utterance, act),
        )

    def _likeness(self, utterance: Utterance, act: str) -> str:
        like = self.score.like(utterance, act)
        return f"{act}.like.{like.partition('.')[2]}" if like else f"{act}.learned"

    def _stretches(self, utterance: Utterance) -> Iterator[Utterance]:
        words = utterance.words.split()
        if len(words) <= STRETCH + SPARE:
            return
        for begin in range(0, len(words) - STRETCH + STEP, STEP):
            part = " ".join(words[begin : begin + STRETCH])
            if stretch := self.reader.read(part, utterance.role, utterance.phase, ""):
                yield stretch


def bent(chance: float, threshold: float) -> float:
    """The chance moved so that the threshold becomes 0.5, order kept."""
    if chance < threshold:
        return 0.5 * chance / threshold
    return 1.0 - 0.5 * (1.0 - chance) / (1.0 - threshold)


@cache
def _score() -> Score:
    return learned.load()


def _likeliest(chances: dict[str, float], barred: tuple[str, ...]) -> str:
    return max((act for act in chances if act not in barred), key=lambda act: chances[act])
