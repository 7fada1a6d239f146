"""What a language asks of Whisper, as data. Nothing here recognises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What a language needs of Whisper. English is understood at once; Dutch gains a tenth by a longer, wider look."""

    window_seconds: float = 5.0
    """Shortest window, filled up with silence. Computing grows with it."""
    beams: int = 1
    invented: tuple[str, ...] = ()
    """Sentences Whisper makes up out of noise in this language: dropped."""
