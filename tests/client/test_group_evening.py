"""An evening of an open group: who is there, the card for the lead, looking back, what is remembered, the statement."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.client.guided import CASE, FLOOR
from tests.client.stage import Show, asked, keep
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parent / "samples"
GROUP: dict[str, Any] = json.loads((SAMPLES / "group_evening.json").read_text(encoding="utf-8"))
NEXT: dict[str, Any] = GROUP["next"]
QUESTION = GROUP["intentions"][0]["question"]
HELD_ONCE = GROUP["methods"] | {"held": GROUP["methods"]["held"][:1]}
HELD_NONE = GROUP["methods"] | {"held": []}
LYING, STANDING, PHONE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
LOOKS = [(LYING, "light", "nl"), (STANDING, "dark", "en"), (PHONE, "dark", "de"), (SMALLEST, "light", "nl")]
ON_TOP = CONTROLS.replace("document.", "([...document.querySelectorAll('dialog[open]')].at(-1) ?? document).", 1)
"""Controls within reach: those of a sheet, where one lies over the page."""
STATEMENT: dict[str, Any] = {
    "name": "Dirk-Jan van Oosten",
    "group": "Donderdaggroep",
    "from": "2026-10-15",
    "until": "2026-11-12",
    "evenings": [
        {"on": "2026-10-15", "minutes": 120, "method": {"nl": "Incidentmethode", "en": "Incident method"}},
        {"on": "2026-11-12", "minutes": 125, "method": None},
    ],
    "hours": 4.1,
}


def group(**changes: Any) -> dict[str, Any]:
    """The group, with these changes; `next` is laid over what is planned."""
    return GROUP | changes | {"next": NEXT | changes.get("next", {})}


def evening(show: Show, *size: int, theme: str = "light", language: str = "nl", **changes: Any) -> Page:
    """The start page with that group open."""
    page = show("leading_start", *size, theme=theme, language=language)
    page.evaluate("group => tell({group, look_back: null})", group(**changes))
    expect(page.locator("[data-today]")).to_be_visible()
    return page


def told(page: Page, **changes: Any) -> None:
    page.evaluate("group => tell({group})", group(**changes))


def wishes(page: Page) -> list[dict[str, Any]]:
    """What was asked, but for the questions which methods fit."""
    return [one for one in asked(page) if one["command"] != "SuggestMethods"]


def fits(page: Page, size: tuple[int, int], name: str) -> None:
    """Nothing sticks out, fingers fit, screen readers are served."""
    keep(page, name, full=not page.locator("dialog[open]").count())
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    sheet = page.locator("dialog[open]").last
    if sheet.count():
        assert sheet.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    least = 44 if size[0] < 600 else 56
    boxes = [one for one in page.evaluate(ON_TOP) if one["width"] and 'type="checkbox"' not in one["what"]]
    assert [one for one in boxes if min(one["width"], one["height"]) < least - 0.5] == []
    assert serious(page) == []


# --- words on paper ---


def paper(page: Page) -> PdfReader:
    """The page as a printer gets it."""
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


def printed(page: Page) -> str:
    """The words on paper, without spaces."""
    return bare("".join(one.extract_text() for one in paper(page).pages))


def pages(page: Page) -> int:
    return len(paper(page).pages)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- who is there ---


def test_chairs_lead_minutes_and_method_come_from_the_group(show: Show) -> None:
    page = evening(show)
    expect(page.locator(".today-count")).to_have_text("5 mensen")
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert wish["names"] == ["Anna", "Bram", "Chaima", "Dirk-Jan van Oosten", "Esra"]
    assert (wish["command"], wish["facilitator"], wish["minutes"], wish["method"], wish["language"]) == (
        "OpenMeeting",
        "B",
        120,
        "five_phase",
        "nl",
    )


def test_a_tick_says_who_is_away_and_the_chairs_and_the_lead_follow(show: Show) -> None:
    page = evening(show)
    page.locator("[data-chair=member2] [data-here]").uncheck(force=True)
    page.locator("[data-chair=member6] [data-here]").check(force=True)
    assert wishes(page) == [
        {"command": "SayAway", "member": 2, "away": True},
        {"command": "SayAway", "member": 6, "away": False},
    ]
    told(page, next={"away": [2], "lead": 3})
    expect(page.locator("[data-chair=member2]")).to_contain_text("is er niet")
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert wish["names"] == ["Anna", "Chaima", "Dirk-Jan van Oosten", "Esra", "Fatima"]
    assert wish["facilitator"] == "B"


def test_somebody_else_may_lead_and_stays_the_lead_when_chairs_move(show: Show) -> None:
    page = evening(show)
    page.locator("[data-chair=member5] input[name=leads]").check(force=True)
    told(page, next={"away": [1, 6]})
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert wish["names"][3] == "Esra"
    assert wish["facilitator"] == "D"


def test_who_guides_from_outside_has_a_chair_and_leads(show: Show) -> None:
    page = evening(show, facilitator="Hanneke", next={"guided": True, "lead": None})
    expect(page.locator("[data-chair=guide]")).to_contain_text("Begeleider van buiten")
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert (wish["names"][0], wish["facilitator"], len(wish["names"])) == ("Hanneke", "A", 6)
    page.locator("[data-chair=guide] [data-here]").uncheck(force=True)
    expect(page.locator(".today-count")).to_have_text("5 mensen")


def test_without_a_named_facilitator_there_is_no_chair_for_one(show: Show) -> None:
    page = evening(show, facilitator="", next={"guided": True})
    expect(page.locator("[data-chair=guide]")).to_have_count(0)
    page.click("[data-action=open-meeting]")
    assert (wishes(page)[-1]["names"][0], wishes(page)[-1]["facilitator"]) == ("Anna", "B")


def test_a_member_who_agreed_to_lead_a_guided_group_leads(show: Show) -> None:
    page = evening(show, facilitator="Hanneke", next={"guided": False, "lead": 3})
    expect(page.locator("[data-chair=guide]")).to_have_count(0)
    expect(page.locator("[data-group-door=open]")).to_contain_text("Chaima leidt")
    page.click("[data-action=prepare]")
    expect(page.locator("dialog [data-fact=lead]")).to_contain_text("Chaima")
    page.keyboard.press("Escape")
    page.click("[data-action=open-meeting]")
    assert wishes(page)[-1]["facilitator"] == "C"


def test_the_chairs_of_members_are_told_and_those_of_others_not(show: Show) -> None:
    page = evening(show, facilitator="Hanneke", next={"guided": True, "lead": None, "away": [2, 5, 6]})
    page.click("[data-action=add-guest]")
    page.get_by_label("Naam van gast 1").fill("Bram")
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert wish["names"] == ["Hanneke", "Anna", "Chaima", "Dirk-Jan van Oosten", "Bram"]
    assert wish["members"] == [["B", 1], ["C", 3], ["D", 4]]


def test_a_group_that_met_before_finds_the_tour_below(show: Show) -> None:
    page = evening(show)
    order = "[...document.querySelectorAll('.firsts, [data-part=\"1\"]')].map(one => one.className)"
    assert page.evaluate(order) == ["start-part", "firsts"]
    told(page, season=GROUP["season"] | {"held_guided": 0, "held_alone": 0}, methods=GROUP["methods"] | {"held": []})
    assert page.evaluate(order) == ["firsts", "start-part"]


def test_fewer_than_agreed_is_said_calmly_with_what_can_be_done(show: Show) -> None:
    page = evening(show, next={"away": [4, 5, 6]})
    expect(page.locator("[data-fewer='3']")).to_contain_text("Afgesproken is minstens 4")
    expect(page.locator("[data-action=open-meeting]")).to_be_enabled()
    page.wait_for_timeout(600)
    assert asked(page)[-1]["people"] == 3
    page.click("[data-action=fitting]")
    expect(page.locator("[data-part='4'] h2")).to_be_in_viewport()
    told(page, next={"away": [3, 4, 5, 6]})
    expect(page.locator("[data-action=open-meeting]")).to_be_disabled()
    expect(page.locator(".start-side")).to_contain_text("minder dan drie")
    told(page, next={"away": []})
    expect(page.locator("[data-fewer]")).to_have_count(0)


def test_a_guest_is_typed_stays_through_redraws_and_reload_and_goes_with_the_group(show: Show) -> None:
    page = evening(show)
    page.click("[data-action=add-guest]")
    field = page.get_by_label("Naam van gast 1")
    field.press_sequentially("Geert")
    told(page, next={"away": [5, 6]})
    page.wait_for_timeout(700)
    expect(field).to_have_value("Geert")
    expect(field).to_be_focused()
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    told(page)
    expect(field).to_have_value("Geert")
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    assert "Geert" in stored
    assert "Chaima" not in stored
    page.click("[data-action=open-meeting]")
    assert wishes(page)[-1]["names"][-1] == "Geert"
    page.focus("[data-action=drop-guest-0]")
    page.keyboard.press("Enter")  # the sheet that was asked for may still come and go over it
    expect(field).to_have_count(0)
    page.click("[data-action=add-guest]")
    field.fill("Geert")
    page.evaluate("tell({group: null})")
    expect(page.get_by_label("Naam op stoel A")).to_have_value("")
    assert "Geert" not in page.evaluate("JSON.stringify(sessionStorage)")
    told(page)
    expect(page.locator("[data-guest]")).to_have_count(0)


def test_what_was_chosen_here_stays_until_the_group_plans_otherwise(show: Show) -> None:
    page = evening(show)
    page.locator("input[name=language][value=en]").check(force=True)
    page.get_by_label("Vijf minuten korter").click()
    told(page, next={"away": [5]})
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert (wish["language"], wish["minutes"]) == ("en", 115)
    told(page, next={"method": "socratic"})
    expect(page.locator("input[name=method]:checked")).to_have_attribute("value", "socratic")
    page.click("[data-action=open-meeting]")
    assert wishes(page)[-1]["method"] == "socratic"


@pytest.mark.parametrize(
    ("changes", "experience"),
    [
        ({}, "practised"),
        ({"methods": GROUP["methods"] | {"familiar": []}}, "some"),
        ({"season": GROUP["season"] | {"held_guided": 1, "held_alone": 0}, "methods": HELD_ONCE}, "some"),
        ({"season": GROUP["season"] | {"held_guided": 0, "held_alone": 0}, "methods": HELD_NONE}, "first"),
    ],
)
def test_experience_follows_from_what_the_group_held(show: Show, changes: dict[str, Any], experience: str) -> None:
    page = evening(show, **changes)
    expect(page.locator("input[name=experience]:checked")).to_have_attribute("value", experience)


def test_a_group_with_a_trainer_begins_with_its_theme(show: Show) -> None:
    page = evening(show, form="content", facilitator="Hanneke", next={"guided": True, "lead": None, "theme": 21})
    expect(page.locator("input[name=theme]")).to_have_value("Nee zeggen")
    page.click("[data-action=open-meeting]")
    wish = wishes(page)[-1]
    assert (wish["method"], wish["theme"], wish["trainer"]) == ("theme_based", "Nee zeggen", "A")
    page.click("[data-action=prepare]")
    for name, words in (("theme", "Nee zeggen"), ("trainer", "Hanneke")):
        expect(page.locator(f"dialog [data-fact={name}]")).to_contain_text(words)
    expect(page.locator("dialog [data-fact=bring]")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("input[name=trainer][value=C]").check(force=True)
    told(page, form="content", facilitator="Hanneke", next={"guided": True, "lead": None, "theme": 21, "away": [1]})
    page.click("[data-action=open-meeting]")
    assert (wishes(page)[-1]["names"][1], wishes(page)[-1]["trainer"]) == ("Bram", "B")


def test_a_habit_and_the_reason_to_switch_stand_at_the_methods(show: Show) -> None:
    page = evening(show)
    expect(page.locator("[data-part='4'] [data-routine]")).to_contain_text("6 keer achter elkaar")
    expect(page.locator("[data-part='4'] [data-switch]")).to_contain_text("Jullie kennen deze methode nu goed.")
    told(page, methods=GROUP["methods"] | {"routine": None, "suggest": None})
    expect(page.locator("[data-signals]")).to_have_count(0)


def test_without_a_group_nothing_of_it_is_there(show: Show) -> None:
    page = show("leading_start")
    for name in ("data-today", "data-look-backs", "data-signals", "data-sector", "data-action=prepare"):
        expect(page.locator(f"[{name}]")).to_have_count(0)


@pytest.mark.parametrize("slept", [False, True], ids=["closed", "slept"])
def test_nothing_of_one_groups_evening_reaches_the_next(show: Show, *, slept: bool) -> None:
    page = evening(show, opening="a1")
    page.click("[data-action=add-guest]")
    page.get_by_label("Naam van gast 1").fill("Kanarie")
    page.locator("[data-chair=member5] input[name=leads]").check(force=True)
    page.locator("[data-chair=member1] [data-here]").uncheck(force=True)
    page.click("[data-action=look-back-11]")
    page.click("[data-worth='2']")
    page.click("[data-action=prepare]")
    page.locator("dialog [data-prepared]").first.check()
    if not slept:
        page.evaluate("tell({group: null})")
    told(page, opening="b2", name="Mussenkring")
    expect(page.locator("dialog, [data-guest], [data-look-back-card]")).to_have_count(0)
    expect(page.locator("[data-chair=member1] [data-here]")).to_be_checked()
    expect(page.locator("[data-chair=member2] input[name=leads]")).to_be_checked()
    page.click("[data-action=look-back-11]")
    expect(page.locator("[data-worth='2']")).to_have_attribute("aria-pressed", "false")
    page.click("[data-action=prepare]")
    expect(page.locator("dialog [data-prepared]").first).not_to_be_checked()
    assert "Kanarie" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_a_guest_of_a_group_that_was_closed_over_a_reload_is_gone(show: Show) -> None:
    page = evening(show, opening="a1")
    page.click("[data-action=add-guest]")
    page.get_by_label("Naam van gast 1").fill("Kanarie")
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    told(page, opening="b2")
    expect(page.locator("[data-today]")).to_be_visible()
    expect(page.locator("[data-guest]")).to_have_count(0)
    assert "Kanarie" not in page.evaluate("JSON.stringify(sessionStorage)")


# --- the card for the lead ---


def test_the_card_for_the_lead_says_whose_turn_it_is_and_what_is_tried(show: Show) -> None:
    page = evening(show)
    page.click("[data-action=prepare]")
    card = page.locator("dialog [data-prepare]")
    for name, words in (("lead", "Bram"), ("bring", "Esra"), ("absent", "Fatima"), ("try", "stil tot vijf")):
        expect(card.locator(f"[data-fact={name}]")).to_contain_text(words)
    expect(card).to_contain_text("Chaima, Anna")
    expect(card.locator(".prepare-phases li")).to_have_count(6)
    assert card.locator("[data-prepared]").count() >= 3
    assert QUESTION not in card.inner_text()
    card.locator("[data-prepared]").first.check()
    page.wait_for_timeout(600)
    expect(card.locator("[data-prepared]").first).to_be_checked()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("[data-action=print-prepare]")
    assert page.evaluate("window.printed")


@pytest.mark.parametrize(
    ("language", "title", "leads"),
    [("nl", "Voorbereiding voor wie begeleidt", "Begeleidt"), ("en", "Preparation for whoever leads", "Leads")],
)
def test_on_paper_the_card_is_one_page_without_anybodys_question(
    show: Show, language: str, title: str, leads: str
) -> None:
    page = evening(show, language=language, theme="dark")
    page.click("[data-action=prepare]")
    page.wait_for_timeout(300)
    words = printed(page)
    for part in (title, leads + "Bram", "Fatima", "Chaima, Anna", "Na elk antwoord tellen we stil tot vijf.", "Kring"):
        assert bare(part) in words
    assert bare(QUESTION) not in words
    assert pages(page) == 1


def test_where_nothing_is_to_come_back_to_the_card_does_not_ask_for_it(show: Show) -> None:
    page = evening(show, intentions=[])
    page.click("[data-action=prepare]")
    expect(page.locator("dialog [data-prepared]").first).to_be_visible()
    expect(page.locator("dialog [data-prepared=look_back]")).to_have_count(0)


# --- looking back ---


def test_before_the_evening_who_took_something_along_looks_back(show: Show) -> None:
    page = evening(show)
    part = page.locator("[data-look-backs]")
    expect(part.locator("[data-intention]")).to_have_count(2)
    expect(part.locator("[data-look-back-card]")).to_have_count(0)
    page.click("[data-action=look-back-11]")
    card = part.locator("[data-look-back-card='11']")
    for words in (QUESTION, "Ik vraag eerst een dag bedenktijd.", "Maandag oefenen", "maandag 30 november 2026"):
        expect(card).to_contain_text(words)
    expect(card).to_contain_text("Vertel het hardop; typen hoeft niet.")
    assert [one.get_attribute("data-action") for one in card.locator("[data-action^=told-]").all()] == [
        "told-keep",
        "told-forget",
    ]
    expect(card.locator(".main")).to_have_count(0)
    expect(card.locator("[data-follow-up]")).to_have_count(4)
    expect(card.locator("legend")).to_contain_text("van 0 tot 10")
    card.locator("[data-worth='8']").click()
    page.wait_for_timeout(600)
    expect(card.locator("[data-worth='8']")).to_have_attribute("aria-pressed", "true")
    card.locator("[data-action=told-keep]").click()
    assert wishes(page) == [{"command": "TellLookBack", "intention": 11, "worth": 8, "back": False, "keep": True}]


def test_it_may_be_forgotten_without_a_number_and_come_back_on_the_table(show: Show) -> None:
    page = evening(show)
    page.click("[data-action=look-back-12]")
    card = page.locator("[data-look-back-card='12']")
    card.locator("[data-worth='0']").click()
    card.locator("[data-worth='0']").click()
    card.locator("[data-action=back-on-table]").click()
    expect(card.locator("[data-back-how]")).to_contain_text("Anna zet de vraag straks zelf")
    card.locator("[data-action=told-forget]").click()
    assert wishes(page) == [{"command": "TellLookBack", "intention": 12, "worth": -1, "back": True, "keep": False}]


@pytest.mark.parametrize(
    ("rule", "words"),
    [("next", "na deze avond"), ("season", "eind van het seizoen"), ("always", "tot jullie het wissen")],
)
def test_how_long_it_is_kept_is_said_on_the_button(show: Show, rule: str, words: str) -> None:
    page = evening(show, keep=GROUP["keep"] | {"intention": rule})
    page.click("[data-action=look-back-11]")
    expect(page.locator("[data-action=told-keep]")).to_contain_text(words)


def test_where_nothing_is_kept_it_can_only_be_forgotten(show: Show) -> None:
    page = evening(show, keep=GROUP["keep"] | {"intention": "no"})
    page.click("[data-action=look-back-11]")
    expect(page.locator("[data-action=told-keep]")).to_have_count(0)


def test_in_the_first_phase_the_tablet_leads_to_it(show: Show) -> None:
    page = show("checkin")
    page.evaluate("group => tell({group})", GROUP)
    page.click("[data-action=arrive]")
    sheet = page.locator("[data-sheet=arrive]")
    expect(sheet.locator("[data-look-back-card='11']")).to_be_visible()
    expect(sheet.locator("[data-ritual]")).to_have_count(0)
    page.evaluate("floor => tell({floor})", FLOOR | {"arrives": True})
    expect(sheet.locator("[data-ritual]")).to_have_count(6)
    sheet.locator("[data-worth='5']").click()
    sheet.locator("[data-action=told-forget]").click()
    assert wishes(page)[-1] == {
        "command": "TellLookBack",
        "intention": 11,
        "worth": 5,
        "back": False,
        "keep": False,
    }
    page.evaluate("group => tell({group})", group(intentions=[]))
    expect(page.locator("[data-look-backs]")).to_have_count(0)
    page.evaluate("floor => tell({floor})", FLOOR)
    expect(sheet).to_contain_text("Er is op teruggekeken.")


def test_later_than_the_first_phase_the_tablet_does_not_speak_of_it(show: Show) -> None:
    page = show("analysis")
    page.evaluate("group => tell({group})", GROUP)
    expect(page.locator("[data-arriving]")).to_have_count(0)


MINE = {"key": 11, "question": QUESTION, "text": "Ik vraag eerst een dag bedenktijd.", "step": "Maandag", "by": ""}
OWN: dict[str, Any] = {"notes": [], "writes": ["case_list"], "vote": {}, "answers": {}, "learning": {}, "pulse": False}


def phone(show: Show, *size: int, theme: str = "light", language: str = "nl", **my: Any) -> Page:
    """A phone in the first phase of the group's evening."""
    page = show("phone_now", *(size or PHONE), theme=theme, language=language)
    page.evaluate(
        """([my, floor, one, group]) => fetch('samples/phone_now.json').then(r => r.json()).then(({my: was, phases}) =>
          tell({group, floor, case: one, my: {...was, ...my},
            phases: phases.map((phase, n) => ({...phase, state: n === 0 ? 'now' : 'next'}))}))""",
        [
            {"notes": [], "writes": ["case_list"], "look_back": MINE} | my,
            FLOOR,
            CASE | {"owner": None, "question": ""},
            {"name": "Donderdaggroep", "setting": "education", "next": None},
        ],
    )
    return page


