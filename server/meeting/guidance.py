"""What the method has to say about what happens: flags and hints. Nothing else may nudge; nothing names a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from methods.method import Phase, Text
from server.meeting.balance import Talk, talk
from server.meeting.events import UtteranceNoted
from server.meeting.meeting import Meeting
from server.meeting.rules import ADVICE, asks_questions, standing

LAMP_EVERY = 120.0
"""Seconds: on a shared screen the lamp lights at most once in this time."""
LAMP_SECONDS = 8.0
"""Seconds the lamp stays lit."""
SENSITIVITIES = ("off", "calm", "normal")
STRONG = 0.5
"""Probability of advice from which an utterance is flagged; below it advice is at most hinted at."""
CALM = 0.8
"""The same in a calm meeting, and of a learned cue that a person called wrong in a normal one."""
CALMER = 0.9
"""The same of a learned cue that a person called wrong in a calm meeting."""
FEWEST_WORDS = 4
"""Fewer words than this are never flagged."""
NO_QUESTION_AFTER = 180.0
"""Seconds of a question phase without an open question before the lead gets a hint."""

UNGUIDED_AFTER = 60.0
"""Seconds of speech that no phase asks for, after which the lead is asked where the meeting is."""
CASE_OWNER_ASKED = 120.0
"""Seconds of a phase about a case in which the lead is asked who brings it; a group may go on without."""


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


def flag_for(
    phase: Phase | None,
    role: str,
    noted: UtteranceNoted,
    sensitivity: str = "normal",
    quiet: Collection[str] = (),
) -> Suggestion | None:
    """Why this utterance deserves a flag in this phase, or None. Only what peers say is ever flagged.

    `quiet`: cues that a person called wrong in this meeting.
    """
    if sensitivity == "off" or phase is None or role != "peer" or noted.words < FEWEST_WORDS:
        return None
    taken, cue = standing(phase, noted.act), noted.cue or noted.act
    if taken not in ("flag", "hint"):
        return None
    if noted.act in ADVICE:
        return _of_advice(taken, cue, noted, sensitivity, quiet)
    return Suggestion(kind="hint", cue=cue) if sensitivity == "normal" and cue not in quiet else None


def _of_advice(
    taken: str, cue: str, noted: UtteranceNoted, sensitivity: str, quiet: Collection[str]
) -> Suggestion | None:
    """A flag when it is surely advice; a hint when it is doubtful; in a calm meeting hardly that."""
    if cue in quiet and not is_learned(cue):
        return None
    if noted.advice >= _strong(cue, sensitivity, quiet):
        return Suggestion(kind="advice" if taken == "flag" else "hint", cue=cue)
    worth_a_hint = sensitivity == "normal" or (noted.act == "advice" and noted.advice >= STRONG)
    return Suggestion(kind="hint", cue=cue) if taken == "flag" and worth_a_hint and cue not in quiet else None


def is_learned(cue: str) -> bool:
    """Whether no turn of phrase told, but the learned score alone: it stands for advice of every form."""
    return "." not in cue or cue.endswith(".learned") or ".like." in cue


def _strong(cue: str, sensitivity: str, quiet: Collection[str]) -> float:
    """From where this cue flags. Quietening what was learned must not silence all advice, so it only takes more."""
    if cue in quiet:
        return CALMER if sensitivity == "calm" else CALM
    return CALM if sensitivity == "calm" else STRONG


def lamp_may_light(meeting: Meeting, suggestion: Suggestion, noted: UtteranceNoted) -> bool:
    """At most one lamp in two minutes, for advice only, while the phase it belongs to still runs."""
    if suggestion.kind != "advice" or meeting.phase_at(noted.start) != meeting.phase:
        return False
    last = max((flag.at for flag in meeting.flags.raised if flag.lamp), default=float("-inf"))
    return noted.at - last >= LAMP_EVERY


def hints(meeting: Meeting, phase: Phase, elapsed: float, told: Talk | None = None) -> tuple[Hint, ...]:
    """What the lead may want to know now, most useful first. `told`: of this phase, where it is known already."""
    found = []
    planned = meeting.plan.get(phase.id, phase.minutes) * 60
    if phase.balance == "none" and _spoken(told or talk(meeting, phase.id)) >= UNGUIDED_AFTER:
        found.append(_UNGUIDED)
    if elapsed > planned and phase.id not in meeting.guided.one_more:
        found.append(_LONG_OVER if elapsed - planned >= UNGUIDED_AFTER and meeting.speaking else _OVERRUN)
    if asks_questions(phase) and elapsed >= NO_QUESTION_AFTER and meeting.microphone == "listening":
        asked = [u for u in meeting.utterances if u.phase == phase.id and u.act == "question_open"]
        if not asked and any(u.phase == phase.id for u in meeting.utterances):
            found.append(_NO_QUESTION)
    if meeting.case_owner is None and is_about_a_case(phase) and elapsed < CASE_OWNER_ASKED:
        found.append(_NO_CASE_OWNER)
    return tuple(found)


def break_hint(meeting: Meeting) -> tuple[Hint, ...]:
    """That a break is over its length, a minute after; nothing when nobody said how long, or at a stop."""
    if meeting.paused_since is None or meeting.stopped or not meeting.break_minutes:
        return ()
    over = meeting.now - meeting.paused_since - meeting.break_minutes * 60
    return (_BREAK_OVER,) if over >= UNGUIDED_AFTER else ()


def _spoken(told: Talk) -> float:
    """Seconds of speech, whoever's."""
    return told.elapsed - told.silence


def is_about_a_case(phase: Phase) -> bool:
    """Whether one person's case is on the table in this phase, so that somebody has to have brought it."""
    return phase.balance in ("case_owner", "equal_peers")


_UNGUIDED = Hint(
    id="unguided",
    text={
        "nl": "Er wordt gepraat in een stille fase. Verder naar de volgende?",
        "en": "People talk in a silent phase. On to the next?",
        "de": "In einer stillen Phase wird gesprochen. Weiter zur nächsten?",
    },
)
_LONG_OVER = Hint(
    id="long_over",
    text={
        "nl": "Deze fase is voorbij en het gesprek gaat door. Welke fase past nu?",
        "en": "This phase is over and the talk goes on. Which phase fits now?",
        "de": "Diese Phase ist vorbei und das Gespräch geht weiter. Welche Phase passt jetzt?",
    },
)
_BREAK_OVER = Hint(
    id="break_over",
    text={
        "nl": "De pauze is om. Tik op Verder als iedereen er is.",
        "en": "The break is over. Tap Go on when everybody is there.",
        "de": "Die Pause ist um. Tippe auf Weiter, wenn alle da sind.",
    },
)
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
