"""What a facilitation method is: frozen values read from a file. Nothing here reads files or guides a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

Text = Mapping[str, str]
"""Language code ("nl", "en", "de") to text; nl and en are always there."""


def in_language(text: Text, language: str) -> str:
    """The text in that language, else in English, else in Dutch."""
    return text.get(language) or text.get("en") or text.get("nl") or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Who may speak, and how the turns go."""

    mode: str
    """A floor mode of the vocabulary: round, dialogue, case_owner, silent_writing ..."""
    speak: tuple[str, ...] = ()
    """"peers", "case_owner", "facilitator"."""
    silent: tuple[str, ...] = ()
    seconds_each: int | None = None
    write_first_minutes: int | None = None
    silence_first_minutes: int | None = None
    pause_seconds: int | None = None
    """Silence to keep between two contributions."""
    then: str | None = None
    """The role that answers after everybody else."""
    turned_away: bool = False
    """The case owner turns the chair away while the others talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase of a method."""

    id: str
    name: Text
    goal: Text
    glance: Text
    """The phase in at most seven words, readable across the table."""
    prompt: Text
    """What the lead can read aloud."""
    stems: Mapping[str, tuple[str, ...]]
    """Language to up to three sentences to say; may be empty."""
    minutes: float
    minutes_min: float
    minutes_max: float
    floor: Floor
    balance: str
    """What a speaking-time display should expect: case_owner, equal_peers, equal_all, free, none."""
    basis: str = "proposed"
    """How sure the minutes are: a minutes basis of the vocabulary."""
    allow: frozenset[str]
    deny: frozenset[str]
    """Utterance codes of the vocabulary that do (not) belong here."""
    capture: tuple[str, ...] = ()
    pitfall: Text | None = None
    choice_rule: str | None = None
    """How the group chooses a case here: a choice rule of the vocabulary."""
    optional: bool = False

    @property
    def evaluates(self) -> bool:
        """Whether the group looks back on this meeting here; such a phase is never cut short for another."""
        return "evaluation" in self.capture

    @property
    def stage(self) -> str:
        """What the meeting does here, for who judges what is said: rounds, questions, looking_back or advice."""
        if self.allow & _ADVISING:
            return "advice"
        if self.allow & _ASKING and self.balance != "case_owner":
            return "questions"
        return "rounds" if not self.allow & _LOOKING_BACK or self.allow & _ARRIVING else "looking_back"


_ADVISING = frozenset({"advice", "idea"})
_ASKING = frozenset({"question_informative", "question_deepening"})
_LOOKING_BACK = frozenset({"reformulation", "insight", "decision", "reply", "appreciation", "process"})
_ARRIVING = frozenset({"check_in", "bid", "story"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Phases that come again for the next case owner."""

    phases: tuple[str, ...]
    times: int | None
    """None: once for everybody at the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to hold a peer consultation, phase by phase."""

    id: str
    names: Text
    summary: Text
    origin: str
    level: str
    case_types: tuple[str, ...]
    not_for: Text
    group_min: int
    group_max: int
    group_ideal: int
    minutes: float
    """The usual length of a meeting."""
    minutes_min: float
    minutes_max: float
    preparation: Text
    pitfalls: tuple[Text, ...]
    sources: tuple[Mapping[str, str], ...]
    phases: tuple[Phase, ...]
    kind: str = "method"
    """method, exercise (nobody has a case), module (a part of another) or debrief."""
    form: str = "process"
    """process: the lead guides only how; content: a trainer brings theory and may advise."""
    verified: bool = True
    """False: parts of it have no source we could check, and screens say so."""
    trust: str = "ordinary"
    """"high": only for a group that knows each other well."""
    licence: str = ""
    """What has to be said of where the text derives from."""
    roles: tuple[str, ...] = ()
    """Roles beside case owner, peers and facilitator."""
    materials: Text | None = None
    variants: tuple[Text, ...] = ()
    repeat: Repeat | None = None
    per_case: tuple[str, ...] = ()
    """Phases that a second case goes through again; empty: none can be taken in the same meeting."""

    def phase(self, stop: str) -> Phase:
        """The phase of a stop in a plan ("analysis", or "analysis~2" for its second time), with the stop as its id.

        KeyError when the method has none.
        """
        base = base_of(stop)
        for phase in self.phases:
            if phase.id == base:
                return phase if stop == base else replace(phase, id=stop)
        raise KeyError(stop)


AGAIN = "~"


def base_of(stop: str) -> str:
    """The id a phase has in its method, of a stop in a plan."""
    return stop.partition(AGAIN)[0]


def lap_of(stop: str) -> int:
    """The how manieth time of its phase a stop is, from 1."""
    lap = stop.partition(AGAIN)[2]
    return int(lap) if lap.isdecimal() else 1


def again(phase_id: str, lap: int) -> str:
    """The stop for the how manieth time of a phase."""
    return phase_id if lap == 1 else f"{phase_id}{AGAIN}{lap}"
