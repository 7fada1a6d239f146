"""USB sticks as places to carry a group to and from. Nothing is ever read of a stick but files of groups."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from server.folder import write_private
from server.group.words import refused
from server.sealed import LONGEST
from server.stick import sticks

SUFFIX = ".kring"
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
        self.seen = tuple(Stick(name=place.name, files=_groups_on(place)) for place in self._places())
        return before != self.seen

    def put(self, name: str, identity: str, content: bytes) -> str:
        """The name of the file that was written, whole or not at all. Raises Refused."""
        file = f"kring-{identity[:8]}{SUFFIX}"
        try:
            write_private(self._place(name) / file, content)
        except OSError:
            raise refused("stick_full") from None
        return file

    def get(self, name: str, file: str) -> bytes:
        """A file that is on that stick. Raises Refused."""
        place = self._place(name)
        if file not in _groups_on(place):
            raise refused("no_stick")
        try:
            with (place / file).open("rb") as opened:
                return opened.read(LONGEST + 1)
        except OSError:
            raise refused("no_stick") from None

    def _place(self, name: str) -> Path:
        place = next((place for place in self._places() if place.name == name), None)
        if place is None:
            raise refused("no_stick")
        return place


def _groups_on(place: Path) -> tuple[str, ...]:
    with suppress(OSError):
        files = (path for path in place.iterdir() if path.suffix == SUFFIX)
        found = (path.name for path in files if path.is_file() and not path.is_symlink())
        return tuple(sorted(found))[:MOST_FILES]
    return ()
