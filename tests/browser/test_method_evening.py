"""Whole evenings by one tablet and phones, as a group would play them: nothing is heard, all is tapped and written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PICTURES, Kring
from tests.browser.test_evening import go_on, open_and_agree, paired, press

pytestmark = pytest.mark.browser
SLOW = 15_000


class Table:
    """A tablet and the phones of some seats."""

    def __init__(self, browser: Browser, kring: Kring) -> None:
        self.browser, self.kring = browser, kring
        self.tablet = paired(browser, kring)
        self.tablet.wait_for_selector("main.start")
        self.phones: dict[str, Page] = {}

    def join(self, seat: str) -> Page:
        context = self.browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL", has_touch=True)
        phone = context.new_page()
        phone.goto(f"{self.kring.url}#pin={self.kring.participant_pin}")
        phone.locator(f'[data-choose="{seat}"]').click()
        self.phones[seat] = phone
        return phone

    def picture(self, name: str) -> None:
        self.tablet.screenshot(path=PICTURES / f"method-{name}.png")

    def close(self) -> None:
        for phone in self.phones.values():
            phone.context.close()
        self.tablet.close()


@pytest.fixture
def kring(tmp_path: Path) -> Iterator[Kring]:
    running = Kring(("--data", str(tmp_path / "data"), "--language", "nl")).start()
    yield running
    running.stop()


@pytest.fixture
def table(browser: Browser, kring: Kring) -> Iterator[Table]:
    found = Table(browser, kring)
    yield found
    found.close()


def tab(phone: Page, card: str) -> None:
    """The card, whether it is on screen already or behind a tab."""
    phone.locator(f'[data-task="{card}"], [data-tab="{card}"]').first.wait_for(timeout=SLOW)
    if not phone.locator(f'[data-task="{card}"]').count():
        phone.locator(f'[data-tab="{card}"]').click()
    phone.locator(f'[data-task="{card}"]').wait_for()


def write(phone: Page, card: str, text: str, part: str = "text") -> None:
    """A card written and shared."""
    tab(phone, card)
    phone.locator(f'[data-field="{card}.{part}"]').fill(text)
    phone.locator(f'[data-task="{card}"] :has(> [data-field="{card}.{part}"]) ~ * [data-action="share"]').first.click()


def share(phone: Page, card: str, text: str) -> None:
    tab(phone, card)
    phone.locator(f'[data-field="{card}.text"]').fill(text)
    phone.locator(f'[data-task="{card}"] [data-action="share"]').click()


def vote(phone: Page, scores: dict[int, tuple[int, int, int]]) -> None:
    tab(phone, "vote")
    for note, three in scores.items():
        for letter, score in zip("EGT", three, strict=True):
            phone.locator(f'[data-score="{note}.{letter}={score}"]').click()
    phone.locator('[data-action="cast-vote"]').click()
    phone.locator('[data-voted="yes"]').wait_for(timeout=SLOW)


def answer_everything(phone: Page) -> None:
    tab(phone, "items")
    phone.locator("[data-item]").first.wait_for(timeout=SLOW)  # their texts are fetched when they are first needed
    for _ in range(14):
        item = phone.locator("[data-item]")
        if not item.count():
            break
        name = item.first.get_attribute("data-item")
        phone.locator(f'[data-answer="{name}=4"]').click()
        expect(phone.locator(f'[data-item="{name}"]')).to_have_count(0, timeout=SLOW)
    tab(phone, "pulse")
    for item in ("sp1", "sp2", "sp3", "sp4"):
        phone.locator(f'[data-answer="{item}=4"]').click()
    phone.locator('[data-action="give-pulse"]').click()
    phone.locator("[data-pulsed]").wait_for(timeout=SLOW)


def test_a_whole_evening_in_five_phases(table: Table) -> None:
    tablet = table.tablet
    press(tablet, "open-meeting")
    tablet.wait_for_selector("main.consent")
    for seat in "BCDE":
        table.join(seat)
    b, c, d, e = (table.phones[seat] for seat in "BCDE")
    share(b, "case", "Hoe zeg ik nee tegen mijn leidinggevende zonder dat het ruzie wordt?")
    for yes in tablet.locator("[data-yes]").all():
        yes.click()
    press(tablet, "confirm-consent")
    tablet.wait_for_selector("main.tablet")

    # Checking in, by a way that everybody sees.
    press(tablet, "arrive")
    tablet.locator('[data-ritual="weather"]').click()
    c.locator('[data-ritual-said="weather"]').wait_for(timeout=SLOW)

    # Choosing: a question each, a vote in private, sums that advise, and the group decides.
    go_on(tablet, "inventory")
    share(c, "case", "Hoe krijg ik rust in mijn agenda deze maand?")
    for phone in (b, c, d):
        vote(phone, {1: (2, 1, 2), 2: (1, 1, 0)})
    tablet.locator('[data-panel="cases"] [data-action="cases"]').click()
    press(tablet, "count-votes")
    tablet.locator("[data-sum]").first.wait_for(timeout=SLOW)
    table.picture("counted")
    b.screenshot(path=PICTURES / "method-phone-vote.png", full_page=True)
    tablet.locator('[data-choose-case="1"]').click()
    press(tablet, "confirm-case")
    tablet.locator('[data-panel="cases"] .slip.large, [data-panel="cases"]').first.wait_for()
    tablet.keyboard.press("Escape")

    # Questions are written first, then asked in turn; advice waits in a place of its own.
    go_on(tablet, "analysis")
    share(c, "questions", "Wat zei hij precies toen je weigerde?")
    share(d, "questions", "Wie merkt er nog meer iets van?")
    share(d, "questions", "Wanneer lukt het wel?")
    tab(c, "questions")
    c.locator('[data-field="questions.text"]').fill("Heb je al eens met hem gepraat?")
    c.locator('[data-hint]:not([data-hint=""])').wait_for(timeout=SLOW)
    c.screenshot(path=PICTURES / "method-phone-hint.png", full_page=True)
    c.locator('[data-field="questions.text"]').fill("")
    share(c, "park", "Ik zou hem opschrijven wat ik niet meer doe.")
    table.picture("writing")
    press(tablet, "end-quiet")
    press(tablet, "next-question")
    expect(tablet.locator('[data-panel="questions"]')).to_contain_text("Wat zei hij precies")
    c.get_by_text("Wat zei hij precies").first.wait_for()
    press(tablet, "next-question")
    expect(tablet.locator('[data-panel="questions"]')).to_contain_text("Wie merkt er nog meer")
    table.picture("questions")

    # The question anew, beside the first, with the own share.
    go_on(tablet, "awareness")
    write(b, "restate", "Hoe blijf ik bij mijn nee als hij zucht?", "question")
    write(b, "restate", "Ik leg te veel uit.", "share")
    expect(tablet.locator('[data-said="now"]')).to_contain_text("Hoe blijf ik bij mijn nee", timeout=SLOW)
    expect(tablet.locator('[data-said="first"]')).to_contain_text("Hoe zeg ik nee")
    table.picture("awareness")

    # Advice: what was parked comes back; the case owner sorts, has enough, and chooses.
    go_on(tablet, "advice")
    tab(c, "advice")
    c.locator('[data-action="give-parked"]').click()
    share(d, "advice", "Ik zou één zin oefenen, en dan zwijgen.")
    tab(b, "sort")
    b.locator("[data-advice]").nth(1).wait_for(timeout=SLOW)
    for pile in ("fits", "done"):
        b.locator(f'[data-pile$="={pile}"]').first.click()
        b.locator(f'[data-on-pile="{pile}"] li').wait_for(timeout=SLOW)
    b.screenshot(path=PICTURES / "method-phone-sorted.png", full_page=True)
    b.locator('[data-action="enough"]').click()
    expect(tablet.locator("[data-enough]").first).to_be_visible(timeout=SLOW)
    tab(b, "intention")
    for part, text in (("text", "Ik houd mijn nee kort"), ("step", "Oefenen met Els"), ("by", "2026-12-04")):
        b.locator(f'[data-field="intention.{part}"]').fill(text)
    b.locator('[data-action="form-intention"]').click()
    table.picture("advice")

    # The evaluation: private answers lie face down, agreements, the summary.
    go_on(tablet, "evaluation")
    for phone in (b, c, d, e):
        answer_everything(phone)
    press(tablet, "evaluation")
    tablet.locator('[data-answers="waiting"]').wait_for()
    assert not tablet.locator("[data-result]").count()
    expect(tablet.locator("[data-answers=waiting]")).to_contain_text("4 van 5", timeout=SLOW)
    press(tablet, "show-answers")
    expect(tablet.locator('[data-result="pr1"]')).to_be_visible(timeout=SLOW)
    table.picture("answers")
    tablet.locator('[data-step="agreements"]').click()
    tablet.locator('[data-agree="place"]').fill("bij Els")
    tablet.keyboard.press("Tab")
    expect(c.locator("body")).not_to_contain_text("%")
    tablet.locator('[data-agreed="place"]').wait_for(timeout=SLOW)
    tablet.locator('[data-step="look"]').click()
    tablet.locator("[data-column], [data-computed]").first.wait_for()
    table.picture("summary")
    tablet.keyboard.press("Escape")
    press(tablet, "next")
    press(tablet, "confirm-close")
    tablet.wait_for_selector("main[data-stage=closed]")
    tablet.screenshot(path=PICTURES / "method-closed.png", full_page=True)

    # Kept, item by item; next time it is there to come back to, and can be forgotten.
    for item in ("intention", "agreements"):
        tablet.locator(f'[data-keep="{item}"]').click()
    press(tablet, "keep")
    tablet.locator("[data-look-back]").wait_for(timeout=SLOW)
    expect(tablet.locator("[data-look-back]")).to_contain_text("Ik houd mijn nee kort")
    expect(tablet.locator("[data-look-back]")).not_to_contain_text("Hoe zeg ik nee")
    press(tablet, "forget")
    press(tablet, "confirm-forget")
    expect(tablet.locator("[data-look-back]")).to_have_count(0, timeout=SLOW)


def test_an_evening_with_the_incident_method(table: Table) -> None:
    tablet = table.tablet
    press(tablet, "all-methods")
    tablet.locator("[data-method=incident]").first.click()
    tablet.locator("dialog [data-action=choose-method]").first.click()
    table.picture("incident-start")
    open_and_agree(tablet)
    c, d = table.join("C"), table.join("D")

    # Not everybody has a phone: the lead types a question on somebody's word, and the group just decides.
    share(d, "case", "Wat deed ik toen de vader begon te schreeuwen?")
    tablet.locator('[data-panel="cases"] [data-action="cases"]').click()
    tablet.locator("[data-choose-case]").first.click()
    press(tablet, "confirm-case")
    tablet.keyboard.press("Escape")
    go_on(tablet, "sketch")
    expect(tablet.locator("[data-case-line]")).to_contain_text("Wat deed ik", timeout=SLOW)

    # Silent writing: the phones collect, the tablet shows how long still, and nobody reads along.
    go_on(tablet, "write_questions")
    share(c, "questions", "Hoe laat was het?")
    table.picture("incident-writing")
    assert "Hoe laat was het" not in tablet.locator("body").inner_text()
    go_on(tablet, "information")
    tablet.locator("[data-round]").wait_for()
    press(tablet, "cards")
    tablet.keyboard.press("Escape")

    # The case owner turns away while the peers think aloud.
    go_on(tablet, "analysis")
    table.picture("incident-turned-away")
    d.get_by_text("luister", exact=False).first.wait_for()

    # Positions are written in silence and read out in turn; then what really happened.
    go_on(tablet, "write_position")
    share(c, "advice", "Ik zou eerst gaan zitten, omdat staan dreigt.")
    assert "gaan zitten" not in tablet.locator("body").inner_text()
    go_on(tablet, "positions")
    tablet.locator('[data-panel="advice"] [data-action="advice"]').click()
    tablet.get_by_text("gaan zitten", exact=False).first.wait_for(timeout=SLOW)
    tablet.keyboard.press("Escape")
    tablet.locator('[data-action="round-next"]').first.click()
    for phase in ("reveal", "discussion", "evaluation"):
        go_on(tablet, phase)

    # Somebody says stop: everything rests, for everybody, and nobody hears who.
    c.locator('[data-action="stop"]').click()
    c.locator('[data-action="confirm-stop"]').click()
    tablet.locator("[data-stopped]").wait_for(timeout=SLOW)
    assert not tablet.locator(".countdown").count()
    assert not d.locator(".phone-clock").count()
    table.picture("incident-stopped")
    press(tablet, "resume")
    tablet.wait_for_selector('main.tablet[data-phase="evaluation"]')
    press(tablet, "next")
    press(tablet, "confirm-close")
    tablet.wait_for_selector("main[data-stage=closed]")
    press(tablet, "erase")
    press(tablet, "confirm-erase")
    tablet.wait_for_selector("main[data-stage=erased]")
