"""What a group keeps of what people wrote, item by item, to come back to next time. Nothing is kept by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.meeting.events import Event
from server.meeting.meeting import fold
from server.meeting.refusals import Refused
from server.meeting.written import IntentionFormed, NoteWritten

QUESTIONS = frozenset({"case_list", "question_original", "question_reformulated"})
ITEMS = ("question", "intention", "agreements")


def own_to_keep(events: Iterable[Event], items: Iterable[str]) -> frozenset[int]:
    """The numbers of the events whose own words stay: only of what was ticked. Raises Refused.

    Of a question only that of a case which was treated, never a question somebody brought in and the group left.
    """
    wanted, told = set(items), tuple(events)
    if not wanted <= set(ITEMS):
        raise Refused("unknown_item")
    meeting = fold(told)
    if meeting is None:
        return frozenset()
    guided = meeting.guided
    treated, last = set(guided.chosen.values()), {note.number: note for note in guided.cards.notes}
    kept = set()
    for number, event in enumerate(told):
        if isinstance(event, IntentionFormed) and "intention" in wanted:
            kept.add(number)
        elif isinstance(event, NoteWritten) and (note := last.get(event.note)) and note.text == event.text:
            of_case = event.kind in QUESTIONS and (event.kind != "case_list" or event.note in treated)
            agreed = event.kind == "agreement"
            if ("question" in wanted and of_case) or ("agreements" in wanted and agreed):
                kept.add(number)
    return frozenset(kept)


def look_back_of(events: Iterable[Event]) -> Mapping[str, str] | None:
    """What was kept to come back to: the last case's question and intention; None when nothing was."""
    meeting = fold(events)
    if meeting is None:
        return None
    guided = meeting.guided
    case = max((*guided.chosen, *guided.cards.intentions, *guided.owners, 1))
    cards, chosen = guided.cards, guided.cards.note(guided.chosen.get(case))
    questions = [note.text for kind in ("question_reformulated", "question_original") for note in cards.of(kind, case)]
    intention = cards.intentions.get(case)
    told = {
        "question": next((text for text in (*questions, chosen.text if chosen else "") if text), ""),
        "intention": intention.text if intention else "",
        "step": intention.step if intention else "",
        "by": intention.by if intention else "",
    }
    return told if any(told.values()) else None
