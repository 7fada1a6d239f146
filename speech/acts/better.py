"""Better questions to offer, per cue and per family of cues. Nothing here judges an utterance."""

from __future__ import annotations

from pathlib import Path

from speech.acts.cues import read

LANGUAGES = Path(__file__).parent / "languages"


def better_questions(languages: Path = LANGUAGES) -> dict[str, dict[str, str]]:
    """Cue id to language to question; a family ("advice") offers the question of its first cue in that language.

    Raises CuesRefused when a file of cues is damaged.
    """
    offered: dict[str, dict[str, str]] = {}
    for path in sorted(languages.glob("*.yaml")):
        for cue in read(path):
            if cue.better_question:
                family = cue.id.partition(".")[0]
                offered.setdefault(cue.id, {})[path.stem] = cue.better_question
                offered.setdefault(family, {}).setdefault(path.stem, cue.better_question)
    return offered
