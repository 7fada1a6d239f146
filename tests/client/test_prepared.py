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


def test_without_one_the_case_card_is_as_it_was(show: Show) -> None:
    page = phone(show, "case")
    expect(page.locator("[data-prepared]")).to_have_count(0)


@pytest.mark.parametrize("stage", ["erased", "closed"])
def test_after_an_evening_there_is_a_place_for_the_next(show: Show, stage: str) -> None:
    page = phone(show, "consent")
    tell(page, START | {"stage": stage, "mine": None})
    expect(page.locator('[data-field="prepared"]')).to_be_visible()
