"""The methods as lines for a terminal: what to choose from, the easiest first. Nothing here reads files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from methods.method import Method, in_language
from methods.vocabulary import words


def as_lines(methods: Iterable[Method], *, phases: bool = False) -> Iterator[str]:
    """A heading for each level, and for what is no whole meeting; under it the methods, the shortest first."""
    waiting = sorted(methods, key=lambda method: (method.minutes, method.id))
    wide = max((len(method.id) for method in waiting), default=0)
    first = True
    for title, kind, level in _headings():
        here = [m for m in waiting if m.kind == kind and level in (None, m.level)]
        if not here:
            continue
        yield from () if first else ("",)
        yield title
        first = False
        for method in here:
            yield _row(method, wide)
            if phases:
                yield f"{'':{wide + 4}}{' > '.join(phase.id for phase in method.phases)}"
    if not all(method.verified for method in waiting):
        yield from ("", "[unverified]: a part of it has no source that could be checked.")


def _headings() -> Iterator[tuple[str, str, str | None]]:
    for level, meaning in words()["level"].items():
        yield f"{level.capitalize()}: {meaning}", "method", level
    for kind, meaning in words()["kind"].items():
        if kind != "method":
            yield f"{kind.capitalize()}: {meaning}", kind, None


def _row(method: Method, wide: int) -> str:
    people = f"{method.group_min}-{method.group_max} people"
    level = "" if method.kind == "method" else method.level
    marks = [level] if level else []
    if method.trust == "high":
        marks.append("much trust")
    if method.form == "content":
        marks.append("with a trainer")
    if not method.verified:
        marks.append("unverified")
    name = in_language(method.names, "en") + (f"  [{', '.join(marks)}]" if marks else "")
    return f"  {method.id:{wide}}  {method.minutes:4.0f} min  {people:>12}  {name}"
