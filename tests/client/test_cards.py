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
from tests.client.stage import Show

FOLDER = Path(__file__).resolve().parents[2] / "client" / "cards"
FILES = sorted(FOLDER.glob("*.json"))
WORDS = FOLDER.parent / "words"
LANGUAGES = {"nl", "en", "de"}
MOST_WORDS = 16
SECTORS = ("education", "care", "business", "nonprofit", "justice")
OF_A_SECTOR = {"name", "examples", "prompts", "dilemma"}
OF_A_SEASON = {
    "readiness": (7, {"id", "text", "why"}),
    "review": (8, {"id", "text"}),
    "refresh": (5, {"id", "text"}),
    "returning": (5, {"id", "text"}),
    "course": (6, {"id", "title", "minutes", "goal", "steps", "rehearsal"}),
    "try": (8, {"id", "text"}),
    "prepare": (6, {"id", "text"}),
    "themes": (8, {"id", "text"}),
}
"""How many cards there are of each kind in season.json, and what each of them holds."""
COACH = """async ([texts, language]) => {
  const {coachCase} = await import('/client/coach.js');
  const data = await (await fetch('/client/cards/coaching.json')).json();
  return texts.map(text => coachCase(text, data, language)?.code ?? null);
}"""


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


def of_a_season(kind: str) -> list[dict[str, Any]]:
    told = read("season")[kind]
    found: list[dict[str, Any]] = told["questions"] if isinstance(told, dict) else told
    return found


def case_questions() -> Iterator[dict[str, str]]:
    """The examples of a case question and of a dilemma, of every sector."""
    for sector in read("sectors").values():
        yield from (*sector["examples"], *sector["dilemma"]["examples"])


def test_no_kind_of_card_for_a_season_is_left_out() -> None:
    told = read("season")
    assert set(told) == {*OF_A_SEASON, "reading"}
    assert set(told["reading"]) == {"how"}
    assert all(set(told[kind]) == {"how", "questions"} for kind in ("review", "refresh", "returning"))


@pytest.mark.parametrize("kind", OF_A_SEASON)
def test_the_cards_for_a_season_are_whole_and_each_is_there_once(kind: str) -> None:
    many, holds = OF_A_SEASON[kind]
    cards = of_a_season(kind)
    assert len({card["id"] for card in cards}) == len(cards) == many
    for card in cards:
        assert set(card) == holds
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", card["id"])
        assert all(set(card[key]) == LANGUAGES for key in holds & {"text", "why", "title", "goal"})


@pytest.mark.parametrize("kind", ["review", "refresh", "returning"])
def test_what_a_group_asks_itself_is_asked(kind: str) -> None:
    assert [one for card in of_a_season(kind) for one in card["text"].values() if "?" not in one] == []


def test_the_course_has_a_few_short_steps_and_names_the_rehearsal_where_it_is_played() -> None:
    titles = {
        language: json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))["rehearse.title"]
        for language in LANGUAGES
    }
    course = of_a_season("course")
    for part in course:
        assert 3 <= len(part["steps"]) <= 5
        assert 10 <= part["minutes"] <= 30
        for language, title in titles.items():
            assert any(title in step[language] for step in part["steps"]) is part["rehearsal"], part["id"]
    assert {part["rehearsal"] for part in course} == {True, False}


def test_every_sector_has_its_examples_its_moments_and_its_dilemmas() -> None:
    told = read("sectors")
    assert tuple(told) == SECTORS
    for sector in told.values():
        dilemma = sector["dilemma"]
        assert set(sector) == OF_A_SECTOR
        assert set(dilemma) == {"intro", "examples", "values"}
        assert (len(sector["examples"]), len(sector["prompts"])) == (6, 5)
        assert (len(dilemma["examples"]), len(dilemma["values"])) == (3, 5)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_example_of_a_case_question_is_one_open_question(language: str) -> None:
    opening = {"nl": "Hoe ", "en": "How ", "de": "Wie "}[language]
    asked = [text[language] for text in case_questions()]
    assert len(set(asked)) == len(asked) == len(SECTORS) * 9
    assert [text for text in asked if not re.fullmatch(r"[^.?!]+\?", text)] == []
    for sector in read("sectors").values():
        assert [text[language] for text in sector["examples"] if not text[language].startswith(opening)] == []


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_example_of_a_case_question_is_one_that_the_coach_calls_fine(show: Show, language: str) -> None:
    page = show("pin", 390, 844)
    asked = [text[language] for text in case_questions()]
    said = page.evaluate(COACH, [asked, language])
    assert dict(zip(asked, said, strict=True)) == dict.fromkeys(asked, "good")


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
