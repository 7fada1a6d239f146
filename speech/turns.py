"""Pieces of speech become turns. Nothing here hears sound or judges who holds the floor too long."""

from __future__ import annotations

from collections.abc import Iterator

from speech.events import TurnBegan, TurnEnded
from speech.frames import RATE
from speech.speakers import Guess, Settled


class Turns:
    """One stretch of voice at a time: neighbouring pieces of one seat are one turn."""

    def __init__(self) -> None:
        self._turn: Settled | None = None
        self._shown: tuple[str | None] | None = None

    def add(self, told: Settled | Guess) -> Iterator[TurnBegan | TurnEnded]:
        """The turns that this begins or ends."""
        if isinstance(told, Guess):
            if self._shown != (told.seat,):
                self._shown = (told.seat,)
                yield TurnBegan(seat=told.seat, at=round(told.at / RATE, 3))
        elif self._turn is not None and (self._turn.seat, self._turn.end) == (told.seat, told.start):
            self._turn = Settled(seat=told.seat, start=self._turn.start, end=told.end)
        else:
            yield from self._end()
            self._turn = told

    def close(self) -> Iterator[TurnBegan | TurnEnded]:
        """The voice fell silent."""
        yield from self._end()
        self._shown = None

    def _end(self) -> Iterator[TurnEnded]:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            yield TurnEnded(seat=turn.seat, start=round(turn.start / RATE, 3), end=round(turn.end / RATE, 3))
