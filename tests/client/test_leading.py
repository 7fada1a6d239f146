"""Sitting down and leading: finding a method, authority at the table, agreements one by one, time, help, stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parent / "samples"
SUGGESTED: dict[str, Any] = json.loads((SAMPLES / "leading_suggestions.json").read_text(encoding="utf-8"))
LYING, STANDING, PHONE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
FLOOR = {
    "mode": "dialogue",
    "speak": ["peer"],
    "silent": [],
    "seconds_each": None,
    "pause_seconds": None,
    "then": None,
    "turned_away": False,
    "quiet_until": None,
    "captures": [],
    "choice_rule": None,
}
NOBODY: dict[str, Any] = {
    "stopped": False,
    "floor": FLOOR,
    "round": None,
    "case": {
        "number": 1,
        "of": 1,
        "owner": "C",
        "question": "",
        "restated": "",
        "own_share": "",
        "enough": False,
        "intention": None,
        "earlier": [],
    },
    "cases": [],
    "questions": {"waiting": 0, "asked": [], "now": None},
    "advice": [],
    "notes": [],
    "waiting": {},
    "offered": [],
}
PLAN: dict[str, Any] = {
    "behind": 3.4,
    "minutes": 105,
    "left": 31,
    "giver": {"id": "evaluation", "name": {"nl": "Evaluatie", "en": "Evaluation", "de": "Auswertung"}, "minutes": 3},
    "another_case": False,
    "another_minutes": 0,
}
LAPS = """fetch('samples/over.json').then(r => r.json()).then(({phases}) => {
  const first = phases.map(one => ({...one, lap: 1, per_case: one.about_a_case}));
  const again = first.filter(one => one.per_case)
    .map(one => ({...one, id: one.id + '~2', lap: 2, state: 'next', spent: 0}));
  tell({phases: [...first.slice(0, -1), ...again, first.at(-1)]});
})"""


def wishes(page: Page) -> list[dict[str, Any]]:
    """What was asked, but for the questions which methods fit."""
    return [one for one in asked(page) if one["command"] != "SuggestMethods"]


def suggest(page: Page, which: str) -> None:
    """The server answers with these suggestions from now on; one change makes the page ask."""
    page.evaluate("list => { window.answer = {ok: true, suggestions: list}; }", SUGGESTED[which])
    page.locator(f"input[name=experience][value={'some' if which == 'first' else 'practised'}]").check(force=True)
    expect(page.locator(f"[data-suggestion={SUGGESTED[which][0]['id']}] .method-summary")).to_have_text(
        SUGGESTED[which][0]["why"]["nl"]
    )


def running(show: Show, view: str = "over", *size: int, theme: str = "light", **changes: Any) -> Page:
    page = show(view, *size, theme=theme)
    page.evaluate("changes => tell(changes)", NOBODY | {"plan": PLAN} | changes)
    return page


def fits(page: Page, size: tuple[int, int]) -> None:
    """Nothing sticks out, fingers fit, screen readers are served."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    sheet = page.locator("dialog[open]").last
    if sheet.count():
        assert sheet.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    least = 44 if size[0] < 600 else 56
    small = [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least - 0.5]
    assert small == []
    assert serious(page) == []


# --- finding a method ---


def test_the_group_says_who_it_is_and_is_asked_for_once_after_the_last_change(show: Show) -> None:
    page = show("leading_start")
    page.locator("input[name=kind][value=dilemma]").check(force=True)
    page.locator("input[name=experience][value=some]").check(force=True)
    page.get_by_label("Een stoel erbij").click()
    page.get_by_label("Vijf minuten korter").click()
    page.wait_for_timeout(900)
    last = asked(page)[-1]
    assert last == {
        "command": "SuggestMethods",
        "people": 6,
        "minutes": 100,
        "experience": "some",
        "case_type": "dilemma",
        "no_case": False,
        "content": False,
    }
    assert len(asked(page)) <= 2
    page.locator("input[name=kind][value=nobody]").check(force=True)
    page.wait_for_timeout(700)
    assert asked(page)[-1]["no_case"]
    assert asked(page)[-1]["case_type"] is None


def test_suggestions_stand_with_their_reason_warnings_and_fitted_minutes(show: Show) -> None:
    page = show("leading_start")
    suggest(page, "more")
    for one in SUGGESTED["more"]:
        card = page.locator(f"[data-suggestion={one['id']}]")
        expect(card).to_contain_text(one["why"]["nl"])
        for warning in one["warnings"]:
            expect(card).to_contain_text(warning["nl"])
        assert card.locator(".block").count() == len(one["plan"])


