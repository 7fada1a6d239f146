"""The voices that come with Kring: those of the rehearsals, cut where nobody else speaks. Nothing is composed here."""

from __future__ import annotations

from pathlib import Path

from tests.simulation.voices import Voice, from_meeting

REHEARSALS = Path(__file__).parents[2] / "server/rehearsal"


def rehearsal_voices(*languages: str) -> list[Voice]:
    """Ten synthetic voices (Kokoro, Apache-2.0), five for each language."""
    return [voice for language in languages or ("en", "nl") for voice in from_meeting(REHEARSALS / f"{language}.opus")]
