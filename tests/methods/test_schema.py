"""The schema for editors says what the reader says: it is made of the same words, and every method that ships fits."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from methods import shape, teaching
from methods.reader import BUILT_IN, MethodRefused, read_method
from methods.schema import FILE, schema, written
from methods.vocabulary import words

VALIDATOR = Draft202012Validator(schema())
README = (BUILT_IN.parent / "README.md").read_text(encoding="utf-8")
EXAMPLE = README.split("```yaml\n")[1].split("```")[0]


def wrong(text: str) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(yaml.safe_load(text))]


def test_the_file_is_what_is_made() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run: python -m methods.schema"


def test_it_is_a_good_schema() -> None:
    Draft202012Validator.check_schema(json.loads(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_method_that_ships_fits(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


def test_the_example_of_the_guide_fits() -> None:
    assert wrong(EXAMPLE) == []


@pytest.mark.parametrize(
    ("taught", "keys"),
    [
        (teaching.METHOD, shape.METHOD_KEYS + shape.METHOD_OPTIONS),
        (teaching.PHASE, shape.PHASE_KEYS + shape.PHASE_OPTIONS),
        (teaching.FLOOR, shape.FLOOR_KEYS + shape.FLOOR_OPTIONS),
        (teaching.MINUTES, shape.MINUTES_KEYS + shape.MINUTES_OPTIONS),
        (teaching.REPEAT, shape.REPEAT_KEYS),
        (teaching.SOURCE, shape.SOURCE_KEYS),
    ],
)
def test_every_key_is_there_and_taught_in_a_sentence(taught: dict[str, str], keys: tuple[str, ...]) -> None:
    assert set(taught) == set(keys)
    assert all(sentence.endswith(".") for sentence in taught.values())


def test_the_schema_knows_every_key_of_the_reader() -> None:
    made = schema()
    places = [
        (made, shape.METHOD_KEYS, shape.METHOD_OPTIONS),
        (made["$defs"]["phase"], shape.PHASE_KEYS, shape.PHASE_OPTIONS),
        (made["$defs"]["floor"], shape.FLOOR_KEYS, shape.FLOOR_OPTIONS),
        (made["$defs"]["phase"]["properties"]["minutes"], shape.MINUTES_KEYS, shape.MINUTES_OPTIONS),
        (made["properties"]["repeat"], shape.REPEAT_KEYS, ()),
        (made["properties"]["group"], shape.GROUP_KEYS, ()),
        (made["properties"]["duration"], shape.DURATION_KEYS, ()),
    ]
    for place, required, optional in places:
        assert set(place["properties"]) == {*required, *optional}
        assert set(place["required"]) == set(required)


def test_the_guide_names_every_key_that_may_be_left_out() -> None:
    optional = {*shape.METHOD_OPTIONS, *shape.PHASE_OPTIONS, *shape.FLOOR_OPTIONS, *shape.MINUTES_OPTIONS}
    assert [key for key in sorted(optional) if f"`{key}`" not in README] == []


def test_a_word_is_offered_with_its_meaning() -> None:
    mode = schema()["$defs"]["floor"]["properties"]["mode"]
    assert dict(zip(mode["enum"], mode["enumDescriptions"], strict=True)) == words()["floor_mode"]
    assert "silent_writing: everybody writes, nobody speaks" in mode["description"]


CHANGES: dict[str, Callable[[Any], Any]] = {
    "an unknown key": lambda m: m.update(colour="red"),
    "a missing key": lambda m: m.pop("origin"),
    "a missing language": lambda m: m["names"].pop("en"),
    "an odd language": lambda m: m["names"].update(german="x"),
    "an empty text": lambda m: m["names"].update(nl=" "),
    "a number for a text": lambda m: m["names"].update(nl=3),
    "an unknown word": lambda m: m.update(level="easy"),
    "a bad id": lambda m: m.update(id="Two Rounds"),
    "half a person": lambda m: m["group"].update(ideal=5.5),
    "nobody": lambda m: m["group"].update(min=1),
    "a long glance": lambda m: m["phases"][0]["glance"].update(nl="een twee drie vier vijf zes zeven acht"),
    "four stems": lambda m: m["phases"][0].update(stems={"nl": ["a"] * 4, "en": ["a"]}),
    "a code twice": lambda m: m["phases"][0].update(deny=["advice", "advice"]),
    "no phases": lambda m: m.update(phases=[]),
    "an unknown role": lambda m: m["phases"][0]["floor"].update(then="boss"),
    "a long turn": lambda m: m["phases"][0]["floor"].update(seconds_each=1801),
    "no yes": lambda m: m.update(verified="no"),
    "once": lambda m: m.update(repeat={"phases": ["advice"], "times": 1}),
    "again in two ways": lambda m: m.update(repeat={"phases": ["advice"], "times": 2}, per_case=["questions"]),
    "a usual role": lambda m: m.update(roles=["peers"]),
    "seven variants": lambda m: m.update(variants=[{"nl": "a", "en": "b"} for _ in range(7)]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_schema_refuses_the_reader_refuses_too(change: str, tmp_path: Path) -> None:
    method = yaml.safe_load(EXAMPLE)
    CHANGES[change](method)
    text = yaml.dump(method, allow_unicode=True, sort_keys=False)
    assert wrong(text) != []
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MethodRefused):
        read_method(path)


def test_seven_words_are_read_at_a_glance() -> None:
    method = yaml.safe_load(EXAMPLE)
    method["phases"][0]["glance"]["nl"] = "een twee drie vier vijf zes zeven"
    assert wrong(yaml.dump(method)) == []