def test_on_the_phone_only_the_own_person_looks_back_and_brings_it_to_the_table(show: Show) -> None:
    page = phone(show)
    card = page.locator("[data-task=look_back] [data-look-back-card='11']")
    expect(card).to_contain_text(QUESTION)
    card.locator("[data-worth='9']").click()
    card.locator("[data-action=back-on-table]").click()
    card.locator("[data-action=onto-table]").click()
    assert asked(page)[-1] == {"command": "WriteNote", "kind": "case_list", "text": QUESTION}
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    page.evaluate(
        "mine => fetch('samples/phone_now.json').then(r => r.json()).then(({my}) =>"
        " tell({my: {...my, look_back: mine}}))",
        MINE,
    )
    page.click("[data-tab=look_back]")
    expect(page.locator("[data-worth='9']")).to_have_attribute("aria-pressed", "true")
    page.click("[data-action=told-forget]")
    assert asked(page)[-1] == {
        "command": "TellLookBack",
        "intention": 11,
        "worth": 9,
        "back": True,
        "keep": False,
    }
    page.evaluate(
        "fetch('samples/phone_now.json').then(r => r.json()).then(({my}) => tell({my: {...my, look_back: null}}))"
    )
    expect(page.locator("[data-look-back-card]")).to_have_count(0)


