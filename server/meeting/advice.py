"""What to do with the microphone after the room check: go, move it, or use taps. Nothing here listens or measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORST_FIRST = ("nothing", "soft", "noisy", "clipped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing to do."""

    do: str
    """"go", "closer" (to `seat`), "away" (from `seat`) or "taps"."""
    seat: str | None = None


def advice(seats: Sequence[str], verdicts: Mapping[str, str], levels: Mapping[str, float]) -> Advice | None:
    """The advice once all these seats were checked, None before that; `levels` in dB relative to full scale."""
    if not seats or any(seat not in verdicts for seat in seats):
        return None
    bad = [seat for seat in seats if verdicts[seat] in WORST_FIRST]
    if not bad:
        return Advice(do="go")
    weak = [seat for seat in bad if verdicts[seat] != "clipped"]
    if len(weak) > len(seats) / 2:
        return Advice(do="taps")  # no place of the microphone is near most of them
    worst = min(bad, key=lambda seat: (WORST_FIRST.index(verdicts[seat]), levels.get(seat, -100.0)))
    return Advice(do="away" if verdicts[worst] == "clipped" else "closer", seat=worst)
