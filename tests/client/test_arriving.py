"""Arriving: a way to check in that every screen shows, and what the group kept last time to come back to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep

pytestmark = pytest.mark.browser
KEPT = {
    "question": "Hoe zeg ik nee?",
    "intention": "Ik bel hem eerst",
    "step": "dinsdag",
    "by": "vrijdag",
    "agreements": {"lead": "Bram"},
}


def arrived(show: Show, view: str = "checkin", width: int = 1280, height: int = 800, **more: object) -> Page:
    page = show(view, width, height)
    page.evaluate(
        "more => tell({floor: {mode: 'round', speak: [], silent: [], captures: [], arrives: true}, ...more})", more
    )
    return page


def test_a_way_to_check_in_is_chosen_on_the_tablet(show: Show) -> None:
    page = arrived(show, look_back=None)
    page.click("[data-action=arrive]")
    expect(page.locator("[data-sheet=arrive] [data-ritual]")).to_have_count(6)
    assert not page.locator("[data-come-back]").count()
    page.click("[data-ritual=weather]")
    assert asked(page) == [{"command": "ChooseRitual", "ritual": "weather"}]
    page.evaluate("tell({ritual: 'weather'})")
    expect(page.locator("[data-ritual-said=weather]")).to_be_visible()
    keep(page, "arriving-1280-light")


def test_what_was_kept_last_time_comes_back_with_its_questions(show: Show) -> None:
    page = arrived(show, look_back=KEPT)
    page.click("[data-action=arrive]")
    expect(page.locator("[data-come-back]")).to_contain_text("Hoe zeg ik nee?")
    expect(page.locator("[data-follow-up]")).to_have_count(5)
    keep(page, "arriving-back-1280-light")


def test_outside_a_check_in_there_is_nothing_of_it(show: Show) -> None:
    page = show("analysis")
    assert not page.locator("[data-arriving]").count()


def test_a_phone_takes_over_the_lead_with_six_digits(show: Show) -> None:
    page = show("phone_peer", 390, 844)
    page.click("[data-action=more]")
    page.click("[data-action=take-lead]")
    page.fill("#lead-pin", "271828")
    page.click("[data-action=confirm-lead]")
    assert page.evaluate("window.paired") == [{"pin": "271828", "seat": None}]
    expect(page.locator(".take-lead [role=alert]")).to_be_visible()
    keep(page, "take-lead-390-light")


def test_the_tablet_has_the_lead_already(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    assert not page.locator("[data-action=take-lead]").count()


def test_what_was_agreed_last_time_stands_on_the_start_page(show: Show) -> None:
    page = show("start")
    page.evaluate("kept => tell({look_back: kept})", KEPT)
    expect(page.locator("[data-look-back]")).to_contain_text("Ik bel hem eerst")
    expect(page.locator("[data-look-back] [data-agreed=lead]")).to_contain_text("Bram")


def test_joining_against_ones_will_is_asked_and_talked_about_but_stops_nobody(show: Show) -> None:
    page = show("start")
    page.locator("[data-part='2'] input[name=voluntary]").last.check(force=True)
    expect(page.locator("[data-action=open-meeting]")).to_be_enabled()
