"""Looking back: in the order of the table, turns where time is not told, words where nothing was heard, one A4."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, keep
from tests.client.test_arrange import LYING, SMALLEST, STANDING, fits

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""What is changed of a page (its media, its line, its history) must not stay for the next test."""

SAT = list("CAFDBE")
TIMED = list("CAFBE")
"""D counts turns."""
NOTHING = """({taps}) => fetch('samples/ended.json').then(r => r.json()).then(({summary: s}) => {
  const none = (seats) => Object.fromEntries(Object.entries(seats).map(([letter, seat]) =>
    [letter, {...seat, seconds: 0, share: 0, turns: 0, backchannels: 0}]));
  const silence = taps ? 0 : s.minutes * 60;
  tell({next_time: {}, summary: {...s, by_taps: taps, speech: 0, silence, several: 0, unknown: 0, flow: [],
    seats: none(s.seats), questions_before_advice: null, parked: 0, flags: {},
    phases: s.phases.map(phase =>
      ({...phase, seats: none(phase.seats), kinds: null, questions: null, several: 0, unknown: 0}))}});
})"""


def letters(page: Page, where: str, name: str) -> list[str]:
    found: list[str] = page.locator(where).evaluate_all("(all, name) => all.map(one => one.getAttribute(name))", name)
    return found


# --- in the order in which people sat ---


def test_ring_list_columns_flow_and_paper_follow_the_table(show: Show) -> None:
    page = show("looked_five")
    assert letters(page, "[data-summary-seat]", "data-summary-seat") == SAT
    for phase in page.locator("[data-summary-phase]").all():
        assert phase.locator("[data-column]").evaluate_all("all => all.map(one => one.dataset.column)") == TIMED
    assert page.locator(".summary .flow-letters span").all_inner_texts() == [*SAT, "·"]
    assert page.locator(".paper-seats .chip").all_text_contents() == SAT
    assert page.locator(".summary .whole .plate-letter").all_text_contents() == TIMED


def test_without_an_order_the_letters_are_the_order(show: Show) -> None:
    page = show("closed")
    assert letters(page, "[data-summary-seat]", "data-summary-seat") == list("ABCDEF")


def test_somebody_no_order_knows_stands_last(show: Show) -> None:
    page = show("looked_five")
    page.evaluate("""fetch('samples/looked_five.json').then(r => r.json()).then(({summary}) =>
      tell({summary: {...summary, order: ['F', 'C']}}))""")
    expect(page.locator("[data-summary-seat]").first).to_have_attribute("data-summary-seat", "F")
    assert letters(page, "[data-summary-seat]", "data-summary-seat") == list("FCABDE")


# --- turns instead of time ---


def test_who_counts_turns_is_listed_with_turns_and_is_in_no_bar(show: Show) -> None:
    page = show("looked_five")
    row = page.locator("[data-summary-seat=D]")
    expect(row.locator(".tabular")).to_have_text("7 beurten")
    assert row.get_attribute("data-share") is None
    expect(page.locator("[data-column=D]")).to_have_count(0)
    assert (
        page.locator(".summary .whole, .summary .bar").evaluate_all(
            "all => all.filter(one => one.innerHTML.includes('pattern-D')).length"
        )
        == 0
    )
    expect(page.locator(".summary [data-only-turns]")).to_have_text(
        "Van Dirk-Jan v… zijn beurten geteld, geen tijd. In de balken gaat het over de anderen."
    )
    labels = page.locator(".summary .whole, .summary .seat-columns").evaluate_all(
        "all => all.map(one => one.ariaLabel)"
    )
    assert labels
    assert not any("stoel D" in label for label in labels)


def test_their_turns_are_dots_of_one_size_in_the_flow(show: Show) -> None:
    page = show("looked_five")
    sizes = set(letters(page, ".summary [data-turn-dot=D]", "r"))
    assert len(sizes) == 1
    drawn = page.locator(".summary [data-turn-dot=D]").count()
    told = page.evaluate("""fetch('samples/looked_five.json').then(r => r.json()).then(({summary}) =>
      summary.flow.filter(([letter, , , several]) => letter === 'D' && !several).length)""")
    assert drawn == told > 0


def test_no_nought_stands_for_what_is_not_told(show: Show) -> None:
    page = show("looked_five")
    with page.expect_download() as taken:
        page.click("[data-action=save-csv]")
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    about = [row for row in rows if row["seat"] == "D"]
    assert len(about) == 6, "the meeting and five phases"
    assert {(row["seconds"], row["share"], row["expected"]) for row in about} == {("", "", "")}
    assert [row["turns"] for row in about if row["part"] == "meeting"] == ["7"]
    assert [row["seat"] for row in rows][:6] == SAT
    with page.expect_download() as taken:
        page.click("[data-action=save-json]")
    told: dict[str, Any] = json.loads(taken.value.path().read_text(encoding="utf-8"))
    assert (told["seats"]["D"]["seconds"], told["seats"]["D"]["turns"]) == (None, 7)
    assert all(phase["seats"]["D"]["seconds"] is None for phase in told["phases"])


