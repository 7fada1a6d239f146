"""Turns are cut into utterances here, the portions words are recognised in. Nothing here knows a word.

An utterance ends where another seat speaks, at a pause, or when it gets too long. Who speaks is settled two seconds
after it was said; a good guess that it is another now ends an utterance before that. Where a guess was wrong, or a
breath was a pause, the next utterance goes on with this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from speech.frames import FRAME, RATE, Frame, Samples
from speech.quiet import quietest
from speech.ring import Ring
from speech.speakers import Guess, Settled
from speech.together import renamed
from speech.voice import Voice
from speech.voices import Label

PAUSE = int(0.6 * RATE)
"""Samples of silence that end an utterance."""
LONG = int(8 * RATE)
"""Samples; what is longer is ended by any silence that ends a stretch of voice (`voice.GAP`)."""
LONGEST = int(15 * RATE)
"""Samples; cut at the quietest moment of the last third."""
LEAST = int(0.3 * RATE)
"""Samples; less than this holds no word."""
BREATH = int(1.5 * RATE)
"""Samples; after a shorter silence the same seat goes on with what it said, if nobody spoke meanwhile."""
JOINED = int(10 * RATE)
"""Samples; longer than this nothing is put together."""
_MARGIN = int(0.1 * RATE)
"""Samples given to the recogniser on either side of a silence, so that first and last sounds are whole."""
_RING = 20.0
"""Seconds of sound kept in memory."""
_HALF = int(0.4 * RATE)
"""Samples around a change of voice, as it is told, in which the moment between the two is looked for."""
_SAME_CHANGE = int(0.6 * RATE)
"""Samples between a guessed and a settled change that are one."""


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
    continues: int | None = None
    """Where the utterance ended that this one goes on with, after a breath."""
    over: bool = True
    """False: it may still go on; told so that its words can be recognised ahead of time."""


class Utterances:
    """Follows the settled pieces of one stream; keeps 20 s of sound."""

    def __init__(
        self,
        measured: Callable[[Label | None], bool] = lambda label: True,
        crowded: Callable[[int, int], bool] = lambda start, end: False,
    ) -> None:
        """Nothing is noted of whoever is not `measured`, nor of a stretch in which several speak most of the time."""
        self._measured, self._crowded = measured, crowded
        self._ring = Ring(_RING)
        self._now = self._voiced = self._spoken = 0
        self._open: Settled | None = None
        self._whole = False
        """The voice fell silent where the open piece ends: nothing of it is still to be settled."""
        self._ahead = False
        """The open piece was told as it is."""
        self._reached = 0
        """Up to here all was said of the sound."""
        self._guessed: Label | None = None
        self._changed = 0
        """Where, by the newest guess, another voice began in the middle of a stretch of voice; 0 where none did."""
        self._before: Settled | None = None
        """The utterance before, from the beginning of what it continued."""

    def hear(self, frame: Frame, voice: Voice) -> None:
        """Keeps the sound of a frame for a while."""
        self._ring.append(frame)
        self._now, self._spoken = frame.position + FRAME, voice.last
        self._voiced = self._voiced if voice.start is None else voice.start

    def add(self, piece: Settled) -> Iterator[Utterance]:
        """A further settled piece; what it ends."""
        if piece.end <= self._reached:
            return
        piece = replace(piece, start=max(piece.start, self._reached))
        if self._open is not None:
            if self._open.label == piece.label and piece.start - self._open.end < PAUSE:
                piece = replace(piece, start=self._open.start)
            elif self._open.end == piece.start:
                edge = max(self._open.start, self._edge(piece.start))
                yield from self._up_to(edge)
                piece = replace(piece, start=edge, end=max(edge, piece.end))
            else:
                yield from self.close()
        self._open, self._whole, self._ahead = piece, False, False
        yield from self._shortened(piece.end)

    def guess(self, guess: Guess) -> Iterator[Utterance]:
        """Who probably speaks now; what that ends."""
        before, self._guessed = self._guessed, guess.label
        if before != guess.label:
            within = guess.at > max(self._voiced, self._reached)
            self._changed = self._between(guess.at) if within else 0
        if self._open is None or (guess.label is None and not guess.sure):
            return
        if guess.label == self._open.label:
            self._whole = False
        elif self._whole:
            yield from self.close()
        elif guess.sure and self._changed - self._open.start >= LEAST:
            yield from self._up_to(self._changed)

    def pause(self, voice: Voice) -> Iterator[Utterance]:
        """Ends the open utterance when it has been quiet long enough, and tells it before that."""
        if self._open is None:
            return
        silent_until = self._now if voice.start is None else voice.start
        self._whole = self._whole or voice.start is None
        long = self._whole and self._open.end - self._open.start >= LONG
        if long or silent_until - self._open.end >= PAUSE:
            yield from self.close()
        elif self._whole and not self._ahead:
            self._ahead = True
            yield from self._told(self._open, margin=_MARGIN, over=False)

    def close(self) -> Iterator[Utterance]:
        """Ends the open utterance now, where it fell silent."""
        if self._open is not None:
            yield from self._end(self._open.end, margin=_MARGIN)

    def relabel(self, names: Mapping[Label, Label]) -> None:
        """A person gave voices other names."""
        self._open = None if self._open is None else renamed(self._open, names)
        self._before = None if self._before is None else renamed(self._before, names)
        self._guessed = None if self._guessed is None else names.get(self._guessed, self._guessed)

    def wipe(self) -> None:
        """Overwrites the sound in memory."""
        self._ring.wipe()
        self._open = self._before = None

    def _edge(self, at: int) -> int:
        """Where the words of one end and those of the other begin; the same as was guessed, if it was."""
        return self._changed if abs(at - self._changed) <= _SAME_CHANGE else self._between(at)

    def _between(self, at: int) -> int:
        """The quiet moment near a change of voice: that is told to a tenth of a second only."""
        first, last = max(self._voiced, self._reached, at - _HALF), min(at + _HALF, self._spoken - _MARGIN)
        return self._quietest(first, last, at, slope=25.0)

    def _quietest(self, first: int, last: int, near: int, slope: float) -> int:
        return near if first >= last else first + quietest(self._ring.take(first, last), near - first, slope)

    def _up_to(self, end: int) -> Iterator[Utterance]:
        """The open piece ends here, where another goes on."""
        yield from self._shortened(end)
        yield from self._end(end)

    def _shortened(self, end: int) -> Iterator[Utterance]:
        """The beginnings of what is open, as many as would make it too long up to `end`."""
        while self._open is not None and end - self._open.start > LONGEST:
            whole, begin = self._open, self._open.start
            last = min(begin + LONGEST, end - LEAST)
            cut = self._quietest(begin + LONGEST * 2 // 3, last, last, slope=0.0)
            yield from self._end(cut)
            self._open = replace(whole, start=cut, end=max(cut, whole.end))

    def _end(self, end: int, *, margin: int = 0) -> Iterator[Utterance]:
        """The open piece is over; `margin`: samples of silence after it that belong to nobody else."""
        assert self._open is not None
        piece, self._open, self._whole = replace(self._open, end=end), None, False
        told = list(self._told(piece, margin=margin, over=True))
        self._reached = max(self._reached, end)
        same = self._before is not None and self._before.label == piece.label
        if told:
            start = self._before.start if self._before is not None and told[0].continues is not None else piece.start
            self._before = replace(piece, start=start)
        elif not same:
            self._before = None
        yield from told

    def _told(self, piece: Settled, *, margin: int, over: bool) -> Iterator[Utterance]:
        if piece.end - piece.start < LEAST or not self._measured(piece.label) or self._crowded(piece.start, piece.end):
            return
        before = self._before
        goes_on = (
            before is not None
            and piece.label is not None
            and before.label == piece.label
            and piece.start - before.end < BREATH
            and piece.end - before.start <= JOINED
        )
        yield Utterance(
            seat=piece.label if isinstance(piece.label, str) else None,
            start=piece.start,
            end=piece.end,
            samples=self._ring.take(max(piece.start - _MARGIN, self._reached), piece.end + margin),
            heard=self._now / RATE,
            continues=before.end if before is not None and goes_on else None,
            over=over,
        )