def test_a_phone_without_an_own_intention_shows_none(show: Show) -> None:
    page = phone(show, look_back=None)
    expect(page.locator("[data-tab=case], [data-task=case]").first).to_be_visible()
    expect(page.locator("[data-tab=look_back], [data-look-back-card]")).to_have_count(0)


# --- the end ---


def closed(show: Show, *size: int, theme: str = "light", language: str = "nl", **changes: Any) -> Page:
    page = show("ended", *size, theme=theme, language=language)
    page.evaluate("group => tell({group, look_back: null})", group(**changes))
    expect(page.locator("[data-keep-group]")).to_be_visible()
    return page


def ticked(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-keep]:checked')].map(one => one.dataset.keep)"
    )
    return found


def test_what_the_group_chose_is_ticked_and_sent_and_erasing_stays_first(show: Show) -> None:
    page = closed(show)
    assert ticked(page) == ["question", "intention", "agreements", "answers", "methods", "attendance"]
    expect(page.locator("[name=days]")).to_have_count(0)
    page.locator("[data-keep=question]").uncheck(force=True)
    expect(page.locator("label:has([data-keep=figures])")).to_contain_text("normaal niet bewaard")
    page.locator("[data-keep=figures]").check(force=True)
    expect(page.locator("label:has([data-keep=figures])")).to_contain_text("vanaf nu")
    page.wait_for_timeout(600)
    page.click("[data-action=keep]")
    assert asked(page) == [
        {
            "command": "RememberEvening",
            "items": ["intention", "agreements", "answers", "methods", "attendance", "figures"],
        }
    ]
    erase, kept = (page.locator(f"[data-action={name}]").bounding_box() for name in ("erase", "keep"))
    assert erase
    assert kept
    assert erase["width"] * erase["height"] > kept["width"] * kept["height"]
    page.click("[data-action=erase]")
    page.click("[data-action=confirm-erase]")
    assert asked(page)[-1] == {"command": "EraseMeeting"}


