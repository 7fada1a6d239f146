"""Pieces of speech become turns as a person counts them. Nothing here hears sound or judges anybody's turn.

A pause under 0.7 s does not end a turn, and a "hm" or "yes" while another has the floor is a backchannel (Yngve 1970).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from speech.events import TurnBegan, TurnEnded
from speech.frames import RATE
from speech.speakers import Found, Guess
from speech.together import Piece, numbered, renamed
from speech.voices import Label

SAME_TURN = int(0.7 * RATE)
"""Samples; a shorter pause does not end a turn."""
BACKCHANNEL = int(1.0 * RATE)
"""Samples; what another says in less, while the floor is not theirs before or after, is a backchannel."""

TurnEvent = TurnBegan | TurnEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    label: Label | None
    at: int
    sure: bool
    several: bool


class Turns:
    """Tells who speaks now and what was spoken; a short piece waits for the next to know what it was."""

    def __init__(self, measured: Callable[[Label | None], bool] = lambda label: True) -> None:
        self._measured = measured
        self._open: Piece | None = None
        self._waiting: list[Piece] = []
        self._floor: Label | None = None
        self._floor_end = -SAME_TURN
        self._shown: _Shown | None = None

    def guess(self, guess: Guess, *, several: bool = False) -> Iterator[TurnEvent]:
        """Somebody speaks; told when it is news."""
        before, shown = self._shown, _Shown(label=guess.label, at=guess.at, sure=guess.sure, several=several)
        if before is not None and before.label == guess.label:
            shown = replace(shown, at=before.at, sure=before.sure or guess.sure)
        if shown != before:
            self._shown = shown
            yield self._begins(shown)

    def add(self, piece: Piece) -> Iterator[TurnEvent]:
        """A further piece, final; the turns that this ends."""
        if piece.beside:
            self._waiting.append(piece)
        elif self._open is not None and _joins(self._open, piece):
            self._open = replace(self._open, end=piece.end)
        else:
            yield from self._end()
            yield from self._resolve(piece)
            self._open = piece

    def rename(self, found: Found) -> None:
        """What was unknown and is not told yet is a voice with a number now."""
        self._open = None if self._open is None else numbered(self._open, found)
        self._waiting = [numbered(piece, found) for piece in self._waiting]

    def relabel(self, names: Mapping[Label, Label]) -> Iterator[TurnEvent]:
        """A person gave voices other names; who speaks now is told again."""
        self._open = None if self._open is None else renamed(self._open, names)
        self._waiting = [renamed(piece, names) for piece in self._waiting]
        self._floor = None if self._floor is None else names.get(self._floor, self._floor)
        if self._shown is not None and self._shown.label is not None and self._shown.label in names:
            self._shown = replace(self._shown, label=names[self._shown.label])
            yield self._begins(self._shown)

    def pause(self, now: int) -> Iterator[TurnEvent]:
        """Nobody speaks at this position; after a while the last short piece is a turn no more."""
        if self._waiting and now - max(piece.end for piece in self._waiting) >= SAME_TURN:
            yield from self._resolve(None)

    def close(self) -> Iterator[TurnEvent]:
        """The voice fell silent."""
        self._shown = None
        yield from self._end()

    def finish(self) -> Iterator[TurnEvent]:
        """Nothing more comes."""
        yield from self.close()
        yield from self._resolve(None)

    def _end(self) -> Iterator[TurnEvent]:
        """The running piece is over: a turn, or something short that the next piece explains."""
        if self._open is None:
            return
        piece, self._open = self._open, None
        taken = piece.start - self._floor_end < SAME_TURN and self._floor not in (None, piece.label)
        if taken and not piece.several and piece.end - piece.start < BACKCHANNEL:
            self._waiting.append(piece)
            return
        yield from self._tell(piece)

    def _resolve(self, coming: Piece | None) -> Iterator[TurnEvent]:
        """Those that waited: the beginning of the turn that comes, a backchannel, or a turn that was not to be."""
        waiting, self._waiting = self._waiting, []
        for piece in waiting:
            takes_floor = coming is not None and coming.label == piece.label and coming.start - piece.end < SAME_TURN
            if takes_floor or piece.end - piece.start >= BACKCHANNEL:
                yield from self._tell(piece, floor=takes_floor)
            else:
                yield self._ended(piece, backchannel=True)

    def _tell(self, piece: Piece, *, floor: bool = True) -> Iterator[TurnEvent]:
        continues = piece.label == self._floor and piece.start - self._floor_end < SAME_TURN
        yield self._ended(piece, continues=continues)
        if floor:
            self._floor, self._floor_end = piece.label, piece.end
        if self._shown is not None and not piece.beside:
            self._shown = replace(self._shown, at=max(self._shown.at, piece.end))
            yield self._begins(self._shown)

    def _begins(self, shown: _Shown) -> TurnBegan:
        label = shown.label
        return TurnBegan(
            seat=_seat(label) if self._measured(label) else None,
            at=round(shown.at / RATE, 3),
            several=shown.several,
            voice=label if isinstance(label, int) else None,
            settled=shown.sure,
            measured=self._measured(label),
        )

    def _ended(self, piece: Piece, *, continues: bool = False, backchannel: bool = False) -> TurnEnded:
        return TurnEnded(
            seat=_seat(piece.label) if self._measured(piece.label) else None,
            start=round(piece.start / RATE, 3),
            end=round(piece.end / RATE, 3),
            several=piece.several,
            voice=piece.label if isinstance(piece.label, int) else None,
            continues=continues,
            backchannel=backchannel,
            measured=self._measured(piece.label),
        )


def _joins(before: Piece, piece: Piece) -> bool:
    return before.end == piece.start and before.label == piece.label and before.several == piece.several


def _seat(label: Label | None) -> str | None:
    return label if isinstance(label, str) else None
