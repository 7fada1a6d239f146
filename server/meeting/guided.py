"""What guiding a group adds to a meeting: cases, cards, choice, rounds, evaluation. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from server.meeting import cards, choice, evaluating, rounds, written
from server.meeting.cards import Cards
from server.meeting.choice import Choice
from server.meeting.evaluating import Evaluation
from server.meeting.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """The state of everything people chose, wrote and answered."""

    case: int = 1
    """The case the meeting is at, from 1."""
    owners: Mapping[int, str] = field(default_factory=dict)
    """Case to whose it is."""
    chosen: Mapping[int, int] = field(default_factory=dict)
    """Case to the card that states its question."""
    cards: Cards = field(default_factory=Cards)
    choice: Choice = field(default_factory=Choice)
    round: Round | None = None
    rounds_held: int = 0
    """So that the next round begins at another seat."""
    evaluation: Evaluation = field(default_factory=Evaluation)
    ritual: str = ""
    one_more: frozenset[str] = frozenset()
    """Stops for which the group took one more question, over their time."""
    quiet_over: frozenset[str] = frozenset()
    """Stops in which everybody was done writing before the time for it was over."""

    @property
    def owner(self) -> str | None:
        """Whose the running case is."""
        return self.owners.get(self.case)


def after(guided: Guided, event: object, stop: str | None) -> Guided:
    """Everything after this event; `stop` is where the meeting is."""
    guided = replace(
        guided,
        cards=cards.after(guided.cards, event, stop) or guided.cards,
        choice=choice.after(guided.choice, event) or guided.choice,
        round=rounds.after(guided.round, event, stop),
        evaluation=evaluating.after(guided.evaluation, event) or guided.evaluation,
    )
    match event:
        case written.CaseChosen():
            # Whose it is, is said next; until then it is nobody's.
            emptied = _without_case(guided, event.case)
            chosen = {} if event.note is None else {event.case: event.note}
            return replace(emptied, chosen={**emptied.chosen, **chosen})
        case written.NoteDropped():
            case = next((case for case, note in guided.chosen.items() if note == event.note), None)
            return guided if case is None else _without_case(guided, case)
        case written.RitualChosen():
            return replace(guided, ritual=event.ritual)
        case written.RoundBegan():
            return replace(guided, rounds_held=guided.rounds_held + bool(event.order))
        case written.QuietEnded():
            return replace(guided, quiet_over=guided.quiet_over | {event.phase})
        case written.OneMoreAllowed():
            return replace(guided, one_more=guided.one_more | {event.phase})
        case _:
            return guided


def _without_case(guided: Guided, case: int) -> Guided:
    chosen = {one: note for one, note in guided.chosen.items() if one != case}
    return replace(guided, chosen=chosen, owners={one: seat for one, seat in guided.owners.items() if one != case})


def moved(guided: Guided, case: int) -> Guided:
    """At another phase: its round begins anew, and it may belong to another case."""
    return replace(guided, case=case, round=None)


def owned(guided: Guided, seat: str) -> Guided:
    """The running case is this seat's."""
    return replace(guided, owners={**guided.owners, guided.case: seat})
