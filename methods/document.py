"""From a file to a plain tree of YAML nodes with line numbers, or a refusal. Nothing here knows what a method is.

Files come from strangers (a group may share its own method), so anything YAML can do beyond plain data is refused
before a tree is built: anchors and aliases (which can grow without bound), deep nesting, very large files.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import yaml

from methods.problems import MOST_PROBLEMS, MethodRefused, Problem, shown

LARGEST_BYTES = 256 * 1024
"""A method is about 10 kB; a quarter of a megabyte is somebody's mistake."""
DEEPEST = 12
"""A method nests six levels."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C where there is one: a library of forty methods then loads in a second on a Raspberry Pi."""
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that could steer a terminal, or cannot be sent at all (half of a surrogate pair)."""


def read_tree(path: Path) -> yaml.Node:
    """The root node of the file; MethodRefused when it is not plain, readable YAML."""
    file = shown(path)
    text = _text(path, file)
    try:
        _refuse_unplain(file, text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refused(
            file,
            mark.line + 1 if mark else None,
            f"this is not YAML ({error.problem or error.context})",
            "Look at the indentation, the quotes and the colons on this line and the one above",
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # PyYAML lets chr() fail on an escape that is out of range
        raise _bad_character(file, None) from None
    if root is None:
        raise _refused(file, None, "the file is empty", "Start from methods/library/five_phase.yaml")
    return root


def _raw(path: Path, file: str) -> bytes:
    """The first bytes of an ordinary file. Anything else could hang (a pipe) or never end (a device)."""
    try:
        if path.is_dir():
            raise _refused(file, None, "this is a folder", "Put the method itself there, as a file")
        with open(path, "rb", opener=_without_waiting) as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise _refused(file, None, "this is no ordinary file", "Put a file with the text of the method there")
            return opened.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        if path.is_symlink():
            raise _refused(file, None, "this is a link to nothing", "Put the file itself there") from None
        raise _refused(file, None, "there is no such file", "Check the name and the folder") from None
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise _refused(file, None, what, "Check its name and who may read it") from None


def _without_waiting(path: str, flags: int) -> int:
    """Opening a pipe that nobody writes to would wait for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _text(path: Path, file: str) -> str:
    raw = _raw(path, file)
    if len(raw) > LARGEST_BYTES:
        raise _refused(
            file,
            None,
            f"the file is larger than {LARGEST_BYTES // 1024} kB",
            "A method is about 10 kB of text; is this the right file?",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            file,
            raw.count(b"\n", 0, error.start) + 1,
            "this is not UTF-8 text",
            "Save the file as UTF-8 in your editor",
        ) from None
    text = text.replace("\r\n", "\n")
    _refuse_tabs(file, text)
    if hidden := _HIDDEN.search(text):
        raise _bad_character(file, text.count("\n", 0, hidden.start()) + 1)
    return text


def _refuse_tabs(file: str, text: str) -> None:
    problems = [
        Problem(file=file, line=number, what="a tab in the indentation", cure="Use spaces; YAML does not accept tabs")
        for number, line in enumerate(text.split("\n"), start=1)
        if "\t" in line[: len(line) - len(line.lstrip())] and line.strip()
    ]
    if problems:
        raise MethodRefused(problems[:MOST_PROBLEMS])


def _refuse_unplain(file: str, text: str) -> None:
    """Walk the events, which are made one at a time, so that a hostile file is refused before it can grow."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else None
        if getattr(event, "anchor", None) is not None:
            raise _refused(
                file, line, "anchors (&) and aliases (*) are not accepted", "Write the text out, or put it in quotes"
            )
        if isinstance(event, yaml.ScalarEvent) and _HIDDEN.search(event.value):
            raise _bad_character(file, line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refused(
                file, line, f"nested more than {DEEPEST} levels deep", "A method needs six; check the brackets"
            )


def _bad_character(file: str, line: int | None) -> MethodRefused:
    what = "there is a character here that cannot be shown"
    return _refused(file, line, what, "Delete it and type the line again")


def _refused(file: str, line: int | None, what: str, cure: str) -> MethodRefused:
    return MethodRefused([Problem(file=file, line=line, what=what, cure=cure)])
