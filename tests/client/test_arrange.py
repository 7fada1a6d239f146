"""How people sit: by dragging, by tapping in order, by arrow keys; and chairs of which turns are counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_leading import fits

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""What is changed of a page (its media, its line, its history) must not stay for the next test."""

LYING, STANDING, PHONE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)


def arranging(show: Show, *size: int, view: str = "analysis", **more: Any) -> Page:
    page = show(view, *size, **more)
    if view != "consent":
        page.click("[data-action=seats]")
    page.click("[data-action=arrange]")
    page.wait_for_selector("dialog[data-sheet=arrange]")
    return page


def order(page: Page) -> str:
    """Letters clockwise from the top, as they are drawn."""
    placed: list[tuple[str, float]] = page.evaluate("""() => [...document.querySelectorAll('[data-chair]')].map(one => {
      const [, x, y] = one.parentElement.getAttribute('transform').match(/translate\\((\\S+) (\\S+)\\)/);
      return [one.dataset.chair, (Math.atan2(Number(y), Number(x)) * 180 / Math.PI + 90 + 720.5) % 360];
    })""")
    return "".join(letter for letter, _ in sorted(placed, key=lambda one: one[1]))


def middle(page: Page, letter: str) -> tuple[float, float]:
    box = page.locator(f"[data-chair={letter}] .badge").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, letter: str, onto: str) -> None:
    page.mouse.move(*middle(page, letter))
    page.mouse.down()
    page.mouse.move(*middle(page, onto), steps=6)
    page.mouse.up()


def test_a_chair_is_dragged_to_another_place_and_sent_once_on_done(show: Show) -> None:
    page = arranging(show)
    assert order(page) == "ABCDEF"
    drag(page, "B", "C")
    assert order(page) == "ACBDEF"
    expect(page.locator("[data-order]")).to_have_text(
        "Met de klok mee: Anna, Chaima, Bram, Dirk-Jan van Oosten, Esra, Femke."
    )
    expect(page.locator("dialog [data-said]")).to_have_text("Bram zit nu tussen Chaima en Dirk-Jan van Oosten.")
    assert asked(page) == []
    page.click("[data-action=arrange-done]")
    assert asked(page) == [{"command": "ArrangeSeats", "order": list("ACBDEF")}]
    expect(page.locator("dialog")).to_have_count(0)


def test_a_chair_dragged_over_the_top_changes_places_with_its_neighbour(show: Show) -> None:
    page = arranging(show)
    drag(page, "A", "F")
    assert order(page) == "FBCDEA"


def test_a_chair_dragged_across_the_table_lets_the_others_move_up(show: Show) -> None:
    page = arranging(show)
    drag(page, "A", "D")
    assert order(page) == "BCDAEF"


def test_a_drag_lands_where_the_finger_is_on_a_screen_that_is_turned_too(show: Show) -> None:
    page = arranging(show)
    page.evaluate("document.documentElement.classList.add('turned')")
    drag(page, "B", "C")
    assert order(page) == "ACBDEF"
    page.evaluate("document.documentElement.classList.remove('turned')")


def test_a_drag_by_touch_moves_the_chair_and_not_the_page(show: Show) -> None:
    page = arranging(show, *PHONE)
    x, y = middle(page, "B")
    to_x, to_y = middle(page, "C")
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in (0.3, 0.6, 1.0):
        point = {"x": x + part * (to_x - x), "y": y + part * (to_y - y)}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("[data-order]")).to_contain_text("Anna, Chaima, Bram")
    assert page.evaluate("document.querySelector('dialog').scrollTop") == 0


