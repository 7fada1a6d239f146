"""Answers given in private become a median and a spread, from four answers on. Never one person's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import quantiles

from server.meeting import written
from server.meeting.written import Scores

FEWEST = 4
"""Answers from which they are shown; with fewer somebody could be guessed."""
PROCESS = ("pr1", "pr2", "pr3", "pr4", "pr5", "pr6")
OF_THE_OWNER = ("re1", "re2", "re3", "re4")
OF_PEERS = ("re5",)
FELT = ("felt",)
"""How much room somebody felt to speak: 1 too little, 3 right, 5 more than wanted."""
PULSE = ("sp1", "sp2", "sp3", "sp4")
SCALE = (1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was answered so far."""

    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Seat to its answers by item; shown to that seat alone."""
    pulses: tuple[Mapping[str, float], ...] = ()
    """Answers to the safety pulse, nobody's."""
    shown: bool = False
    """Whether the group looks at them. Until then none is shown: a change would tell whose it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a group answered one item; half of the answers lie from `low` to `high`."""

    answers: int
    median: float
    low: float
    high: float


def after(evaluation: Evaluation, event: object) -> Evaluation | None:
    """The evaluation after this event; None when it is none about it."""
    match event:
        case written.ItemsAnswered():
            if event.seat is None:
                return evaluation  # what somebody answered was forgotten
            mine = {**evaluation.answers.get(event.seat, {}), **dict(event.answers)}
            return replace(evaluation, answers={**evaluation.answers, event.seat: mine})
        case written.AnswersShown():
            return replace(evaluation, shown=True)
        case written.PulseGiven():
            return replace(evaluation, pulses=(*evaluation.pulses, dict(event.answers)))
        case _:
            return None


def items_for(*, brought_a_case: bool) -> tuple[str, ...]:
    """The items that somebody answers who brought a case in this meeting, or brought none."""
    return (*PROCESS, *(OF_THE_OWNER if brought_a_case else OF_PEERS), *FELT)


def are_answers(answers: Scores, items: tuple[str, ...]) -> bool:
    """Whether these are answers to these items, each once, 1 to 5."""
    keys = [key for key, _ in answers]
    low, high = SCALE
    return (
        bool(keys)
        and len(set(keys)) == len(keys)
        and set(keys) <= set(items)
        and all(score == int(score) and low <= score <= high for _, score in answers)
    )


def results(evaluation: Evaluation) -> dict[str, Spread]:
    """Every item that enough people answered, once the group looks at them."""
    return _spreads(evaluation.answers.values(), (*PROCESS, *OF_PEERS, *FELT)) if evaluation.shown else {}


def pulse(evaluation: Evaluation) -> dict[str, Spread]:
    """The safety pulse, once enough people gave it and the group looks at it."""
    return _spreads(evaluation.pulses, PULSE) if evaluation.shown else {}


def _spreads(answers: Iterable[Mapping[str, float]], items: tuple[str, ...]) -> dict[str, Spread]:
    told = {}
    given = list(answers)
    for item in items:
        scores = [one[item] for one in given if item in one]
        if len(scores) >= FEWEST:
            low, middle, high = quantiles(scores, n=4, method="inclusive")
            told[item] = Spread(answers=len(scores), median=middle, low=low, high=high)
    return told
