"""Why a lamp lit is said in words for every cue the ears know, in every language, and never with what was said."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from server.cues import LANGUAGES, sentences, why
from server.meeting.rules import ADVICE, HINTED

CUES = Path(__file__).parents[2] / "speech" / "acts" / "languages"


def cues_that_flag_or_hint() -> list[str]:
    found = [cue for path in sorted(CUES.rglob("*.yaml")) for cue in _of(path)]
    return sorted({cue for cue in found if cue.partition(".")[0] in ADVICE | HINTED})


def _of(path: Path) -> list[str]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    listed = content.get("cues") if isinstance(content, dict) else None
    return [str(cue["id"]) for cue in listed or []]


def test_the_ears_know_cues_at_all() -> None:
    assert len(cues_that_flag_or_hint()) > 15


def test_every_cue_that_can_flag_or_hint_has_a_sentence_of_its_own() -> None:
    missing = [cue for cue in cues_that_flag_or_hint() if cue not in sentences()]
    assert missing == [], f"say in server/cues.yaml what form these have, in {', '.join(LANGUAGES)}: {missing}"


def test_every_sentence_is_there_in_each_language_and_is_one_line() -> None:
    for cue, text in sentences().items():
        assert set(text) == set(LANGUAGES), cue
        assert all(words and "\n" not in words and len(words) <= 110 for words in text.values()), cue


def test_every_family_that_can_flag_or_hint_has_a_sentence_to_fall_back_on() -> None:
    assert ADVICE | HINTED | {"other", "like"} <= sentences().keys()


@pytest.mark.parametrize(
    ("cue", "as_if"),
    [
        ("advice.if_i_were_you", "advice.if_i_were_you"),
        ("advice.not_known_yet", "advice"),
        ("advice.learned", "advice"),
        ("advice_question.learned", "advice_question"),
        ("question_closed", "question_closed"),
        ("nothing.like_it", "other"),
    ],
)
def test_a_cue_without_a_sentence_is_told_by_its_family(cue: str, as_if: str) -> None:
    assert why(cue) == sentences()[as_if]


@pytest.mark.parametrize("cue", ["advice_question.like.have_you_tried", "advice.like.advice_question.have_you_tried"])
def test_what_the_score_learned_from_is_named_as_being_like_it(cue: str) -> None:
    assert why(cue)["nl"] == "Het leek hierop: „Heb je al geprobeerd …” is vaak een advies met een vraagteken."
    assert why("advice.like.nobody_knows") == sentences()["advice"]
