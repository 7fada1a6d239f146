"""When a group looks at its speaking time: chosen at the start, changed by all, and left alone when it is off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_arrange import LYING, SMALLEST, STANDING, fits
from tests.client.test_leading import wishes

pytestmark = pytest.mark.browser

OFF: dict[str, Any] = {"summary": None, "balance": {"shown": "off", "recap": None}}
SCREENS = [(LYING, "light", "nl"), (STANDING, "dark", "de"), (SMALLEST, "light", "en")]


def shown(page: Page, how: str) -> None:
    page.evaluate("shown => tell({balance: {shown, recap: null}})", how)


def test_the_choice_is_live_by_itself_and_goes_along_when_people_sit_down(show: Show) -> None:
    page = show("start")
    expect(page.locator("input[name=balance][value=live]")).to_be_checked()
    said = set()
    for one in ("off", "live", "phase_ends"):
        page.locator(f"input[name=balance][value={one}]").check(force=True)
        said.add(page.locator("fieldset:has(input[name=balance]) .choice-more").inner_text())
    assert len(said) == 3
    page.reload()
    page.wait_for_selector("[data-action=open-meeting]")
    expect(page.locator("input[name=balance][value=phase_ends]")).to_be_checked()
    page.click("[data-action=open-meeting]")
    assert wishes(page)[-1]["balance"] == "phase_ends"


def test_going_back_from_the_agreements_brings_the_choice_back(show: Show) -> None:
    page = show("consent")
    shown(page, "off")
    page.click("[data-action=back]")
    page.evaluate("fetch('samples/start.json').then(r => r.json()).then(tell)")
    expect(page.locator("input[name=balance][value=off]")).to_be_checked()


@pytest.mark.parametrize("how", ["off", "phase_ends", "live"])
def test_the_agreements_say_in_one_line_what_was_chosen(show: Show, how: str) -> None:
    page = show("consent")
    expect(page.locator("[data-balance]")).to_have_count(0)
    shown(page, how)
    line = page.locator(f"[data-balance={how}]")
    expect(line).to_contain_text("Spreektijd in beeld:")
    assert ("voor allen uitzetten" in line.inner_text()) == (how != "off")


@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
def test_the_agreements_still_fit(show: Show, size: tuple[int, int], theme: str, language: str) -> None:
    page = show("consent", *size, theme=theme, language=language)
    shown(page, "phase_ends")
    page.wait_for_selector("[data-balance]")
    keep(page, f"consent-balance-{size[0]}-{theme}-{language}", full=True)
    fits(page, size)
    if size == LYING:
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0, "nothing below the edge"


def test_the_lead_changes_it_behind_more_and_off_comes_at_once(show: Show) -> None:
    page = show("analysis")
    shown(page, "live")
    page.click("[data-action=more]")
    page.locator("input[name=balance][value=phase_ends]").click(force=True)
    page.locator("input[name=balance][value=off]").click(force=True)
    assert asked(page) == [
        {"command": "ShowBalance", "shown": "phase_ends"},
        {"command": "ShowBalance", "shown": "off"},
    ]


def test_what_is_off_comes_back_only_after_everybody_was_asked(show: Show) -> None:
    page = show("analysis")
    shown(page, "off")
    page.click("[data-action=more]")
    page.locator("input[name=balance][value=live]").click(force=True)
    assert asked(page) == []
    expect(page.locator("dialog[data-sheet=balance] h2")).to_have_text("Wil iedereen dit zien?")
    page.click("[data-action=not-yet]")
    assert asked(page) == []
    page.click("[data-action=more]")
    expect(page.locator("input[name=balance][value=off]")).to_be_checked()
    page.locator("input[name=balance][value=live]").click(force=True)
    page.click("[data-action=confirm-balance]")
    assert asked(page) == [{"command": "ShowBalance", "shown": "live"}]


def test_without_a_meeting_there_is_nothing_to_switch(show: Show) -> None:
    page = show("start")
    page.click("[data-action=more]")
    expect(page.locator("dialog input[name=balance], dialog input[name=picture]")).to_have_count(0)


def test_this_screen_chooses_its_picture_behind_more_while_a_meeting_runs(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    page.locator("dialog input[name=picture][value=bars]").check(force=True)
    expect(page.locator("dialog input[name=picture][value=bars]")).to_be_checked()
    assert asked(page) == []


# --- the end of a meeting in which nobody wanted to look ---


def test_a_closed_meeting_without_a_picture_is_calm_and_all_the_rest_works(show: Show) -> None:
    page = show("ended")
    page.evaluate("off => tell(off)", OFF)
    expect(page.locator("[data-balance-off]")).to_contain_text("De groep koos: spreektijd uit.")
    expect(page.locator(".summary, [data-take-along], .paper")).to_have_count(0)
    expect(page.locator(".agreed-for")).to_be_visible()
    expect(page.locator("[data-action=keep]")).to_be_visible()
    expect(page.locator("[data-action=erase]")).to_be_visible()
    page.click("[data-action=look-after-all]")
    assert asked(page) == []
    page.click("[data-action=confirm-balance]")
    assert asked(page) == [{"command": "ShowBalance", "shown": "phase_ends"}]


def test_in_the_last_phase_looking_together_says_it_is_off_and_evaluating_goes_on(show: Show) -> None:
    page = show("evaluating")
    page.evaluate("off => tell(off)", OFF)
    expect(page.locator("[data-action=look]")).to_contain_text("spreektijd uit")
    page.click("[data-action=look]")
    expect(page.locator("[data-balance-off]")).to_be_visible()
    keep(page, "look-off")
    page.click("[data-action=evaluation]")
    expect(page.locator("[data-step]")).to_have_count(2)
    expect(page.locator("[data-step=look]")).to_have_count(0)
    page.click("[data-step=agreements]")
    expect(page.locator("[data-agree=date]")).to_be_visible()
    page.keyboard.press("Escape")
    page.click("[data-action=look-back]")
    expect(page.locator("[data-stage=running]")).to_be_visible()


def test_who_looks_while_somebody_switches_it_off_sees_that_at_once(show: Show) -> None:
    page = show("evaluating")
    page.click("[data-action=look]")
    expect(page.locator(".summary")).to_be_visible()
    page.evaluate("off => tell(off)", OFF)
    expect(page.locator(".summary")).to_have_count(0)
    expect(page.locator("[data-balance-off]")).to_be_visible()


@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
@pytest.mark.parametrize("view", ["ended", "evaluating"])
def test_the_page_without_a_picture_fits(
    show: Show, view: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show(view, *size, theme=theme, language=language)
    page.evaluate("off => tell(off)", OFF)
    if view == "evaluating":
        page.click("[data-action=look]")
    page.wait_for_selector("[data-balance-off]")
    keep(page, f"off-{view}-{size[0]}-{theme}-{language}", full=True)
    fits(page, size)


@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
def test_the_sheet_behind_more_fits_with_everything_in_it(
    show: Show, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show("analysis", *size, theme=theme, language=language)
    page.evaluate("""fetch('samples/start.json').then(r => r.json()).then(({join}) =>
      tell({table_screen: join, balance: {shown: 'phase_ends', recap: null}}))""")
    page.click("[data-action=more]")
    page.wait_for_selector("[data-action=second]")
    keep(page, f"more-all-{size[0]}-{theme}-{language}")
    fits(page, size)