def test_tapping_the_chairs_in_order_numbers_them_and_the_last_one_settles_it(show: Show) -> None:
    page = arranging(show)
    for letter in "DAC":
        page.click(f"[data-chair={letter}]")
    expect(page.locator("[data-left='3']")).to_have_text("Nog 3 stoelen te tikken.")
    expect(page.locator("[data-chair=A]")).to_have_attribute("aria-label", re.compile("getikt als 2"))
    expect(page.locator("dialog [data-said]")).to_have_text("Chaima is nummer 3.")
    expect(page.locator("[data-action=arrange-done]")).to_be_disabled()
    assert order(page) == "ABCDEF", "nobody moves before everybody has a number"
    page.click("[data-action=arrange-undo]")
    expect(page.locator("dialog [data-said]")).to_have_text("Chaima heeft nog geen nummer.")
    for letter in "FFBEC":
        page.click(f"[data-chair={letter}]")
    assert order(page) == "DAFBEC"
    page.click("[data-action=arrange-done]")
    assert asked(page) == [{"command": "ArrangeSeats", "order": list("DAFBEC")}]


def test_arrow_keys_move_a_chair_one_place_and_keep_the_focus_on_it(show: Show) -> None:
    page = arranging(show)
    page.locator("[data-chair=C]").focus()
    page.keyboard.press("ArrowLeft")
    assert order(page) == "ACBDEF"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert order(page) == "FABDEC", "round the table, over the top"
    page.keyboard.press("ArrowRight")
    assert order(page) == "CABDEF"
    assert page.evaluate("document.activeElement.dataset.chair") == "C"
    expect(page.locator("dialog [data-said]")).to_have_text("Chaima zit nu tussen Femke en Anna.")
    page.keyboard.press("Enter")
    expect(page.locator(".tap-word")).to_have_text("1")


def test_with_keys_alone_from_the_seats_to_done(show: Show) -> None:
    page = show("analysis")
    page.locator("[data-action=seats]").focus()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.action") == "arrange":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[data-sheet=arrange]")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.chair") == "B":
            break
    page.keyboard.press("ArrowRight")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.action") == "arrange-done":
            break
    page.keyboard.press("Enter")
    assert asked(page) == [{"command": "ArrangeSeats", "order": list("ACBDEF")}]


def test_nothing_is_sent_when_nobody_moved_or_the_sheet_is_closed(show: Show) -> None:
    page = arranging(show)
    page.click("[data-action=arrange-done]")
    assert asked(page) == []
    page.click("[data-action=seats]")
    page.click("[data-action=arrange]")
    drag(page, "B", "C")
    page.keyboard.press("Escape")
    assert asked(page) == []
    page.click("[data-action=seats]")
    page.click("[data-action=arrange]")
    assert order(page) == "ABCDEF", "what was not sent is not kept"


def test_the_picture_begins_with_the_order_of_the_view_and_a_latecomer_sits_down_last(show: Show) -> None:
    page = show("analysis")
    page.evaluate("""fetch('samples/analysis.json').then(r => r.json()).then(({seats}) =>
      tell({seats: [...'CAB'].map(letter => seats.find(one => one.letter === letter))}))""")
    page.click("[data-action=seats]")
    page.click("[data-action=arrange]")
    assert order(page) == "CAB"
    drag(page, "A", "B")
    page.evaluate("""fetch('samples/analysis.json').then(r => r.json()).then(({seats}) =>
      tell({seats: [...'CABD'].map(letter => seats.find(one => one.letter === letter))}))""")
    page.wait_for_selector("[data-chair=D]")
    assert order(page) == "CBAD"


def test_it_is_reached_from_the_agreements_and_no_yes_is_lost_by_it(show: Show) -> None:
    page = show("consent")
    page.click("[data-yes=B]")
    page.click("[data-action=arrange]")
    drag(page, "B", "C")
    page.click("[data-action=arrange-done]")
    assert asked(page) == [{"command": "ArrangeSeats", "order": list("ACBDEF")}]
    page.evaluate("""fetch('samples/consent.json').then(r => r.json()).then(({seats, people}) => {
      const sit = (list) => [...'ACBDEF'].map(letter => list.find(one => one.letter === letter));
      tell({seats: sit(seats), people: sit(people)}); })""")
    expect(page.locator(".yes").nth(1)).to_have_attribute("data-yes", "C")
    expect(page.locator("[data-yes=B]")).to_have_attribute("aria-pressed", "true")


