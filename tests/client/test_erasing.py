"""Erasing from the screen: everything on this device, and a microphone that closed by itself says why."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.client.stage import Show, asked

pytestmark = pytest.mark.browser


def test_everything_on_this_device_is_erased_from_the_start_page_after_one_question(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=more]")
    page.click("[data-action=wipe]")
    expect(page.locator("[data-sheet=wipe]")).to_contain_text("van elke groep die dit apparaat gebruikte")
    page.click("[data-action=not-yet]")
    assert [wish for wish in asked(page) if wish["command"] != "SuggestMethods"] == []
    page.click("[data-action=more]")
    page.click("[data-action=wipe]")
    page.click("[data-action=confirm-wipe]")
    assert [wish for wish in asked(page) if wish["command"] != "SuggestMethods"] == [{"command": "EraseEverything"}]


def test_nobody_is_offered_it_in_a_meeting(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    expect(page.locator("[data-sheet=more]")).to_be_visible()
    expect(page.locator("[data-action=wipe]")).to_have_count(0)


@pytest.mark.parametrize(("why", "told"), [("nobody_speaks", "Tien minuten"), ("nobody_looks", "Vijf minuten")])
def test_a_microphone_that_closed_by_itself_says_why_and_what_to_do(show: Show, why: str, told: str) -> None:
    page = show("analysis")
    page.evaluate(f"tell({{microphone: {{state: 'muted', detail: '{why}', words: null}}}})")
    expect(page.locator("[data-microphone=muted]")).to_contain_text(told)
    expect(page.locator("[data-microphone=muted]")).to_contain_text("Tik om weer te luisteren")
