"""What a group keeps of what people wrote, item by item, to come back to next time. Nothing is kept by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.meeting.cards import AGREED
from server.meeting.events import Event
from server.meeting.meeting import fold
from server.meeting.noticed import FlagConfirmed, FlagDismissed, FlagRaised, FlagTapUndone
from server.meeting.refusals import Refused
from server.meeting.spoken import TurnEnded, UtteranceNoted
from server.meeting.written import IntentionFormed, NoteWritten, PulseGiven

QUESTIONS = frozenset({"case_list", "question_original", "question_reformulated"})
ITEMS = ("question", "intention", "agreements")


_JUDGED = (UtteranceNoted, FlagRaised, FlagConfirmed, FlagDismissed, FlagTapUndone, PulseGiven)
"""What was judged of single sentences, and how safe each felt: it was for that evening."""

LookBack = Mapping[str, Any]
"""question, intention, step, by: text, empty where nothing was kept; agreements: text by what they are about."""


def own_to_keep(events: Iterable[Event], items: Iterable[str]) -> frozenset[int]:
    """The numbers of the events whose own words stay: only of what was ticked. Raises Refused.

    Of a question only that of a case which was treated, never one somebody brought in and the group left; and only the
    last word on anything: what was taken back or written anew is gone.
    """
    wanted, told = set(items), tuple(events)
    if not wanted <= set(ITEMS):
        raise Refused("unknown_item")
    meeting = fold(told)
    if meeting is None:
        return frozenset()
    guided = meeting.guided
    treated, there = set(guided.chosen.values()), {note.number for note in guided.cards.notes}
    last: dict[tuple[str, int], int] = {}
    for number, event in enumerate(told):
        if isinstance(event, IntentionFormed) and "intention" in wanted:
            last["intention", event.case] = number
        elif isinstance(event, NoteWritten) and event.note in there:
            of_case = event.kind in QUESTIONS and (event.kind != "case_list" or event.note in treated)
            if ("question" in wanted and of_case) or ("agreements" in wanted and event.kind == "agreement"):
                last["note", event.note] = number
    return frozenset(last.values())


def not_to_keep(events: Iterable[Event]) -> frozenset[int]:
    """The numbers of the events that go when numbers are kept.

    Kinds of sentences could be set beside who spoke at that second; and of who was left out nothing is kept.
    """
    told = tuple(events)
    meeting = fold(told)
    out = frozenset() if meeting is None else meeting.left_out
    return frozenset(
        number
        for number, event in enumerate(told)
        if isinstance(event, _JUDGED) or (isinstance(event, TurnEnded) and event.seat in out)
    )


def look_back_of(events: Iterable[Event]) -> LookBack | None:
    """What was kept to come back to: questions and intention of the last case that has any, and agreements."""
    meeting = fold(events)
    if meeting is None:
        return None
    cards, chosen = meeting.guided.cards, meeting.guided.chosen
    cases = sorted({*chosen, *cards.intentions, *(note.case for note in cards.notes)}, reverse=True)
    told: dict[str, Any] = {"question": "", "intention": "", "step": "", "by": ""}
    for case in cases:
        first = cards.note(chosen.get(case))
        written = [n.text for kind in ("question_reformulated", "question_original") for n in cards.of(kind, case)]
        told["question"] = next((text for text in (*written, first.text if first else "") if text), "")
        if intention := cards.intentions.get(case):
            told |= {"intention": intention.text, "step": intention.step, "by": intention.by}
        if any(told.values()):
            break
    agreed = {note.about: note.text for note in cards.of("agreement") if note.text and note.about in AGREED}
    return {**told, "agreements": agreed} if any(told.values()) or agreed else None
