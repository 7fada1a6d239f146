"""What people wrote, chose and answered on purpose: facts in the past tense. Never anything that was heard.

`at` is seconds since the meeting opened. Fields named in PRIVATE are kept apart by the log, so that they can be
forgotten while the numbers of a meeting stay; an event read back without them has their empty value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Scores = tuple[tuple[str, float], ...]
"""(what is scored, score)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    """Somebody wrote a card and shared it with the table, or wrote it anew under the same number."""

    at: float
    note: int
    kind: str
    """A capture word of the methods, or one of `cards.KINDS`."""
    case: int
    """The case it belongs to, from 1."""
    about: str = ""
    seat: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDropped:
    """The card was taken back."""

    at: float
    note: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """A written question is on the table now; with `asked` false it goes back to its writer."""

    at: float
    note: int
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatGiven:
    """How near a question comes, said by the case owner: cold, lukewarm, warm, or empty."""

    at: float
    note: int
    heat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSorted:
    """Where the case owner lays a piece of advice: done, fits, not_now, or empty."""

    at: float
    note: int
    pile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnoughSaid:
    """The case owner has enough advice (or, with `enough` false, goes on listening)."""

    at: float
    case: int
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentionFormed:
    """What the case owner is going to do: own choice, first step, by when."""

    at: float
    case: int
    text: str = ""
    step: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast:
    """One seat's scores for the cases; the last ones count."""

    at: float
    seat: str | None = None
    scores: Scores = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesCounted:
    """The group looks at the sums (or, with `counted` false, votes anew)."""

    at: float
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChosen:
    """The group takes this card as its case; None: back to choosing."""

    at: float
    case: int
    note: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCaseBegan:
    """There is time for one more case: stops are added to the plan, what was said of the first stays."""

    at: float
    case: int
    stops: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualChosen:
    """How the group checks in or closes; a word of the cards."""

    at: float
    ritual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegan:
    """Everybody gets a turn, in this order."""

    at: float
    by: str
    """table: as the seats stand; least_heard: who spoke least first; turned: the other way round."""
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMoved:
    """This seat had its turn, or passed; with `back` its turn comes again."""

    at: float
    seat: str = ""
    passed: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMoved:
    """The group took minutes from one phase for another."""

    at: float
    taken: str
    given: str
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMoreAllowed:
    """The phase is over its time and the group takes one more question, knowingly."""

    at: float
    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietEnded:
    """Everybody was done before the minutes of writing or silence were over."""

    at: float
    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodStopped:
    """Somebody said stop: the method rests, clocks and balance are hidden. Never who."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsAnswered:
    """One seat's answers about process, result and room felt, 1 to 5."""

    at: float
    seat: str | None = None
    answers: Scores = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseGiven:
    """Somebody's answers to the safety pulse. Without a seat, and written down with all others at once, on purpose."""

    at: float
    answers: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersShown:
    """The group looks at its answers; from now on none is added or changed."""

    at: float


PRIVATE: Mapping[str, tuple[str, ...]] = {
    "MeetingOpened": ("theme",),
    "NoteWritten": ("seat", "text"),
    "IntentionFormed": ("text", "step", "by"),
    "VoteCast": ("seat", "scores"),
    "ItemsAnswered": ("seat", "answers"),
    "RoundMoved": ("seat",),
}
"""Event to the fields that are somebody's own, or that somebody wrote."""

Written = (
    AdviceSorted
    | AnswersShown
    | CaseChosen
    | EnoughSaid
    | HeatGiven
    | IntentionFormed
    | ItemsAnswered
    | MethodStopped
    | NoteDropped
    | NoteWritten
    | OneMoreAllowed
    | PulseGiven
    | QuestionAsked
    | QuietEnded
    | RitualChosen
    | RoundBegan
    | RoundMoved
    | SecondCaseBegan
    | TimeMoved
    | VoteCast
    | VotesCounted
)
