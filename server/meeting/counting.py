"""What kinds of things were said, as counts for the evaluation: per meeting and per phase, never per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from methods.method import Phase
from server.meeting.meeting import Meeting
from server.meeting.rules import ADVICE, asks_questions
from server.meeting.visits import Utterance

KINDS: Mapping[str, frozenset[str]] = {
    "open": frozenset({"question_open"}),
    "closed": frozenset({"question_closed", "question_leading"}),
    "advice": ADVICE,
    "experience": frozenset({"experience"}),
    "explanation": frozenset({"interpretation"}),
    "reflection": frozenset({"reflection"}),
}
"""Kind that a group looks at, to the acts it holds; the rest of what was said is no matter of asking or advising."""
FEWEST_PEERS = 2
"""With one peer at the table a count of advice would be that person's own."""


def questions_before_advice(meeting: Meeting, phase: Phase | None = None) -> dict[str, int] | None:
    """Questions by peers and lead before the first advice by a peer, or before the lead marked one.

    In the whole meeting, or in a phase that asks questions; None for other phases, and when no words were heard.
    """
    if not meeting.utterances or (phase is not None and not asks_questions(phase)):
        return None
    where = None if phase is None else phase.id
    first = min(_advice_at(meeting, where), default=float("inf"))
    asked = Counter(act for heard, act in _of_the_group(meeting, where) if heard.start < first)
    return {"open": asked["question_open"], "closed": asked["question_closed"]}


def kinds(meeting: Meeting, phase: Phase) -> dict[str, int] | None:
    """How often each kind was heard or marked in the phase; None when nobody could tell, or it would tell of one."""
    if not meeting.utterances or few_peers(meeting):
        return None
    acts = Counter(act for _, act in _of_the_group(meeting, phase.id))
    counted = {kind: sum(acts[act] for act in of_kind) for kind, of_kind in KINDS.items()}
    counted["advice"] += sum(mark.phase == phase.id for mark in meeting.flags.marks)
    return counted


def few_peers(meeting: Meeting) -> bool:
    """Whether counts of advice would tell of one person, so that no screen may show them."""
    peers = [letter for letter in meeting.letters if meeting.role(letter) == "peer" and letter not in meeting.left_out]
    return len(peers) < FEWEST_PEERS


def acts_heard(meeting: Meeting, phase: str) -> dict[str, int]:
    """How often each dialogue act was heard in the phase; nothing where it would tell of one."""
    if few_peers(meeting):
        return {}
    return dict(sorted(Counter(heard.act for heard in meeting.utterances if heard.phase == phase).items()))


def flag_counts(meeting: Meeting, phase: str | None = None) -> dict[str, int] | None:
    """What became of the flags: raised by the ears, of these kept or dismissed, and confirmed; marked by a person.

    None where it would tell of one. A hint that the lead said yes to is marked: the ears did not flag it.
    """
    if few_peers(meeting):
        return None
    flags = meeting.flags
    heard = [flag for flag in flags.heard if phase in (None, flag.phase)]
    raised = {flag.number for flag in heard if flag.kind == "advice"}
    hinted = {flag.number for flag in heard} - raised
    dismissed = raised & flags.dismissed
    return {
        "raised": len(raised),
        "kept": len(raised - dismissed),
        "dismissed": len(dismissed),
        "confirmed": len(raised & flags.confirmed),
        "marked": sum(phase in (None, mark.phase) for mark in flags.marks) + len(hinted & flags.confirmed),
        "hints": len(hinted),
    }


def _of_the_group(meeting: Meeting, phase: str | None) -> list[tuple[Utterance, str]]:
    """What peers and lead said, with its act: a person's word on it is the last one."""
    flags = meeting.flags
    questions = {flag.start for flag in flags.heard if flag.number in flags.dismissed}
    advised = {flag.start for flag in flags.heard if flag.number in flags.confirmed}

    def act(heard: Utterance) -> str:
        if heard.act in ADVICE and heard.start in questions:
            return "question_closed"  # how open it was, nobody knows
        return "advice" if heard.start in advised else heard.act

    return [
        (heard, act(heard))
        for heard in meeting.utterances
        if heard.role != "case_owner" and phase in (None, heard.phase)
    ]


def _advice_at(meeting: Meeting, phase: str | None) -> list[float]:
    marked = [mark.at for mark in meeting.flags.marks if phase in (None, mark.phase)]
    heard = [one.start for one, act in _of_the_group(meeting, phase) if one.role == "peer" and act in ADVICE]
    return marked + heard