def test_a_group_that_keeps_nothing_has_nothing_ticked_and_is_told_what_stays(show: Show) -> None:
    page = closed(show, keep=dict.fromkeys(GROUP["keep"], "no"))
    assert ticked(page) == []
    expect(page.locator("[data-keep-group]")).to_contain_text("Er is niets aangekruist")
    page.click("[data-action=keep]")
    assert asked(page) == [{"command": "RememberEvening", "items": []}]


def test_what_there_is_not_cannot_be_kept(show: Show) -> None:
    page = closed(show)
    page.evaluate("tell({next_time: {}, case: null, evaluation: null, summary: null})")
    expect(page.locator("[data-keep]")).to_have_count(2)


def test_without_a_group_the_end_is_as_it_was(show: Show) -> None:
    page = show("ended")
    expect(page.locator("[data-keep-group]")).to_have_count(0)
    expect(page.locator("[name=days]")).to_have_count(3)


def test_the_end_of_a_groups_evening_says_what_stays_and_what_erasing_takes(show: Show) -> None:
    page = closed(show)
    expect(page.locator(".ending-erase")).to_contain_text("kan blijven zoals jullie groep koos")
    assert "Gewoon is: niets" not in page.locator(".ending").inner_text()
    page.evaluate("tell({next_time: {date: '2026-12-17', place: 'zaal 2', lead: 'Bram', different: 'Stil tot vijf.'}})")
    box = page.locator("label:has([data-keep=agreements])")
    expect(box).to_contain_text("donderdag 17 december 2026 · zaal 2 · Bram leidt · Stil tot vijf.")
    page.click("[data-action=erase]")
    expect(page.locator("dialog")).to_contain_text("Ook wat is aangekruist")


