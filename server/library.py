"""The shelf of methods while Kring runs: it notices files that come, change or go. Nothing here guides or decides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from methods.method import Method
from methods.problems import Problem
from methods.reader import BUILT_IN, Library, gather, method_files, method_or_problems

EVERY_SECONDS = 1.0
"""A look costs a fraction of a millisecond; a person who saves a file does not notice a second."""
Mark = tuple[int, ...]
"""What tells that a file is another one than before; empty when it cannot even be looked at."""


class Shelf:
    """The methods in some folders, those in the first folder going before those in the next.

    A bad file is skipped and explained, and a file in a later folder never replaces a method of an earlier one. What
    `methods` gives is never changed afterwards: a look that finds something makes a new mapping. So a meeting keeps
    its method by keeping the Method it began with, whatever becomes of the file.
    """

    def __init__(self, *folders: Path) -> None:
        """Read what is there now."""
        self._folders = folders
        self._read: dict[Path, tuple[Mark, Method | tuple[Problem, ...]]] = {}
        self._looked: float | None = None
        self._library = self._gathered()

    @property
    def methods(self) -> Mapping[str, Method]:
        """The good methods by id, as the last look found them."""
        return MappingProxyType(self._library.methods)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the other files."""
        return self._library.problems

    def look(self, now: float) -> bool:
        """Look again, at most once a second; True when methods or problems are others than before.

        `now` is in seconds, on any clock that does not jump. Only files that changed are read.
        """
        if self._looked is not None and 0 <= now - self._looked < EVERY_SECONDS:
            return False
        self._looked = now
        before, self._library = self._library, self._gathered()
        return (dict(before), before.problems) != (dict(self._library), self._library.problems)

    def _gathered(self) -> Library:
        problems: list[Problem] = []
        read: dict[Path, tuple[Mark, Method | tuple[Problem, ...]]] = {}
        for folder in self._folders:
            paths, wrong = method_files(folder)
            problems.extend(wrong)
            for path in paths:
                read[path] = self._known_or_read(path)
        self._read = read
        return gather(((path, found) for path, (_, found) in read.items()), problems)

    def _known_or_read(self, path: Path) -> tuple[Mark, Method | tuple[Problem, ...]]:
        """The mark is taken before reading: what is saved in between is then read again at the next look."""
        mark = _mark(path)
        known = self._read.get(path)
        return known if known and known[0] == mark else (mark, method_or_problems(path))


def _mark(path: Path) -> Mark:
    """Times in nanoseconds, size, and which file it is; the second time also tells that reading became allowed."""
    try:
        seen = os.stat(path)
    except OSError:
        return ()
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino, seen.st_mode


def checked(files: Iterable[Path]) -> tuple[list[tuple[Path, Method]], tuple[Problem, ...]]:
    """The good methods among these files, and what is wrong with the others; as if they were put on the shelf now."""
    paths = sorted({Path(os.path.abspath(path)) for path in files}, key=lambda path: (path.parent != BUILT_IN, path))
    found = [(path, method_or_problems(path)) for path in paths]
    own = {path: method for path, method in found if isinstance(method, Method)}
    ships = sorted({BUILT_IN / f"{method.id}.yaml" for method in own.values()} - {*paths})
    library = gather([*((path, method_or_problems(path)) for path in ships if path.is_file()), *found])
    good = [(path, method) for path, method in own.items() if library[method.id] is method]
    return good, library.problems