def test_the_chosen_method_stays_chosen_while_names_are_typed_and_suggestions_change(show: Show) -> None:
    page = show("leading_start")
    assert page.locator("input[name=method]:checked").get_attribute("value") == "five_phase"
    suggest(page, "more")
    chosen = SUGGESTED["more"][1]["id"]
    page.locator(f"input[name=method][value={chosen}]").check(force=True)
    page.get_by_label("Naam op stoel B").press_sequentially("Bram")
    suggest(page, "first")
    assert page.locator("input[name=method]:checked").get_attribute("value") == chosen
    page.click("[data-action=open-meeting]")
    assert wishes(page)[-1]["method"] == chosen


def test_what_was_typed_is_there_after_a_reload_and_gone_once_the_meeting_opened(show: Show) -> None:
    page = show("leading_start")
    page.get_by_label("Naam op stoel B").fill("Bram")
    page.reload()
    expect(page.get_by_label("Naam op stoel B")).to_have_value("Bram")
    page.click("[data-action=open-meeting]")
    page.wait_for_timeout(300)
    assert page.evaluate("sessionStorage.getItem('kring.form')") is None


def test_any_method_is_found_by_words_and_chosen_after_it_was_read(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=all-methods]")
    expect(page.locator(".shelf-line")).to_have_count(page.evaluate("document.querySelectorAll('.shelf-line').length"))
    assert page.locator("dialog .phase-list").count() == 0, "no details before one is opened"
    page.locator("input[name=find]").fill("balint")
    expect(page.locator(".shelf-line")).to_have_count(1)
    page.click("dialog [data-method=balint_classic]")
    details = page.locator("dialog[data-sheet=method]")
    for words in (
        "Vraagt veel vertrouwen",
        "Niet geschikt voor",
        "Vooraf",
        "Let op",
        "Waar het vandaan komt",
    ):
        expect(details).to_contain_text(words)
    assert details.locator(".phase-list li").count() > 2
    details.locator("[data-action=close-sheet]").click()
    expect(page.locator("input[name=find]")).to_have_value("balint")
    page.click("dialog [data-method=balint_classic]")
    page.click("[data-action=choose-method]")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.locator("input[name=method]:checked").get_attribute("value") == "balint_classic"


def test_what_nobody_could_check_is_said_where_it_is_chosen(show: Show) -> None:
    page = show("leading_start")
    page.click("[data-action=all-methods]")
    expect(page.locator("dialog [data-method=theme_based]")).to_contain_text("niet helemaal nagekeken")
    page.click("dialog [data-method=theme_based]")
    expect(page.locator("[data-note=unverified]")).to_be_visible()
    expect(page.locator("[data-note=content]")).to_be_visible()


def test_a_method_that_is_dropped_in_is_there_at_once_and_a_bad_one_is_explained(show: Show) -> None:
    page = show("leading_start")
    expect(page.locator("[data-problems]")).to_contain_text("eigen_vorm.yaml")
    page.evaluate("""fetch('samples/leading_start.json').then(r => r.json()).then(({methods}) => tell({problems: [],
      methods: [...methods, {...methods[0], id: 'eigen_vorm',
      names: {nl: 'Onze eigen vorm'}, licence: 'CC BY-SA 4.0'}]}))""")
    expect(page.locator("[data-problems]")).to_have_count(0)
    page.click("[data-action=all-methods]")
    expect(page.locator("dialog [data-method=eigen_vorm]")).to_contain_text("Onze eigen vorm")
    page.click("dialog [data-method=eigen_vorm]")
    expect(page.locator("[data-licence]")).to_contain_text("CC BY-SA 4.0")


# --- before sitting down ---


def test_authority_at_the_table_stops_and_shows_two_ways(show: Show) -> None:
    page = show("leading_start")
    page.locator("input[name=authority][value=true]").check(force=True)
    expect(page.locator("[data-authority=stop]")).to_be_visible()
    expect(page.locator("[data-action=open-meeting]")).to_be_disabled()
    page.click("[data-action=other-group]")
    expect(page.locator("[data-authority]")).to_have_count(0)
    expect(page.locator("[data-action=open-meeting]")).to_be_enabled()
    page.locator("input[name=authority][value=true]").check(force=True)
    page.click("[data-action=with-trainer]")
    page.locator("input[name=theme]").fill("Nee zeggen")
    page.locator("input[name=trainer][value=C]").check(force=True)
    page.wait_for_timeout(700)
    assert any(one.get("content") for one in asked(page))
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert (wish["authority"], wish["trainer"], wish["theme"], wish["method"]) == (
        True,
        "C",
        "Nee zeggen",
        "theme_based",
    )


