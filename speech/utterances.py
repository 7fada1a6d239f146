"""Turns are cut into utterances here, the portions words are recognised in. Nothing here knows a word.

An utterance ends where another seat speaks, at a pause, or when it gets too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from speech.frames import FRAME, RATE, Frame, Samples
from speech.ring import Ring
from speech.speakers import Settled
from speech.together import renamed
from speech.voice import Voice
from speech.voices import Label

PAUSE = int(0.6 * RATE)
"""Samples of silence that end an utterance."""
LONGEST = int(15 * RATE)
"""Samples."""
LEAST = int(0.3 * RATE)
"""Samples; less than this holds no word."""
_MARGIN = int(0.1 * RATE)
"""Samples given to the recogniser on either side, so that first and last sounds are whole."""
_RING = 20.0
"""Seconds of sound kept in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What one seat said in one go, as sound."""

    seat: str | None
    start: int
    end: int
    """Samples since the stream opened, without the margin."""
    samples: Samples
    heard: float
    """Seconds since the stream opened: how much had been heard when the utterance was known to be over."""


class Utterances:
    """Follows the settled pieces of one stream; keeps 20 s of sound."""

    def __init__(self) -> None:
        self._ring = Ring(_RING)
        self._now = 0
        self._open: Settled | None = None

    def hear(self, frame: Frame) -> None:
        """Keeps the sound of a frame for a while."""
        self._ring.append(frame)
        self._now = frame.position + FRAME

    def add(self, piece: Settled) -> Iterator[Utterance]:
        """A further settled piece; what it ends."""
        if self._open is not None:
            if self._open.label == piece.label and piece.start - self._open.end < PAUSE:
                piece = Settled(label=piece.label, start=self._open.start, end=piece.end)
            else:
                yield from self.close()
        while piece.end - piece.start > LONGEST:
            cut = piece.start + LONGEST
            yield from self._cut(Settled(label=piece.label, start=piece.start, end=cut))
            piece = Settled(label=piece.label, start=cut, end=piece.end)
        self._open = piece

    def pause(self, voice: Voice) -> Iterator[Utterance]:
        """Ends the open utterance when it has been quiet long enough."""
        if self._open is None:
            return
        silent_until = self._now if voice.start is None else voice.start
        if silent_until - self._open.end >= PAUSE:
            yield from self.close()

    def close(self) -> Iterator[Utterance]:
        """Ends the open utterance now."""
        if self._open is not None:
            piece, self._open = self._open, None
            yield from self._cut(piece)

    def relabel(self, names: Mapping[Label, Label]) -> None:
        """A person gave voices other names."""
        self._open = None if self._open is None else renamed(self._open, names)

    def wipe(self) -> None:
        """Overwrites the sound in memory."""
        self._ring.wipe()
        self._open = None

    def _cut(self, piece: Settled) -> Iterator[Utterance]:
        if piece.end - piece.start >= LEAST:
            sound = self._ring.take(piece.start - _MARGIN, piece.end + _MARGIN)
            heard = self._now / RATE
            yield Utterance(
                seat=piece.label if isinstance(piece.label, str) else None,
                start=piece.start,
                end=piece.end,
                samples=sound,
                heard=heard,
            )