def test_without_such_a_seat_the_small_print_says_nothing_of_turns(show: Show) -> None:
    page = show("ended")
    expect(page.locator("[data-only-turns]")).to_have_count(0)


# --- nothing was heard ---


@pytest.mark.parametrize("taps", [False, True])
def test_where_nobody_was_heard_the_page_says_what_to_do(show: Show, taps: bool) -> None:
    page = show("ended")
    page.evaluate(NOTHING, {"taps": taps})
    part = page.locator("[data-nothing-heard]")
    expect(part).to_contain_text("Er is niemand aangetikt." if taps else "Er is niets gehoord.")
    expect(part).to_contain_text("Volgende keer")
    expect(page.locator(".summary .whole, .summary .flow, .summary .seat-columns, .summary .bar")).to_have_count(0)
    expect(page.locator(".summary [data-summary-phase]")).to_have_count(10)
    expect(page.locator(".summary .prompts p")).to_have_count(3)
    expect(page.locator(".summary [data-silence-kept]")).to_have_count(0)
    expect(page.locator(".summary .facts")).not_to_contain_text("stilte bewaard")  # a dead microphone kept no silence
    keep(page, f"nothing-heard-{'taps' if taps else 'ears'}", full=True)
    fits(page, LYING)
    one_page(page)


# --- how it looks ---


@pytest.mark.parametrize(("size", "theme", "language"), [
    (LYING, "light", "nl"), (LYING, "dark", "en"), (STANDING, "dark", "de"), (SMALLEST, "light", "nl"),
])  # fmt: skip
@pytest.mark.parametrize("view", ["looked_five", "looked_twelve"])
def test_the_page_fits_its_screen_and_its_readers(
    show: Show, view: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show(view, *size, theme=theme, language=language)
    keep(page, f"{view}-{size[0]}x{size[1]}-{theme}-{language}", full=True)
    fits(page, size)


# --- one sheet of paper ---

STICKS_OUT = """() => { const paper = document.querySelector('.paper');
  const edge = paper.getBoundingClientRect();
  const out = (box) => box.right > edge.right + 1 || box.left < edge.left - 1 || box.bottom > edge.bottom + 1;
  return [...paper.querySelectorAll('*')].filter(one => !one.closest('svg svg') && !one.matches('line, path'))
    .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
    .filter(([, box]) => box.width && out(box)).map(([what, box]) => what + JSON.stringify(box)); }"""
WROTE = """() => [...document.querySelectorAll('.paper-prompts div')].map(one => one.getBoundingClientRect().height)"""


def one_page(page: Page) -> None:
    """The paper is one page of A4."""
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1


@pytest.mark.parametrize("language", ["nl", "en", "de"])
@pytest.mark.parametrize(("view", "layout"), [("looked_five", "few"), ("ended", "some"), ("looked_twelve", "some")])
def test_the_paper_is_one_page_on_which_everything_has_its_place(
    show: Show, view: str, layout: str, language: str
) -> None:
    page = show(view, language=language, theme="dark")
    one_page(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1028})
    keep(page, f"a4-{view}-{language}")
    expect(page.locator(f".paper[data-paper={layout}]")).to_be_visible()
    assert page.evaluate(STICKS_OUT) == []
    assert min(page.evaluate(WROTE)) >= 60, "room to write by hand"
    for part in (
        "header",
        ".whole",
        ".paper-seats",
        ".paper-phases",
        ".flow-strip",
        ".paper-numbers",
        ".paper-agreed",
        "footer",
    ):
        expect(page.locator(f".paper {part}")).to_be_visible()
    phases = page.locator(".paper-phase").count()
    expect(page.locator(".paper .seat-columns")).to_have_count(phases)
    numbers = page.locator(".paper-numbers text").all_text_contents()
    assert set(numbers) <= {str(n) for n in range(1, phases + 1)}
    page.emulate_media(media="screen")


def test_where_nothing_was_agreed_there_are_lines_to_write_it_on(show: Show) -> None:
    page = show("looked_five")
    page.emulate_media(media="print")
    expect(page.locator(".paper-agreed h3")).to_have_text("Volgende keer")
    expect(page.locator(".paper .agreed.blank dt")).to_have_text(["Datum", "Plek", "Begeleidt", "Eén ding anders"])
    page.emulate_media(media="screen")


def test_nothing_of_the_lamp_goes_along_on_paper(show: Show) -> None:
    page = show("ended")
    shown = page.locator(".summary .facts").inner_text()
    paper = page.locator(".paper").text_content() or ""
    assert "keer klonk advies te vroeg" in shown
    assert "advies te vroeg" not in paper
    assert "merkten" not in paper


def test_the_paper_of_a_seat_that_counts_turns_tells_turns(show: Show) -> None:
    page = show("looked_five")
    page.emulate_media(media="print")
    expect(page.locator(".paper-seats li").nth(3)).to_contain_text("7 beurten")
    expect(page.locator(".paper [data-column=D]")).to_have_count(0)
    expect(page.locator(".paper footer")).to_contain_text("zijn beurten geteld")
    page.emulate_media(media="screen")
