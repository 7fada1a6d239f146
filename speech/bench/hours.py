"""One recording over and over for hours, as one stream, to see whether memory grows. Nothing here scores."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import soundfile

from speech.bench.hearing import hear
from speech.bench.seating import mode_for, seating
from speech.bench.truth import Truth
from speech.ears import Ears
from speech.events import Heard

EVERY = 600.0
"""Seconds of sound between two looks at the memory; at the first, all that is needed has been allocated."""
MOST = 10.0
"""Megabytes that may come after that, whatever the number of hours."""


def grow(truth: Truth, hours: float, *, every: float = EVERY) -> int:
    """Prints a line every so many seconds of sound; the answer is an exit code, 1 when memory grew."""
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / f"{truth.name}.flac"
        _repeat(truth.sound, long, hours * 3600)
        ears = Ears.load(language=None)
        seen: list[tuple[float, float]] = []
        for second in _seconds(ears, replace(truth, sound=long), truth):
            if second % every == 0:
                seen.append((second, process.memory_info().rss / 1e6))
                print(f"{second / 3600:6.2f} h  {seen[-1][1]:7.1f} MB", flush=True)
    if len(seen) < 2:
        print(f"Too short to tell: memory is compared from {every / 60:.0f} minutes on.")
        return 0
    growth = max(megabytes for _, megabytes in seen) - seen[0][1]
    print(f"memory after {seen[0][0] / 60:.0f} minutes grew by at most {growth:.1f} MB (allowed {MOST:.0f})")
    return int(growth > MOST)


def _seconds(ears: Ears, long: Truth, truth: Truth) -> Iterator[float]:
    people = seating(truth, mode_for(truth, "truth"))
    for told in hear(ears, long, people):
        if isinstance(told.event, Heard):
            yield told.event.at
    ears.forget()


def _repeat(sound: Path, long: Path, seconds: float) -> None:
    """Writes the recording behind itself until it lasts that long."""
    with soundfile.SoundFile(sound) as once:
        left = int(seconds * once.samplerate)
        print(f"{sound.name}, {once.frames / once.samplerate:.0f} s, over and over", file=sys.stderr)
        with soundfile.SoundFile(long, "w", once.samplerate, once.channels, subtype="PCM_16") as out:
            while left > 0:
                once.seek(0)
                for block in once.blocks(min(left, 1 << 16)):
                    out.write(block[:left])
                    left -= len(block[:left])
                    if left <= 0:
                        break
