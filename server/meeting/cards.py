"""The cards people wrote for each other: who may write which, who may read it when. Nothing here was ever heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from methods.vocabulary import vocabulary
from server.meeting import written

MOST_CARDS = 300
"""Cards in a meeting; more is a mistake or a prank."""
LONGEST = 400
"""Characters on a card."""
HEATS = ("cold", "lukewarm", "warm")
PILES = ("done", "fits", "not_now")
AGREED = ("date", "place", "lead", "method", "look_back", "different")
"""What a group agrees about next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind of card is dealt with."""

    by: frozenset[str] = frozenset({"case_owner", "peer", "facilitator", "expert"})
    """Roles that may write it."""
    most: int = 12
    """Cards of this kind by one person for one case; one: writing again replaces it."""
    shown: str = "open"
    """open: to everybody, once nobody is meant to write in silence; asked: once it is asked; given: once advice is
    welcome; writer: to its writer alone."""


_NOT_THE_OWNER = frozenset({"peer", "facilitator", "expert"})
_OWNER = frozenset({"case_owner"})
_ORDINARY = Kind()
KINDS: Mapping[str, Kind] = {
    "case_list": Kind(most=1),
    "question_list": Kind(by=_NOT_THE_OWNER, shown="asked"),
    "advice_list": Kind(by=_NOT_THE_OWNER, most=1, shown="given"),
    "parked": Kind(by=_NOT_THE_OWNER, shown="writer"),
    "question_original": Kind(most=1),
    "question_reformulated": Kind(by=_OWNER, most=1),
    "own_share": Kind(by=_OWNER, most=1),
    "insight": Kind(most=1),
    "elsewhere": Kind(by=frozenset()),
    "agreement": Kind(by=frozenset(), most=1),
}
"""Kinds that are dealt with in a way of their own; the lead may write any, on behalf of somebody."""


def kind_of(name: str) -> Kind | None:
    """How this kind of card is dealt with; None when there is none of that name."""
    return KINDS.get(name) or (_ORDINARY if name in vocabulary().captures else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A card."""

    number: int
    kind: str
    case: int
    seat: str | None
    text: str
    about: str = ""
    stop: str | None = None
    """The stop in which it was first written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """What somebody is going to do."""

    text: str
    step: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """All cards of a meeting and what was done with them."""

    notes: tuple[Note, ...] = ()
    last: int = 0
    """The highest number ever given."""
    asked: tuple[int, ...] = ()
    """Questions in the order in which they came on the table."""
    heats: Mapping[int, str] = field(default_factory=dict)
    piles: Mapping[int, str] = field(default_factory=dict)
    enough: frozenset[int] = frozenset()
    """Cases whose owner has enough advice."""
    intentions: Mapping[int, Intention] = field(default_factory=dict)

    def note(self, number: int | None) -> Note | None:
        """The card with that number."""
        return next((note for note in self.notes if note.number == number), None)

    def of(self, kind: str, case: int | None = None) -> tuple[Note, ...]:
        """The cards of a kind, of one case or of all."""
        return tuple(note for note in self.notes if note.kind == kind and case in (None, note.case))

    def waiting(self, case: int) -> tuple[Note, ...]:
        """Written questions that were not asked yet, in turn: everybody's first, then everybody's second."""
        place: dict[int, tuple[int, int]] = {}
        written_by: dict[str | None, int] = {}
        for note in self.of("question_list", case):
            written_by[note.seat] = turn = written_by.get(note.seat, 0) + 1
            place[note.number] = (turn, note.number)
        unasked = (note for note in self.of("question_list", case) if note.number not in self.asked)
        return tuple(sorted(unasked, key=lambda note: place[note.number]))


def after(cards: Cards, event: object, stop: str | None) -> Cards | None:
    """The cards after this event; None when it is none about cards."""
    match event:
        case written.NoteWritten():
            old = cards.note(event.note)
            note = Note(
                number=event.note,
                kind=event.kind,
                case=event.case,
                seat=event.seat,
                text=event.text,
                about=event.about,
                stop=old.stop if old else stop,
            )
            notes = tuple(note if one is old else one for one in cards.notes) if old else (*cards.notes, note)
            return replace(cards, notes=notes, last=max(cards.last, event.note))
        case written.NoteDropped():
            return replace(
                cards,
                notes=tuple(note for note in cards.notes if note.number != event.note),
                asked=tuple(number for number in cards.asked if number != event.note),
                heats=_without(cards.heats, event.note),
                piles=_without(cards.piles, event.note),
            )
        case written.QuestionAsked():
            others = tuple(number for number in cards.asked if number != event.note)
            heats = cards.heats if event.asked else _without(cards.heats, event.note)
            return replace(cards, asked=(*others, event.note) if event.asked else others, heats=heats)
        case written.HeatGiven():
            return replace(cards, heats=_with(cards.heats, event.note, event.heat))
        case written.AdviceSorted():
            return replace(cards, piles=_with(cards.piles, event.note, event.pile))
        case written.EnoughSaid():
            enough = cards.enough | {event.case} if event.enough else cards.enough - {event.case}
            return replace(cards, enough=enough)
        case written.IntentionFormed():
            formed = Intention(text=event.text, step=event.step, by=event.by)
            others_of = {case: one for case, one in cards.intentions.items() if case != event.case}
            return replace(cards, intentions={**others_of, event.case: formed} if event.text else others_of)
        case _:
            return None


def _with(words: Mapping[int, str], number: int, word: str) -> Mapping[int, str]:
    return {**words, number: word} if word else _without(words, number)


def _without(words: Mapping[int, str], number: int) -> Mapping[int, str]:
    return {key: word for key, word in words.items() if key != number}
