"""Where several speak at once, each voice that is known is told. Nothing here hears sound or decides what a turn is.

Pieces of the louder voice come in; a piece in which others speak as well goes out as `several`, and beside it a piece
of the other voice. Who the other is, neighbours tell (one voice ends while the next begins); else what is left of the
mixture without the louder voice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from speech.frames import RATE
from speech.speakers import Found, Settled
from speech.voices import Label

BESIDE = int(1.2 * RATE)
"""Samples around an overlap in which the voice before or after it is looked for."""
_LONGEST = 6 * RATE
"""Samples that may wait for an overlap to end."""

Other = Callable[[int, int, Label | None], Label | None]
"""Who speaks in a stretch beside the louder voice, by its sound; None: nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Speech of one voice, final. Where several speak, pieces lie over each other. Samples since the stream opened."""

    label: Label | None
    start: int
    end: int
    several: bool = False
    beside: bool = False
    """Another voice is the louder one here."""


class Together:
    """Follows one stream of pieces; holds back what may still turn out to be an overlap."""

    def __init__(self, spans: Callable[[int, int], list[tuple[int, int]]], other: Other) -> None:
        self._spans, self._other = spans, other
        self._held: list[Settled] = []
        self._past: list[Settled] = []

    def add(self, piece: Settled) -> list[Piece]:
        """One more piece; what is sure now."""
        if self._held and piece.start > self._held[-1].end:
            return [*self.close(), *self.add(piece)]
        self._held.append(piece)
        spans = self._spans(self._held[0].start, piece.end)
        reached = piece.end
        waits = next((start for start, end in spans if end > reached - BESIDE), reached)
        if reached - waits > _LONGEST:
            waits = reached
        return self._let_go(waits, spans)

    def close(self) -> list[Piece]:
        """The stretch of voice is over: nothing more comes that touches these."""
        if not self._held:
            return []
        start, end = self._held[0].start, self._held[-1].end
        return self._let_go(end, self._spans(start, end))

    def rename(self, found: Found) -> None:
        """What was unknown and is held back is a voice with a number now."""
        self._held = [numbered(piece, found) for piece in self._held]

    def relabel(self, names: Mapping[Label, Label]) -> None:
        """A person gave voices other names."""
        self._held = [renamed(piece, names) for piece in self._held]
        self._past = [renamed(piece, names) for piece in self._past]

    def _let_go(self, until: int, spans: list[tuple[int, int]]) -> list[Piece]:
        told: list[Piece] = []
        spans = [(start, min(end, until)) for start, end in spans if start < until]
        pairs = [(start, end, self._pair(start, end)) for start, end in spans]
        for piece in [piece for piece in self._held if piece.start < until]:
            told += _cut(replace(piece, end=min(piece.end, until)), pairs)
        for start, end, (first, second) in pairs:
            told += [
                Piece(label=label, start=start, end=end, several=True, beside=label != first)
                for label in (first, *(() if second is None else (second,)))
            ]
        gone = [piece for piece in self._held if piece.start < until]
        self._held = [replace(piece, start=max(piece.start, until)) for piece in self._held if piece.end > until]
        past = [*self._past, *(replace(piece, end=min(piece.end, until)) for piece in gone)]
        self._past = [piece for piece in past if piece.end > until - BESIDE]
        return sorted(told, key=lambda piece: (piece.start, piece.beside))

    def _pair(self, start: int, end: int) -> tuple[Label | None, Label | None]:
        """The louder voice of an overlap and the other one."""
        near = [p for p in (*self._past, *self._held) if p.start < end + BESIDE and p.end > start - BESIDE]
        length: dict[Label | None, int] = {}
        inside: dict[Label | None, int] = {}
        for piece in near:
            length[piece.label] = (
                length.get(piece.label, 0) + min(piece.end, end + BESIDE) - max(piece.start, start - BESIDE)
            )
            inside[piece.label] = inside.get(piece.label, 0) + max(0, min(piece.end, end) - max(piece.start, start))
        first = max(inside, key=inside.__getitem__)
        others = {label: samples for label, samples in length.items() if label != first and label is not None}
        if others:
            return first, max(others, key=others.__getitem__)
        return first, self._other(start, end, first)


P = TypeVar("P", Settled, Piece)


def renamed(piece: P, names: Mapping[Label, Label]) -> P:
    """The piece under the name that its voice has now."""
    return piece if piece.label is None else replace(piece, label=names.get(piece.label, piece.label))


def numbered(piece: P, found: Found) -> P:
    """The piece under the number of the voice that was found, if it was unknown until then."""
    return replace(piece, label=found.voice) if piece.label is None and piece.start >= found.since else piece


def _cut(piece: Settled, pairs: list[tuple[int, int, tuple[Label | None, Label | None]]]) -> list[Piece]:
    """What of a piece lies outside every overlap."""
    parts, begin = list[Piece](), piece.start
    for start, end, _ in pairs:
        if begin < min(start, piece.end):
            parts.append(Piece(label=piece.label, start=begin, end=min(start, piece.end)))
        begin = max(begin, end)
    if begin < piece.end:
        parts.append(Piece(label=piece.label, start=begin, end=piece.end))
    return parts
