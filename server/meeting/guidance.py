"""What the method has to say about what happens: flags and hints. Nothing else may nudge; nothing names a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from methods.method import Phase, Text
from server.meeting.events import UtteranceNoted
from server.meeting.meeting import Meeting

LAMP_EVERY = 120.0
"""Seconds: on a shared screen the lamp lights at most once in this time."""
LAMP_SECONDS = 8.0
"""Seconds the lamp stays lit."""
STRONG = 0.5
"""Probability of advice from which an utterance is flagged; below it nothing is said."""
FEWEST_WORDS = 4
"""Fewer words than this are never flagged."""
NO_QUESTION_AFTER = 180.0
"""Seconds of a question phase without an open question before the lead gets a hint."""

CASE_OWNER_ASKED = 120.0
"""Seconds of a phase about a case in which the lead is asked who brings it; a group may go on without."""

DENIED_BY: Mapping[str, frozenset[str]] = {
    "advice": frozenset({"advice", "idea"}),
    "advice_question": frozenset({"advice", "idea", "question_leading"}),
    "question_leading": frozenset({"question_leading"}),
    "question_closed": frozenset({"question_closed"}),
    "interpretation": frozenset({"interpretation", "judgement", "hypothesis"}),
    "experience": frozenset({"experience"}),
}
"""Act heard to the codes of a method that deny it; acts that are not here are never flagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A reason to flag an utterance."""

    kind: str
    """"advice" or "hint"."""
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Something the lead may want to know; shown to the lead only."""

    id: str
    text: Text


def flag_for(phase: Phase | None, role: str, noted: UtteranceNoted) -> Suggestion | None:
    """Why this utterance deserves a flag in this phase, or None. Only what peers say is ever flagged."""
    if phase is None or role != "peer" or noted.words < FEWEST_WORDS:
        return None
    denying = DENIED_BY.get(noted.act, frozenset()) & phase.deny
    if not denying:
        return None
    cue = noted.cue or noted.act
    if noted.act in ("advice", "advice_question"):
        return Suggestion(kind="advice", cue=cue) if noted.advice >= STRONG else Suggestion(kind="hint", cue=cue)
    return Suggestion(kind="hint", cue=cue)


def lamp_may_light(meeting: Meeting, suggestion: Suggestion, noted: UtteranceNoted) -> bool:
    """At most one lamp in two minutes, for advice only, while the phase it belongs to still runs."""
    if suggestion.kind != "advice" or meeting.phase_at(noted.start) != meeting.phase:
        return False
    last = max((flag.at for flag in meeting.flags if flag.lamp), default=float("-inf"))
    return noted.at - last >= LAMP_EVERY


def hints(meeting: Meeting, phase: Phase, elapsed: float) -> tuple[Hint, ...]:
    """What the lead may want to know now, most useful first."""
    found = []
    planned = meeting.plan.get(phase.id, phase.minutes) * 60
    if elapsed > planned:
        found.append(_OVERRUN)
    if _asks_questions(phase) and elapsed >= NO_QUESTION_AFTER and meeting.microphone == "listening":
        asked = [u for u in meeting.utterances if u.phase == phase.id and u.act == "question_open"]
        if not asked and any(u.phase == phase.id for u in meeting.utterances):
            found.append(_NO_QUESTION)
    if meeting.case_owner is None and is_about_a_case(phase) and elapsed < CASE_OWNER_ASKED:
        found.append(_NO_CASE_OWNER)
    return tuple(found)


def is_about_a_case(phase: Phase) -> bool:
    """Whether one person's case is on the table in this phase, so that somebody has to have brought it."""
    return phase.balance in ("case_owner", "equal_peers")


def _asks_questions(phase: Phase) -> bool:
    return "question_informative" in phase.allow and "advice" in phase.deny


_OVERRUN = Hint(
    id="overrun",
    text={
        "nl": "De tijd is om. Nog één vraag, of verder?",
        "en": "Time is up. One more question, or go on?",
        "de": "Die Zeit ist um. Noch eine Frage, oder weiter?",
    },
)
_NO_CASE_OWNER = Hint(
    id="no_case_owner",
    text={
        "nl": "Wie brengt de casus in? Tik op Stoelen en kies die stoel.",
        "en": "Who brings the case? Tap Seats and choose that seat.",
        "de": "Wer bringt den Fall ein? Tippe auf Plätze und wähle den Platz.",
    },
)
_NO_QUESTION = Hint(
    id="no_open_question",
    text={
        "nl": "Nog geen open vraag gehoord. Begin met wat of hoe.",
        "en": "No open question heard yet. Begin with what or how.",
        "de": "Noch keine offene Frage gehört. Beginne mit was oder wie.",
    },
)
