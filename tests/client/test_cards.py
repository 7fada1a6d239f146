"""The cards that screens show say everything in each language, and their ids are those the meeting knows."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from methods.vocabulary import vocabulary
from server.meeting import offering
from server.meeting.cards import AGREED
from server.meeting.choice import LETTERS
from server.meeting.evaluating import FELT, OF_PEERS, OF_THE_OWNER, PROCESS, PULSE

FOLDER = Path(__file__).resolve().parents[2] / "client" / "cards"
FILES = sorted(FOLDER.glob("*.json"))
LANGUAGES = {"nl", "en", "de"}
MOST_WORDS = 16


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text by language in a file, wherever it stands; lists of cues by language are none."""
    if isinstance(value, dict):
        if "nl" in value and isinstance(value["nl"], str):
            yield value
            return
        for inside in value.values():
            yield from texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from texts(inside)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_card_says_it_in_each_language(file: Path) -> None:
    found = list(texts(json.loads(file.read_text(encoding="utf-8"))))
    assert len(found) > 10
    for text in found:
        assert set(text) == LANGUAGES
        assert all(words.strip() for words in text.values())


def test_all_31_interventions_are_there_with_three_lines_that_can_be_said() -> None:
    told = read("help")
    assert len(told["order"]) == len(told["cards"]) == 31
    assert set(told["order"]) == set(told["cards"])
    for card in told["cards"].values():
        assert len(card["lines"]) == 3
        for line in card["lines"]:
            assert all(len(words.split()) <= MOST_WORDS for words in line.values())


def test_every_card_the_meeting_offers_exists() -> None:
    offered = set(re.findall(r'yield "(\w+)"', inspect.getsource(offering)))
    assert len(offered) > 6
    assert offered <= set(read("help")["cards"])


def test_the_items_are_those_that_are_counted() -> None:
    told = read("evaluation")
    assert tuple(item["id"] for item in told["process"]) == PROCESS
    by = {who: tuple(i["id"] for i in told["result"] if i["who"] == who) for who in ("case_owner", "peers")}
    assert by == {"case_owner": OF_THE_OWNER, "peers": OF_PEERS}
    assert tuple(item["id"] for item in told["pulse"]) == PULSE
    assert tuple(item["id"] for item in told["felt"]) == FELT
    assert {item["id"] for item in told["agreements"]} == set(AGREED)


def test_every_choice_rule_and_floor_mode_is_explained() -> None:
    told, words = read("rules"), vocabulary()
    assert set(told["choice"]) == set(words.choice_rules)
    assert tuple(told["choice"]["EGT"]["letters"]) == LETTERS
    assert set(told["floor"]) == words.floor_modes
    assert all(set(mode) == {"case_owner", "peer", "facilitator"} for mode in told["floor"].values())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_coach_has_cues_in_each_language(language: str) -> None:
    cues = read("coaching")["cues"][language]
    for kind in ("closed_start", "open_start", "leading", "advice"):
        assert len(cues[kind]) >= 5
        assert len(set(cues[kind])) == len(cues[kind])


def test_no_card_speaks_of_emotion_age_or_sex_as_measured_or_ranks_anybody() -> None:
    forbidden = re.compile(r"\b(winnaar|verliezer|winner|loser|score van|ranglijst|ranking|Rangliste|Gewinner)\b", re.I)
    for file in FILES:
        assert not forbidden.search(file.read_text(encoding="utf-8")), file.name
