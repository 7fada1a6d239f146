"""What a phase asks of what is said, out of its method: flagged, hinted, welcome or left alone. Never who said it."""

from __future__ import annotations

from collections.abc import Mapping

from methods.method import Method, Phase, base_of

CODES: Mapping[str, frozenset[str]] = {
    "advice": frozenset({"advice", "idea"}),
    "advice_question": frozenset({"advice", "idea", "question_leading"}),
    "question_leading": frozenset({"question_leading"}),
    "question_closed": frozenset({"question_closed"}),
    "question_open": frozenset({"question_informative", "question_deepening"}),
    "interpretation": frozenset({"interpretation", "judgement", "hypothesis"}),
    "experience": frozenset({"experience"}),
    "reflection": frozenset({"summary", "observation"}),
}
"""Act heard to the codes of a method that allow or deny it; acts that are not here are never judged."""
ADVICE = frozenset({"advice", "advice_question"})
"""The acts that advise: the only ones that are flagged."""
HINTED = frozenset({"question_leading", "question_closed", "interpretation", "experience"})
"""Acts that are hinted at where they are denied; no more than that."""


SILENT = frozenset({"silent_writing", "silence"})
"""Floor modes in which nobody speaks, from the first second to the last."""


def standing(phase: Phase, act: str) -> str:
    """How the phase takes this act: "flag", "hint", "welcome", or "free" when it says nothing.

    One act is often several codes of a method that no ear can tell apart (a hunch and a judgement are both an
    interpretation). Where one of them is welcome the act is left alone, for a wrong word does more harm than none;
    advice is then hinted at. In an advice phase nothing at all is held against anybody.
    """
    codes = CODES.get(act, frozenset())
    welcome, denied = codes & phase.allow, codes & phase.deny
    if "advice" in phase.allow:
        return "welcome" if welcome else "free"
    if act in ADVICE and denied:
        return "hint" if welcome else "flag"
    if welcome:
        return "welcome"
    return "hint" if denied and act in HINTED else "free"


def advice_is_welcome(phase: Phase) -> bool:
    """Whether advice belongs in this phase, so that there is nothing to flag or to mark."""
    return standing(phase, "advice") == "welcome"


def asks_questions(phase: Phase) -> bool:
    """Whether the group asks in this phase, and advises only later."""
    deepens = "question_deepening" in phase.allow and phase.balance != "case_owner"
    return "advice" in phase.deny and ("question_informative" in phase.allow or deepens)


def for_later(method: Method, phase: Phase) -> frozenset[str]:
    """Codes this phase denies and a later one allows: kept, not forbidden."""
    place = [one.id for one in method.phases].index(base_of(phase.id))
    later: frozenset[str] = frozenset().union(*(one.allow for one in method.phases[place + 1 :]))
    return phase.deny & later
