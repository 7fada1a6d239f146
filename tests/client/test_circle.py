"""The seats in the three pictures of the tablet: the same people, words and taps; as much balance as was chosen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""What is changed of a page (its media, its line, its history) must not stay for the next test."""

SAMPLES = Path(__file__).parent / "samples"
PICTURES = ["arcs", "bowls", "bars"]
LYING, STANDING, PHONE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
LIVE = {"shown": "live", "recap": None}
OFF = {"shown": "off", "recap": None}
WATER = {"arcs": ".fill", "bowls": ".water", "bars": ".bar-fill"}
SECONDS = {"C": 900.0, "A": 31.0, "F": 200.0, "B": 120.0, "H": 9.0, "D": None, "G": 60.0, "E": 170.0}


def evening() -> list[dict[str, Any]]:
    """Eight people as they sit, C A F B H D G E: D counts turns, B and H want in, G left; names of every kind."""
    seats: list[dict[str, Any]] = json.loads((SAMPLES / "table_evening.json").read_text(encoding="utf-8"))["seats"]
    untimed = {"alike": None, "reason": "", "backchannels": 0}
    return [
        seat | untimed | {"seconds": SECONDS[seat["letter"]], "share": None if seat["letter"] == "D" else 0.125}
        for seat in seats
    ]


def recap(until: float) -> dict[str, Any]:
    seats: dict[str, dict[str, Any]] = {letter: {"fill": 0.5, "turns": None} for letter in "CAFBHGE"}
    seats |= {"F": {"fill": 1.0, "turns": None}, "A": {"fill": None, "turns": None}, "D": {"fill": None, "turns": 4}}
    name = {"nl": "Probleeminventarisatie", "en": "Inventory and choice", "de": "Sammeln und Auswählen"}
    return {
        "shown": "phase_ends",
        "recap": {"phase": {"id": "inventory", "name": name}, "seats": seats, "until": until},
    }


def unmeasured() -> list[dict[str, Any]]:
    """The seats as the server sends them while the balance is not live."""
    nothing = {"seconds": None, "share": None, "turns": None, "backchannels": None, "fill": None}
    return [seat | nothing for seat in evening()]


def tablet(
    show: Show, picture: str = "arcs", size: tuple[int, int] = LYING, sample: str = "analysis", **tell: Any
) -> Page:
    page = show(
        f"{sample}&picture={picture}", *size, theme=tell.pop("theme", "light"), language=tell.pop("language", "nl")
    )
    page.evaluate("changes => tell(changes)", {"seats": evening(), "balance": LIVE} | tell)
    return page


