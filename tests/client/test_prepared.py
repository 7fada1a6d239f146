"""A question thought of between two evenings stays on the own phone: until it is shared, wiped, or three months old."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.phone_moments import MOMENTS, NOW, card, mine, phone, tell
from tests.client.stage import Show, asked, keep
from tests.client.test_pages import serious

pytestmark = pytest.mark.browser
KEY = "kring.prepared"
QUESTION = "Hoe zeg ik haar dat ik het anders zie?"
START: dict[str, Any] = {"stage": "start", "phase": None, "floor": None, "me": None, "my": None, "people": None}


def waiting(show: Show, **options: Any) -> Page:
    page = phone(show, "consent", **options)
    tell(page, START)
    return page


def kept(page: Page) -> dict[str, Any] | None:
    found = page.evaluate(f"localStorage.getItem('{KEY}')")
    return None if found is None else json.loads(found)  # type: ignore[no-any-return]


def again(page: Page) -> None:
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    tell(page, START)


def test_what_is_typed_stays_on_this_phone_over_a_reload_and_goes_nowhere(show: Show) -> None:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    expect(page.locator("[data-prepared-card] [data-hint=good]")).to_be_visible()
    again(page)
    expect(page.locator('[data-field="prepared"]')).to_have_value(QUESTION)
    assert asked(page) == []
    keep(page, "phone-prepared", full=True)
    assert serious(page) == []


def test_it_is_wiped_with_one_tap_and_when_the_field_is_emptied(show: Show) -> None:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    page.click("[data-action=wipe-prepared]")
    expect(page.locator('[data-field="prepared"]')).to_have_value("")
    assert kept(page) is None
    page.fill('[data-field="prepared"]', QUESTION)
    page.fill('[data-field="prepared"]', " ")
    assert kept(page) is None


def test_after_three_months_it_is_gone(show: Show) -> None:
    page = waiting(show)
    old = {"text": QUESTION, "on": page.evaluate("Date.now()") - 93 * 86_400_000}
    page.evaluate(f"localStorage.setItem('{KEY}', {json.dumps(json.dumps(old))})")
    again(page)
    expect(page.locator('[data-field="prepared"]')).to_have_value("")
    assert kept(page) is None


@pytest.mark.parametrize("stored", ["", "null", "[]", "{", '{"text": 3, "on": 4}', '{"text": "x"}'])
def test_what_somebody_else_left_there_breaks_nothing(show: Show, stored: str) -> None:
    page = waiting(show)
    page.evaluate(f"localStorage.setItem('{KEY}', {json.dumps(stored)})")
    again(page)
    expect(page.locator('[data-field="prepared"]')).to_have_value("")


def test_at_the_case_card_it_is_taken_over_changed_and_shared_and_then_gone(show: Show) -> None:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    tell(page, NOW | MOMENTS["case"])
    expect(page.locator("[data-prepared]")).to_contain_text(QUESTION)
    keep(page, "phone-prepared-offer", full=True)
    page.click("[data-action=take-prepared]")
    expect(page.locator('[data-field="case.text"]')).to_have_value(QUESTION)
    expect(page.locator("[data-prepared]")).to_have_count(0)
    assert asked(page) == []
    page.click("[data-action=share]")
    assert asked(page) == [{"command": "WriteNote", "kind": "case_list", "text": QUESTION}]
    tell(page, MOMENTS["case"] | mine(notes=[card(1, "case_list", "B", QUESTION)]))
    page.wait_for_function(f"localStorage.getItem('{KEY}') === null")


def took_over(show: Show) -> Page:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    tell(page, NOW | MOMENTS["case"])
    page.click("[data-action=take-prepared]")
    return page


def test_taken_over_and_changed_it_is_gone_once_the_server_grants_it(show: Show) -> None:
    page = took_over(show)
    page.evaluate("window.answer = {ok: false, refused: 'not_now', say: null}")
    page.fill('[data-field="case.text"]', "Hoe zeg ik hem dat ik het zelf anders zie?")
    page.click("[data-action=share]")
    assert kept(page) is not None
    page.evaluate("window.answer = {ok: true}")
    page.click("[data-action=share]")
    page.wait_for_function(f"localStorage.getItem('{KEY}') === null")


def test_another_question_than_the_one_taken_over_leaves_it(show: Show) -> None:
    page = took_over(show)
    page.fill('[data-field="case.text"]', "")
    expect(page.locator("[data-prepared]")).to_be_visible()
    page.fill('[data-field="case.text"]', "Hoe vraag ik hulp?")
    page.click("[data-action=share]")
    tell(page, MOMENTS["case"] | mine(notes=[card(1, "case_list", "B", "Hoe vraag ik hulp?")]))
    assert kept(page) is not None


@pytest.mark.parametrize("text", [QUESTION.replace(" ", "  "), f"\n{QUESTION}\n\n", QUESTION.replace("dat", "\ndat")])
def test_an_own_card_with_the_same_letters_wipes_it(show: Show, text: str) -> None:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    tell(page, NOW | MOMENTS["case"] | mine(notes=[card(1, "case_list", "B", text)]))
    page.wait_for_function(f"localStorage.getItem('{KEY}') === null")


HEADINGS = {"start": "Je vraag voor vandaag", "closed": "Voor de volgende keer", "erased": "Voor de volgende keer"}


@pytest.mark.parametrize("stage", HEADINGS)
def test_before_the_evening_it_is_for_today_and_after_it_for_the_next(show: Show, stage: str) -> None:
    page = waiting(show)
    tell(page, START | {"stage": stage, "mine": None})
    expect(page.locator("[data-prepared-card] h2")).to_have_text(HEADINGS[stage])
    field = page.locator('[data-field="prepared"]')
    looks = "one => [getComputedStyle(one).fontFamily.split(',')[0], one.getBoundingClientRect().height >= 84]"
    assert field.evaluate(looks) == ["Inter", True]


def test_a_screen_that_takes_part_no_more_has_it_right_under_the_sentence(show: Show) -> None:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    page.evaluate("window.forgotten = true; window.shut()")
    expect(page.locator("[data-gone] + [data-prepared-card]")).to_be_visible()
    expect(page.locator('[data-field="prepared"]')).to_have_value(QUESTION)
    keep(page, "phone-gone-prepared", full=True)
    assert serious(page) == []


def test_the_door_says_quietly_that_something_is_still_here(show: Show) -> None:
    page = waiting(show)
    page.fill('[data-field="prepared"]', QUESTION)
    page = show("pin", 390, 844)
    expect(page.locator("[data-prepared-here]")).to_have_text("De vraag die je opschreef, staat nog op deze telefoon.")
    assert QUESTION not in page.locator("body").inner_text()
    page.evaluate(f"localStorage.removeItem('{KEY}')")
    page.reload()
    page.wait_for_selector(".door")
    expect(page.locator("[data-prepared-here]")).to_have_count(0)


def test_without_one_the_case_card_is_as_it_was(show: Show) -> None:
    page = phone(show, "case")
    expect(page.locator("[data-prepared]")).to_have_count(0)


@pytest.mark.parametrize("stage", ["erased", "closed"])
def test_after_an_evening_there_is_a_place_for_the_next(show: Show, stage: str) -> None:
    page = phone(show, "consent")
    tell(page, START | {"stage": stage, "mine": None})
    expect(page.locator('[data-field="prepared"]')).to_be_visible()
