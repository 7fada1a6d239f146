"""Better questions: there for every flag, in every language of the acts."""

from __future__ import annotations

from pathlib import Path

from speech.acts.better import LANGUAGES, better_questions
from speech.acts.cues import read

LANGUAGE_FILES = sorted(LANGUAGES.glob("*.yaml"))


def test_every_cue_that_lights_the_lamp_offers_a_better_question_in_its_language() -> None:
    offered = better_questions()
    for path in LANGUAGE_FILES:
        for cue in read(path):
            if cue.act in ("advice", "advice_question"):
                assert offered[cue.id][path.stem].endswith("?"), cue.id


def test_learned_flags_fall_back_on_their_family() -> None:
    offered = better_questions()
    for family in ("advice", "advice_question"):
        assert offered[family].keys() == {Path(path).stem for path in LANGUAGE_FILES}
