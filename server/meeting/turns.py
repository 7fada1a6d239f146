"""Who spoke when: pieces of speech as told, and what was put right about them. Nothing here counts or decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SAME_TURN_SECONDS = 0.7
"""A pause shorter than this does not make a new turn (a person counts so)."""
UNDO_SECONDS = 30.0
"""So long a correction can be undone with one tap."""
SAME_START_SECONDS = 0.05
"""Two starts closer than this are one and the same start, told again."""

Identity = tuple[str | None, int | None]
"""Who is told to speak: a seat, or the number of an unnamed voice, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A stretch of speech of one voice; seat None is a voice nobody knows, or one that is not measured."""

    seat: str | None
    start: float
    end: float
    several: bool = False
    by: str = "voice"
    """"voice", "tap", or "person": heard, and then put right."""
    voice: int | None = None
    continues: bool = False
    backchannel: bool = False
    measured: bool = True

    @property
    def identity(self) -> Identity:
        """Who is told to speak."""
        return self.seat, self.voice

    @property
    def holds_the_floor(self) -> bool:
        """Whether one voice alone has the floor, of somebody who is measured: only this can be put right."""
        return self.measured and not self.several and not self.backchannel


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who is heard right now, with everything put right."""

    seat: str | None
    since: float
    several: bool
    by: str
    told: Turn
    """The same as it was told, before anybody put it right."""
    voice: int | None = None
    settled: bool = True
    measured: bool = True
    also: tuple[str, ...] = ()
    """Other seats that are heard at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassigned:
    """Whoever had the floor in this stretch of time: it was this seat (None: one that is not measured)."""

    at: float
    start: float
    end: float
    seat: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """The turn that ran at second `at` is this seat's (None: one that is not measured), until it ends."""

    at: float
    start: float
    seat: str | None
    was: tuple[Identity, ...]
    """Who was told in this turn."""
    end: float | None = None
    """Second from which pieces belong to another turn; None while the turn may go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """All of this unnamed voice is this seat's (None: one that is not measured)."""

    at: float
    voice: int
    seat: str | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """The voices of two seats were mixed up in everything that was heard until then."""

    at: float
    seat: str
    other: str
    known: int
    """How many pieces had been told by then; later ones are told right."""


Correction = Reassigned | Labelled | Named | Exchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Every piece of speech, and who speaks now."""

    told: tuple[Turn, ...] = ()
    corrections: tuple[Correction, ...] = ()
    turns: tuple[Turn, ...] = ()
    """What was told with everything put right: always `corrected(told, corrections)`."""
    speaking: Speaking | None = None

    def to_undo(self, now: float) -> Correction | None:
        """The last thing a person put right, while it can be undone."""
        for correction in reversed(self.corrections):
            if now - correction.at > UNDO_SECONDS:
                return None
            if not isinstance(correction, Named) or correction.by == "person":
                return correction
        return None

    def unnamed(self) -> tuple[int, ...]:
        """Numbers of the voices that nobody named yet, in the order in which they were first heard."""
        running = self.speaking
        now = () if running is None or running.by == "tap" or running.seat is not None else (running.voice,)
        voices = (*(turn.voice for turn in self.turns if turn.seat is None and turn.measured), *now)
        return tuple(dict.fromkeys(voice for voice in voices if voice is not None))

    def name_of(self, voice: int) -> str | None:
        """The seat this voice was named to be; None while it is unnamed."""
        named = [c for c in self.corrections if isinstance(c, Named) and c.voice == voice]
        return named[-1].seat if named else None


def corrected(told: Sequence[Turn], corrections: Sequence[Correction]) -> tuple[Turn, ...]:
    """The pieces with everything put right, in the order in which it was."""
    return tuple(piece for number, turn in enumerate(told) for piece in put_right(turn, number, corrections))


def put_right(turn: Turn, number: int, corrections: Sequence[Correction]) -> tuple[Turn, ...]:
    """One piece, the `number`th that was told, with everything put right."""
    pieces: tuple[Turn, ...] = (turn,)
    for correction in corrections:
        pieces = tuple(right for piece in pieces for right in _put_right(piece, number, correction))
    return pieces


def _put_right(turn: Turn, number: int, correction: Correction) -> Iterable[Turn]:
    match correction:
        case Reassigned():
            yield from _reassigned(turn, correction)
        case Labelled():
            yield _given(turn, correction.seat) if _labels(correction, turn) else turn
        case Named():
            named = turn.voice == correction.voice and turn.seat is None and turn.measured
            yield replace(turn, seat=correction.seat, measured=correction.seat is not None) if named else turn
        case Exchanged():
            pair = {correction.seat: correction.other, correction.other: correction.seat}
            mixed_up = number < correction.known and turn.by == "voice" and turn.seat in pair
            yield replace(turn, seat=pair[turn.seat or ""]) if mixed_up else turn


def _given(turn: Turn, seat: str | None) -> Turn:
    by = "person" if turn.by == "voice" else turn.by
    return replace(turn, seat=seat, voice=None, by=by, measured=seat is not None)


def _reassigned(turn: Turn, correction: Reassigned) -> Iterable[Turn]:
    """The part between start and end given to the seat; silence, several voices and a "hm" stay what they are."""
    start, end = max(turn.start, correction.start), min(turn.end, correction.end)
    if start >= end or not turn.holds_the_floor:
        yield turn
        return
    if turn.start < start:
        yield replace(turn, end=start)
    # Whether it goes on from the piece before is told by who that piece is now given to.
    yield replace(_given(turn, correction.seat), start=start, end=end, continues=False)
    if end < turn.end:
        yield replace(turn, start=end, continues=False)


def _labels(label: Labelled, turn: Turn) -> bool:
    if not turn.holds_the_floor or turn.by != "voice":
        return False
    if turn.start <= label.at < turn.end:
        return True
    within = label.start - SAME_START_SECONDS <= turn.start and (label.end is None or turn.start < label.end)
    return within and turn.identity in label.was


def turn_start(told: Sequence[Turn], identity: Identity, since: float) -> float:
    """Where the turn of this voice began that goes on at `since`: short pauses and a "hm" of others are no end."""
    for piece in reversed(told):
        if piece.backchannel or piece.start >= since:
            continue
        if piece.identity != identity or piece.several or since - piece.end >= SAME_TURN_SECONDS:
            break
        since = piece.start
    return since


def last_turn(told: Sequence[Turn]) -> tuple[float, float] | None:
    """Start and end of the last finished turn of one voice; None when there is none."""
    for piece in reversed(told):
        if piece.holds_the_floor:
            return turn_start(told, piece.identity, piece.start), piece.end
    return None