def said(page: Page) -> dict[str, str]:
    """The accessible name of every seat."""
    found: dict[str, str] = (
        page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('[data-seat]')].map(one =>
      [one.dataset.seat, (one.ariaLabel ?? one.querySelector('.unseen').textContent).replaceAll(/\\s/g, ' ')]))""")
    )
    return found


def letters(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("[data-seat]", "all => all.map(one => one.dataset.seat)")
    return found


@pytest.mark.parametrize("picture", PICTURES)
def test_seats_stand_in_the_order_in_which_people_sit_whatever_anybody_said(show: Show, picture: str) -> None:
    page = tablet(show, picture)
    assert letters(page) == list("CAFBHDGE")
    turned = [seat | {"fill": None if seat["fill"] is None else 1 - seat["fill"]} for seat in evening()]
    page.evaluate("seats => tell({seats})", turned)
    assert letters(page) == list("CAFBHDGE")


def test_places_go_clockwise_from_the_top(show: Show) -> None:
    page = tablet(show)
    boxes = {letter: page.locator(f"[data-seat={letter}] .badge").bounding_box() for letter in "CFHG"}
    middles = {
        letter: (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for letter, box in boxes.items() if box
    }
    assert middles["C"][1] < middles["F"][1] < middles["H"][1]
    assert middles["G"][0] < middles["C"][0] < middles["F"][0]


@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_says_the_same_of_a_seat(show: Show, picture: str) -> None:
    page = tablet(show, picture)
    say = said(page)
    assert say["C"] == "Stoel C, Chaima, inbrenger"
    assert say["F"].endswith("voor 100 % gevuld")
    assert "wil erbij" in say["B"]
    assert "wil erbij" in say["H"]
    assert sum("wil erbij" in words for words in say.values()) == 2
    assert say["D"] == "Stoel D, Dirk-Jan van Oosten, 7 beurten"
    assert "is weg" in say["G"]
    assert "spreekt nu" in say["E"]
    assert page.locator("[data-hand]").count() == 2


@pytest.mark.parametrize("picture", PICTURES)
def test_a_tap_and_a_key_on_a_seat_do_the_same_in_every_picture(show: Show, picture: str) -> None:
    page = tablet(show, picture, sample="taps")
    page.locator("[data-seat=F]").click(position=None if picture == "bars" else {"x": 56, "y": 56})
    page.locator("[data-seat=H]").focus()
    page.keyboard.press("Enter")
    assert [one["command"] for one in asked(page)] == ["TapSeat", "TapSeat"]
    assert [one["seat"] for one in asked(page)] == ["F", "H"]


@pytest.mark.parametrize("picture", PICTURES)
def test_what_is_measured_is_on_the_seat_at_once(show: Show, picture: str) -> None:
    page = tablet(show, picture)
    seat = page.locator("[data-seat=B]")
    expect(seat).to_have_attribute("data-fill", "0.62")
    expect(seat).to_have_attribute("data-share", "0.125")
    page.evaluate("seats => tell({seats})", [one | {"fill": 0.9} if one["letter"] == "B" else one for one in evening()])
    expect(seat).to_have_attribute("data-fill", "0.9")
    assert page.locator("[data-seat=C]").get_attribute("data-fill") is None
    assert page.locator("[data-seat=D]").get_attribute("data-share") is None


def test_arcs_move_slowly_unless_less_motion_is_asked(show: Show, browser: Browser, address: str) -> None:
    still = tablet(show)
    assert still.eval_on_selector(".fill", "one => getComputedStyle(one).transitionDuration") == "0s"
    context = browser.new_context(reduced_motion="no-preference", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for picture, mark in WATER.items():
        page.goto(f"{address}/tests/client/harness.html?view=analysis&picture={picture}")
        page.wait_for_selector(f"[data-picture={picture}]")
        moved = page.eval_on_selector(f"{mark}:not(.none-yet)", "one => getComputedStyle(one).transitionDuration")
        assert 30 <= float(moved.removesuffix("s")) <= 60, picture
    context.close()


def test_the_fill_is_underway_while_the_number_is_there_already(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="no-preference", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/tests/client/harness.html?view=analysis")
    page.wait_for_selector(".fill")
    dashes = "getComputedStyle(document.querySelector('.fill[data-letter=B]')).strokeDasharray.split(', ')[2]"
    before = float(page.evaluate(dashes).removesuffix("px"))
    page.evaluate(
        """fill => tell({seats: [
      {letter: 'A', name: '', role: 'peer', voice: 'known', fill: 0.2, counts: 'seconds'},
      {letter: 'B', name: '', role: 'peer', voice: 'known', fill, counts: 'seconds'}]})""",
        0.1,
    )
    page.wait_for_timeout(300)
    assert page.locator("[data-seat=B]").get_attribute("data-fill") == "0.1"
    now = float(page.evaluate(dashes).removesuffix("px"))
    assert 10 < now <= before, "half a minute behind, never jumping"
    context.close()


@pytest.mark.parametrize("picture", PICTURES)
def test_a_full_seat_is_full_and_no_more(show: Show, picture: str) -> None:
    page = tablet(show, picture)
    full = page.evaluate(
        """mark => {
          const one = document.querySelector(mark + '[data-letter=F]');
          return [one.getAttribute('stroke-dasharray'), one.getAttribute('y'), one.getAttribute('width')];
        }""",
        WATER[picture],
    )
    page.evaluate("seats => tell({seats})", [one | {"fill": 2.5} if one["letter"] == "F" else one for one in evening()])
    assert full == page.evaluate(
        """mark => {
          const one = document.querySelector(mark + '[data-letter=F]');
          return [one.getAttribute('stroke-dasharray'), one.getAttribute('y'), one.getAttribute('width')];
        }""",
        WATER[picture],
    )


@pytest.mark.parametrize("picture", PICTURES)
def test_who_counts_turns_has_dots_and_no_fill(show: Show, picture: str) -> None:
    page = tablet(show, picture)
    dots = page.locator("[data-dots]")
    expect(dots).to_have_count(1)
    expect(dots.locator("circle")).to_have_count(7)
    assert page.locator(f"{WATER[picture]}[data-letter=D]").count() == 0
    radii = dots.locator("circle").evaluate_all("all => [...new Set(all.map(one => one.getAttribute('r')))]")
    assert len(radii) == 1
    page.evaluate("seats => tell({seats})", [one | {"turns": 31} if one["letter"] == "D" else one for one in evening()])
    expect(dots.locator("circle")).to_have_count(12)
    expect(dots.locator("text")).to_contain_text("+")
    assert said(page)["D"] == "Stoel D, Dirk-Jan van Oosten, meer dan 12 beurten"
    expect(
        page.get_by_role("button", name="Stoel D, Dirk-Jan van Oosten, meer dan 12 beurten", exact=True)
    ).to_have_count(1)
    page.evaluate("seats => tell({seats})", [one | {"turns": 0} if one["letter"] == "D" else one for one in evening()])
    expect(dots.locator("circle")).to_have_count(0)


@pytest.mark.parametrize("picture", PICTURES)
def test_where_the_phase_asks_nothing_there_is_a_free_track_and_no_nought(show: Show, picture: str) -> None:
    page = tablet(show, picture)
    free = {"arcs": ".track.free", "bowls": ".bowl-side.free", "bars": ".bar-free"}[picture]
    assert page.locator(free).count() == 2
    assert page.locator(f"{WATER[picture]}[data-letter=C], {WATER[picture]}[data-letter=A]").count() == 0


@pytest.mark.parametrize("picture", PICTURES)
def test_off_is_a_plain_ring_and_one_quiet_line(show: Show, picture: str) -> None:
    page = tablet(show, picture, seats=unmeasured(), balance=OFF)
    assert page.locator(".fill, .water, .bar-fill, .free, .bar-free, .bowl-side, [data-dots], [data-kept]").count() == 0
    assert page.locator("[data-share], [data-fill], [data-turns]").count() == 0
    expect(page.locator(".ring-notes")).to_have_text("Spreektijd staat uit")
    assert letters(page) == list("CAFBHDGE")
    assert "gevuld" not in " ".join(said(page).values())
    keep(page, f"circle-off-{picture}")


@pytest.mark.parametrize("picture", PICTURES)
def test_at_phase_ends_the_phase_runs_plain_and_what_ended_is_shown_for_a_while(show: Show, picture: str) -> None:
    plain = {"shown": "phase_ends", "recap": None}
    page = tablet(show, picture, seats=unmeasured(), balance=plain)
    assert page.locator(".fill, .water, .bar-fill, [data-dots]").count() == 0
    expect(page.locator(".ring-notes")).to_have_text("")
    page.evaluate("balance => tell({balance})", recap(until=2201.0))
    expect(page.locator("[data-seat=F]")).to_have_attribute("data-fill", "1")
    expect(page.locator("[data-dots] circle")).to_have_count(4)
    expect(page.locator("[data-ring-balance]")).to_have_text("Zo ging: Probleeminventarisatie")
    keep(page, f"circle-recap-{picture}")
    page.evaluate("tell({clock: {now: 2201.5, running: false, rate: 1}})")
    assert page.locator(".fill, .water, .bar-fill, [data-dots]").count() == 0
    expect(page.locator(".ring-notes")).to_have_text("")


@pytest.mark.parametrize("picture", PICTURES)
def test_silence_lies_round_the_middle_and_what_nobody_tapped_is_no_silence(show: Show, picture: str) -> None:
    page = tablet(show, picture, quiet={"silence": 0.22, "several": 0.03, "unknown": 0.04})
    expect(page.locator("[data-kept]")).to_have_attribute("data-kept", "22")
    expect(page.locator("[data-kept]")).to_have_attribute("aria-label", re.compile(r"^stilte 22\s%$"))
    page.evaluate("tell({microphone: {state: 'muted', detail: '', words: null}})")
    expect(page.locator("[data-kept]")).to_have_count(0)


def test_bars_say_minutes_only_where_seconds_are_shown(show: Show) -> None:
    page = tablet(show, "bars")
    ends = page.eval_on_selector_all("[data-seat]", "all => all.map(one => one.querySelector('.bar-end').textContent)")
    assert ends == ["15 min", "1 min", "3 min", "2 min", "kort", "7 beurten", "1 min", "3 min"]
    expect(page.locator(".bars-mark")).to_contain_text("zoveel vraagt deze fase")
    page.evaluate("changes => tell(changes)", {"seats": unmeasured(), "balance": OFF})
    ends = page.eval_on_selector_all(".bar-end", "all => all.map(one => one.textContent)")
    assert set(ends) == {""}
    expect(page.locator(".bars-mark")).to_have_count(0)


def test_what_somebody_asked_is_said_once_without_a_name_and_goes(show: Show) -> None:
    signs = [{"sign": "slow_down", "until": 2205.0}, {"sign": "too_close", "until": 2300.0}]
    page = tablet(show)
    notes = page.locator(".ring-notes[role=status]")
    expect(notes).to_have_text("")
    page.evaluate("signals => tell({signals})", signs)
    expect(notes.locator("[data-signal]")).to_have_text(
        ["Iemand vraagt: rustiger aan", "Iemand zegt: dit komt te dichtbij"]
    )
    keep(page, "circle-signals")
    page.evaluate("tell({clock: {now: 2210, running: false, rate: 1}})")
    expect(notes.locator("[data-signal]")).to_have_text(["Iemand zegt: dit komt te dichtbij"])


def test_nothing_near_the_ring_moves_it(show: Show) -> None:
    circle = "JSON.stringify(document.querySelector('svg.circle').getBoundingClientRect())"
    for size in (LYING, STANDING):
        page = tablet(show, size=size)
        before = page.evaluate(circle)
        page.evaluate("tell({signals: [{sign: 'slow_down', until: 9999}], balance: {shown: 'off', recap: null}})")
        expect(page.locator(".ring-notes p")).to_have_count(2)
        assert page.evaluate(circle) == before


def inside(page: Page) -> list[str]:
    """Seats that stick out of the ring or lie over each other."""
    found: list[str] = page.evaluate("""() => {
      const ring = document.querySelector('.ring').getBoundingClientRect();
      const all = [...document.querySelectorAll('[data-seat]')].map(one =>
        [one.dataset.seat, (one.querySelector('.badge, .chip') ?? one).getBoundingClientRect()]);
      const out = all.filter(([, box]) =>
        box.left < ring.left - 1 || box.right > ring.right + 1 || box.bottom > ring.bottom + 1)
        .map(([letter]) => letter);
      const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1;
      const over = all.flatMap(([a, one], n) =>
        all.slice(n + 1).filter(([, other]) => meet(one, other)).map(([b]) => a + b));
      return [...out, ...over];
    }""")
    return found


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [
        (LYING, "light", "nl"),
        (LYING, "dark", "de"),
        (STANDING, "dark", "en"),
        ((1024, 768), "light", "de"),
        (PHONE, "light", "nl"),
        (SMALLEST, "dark", "de"),
    ],
)
def test_every_picture_fits_its_screen_its_fingers_and_its_readers(
    show: Show, picture: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = tablet(show, picture, size, theme=theme, language=language, signals=[{"sign": "slow_down", "until": 9999}])
    keep(page, f"circle-{picture}-{size[0]}x{size[1]}-{theme}-{language}", full=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    least = 44 if size[0] < 600 else 56
    assert [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least - 0.5] == []
    assert serious(page) == []
    assert inside(page) == []


@pytest.mark.parametrize("picture", PICTURES)
def test_eight_people_fit_where_there_is_least_room(show: Show, picture: str) -> None:
    page = tablet(show, picture, STANDING, sample="recent")
    keep(page, f"circle-{picture}-least")
    assert inside(page) == []


def test_a_name_is_cut_between_letters_as_people_see_them(show: Show) -> None:
    page = tablet(show)
    assert page.locator("[data-caption=F] .name").text_content() == "Wilhelmi…"
    cut = page.locator("[data-caption=B] .name").text_content() or ""
    assert cut.endswith("…")
    assert "�" not in cut
    assert cut.startswith("👩🏽‍🏫 Bram")
