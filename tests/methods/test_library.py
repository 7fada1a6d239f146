"""The methods that ship with Kring are complete in the languages it speaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from methods.method import Method, Text, base_of, in_language, lap_of
from methods.reader import BUILT_IN, load_library
from methods.vocabulary import vocabulary

LIBRARY = load_library()


def test_every_file_that_ships_is_a_good_method() -> None:
    assert [str(problem) for problem in LIBRARY.problems] == []
    assert {path.stem for path in BUILT_IN.glob("*.yaml")} == set(LIBRARY)


def test_the_two_methods_to_begin_with_are_there() -> None:
    assert {"five_phase", "six_step"} <= set(LIBRARY)


def what_a_group_sees(method: Method) -> Iterator[Text]:
    """Every text. A group's own method may do without German; what ships may not."""
    yield from (method.names, method.summary, method.not_for, method.preparation, *method.pitfalls, *method.variants)
    yield from [method.materials] if method.materials else []
    for phase in method.phases:
        yield from (phase.name, phase.goal, phase.glance, phase.prompt)
        yield from [phase.pitfall] if phase.pitfall else []


@pytest.mark.parametrize("method_id", LIBRARY)
@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_what_a_group_sees_is_there_in_each_language(method_id: str, language: str) -> None:
    assert all(text.get(language) for text in what_a_group_sees(LIBRARY[method_id]))


@pytest.mark.parametrize("method_id", LIBRARY)
def test_every_phase_offers_something_to_say(method_id: str) -> None:
    for phase in LIBRARY[method_id].phases:
        assert all(1 <= len(phase.stems[language]) <= 3 for language in ("nl", "en", "de"))


def test_the_five_phases_ask_before_they_advise() -> None:
    method = LIBRARY["five_phase"]
    assert "advice" in method.phase("analysis").deny
    assert "advice" in method.phase("advice").allow
    assert [phase.id for phase in method.phases] == [
        "look_back",
        "inventory",
        "analysis",
        "awareness",
        "advice",
        "evaluation",
    ]


def test_a_phase_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        LIBRARY["six_step"].phase("analysis")


@pytest.mark.parametrize(("language", "expected"), [("nl", "kring"), ("de", "circle"), ("fr", "circle")])
def test_a_text_falls_back_to_english(language: str, expected: str) -> None:
    assert in_language({"nl": "kring", "en": "circle"}, language) == expected


def test_every_word_of_the_vocabulary_says_what_it_means() -> None:
    words = yaml.safe_load((Path(BUILT_IN).parent / "vocabulary.yaml").read_text(encoding="utf-8"))
    assert all(meaning for kind, meanings in words.items() if kind != "schema" for meaning in meanings.values())
    assert len(vocabulary().utterances) == len(words["utterance"])


@pytest.mark.parametrize("rule", sorted(vocabulary().choice_rules))
def test_a_way_to_choose_has_a_name_in_each_language(rule: str) -> None:
    assert set(vocabulary().choice_rules[rule]) == {"nl", "en", "de"}


def test_what_the_meeting_does_in_a_phase_comes_out_of_the_method() -> None:
    told = {phase.id: phase.stage for phase in LIBRARY["five_phase"].phases}
    assert told == {
        "look_back": "rounds",
        "inventory": "rounds",
        "analysis": "questions",
        "awareness": "looking_back",
        "advice": "advice",
        "evaluation": "looking_back",
    }
    incident = {phase.id: phase.stage for phase in LIBRARY["incident"].phases}
    assert (incident["choose"], incident["information"], incident["positions"]) == ("rounds", "questions", "advice")


def test_a_stop_is_its_phase_under_its_own_name() -> None:
    again = LIBRARY["five_phase"].phase("analysis~2")
    assert (again.id, again.name) == ("analysis~2", LIBRARY["five_phase"].phase("analysis").name)
    assert (base_of("analysis~2"), lap_of("analysis~2"), lap_of("analysis"), lap_of("a~b")) == ("analysis", 2, 1, 1)
