"""A seat says name and a sentence, and its voice is known. Nothing here keeps sound once that is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from speech.events import EnrolmentRefused, SeatEnrolled, SpeechEvent
from speech.frames import FRAME, RATE, Frame, Samples
from speech.recent import several
from speech.sources import Recording
from speech.voice import Voice, VoiceActivity
from speech.voices import Voices

ENOUGH = 6.0
"""Seconds of speech after which there is nothing left to gain."""
LEAST = 3.0
"""Seconds of speech below which a voice is not learned."""
MIXED = 0.15
"""Part of an enrolment in which several speak, from which it is refused; one person alone stays below 0.05."""
PAUSE = 1.5
"""Seconds of silence that end an enrolment with LEAST of speech."""
PATIENCE = 15.0
"""Seconds to wait for the first word, and again from there to the end."""

BEFORE = 2.0
"""Seconds of sound before a stretch that voice activity hears first: as live, it has long been listening."""


class Enrolment:
    """Gathers the speech of one seat from now on."""

    def __init__(self, seat: str, *, insisted: bool = False) -> None:
        """`insisted`: a person says it is one voice, so it is learned however mixed it seems."""
        self.seat = seat
        self._insisted = insisted
        self.begun = 0
        """Position at which its speech began, samples."""
        self._speech: list[Samples] = []
        self._waited = 0
        self._quiet = 0

    @property
    def seconds(self) -> float:
        """Of speech gathered."""
        return len(self._speech) * FRAME / RATE

    def process(self, frame: Frame, voice: Voice) -> bool:
        """Takes a frame; true when it is time to conclude."""
        if voice.spoken and not self._speech:
            self._waited, self.begun = 0, frame.position
        self._waited += FRAME
        self._quiet = 0 if voice.spoken else self._quiet + FRAME
        if voice.spoken:
            self._speech.append(frame.samples)
        paused = self._quiet >= PAUSE * RATE and self.seconds >= LEAST
        return self.seconds >= ENOUGH or paused or self._waited >= PATIENCE * RATE

    def conclude(self, voices: Voices, *, crowded: bool = False) -> SeatEnrolled | EnrolmentRefused:
        """Learns the voice if there was enough speech of one person; the sound is let go either way.

        `crowded`: several spoke at once meanwhile.
        """
        seconds, speech = round(self.seconds, 2), self._speech
        self._speech = []
        if seconds < LEAST:
            return EnrolmentRefused(seat=self.seat, reason="too_little_speech", seconds=seconds)
        parts = voices.parts(np.concatenate(speech))
        try:
            if not self._insisted and (crowded or several(parts)):
                return EnrolmentRefused(seat=self.seat, reason="several_voices", seconds=seconds)
            return SeatEnrolled(seat=self.seat, seconds=seconds, alike=voices.learn(self.seat, parts, seconds))
        finally:
            for part in parts:
                part.vector[:] = 0.0


def enrol_from(
    path: str | Path, stretches: tuple[tuple[str, float, float], ...], voices: Voices
) -> Iterator[SpeechEvent]:
    """Learns (seat, start, end) stretches of a recording. Raises SoundUnreadable."""
    for seat, start, end in stretches:
        enrolment, activity = Enrolment(seat, insisted=True), VoiceActivity()
        for frame in Recording(path, begin=start - BEFORE, end=min(end, start + 4 * PATIENCE)):
            voice = activity.process(frame)
            if frame.position >= start * RATE:
                enrolment.process(frame, voice)
        yield enrolment.conclude(voices)
