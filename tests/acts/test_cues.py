"""The named cues: each proves itself by its own examples, and a wrong file is refused in words."""

from pathlib import Path

import pytest

from speech.acts.cues import FAMILY, LANGUAGES, Cue, CuesRefused, read
from speech.acts.text import plain

ALL = [pytest.param(cue, id=f"{path.stem}:{cue.id}") for path in sorted(LANGUAGES.glob("*.yaml")) for cue in read(path)]
GOOD = """cues:
  - id: advice.test
    act: advice
    pattern: 'you should'
    weight: 0.8
    must_match: ["You should go."]
    must_not_match: ["What should you do?"]
    better_question: What do you want?
"""


@pytest.mark.parametrize("cue", ALL)
def test_a_cue_hears_its_own_examples_however_they_are_spelt(cue: Cue) -> None:
    assert cue.must_match
    assert cue.must_not_match
    for text in cue.must_match:
        assert cue.heard_in(plain(text)), text
        assert cue.heard_in(plain(text.upper() + "?!")), text
    for text in cue.must_not_match:
        assert not cue.heard_in(plain(text)), text


@pytest.mark.parametrize("cue", ALL)
def test_every_cue_of_advice_offers_a_better_question(cue: Cue) -> None:
    if cue.act in FAMILY:
        assert cue.better_question
        assert cue.better_question.endswith("?")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("pattern: 'you should'", "pattern: '(you should'"), "regular expression"),
        (("act: advice", "act: advise"), "act must be one of"),
        (("weight: 0.8", "weight: 8"), "weight must be a number between 0 and 1"),
        (("weight: 0.8", "wheight: 0.8"), "weight is missing"),
        (("better_question: What do you want?", "color: red"), "color is not a key"),
        (("    better_question: What do you want?\n", ""), "better_question is missing"),
        (("id: advice.test", "id: story.test"), "the id must begin with it"),
        (('must_match: ["You should go."]', "must_match: You should go."), "must be a list of texts"),
    ],
)
def test_a_wrong_cue_is_refused_by_file_cue_and_cure(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    file = tmp_path / "xx.yaml"
    file.write_text(GOOD.replace(*change, 1), "utf-8")
    with pytest.raises(CuesRefused, match=says) as refusal:
        read(file)
    assert str(refusal.value).startswith("xx.yaml: cue ")


@pytest.mark.parametrize("content", ["", "cues: []", "- a", "cues: [", "cues: [3]", "\x00"])
def test_a_file_without_cues_is_refused_by_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "xx.yaml"
    file.write_text(content, "utf-8")
    with pytest.raises(CuesRefused, match=r"^xx\.yaml"):
        read(file)


def test_two_cues_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "xx.yaml"
    file.write_text(GOOD + GOOD.removeprefix("cues:\n"), "utf-8")
    with pytest.raises(CuesRefused, match=r"advice\.test is there twice"):
        read(file)
