"""Wishes about the table: how people sit, what is shown of the balance, small signs. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass

SIGNS = ("want_in", "too_close", "slow_down")
"""What somebody may ask on a phone without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeSeats:
    """This is how people sit, clockwise: every letter once."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBalance:
    """When the balance may be looked at: "off", "phase_ends" or "live". Anybody may ask for "off", for all."""

    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTurns:
    """Of this seat count turns, never seconds: for who stammers, speaks through an interpreter, or wishes so."""

    seat: str
    turns: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSign:
    """A sign of a seat, one of `SIGNS`; with `given` false it is taken back. It is never written down."""

    sign: str
    given: bool = True
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRehearsal:
    """Practise: the recorded meeting in this language is heard and guided as if people sat here."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRehearsal:
    """Practised enough: the rehearsal is over and erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetVoice:
    """Wipe what is known of the voice of this seat now; None: of everybody. It can be learned again."""

    seat: str | None = None


BY_ITSELF = ("nobody_speaks", "nobody_looks")
"""Why a microphone closes that nobody closed."""

TableWish = ArrangeSeats | ShowBalance | CountTurns | GiveSign | ForgetVoice
