"""Everything that a program and its children write, seen from the system's side; and canaries looked for in it.

strace tells every write of every process with all its bytes, so that also what was written and deleted again is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 16000
TONE_HERTZ = 1234.0
WINDOW = 512
"""Samples: one frame of the ears."""
_CALLS = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,openat,open,creat,memfd_create,msync"
_WRITE = re.compile(r"\b(?:p?writev?2?|pwrite64|sendto|sendms?g|sendmmsg)\((\d+)<([^>]*)>")
_OPENED = re.compile(r'\b(?:openat|open|creat)\((?:[^,"]+, )?"((?:\\x[0-9a-f]{2})*)", ([A-Z_|0-9]+)')
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})+)"')


def strace(to: Path) -> tuple[str, ...]:
    """The words that stand before the command; the command keeps its process id, so that signals reach it."""
    options = ("-D", "-f", "-qq", "-y", "-xx", "-s", "10000000", "--seccomp-bpf", "--signal=none")
    return ("strace", *options, "-e", f"trace={_CALLS}", "-o", str(to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One piece of what was written, and where to: a path, a pipe or a socket."""

    where: str
    content: bytes


def written(trace: Path) -> Iterator[Written]:
    """Every write in the trace."""
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if found := _WRITE.search(line):
                content = b"".join(_unhexed(part) for part in _BYTES.findall(line[found.end() :]))
                yield Written(where=_unhexed(found.group(2)).decode(errors="replace"), content=content)


def opened_for_writing(trace: Path) -> set[Path]:
    """Every path that was opened to write in it."""
    paths = set()
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _OPENED.search(line)
            if found and ("O_WRONLY" in found.group(2) or "O_RDWR" in found.group(2) or "creat(" in line):
                paths.add(Path(_unhexed(found.group(1)).decode(errors="replace")))
    return paths


def files(places: Iterable[Path]) -> Iterator[Written]:
    """Everything that lies in these files and folders at this moment."""
    for place in places:
        found = [place] if place.is_file() else place.rglob("*") if place.is_dir() else []
        for path in found:
            if path.is_file() and not str(path).startswith(("/dev/", "/proc/", "/sys/")):
                yield Written(where=str(path), content=path.read_bytes())


def holds_words(content: bytes, canaries: Iterable[str]) -> str | None:
    """The first of the canaries that stands there, in any of the ways in which text is written."""
    small = content.lower()
    return next((canary for canary in canaries if any(way in small for way in _ways(canary))), None)


@cache
def _ways(canary: str) -> tuple[bytes, ...]:
    spaced = {canary.lower().replace(" ", space) for space in (" ", "\\u0020", "+", "%20")}
    return tuple(text.encode(encoding) for text in spaced for encoding in ("utf-8", "utf-16-le", "utf-32-le"))


def holds_tone(content: bytes) -> bool:
    """Whether there is a stretch of the tone, as 16-bit or as floating point sound, at any alignment."""
    for kind, scale in ((np.int16, 32768.0), (np.float32, 1.0)):
        size = np.dtype(kind).itemsize
        for shift in range(size):
            whole = (len(content) - shift) // size * size
            if whole // size >= WINDOW and _rings(np.frombuffer(content[shift : shift + whole], kind), scale):
                return True
    return False


def _rings(sound: NDArray[Any], scale: float) -> bool:
    with np.errstate(all="ignore"):
        windows = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW).astype(np.float64) / scale
        fine = np.isfinite(windows).all(axis=1) & (np.abs(windows).max(axis=1) <= 1.01)
        windows = windows[fine]
        power = (windows**2).sum(axis=1)
        wave = np.exp(-2j * np.pi * TONE_HERTZ * np.arange(WINDOW) / RATE)
        at_tone = np.abs(windows @ wave) ** 2 * 2 / WINDOW
        return bool(((power > 1e-3) & (at_tone > 0.5 * power)).any())


def _unhexed(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