def test_taking_authority_back_brings_the_cases_back(show: Show) -> None:
    page = show("leading_start")
    page.locator("input[name=authority][value=true]").check(force=True)
    page.click("[data-action=with-trainer]")
    page.locator("input[name=authority][value=false]").check(force=True)
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert (wish["authority"], wish["trainer"], wish["theme"], wish["method"]) == (False, None, "", "five_phase")


def test_three_and_eight_people_hear_what_to_expect_and_no_more_or_fewer_can_come(show: Show) -> None:
    page = show("leading_start")
    for _ in range(2):
        page.get_by_label("Een stoel minder").click()
    expect(page.locator("[data-edge='3']")).to_be_visible()
    expect(page.get_by_label("Een stoel minder")).to_be_disabled()
    for _ in range(5):
        page.get_by_label("Een stoel erbij").click()
    expect(page.locator("[data-edge='8']")).to_be_visible()
    expect(page.get_by_label("Een stoel erbij")).to_be_disabled()


def test_what_was_kept_last_time_is_shown_and_forgotten_after_one_question(show: Show) -> None:
    page = show("leading_start")
    expect(page.locator("[data-look-back]")).to_contain_text("Ik bel hem eerst")
    page.click("[data-action=forget]")
    assert wishes(page) == []
    page.click("[data-action=confirm-forget]")
    assert wishes(page) == [{"command": "ForgetLookBack"}]


# --- agreements ---


def test_agreements_are_read_one_by_one_and_every_yes_is_there_from_the_start(show: Show) -> None:
    page = show("consent")
    assert page.locator("[data-yes]").count() == 6
    text = page.locator(".reader-text")
    expect(text).to_contain_text("Kring luistert mee")
    page.click("[data-action=reader-next]")
    expect(text).to_contain_text("Wat hier gezegd wordt")
    page.click("[data-dot='4']")
    expect(page.locator("[data-action=reader-next]")).to_be_disabled()
    page.click("[data-action=reader-back]")
    expect(text).to_contain_text("Eerst vragen")


# --- time ---


def test_the_plan_names_cases_and_says_how_late_it_is(show: Show) -> None:
    page = running(show)
    page.evaluate(LAPS)
    page.click("[data-action=plan]")
    expect(page.locator("[data-go='advice~2']")).to_contain_text("Advies, casus 2")
    expect(page.locator("[data-behind=late]")).to_have_text("Jullie lopen 3 minuten achter op het plan.")
    page.evaluate("plan => tell({plan})", PLAN | {"behind": -0.4})
    expect(page.locator("[data-behind]")).to_have_count(0)


def test_a_break_is_given_its_length_and_another_case_is_chosen_where_one_fits(show: Show) -> None:
    card = {"kind": "case_list", "case": 1, "about": "", "heat": "", "pile": "", "asked": False}
    cases = [
        card | {"note": 1, "seat": "C", "text": "Hoe zeg ik nee?", "treated": True},
        card | {"note": 2, "seat": "B", "text": "Hoe neem ik mijn collega mee?", "treated": False},
    ]
    page = running(show, plan=PLAN | {"another_case": True, "another_minutes": 35}, cases=cases)
    page.click("[data-action=plan]")
    expect(page.locator("[data-second-case='1']")).to_have_count(0)
    page.click("[data-second-case='2']")
    page.click("[data-action=plan]")
    page.click("[data-break='10']")
    assert asked(page) == [{"command": "BeginSecondCase", "note": 2}, {"command": "Pause", "minutes": 10}]


def test_over_its_time_a_phase_offers_three_ways(show: Show) -> None:
    page = running(show)
    expect(page.locator("[data-action=overrun-minutes]")).to_contain_text("van Evaluatie")
    page.click("[data-action=overrun-minutes]")
    page.click("[data-action=overrun-one-more]")
    page.click("[data-action=overrun-next]")
    page.click("[data-action=confirm-next]")
    assert [one["command"] for one in asked(page)] == ["MoveMinutes", "AllowOneMore", "NextPhase"]
    assert asked(page)[0] == {"command": "MoveMinutes", "taken": "evaluation", "minutes": 3}


def test_where_no_phase_can_give_the_meeting_gets_longer_and_says_so(show: Show) -> None:
    page = running(show, plan=PLAN | {"giver": None})
    expect(page.locator("[data-action=overrun-minutes]")).to_contain_text("het wordt later")
    page.click("[data-action=overrun-minutes]")
    assert asked(page) == [{"command": "AddMinutes", "minutes": 3}]
    page.evaluate(
        "fetch('samples/over.json').then(r => r.json()).then(v => tell({phase: {...v.phase, one_more: true}}))"
    )
    expect(page.locator("[data-overrun]")).to_have_count(0)


