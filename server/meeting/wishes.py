"""What people can ask while they choose, write, sort and answer: wishes in the imperative. Nothing here decides.

`seat` is whose wish it is: a phone's own seat (the door fills it in), or on behalf of somebody, by the lead.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """Share a card of this kind; with `note` write that one anew, without text take it back."""

    kind: str
    text: str
    about: str = ""
    note: int | None = None
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropNote:
    """Take a card back."""

    note: int
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestion:
    """Put a written question on the table: this one, or the next in turn; with `back` the last one goes back."""

    note: int | None = None
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveHeat:
    """The case owner says how near a question comes: cold, lukewarm, warm, or empty."""

    note: int
    heat: str
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SortAdvice:
    """The case owner lays a piece of advice on a pile: done, fits, not_now, or empty to take it off."""

    note: int
    pile: str
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayEnough:
    """The case owner has enough advice; with `enough` false, goes on listening."""

    enough: bool = True
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIntention:
    """The case owner's own choice, the first step, and by when."""

    text: str
    step: str = ""
    by: str = ""
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """Scores for the cases: "3.E", "3.G", "3.T" from 0 to 2 (EGT); "3" with 1 (most learning) or dots, three in all."""

    scores: tuple[tuple[str, float], ...]
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountVotes:
    """Look at the sums; with `counted` false, vote anew."""

    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseCase:
    """Take this card as the case; None: choose again."""

    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSecondCase:
    """Take one more case in this meeting, of this card when it has one."""

    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRitual:
    """How the group checks in or closes."""

    ritual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRound:
    """Give everybody a turn: "table", "turned" or "least_heard"; empty ends the round."""

    by: str = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextInRound:
    """The turn goes on from `after` (the seat the person was looking at)."""

    after: str | None = None
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackInRound:
    """The last turn comes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassTurn:
    """I pass; no reason needed."""

    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMinutes:
    """Take minutes from another phase for the one that runs."""

    taken: str
    minutes: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowOneMore:
    """The time is up; one more question, knowingly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndQuiet:
    """Everybody is done with the writing or the silence at the beginning of this phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMethod:
    """Stop: anybody may say it."""

    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerItems:
    """My answers about process, result and room felt, 1 to 5."""

    answers: tuple[tuple[str, float], ...]
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPulse:
    """My answers to the safety pulse, 1 to 5; once, and not even the log knows whose they are."""

    answers: tuple[tuple[str, float], ...]
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetLookBack:
    """Erase what was kept for this meeting to look back at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseEverything:
    """Erase all that any group left on this device. The answer holds `erased`: how many meetings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestMethods:
    """Which methods fit? The answer holds `suggestions`; nothing happens."""

    people: int
    minutes: float
    experience: str = "first"
    """"first", "some" or "practised"."""
    case_type: str | None = None
    no_case: bool = False
    content: bool = False
    """Whether a trainer brings theory and may advise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAnswers:
    """Look at the answers together; after that none is added or changed."""


FOR_PHONES = (
    WriteNote,
    DropNote,
    GiveHeat,
    SortAdvice,
    SayEnough,
    FormIntention,
    CastVote,
    PassTurn,
    StopMethod,
    AnswerItems,
    AnswerPulse,
)
"""What anybody at the table may ask, for the own seat; the rest is the lead's."""

Wish = (
    WriteNote
    | DropNote
    | AskQuestion
    | GiveHeat
    | SortAdvice
    | SayEnough
    | FormIntention
    | CastVote
    | CountVotes
    | ChooseCase
    | BeginSecondCase
    | ChooseRitual
    | BeginRound
    | NextInRound
    | BackInRound
    | PassTurn
    | MoveMinutes
    | AllowOneMore
    | StopMethod
    | AnswerItems
    | AnswerPulse
    | ShowAnswers
    | EndQuiet
)
