"""One utterance to one dialogue act: gates, then named cues and a small learned score. Nothing here keeps words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from speech.acts import cues as cue_files
from speech.acts import learned
from speech.acts.cues import FAMILY, Cue
from speech.acts.features import features
from speech.acts.text import plain

ROLES = ("facilitator", "case_owner", "peer")
FEWEST_WORDS = 4
"""Fewer never advise: "ja ja", half words, listening sounds."""
WITHOUT_CUE = 0.72
"""Learned probability of the advice family from which a strong flag is raised where no cue of advice is heard."""
WITH_CUE = 0.3
"""The same where the surest cue is heard; in between by the cue's weight. Chosen on real talk."""
LISTENING = "other"
QUESTIONS = ("question_open", "question_closed", "question_leading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an utterance does."""

    act: str
    """One of the eleven acts of the label guide."""
    advice: float
    """0..1 that it advises; 0.5 or more is a strong flag, and then `act` is advice or advice_question."""
    cue: str | None
    """The cue that decided; "advice.learned" and the like where the score alone did; None where nothing told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """Cues and score of a language."""

    language: str
    cues: tuple[Cue, ...]
    score: learned.Score

    @staticmethod
    def for_language(language: str) -> Classifier:
        """Raises CuesRefused with the languages there are when this one is not there."""
        return _load(language)

    def classify(self, text: str, role: str, phase: str | None = None, previous: str | None = None) -> Act:
        """The act of one utterance. Case and punctuation never turn a flag on; a "?" only helps elsewhere."""
        if role not in ROLES:
            raise ValueError(f"role {role!r} is unknown; use one of {', '.join(ROLES)}")
        words = plain(text)
        count = len(words.split())
        if role == "case_owner":
            return Act(act="story" if count >= FEWEST_WORDS else LISTENING, advice=0.0, cue=None)
        if not count:
            return Act(act=LISTENING, advice=0.0, cue=None)
        heard = [cue for cue in self.cues if cue.heard_in(words)]
        chances = self.score.probabilities(
            features(words, [cue.id for cue in heard], role, phase, plain(previous or ""))
        )
        if role == "peer" and count >= FEWEST_WORDS:
            return _of_peer(chances, heard, text)
        return Act(act=_likeliest(chances, text, barred=FAMILY), advice=0.0, cue=None)

    def better_question(self, cue: str) -> str | None:
        """A question that leaves the answer free, to offer instead of what the cue was heard in."""
        return next((known.better_question for known in self.cues if known.id == cue), None)


@cache
def _load(language: str) -> Classifier:
    path = cue_files.LANGUAGES / f"{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in cue_files.LANGUAGES.glob("*.yaml")))
        raise cue_files.CuesRefused(f"there are no cues for the language {language!r}; there are for {known}")
    return Classifier(language=language, cues=cue_files.read(path), score=learned.load(language))


def _of_peer(chances: dict[str, float], heard: list[Cue], text: str) -> Act:
    telling = max((cue for cue in heard if cue.act in FAMILY), key=lambda cue: cue.weight, default=None)
    family = sum(chances[act] for act in FAMILY)
    surety = min(1.0, max(0.0, (telling.weight - 0.6) / 0.3)) if telling else 0.0
    advice = _bent(family, WITHOUT_CUE + (WITH_CUE - WITHOUT_CUE) * surety)
    if advice < 0.5:
        act = _likeliest(chances, text, barred=FAMILY)
        soft = max((cue for cue in heard if cue.act == act), key=lambda cue: cue.weight, default=None)
        return Act(act=act, advice=advice, cue=soft.id if soft else None)
    act = max(FAMILY, key=lambda name: chances[name])
    cue = telling.id if telling else f"{act}.learned"
    return Act(act=act, advice=advice, cue=cue)


def _bent(chance: float, threshold: float) -> float:
    """The chance moved so that the threshold becomes 0.5, order kept."""
    if chance < threshold:
        return 0.5 * chance / threshold
    return 1.0 - 0.5 * (1.0 - chance) / (1.0 - threshold)


def _likeliest(chances: dict[str, float], text: str, barred: tuple[str, ...]) -> str:
    asks = text.rstrip(' "”)').endswith("?")
    favour = dict.fromkeys(QUESTIONS, 1.6 if asks else 1.0)
    return max((act for act in chances if act not in barred), key=lambda act: chances[act] * favour.get(act, 1.0))
