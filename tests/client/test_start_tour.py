"""The first evening: five steps, offered and not forced; practising; a second screen; a screen that may go dark."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_arrange import LYING, SMALLEST, STANDING, fits
from tests.client.test_leading import wishes
from tests.client.test_words import words

pytestmark = pytest.mark.browser

SCREENS = [(LYING, "light", "nl"), (STANDING, "dark", "de"), (SMALLEST, "light", "en")]
NO_WAKE_LOCK = "delete Navigator.prototype.wakeLock"


def step(page: Page) -> str | None:
    return page.locator("[data-tour]").get_attribute("data-tour")


# --- five steps ---


def test_the_five_steps_are_offered_once_and_open_nothing_by_themselves(show: Show) -> None:
    page = show("leading_start")
    expect(page.locator("[data-first=tour] h2")).to_have_text("Eerste keer? Vijf stappen")
    expect(page.locator("dialog")).to_have_count(0)
    page.click("[data-action=tour-no]")
    expect(page.locator("[data-first=tour]")).to_have_count(0)
    page.reload()
    page.wait_for_selector("[data-part='1']")
    expect(page.locator("[data-first=tour]")).to_have_count(0)
    assert wishes(page) == []


def test_next_back_dots_and_skip(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=tour]")
    assert step(page) == "1"
    expect(page.locator("[data-action=tour-back]")).to_be_disabled()
    for _ in range(4):
        page.click("[data-action=tour-next]")
    assert step(page) == "5"
    expect(page.locator("[data-action=tour-skip]")).to_have_count(0)
    page.click("[data-action=tour-back]")
    page.click("[data-dot='1']")
    assert step(page) == "2"
    expect(page.locator("[data-dot='1']")).to_have_attribute("aria-current", "step")
    page.click("[data-action=tour-skip]")
    expect(page.locator("dialog, [data-first=tour]")).to_have_count(0)


def test_arrow_keys_go_through_the_steps_and_the_last_button_closes(show: Show) -> None:
    page = show("leading_start")
    page.locator("[data-action=tour]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-tour='1']")
    page.keyboard.press("ArrowLeft")
    assert step(page) == "1"
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    assert step(page) == "5"
    page.keyboard.press("ArrowLeft")
    assert step(page) == "4"
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("ArrowRight")
    page.locator("[data-action=tour-next]").press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('kring.tour')") == "seen"


def test_closing_with_escape_counts_as_seen_and_more_opens_it_again(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=tour]")
    page.keyboard.press("Escape")
    expect(page.locator("dialog, [data-first=tour]")).to_have_count(0)
    page.click("[data-action=more]")
    page.click("dialog [data-action=tour]")
    assert step(page) == "1"


@pytest.mark.parametrize("view", ["consent", "analysis", "closed"])
def test_the_steps_are_behind_more_in_every_stage(show: Show, view: str) -> None:
    page = show(view)
    page.click("[data-action=more]")
    page.click("dialog [data-action=tour]")
    page.wait_for_selector("[data-tour='1']")
    page.click("[data-action=close-sheet]")
    assert asked(page) == []


def test_a_browser_that_keeps_nothing_is_not_asked_again_on_this_page(show: Show) -> None:
    page = show("leading_start")
    page.evaluate("""() => { const no = () => { throw new DOMException('denied', 'SecurityError'); };
      window.kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
      Object.defineProperty(window, 'localStorage', { get: no, configurable: true }); }""")
    page.click("[data-action=tour-no]")
    expect(page.locator("[data-first=tour]")).to_have_count(0)
    page.evaluate("Object.defineProperty(window, 'localStorage', window.kept)")


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_a_step_is_a_title_of_at_most_six_words_and_two_short_sentences(language: str) -> None:
    for n in range(1, 6):
        title, text = words(language)[f"tour.title_{n}"], words(language)[f"tour.text_{n}"]
        assert len(title.split()) <= 6, title
        sentences = [one for one in text.replace("?", ".").split(".") if one.strip()]
        assert len(sentences) <= 2, text
        assert all(len(one.split()) <= 15 for one in sentences), text


@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
def test_every_step_fits_its_screen_and_its_readers(
    show: Show, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show("leading_start", *size, theme=theme, language=language)
    page.click("[data-action=tour]")
    for n in range(5):
        page.click(f"[data-dot='{n}']")
        keep(page, f"tour-{n + 1}-{size[0]}-{theme}-{language}")
        fits(page, size)
        assert page.locator(f"[data-tour='{n + 1}'] svg").count() == 1


# --- practising ---


def test_practising_is_explained_before_it_begins_and_asks_in_the_language_of_the_screen(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=rehearse]")
    expect(page.locator("dialog li")).to_have_count(3)
    page.click("[data-action=begin-rehearsal]")
    assert wishes(page) == [{"command": "BeginRehearsal", "language": "nl"}]
    expect(page.locator("dialog")).to_have_count(0)


def test_where_there_is_no_recording_in_that_language_another_is_chosen(show: Show) -> None:
    page = show("leading_start", language="de")
    page.click("[data-action=rehearse]")
    expect(page.locator("input[name=rehearse-language][value=en]")).to_be_checked()
    page.locator("input[name=rehearse-language][value=nl]").check(force=True)
    page.click("[data-action=begin-rehearsal]")
    assert wishes(page) == [{"command": "BeginRehearsal", "language": "nl"}]


def test_after_the_tour_practising_is_still_on_the_start_page(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=tour-no]")
    expect(page.locator("[data-action=rehearse]")).to_be_visible()


def test_while_the_ears_warm_up_the_banner_says_so_and_stops_at_once(show: Show) -> None:
    page = show("leading_start")
    page.evaluate("tell({practising: true})")
    expect(page.locator("[data-rehearsal=start]")).to_contain_text("begint zo")
    expect(page.locator("[data-action=rehearse]")).to_have_count(0)
    page.click("[data-action=end-rehearsal]")
    assert wishes(page) == [{"command": "EndRehearsal"}]


def test_a_running_rehearsal_says_so_and_asks_once_before_it_stops(show: Show) -> None:
    page = show("analysis")
    expect(page.locator("[data-rehearsal]")).to_have_count(0)
    page.evaluate("tell({rehearsal: true})")
    expect(page.locator("[data-rehearsal=running]")).to_contain_text("dit is een opname")
    page.click("[data-action=end-rehearsal]")
    assert asked(page) == []
    page.click("[data-action=not-yet]")
    page.click("[data-action=end-rehearsal]")
    page.click("[data-action=confirm-end-rehearsal]")
    assert asked(page) == [{"command": "EndRehearsal"}]


def test_a_rehearsal_that_is_over_keeps_nothing_and_asks_nothing(show: Show) -> None:
    page = show("closed")
    page.evaluate("tell({rehearsal: true})")
    expect(page.locator("[data-practised]")).to_contain_text("niets")
    expect(page.locator("[data-action=keep], [data-action=erase]")).to_have_count(0)
    page.click("[data-action=rehearsed]")
    page.click("[data-action=end-rehearsal]")
    assert asked(page) == [{"command": "EndRehearsal"}] * 2


@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
@pytest.mark.parametrize("view", ["leading_start", "analysis", "closed"])
def test_the_banner_fits_and_leaves_the_page_whole(
    show: Show, view: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show(view, *size, theme=theme, language=language)
    page.evaluate("tell({rehearsal: true, practising: true})")
    page.wait_for_selector("[data-rehearsal]")
    keep(page, f"rehearsal-{view}-{size[0]}-{theme}-{language}")
    fits(page, size)
    if view == "analysis" and size != SMALLEST:
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


# --- the start page ---


@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
@pytest.mark.parametrize("sheet", ["", "rehearse"])
def test_the_start_page_with_its_two_cards_fits(
    show: Show, sheet: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show("start", *size, theme=theme, language=language)
    if sheet:
        page.click(f"[data-action={sheet}]")
    keep(page, f"start-first-{sheet}-{size[0]}-{theme}-{language}", full=not sheet)
    fits(page, size)


def test_the_picture_to_scan_is_still_on_the_page_after_it_was_looked_at_behind_more(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=more]")
    expect(page.locator("[data-sheet=more] .qr svg")).to_be_visible()
    expect(page.locator(".start-side .qr svg")).to_have_count(1)
    page.click("[data-action=close-sheet]")
    expect(page.locator(".start-side .qr svg")).to_be_visible()


def test_the_second_screen_has_its_own_picture_address_and_digits_behind_more(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    expect(page.locator("[data-action=second]")).to_have_count(0)
    page.evaluate("""fetch('samples/start.json').then(r => r.json()).then(({join}) =>
      tell({table_screen: {...join, url: 'https://192.168.1.7:8443/#pin=654321', pin: '654321'}}))""")
    page.click("[data-action=second]")
    card = page.locator("dialog[data-sheet=second] [data-join=second]")
    expect(card.locator(".address")).to_have_text("https://192.168.1.7:8443")
    expect(card.locator(".pin-shown")).to_contain_text("654 321")
    expect(card.locator(".qr svg")).to_be_visible()
    keep(page, "second-screen")
    fits(page, LYING)
    assert asked(page) == []


@pytest.mark.parametrize("view", ["leading_start", "analysis"])
def test_a_screen_that_may_go_dark_says_so_once_with_what_to_do(show: Show, view: str) -> None:
    page = show(view)
    expect(page.locator("[data-awake]")).to_have_count(0)
    page.evaluate(NO_WAKE_LOCK)
    if view == "analysis":
        page.wait_for_timeout(700)
        expect(page.locator("[data-awake]")).to_have_count(0)
        page.click("[data-action=more]")
    expect(page.locator("[data-awake=no]")).to_have_count(1)
    expect(page.locator("[data-awake=no]")).to_contain_text("automatisch vergrendelen uit")


def test_a_name_is_kept_while_the_steps_are_looked_at(show: Show) -> None:
    page = show("leading_start")
    page.get_by_label("Naam op stoel B").fill("Bram")
    page.click("[data-action=tour]")
    page.click("[data-action=tour-skip]")
    expect(page.get_by_label("Naam op stoel B")).to_have_value("Bram")
    form: dict[str, Any] = json.loads(page.evaluate("sessionStorage.getItem('kring.form')"))
    assert form["balance"] == "live"