# --- help ---


def test_help_that_may_fit_now_comes_first_and_a_card_is_read_large(show: Show) -> None:
    page = running(show, offered=["piled_advice", "overrun"])
    page.click("[data-action=help]")
    offered = page.locator("[data-offered] [data-help]")
    expect(offered).to_have_count(2)
    assert page.locator("[data-help]").count() == 31
    offered.first.click()
    lines = page.locator(".help-line")
    expect(lines).to_have_count(3)
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.help-line')).fontSize)") >= 30
    page.click("[data-action=help-back]")
    expect(page.locator("[data-help]")).to_have_count(31)
    page.click("[data-help-tab=questions]")
    page.click("[data-questions=feeling]")
    expect(page.locator(".question-cards li")).to_have_count(4)
    page.click("[data-help-tab=silence]")
    expect(page.locator("[data-silence=runs]")).to_be_visible()
    assert asked(page) == []


# --- stop ---


def test_stop_asks_once_and_says_that_nobody_has_to_explain(show: Show) -> None:
    page = running(show)
    page.click("[data-action=stop]")
    expect(page.locator("dialog[data-sheet=stop]")).to_contain_text("niets uit te leggen")
    assert asked(page) == []
    page.click("[data-action=confirm-stop]")
    assert asked(page) == [{"command": "StopMethod"}]


def test_while_the_method_stands_still_there_is_no_clock_and_no_balance_and_only_the_lead_goes_on(show: Show) -> None:
    page = running(show, stopped=True, paused=True)
    expect(page.locator("[data-stopped]")).to_be_visible()
    assert page.locator("svg.circle, .countdown, .controls, .fill").count() == 0
    expect(page.locator(".stopped-lines p")).to_have_count(3)
    page.click("[data-action=resume]")
    assert asked(page) == [{"command": "Resume"}]
    phone = show("phone_peer", *PHONE)
    phone.evaluate("tell({stopped: true, paused: true})")
    expect(phone.locator("[data-stopped]")).to_be_visible()
    assert phone.locator("[data-action=resume], .countdown").count() == 0
    fits(phone, PHONE)


# --- every screen ---

PLACES: dict[str, tuple[str, ...]] = {
    "plan": ("[data-action=plan]",),
    "help": ("[data-action=help]",),
    "help-card": ("[data-action=help]", "[data-help=unsafe]"),
    "help-questions": ("[data-action=help]", "[data-help-tab=questions]"),
    "help-silence": ("[data-action=help]", "[data-help-tab=silence]"),
    "stop": ("[data-action=stop]",),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("size", "theme"), [(LYING, "light"), (STANDING, "dark"), (SMALLEST, "light")])
def test_what_the_lead_opens_fits_every_screen(show: Show, place: str, size: tuple[int, int], theme: str) -> None:
    page = running(
        show,
        "over",
        *size,
        theme=theme,
        offered=["overrun"],
        plan=PLAN | {"another_case": True, "another_minutes": 30},
    )
    for press in PLACES[place]:
        page.click(press)
    page.wait_for_selector("dialog[open]")
    keep(page, f"leading-{place}-{size[0]}-{theme}")
    fits(page, size)


@pytest.mark.parametrize("place", ["suggestions", "authority", "methods", "method", "stopped", "consent"])
@pytest.mark.parametrize(("size", "theme"), [(LYING, "light"), (STANDING, "dark"), (SMALLEST, "dark")])
def test_sitting_down_fits_every_screen(show: Show, place: str, size: tuple[int, int], theme: str) -> None:
    if place == "stopped":
        page = running(show, "over", *size, theme=theme, stopped=True, paused=True)
    else:
        page = show("consent" if place == "consent" else "leading_start", *size, theme=theme)
    if place == "suggestions":
        suggest(page, "more")
        page.click("[data-action=more-kinds]")
    if place == "authority":
        page.locator("input[name=authority][value=true]").check(force=True)
    if place in ("methods", "method"):
        page.click("[data-action=all-methods]")
    if place == "method":
        page.click("dialog [data-method=theme_based]")
    keep(page, f"leading-{place}-{size[0]}-{theme}", full=place not in ("methods", "method"))
    fits(page, size)


def test_a_break_shows_how_long_it_still_is(show: Show) -> None:
    page = show("paused")
    expect(page.locator(".countdown .word")).to_have_text("pauze")
    page.evaluate("tell({break: {minutes: 10, left: 230}})")
    expect(page.locator(".countdown")).to_have_attribute("data-minutes", "4")
    page.evaluate("tell({break: {minutes: 10, left: -61}})")
    expect(page.locator(".countdown .number")).to_have_text("+1")