EIGHT = """fetch('samples/analysis.json').then(r => r.json()).then(({seats}) => tell({seats: [...'ABCDEFGH'].map(
  (letter, n) => ({...seats[n % 6], letter, role: 'peer', name: `${letter} ${'Wilhelmina '.repeat(3)}`}))}))"""


@pytest.mark.parametrize(("size", "theme", "language"), [
    (LYING, "light", "nl"), (STANDING, "dark", "de"), (PHONE, "light", "en"), (SMALLEST, "dark", "nl"),
])  # fmt: skip
@pytest.mark.parametrize("seats", [6, 8])
def test_the_round_table_fits_its_fingers_and_its_readers(
    show: Show, size: tuple[int, int], theme: str, language: str, seats: int
) -> None:
    page = show("analysis", *size, theme=theme, language=language)
    if seats == 8:
        page.evaluate(EIGHT)
        page.wait_for_selector("[data-seat=H]")
    page.click("[data-action=seats]")
    page.click("[data-action=arrange]")
    page.click("[data-chair=B]")
    keep(page, f"arrange-{seats}-{size[0]}x{size[1]}-{theme}-{language}")
    fits(page, size)


# --- turns instead of time ---


def test_a_seat_may_count_turns_and_says_so_without_seconds(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=seats]")
    page.click("[data-seat-row=D]")
    expect(page.locator("[data-why-turns]")).to_contain_text("stottert")
    page.click("[data-action=count-turns]")
    assert asked(page) == [{"command": "CountTurns", "seat": "D", "turns": True}]
    page.evaluate("""fetch('samples/analysis.json').then(r => r.json()).then(({seats}) => tell({seats: seats.map(one =>
      one.letter === 'D' ? {...one, counts: 'turns', turns: 7, seconds: null, share: null, fill: null} : one)}))""")
    page.click("[data-action=seats]")
    expect(page.locator("[data-seat-row=D] [data-counts=turns]")).to_have_text("7 beurten")
    page.click("[data-seat-row=D]")
    expect(page.locator("[data-why-turns] b")).to_have_text("7 beurten.")
    page.click("[data-action=count-turns]")
    assert asked(page)[-1] == {"command": "CountTurns", "seat": "D", "turns": False}


def test_a_voice_that_is_known_can_be_forgotten_from_its_chair(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=seats]")
    page.click("[data-seat-row=D]")
    page.click("[data-action=forget-voice]")
    assert asked(page) == [{"command": "ForgetVoice", "seat": "D"}]


def test_where_nobody_looks_now_a_seat_that_counts_turns_tells_no_number(show: Show) -> None:
    page = show("analysis")
    page.evaluate("""fetch('samples/analysis.json').then(r => r.json()).then(({seats}) => tell({
      balance: {shown: 'off', recap: null}, seats: seats.map(one => ({...one,
        counts: one.letter === 'D' ? 'turns' : 'seconds', turns: null, seconds: null, share: null, fill: null}))}))""")
    page.click("[data-action=seats]")
    expect(page.locator("[data-seat-row=D] [data-counts=turns]")).to_have_text("telt beurten")
    assert not re.search(r"\b0\b", page.locator("dialog").inner_text())


def test_before_anybody_is_heard_a_chair_may_already_ask_for_turns(show: Show) -> None:
    page = show("consent")
    page.click("[data-action=turns]")
    page.click("[data-turns=C]")
    assert asked(page) == [{"command": "CountTurns", "seat": "C", "turns": True}]
    page.evaluate("""fetch('samples/consent.json').then(r => r.json()).then(({seats}) => tell({seats: seats.map(one =>
      ({...one, counts: one.letter === 'C' ? 'turns' : 'seconds'}))}))""")
    expect(page.locator("[data-turns=C]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-turns=C]")).to_contain_text("telt beurten")
    keep(page, "consent-turns")
    fits(page, LYING)