def test_an_evening_of_a_group_that_is_closed_asks_for_its_passphrase_and_keeps_nothing_without(show: Show) -> None:
    page = show("ended")
    page.evaluate("tell({group: null, needs_group: true, group_sticks: []})")
    door = page.locator("[data-group-door=needed]")
    expect(door).to_contain_text("van een groep die nog dicht is")
    expect(page.locator("[data-action=keep], [data-action=found-group]")).to_have_count(0)
    expect(page.locator("[data-action=erase]")).to_be_visible()
    page.evaluate("window.answer = { ok: false, refused: 'wrong_passphrase', say: { nl: 'Deze past niet.' } }")
    page.fill("[name=passphrase]", "vier losse woorden samen")
    page.press("[name=passphrase]", "Enter")
    expect(page.locator("[data-refused=door]")).to_have_text("Deze past niet.")
    page.evaluate("window.answer = undefined")
    page.press("[name=passphrase]", "Enter")
    page.wait_for_timeout(50)
    assert wishes(page)[-1] == {"command": "OpenGroup", "passphrase": "vier losse woorden samen"}
    page.evaluate("group => tell({group, needs_group: false})", group(ours=True))
    expect(page.locator("[data-keep-group]")).to_be_visible()
    expect(door).to_have_count(0)


# --- who was there, and the paper ---

