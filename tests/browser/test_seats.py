"""Two phones and one seat: the second one is told in words, and sits down as soon as the seat is free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Kring
from tests.browser.test_evening import open_and_agree, paired


@pytest.fixture
def kring(tmp_path: Path) -> Iterator[Kring]:
    running = Kring(("--data", str(tmp_path / "data"), "--language", "nl")).start()
    yield running
    running.stop()


def phone_at(browser: Browser, kring: Kring) -> Page:
    pin = kring.participant_pin
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL").new_page()
    page.goto(f"{kring.url}#pin={pin}")
    return page


@pytest.mark.browser
def test_a_second_phone_hears_that_the_seat_is_taken_and_gets_it_when_it_is_free(
    browser: Browser, kring: Kring
) -> None:
    tablet = paired(browser, kring)
    open_and_agree(tablet)
    first, second = phone_at(browser, kring), phone_at(browser, kring)
    first.locator('[data-choose="C"]').click()
    first.wait_for_selector(".who .chip.seat-C")
    second.locator('[data-choose="C"]').click()
    second.wait_for_selector("p.wrong")
    assert "Op deze stoel zit al een telefoon" in second.locator("p.wrong").inner_text()
    first.locator('[data-action="more"]').click()
    first.get_by_text("Verlaat de bijeenkomst").click()
    first.wait_for_selector("main.door")
    second.locator('[data-choose="C"]').click()
    second.wait_for_selector(".who .chip.seat-C")
    for page in (first, second):
        page.context.close()
    tablet.close()
