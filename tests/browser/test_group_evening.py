"""Two evenings of one group on a real device: founded, planned, held, looked back on, printed, forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from server.group.document import to_bytes
from server.groupfiles import FOLDER, GroupFiles
from tests.browser.conftest import PICTURES, Kring
from tests.browser.test_evening import go_on, paired, press
from tests.browser.test_method_evening import share
from tests.browser.test_method_evening import tab as task

pytestmark = pytest.mark.browser
SLOW = 15_000
PASSPHRASE = "vier wilde kanaries zwemmen"
MEMBERS = ("Anne", "Bo", "Cas", "Dee")
QUESTION = {"nl": "Hoe zeg ik kanarievraag?", "en": "How do I say kanarievraag?"}
PLAN = "Ik bel kanarieplan"
SAID = {
    "nl": ("Verklaring van deelname", "Anne", "Kanariekring"),
    "en": ("Statement of attendance", "Anne", "Kanariekring"),
}

TO_WRITE_ON = {"nl": "Volgende keer", "en": "Next time"}
"""A heading on the sheet of an evening."""


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kring(tmp_path: Path, language: str) -> Iterator[Kring]:
    running = Kring(("--data", str(tmp_path / "data"), "--language", language)).start()
    yield running
    running.stop()


@pytest.fixture
def tablet(browser: Browser, kring: Kring) -> Iterator[Page]:
    page = paired(browser, kring)
    page.wait_for_selector("main.start")
    yield page
    page.close()


def tab(tablet: Page, name: str) -> None:
    if not tablet.locator("main.group-page").count():
        press(tablet, "to-group")
    tablet.locator(f'[data-tab="{name}"]').click()
    tablet.locator(f'main.group-page[data-group="{name}"]').wait_for(timeout=SLOW)


def picture(tablet: Page, name: str, language: str) -> None:
    tablet.screenshot(path=PICTURES / f"group-{name}-{language}.png", full_page=True)


def found(tablet: Page) -> None:
    press(tablet, "found-group")
    tablet.locator('[data-field="found-name"]').fill("Kanariekring")
    tablet.locator('[name="first"]').fill(PASSPHRASE)
    tablet.locator('[name="again"]').fill(PASSPHRASE)
    press(tablet, "begin-group")
    tablet.locator("main.group-page").wait_for(timeout=SLOW)
    expect(tablet.locator("main")).not_to_contain_text("Gea")
    tablet.locator('[data-field="facilitator"]').fill("Gea")
    tablet.locator('[data-field="facilitator"]').press("Enter")
    for name in MEMBERS:
        tablet.locator('[data-field="member"]').fill(name)
        press(tablet, "add-member")
        tablet.locator("[data-member]", has_text=name).wait_for(timeout=SLOW)


def plan(tablet: Page) -> None:
    tab(tablet, "next")
    on = (date.today() + timedelta(days=28)).isoformat()
    for field, text in (("next-on", on), ("next-at", "19:30"), ("next-place", "Kanarieplein")):
        tablet.locator(f'[data-field="{field}"]').fill(text)
        tablet.locator(f'[data-field="{field}"]').press("Enter")
    invitation = tablet.locator('[data-part="invitation"] textarea')
    expect(invitation).to_have_value(re.compile("19:30 .*Kanarieplein"), timeout=SLOW)
    with tablet.expect_download() as download:
        press(tablet, "calendar")
    calendar = Path(download.value.path()).read_text(encoding="utf-8")
    assert "T193000\r\n" in calendar or "T193000\n" in calendar
    assert "Kanarieplein" in calendar


def sit_down(tablet: Page) -> None:
    """Back on the first page the chairs are those of the group: who guides from outside, and four members."""
    press(tablet, "leave-group")
    tablet.locator("main.start").wait_for(timeout=SLOW)
    expect(tablet.locator("[data-chair]")).to_have_count(5)
    press(tablet, "open-meeting")
    tablet.locator("main.consent").wait_for(timeout=SLOW)


def agree(tablet: Page) -> None:
    for yes in tablet.locator("[data-yes]").all():
        yes.click()
    press(tablet, "confirm-consent")
    tablet.locator("main.tablet").wait_for(timeout=SLOW)


def bo_joins(browser: Browser, kring: Kring, language: str) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=language, has_touch=True)
    phone = context.new_page()
    phone.goto(f"{kring.url}#pin={kring.participant_pin}")
    phone.locator('[data-choose="C"]').click()
    return phone


def test_two_evenings_of_one_group(browser: Browser, tablet: Page, kring: Kring, tmp_path: Path, language: str) -> None:
    found(tablet)
    picture(tablet, "us", language)
    remembers(tablet)
    plan(tablet)
    picture(tablet, "next", language)

    sit_down(tablet)
    phone = bo_joins(browser, kring, language)
    takes_a_plan_home(tablet, phone, language)
    phone.context.close()
    picture(tablet, "ending", language)
    assert tablet.locator('[data-keep="attendance"]').is_checked()
    assert tablet.locator('[data-keep="intention"]').is_checked()
    assert not tablet.locator('[data-keep="figures"]').is_checked()
    assert TO_WRITE_ON[language] in printed(tablet)
    press(tablet, "keep")

    looks_back(tablet, language)
    sit_down_again(browser, tablet, kring, language)
    attended(tablet, language)
    forgotten(tablet, tmp_path / "data")


def printed(tablet: Page) -> str:
    """What a printer gets."""
    sheet = PdfReader(BytesIO(tablet.pdf(prefer_css_page_size=True)))
    return "".join(page.extract_text() for page in sheet.pages)


def remembers(tablet: Page) -> None:
    tab(tablet, "kept")
    for item in ("attendance", "intention"):
        chosen = f'[name="keep-{item}"][value="season"]'
        tablet.locator(f"label:has({chosen})").click()
        expect(tablet.locator(chosen)).to_be_checked(timeout=SLOW)


def takes_a_plan_home(tablet: Page, phone: Page, language: str) -> None:
    """Bo brings a case from a phone, it is taken, and Bo says what comes of it; then the end."""
    share(phone, "case", QUESTION[language])
    agree(tablet)
    go_on(tablet, "inventory")
    expect(tablet.locator('[data-panel="cases"]')).to_contain_text("1 ", timeout=SLOW)
    tablet.locator('[data-panel="cases"] [data-action="cases"]').click()
    tablet.locator("[data-choose-case]").first.click()
    press(tablet, "confirm-case")
    tablet.keyboard.press("Escape")
    for phase in ("analysis", "awareness", "advice"):
        go_on(tablet, phase)
    task(phone, "intention")
    phone.locator('[data-field="intention.text"]').fill(PLAN)
    phone.locator('[data-action="form-intention"]').click()
    phone.locator('[data-action="drop-intention"]').wait_for(timeout=SLOW)
    go_on(tablet, "evaluation")
    press(tablet, "next")
    press(tablet, "confirm-close")
    tablet.locator('main[data-stage="closed"]').wait_for(timeout=SLOW)


def looks_back(tablet: Page, language: str) -> None:
    """Next time: told by Bo, kept as Bo wishes."""
    line = tablet.locator("[data-intention]")
    line.wait_for(timeout=SLOW)
    line.locator("[aria-expanded]").click()
    expect(line).to_contain_text(PLAN)
    expect(line).to_contain_text(QUESTION[language])
    tablet.locator('[data-worth="8"]').click()
    press(tablet, "back-on-table")
    picture(tablet, "look-back", language)
    press(tablet, "told-keep")
    expect(line).to_have_count(0, timeout=SLOW)


def sit_down_again(browser: Browser, tablet: Page, kring: Kring, language: str) -> None:
    """A second evening that is erased leaves the group as it was."""
    press(tablet, "prepare")
    tablet.locator("dialog [data-prepare]").wait_for(timeout=SLOW)
    picture(tablet, "prepare", language)
    press(tablet, "close-sheet")
    press(tablet, "open-meeting")
    tablet.locator("main.consent").wait_for(timeout=SLOW)
    agree(tablet)
    press(tablet, "more")
    press(tablet, "close-meeting")
    press(tablet, "confirm-close")
    tablet.locator('main[data-stage="closed"]').wait_for(timeout=SLOW)
    press(tablet, "erase")
    press(tablet, "confirm-erase")
    tablet.locator("main.erased").wait_for(timeout=SLOW)
    press(tablet, "new-meeting")
    tablet.locator("main.start").wait_for(timeout=SLOW)


def attended(tablet: Page, language: str) -> None:
    """One evening is remembered, not the one that was erased; a statement of it goes on paper."""
    tab(tablet, "kept")
    expect(tablet.locator("tr[data-evening]")).to_have_count(1)
    picture(tablet, "kept", language)
    press(tablet, "statement-1")
    tablet.locator('dialog[data-sheet="statement"]').wait_for(timeout=SLOW)
    words = printed(tablet)
    for text in SAID[language]:
        assert text in words
    assert not {"Bo", "Cas", "Dee"} & set(re.findall(r"\w+", words))
    assert PLAN not in words
    press(tablet, "close-sheet")


def forgotten(tablet: Page, data: Path) -> None:
    """Bo, and then the whole group, out of the page and out of the file."""
    tab(tablet, "us")
    press(tablet, "forget-2")
    press(tablet, "confirm-forget-member")
    expect(tablet.locator("[data-member]")).to_have_count(3, timeout=SLOW)
    tab(tablet, "kept")
    expect(tablet.locator("main.group-page")).not_to_contain_text(PLAN)
    group = GroupFiles(data).open(PASSPHRASE).group
    assert b"kanarieplan" not in to_bytes(group)
    assert b"Bo" not in to_bytes(group)
    press(tablet, "forget-group")
    tablet.locator("dialog input").fill("Kanariekring")
    press(tablet, "confirm-forget-group")
    tablet.locator('[data-group-door="closed"]').wait_for(timeout=SLOW)
    assert list((data / FOLDER).iterdir()) == []
