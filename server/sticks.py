"""USB sticks as places to carry a group to and from. Nothing is ever read of a stick but files of groups."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from server.folder import write_private
from server.group.words import refused
from server.sealed import LONGEST, SUFFIX
from server.stick import sticks

MOST_FILES = 20
LOOK_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stick:
    """A stick in the device."""

    name: str
    files: tuple[str, ...] = ()
    """Files on it that may be groups."""


class Sticks:
    """Looked at every few seconds while no meeting runs."""

    def __init__(self, places: Callable[[], list[Path]] = sticks) -> None:
        """None is seen yet."""
        self._places, self._looked = places, float("-inf")
        self.seen: tuple[Stick, ...] = ()

    def look(self, monotonic: float) -> bool:
        """Whether a stick came, went, or holds something else than before."""
        if monotonic - self._looked < LOOK_SECONDS:
            return False
        before, self._looked = self.seen, monotonic
        with suppress(OSError):
            found = [(place, _groups_on(place)) for place in self._places()]
            useful = [(place, files) for place, files in found if files or os.access(place, os.W_OK)]
            self.seen = tuple(Stick(name=_shown(place), files=files) for place, files in useful)
        return before != self.seen

    def put(self, name: str, identity: str, content: bytes, may_replace: Callable[[bytes], bool]) -> str:
        """The name of the file that was written, whole or not at all. Raises Refused.

        A file that lies there already gives way only to what came of it; else this one gets a number.
        """
        place = self._place(name)
        for n in range(1, MOST_FILES + 1):
            file = f"kring-{identity[:8]}{f'-{n}' if n > 1 else ''}{SUFFIX}"
            path = place / file
            if path.is_symlink() or (path.exists() and not may_replace(_read(path))):
                continue
            try:
                write_private(path, content)
            except OSError:
                break
            return file
        raise refused("stick_full")

    def get(self, name: str, file: str) -> bytes:
        """A file that is on that stick. Raises Refused."""
        place = self._place(name)
        if file not in _groups_on(place):
            raise refused("no_stick")
        return _read(place / file)

    def _place(self, name: str) -> Path:
        place = next((place for place in self._places() if _shown(place) == name), None)
        if place is None:
            raise refused("no_stick")
        return place


def _shown(place: Path) -> str:
    """Its name as text, whatever it is made of."""
    return place.name.encode("utf-8", "replace").decode()


def _read(path: Path) -> bytes:
    """Raises Refused."""
    try:
        with path.open("rb") as opened:
            return opened.read(LONGEST + 1)
    except OSError:
        raise refused("no_stick") from None


def _groups_on(place: Path) -> tuple[str, ...]:
    with suppress(OSError):
        files = (path for path in place.iterdir() if path.suffix == SUFFIX)
        found = (path.name for path in files if path.is_file() and not path.is_symlink())
        return tuple(sorted(found))[:MOST_FILES]
    return ()
