"""From voice to turns: whose it is, who speaks as well, and what a person says of it. Nothing here opens a device,
recognises a word or outlives one stream of sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from speech.direction import Direction
from speech.effort import Pace
from speech.events import EnrolmentRefused, SeatEnrolled, SpeechEvent, TurnBegan, TurnEnded, VoiceNamed
from speech.frames import FRAME, RATE, Frame
from speech.lessons import Span
from speech.places import Places
from speech.recent import Window, seconds_of, several
from speech.ring import Ring
from speech.segmentation import Overlap, Segmentation
from speech.speakers import Found, Guess, Settled, Speakers, Told
from speech.together import Together
from speech.turns import Turns
from speech.voice import Voice
from speech.voices import Label, Voices

REMEMBERED = 8.0
"""Seconds of sound kept: an overlap is looked at again when it is over."""
TAUGHT = 0.8
"""Seconds of speech from which a tap teaches a voice."""
CROWDED = 0.3
"""Part of a stretch from which nothing is learned from it."""
BESIDE = 0.2
"""Likeness with what is left of a mixture from which the second voice is believed."""
_LEAST = int(0.8 * RATE)
"""Samples of a mixture that are compared."""
_LOOKED = int(1.3 * RATE)
"""Samples; overlap of what is older was looked for, as every second that somebody speaks."""
_NAMED = 0.6
"""Cosine with an unnamed voice from which a tap names it."""


class Attribution:
    """Follows one stream; `spoken` is told every settled piece of the louder voice, and every guess before that."""

    def __init__(
        self,
        voices: Voices,
        segmentation: Segmentation | None,
        spoken: Callable[[Settled | Guess], None] = lambda told: None,
        pace: Pace | None = None,
    ) -> None:
        self._voices, self._spoken, self._pace = voices, spoken, pace or Pace()
        voices.begin_anew()
        self._ring = Ring(REMEMBERED)
        self._overlap = Overlap(segmentation, self._ring, self._pace)
        self._direction, self._places = Direction(), Places()
        self._speakers = Speakers(voices, self._ring, self.crowded, self._direction, self._places, self._pace)
        self._together = Together(self._overlap.spans, self._other)
        self._turns = Turns(voices.measured)
        self._now = 0
        self._voiced: tuple[int, int] | None = None
        """The stretch of voice that runs."""

    def hear(self, frame: Frame, voice: Voice) -> Iterator[TurnBegan | TurnEnded]:
        """What became clear with this frame."""
        self._now = frame.position + FRAME
        self._voiced = None if voice.start is None else (voice.start, voice.last)
        self._ring.append(frame)
        self._direction.hear(frame)
        self._overlap.hear(frame, voice)
        yield from self._take(self._speakers.process(frame, voice))
        if voice.ended is not None:
            yield from self._close()
        if voice.start is None:
            yield from self._turns.pause(self._now)

    def claim(self, seat: str | None) -> Iterator[TurnBegan | TurnEnded]:
        """From now on all speech is this seat's, because it enrols or is checked; None ends that."""
        yield from self._take(self._speakers.claim(seat, self._now))

    def finish(self, ended: tuple[int, int] | None) -> Iterator[TurnBegan | TurnEnded]:
        """The sound is over; `ended` is the stretch of voice that this cut short."""
        if ended is not None:
            yield from self._take(self._speakers.close(ended[1]))
        yield from self._close()
        yield from self._turns.finish()

    def wipe(self) -> None:
        """Overwrites sound and vectors in memory."""
        self._ring.wipe()
        self._speakers.wipe()

    def teach(self, seat: str | None, start: float, end: float) -> Iterator[SpeechEvent]:
        """A person said: what was heard from `start` to `end` seconds is this seat's voice; None takes that back."""
        span = self._position(start), self._position(end)
        if seat is None:
            self._voices.unteach(span)
            return
        windows = self._pointed_at(*span)
        alone = [window for window in windows if not self.crowded(window.start, window.end)]
        seconds = round(seconds_of(alone), 2)
        mixed = bool(windows) and not alone
        if mixed or seconds < TAUGHT or several(alone):
            reason = "too_little_speech" if seconds < TAUGHT and not mixed else "several_voices"
            yield EnrolmentRefused(seat=seat, reason=reason, seconds=seconds)
            return
        vectors = [window.vector for window in alone]
        mean = np.mean(vectors, axis=0)
        mean /= np.linalg.norm(mean)
        closest = self._voices.closest(mean)
        alike = self._voices.teach(seat, vectors, seconds, span)
        if closest is not None and isinstance(closest[0], int) and closest[1] >= _NAMED:
            yield from self.name(closest[0], seat, span)
        self._places.learn(seat, self._direction.fingerprint(alone[0].start, alone[-1].end))
        yield SeatEnrolled(seat=seat, seconds=seconds, alike=alike, by="tap")

    def name(self, voice: int, seat: str, span: Span | None = None) -> Iterator[SpeechEvent]:
        """The voice told by this number is this seat's; `span`: because of what a person said of this stretch."""
        if self._voices.name(voice, seat, span):
            self._places.exchange(voice, seat)
            self._places.forget(voice)
            yield VoiceNamed(voice=voice, seat=seat)
            yield from self._relabel({voice: seat})

    def recognise(self, seat: str) -> Iterator[SpeechEvent]:
        """The seat enrolled: what was heard of its voice before, under a number, is its too."""
        voice = self._voices.number_like(seat, _NAMED)
        if voice is not None:
            yield from self.name(voice, seat)

    def exchange(self, seat: str, other: str) -> Iterator[SpeechEvent]:
        """Each voice is the other seat's from now on, also in the turn that runs."""
        self._voices.exchange(seat, other)
        self._places.exchange(seat, other)
        yield from self._relabel({seat: other, other: seat})

    def place(self, seat: str, since: int) -> None:
        """The seat enrolled from here to now: its direction is known as well."""
        self._places.learn(seat, self._direction.fingerprint(since, self._now))

    def forget(self, seat: str | None) -> None:
        """Wipes the voice of a seat, or of everybody."""
        self._voices.forget(seat)
        self._places.forget(seat)
        if seat is None:
            self._speakers.wipe()

    def _relabel(self, names: Mapping[Label, Label]) -> Iterator[SpeechEvent]:
        self._speakers.relabel(names)
        self._together.relabel(names)
        yield from self._turns.relabel(names)

    def _position(self, seconds: float) -> int:
        """Whatever was asked for, a position that this stream reached; what is no number is its beginning."""
        return int(min(max(0.0, seconds), self._now / RATE) * RATE)

    def _pointed_at(self, start: int, end: int) -> list[Window]:
        """The windows of a stretch; a turn too young to have one is looked at now."""
        windows = self._speakers.recent.between(start, end)
        if not windows and self._voiced is not None:
            until = min(end, self._voiced[1])
            sound = self._ring.take(max(start, self._voiced[0]), until)
            if len(sound) >= _LEAST:
                windows = [Window(start=until - len(sound), end=until, vector=self._voices.embed(sound))]
                self._speakers.recent.add(windows[0])
        return windows

    def _take(self, told: list[Told]) -> Iterator[TurnBegan | TurnEnded]:
        for news in told:
            if isinstance(news, Guess):
                self._spoken(news)
                yield from self._turns.guess(news, several=self._overlap.lately)
            elif isinstance(news, Found):
                self._together.rename(news)
                self._turns.rename(news)
            else:
                self._spoken(news)
                for piece in self._together.add(news):
                    yield from self._turns.add(piece)

    def _close(self) -> Iterator[TurnBegan | TurnEnded]:
        for piece in self._together.close():
            yield from self._turns.add(piece)
        yield from self._turns.close()

    def crowded(self, start: int, end: int, part: float = CROWDED) -> bool:
        """Whether several speak in more than this part of the stretch."""
        return sum(b - a for a, b in self._overlap.spans(start, end)) > part * (end - start)

    def mixture(self, start: int, end: int) -> bool:
        """Whether several speak most of the time, by what was looked at already: looking costs."""
        seen = min(end, self._now - _LOOKED)
        return seen > start and self.crowded(start, seen, 0.5)

    def _other(self, start: int, end: int, first: Label | None) -> Label | None:
        """Who speaks beside the louder voice, by what is left of the mixture without it."""
        labels = self._voices.labels
        if first not in labels or len(labels) < 2 or not self._pace.effort.others:
            return None
        centre, half = (start + end) // 2, max(end - start, _LEAST) // 2
        sound = self._ring.take(centre - half, centre + half)
        if len(sound) < _LEAST // 2:
            return None
        vector = self._voices.embed(sound)
        likeness = self._voices.beside(vector, first)
        vector[:] = 0.0
        likeness[labels.index(first)] = -1.0
        best = int(np.argmax(likeness))
        return labels[best] if likeness[best] >= BESIDE else None