HOST = """async ([group, statement, language]) => {
  const modules = ['/client/views/group/statement.js', 'lit-html', '/client/words.js', '/client/views/sheet.js'];
  const [{ attendance }, { html, render }, { also, load, speaker, pick }, { openSheets }] = await Promise.all(
    modules.map(one => import(one)));
  await also('group');
  await load(language);
  const page = document.getElementById('page').cloneNode();
  document.getElementById('page').replaceWith(page);
  document.documentElement.lang = language;
  let ui = {};
  const set = (patch) => { ui = { ...ui, ...patch }; draw(); };
  const ask = async (command, fields) => {
    window.asked.push({ command, ...fields });
    return { ok: true, statement };
  };
  const draw = () => {
    const p = { view: { group }, ui, set, ask, t: speaker(language), say: (text) => pick(text, language) };
    render(html`<main class="group-page"><h1>${group.name}</h1><div><h2>Tab</h2>${attendance(p)}</div></main>`, page);
    openSheets(page);
  };
  draw();
}"""


def attending(
    show: Show, *size: int, theme: str = "light", language: str = "nl", statement: Any = STATEMENT, **changes: Any
) -> Page:
    """The attendance of the group alone on a page."""
    page = show("pin", *size, theme=theme, language=language)
    page.evaluate(HOST, [group(**changes), statement, language])
    return page


