"""What can be wrong with a method file, said to a person: where, what, and the cure. Nothing here reads a file."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LONGEST_NAME = 60
MOST_PROBLEMS = 50
"""In one file. A hostile file of a hundred thousand wrong words then costs no more time than a bad one."""


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


def shown(path: Path) -> str:
    """The name of the file as a screen or a terminal can show it: a name may hold any byte, and be very long."""
    name = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in path.name)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 3] + "..."


class MethodRefused(Exception):
    """A file is not accepted as a method; `problems` says every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of the file."""
        self.problems = tuple(sorted(problems, key=_place))
        super().__init__("\n".join(map(str, self.problems)))


def _place(problem: Problem) -> float:
    """Where in the file; what is said of the whole file comes last."""
    return math.inf if problem.line is None else problem.line
