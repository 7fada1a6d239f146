"""Small signs on a phone, and what a person chooses about the own numbers; who sees what is always said."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.meeting.commands import from_json
from server.meeting.phonewishes import for_seat
from tests.client.phone_moments import MOMENTS, NOW, mine, phone, tell
from tests.client.stage import Show, asked, keep
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser

ME = NOW["me"]
SIZES = [((390, 844), "light", "nl"), ((320, 568), "dark", "de"), ((320, 568), "light", "en")]
LIVE = {"balance": {"shown": "live", "recap": None}}
OFF = {"balance": {"shown": "off", "recap": None}}


def granted(page: Page) -> list[dict[str, Any]]:
    """What the phone asked; each a wish that the server understands and grants to a phone of seat B."""
    found = asked(page)
    assert all(for_seat(from_json(one), "B") is not None for one in found)
    return found


def given(*signs: str) -> dict[str, Any]:
    return mine(signs=list(signs))


def fits(page: Page, least: float = 43.5) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    small = [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least]
    assert small == []
    assert serious(page) == []


# --- signs ---

SEEN = {
    "want_in": "Er staat een handje bij jouw stoel.",
    "too_close": "Op tafel staat nu: dit komt iemand te dichtbij. Geen naam.",
    "slow_down": "Op tafel staat nu: iemand vraagt rustiger aan. Geen naam.",
}


@pytest.mark.parametrize("sign", SEEN)
def test_a_sign_is_given_seen_and_taken_back(show: Show, sign: str) -> None:
    page = phone(show, "questions")
    button = page.locator(f"[data-sign={sign}]")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    tell(page, given(sign))
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".signs-said")).to_have_text(SEEN[sign])
    button.click()
    tell(page, given())
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".signs-said")).to_have_text("Je nam het terug. Het is nergens meer te zien.")
    assert granted(page) == [
        {"command": "GiveSign", "sign": sign, "given": True},
        {"command": "GiveSign", "sign": sign, "given": False},
    ]


def test_what_is_seen_is_said_after_a_reload_too_and_no_longer_than_it_is_seen(show: Show) -> None:
    page = phone(show, "questions")
    tell(page, given("want_in", "slow_down"))
    expect(page.locator(".signs-said")).to_have_text(SEEN["slow_down"])
    tell(page, given("want_in"))
    expect(page.locator(".signs-said")).to_have_text(SEEN["want_in"])
    tell(page, given())
    expect(page.locator(".signs-said")).to_have_text("")


def test_who_will_see_it_can_be_heard_before_one_presses(show: Show) -> None:
    page = phone(show, "questions")
    for sign, words in SEEN.items():
        expect(page.locator(f"[data-sign={sign}]")).to_have_accessible_description(words)


def test_without_a_line_a_sign_says_so_and_what_is_typed_stays(show: Show) -> None:
    page = phone(show, "questions")
    page.fill('[data-field="questions.text"]', "Wat maakte het lastig?")
    page.evaluate("window.lose()")
    page.click("[data-sign=too_close]")
    expect(page.locator(".signs-said")).to_have_text(
        "Er is nu geen verbinding. Zeg het hardop, of tik het zo nog eens."
    )
    assert asked(page) == [], "nothing waits to be sent a minute too late"
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")


def test_a_refusal_is_said_and_is_no_lost_line(show: Show) -> None:
    page = phone(show, "questions")
    page.evaluate("window.answer = {ok: false, refused: 'not_now', say: {nl: 'Dat kan nu niet.'}}")
    page.click("[data-sign=want_in]")
    expect(page.locator(".notice")).to_contain_text("Dat kan nu niet.")
    expect(page.locator("[data-sign=want_in]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".signs-said")).to_have_text("")
    page.fill('[data-field="questions.text"]', "Wat maakte het lastig?")
    page.click("[data-action=share]")
    expect(page.locator(".task .unsent").first).to_have_text("")


@pytest.mark.parametrize("moment", ["consent", "closed"])
def test_outside_the_meeting_there_is_nothing_to_press(show: Show, moment: str) -> None:
    page = phone(show, moment)
    expect(page.locator("[data-sign]")).to_have_count(0)


def test_who_has_no_seat_or_said_stop_has_no_signs(show: Show) -> None:
    page = phone(show, "questions")
    tell(page, {"stopped": True})
    expect(page.locator("[data-sign]")).to_have_count(0)
    page = show("phone_choose", 390, 844)
    expect(page.locator("[data-sign]")).to_have_count(0)


@pytest.mark.parametrize(("size", "theme", "language"), SIZES)
@pytest.mark.parametrize("moment", ["questions", "vote", "sort"])
def test_the_signs_lie_under_a_thumb_and_not_over_a_card(
    show: Show, moment: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = phone(show, moment, size, theme=theme, language=language)
    tell(page, MOMENTS[moment] | {"my": NOW["my"] | MOMENTS[moment].get("my", {}) | {"signs": ["slow_down"]}})
    keep(page, f"signs-{moment}-{size[0]}-{theme}-{language}")
    row = page.locator(".signs-row").bounding_box()
    assert row is not None
    assert row["y"] + row["height"] <= size[1], "on screen without scrolling"
    assert row["y"] > size[1] * 0.75, "within reach of a thumb"
    signs = page.locator(".signs").bounding_box()
    assert signs is not None
    assert signs["height"] < size[1] * 0.25
    fits(page)


def test_a_card_that_is_being_typed_on_has_the_screen(show: Show) -> None:
    page = phone(show, "questions", (320, 568))
    field = page.locator('[data-field="questions.text"]')
    field.focus()
    assert page.evaluate("getComputedStyle(document.querySelector('.signs')).position") == "static"
    field.scroll_into_view_if_needed()
    box, signs = field.bounding_box(), page.locator(".signs").bounding_box()
    assert box
    assert signs
    assert signs["y"] >= box["y"] + box["height"], "under the card, never over it"
    keep(page, "signs-typing-320")
    field.blur()
    assert page.evaluate("getComputedStyle(document.querySelector('.signs')).position") == "sticky"


@pytest.mark.parametrize("size", [(390, 844), (320, 568)])
def test_what_has_the_focus_is_never_under_the_signs(show: Show, size: tuple[int, int]) -> None:
    page = phone(show, "sort", size)
    for _ in range(30):
        page.keyboard.press("Tab")
        under = page.evaluate("""() => {
          const one = document.activeElement, signs = document.querySelector('.signs');
          if (one === document.body || signs.contains(one)) return false;
          return one.getBoundingClientRect().bottom > signs.getBoundingClientRect().top + 1 && one.outerHTML;
        }""")
        assert not under


# --- the own choices ---


def open_more(page: Page) -> None:
    page.click("[data-action=more]")
    page.wait_for_selector("[data-my-choices]")


def test_anybody_switches_the_balance_off_for_all_after_one_question(show: Show) -> None:
    page = phone(show, "questions")
    tell(page, LIVE)
    open_more(page)
    page.click("[data-action=balance-off]")
    expect(page.locator("dialog[data-sheet=balance-off]")).to_contain_text("Dan ziet niemand meer hoeveel wie spreekt.")
    keep(page, "signs-balance-off")
    assert asked(page) == []
    page.click("[data-action=not-yet]")
    expect(page.locator("dialog")).to_have_count(0)
    open_more(page)
    page.click("[data-action=balance-off]")
    page.click("[data-action=confirm-balance-off]")
    assert granted(page) == [{"command": "ShowBalance", "shown": "off"}]
    expect(page.locator(".notice")).to_contain_text("Spreektijd staat uit voor iedereen.")
    tell(page, OFF)
    page.click("[data-action=more]")
    expect(page.locator("[data-balance=off]")).to_be_visible()
    expect(page.locator("[data-action=balance-off]")).to_have_count(0)


def test_turns_are_counted_instead_of_time_on_ones_own_word(show: Show) -> None:
    page = phone(show, "questions")
    open_more(page)
    page.click("[data-action=count-turns]")
    tell(page, {"me": ME | {"counts": "turns"}})
    expect(page.locator("[data-action=count-turns]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-action=count-turns]")
    assert granted(page) == [
        {"command": "CountTurns", "seat": "B", "turns": True},
        {"command": "CountTurns", "seat": "B", "turns": False},
    ]


def test_the_own_voice_is_forgotten_on_ones_own_word(show: Show) -> None:
    page = phone(show, "questions")
    tell(page, {"me": ME | {"voice": "unknown"}})
    open_more(page)
    expect(page.locator("[data-action=forget-voice]")).to_have_count(0)
    tell(page, {"me": ME | {"voice": "known"}})
    page.click("[data-action=forget-voice]")
    assert granted(page) == [{"command": "ForgetVoice", "seat": "B"}]
    expect(page.locator(".notice")).to_contain_text("Je stem is gewist.")


@pytest.mark.parametrize(("size", "theme", "language"), SIZES)
def test_the_own_choices_fit(show: Show, size: tuple[int, int], theme: str, language: str) -> None:
    page = phone(show, "questions", size, theme=theme, language=language)
    tell(page, LIVE | {"me": ME | {"counts": "turns", "voice": "known"}})
    open_more(page)
    page.locator("[data-my-choices]").scroll_into_view_if_needed()
    keep(page, f"signs-own-{size[0]}-{theme}-{language}")
    fits(page)


# --- the own part ---


def test_the_own_part_of_who_counts_turns_holds_turns_and_no_time(show: Show) -> None:
    page = phone(show, "closed")
    tell(page, {"mine": {"counts": "turns", "seconds": None, "turns": 7, "backchannels": 0}})
    part = page.locator(".mine")
    expect(part.locator(".fact")).to_have_count(1)
    expect(part.locator(".fact")).to_contain_text("7")
    expect(part.locator("[data-felt]")).to_contain_text("Geteld: 7 beurten.")
    words = part.inner_text()
    assert "0 sec" not in words
    assert "sec" not in words
    assert "min" not in words
    keep(page, "signs-mine-turns", full=True)
    fits(page)


def test_what_was_not_counted_is_no_zero(show: Show) -> None:
    page = phone(show, "closed")
    tell(page, {"mine": {"counts": "seconds", "seconds": None, "turns": None, "backchannels": None}})
    expect(page.locator(".mine .fact")).to_have_count(0)
    tell(page, OFF | {"mine": None})
    expect(page.locator(".mine")).to_contain_text("De groep koos: spreektijd uit.")
    tell(page, LIVE | {"mine": {"counts": "seconds", "seconds": 0.0, "turns": 0, "backchannels": 0}})
    expect(page.locator(".mine .fact").first).to_contain_text("0", use_inner_text=True)
