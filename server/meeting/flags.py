"""Flags and what people said of them, folded from events. Nothing here decides, and nothing knows who spoke."""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.meeting import events as happened
from server.meeting.events import Event
from server.meeting.turns import UNDO_SECONDS

MARKED = "person.mark"
"""The cue of what the lead marked: a person, and no turn of phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A raised flag."""

    number: int
    kind: str
    """"advice" or "hint"."""
    cue: str
    at: float
    start: float
    """Where the utterance began; of a mark, the second of the tap."""
    phase: str
    lamp: bool
    by: str = "ears"
    """"ears" or "person"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What a person said of a flag."""

    kind: str
    """"mark" (raised by that tap), "confirm" (it was advice) or "dismiss" (it was a question)."""
    flag: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """Everything that was flagged, beside every tap that was not undone: what holds is always one put to the other."""

    raised: tuple[Flag, ...] = ()
    taps: tuple[Tap, ...] = ()

    def number(self, number: int) -> Flag | None:
        """The flag with this number."""
        return next((flag for flag in self.raised if flag.number == number), None)

    def tapped(self, kind: str) -> frozenset[int]:
        """Numbers of the flags of which people said this."""
        return frozenset(tap.flag for tap in self.taps if tap.kind == kind)

    @property
    def dismissed(self) -> frozenset[int]:
        """Numbers of the flags that were a question after all."""
        return self.tapped("dismiss")

    @property
    def confirmed(self) -> frozenset[int]:
        """Numbers of what the ears flagged or hinted at and the lead said yes to."""
        return self.tapped("confirm") - self.dismissed

    @property
    def heard(self) -> tuple[Flag, ...]:
        """What the ears flagged or hinted at; of an utterance that was hinted at first and then flagged, the flag."""
        heard = [flag for flag in self.raised if flag.by == "ears"]
        flagged = {flag.start for flag in heard if flag.kind == "advice"}
        return tuple(flag for flag in heard if flag.kind == "advice" or flag.start not in flagged)

    def settled(self, start: float, kind: str) -> bool:
        """Whether an utterance that went on needs no flag of this kind: it has one, or a person spoke of its hint."""
        before = [flag for flag in self.heard if flag.start == start]
        spoken = self.dismissed | self.confirmed
        return any(flag.kind in ("advice", kind) or flag.number in spoken for flag in before)

    @property
    def marks(self) -> tuple[Flag, ...]:
        """What only the lead noticed, and what was not taken back."""
        standing = self.tapped("mark") - self.dismissed
        return tuple(flag for flag in self.raised if flag.number in standing)

    @property
    def quiet_cues(self) -> frozenset[str]:
        """Cues a person called wrong in this meeting."""
        return frozenset(flag.cue for flag in self.heard if flag.number in self.dismissed)

    def to_undo(self, now: float) -> Tap | None:
        """The last tap about a flag, while it can be undone."""
        last = self.taps[-1] if self.taps else None
        return last if last is not None and now - last.at <= UNDO_SECONDS else None


def after(flags: Flags, event: Event, phase: str) -> Flags | None:
    """The flags after the event in this phase; None when it is about something else."""
    match event:
        case happened.FlagRaised():
            return _raised(flags, event, phase)
        case happened.FlagConfirmed():
            return _with(flags, Tap(kind="confirm", flag=event.flag, at=event.at))
        case happened.FlagDismissed():
            return _with(flags, Tap(kind="dismiss", flag=event.flag, at=event.at))
        case happened.FlagTapUndone():
            return replace(flags, taps=flags.taps[:-1])
        case _:
            return None


def _with(flags: Flags, tap: Tap) -> Flags:
    return replace(flags, taps=(*flags.taps, tap))


def _raised(flags: Flags, event: happened.FlagRaised, phase: str) -> Flags:
    flag = Flag(
        number=event.flag,
        kind=event.kind,
        cue=event.cue,
        at=event.at,
        start=event.start,
        phase=phase,
        lamp=event.lamp,
        by=event.by,
    )
    flags = replace(flags, raised=(*flags.raised, flag))
    if event.by == "person":
        return _with(flags, Tap(kind="mark", flag=event.flag, at=event.at))
    if event.instead is None:
        return flags
    moved = tuple(
        Tap(kind="confirm", flag=event.flag, at=tap.at) if (tap.kind, tap.flag) == ("mark", event.instead) else tap
        for tap in flags.taps
    )
    return replace(flags, taps=moved)
