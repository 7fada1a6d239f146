"""The browser's Back: first what lies over the page goes, then the page; and coming back nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.client.phone_moments import phone, tell
from tests.client.stage import Show, asked

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""What is changed of a page (its media, its line, its history) must not stay for the next test."""


def back(page: Page) -> None:
    """As the button and the gesture do, from inside the page: the browser decides what it means."""
    page.evaluate("history.back()")


def leaves(page: Page) -> None:
    """One Back leaves the page, as usual; and one Forward brings it back."""
    page.go_back()
    assert page.url == "about:blank"
    page.go_forward()
    page.wait_for_selector("html[data-ready=yes]")


def away_and_back(page: Page) -> None:
    """Another address, and back again."""
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("html[data-ready=yes]")


@pytest.mark.parametrize("sheet", ["plan", "seats", "more", "next"])
def test_back_closes_a_sheet_and_the_page_stays(show: Show, sheet: str) -> None:
    page = show("analysis")
    page.click(f"[data-action={sheet}]")
    page.wait_for_selector("dialog[open]")
    back(page)
    page.wait_for_selector("dialog", state="detached")
    expect(page.locator("main.tablet")).to_be_visible()
    assert page.evaluate("document.activeElement.dataset.action") == sheet, "and the focus is where it was"
    assert page.evaluate("history.state?.layers ?? 0") == 0


@pytest.mark.parametrize("how", ["Escape", "cross", "yes"])
def test_a_sheet_that_is_closed_otherwise_leaves_nothing_to_go_back_to(show: Show, how: str) -> None:
    page = show("analysis")
    page.click("[data-action=next]")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("history.state?.layers") == 1
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        page.click("[data-action=close-sheet]" if how == "cross" else "[data-action=confirm-next]")
    page.wait_for_selector("dialog", state="detached")
    page.wait_for_function("() => (history.state?.layers ?? 0) === 0")
    leaves(page)


def test_sheets_opened_one_after_another_never_leave_the_page_by_themselves(show: Show) -> None:
    page = show("analysis")
    for _ in range(3):
        for sheet in ("plan", "seats", "more"):
            page.click(f"[data-action={sheet}]")
            page.wait_for_selector("dialog[open]")
            page.keyboard.press("Escape")
    page.wait_for_function("() => (history.state?.layers ?? 0) === 0")
    expect(page.locator("main.tablet")).to_be_visible()
    page.evaluate("document.querySelector('[data-action=plan]').click()")
    page.evaluate("document.querySelector('[data-action=close-sheet]').click()")
    page.evaluate("document.querySelector('[data-action=seats]').click()")  # before the browser has gone back
    page.wait_for_function("() => history.state?.layers === 1")
    expect(page.locator("dialog[data-sheet=seats]")).to_be_visible()
    back(page)
    expect(page.locator("dialog")).to_have_count(0)


def test_a_sheet_that_became_another_is_still_one_back_away(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=seats]")
    page.click("[data-seat-row=D]")
    page.wait_for_selector("dialog[data-sheet=seat]")
    back(page)
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_function("() => (history.state?.layers ?? 0) === 0")


def test_a_sheet_that_the_server_takes_away_takes_its_entry_along(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    page.wait_for_selector("dialog[open]")
    tell(page, {"stopped": True})
    page.wait_for_function("() => (history.state?.layers ?? 0) === 0")
    expect(page.locator("[data-stopped]")).to_be_visible()


def test_forward_opens_nothing_and_breaks_nothing(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    page.wait_for_selector("dialog[open]")
    back(page)
    page.wait_for_selector("dialog", state="detached")
    page.evaluate("history.forward()")
    page.wait_for_timeout(300)
    page.wait_for_function("() => (history.state?.layers ?? 0) === 0")
    expect(page.locator("dialog")).to_have_count(0)
    page.click("[data-action=more]")
    back(page)
    expect(page.locator("dialog")).to_have_count(0)


def test_a_reload_with_a_sheet_open_goes_on_without_it(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    page.wait_for_selector("dialog[open]")
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_function("() => (history.state?.layers ?? 0) === 0")
    expect(page.locator("main.tablet")).to_be_visible()
    leaves(page)


def test_looking_together_is_a_layer_too_with_its_sheet_over_it(show: Show) -> None:
    page = show("evaluation")
    page.click("[data-action=look]")
    page.wait_for_selector("[data-summary=running]")
    page.click("[data-action=evaluation]")
    page.wait_for_selector("dialog[open]")
    back(page)
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("[data-summary=running]")).to_be_visible()
    back(page)
    expect(page.locator("main.tablet")).to_be_visible()


def test_a_device_that_shuts_a_sheet_by_its_own_gesture_shuts_it_for_good(show: Show) -> None:
    page = phone(show, "questions")
    page.click("[data-action=more]")
    page.wait_for_selector("dialog[open]")
    page.evaluate("document.querySelector('dialog').close()")
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_timeout(600)
    expect(page.locator("dialog")).to_have_count(0)


# --- away and back ---


def test_away_and_back_a_phone_is_where_it_was_with_what_was_typed(show: Show) -> None:
    page = phone(show, "questions")
    page.fill('[data-field="questions.text"]', "Wat maakte het lastig?")
    away_and_back(page)
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")
    page.goto("about:blank")
    page.go_back()
    page.go_forward()
    page.go_back()
    page.wait_for_selector("html[data-ready=yes]")
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")


def test_the_names_on_the_start_page_survive_back_and_forward(show: Show) -> None:
    page = show("start")
    page.locator(".chairs input[type=text]").nth(1).fill("Bram")
    away_and_back(page)
    expect(page.locator(".chairs input[type=text]").nth(1)).to_have_value("Bram")


def test_the_yeses_of_the_consent_page_survive_back_and_are_of_these_people_only(show: Show) -> None:
    page = show("consent")
    page.click("[data-yes=B]")
    page.click("[data-yes=C]")
    away_and_back(page)
    expect(page.locator("[data-yes=B]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-yes=A]")).to_have_attribute("aria-pressed", "false")
    kept = page.evaluate("sessionStorage.getItem('kring.begun')")
    assert "Bram" not in kept, "no name is written down for it"
    tell(page, {"people": [{"letter": "A", "name": "Zoë", "role": "facilitator"}]})
    expect(page.locator("[data-yes=B]")).to_have_attribute("aria-pressed", "false")
    assert asked(page) == []


def test_what_was_ticked_to_keep_survives_back(show: Show) -> None:
    page = show("closed")
    tell(page, {"case": {"question": "Hoe zeg ik nee?", "intention": {"text": "Kort", "step": "", "by": ""}}})
    page.locator("[data-keep=question]").check(force=True)
    away_and_back(page)
    tell(page, {"case": {"question": "Hoe zeg ik nee?", "intention": {"text": "Kort", "step": "", "by": ""}}})
    expect(page.locator("[data-keep=question]")).to_be_checked()


@pytest.mark.parametrize("view", ["closed", "erased", "pin", "phone_closed"])
def test_back_and_forward_on_a_quiet_page_shows_it_again(show: Show, view: str) -> None:
    page = show(view)
    words = page.locator("main h1").inner_text()
    away_and_back(page)
    expect(page.locator("main h1").first).to_have_text(words)
    assert asked(page) == []
