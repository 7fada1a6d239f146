"""What the coach says while somebody types, and what it leaves alone, in three languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.client.stage import Show

pytestmark = pytest.mark.browser

EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "coach_examples.json").read_text(encoding="utf-8"))
LANGUAGES = ("nl", "en", "de")
ASK = """async ([which, texts, language]) => {
  const coach = await import('/client/coach.js');
  const data = await (await fetch('/client/cards/coaching.json')).json();
  return texts.map(text => coach[which](text, data, language));
}"""
CARDS = """async (language) => {
  const {groups} = await (await fetch('/client/cards/questions.json')).json();
  return groups.flatMap(group => group.cards.map(card => card.text[language]));
}"""
REWRITES = """async (language) => {
  const {rewrites} = await (await fetch('/client/cards/coaching.json')).json();
  return rewrites.map(one => [one.kind, one.bad[language], one.good[language]]);
}"""


@pytest.fixture
def page(show: Show) -> Page:
    return show("pin", 390, 844)


def codes(page: Page, which: str, texts: list[str], language: str) -> list[str | None]:
    said: list[dict[str, Any] | None] = page.evaluate(ASK, [which, texts, language])
    return [None if one is None else str(one["code"]) for one in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_could_be_more_open_gets_the_hint_of_its_kind(page: Page, language: str) -> None:
    hints = EXAMPLES["question"][language]["hints"]
    assert len(hints) >= 15
    found = codes(page, "coachQuestion", [text for text, _ in hints], language)
    assert list(zip([text for text, _ in hints], found, strict=True)) == [tuple(one) for one in hints]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_question_and_a_half_typed_one_get_no_hint(page: Page, language: str) -> None:
    fine = EXAMPLES["question"][language]["fine"]
    assert len(fine) >= 15
    fine = [*fine, "", "?", "Heb je"]
    assert dict(zip(fine, codes(page, "coachQuestion", fine, language), strict=True)) == dict.fromkeys(fine)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_card_of_our_own_is_hinted_at(page: Page, language: str) -> None:
    cards = page.evaluate(CARDS, language)
    assert dict(zip(cards, codes(page, "coachQuestion", cards, language), strict=True)) == dict.fromkeys(cards)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rewrite_that_is_typed_comes_back_in_its_better_form(page: Page, language: str) -> None:
    for kind, bad, good in page.evaluate(REWRITES, language):
        hint, none = page.evaluate(ASK, ["coachQuestion", [bad, good], language])
        assert (hint["code"], hint["better"], none) == (kind, good, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_question_gets_at_most_one_hint(page: Page, language: str) -> None:
    hints = EXAMPLES["case"][language]["hints"]
    assert len(hints) >= 15
    found = codes(page, "coachCase", [text for text, _ in hints], language)
    assert list(zip([text for text, _ in hints], found, strict=True)) == [tuple(one) for one in hints]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_question_that_is_fine_is_called_fine(page: Page, language: str) -> None:
    good = EXAMPLES["case"][language]["good"]
    assert len(good) >= 15
    assert dict(zip(good, codes(page, "coachCase", good, language), strict=True)) == dict.fromkeys(good, "good")
    unfinished = [text.rstrip("?") for text in good if not text.startswith(("Ka", "Ca"))]
    assert set(codes(page, "coachCase", unfinished, language)) == {None}, "nothing is said while it is still typed"


def test_a_language_without_cues_is_left_alone(page: Page) -> None:
    assert codes(page, "coachCase", ["Comment puis-je parler ?"], "fr") == [None]
    assert codes(page, "coachQuestion", ["Comment puis-je parler ?"], "fr") == [None]
