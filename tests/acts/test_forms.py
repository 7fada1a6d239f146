"""How a language asks: free questions, verbs first, and what is taken out as doubt."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.acts import forms
from speech.acts.cues import LANGUAGES, CuesRefused
from speech.acts.forms import Forms
from speech.acts.text import plain

FREE = [
    ("en", "What happened just before?", True),
    ("en", "So, um, how did she take it?", True),
    ("en", "She left it with whom?", True),
    ("en", "Wh where did that come from?", True),
    ("en", "Anything else?", True),
    ("en", "Do you know what he said?", False),
    ("en", "Was he there himself?", False),
    ("en", "That's what I thought.", False),
    ("nl", "Wat gebeurde er vlak daarvoor?", True),
    ("nl", "Ja maar, eh, hoe reageerde ze dan?", True),
    ("nl", "Weet je hoe het nu met hem gaat?", False),
    ("nl", "Was hij daar zelf ook bij?", False),
    ("nl", "Nog vragen?", True),
]

SOUNDS = {"nl": ["eh", "ehm", "tja", "hm"], "en": ["um", "uh", "oh", "hm"]}


def of(language: str) -> Forms:
    return forms.read(LANGUAGES / f"{language}.yaml")


@pytest.mark.parametrize(("language", "text", "free"), FREE)
def test_a_question_that_leaves_the_answer_free_is_told_from_one_that_does_not(
    language: str, text: str, free: bool
) -> None:
    words = of(language)
    assert words.of(words.without_fillers(plain(text))).free is free


def test_a_verb_first_a_choice_and_a_tag_are_seen() -> None:
    told = of("en").of("so was he angry or only tired")
    assert (told.verb_first, told.either, told.tagged) == (True, True, False)
    assert of("en").of("you think he falls short right").tagged
    assert of("nl").of("is ze boos of moe").either


@pytest.mark.parametrize("language", ["nl", "en"])
@given(data=st.data())
@settings(deadline=None)
def test_sounds_of_doubt_leave_no_trace_wherever_they_stand(language: str, data: st.DataObject) -> None:
    words = of(language)
    said = "als ik jou was zou ik haar bellen" if language == "nl" else "if i were you i would ring her"
    split = said.split()
    for _ in range(data.draw(st.integers(1, 4))):
        split.insert(data.draw(st.integers(0, len(split))), data.draw(st.sampled_from(SOUNDS[language])))
    assert words.without_fillers(" ".join(split)) == said


def test_a_sound_within_a_phrase_of_doubt_goes_with_it() -> None:
    assert of("nl").without_fillers("en nou hm ja ze kwam") == of("nl").without_fillers("en nou ja ze kwam")


def test_where_all_is_doubt_nothing_is_left() -> None:
    assert of("en").without_fillers("um uh") == ""
    assert of("en").without_fillers("") == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("  either: [or]\n", ""), "named either"),
        (("  either: [or]\n", "  either: or\n"), "named either"),
        (("fillers: [um,", "fillers: ['(um',"), "fillers holds no regular expression"),
        (("strong: ", "weak: "), "strong must be a number between 0 and 1"),
        (("words:\n", "wards:\n"), "needs a mapping named words"),
    ],
)
def test_a_file_without_its_words_is_refused_with_the_cure(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    file = tmp_path / "xx.yaml"
    file.write_text((LANGUAGES / "en.yaml").read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(CuesRefused, match=rf"xx\.yaml.*{says}"):
        forms.read(file)


def test_a_phrase_of_doubt_goes_and_one_that_asks_or_tells_stays() -> None:
    assert of("en").without_fillers("you know she was i mean angry") == "she was angry"
    assert of("nl").without_fillers("ze was weet je nou ja boos") == "ze was boos"
    for said in ("do you know if he came", "you know how he is", "what i mean is this"):
        assert of("en").without_fillers(said) == said
    assert of("nl").without_fillers("weet je hoe het met hem gaat") == "weet je hoe het met hem gaat"
