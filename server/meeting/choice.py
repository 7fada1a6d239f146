"""Choosing a case together: private scores become sums, and the group decides. Never a ranking of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from server.meeting import written
from server.meeting.cards import Note
from server.meeting.written import Scores

LETTERS = ("E", "G", "T")
"""Emotion, shared (gezamenlijk), time limit."""
MOST_PER_LETTER = 2
DOTS = 3
"""Dots that each may stick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The vote about cases."""

    votes: Mapping[str, Scores] = field(default_factory=dict)
    """Seat to its scores; shown to that seat alone."""
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the scores add up to for one case."""

    note: int
    parts: Mapping[str, int]
    """Per letter with EGT, else empty."""
    total: int


def after(choice: Choice, event: object) -> Choice | None:
    """The vote after this event; None when it is none about it."""
    match event:
        case written.VoteCast():
            if event.seat is None:
                return choice  # what somebody scored was forgotten
            return replace(choice, votes={**choice.votes, event.seat: event.scores})
        case written.VotesCounted():
            # Voting on begins anew: the difference between two counts would be one person's vote.
            return replace(choice, counted=True) if event.counted else Choice()
        case written.SecondCaseBegan():
            return Choice()
        case written.NoteDropped():
            gone = str(event.note)
            votes = {
                seat: tuple((key, score) for key, score in scores if key.partition(".")[0] != gone)
                for seat, scores in choice.votes.items()
            }
            return replace(choice, votes=votes)
        case _:
            return None


def are_scores(rule: str, scores: Scores, cases: Iterable[Note], own: str | None) -> bool:
    """Whether these scores can be given under the rule. With dots and most learning the own case is left out."""
    numbers = {str(note.number) for note in cases}
    keys = [key for key, _ in scores]
    if len(set(keys)) != len(keys) or any(score != int(score) or score < 0 for _, score in scores):
        return False
    if rule == "EGT":
        wanted = {f"{number}.{letter}" for number in numbers for letter in LETTERS}
        return set(keys) <= wanted and all(score <= MOST_PER_LETTER for _, score in scores)
    others = numbers - {str(note.number) for note in cases if note.seat == own and own is not None}
    if rule == "dots":
        return set(keys) <= others and sum(score for _, score in scores) <= DOTS
    return rule == "most_learning" and set(keys) <= others and all(score <= 1 for _, score in scores)


def sums(choice: Choice, cases: Iterable[Note]) -> tuple[Sum, ...]:
    """The sums of every case, in the order in which the cases were written: no list of winners."""
    told = []
    for note in cases:
        parts: dict[str, int] = {}
        total = 0
        for scores in choice.votes.values():
            for key, score in scores:
                number, _, letter = key.partition(".")
                if number == str(note.number):
                    total += int(score)
                    if letter:
                        parts[letter] = parts.get(letter, 0) + int(score)
        told.append(Sum(note=note.number, parts=parts, total=total))
    return tuple(told)


def advised(told: Iterable[Sum]) -> tuple[int, ...]:
    """The case with the highest sum; several when they are equal, none when nobody scored."""
    sums_of = tuple(told)
    most = max((one.total for one in sums_of), default=0)
    return tuple(one.note for one in sums_of if one.total == most and most > 0)
