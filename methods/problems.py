"""What can be wrong with a method file, said to a person: where, what, and the cure. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one file."""

    file: str
    line: int | None
    """Counted from 1; None when the whole file is meant."""
    what: str
    cure: str

    def __str__(self) -> str:
        """One line for a terminal."""
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.what}. {self.cure}"


class MethodRefused(Exception):
    """A file is not accepted as a method; `problems` says every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of the file."""
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line or 0))
        super().__init__("\n".join(map(str, self.problems)))
