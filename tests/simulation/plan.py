"""Who says which phrase when: a check-in round, then talk that keeps count of its overlap. Nothing here makes sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.simulation.voices import RATE, STEP, Flags, Phrase, Voice, faded, runs

SECOND = RATE // STEP
"""Steps."""
TURN = (4.5, 0.75)
"""Median seconds of a turn, and the spread of its logarithm."""
GAP = (0.35, 0.7)
"""The same of the silence between turns."""
BREATH = (0.28, 0.6)
"""And between phrases of one turn."""
BACKCHANNEL = (0.3, 0.7)
"""Seconds, shortest and longest."""
SOFTER = (0.45, 0.8)
"""A backchannel against a turn, in amplitude."""
INTERRUPTION = 1.0
"""Seconds of overlap from which coming in early is an interruption."""
INTERRUPTING = 0.15
"""Chance that whoever comes in early does so by seconds."""
PATIENCE = 8.0
"""Seconds that somebody stays behind their part until they are likely to come next."""
SHORTEST_PIECE = 22
"""Steps of the shortest piece that a phrase is cut to."""
LONG_PAUSE = 0.07
"""Chance of thinking silence after a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One phrase at its place."""

    voice: int
    at: int
    """Step of its beginning."""
    phrase: Phrase
    gain: float = 1.0


@dataclass(slots=True, kw_only=True)
class Plan:
    """A whole meeting, step by step."""

    said: list[Said] = field(default_factory=list)
    enrolments: list[tuple[float, float]] = field(default_factory=list)
    """Seconds, for each voice that checks in."""
    begin: int = 0
    """Step at which the conversation begins."""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """To the end of the last phrase and a second more."""
        return max(one.at + len(one.phrase.spoken) for one in self.said) + SECOND

    def activity(self, voices: int, steps: int | None = None) -> Flags:
        """Who speaks in which step; shape (voices, steps)."""
        flags = np.zeros((voices, steps or self.steps), bool)
        for one in self.said:
            here = flags[one.voice, one.at : one.at + len(one.phrase.spoken)]
            here |= one.phrase.spoken[: len(here)]
        return flags


class _Talker:
    """An endless supply of the phrases of one voice; what was said at the check-in does not come again."""

    def __init__(self, voice: Voice, chance: np.random.Generator) -> None:
        self._chance = chance
        self._stock = list(voice.phrases)
        self._order: list[int] = []

    def introduce(self, seconds: float) -> list[Phrase]:
        """Phrases of about so long together, but never more than half of all there is."""
        phrases: list[Phrase] = []
        wanted, least = seconds * SECOND, len(self._stock) // 2
        while len(self._stock) > least and wanted > 0.5 * SECOND:
            phrase = self._stock.pop(0)
            phrases.append(_shortened(phrase, int(wanted)) if len(phrase.spoken) > wanted + SECOND else phrase)
            wanted -= len(phrases[-1].spoken)
        return phrases

    def next(self) -> Phrase:
        """Goes on reading somewhere, and from there in order."""
        if not self._order:
            begin = int(self._chance.integers(len(self._stock)))
            self._order = [(begin + at) % len(self._stock) for at in range(len(self._stock))]
        return self._stock[self._order.pop(0)]

    def hum(self) -> Phrase:
        """The short beginning of a phrase, as "mm" or "ja"."""
        phrase = self._stock[int(self._chance.integers(len(self._stock)))]
        first = int(np.flatnonzero(phrase.spoken)[0])
        rest = Phrase(phrase.sound[first * STEP :], phrase.spoken[first:])
        return _shortened(rest, int(self._chance.uniform(*BACKCHANNEL) * SECOND))


def plan(
    voices: Sequence[Voice],
    *,
    seats: int,
    weights: Sequence[float],
    minutes: float,
    overlap: float,
    enrol_seconds: float,
    chance: np.random.Generator,
) -> Plan:
    """The first `seats` voices check in; all of them talk. `overlap`: steps with several voices, of those with any."""
    talkers = [_Talker(voice, chance) for voice in voices]
    made = Plan()
    at = SECOND
    for number, talker in enumerate(talkers[:seats]):
        first = at
        for phrase in talker.introduce(enrol_seconds):
            made.said.append(Said(voice=number, at=at, phrase=phrase))
            past = at + len(phrase.spoken)
            at = past + int(chance.uniform(0.1, 0.3) * SECOND)
        made.enrolments.append((first / SECOND, past / SECOND))
        at = past + int(chance.uniform(0.6, 1.5) * SECOND)
    made.begin = at
    _Talk(made, talkers, np.asarray(weights, float), overlap, chance).run(at + int(minutes * 60 * SECOND))
    return made


class _Talk:
    """Turn after turn. Whenever there was less overlap than asked, the next may come early and others may hum."""

    def __init__(
        self, made: Plan, talkers: list[_Talker], weights: np.ndarray, overlap: float, chance: np.random.Generator
    ) -> None:
        self._plan, self._talkers, self._chance = made, talkers, chance
        self._weights, self._overlap = weights / weights.sum(), overlap
        self._counts = dict.fromkeys(
            ("turns", "backchannels", "overlapping_changes", "interruptions", "long_pauses"), 0
        )

    def run(self, end: int) -> None:
        """Talks until that step."""
        at, speaker = self._plan.begin, -1
        while at < end:
            speaker = self._next_speaker(speaker)
            past = self._turn(speaker, at)
            self._counts["turns"] += 1
            self._hums(speaker, at, past)
            at = max(at + int(0.6 * SECOND), self._next_begin(at, past))
        self._plan.counts = self._counts

    def _next_speaker(self, speaker: int) -> int:
        """By chance, but whoever had less than their part so far comes sooner; seldom the same again."""
        had = self._activity().sum(1) / SECOND
        behind = self._weights * had.sum() - had
        chances = self._weights * np.exp(np.clip(behind / PATIENCE, -6, 6))
        if speaker >= 0:
            chances[speaker] *= 0.08
        return int(self._chance.choice(len(chances), p=chances / chances.sum()))

    def _turn(self, speaker: int, at: int) -> int:
        """The step at which the turn is over."""
        aim, past, spoken = self._drawn(TURN, 0.8, 20.0), at, 0
        while spoken < aim:
            phrase = self._talkers[speaker].next()
            self._plan.said.append(Said(voice=speaker, at=at, phrase=phrase))
            spoken += len(phrase.spoken)
            past = at + int(np.flatnonzero(phrase.spoken)[-1]) + 1
            at += len(phrase.spoken) + self._drawn(BREATH, 0.08, 1.0)
        return past

    def _hums(self, speaker: int, at: int, past: int) -> None:
        others = [number for number in range(len(self._talkers)) if number != speaker]
        room = past - at - int(1.2 * SECOND)
        if not others or room <= 0:
            return
        for _ in range(int(self._chance.poisson(0.13 * (past - at) / SECOND))):
            if self._missing() < BACKCHANNEL[0] * SECOND:
                return
            who = int(self._chance.choice(others))
            hum = self._talkers[who].hum()
            begin = at + int(0.6 * SECOND) + int(self._chance.integers(room))
            self._plan.said.append(Said(voice=who, at=begin, phrase=hum, gain=float(self._chance.uniform(*SOFTER))))
            self._counts["backchannels"] += 1

    def _next_begin(self, at: int, past: int) -> int:
        missing, length = self._missing(), past - at
        if len(self._talkers) > 1 and missing > 0.15 * SECOND and length > 1.2 * SECOND and self._chance.random() < 0.7:
            wished = missing * self._chance.uniform(0.5, 1.0) + 0.1 * SECOND
            if self._chance.random() < INTERRUPTING:
                wished = self._chance.uniform(1.0, 2.4) * SECOND
            early = min(wished, 0.55 * length)
            self._counts["overlapping_changes"] += 1
            self._counts["interruptions"] += early > INTERRUPTION * SECOND
            return past - int(early)
        if self._chance.random() < LONG_PAUSE:
            self._counts["long_pauses"] += 1
            return past + int(self._chance.uniform(1.5, 4.0) * SECOND)
        return past + self._drawn(GAP, 0.05, 1.4)

    def _missing(self) -> float:
        """Steps of overlap that should have been by now and were not."""
        speaking = self._activity().sum(0)
        return float(self._overlap * (speaking > 0).sum() - (speaking > 1).sum())

    def _activity(self) -> Flags:
        return self._plan.activity(len(self._talkers))[:, self._plan.begin :]

    def _drawn(self, shape: tuple[float, float], least: float, most: float) -> int:
        seconds = self._chance.lognormal(np.log(shape[0]), shape[1])
        return int(np.clip(seconds, least, most) * SECOND)


def _shortened(phrase: Phrase, steps: int) -> Phrase:
    """The phrase up to its quietest moment near so many steps."""
    if len(phrase.spoken) <= steps:
        return phrase
    low, high = max(SHORTEST_PIECE, steps - SECOND // 4), min(len(phrase.spoken), steps + SECOND // 5)
    power = (phrase.sound[low * STEP : high * STEP].reshape(-1, STEP) ** 2).mean(1)
    cut = low + int(np.argmin(power)) + 1
    sound = faded(phrase.sound[: cut * STEP], min(2 * STEP, cut * STEP // 3))
    spoken = phrase.spoken[:cut].copy()
    if not runs(spoken):
        spoken[:] = True
    return Phrase(sound, spoken)
