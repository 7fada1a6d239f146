"""Where sound comes from when it is not a microphone: recordings and silence. Nothing here judges what is heard."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from speech.events import FramesLost
from speech.frames import FRAME, RATE, Frame, Samples
from speech.mono import Mono

_READABLE = "Kring reads WAV, FLAC, Ogg Opus or Vorbis, and MP3"
_LONGEST_ENROLMENT = 60.0
"""Seconds; a longer stretch is cut off, a voice needs far less."""
_RATES = range(4_000, 400_000)
"""Hertz that a recording of speech can have."""


class SoundUnreadable(Exception):
    """A recording cannot be read; the message tells a person what to do and names no folder."""


class Source(Protocol):
    """Anything frames come out of."""

    kind: str
    """"microphone" or "recording"."""
    name: str

    def __iter__(self) -> Iterator[Frame | FramesLost]:
        """Frames in order; ends when the sound ends or after `stop`."""

    def stop(self) -> None:
        """No more frames after the present one; may be called from any thread."""


class Recording:
    """An audio file as frames, `speed` times real time or as fast as the machine allows."""

    kind = "recording"

    def __init__(
        self,
        path: str | Path,
        *,
        speed: float | None = None,
        begin: float = 0.0,
        end: float | None = None,
        block: float = 0.5,
    ) -> None:
        self._path = Path(path)
        self.name = self._path.name
        self._speed = speed
        self._begin = int(max(0.0, begin) * RATE) // FRAME * FRAME
        self._end = end
        self._block = block
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ends the iteration, also when it waits for its time."""
        self._stopped.set()

    def __iter__(self) -> Iterator[Frame]:
        """Raises SoundUnreadable, at once or where the damage is."""
        self._stopped.clear()
        with _opened(self._path) as file:
            began = time.monotonic()
            for frame in self._frames(file):
                if self._speed:
                    due = began + (frame.end - self._begin / RATE) / self._speed
                    self._stopped.wait(max(0.0, due - time.monotonic()))
                if self._stopped.is_set():
                    return
                yield frame

    def _frames(self, file: soundfile.SoundFile) -> Iterator[Frame]:
        rate = file.samplerate
        mono = Mono(rate=rate, channels=file.channels, position=self._begin)
        first = round(self._begin * rate / RATE)
        last = file.frames if self._end is None else min(file.frames, round(self._end * rate))
        if first >= last:
            return
        try:
            file.seek(first)
            while first < last:
                block = file.read(min(last - first, max(1, int(self._block * rate))), dtype="float32", always_2d=True)
                if not len(block):
                    break
                first += len(block)
                yield from mono.feed(block)
        except soundfile.SoundFileError:
            raise _broken(self.name, first / rate) from None
        if last - first > rate and file.format != "MP3":  # the length of an MP3 is an estimate
            raise _broken(self.name, first / rate)
        yield from mono.finish()


class Silence:
    """So many seconds of digital silence, for tests and for a table without sound."""

    kind = "recording"
    name = "silence"

    def __init__(self, seconds: float) -> None:
        self._frames = int(seconds * RATE) // FRAME
        self._stopped = False

    def stop(self) -> None:
        """Ends the iteration."""
        self._stopped = True

    def __iter__(self) -> Iterator[Frame]:
        """Frames of zeros."""
        for number in range(self._frames):
            if self._stopped:
                return
            yield Frame(samples=np.zeros(FRAME, np.float32), position=number * FRAME)


def read_stretch(path: str | Path, start: float, end: float) -> Samples:
    """Seconds `start` to `end` of a file, 16 kHz mono. Raises SoundUnreadable."""
    stretch = Recording(path, begin=start, end=min(end, start + _LONGEST_ENROLMENT))
    frames = [frame.samples for frame in stretch]
    return np.concatenate(frames) if frames else np.zeros(0, np.float32)


def _opened(path: Path) -> soundfile.SoundFile:
    if not path.is_file():
        raise SoundUnreadable(f"There is no file {path.name}. Check the name and the folder.")
    try:
        if not path.stat().st_size:
            raise SoundUnreadable(f"{path.name} is an empty file. Make the recording or the copy again.")
        file = soundfile.SoundFile(path)
    except PermissionError:
        raise SoundUnreadable(f"{path.name} may not be read by you. Change its permissions.") from None
    except (soundfile.SoundFileError, TypeError, ValueError, OSError):
        raise SoundUnreadable(f"{path.name} is not a sound file, or is damaged. {_READABLE}.") from None
    if file.frames <= 0:
        file.close()
        raise SoundUnreadable(f"{path.name} holds 0 seconds of sound. Make the recording or the copy again.")
    if file.samplerate not in _RATES:
        file.close()
        raise SoundUnreadable(f"{path.name} has {file.samplerate} samples a second. Save it with 16000 or 48000.")
    return file


def _broken(name: str, seconds: float) -> SoundUnreadable:
    return SoundUnreadable(f"{name} is damaged after {seconds:.0f} seconds. Copy it again from where it was recorded.")
