"""How the fuzzers of this folder run: the same cases each time in their short form, new ones each time with --long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

AsOften = Callable[[int, int], int]
TRIED: dict[str, int] = {}
"""How many cases each fuzzer tried in this process."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
"""Whatever JSON can say, also as Python reads it (NaN, half characters)."""


def fuzz(
    check: Callable[[Any], None], cases: st.SearchStrategy[Any], times: int, long: bool, found: Iterable[Any] = ()
) -> None:
    """Try `check` on so many cases; those that were `found` to fail once come first, each time."""
    tried = 0

    def once(case: Any) -> None:
        nonlocal tried
        tried += 1
        check(case)

    for case in found:
        once(case)
    run = settings(
        max_examples=times,
        derandomize=not long,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    try:
        run(given(cases)(once))()
    finally:
        TRIED[check.__qualname__] = tried


@st.composite
def mutated(draw: st.DrawFn, of: st.SearchStrategy[bytes]) -> bytes:
    """Bytes that were good, with a few things done to them."""
    data = bytearray(draw(of))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        kind = draw(st.sampled_from(("flip", "set", "cut", "double", "insert", "end", "many", "number")))
        if kind == "flip" and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "set" and data:
            data[at] = draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFE, 0xFF)))
        elif kind == "cut":
            del data[at : at + draw(st.integers(1, 200))]
        elif kind == "double":
            data[at:at] = data[at : at + draw(st.integers(1, 300))]
        elif kind == "insert":
            data[at:at] = draw(st.binary(min_size=1, max_size=20))
        elif kind == "end":
            del data[at:]
        elif kind == "many":
            data[at:at] = bytes([draw(st.integers(0, 255))]) * draw(st.sampled_from((10, 1000, 70_000)))
        elif kind == "number":
            data[at : at + 4] = draw(st.sampled_from((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00")))
    return bytes(data)