def test_evenings_are_told_in_signs_and_words_and_nobody_has_a_total(show: Show) -> None:
    page = attending(show)
    expect(page.locator("[data-evening]")).to_have_count(3)
    row = page.locator("[data-evening='7']")
    expect(row.locator("th")).to_contain_text("12 nov 2026")
    expect(row.locator("td").nth(2)).to_contain_text("kwam later")
    expect(page.locator("[data-evening='6'] td").nth(1)).to_contain_text("was er niet")
    expect(page.locator("[data-evening='5'] td").nth(5)).to_contain_text("nog niet bij de groep")
    assert not re.search(r"\d", " ".join(page.locator("[data-evening] td").all_inner_texts()))
    assert not page.locator("tfoot").count()


def test_without_evenings_it_is_said_how_it_can_be_kept(show: Show) -> None:
    page = attending(show, attendance=[])
    expect(page.locator("[data-attendance]")).to_contain_text("aan het eind van een avond")
    expect(page.locator("button")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "nl",
            (
                "Verklaring van deelname aan intervisie",
                "15 oktober 2026 tot en met 12 november 2026",
                "Incidentmethode",
                "niet onthouden",
                "Totaal4:05",
                "Over de inhoud van de gesprekken is niets bekend",
                "Handtekening deelnemer",
            ),
        ),
        (
            "en",
            (
                "Statement of attendance at peer consultation",
                "October 15, 2026 to November 12, 2026",
                "Incident method",
                "not remembered",
                "Total4:05",
                "Of the content of the conversations nothing is known",
                "Signature of the participant",
            ),
        ),
    ],
)
def test_a_statement_is_made_on_demand_printed_and_forgotten(show: Show, language: str, parts: tuple[str, ...]) -> None:
    page = attending(show, language=language, theme="dark")
    before = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    page.click("[data-action=statement-4]")
    assert asked(page) == [{"command": "StateAttendance", "member": 4}]
    expect(page.locator("dialog[data-sheet=statement]")).to_contain_text("Dirk-Jan van Oosten")
    words = printed(page)
    for part in (*parts, "Dirk-Jan van Oosten", "Donderdaggroep", "2:00", "2:05"):
        assert bare(part) in words, part
    assert "Chaima" not in words
    assert pages(page) == 1
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("[data-action=print-statement]")
    assert page.evaluate("window.printed")
    page.click("[data-action=close-sheet]")
    expect(page.locator("[data-paper]")).to_have_count(0)
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])") == before


def test_a_statement_of_nothing_says_so_and_has_no_paper(show: Show) -> None:
    page = attending(show, statement=STATEMENT | {"evenings": [], "from": None, "until": None, "hours": 0})
    page.click("[data-action=statement-4]")
    expect(page.locator("dialog")).to_contain_text("geen avond onthouden")
    expect(page.locator("[data-paper]")).to_have_count(0)


def test_many_evenings_flow_to_a_second_page(show: Show) -> None:
    many = [
        {"on": f"2026-{m:02}-{d:02}", "minutes": 120, "method": None} for m in range(1, 11) for d in (3, 10, 17, 24)
    ]
    page = attending(show, statement=STATEMENT | {"evenings": many, "hours": 80})
    page.click("[data-action=statement-4]")
    assert pages(page) == 2
    assert bare("Totaal80:00") in printed(page)


