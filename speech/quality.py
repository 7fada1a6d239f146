"""What stands in the way of hearing well is noticed here and said once. Nothing here hears words or decides who speaks.

Each trouble is judged every second and believed only after it held for many: a cough, a laugh, a chair or a minute of
thinking is no trouble. It is taken back only after it was well for some seconds, so that a screen does not flicker.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from speech.events import SoundJudged
from speech.frames import FRAME, RATE, Frame
from speech.hum import Hum
from speech.measures import BLOCK, NOTHING, Second, decibel, measure, widened

ORDER = ("dead", "clipped", "music", "noise", "hum", "too_quiet")
"""What a person should mend first, first. One is said at a time."""

DEAD = -95.0
"""dB; a second below is digital silence. A quiet room through a bad microphone is at -85."""
GATED = 60.0
"""Seconds of digital silence, instead of 8, where it came and went before: some microphones give it in every pause."""
CLIPPED = 0.003
"""Share of a second's samples at the limit. Attribution stands ten times as much, words do not."""
LOUD_NOISE = -50.0
"""dB between 156 and 5000 Hz; quieter noise is not worth a word."""
NOISE_ALONE = -38.0
"""The same before anybody spoke, when there is nothing to compare it with."""
BURIED, CLEAR = 8.0, 11.0
"""dB by which speech must rise above the noise; from 10 on downwards the ends of turns get lost in it."""
QUIET, QUIET_NO_MORE = -48.0, -46.0
"""dB of speech. The farthest of eight seats at a well placed microphone is at -46."""
HEARD = -55.0
"""dB below which music does not matter."""
STEADY = 1.05
"""`moves` of a second in which nobody can have spoken."""
_MOSTLY = 3.0
"""dB below the noise from which on a hum is most of it."""
_SPOKEN = 0.3
"""Share of frames that make a second one of speech."""
_NOTES, _NOTES_UNDER_SPEECH, _NEW_NOTES = 3.0, 7.0, 2.0
_SPEECH_SECONDS = 16
"""So many seconds of speech say how loud people speak."""
_FLOOR_SECONDS = 8
"""In so many, nobody speaks all the time: the quietest tenth is the room."""


class Belief:
    """Believes what was true `on` times among the last `window` seconds that say anything, until `off` are left."""

    def __init__(self, *, window: int, on: int, off: int) -> None:
        self._told: deque[bool] = deque(maxlen=window)
        self._on, self._off = on, off
        self.held = False

    def learn(self, true: bool | None) -> None:
        """None is a second that says nothing about it."""
        if true is None:
            return
        self._told.append(true)
        count = sum(self._told)
        self.held = count > self._off if self.held else count >= self._on


