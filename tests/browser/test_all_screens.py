"""A tablet, a second screen and three phones at one table, through a real Kring; and practising from the start page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PICTURES, Kring
from tests.browser.test_evening import go_on, open_and_agree, paired, press

pytestmark = pytest.mark.browser
SLOW = 20_000
PHONES = {"B": (390, 844), "C": (320, 568), "D": (390, 844)}


@pytest.fixture
def kring(tmp_path: Path) -> Iterator[Kring]:
    running = Kring(("--data", str(tmp_path / "data"), "--language", "nl")).start()
    yield running
    running.stop()


def joined(browser: Browser, kring: Kring, seat: str) -> Page:
    pin = kring.participant_pin
    phone = paired(browser, kring, pin, width=PHONES[seat][0], height=PHONES[seat][1])
    phone.locator(f'[data-choose="{seat}"]').click()
    phone.wait_for_selector("main.phone[data-stage=running]")
    return phone


def second_screen(browser: Browser, kring: Kring, tablet: Page) -> Page:
    """As somebody does it: the PIN is read off the tablet and typed on the other screen."""
    press(tablet, "more")
    press(tablet, "second")
    shown = tablet.locator("dialog[open] .pin-shown b").inner_text()
    tablet.keyboard.press("Escape")
    screen = browser.new_page(viewport={"width": 800, "height": 1280}, locale="nl-NL")
    screen.goto(kring.url)
    screen.locator(".pin").fill(shown.replace(" ", ""))
    screen.keyboard.press("Enter")
    screen.wait_for_selector("[data-table=running]")
    return screen


def letters(page: Page) -> list[str]:
    """The seats in the order in which they are drawn."""
    return [str(one) for one in page.eval_on_selector_all("[data-seat]", "all => all.map(one => one.dataset.seat)")]


def test_everybody_sees_what_is_theirs(browser: Browser, kring: Kring) -> None:
    tablet = paired(browser, kring)
    tablet.wait_for_selector("main.start")
    open_and_agree(tablet)
    phones = {seat: joined(browser, kring, seat) for seat in PHONES}
    screen = second_screen(browser, kring, tablet)
    go_on(tablet, "inventory")
    screen.get_by_text("Fase 2 van 6").first.wait_for()

    # Chairs by taps, in the order in which people sit.
    press(tablet, "seats")
    press(tablet, "arrange")
    for letter in "CAEBD":
        tablet.locator(f'[data-chair="{letter}"]').click()
    press(tablet, "arrange-done")
    tablet.keyboard.press("Escape")
    expect(tablet.locator("[data-seat]").first).to_have_attribute("data-seat", "C")
    assert letters(tablet)[:5] == list("CAEBD")
    expect(screen.locator("[data-seat]").first).to_have_attribute("data-seat", "C")

    # Signs: a hand has a chair, the others have none.
    phones["C"].locator('[data-sign="slow_down"]').click()
    phones["D"].locator('[data-sign="want_in"]').click()
    for page in (tablet, screen):
        page.wait_for_selector('[data-signal="slow_down"]')
        expect(page.locator('[data-seat="D"]').first).to_have_attribute("data-hand", "")
        assert "Stoel C" not in page.locator('[data-signal="slow_down"]').first.inner_text()
    assert phones["B"].locator('[data-signal], [data-sign][aria-pressed="true"]').count() == 0
    screen.screenshot(path=PICTURES / "screens-table.png")
    phones["C"].screenshot(path=PICTURES / "screens-phone-320.png")

    # One member switches the balance off, for all. A tap on a chair opens a sheet until the ears told of no microphone.
    tablet.wait_for_selector('[data-microphone="missing"]', timeout=60_000)
    tablet.locator('[data-seat="B"]').first.click()
    tablet.locator('[data-seat="B"]').first.click()
    press(phones["B"], "more")
    press(phones["B"], "balance-off")
    press(phones["B"], "confirm-balance-off")
    for page in (tablet, screen):
        expect(page.locator('[data-seat="B"]').first).not_to_have_attribute("data-share", re.compile(".*"))
        page.get_by_text("Spreektijd staat uit").first.wait_for()
    tablet.screenshot(path=PICTURES / "screens-off.png")

    # Of a seat that counts turns the person chose it, on the own phone.
    press(phones["C"], "more")
    press(phones["C"], "count-turns")
    expect(phones["C"].locator("[data-action=count-turns]")).to_have_attribute("aria-pressed", "true")

    # The end: nothing is shown until the group wants to look.
    press(tablet, "more")
    press(tablet, "close-meeting")
    press(tablet, "confirm-close")
    tablet.wait_for_selector("[data-balance-off]")
    press(tablet, "look-after-all")
    tablet.locator("dialog[open] .main").click()
    tablet.wait_for_selector("[data-summary-seat]")
    assert "data-share" in tablet.locator('[data-summary-seat="B"]').evaluate("one => one.outerHTML")
    screen.wait_for_selector("[data-table=closed] [data-summary-seat]")
    for page in (tablet, screen, *phones.values()):
        page.close()


def test_a_lead_practises_from_the_start_page_with_the_real_ears(browser: Browser, kring: Kring) -> None:
    tablet = paired(browser, kring, width=800, height=1280)
    tablet.wait_for_selector("main.start")
    press(tablet, "rehearse")
    press(tablet, "begin-rehearsal")
    tablet.wait_for_selector("main.tablet", timeout=60_000)
    tablet.wait_for_selector('svg [data-seat][aria-pressed="true"]', timeout=60_000)
    tablet.screenshot(path=PICTURES / "screens-rehearsal.png")
    press(tablet, "end-rehearsal")
    press(tablet, "confirm-end-rehearsal")
    tablet.wait_for_selector("main.start", timeout=SLOW)
    tablet.close()