# --- examples of the field ---


def test_examples_come_from_the_field_of_the_group(show: Show) -> None:
    page = evening(show)
    page.click("[data-part='3'] [data-sector] summary")
    expect(page.locator("[data-part='3'] [data-sector] li")).to_have_count(6)
    expect(page.locator("[data-part='3'] [data-sector]")).to_contain_text("Onderwijs")
    page.click("[data-action=all-methods]")
    page.click("dialog [data-method=moral_dilemma]")
    expect(page.locator("dialog [data-sector=dilemma]")).to_contain_text("gelijke kansen")
    page.keyboard.press("Escape")
    page.click("dialog [data-method=socratic]")
    expect(page.locator("dialog [data-sector]")).to_have_count(0)


def test_on_the_phone_the_case_card_has_them_and_without_a_field_it_is_as_it_was(show: Show) -> None:
    page = phone(show, look_back=None)
    if page.locator("[data-tab=case]").count():
        page.click("[data-tab=case]")
    page.locator("[data-field='case.text']").fill("Hoe blijf ik rustig?")
    page.click("[data-sector] summary")
    expect(page.locator("[data-sector] li")).to_have_count(11)
    page.wait_for_timeout(600)
    expect(page.locator("[data-sector]")).to_have_attribute("open", "")
    expect(page.locator("[data-field='case.text']")).to_have_value("Hoe blijf ik rustig?")
    page.evaluate("tell({group: {name: 'Donderdaggroep', setting: '', next: null}})")
    expect(page.locator("[data-sector]")).to_have_count(0)


# --- every screen ---


@pytest.mark.parametrize(("size", "theme", "language"), LOOKS)
def test_the_start_of_an_evening_fits_its_screen_its_fingers_and_its_readers(
    show: Show, size: tuple[int, int], theme: str, language: str
) -> None:
    page = evening(show, *size, theme=theme, language=language, next={"away": [4, 5, 6]})
    page.click("[data-action=add-guest]")
    page.click("[data-action=look-back-11]")
    page.click("[data-action=back-on-table]")
    fits(page, size, f"evening-start-{size[0]}-{theme}-{language}")
    page.click("[data-action=prepare]")
    fits(page, size, f"evening-prepare-{size[0]}-{theme}-{language}")


@pytest.mark.parametrize(("size", "theme", "language"), LOOKS)
def test_the_end_and_the_attendance_fit_too(show: Show, size: tuple[int, int], theme: str, language: str) -> None:
    page = closed(show, *size, theme=theme, language=language)
    fits(page, size, f"evening-end-{size[0]}-{theme}-{language}")
    page = attending(show, *size, theme=theme, language=language)
    fits(page, size, f"evening-attendance-{size[0]}-{theme}-{language}")
    page.click("[data-action=statement-4]")
    fits(page, size, f"evening-statement-{size[0]}-{theme}-{language}")


@pytest.mark.parametrize(("size", "theme", "language"), LOOKS)
def test_the_door_at_the_end_fits_too(show: Show, size: tuple[int, int], theme: str, language: str) -> None:
    page = show("ended", *size, theme=theme, language=language)
    page.evaluate("tell({group: null, needs_group: true, group_sticks: []})")
    expect(page.locator("[data-group-door=needed]")).to_be_visible()
    fits(page, size, f"evening-needed-{size[0]}-{theme}-{language}")


@pytest.mark.parametrize(("size", "theme", "language"), [(LYING, "dark", "nl"), (STANDING, "light", "en")])
def test_the_look_back_on_the_tablet_fits_too(show: Show, size: tuple[int, int], theme: str, language: str) -> None:
    page = show("checkin", *size, theme=theme, language=language)
    page.evaluate("group => tell({group})", GROUP)
    keep(page, f"evening-first-phase-{size[0]}-{theme}-{language}")
    page.click("[data-action=arrive]")
    page.click("[data-action=back-on-table]")
    fits(page, size, f"evening-look-back-{size[0]}-{theme}-{language}")


@pytest.mark.parametrize(("size", "theme", "language"), [(PHONE, "light", "en"), (SMALLEST, "dark", "nl")])
def test_the_phone_fits_too(show: Show, size: tuple[int, int], theme: str, language: str) -> None:
    page = phone(show, *size, theme=theme, language=language)
    page.click("[data-action=back-on-table]")
    fits(page, size, f"evening-phone-{size[0]}-{theme}-{language}")
    page.click("[data-tab=case]")
    page.click("[data-sector] summary")
    fits(page, size, f"evening-phone-case-{size[0]}-{theme}-{language}")