class SoundQuality:
    """Follows one stream of sound."""

    def __init__(self) -> None:
        self._sound = np.zeros(BLOCK * FRAME, np.float32)
        self._spoken = np.zeros(BLOCK, np.bool_)
        self._limited = np.zeros(BLOCK)
        self._filled = 0
        self._beliefs = {
            "clipped": Belief(window=12, on=4, off=0),
            "music": Belief(window=12, on=8, off=3),
            "noise": Belief(window=10, on=8, off=3),
            "hum": Belief(window=8, on=6, off=2),
            "too_quiet": Belief(window=3, on=3, off=0),
        }
        self._silence = _DigitalSilence()
        self._hum = Hum()
        self._notes = _Notes()
        self._speech: deque[tuple[float, float, int]] = deque(maxlen=_SPEECH_SECONDS)
        self._floors: deque[NDArray[np.float64]] = deque(maxlen=_FLOOR_SECONDS)
        self.trouble = ""
        """The one that was said last; empty when all is well."""
        self.voiceless = False
        """The past second held no voice, whatever voice activity thinks: steady noise, a tone, nothing."""
        self.stuck = False
        """The device repeats itself or gives nothing, as of the past second: what comes is no speech until it ends."""

    def hear(self, frame: Frame, *, spoken: bool) -> SoundJudged | None:
        """Takes the next frame and whether voice activity calls it speech; an event when the trouble changed."""
        at = self._filled
        self._sound[at * FRAME : (at + 1) * FRAME] = frame.samples
        self._spoken[at], self._limited[at] = spoken, frame.limited
        self._filled = (at + 1) % BLOCK
        if self._filled:
            return None
        self._judge(measure(self._sound))
        held = {"dead": self._silence.held, **{name: belief.held for name, belief in self._beliefs.items()}}
        trouble = next((name for name in ORDER if held[name]), "")
        if trouble == self.trouble:
            return None
        self.trouble = trouble
        return SoundJudged(at=round((frame.position + FRAME) / RATE, 3), trouble=trouble)

    def _judge(self, second: Second) -> None:
        self.stuck = dead = second.level < DEAD or second.stuck
        self._silence.learn(dead)
        self.voiceless = dead or second.repeats or second.moves < STEADY
        if dead:
            for name in ("music", "noise", "hum"):
                self._beliefs[name].learn(False)
            return
        self._floors.append(second.frames)
        floor = decibel(float(np.percentile(np.concatenate(self._floors), 10)))
        spoken = float(self._spoken.mean()) >= _SPOKEN and not self.voiceless
        if spoken:
            self._learn_speech(second)
        self._learn_clipping(spoken)
        self._beliefs["music"].learn(self._notes.music(second, spoken))
        self._beliefs["hum"].learn(self._hum.heard(second, loudness=self._loudness(0)))
        self._beliefs["noise"].learn(self._is_noisy(second, floor))
        if len(self._speech) >= _SPEECH_SECONDS // 2 and spoken:
            level = self._loudness(0)
            self._beliefs["too_quiet"].learn(True if level < QUIET else False if level > QUIET_NO_MORE else None)

    def _learn_speech(self, second: Second) -> None:
        power = (self._sound.reshape(BLOCK, FRAME)[self._spoken] ** 2).sum() / FRAME
        band = second.frames[self._spoken].sum()
        self._speech.append((float(power), float(band), int(np.count_nonzero(self._spoken))))

    def _loudness(self, which: int) -> float:
        """Of the speech so far: 0 of all of it, 1 between LOW and HIGH."""
        frames = sum(entry[2] for entry in self._speech)
        return decibel(sum(entry[which] for entry in self._speech) / frames) if frames else NOTHING

    def _learn_clipping(self, spoken: bool) -> None:
        limited = float(self._limited.mean())
        self._beliefs["clipped"].learn(limited > CLIPPED if spoken or limited > CLIPPED else None)

    def _is_noisy(self, second: Second, floor: float) -> bool | None:
        if self._hum.level > floor - _MOSTLY or (second.notes >= _NOTES and second.moves > STEADY):
            return False
        if len(self._speech) < _SPEECH_SECONDS // 4:
            return floor > NOISE_ALONE
        if floor < LOUD_NOISE:
            return False
        above = self._loudness(1) - floor
        return True if above < BURIED else False if above > CLEAR else None


class _DigitalSilence:
    """A microphone that is dead, or switched off with its own button."""

    def __init__(self) -> None:
        self._seconds = self._alive = 0
        self._gated = False
        self.held = False

    def learn(self, dead: bool) -> None:
        """One more second."""
        if dead:
            self._alive = 0
            self._seconds += 1
            self.held = self.held or self._seconds >= (GATED if self._gated else 8)
            return
        self._alive += 1
        self._gated = self._gated or self._seconds > 0
        self._seconds = 0
        self.held = self.held and self._alive < 3


class _Notes:
    """Music is notes that are held, and new ones every few seconds. A bell is not, nor a tone."""

    def __init__(self) -> None:
        self._before: NDArray[np.bool_] | None = None
        self._new: deque[bool] = deque(maxlen=4)

    def music(self, second: Second, spoken: bool) -> bool | None:
        """None where somebody speaks over what may be music."""
        new = 0.0 if self._before is None else float(np.count_nonzero(second.held & ~self._before)) / 3
        self._before = widened(second.held)
        self._new.append(new >= _NEW_NOTES)
        if second.level < HEARD:
            return False
        if spoken and _NOTES / 2 < second.notes < _NOTES_UNDER_SPEECH:
            return None
        return second.notes >= _NOTES and any(self._new)
