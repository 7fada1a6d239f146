"""A real evening without a microphone: by taps, with a phone, through a power cut, to the erasing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PICTURES, PIN, Kring


@pytest.fixture
def kring(tmp_path: Path) -> Iterator[Kring]:
    running = Kring(("--data", str(tmp_path / "data"), "--language", "nl")).start()
    yield running
    running.stop()


def paired(browser: Browser, kring: Kring, pin: str = PIN, **screen: int) -> Page:
    size = {"width": screen.get("width", 1280), "height": screen.get("height", 800)}
    page = browser.new_page(viewport=size, locale="nl-NL")  # type: ignore[arg-type]
    page.goto(f"{kring.url}#pin={pin}")
    return page


def press(page: Page, action: str) -> None:
    page.locator(f'[data-action="{action}"]').first.click()


def open_and_agree(page: Page) -> None:
    press(page, "open-meeting")
    page.wait_for_selector("main.consent")
    page.screenshot(path=PICTURES / "consent.png")
    for yes in page.locator("[data-yes]").all():
        yes.click()
    press(page, "confirm-consent")
    page.wait_for_selector("main.tablet")


def go_on(page: Page, phase: str) -> None:
    press(page, "next")
    press(page, "confirm-next")
    page.wait_for_selector(f'main.tablet[data-phase="{phase}"]')


def tap(page: Page, letter: str) -> None:
    page.locator(f'svg [data-seat="{letter}"]').click()


def minutes_left(page: Page) -> int:
    return int(page.locator(".countdown").first.get_attribute("data-minutes") or -1)


@pytest.mark.browser
def test_without_a_microphone_the_tablet_says_so_and_taps_make_the_balance(browser: Browser, kring: Kring) -> None:
    tablet = paired(browser, kring)
    tablet.wait_for_selector("main.start")
    drawn = tablet.locator(".qr path").last.bounding_box()
    assert drawn
    assert drawn["width"] > 80, "the QR code can be seen"
    tablet.screenshot(path=PICTURES / "start.png", full_page=True)
    open_and_agree(tablet)
    tablet.wait_for_selector('[data-microphone="missing"]', timeout=30_000)
    tap(tablet, "B")
    tablet.wait_for_selector('svg [data-seat="B"][aria-pressed="true"]')
    tablet.wait_for_timeout(3000)
    tap(tablet, "C")
    tablet.wait_for_selector('svg [data-seat="C"][aria-pressed="true"]')
    tablet.wait_for_timeout(1000)
    tap(tablet, "C")
    tablet.screenshot(path=PICTURES / "tablet-taps.png")
    for phase in ("inventory", "analysis", "awareness", "advice", "evaluation"):
        go_on(tablet, phase)
    press(tablet, "next")
    press(tablet, "confirm-close")
    tablet.wait_for_selector("main[data-stage=closed]")
    tablet.screenshot(path=PICTURES / "closed.png", full_page=True)
    share = {c: float(tablet.locator(f'[data-summary-seat="{c}"]').get_attribute("data-share") or 0) for c in "BC"}
    assert share["B"] == pytest.approx(0.75, abs=0.12)
    assert share["B"] + share["C"] == pytest.approx(1, abs=0.002)
    press(tablet, "erase")
    press(tablet, "confirm-erase")
    tablet.wait_for_selector("main[data-stage=erased]")
    tablet.screenshot(path=PICTURES / "erased.png")
    tablet.close()


@pytest.mark.browser
def test_where_not_everybody_agrees_the_group_goes_back_or_on_by_taps(browser: Browser, kring: Kring) -> None:
    tablet = paired(browser, kring)
    tablet.wait_for_selector("main.start")
    tablet.locator(".chairs input[type=text]").nth(1).fill("Bram")
    press(tablet, "open-meeting")
    tablet.wait_for_selector("main.consent")
    press(tablet, "back")
    tablet.wait_for_selector("main.start")
    assert tablet.locator(".chairs input[type=text]").nth(1).input_value() == "Bram"
    press(tablet, "open-meeting")
    tablet.wait_for_selector("main.consent")
    press(tablet, "by-taps")
    tablet.screenshot(path=PICTURES / "consent-by-taps.png")
    press(tablet, "confirm-taps")
    tablet.wait_for_selector('main.tablet [data-microphone="off"]')
    assert not tablet.locator('[data-action="unmute"]').count()
    tap(tablet, "C")
    tablet.wait_for_selector('svg [data-seat="C"][aria-pressed="true"]')
    tap(tablet, "C")
    go_on(tablet, "inventory")
    press(tablet, "next")
    tablet.locator('[data-owner="B"]').wait_for()
    tablet.screenshot(path=PICTURES / "who-brings-the-case.png")
    tablet.locator('[data-owner="B"]').click()
    tablet.locator("[data-owner]").first.wait_for(state="detached")
    press(tablet, "confirm-next")
    tablet.wait_for_selector('main.tablet[data-phase="analysis"]')
    tablet.get_by_text("inbrenger").first.wait_for()
    tablet.close()


@pytest.mark.browser
def test_a_power_cut_leaves_phase_clock_and_screens_where_they_were(browser: Browser, kring: Kring) -> None:
    tablet = paired(browser, kring)
    open_and_agree(tablet)
    go_on(tablet, "inventory")
    tablet.wait_for_selector('[data-microphone="missing"]', timeout=30_000)
    tap(tablet, "B")
    tablet.wait_for_timeout(2500)
    kring.kill()
    tablet.wait_for_timeout(4000)
    tablet.wait_for_selector("p.banner")
    tablet.screenshot(path=PICTURES / "lost-connection.png")
    kring.start()
    tablet.wait_for_selector("p.banner", state="detached", timeout=15_000)
    tablet.wait_for_selector('main.tablet[data-phase="inventory"]')
    tablet.wait_for_selector('[data-microphone="missing"]', timeout=30_000)
    tap(tablet, "C")  # the page paired itself again: a wish is granted
    tablet.wait_for_selector('svg [data-seat="C"][aria-pressed="true"]', timeout=15_000)
    assert minutes_left(tablet) in (14, 15)
    tablet.close()


@pytest.mark.browser
def test_a_phone_sees_its_own_role_and_a_wrong_pin_is_explained(browser: Browser, kring: Kring) -> None:
    stranger = paired(browser, kring, pin="111111", width=390, height=844)
    stranger.wait_for_selector(".wrong")
    stranger.screenshot(path=PICTURES / "phone-wrong-pin.png")
    stranger.close()
    tablet = paired(browser, kring)
    open_and_agree(tablet)
    pin = kring.participant_pin
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL").new_page()
    phone.goto(f"{kring.url}#pin={pin}")
    phone.locator('[data-choose="C"]').click()
    phone.wait_for_selector('[data-phase="look_back"]')
    phone.screenshot(path=PICTURES / "phone.png")
    assert phone.locator(".chip.seat-C").count() >= 1
    go_on(tablet, "inventory")
    phone.wait_for_selector('[data-phase="inventory"]')
    words = phone.locator("body").inner_text()
    assert "%" not in words
    phone.context.close()
    tablet.close()
