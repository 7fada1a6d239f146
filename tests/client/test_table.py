"""The table screen: seen from every side, no button of the method, no name beside the lamp, asking for nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_circle import OFF, evening, letters, recap
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser

LYING, STANDING, LARGE = (1280, 800), (800, 1280), (1920, 1080)
SIGNALS = [{"sign": "slow_down", "until": 9999}, {"sign": "too_close", "until": 9999}]
LAMP = {"kind": "advice", "until": 9999}
SHOWN = ("letter", "name", "role", "voice", "speaking", "doubt", "among", "fill", "counts", "turns", "hand")

MOMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "start": ("table_start", {}),
    "consent": ("table_consent", {}),
    "running": ("table_running", {}),
    "evening": ("table_evening", {"signals": SIGNALS}),
    "lamp": ("table_evening", {"lamp": LAMP}),
    "off": ("table_evening", {"balance": OFF}),
    "recap": ("table_evening", {"balance": recap(9999)}),
    "several": ("table_evening", {"speaking": {"seat": None, "voice": None, "several": True, "settled": True}}),
    "break": ("table_evening", {"paused": True, "break": {"minutes": 10, "left": 372}}),
    "stopped": ("table_evening", {"stopped": True, "paused": True}),
    "closed": ("table_closed", {}),
    "closed_off": ("table_closed", {"summary": None, "balance": OFF}),
    "erased": ("table_erased", {}),
}


def table(show: Show, moment: str, size: tuple[int, int] = LYING, choose: str = "", **dress: str) -> Page:
    """The screen at a moment; `choose` holds settings of the screen, as "lies=upright&picture=bars"."""
    sample, changes = MOMENTS[moment]
    page = show(f"{sample}&{choose}", *size, **dress)
    page.evaluate("changes => tell(changes)", changes)
    return page


# What is cut off by the edge: every text, badge and picture, by its own box.
OUT = """() => {
  const parts = 'h1, p, li, .table-qr, [data-seat] .badge, .chip, .table-words, .table-lamp';
  const seen = [...document.querySelectorAll('.table-page')].flatMap(page => [...page.querySelectorAll(parts)])
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest('.table-closed'));
  return seen.filter(one => {
    const box = one.getBoundingClientRect();
    return box.width
      && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
  }).map(one => one.outerHTML.slice(0, 120));
}"""
# What lies over something else: the words of each part by their lines, a picture by its seats.
OVER = """() => {
  const PICTURES = '.circle, .seat-bars, .table-qr, .bars-near, .bars-far, .sign';
  const lines = one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
  };
  const boxes = one => one.matches(PICTURES)
    ? [...one.querySelectorAll('.badge, .chip, .qrline')].map(part => part.getBoundingClientRect()) : lines(one);
  const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const named = one => one.className.baseVal ?? one.className;
  const parts = [...document.querySelectorAll('.cell > *, .table-glance, .table-round > *, .table-corner')]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest('.table-closed'))
    .map(one => [one, boxes(one)]);
  return parts.flatMap(([one, its], n) => parts.slice(n + 1)
    .filter(([other, theirs]) => !one.contains(other) && !other.contains(one)
      && its.some(box => theirs.some(beside => meet(box, beside))))
    .map(([other]) => `${named(one)} over ${named(other)}`));
}"""


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(OUT) == []
    assert page.evaluate(OVER) == []
    shown = [one for one in page.evaluate(CONTROLS) if one["width"] or one["height"]]
    assert [one for one in shown if min(one["width"], one["height"]) < 55.5] == []
    assert serious(page) == []


DRESSES = [
    (LYING, "light", "nl", ""),
    (STANDING, "dark", "de", ""),
    (LARGE, "dark", "en", ""),
    (LYING, "dark", "de", "lies=upright"),
    (STANDING, "light", "en", "lies=upright"),
    (LARGE, "light", "nl", "lies=upright"),
]


@pytest.mark.parametrize(("size", "theme", "language", "choose"), DRESSES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_moment_fits_and_asks_for_nothing(
    show: Show, moment: str, size: tuple[int, int], theme: str, language: str, choose: str
) -> None:
    page = table(show, moment, size, choose, theme=theme, language=language)
    lies = "upright" if choose else "flat"
    keep(page, f"table-{moment}-{size[0]}x{size[1]}-{theme}-{language}-{lies}")
    fits(page)
    assert asked(page) == []


@pytest.mark.parametrize("picture", ["bowls", "bars"])
@pytest.mark.parametrize(("size", "theme", "language", "choose"), DRESSES)
def test_the_other_pictures_fit_as_well(
    show: Show, picture: str, size: tuple[int, int], theme: str, language: str, choose: str
) -> None:
    page = table(show, "evening", size, f"{choose}&picture={picture}", theme=theme, language=language)
    keep(page, f"table-{picture}-{size[0]}x{size[1]}-{theme}-{language}-{'upright' if choose else 'flat'}")
    near = page.locator("[data-seat]").evaluate_all(
        "all => all.filter(one => !one.closest('[aria-hidden=true]')).map(one => one.dataset.seat)"
    )
    assert near == list("CAFBHDGE")
    fits(page)


GLANCE = "parseFloat(getComputedStyle(document.querySelector('.table-glance')).fontSize)"


@pytest.mark.parametrize("size", [LYING, STANDING, LARGE])
@pytest.mark.parametrize("choose", ["", "lies=upright", "picture=bars"])
def test_the_sentence_is_read_from_two_metres(show: Show, size: tuple[int, int], choose: str) -> None:
    page = table(show, "running", size, choose)
    assert page.evaluate(GLANCE) >= 71
    longest = "Schreibt das eigentliche Problem in einem Satz."
    page.evaluate(
        "phase => tell({phase})",
        page.evaluate("fetch('/tests/client/samples/table_running.json').then(r => r.json()).then(v => v.phase)")
        | {"glance": {"nl": longest}},
    )
    expect(page.locator("h1")).to_contain_text(longest)
    assert page.evaluate(OUT) == []
    assert page.evaluate(OVER) == []


def test_flat_the_words_stand_twice_for_both_sides_and_a_reader_hears_them_once(show: Show) -> None:
    page = table(show, "evening")
    expect(page.locator(".table-glance")).to_have_text(["Stel vragen. Nog geen advies."] * 2)
    expect(page.get_by_role("heading")).to_have_count(1)
    assert page.locator(".far").get_attribute("aria-hidden") == "true"
    turned = page.eval_on_selector(".far .table-glance", "one => getComputedStyle(one).transform")
    assert turned.startswith("matrix(-1, ")
    near, far = (page.locator(f".{side} .table-glance").bounding_box() for side in ("near", "far"))
    assert near
    assert far
    assert far["y"] < 100
    assert near["y"] + near["height"] > 700
    numbers = page.eval_on_selector_all(
        ".countdown .number", "all => all.map(one => [one.textContent, one.parentElement.getAttribute('transform')])"
    )
    assert numbers == [["14", "rotate(0)"], ["14", "rotate(180)"]]


def test_the_name_of_a_seat_is_upright_for_who_sits_there(show: Show) -> None:
    page = table(show, "evening")
    turns = {
        letter: page.locator(f"[data-seat={letter}]").get_attribute("transform") or "" for letter in ("C", "H", "F")
    }
    assert "rotate(180)" in turns["C"], "at the top of the screen"
    assert "rotate(0)" in turns["H"], "at the bottom"
    assert "rotate(270)" in turns["F"], "at the right"
    page = table(show, "evening", choose="lies=upright")
    assert page.locator("[data-seat=C]").get_attribute("transform") == "translate(0 -291)"


def test_upright_the_words_stand_once(show: Show) -> None:
    page = table(show, "evening", choose="lies=upright")
    expect(page.locator(".table-glance")).to_have_count(1)
    expect(page.locator(".far")).to_have_count(0)
    expect(page.locator(".countdown .number")).to_have_count(1)


def test_the_seats_are_the_order_of_the_table_and_no_controls(show: Show) -> None:
    page = table(show, "evening")
    assert letters(page) == list("CAFBHDGE")
    assert page.locator("[data-seat][tabindex], [data-seat][role=button]").count() == 0
    page.locator("[data-seat=F]").click(force=True)
    assert asked(page) == []
    assert page.locator("[data-share]").count() == 0
    expect(page.locator("[data-dots] circle")).to_have_count(7)
    assert page.locator("[data-hand]").count() == 2


@pytest.mark.parametrize("moment", MOMENTS)
def test_there_is_one_button_and_it_belongs_to_the_screen(show: Show, moment: str) -> None:
    page = table(show, moment)
    controls = page.locator("button:visible, a:visible, input:visible, [role=button]:visible, summary:visible")
    expect(controls).to_have_count(1)
    expect(controls).to_have_attribute("data-action", "screen")


@pytest.mark.parametrize("choose", ["", "lies=upright", "picture=bowls", "picture=bars"])
def test_no_name_stands_beside_the_lamp_and_it_goes_out_by_itself(show: Show, choose: str) -> None:
    page = table(show, "lamp", choose=choose)
    lamp = page.locator(".near [data-lamp]")
    expect(lamp).to_have_text("Is dit een vraag?")
    beside = page.locator(".half").all_inner_texts()
    names = [seat["name"] for seat in evening()]
    assert not [name for name in names for words in beside if name in words]
    assert lamp.evaluate("one => one.closest('[data-seat]')") is None
    page.evaluate("lamp => tell({lamp})", LAMP | {"until": 2200})
    page.evaluate("tell({clock: {now: 2201, running: false, rate: 1}})")
    expect(page.locator("[data-lamp]")).to_have_count(0)


def test_the_lamp_moves_nothing(show: Show) -> None:
    page = table(show, "evening")
    circle = "JSON.stringify(document.querySelector('svg.circle').getBoundingClientRect())"
    before = page.evaluate(circle)
    page.evaluate("lamp => tell({lamp})", LAMP)
    expect(page.locator(".near [data-lamp]")).to_be_visible()
    assert page.evaluate(circle) == before


def test_signals_are_soft_words_without_a_name(show: Show) -> None:
    page = table(show, "evening")
    expect(page.locator(".near [data-signal]")).to_have_text(
        ["Iemand vraagt: rustiger aan", "Iemand zegt: dit komt te dichtbij"]
    )
    page.evaluate("tell({signals: []})")
    expect(page.locator("[data-signal]")).to_have_count(0)


def test_the_balance_is_shown_as_the_group_chose(show: Show) -> None:
    page = table(show, "off")
    assert page.locator(".fill, [data-dots], [data-kept]").count() == 0
    expect(page.locator(".near [data-ring-balance]")).to_have_text("Spreektijd staat uit")
    page = table(show, "recap")
    expect(page.locator(".near [data-ring-balance]")).to_have_text("Zo ging: Probleeminventarisatie")
    expect(page.locator("[data-seat=F]")).to_have_attribute("data-fill", "1")
    page.evaluate("balance => tell({balance})", {"shown": "phase_ends", "recap": None})
    assert page.locator(".fill, [data-dots]").count() == 0


def test_stop_hides_clocks_and_balance(show: Show) -> None:
    page = table(show, "stopped")
    assert page.locator(".countdown, .fill, [data-seat], [data-kept], .table-left").count() == 0
    expect(page.locator("h1")).to_have_text("We staan stil.")


def test_before_the_meeting_the_screen_says_how_to_join_and_that_nobody_listens(show: Show) -> None:
    page = table(show, "start")
    expect(page.locator(".near")).to_contain_text("Kring luistert nog niet")
    expect(page.locator(".near")).to_contain_text("123 456")
    code = page.locator(".table-qr").bounding_box()
    assert code
    assert code["width"] > 350
    assert abs(code["width"] - code["height"]) < 1


def test_the_agreements_wait_for_everybody(show: Show) -> None:
    page = table(show, "consent")
    expect(page.locator(".near .agreements li")).to_have_count(5)
    expect(page.locator(".near")).to_contain_text("Alle 6 zeggen ja. Dan pas luistert Kring.")
    page.evaluate("tell({consent: {agreed: 6, of: 6}})")
    expect(page.locator(".near")).to_contain_text("6 van 6 zeggen ja")


def test_the_closed_meeting_is_there_to_read_with_three_questions_first(show: Show) -> None:
    page = table(show, "closed")
    prompts = page.locator(".prompts p")
    expect(prompts).to_have_text(["Herken je dit?", "Wat verrast je?", "Wat doen we anders?"])
    box, ring = prompts.first.bounding_box(), page.locator(".whole").bounding_box()
    assert box
    assert ring
    assert box["y"] < ring["y"]
    page.mouse.wheel(0, 4000)
    expect(page.locator(".flow")).to_be_in_viewport()
    page = table(show, "closed_off")
    expect(page.locator("main")).to_contain_text("De groep koos: spreektijd uit.")


@pytest.mark.parametrize("choose", ["", "quarter=1", "quarter=3"])
def test_everything_of_this_screen_is_chosen_behind_the_corner_by_keys_and_kept(show: Show, choose: str) -> None:
    page = table(show, "evening", choose=choose)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.action") == "screen"
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    keep(page, f"table-sheet-{choose or 'flat'}")
    assert serious(page) == []
    assert [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < 55.5] == []
    box = page.locator("dialog").bounding_box()
    assert box
    assert min(box["x"], box["y"]) >= 0
    assert box["x"] + box["width"] <= 1280
    assert box["y"] + box["height"] <= 800
    page.focus("input[name=picture][value=arcs]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-picture=bowls]")).to_have_count(1)
    page.focus("input[name=lies][value=flat]")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".far")).to_have_count(0)
    page.focus("input[name=screen-language][value=nl]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("dialog h2")).to_have_text("This screen")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    kept = page.evaluate("['picture', 'lies', 'language'].map(one => localStorage.getItem(`kring.${one}`))")
    assert kept == ["bowls", "upright", "en"]
    assert asked(page) == []


def test_a_quarter_turn_turns_the_whole_page_and_four_are_a_whole(show: Show) -> None:
    page = table(show, "evening")
    shapes = []
    for quarter in ("1", "2", "3", "0"):
        page.click("[data-action=screen]")
        page.click("[data-action=quarter]")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
        assert page.evaluate("localStorage.getItem('kring.quarter')") == quarter
        keep(page, f"table-quarter-{quarter}")
        box = page.locator("#page").bounding_box()
        assert box
        assert [round(box[key]) for key in ("x", "y", "width", "height")] == [0, 0, 1280, 800]
        assert page.evaluate(OUT) == []
        shapes.append(page.evaluate("getComputedStyle(document.querySelector('#page')).transform.split(',')[1].trim()"))
    assert shapes == ["1", "0", "-1", "0"]


@pytest.mark.parametrize(
    "name", ["W" * 40, "👩‍👩‍👧‍👦" * 20, "<img src=x onerror=window.hacked=1>", "\u202egnirts", "ب" * 40]
)
@pytest.mark.parametrize("choose", ["", "picture=bowls&lies=upright", "picture=bars"])
def test_no_name_breaks_the_table(show: Show, name: str, choose: str) -> None:
    page = table(show, "evening", choose=choose)
    seats = [{key: seat[key] for key in SHOWN} | {"name": name} for seat in evening()]
    page.evaluate("seats => tell({seats})", seats)
    assert page.evaluate("window.hacked === undefined && !document.querySelector('img')")
    assert page.evaluate(OUT) == []
    expect(page.locator("h1")).to_have_text("Stel vragen. Nog geen advies.")


def test_the_microphone_is_a_word_a_sign_and_a_shape(show: Show) -> None:
    page = table(show, "running")
    looks = set()
    for state, word in {"listening": "microfoon luistert", "muted": "microfoon is dicht"}.items():
        page.evaluate("state => tell({microphone: {state, detail: '', words: null}})", state)
        line = page.locator(".near [data-microphone]")
        expect(line).to_have_text(word)
        expect(line.locator("svg.mic")).to_be_visible()
        looks.add(line.evaluate("one => getComputedStyle(one).borderTopStyle + one.querySelectorAll('.slash').length"))
        assert line.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 30
    assert looks == {"solid0", "dashed1"}


def test_a_lost_line_is_said_on_the_table_too(show: Show) -> None:
    page = table(show, "evening")
    page.evaluate("lose()")
    expect(page.locator(".banner")).to_be_visible()
    keep(page, "table-lost")
    assert page.evaluate(OUT) == []
