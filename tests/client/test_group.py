"""The group on the facilitator's tablet: its door, its pages, each wish with its fields; a passphrase stays nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import OUTPUT, Show, asked, keep
from tests.client.test_every_view import complaints
from tests.client.test_pages import AXE, CONTROLS

pytestmark = pytest.mark.browser

SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "samples" / "group.json").read_text(encoding="utf-8"))
GROUP: dict[str, Any] = SAMPLE["group"]
LYING, STANDING, PHONE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
TABS = ("us", "next", "season", "trend", "kept")
PICTURES = OUTPUT / "group"
SECRET = "vier losse woorden samen"
REFUSED: dict[str, Any] = {
    "ok": False,
    "refused": "wrong_passphrase",
    "say": {"nl": "Deze wachtzin opent hier geen groep.", "en": "This passphrase opens no group here."},
}
LEFT_BEHIND = """() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage),
  document.documentElement.outerHTML, JSON.stringify(history.state),
  ...[...document.querySelectorAll('input')].map(one => one.value)].join(' ')"""


def wishes(page: Page) -> list[dict[str, Any]]:
    """What was asked, but for the questions which methods fit."""
    return [one for one in asked(page) if one["command"] != "SuggestMethods"]


def tell(page: Page, **changes: Any) -> None:
    page.evaluate("changes => tell(changes)", changes)


def closed(show: Show, *size: int, language: str = "nl", **changes: Any) -> Page:
    """The first page before a group is open."""
    page = show("group", *(size or LYING), language=language)
    tell(page, group=None, **changes)
    page.wait_for_selector("[data-group-door=closed]")
    return page


def opened(show: Show, tab: str, *size: int, theme: str = "light", language: str = "nl", **changes: Any) -> Page:
    """One of the group's pages, with these changes to the group."""
    page = show("group", *(size or LYING), theme=theme, language=language)
    tell(page, group=GROUP | changes)
    page.click("[data-action=to-group]")
    page.wait_for_selector(".group-page")
    page.click(f"[data-tab={tab}]")
    page.wait_for_selector(f"[data-group={tab}]")
    return page


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name='{name}'][value='{value}']").click(force=True)


def write(page: Page, field: str, text: str) -> None:
    """Typed, and the field left with Enter."""
    page.fill(f"[data-field='{field}']", text)
    page.press(f"[data-field='{field}']", "Enter")


def pick(page: Page, field: str, value: str) -> None:
    page.select_option(f"[data-field={field}]", value)


def leave(page: Page, field: str, text: str) -> None:
    """Typed, and the field left with the tabulator."""
    page.fill(f"[data-field={field}]", text)
    page.press(f"[data-field={field}]", "Tab")


# --- the door ---


def test_a_passphrase_opens_the_group_with_enter_and_stays_nowhere(show: Show) -> None:
    page = closed(show)
    page.fill("[name=passphrase]", SECRET)
    page.press("[name=passphrase]", "Enter")
    expect(page.locator("[name=passphrase]")).to_have_value("")
    assert wishes(page) == [{"command": "OpenGroup", "passphrase": SECRET}]
    assert SECRET not in page.evaluate(LEFT_BEHIND)


def test_what_is_typed_as_a_passphrase_outlives_redraws_and_is_in_no_store_meanwhile(show: Show) -> None:
    page = closed(show)
    page.fill("[name=passphrase]", SECRET)
    tell(page, trouble="")
    page.wait_for_timeout(1100)
    expect(page.locator("[name=passphrase]")).to_have_value(SECRET)
    stores = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.documentElement.outerHTML"
    assert SECRET not in page.evaluate(stores)


def test_it_may_be_shown_to_whoever_types_it(show: Show) -> None:
    page = closed(show)
    field = page.locator("[name=passphrase]")
    page.fill("[name=passphrase]", SECRET)
    expect(field).to_have_attribute("type", "password")
    page.click("[data-action=show-passphrase]")
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(SECRET)
    expect(page.locator("[data-action=show-passphrase]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_wrong_passphrase_is_said_beside_the_field_and_nowhere_else(show: Show, language: str) -> None:
    page = closed(show, language=language)
    page.evaluate("answer => { window.answer = answer; }", REFUSED)
    page.fill("[name=passphrase]", SECRET)
    page.click("[data-action=open-group]")
    expect(page.locator("[data-group-door] [role=alert]")).to_have_text(REFUSED["say"][language])
    expect(page.locator(".notice")).to_have_count(0)
    described = page.locator("[name=passphrase]").get_attribute("aria-describedby")
    assert described == page.locator("[data-group-door] [role=alert]").get_attribute("id")


def test_a_wrong_passphrase_keeps_its_letters_so_that_the_slip_can_be_seen(show: Show) -> None:
    page = closed(show)
    page.evaluate("answer => { window.answer = answer; }", REFUSED)
    page.fill("[name=passphrase]", SECRET)
    page.press("[name=passphrase]", "Enter")
    expect(page.locator("[data-refused=door]")).to_be_visible()
    expect(page.locator("[name=passphrase]")).to_have_value(SECRET)
    stores = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.documentElement.outerHTML"
    assert SECRET not in page.evaluate(stores)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(page.locator("[name=passphrase]")).to_have_value("")


def test_without_a_passphrase_nothing_is_asked(show: Show) -> None:
    page = closed(show)
    page.click("[data-action=open-group]")
    expect(page.locator("[data-refused=door]")).to_be_visible()
    assert wishes(page) == []


def test_the_closed_door_says_nothing_of_any_group(show: Show) -> None:
    page = closed(show)
    assert GROUP["name"] not in page.locator("[data-group-door]").inner_text()
    expect(page.locator("[data-action=group-from-stick]")).to_have_count(0)


def found(page: Page, name: str, first: str, again: str) -> None:
    page.fill("[data-field=found-name]", name)
    page.fill("[name=first]", first)
    page.fill("[name=again]", again)
    page.click("[data-action=begin-group]")


def test_a_group_begins_with_a_passphrase_of_twelve_characters_typed_twice_alike(show: Show) -> None:
    page = closed(show)
    page.click("[data-action=found-group]")
    page.wait_for_selector("dialog[data-sheet=found-group]")
    for name, first, again in (
        ("", SECRET, SECRET),
        ("Noord", "elf letters", "elf letters"),
        ("Noord", SECRET, SECRET + "!"),
    ):
        found(page, name, first, again)
        expect(page.locator("[data-refused=found]")).to_be_visible()
    assert wishes(page) == []
    choose(page, "found-language", "en")
    found(page, " Noord ", SECRET, SECRET)
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [{"command": "FoundGroup", "name": "Noord", "passphrase": SECRET, "language": "en"}]
    assert SECRET not in page.evaluate(LEFT_BEHIND)
    tell(page, group=GROUP)
    expect(page.locator("[data-group=us]")).to_be_visible()


def test_founding_that_is_refused_keeps_what_was_typed(show: Show) -> None:
    page = closed(show)
    page.click("[data-action=found-group]")
    page.wait_for_selector("dialog[data-sheet=found-group]")
    page.evaluate("answer => { window.answer = answer; }", REFUSED)
    found(page, "Noord", SECRET, SECRET)
    expect(page.locator("[data-refused=found]")).to_be_visible()
    expect(page.locator("[name=first]")).to_have_value(SECRET)
    expect(page.locator("[name=again]")).to_have_value(SECRET)
    expect(page.locator("[data-field=found-name]")).to_have_value("Noord")


def test_founding_says_that_nobody_can_read_it_without_and_what_is_kept(show: Show) -> None:
    page = closed(show)
    page.click("[data-action=found-group]")
    sheet = page.locator("dialog[data-sheet=found-group]")
    expect(sheet).to_contain_text("ook wij niet")
    expect(sheet).to_contain_text("blijft niets")


def test_a_group_is_brought_in_from_a_stick(show: Show) -> None:
    page = closed(
        show, group_sticks=[{"name": "BLAUW", "files": ["a.kring", "b.kring"]}, {"name": "LEEG", "files": []}]
    )
    page.click("[data-action=group-from-stick]")
    choose(page, "group-file", "BLAUW/b.kring")
    page.fill("dialog [name=passphrase]", SECRET)
    page.press("dialog [name=passphrase]", "Enter")
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [{"command": "ImportGroup", "stick": "BLAUW", "file": "b.kring", "passphrase": SECRET}]
    assert SECRET not in page.evaluate(LEFT_BEHIND)


@pytest.mark.parametrize(("language", "day"), [("nl", "dinsdag 8 december 2026"), ("en", "Tuesday, December 8, 2026")])
def test_an_open_door_says_what_comes_next_and_closes(show: Show, language: str, day: str) -> None:
    page = show("group", language=language)
    door = page.locator("[data-group-door=open]")
    expect(door).to_contain_text(GROUP["name"])
    expect(door).to_contain_text(day)
    expect(door).to_contain_text("Mirjam")
    door.locator("[data-action=close-group]").click()
    assert wishes(page) == [{"command": "CloseGroup"}]


# --- five tabs ---


def test_the_tabs_are_reached_by_keyboard(show: Show) -> None:
    page = opened(show, "us")
    page.focus("[data-tab=us]")
    for key, tab in (
        ("ArrowRight", "next"),
        ("End", "kept"),
        ("ArrowRight", "us"),
        ("ArrowLeft", "kept"),
        ("Home", "us"),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"[data-group={tab}]")).to_be_visible()
        expect(page.locator(f"[data-tab={tab}]")).to_be_focused()
        expect(page.locator("[role=tab][aria-selected=true]")).to_have_count(1)
        expect(page.locator(f"[role=tab][tabindex='0'][data-tab={tab}]")).to_have_count(1)
        expect(page.locator("[role=tabpanel]")).to_have_attribute("aria-labelledby", f"group-tab-{tab}")


def test_there_is_a_way_back_to_the_first_page(show: Show) -> None:
    page = opened(show, "season")
    page.click("[data-action=leave-group]")
    expect(page.locator("[data-group-door=open]")).to_be_visible()


def one(command: str, **fields: Any) -> dict[str, Any]:
    return {"command": command, **fields}


WISHES: list[tuple[str, Callable[[Page], None], dict[str, Any]]] = [
    ("us", lambda p: write(p, "name", "Zuid"), one("ChangeGroup", name="Zuid")),
    ("us", lambda p: choose(p, "group-setting", "care"), one("ChangeGroup", setting="care")),
    ("us", lambda p: choose(p, "group-setting", ""), one("ChangeGroup", setting="")),
    ("us", lambda p: choose(p, "group-language", "de"), one("ChangeGroup", language="de")),
    ("us", lambda p: p.get_by_label("Meer: Hoe vaak", exact=True).click(), one("ChangeGroup", rhythm=4)),
    ("us", lambda p: p.get_by_label("Minder: Hoe lang", exact=True).click(), one("ChangeGroup", minutes=105)),
    ("us", lambda p: p.get_by_label("Meer: Met minstens", exact=True).click(), one("ChangeGroup", minimum=5)),
    ("us", lambda p: write(p, "facilitator", ""), one("ChangeGroup", facilitator="")),
    ("us", lambda p: choose(p, "group-form", "content"), one("ChangeGroup", form="content")),
    ("us", lambda p: choose(p, "group-rule", "season"), one("ChangeGroup", rule="season")),
    ("us", lambda p: write(p, "member", "Femke"), one("AddMember", name="Femke")),
    (
        "us",
        lambda p: write(p, "agreement", "We beginnen op tijd."),
        one("WriteGroupAgreement", text="We beginnen op tijd."),
    ),
    (
        "us",
        lambda p: write(p, "agreement-6", "Telefoons uit."),
        one("WriteGroupAgreement", text="Telefoons uit.", agreement=6),
    ),
    ("us", lambda p: p.click("[data-action=drop-agreement-7]"), one("WriteGroupAgreement", text="", agreement=7)),
    ("next", lambda p: write(p, "next-place", "zaal 2"), one("PlanNext", place="zaal 2")),
    ("next", lambda p: leave(p, "next-at", "20:00"), one("PlanNext", at="20:00")),
    ("next", lambda p: pick(p, "next-method", "success"), one("PlanNext", method="success")),
    ("next", lambda p: p.click("[data-toggle='away:1']"), one("SayAway", member=1, away=True)),
    ("next", lambda p: p.click("[data-toggle='away:4']"), one("SayAway", member=4, away=False)),
    ("season", lambda p: choose(p, "ready-stop_works", "true"), one("SayReady", statement="stop_works", yes=True)),
    (
        "season",
        lambda p: choose(p, "ready-own_structure", "false"),
        one("SayReady", statement="own_structure", yes=False),
    ),
    (
        "trend",
        lambda p: p.click("[data-toggle='familiar:five_phase']"),
        one("SayFamiliar", method="five_phase", familiar=False),
    ),
    ("kept", lambda p: choose(p, "keep-intention", "season"), one("ChooseKeeping", item="intention", until="season")),
    ("kept", lambda p: choose(p, "keep-pulse", "no"), one("ChooseKeeping", item="pulse", until="no")),
]


@pytest.mark.parametrize(
    ("tab", "do", "wish"), WISHES, ids=lambda told: json.dumps(told)[:60] if isinstance(told, dict) else ""
)
def test_a_wish_goes_out_once_with_its_fields(
    show: Show, tab: str, do: Callable[[Page], None], wish: dict[str, Any]
) -> None:
    page = opened(show, tab)
    do(page)
    page.locator("h1").click()
    page.wait_for_timeout(50)
    assert wishes(page) == [wish]


def test_a_refused_line_stays_as_typed_with_the_reason_beside_it(show: Show) -> None:
    page = opened(show, "us")
    page.evaluate("answer => { window.answer = answer; }", REFUSED)
    write(page, "place", "het dak")
    expect(page.locator("[data-refused=place]")).to_have_text(REFUSED["say"]["nl"])
    expect(page.locator("[data-field=place]")).to_have_value("het dak")


def test_typing_outlives_redraws_and_another_tablet_is_heard_after_it(show: Show) -> None:
    page = opened(show, "us")
    page.focus("[data-field=purpose]")
    page.fill("[data-field=purpose]", "Samen leren")
    tell(page, group=GROUP | {"place": "zolder"})
    page.wait_for_timeout(600)
    expect(page.locator("[data-field=purpose]")).to_have_value("Samen leren")
    page.press("[data-field=purpose]", "Tab")
    assert wishes(page) == [{"command": "ChangeGroup", "purpose": "Samen leren"}]
    tell(page, group=GROUP | {"purpose": "Van elkaar leren"})
    expect(page.locator("[data-field=purpose]")).to_have_value("Van elkaar leren")


def test_an_emptied_name_takes_back_what_it_was(show: Show) -> None:
    page = opened(show, "us")
    leave(page, "name", "")
    expect(page.locator("[data-field=name]")).to_have_value(GROUP["name"])
    assert wishes(page) == []


def test_somebody_is_renamed_and_the_old_name_put_back(show: Show) -> None:
    page = opened(show, "us")
    page.click("[data-action=rename-2]")
    page.fill("dialog input", "Bart")
    page.click("[data-action=renamed]")
    page.wait_for_selector("dialog", state="detached")
    expect(page.locator("[data-done]")).to_contain_text("Bart")
    page.click("[data-action=group-undo]")
    assert wishes(page) == [
        {"command": "RenameMember", "member": 2, "name": "Bart"},
        {"command": "RenameMember", "member": 2, "name": "Bram"},
    ]


def test_somebody_is_forgotten_after_one_question_that_says_what_goes(show: Show) -> None:
    page = opened(show, "us")
    page.click("[data-action=forget-5]")
    expect(page.locator("dialog")).to_contain_text("Els")
    expect(page.locator("dialog")).to_contain_text("Dit kan niet terug")
    page.click("[data-action=confirm-forget-member]")
    assert wishes(page) == [{"command": "ForgetMember", "member": 5}]


# --- next time ---


def test_a_day_is_suggested_by_the_groups_own_rhythm(show: Show) -> None:
    held = [{"number": 9, "on": "2099-01-06", "method": "five_phase"}]
    page = opened(
        show, "next", next=GROUP["next"] | {"on": None, "invitation": None}, methods=GROUP["methods"] | {"held": held}
    )
    page.click("[data-action=suggested-day]")
    page.click("[data-action=group-undo]")
    assert wishes(page) == [{"command": "PlanNext", "on": "2099-01-27"}, {"command": "PlanNext", "on": ""}]
    expect(page.locator("[data-part=invitation]")).to_contain_text("Kies eerst een datum")


def test_while_somebody_from_outside_leads_it_is_no_members_turn(show: Show) -> None:
    page = opened(show, "next", next=GROUP["next"] | {"lead": 2})
    expect(page.locator("[data-turns=lead] [data-turn]").filter(has_text="nu aan de beurt")).to_have_count(0)
    tell(page, group=GROUP | {"next": GROUP["next"] | {"lead": 2, "guided": False}})
    expect(page.locator("[data-turn=lead-2]")).to_contain_text("nu aan de beurt")


def test_two_taps_swap_turns_and_two_more_put_them_back(show: Show) -> None:
    page = opened(show, "next")
    page.click("[data-turn=lead-2]")
    expect(page.locator("[data-turn=lead-2]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-turn=lead-4]")
    expect(page.locator("[data-done]")).to_contain_text("Bram en Daan")
    page.click("[data-action=group-undo]")
    swap = {"command": "SwapTurns", "turn": "lead", "member": 2, "other": 4}
    assert wishes(page) == [swap, swap]


def test_a_second_tap_on_the_same_name_swaps_nobody(show: Show) -> None:
    page = opened(show, "next")
    page.click("[data-turn=bring-1]")
    page.click("[data-turn=bring-1]")
    expect(page.locator("[data-turn=bring-1]")).to_have_attribute("aria-pressed", "false")
    assert wishes(page) == []


def test_who_cannot_come_is_struck_through_and_skipped(show: Show) -> None:
    page = opened(show, "next")
    expect(page.locator("[data-turn=bring-4] s")).to_have_text("Daan")
    expect(page.locator("[data-turns=bring] [data-now]")).to_contain_text("Els")


def test_a_suggestion_what_to_try_is_taken_and_taken_back(show: Show) -> None:
    page = opened(show, "next", next=GROUP["next"] | {"different": ""})
    idea = page.locator("[data-toggle^='try:']").first
    text = idea.locator("span").last.inner_text()
    idea.click()
    page.click("[data-action=group-undo]")
    assert wishes(page) == [{"command": "PlanNext", "different": text}, {"command": "PlanNext", "different": ""}]


def test_the_invitation_is_copied_and_goes_to_the_calendar(show: Show) -> None:
    page = opened(show, "next")
    told = GROUP["next"]["invitation"]
    expect(page.locator("#copy-invitation")).to_have_value(f"{told['subject']}\n\n{told['text']}")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    page.click("[data-action=copy-invitation]")
    expect(page.locator("[data-copying=invitation] [role=status]")).to_have_text("Gekopieerd.")
    assert page.evaluate("window.copied") == f"{told['subject']}\n\n{told['text']}"
    assert page.get_attribute("[data-action=calendar]", "href") == "/next.ics"


def test_a_theme_is_planned_where_the_group_works_with_themes(show: Show) -> None:
    themes = [{"key": 31, "title": "Nee zeggen", "done": False, "cards": []}]
    page = opened(show, "next", form="content", themes=themes)
    pick(page, "next-theme", "31")
    page.wait_for_timeout(50)
    assert wishes(page) == [{"command": "PlanNext", "theme": 31}]


def test_a_turn_that_is_skipped_is_explained(show: Show) -> None:
    page = opened(show, "next", next=GROUP["next"] | {"guided": False, "lead": 5, "bring": 1, "away": [4]})
    expect(page.locator("[data-turns=bring] [data-now]")).to_have_text("Els leidt, dus Anna brengt iets in")


# --- the season ---


def season(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = GROUP["season"]
    return told | changes


def test_the_season_is_a_calm_line_with_the_point_to_go_alone(show: Show) -> None:
    page = opened(show, "season", season=season(held_guided=4, held_alone=2, guided=False))
    expect(page.locator("[data-evening=guided]")).to_have_count(4)
    expect(page.locator("[data-evening=own]")).to_have_count(2)
    assert "4 keer met begeleider" in (page.get_attribute(".season-picture", "aria-label") or "")


def test_going_on_alone_waits_for_the_evenings_and_for_a_yes_to_all(show: Show) -> None:
    page = opened(show, "season", season=season(may_go_alone=False, why="", held_guided=2))
    expect(page.locator("[data-reason=not-yet]")).to_contain_text("Nog 2 begeleide keren")
    tell(page, group=GROUP)
    expect(page.locator("[data-action=go-alone]")).to_have_count(0)
    tell(page, group=GROUP | {"season": season(all_ready=True)})
    page.click("[data-action=go-alone]")
    page.click("[data-action=group-undo]")
    assert wishes(page) == [
        {"command": "ChooseGuidance", "guided": False},
        {"command": "ChooseGuidance", "guided": True},
    ]


def test_a_group_without_a_facilitator_leads_itself_and_is_told_calmly_that_one_helps(show: Show) -> None:
    alone = {"facilitator": "", "next": GROUP["next"] | {"guided": False, "lead": 2}}
    page = opened(show, "season", season=season(guided=False, may_go_alone=False), **alone)
    expect(page.locator("[data-part=alone]")).to_contain_text("om de beurt")
    expect(page.locator("[data-help]")).to_contain_text("ongeveer vier keer")
    expect(page.locator(".season-picture .gate, .season-keys .gate")).to_have_count(0)
    expect(page.locator("[data-action=guided-again], [data-action=invite-back]")).to_have_count(0)
    keep(page, "group/season-alone", full=True)
    page.click("[data-action=name-facilitator]")
    expect(page.locator("[data-field=facilitator]")).to_be_visible()
    page.click("[data-action=leave-group]")
    expect(page.locator("[data-group-door=open]")).to_contain_text("Bram leidt")
    expect(page.locator("[data-chair=guide]")).to_have_count(0)
    assert "Begeleider van buiten" not in page.locator("main").inner_text()
    assert wishes(page) == []


def test_a_facilitator_is_invited_back_and_may_guide_again(show: Show) -> None:
    page = opened(show, "season", season=season(guided=False, return_due=True))
    expect(page.locator("[data-due=return]")).to_be_visible()
    page.click("[data-action=invite-back]")
    expect(page.locator("dialog li").first).to_be_visible()
    assert "Mirjam" in page.locator("#copy-return").input_value()
    page.click("[data-action=returning-guided]")
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [{"command": "ChooseGuidance", "guided": True}]


@pytest.mark.parametrize(("kind", "name"), [("review", "HoldReview"), ("refresh", "HoldRefresh")])
def test_its_questions_are_talked_through_and_that_is_said(show: Show, kind: str, name: str) -> None:
    page = opened(show, "season", season=season(**{f"{kind}_due": True}))
    expect(page.locator(f"[data-due={kind}]")).to_be_visible()
    page.click(f"[data-action={kind}]")
    expect(page.locator(f"dialog[data-sheet={kind}] li").first).to_be_visible()
    page.click(f"[data-action=held-{kind}]")
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [{"command": name}]


def test_counts_are_put_right_and_a_season_begins_anew(show: Show) -> None:
    page = opened(show, "season")
    page.click(".counts summary")
    page.get_by_label("Minder: Met begeleider", exact=True).click()
    page.get_by_label("Meer: Zelf", exact=True).click()
    page.click("[data-action=new-season]")
    page.click("[data-action=confirm-new-season]")
    page.wait_for_timeout(50)
    assert wishes(page) == [
        {"command": "ChangeGroup", "held_guided": 3},
        {"command": "ChangeGroup", "held_alone": 1},
        {"command": "BeginSeason"},
    ]


@pytest.mark.parametrize(("language", "recorded"), [("nl", "nl"), ("en", "en"), ("de", "en")])
def test_the_course_leads_to_the_rehearsal(show: Show, language: str, recorded: str) -> None:
    page = opened(show, "season", language=language)
    page.click("[data-session=keeping_time] summary")
    page.click("[data-action=practise-keeping_time]")
    assert wishes(page) == [{"command": "BeginRehearsal", "language": recorded}]


# --- methods, and the picture over the season ---


def test_the_trend_is_four_pictures_with_the_same_in_words_and_no_name_in_it(show: Show) -> None:
    page = opened(show, "trend")
    assert [one.get_attribute("data-trend-of") for one in page.query_selector_all("[data-trend-of]")] == [
        "spread", "questions", "pulse", "answers",
    ]  # fmt: skip
    assert "3: niet bekend" in (page.get_attribute("[data-trend-of=questions] svg", "aria-label") or "")
    expect(page.locator("[data-trend-of=spread] [data-dot]")).to_have_count(3)
    page.locator("[data-part=trend] details summary").click()
    expect(page.locator("[data-part=trend] tbody tr")).to_have_count(4)
    text = page.locator("[data-part=trend]").inner_text()
    assert not any(one["name"] in text for one in GROUP["members"])


def test_in_words_the_trend_has_no_column_for_what_is_not_kept(show: Show) -> None:
    page = opened(show, "trend", 1180, 820, keep=GROUP["keep"] | {"pulse": "no"})
    page.locator("[data-part=trend] details summary").click()
    expect(page.locator(".in-words thead th")).to_have_count(4)
    assert "Veiligheidscheck" not in page.locator(".in-words").inner_text()
    table = "one => one.getBoundingClientRect().right - one.closest('section').getBoundingClientRect().right"
    assert page.locator(".in-words").evaluate(table) < 0


def test_the_trend_is_off_until_the_group_switches_it_on(show: Show) -> None:
    page = opened(show, "trend", trend=None, kept=[], keep=GROUP["keep"] | {"figures": "no"})
    expect(page.locator("[data-trend=off]")).to_be_visible()
    page.click("[data-toggle='keep:figures']")
    assert wishes(page) == [{"command": "ChooseKeeping", "item": "figures", "until": "season"}]


def test_switching_it_off_forgets_what_is_there_and_is_asked_once(show: Show) -> None:
    page = opened(show, "trend")
    page.click("[data-toggle='keep:figures']")
    expect(page.locator("dialog")).to_contain_text("gaat meteen weg")
    assert wishes(page) == []
    page.click("[data-action=confirm-stop-keeping]")
    assert wishes(page) == [{"command": "ChooseKeeping", "item": "figures", "until": "no"}]


def test_why_another_method_and_a_routine_are_said_to_the_group(show: Show) -> None:
    page = opened(show, "trend", methods=GROUP["methods"] | {"routine": {"method": "five_phase", "times": 6}})
    expect(page.locator("[data-suggest]")).to_contain_text("Een andere laat iets nieuws zien")
    expect(page.locator("[data-routine]")).to_contain_text("6 keer")


def content(**theme: Any) -> dict[str, Any]:
    cards = [{"key": 32, "title": "Nee is ook een antwoord", "text": "Een gedachte.\nMet bron."}]
    return {"form": "content", "themes": [{"key": 31, "title": "Nee zeggen", "done": False, "cards": cards} | theme]}


def test_themes_are_written_ticked_and_taken_away(show: Show) -> None:
    page = opened(show, "trend", **content())
    write(page, "theme", "Grenzen")
    page.click("[data-toggle='theme-done:31']")
    write(page, "theme-31", "Nee durven zeggen")
    page.click("[data-action=forget-theme-31]")
    page.click("[data-action=confirm-forget-theme]")
    page.wait_for_timeout(50)
    assert wishes(page) == [
        {"command": "WriteTheme", "title": "Grenzen"},
        {"command": "WriteTheme", "title": "Nee zeggen", "theme": 31, "done": True},
        {"command": "WriteTheme", "title": "Nee durven zeggen", "theme": 31, "done": False},
        {"command": "WriteTheme", "title": "", "theme": 31},
    ]


def test_an_example_of_a_theme_is_added_with_one_tap(show: Show) -> None:
    page = opened(show, "trend", **content())
    page.locator("[data-part=themes] details summary", has_text="Voorbeelden").click()
    idea = page.locator("[data-theme-idea]").first
    text = idea.inner_text()
    idea.click()
    assert wishes(page) == [{"command": "WriteTheme", "title": text}]


def test_a_reading_card_is_written_as_a_whole_and_taken_away(show: Show) -> None:
    page = opened(show, "trend", **content())
    page.click("[data-action=add-card-31]")
    page.fill("[data-field=card-title-new-31]", "Eerst begrijpen")
    page.fill("[data-field=card-text-new-31]", "Vraag door.")
    page.click("[data-action=keep-card]")
    page.wait_for_selector("dialog", state="detached")
    page.click("[data-card='32'] summary")
    page.click("[data-action=edit-card-32]")
    page.click("[data-action=drop-card]")
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [
        {"command": "WriteReadingCard", "theme": 31, "title": "Eerst begrijpen", "text": "Vraag door."},
        {"command": "WriteReadingCard", "theme": 31, "title": "", "text": "", "card": 32},
    ]


def test_a_reading_card_that_is_closed_keeps_what_was_typed_until_it_is_saved(show: Show) -> None:
    page = opened(show, "trend", **content())
    page.click("[data-action=add-card-31]")
    page.fill("[data-field=card-title-new-31]", "Eerst begrijpen")
    page.fill("[data-field=card-text-new-31]", "Vraag door.")
    page.click("[data-action=close-sheet]")
    page.wait_for_selector("dialog", state="detached")
    page.click("[data-action=add-card-31]")
    expect(page.locator("[data-field=card-text-new-31]")).to_have_value("Vraag door.")
    page.click("[data-action=keep-card]")
    page.wait_for_selector("dialog", state="detached")
    page.click("[data-action=add-card-31]")
    expect(page.locator("[data-field=card-text-new-31]")).to_have_value("")


# --- what this device knows ---


def test_every_line_that_is_kept_is_there_in_words(show: Show) -> None:
    page = opened(show, "kept")
    expect(page.locator("[data-part=kept] li")).to_have_count(len(GROUP["kept"]))
    text = page.locator("[data-part=kept]").inner_text()
    assert "group." not in text
    assert "five_phase" not in text, "methods are called by their names"


def test_what_is_written_again_in_a_moment_goes_at_once_and_comes_back(show: Show) -> None:
    page = opened(show, "kept")
    page.click("[data-action=forget-kept-place-]")
    page.click("[data-action=group-undo]")
    assert wishes(page) == [
        {"command": "ForgetKept", "item": "place"},
        {"command": "ChangeGroup", "place": "de tuinkamer"},
    ]


@pytest.mark.parametrize(("item", "key"), [("intention", 8), ("attendance", 4), ("agreements", None), ("counts", None)])
def test_what_cannot_be_made_again_is_asked_once(show: Show, item: str, key: int | None) -> None:
    page = opened(show, "kept")
    page.click(f"[data-action=forget-kept-{item}-{key or ''}]")
    assert wishes(page) == []
    page.click("[data-action=confirm-forget-kept]")
    assert wishes(page) == [{"command": "ForgetKept", "item": item} | ({} if key is None else {"key": key})]


def test_the_group_goes_along_on_a_stick(show: Show) -> None:
    page = opened(show, "kept")
    expect(page.locator("[data-sticks=none]")).to_contain_text("Steek een USB-stick")
    tell(page, group=GROUP | {"sticks": [{"name": "BLAUW", "files": []}]})
    page.click("[data-action=export-BLAUW]")
    expect(page.locator("[data-done]")).to_contain_text("staat nu ook op BLAUW")
    assert wishes(page) == [{"command": "ExportGroup", "stick": "BLAUW"}]
    page.evaluate("window.answer = { ok: false, refused: 'stick_full', say: { nl: 'De stick is vol.' } }")
    page.click("[data-action=export-BLAUW]")
    expect(page.locator("[data-refused=export]")).to_have_text("De stick is vol.")


def test_another_passphrase_is_chosen_and_stays_nowhere(show: Show) -> None:
    page = opened(show, "kept")
    page.click("[data-action=change-secret]")
    page.fill("[name=before]", SECRET)
    page.fill("[name=first]", "een heel nieuwe zin")
    page.fill("[name=again]", "een heel andere zin")
    page.click("[data-action=keep-secret]")
    expect(page.locator("[data-refused=secret]")).to_be_visible()
    page.fill("[name=again]", "een heel nieuwe zin")
    page.click("[data-action=keep-secret]")
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [{"command": "ChangeGroupPassphrase", "before": SECRET, "after": "een heel nieuwe zin"}]
    left = page.evaluate(LEFT_BEHIND)
    assert SECRET not in left
    assert "een heel nieuwe zin" not in left


def test_the_whole_group_is_forgotten_only_with_its_name_typed(show: Show) -> None:
    page = opened(show, "kept")
    page.click("[data-action=forget-group]")
    expect(page.locator("[data-action=confirm-forget-group]")).to_be_disabled()
    page.fill("[data-field=forget-group]", "dinsdaggroep")
    expect(page.locator("[data-action=confirm-forget-group]")).to_be_disabled()
    page.fill("[data-field=forget-group]", "dinsdaggroep noord")
    page.click("[data-action=confirm-forget-group]")
    page.wait_for_selector("dialog", state="detached")
    assert wishes(page) == [{"command": "ForgetGroup"}]


def test_how_the_group_usually_meets_is_said_in_words_and_forgotten(show: Show) -> None:
    usual = {"item": "usual", "key": None, "on": None, "about": "education · 3 · 120 · 4 · 2", "until": None}
    page = opened(show, "kept", kept=[*GROUP["kept"], usual])
    line = page.locator("[data-kept='usual-']")
    for words in ("Onderwijs", "elke 3 weken", "120 minuten", "4 mensen", "2 keer per jaar"):
        expect(line).to_contain_text(words)
    page.click("[data-action=forget-kept-usual-]")
    page.click("[data-action=confirm-forget-kept]")
    assert wishes(page) == [{"command": "ForgetKept", "item": "usual"}]


def test_both_orders_of_turns_and_the_figures_are_among_what_is_known(show: Show) -> None:
    turns = {"item": "turns", "key": None, "on": None, "about": "Bram, Anna · Anna, Bram", "until": None}
    page = opened(show, "kept", kept=[turns, *(one for one in GROUP["kept"] if one["item"] == "figures")])
    expect(page.locator("[data-kept='turns-']")).to_contain_text("Wie leidt: Bram, Anna · Wie brengt iets in: Anna")
    expect(page.locator("[data-kept='figures-4']")).to_contain_text("Verdeling en vragen")


@pytest.mark.parametrize("width", [1280, 1180, 800, 390])
def test_the_four_ways_to_keep_stand_in_a_row_or_two_by_two(show: Show, width: int) -> None:
    page = opened(show, "kept", width, 820)
    tops = page.evaluate("[...document.querySelectorAll('[name=keep-pulse]')].map(o => o.parentElement.offsetTop)")
    assert tops in ([tops[0]] * 4, [tops[0], tops[0], tops[2], tops[2]])


# --- one group, and then another ---


OTHER = GROUP | {"name": "Mussenkring", "purpose": "Mussendoel", "opening": "b2"}
CANARY = "Kanarie"
STATED = {"name": CANARY, "group": CANARY, "from": "2026-09-01", "until": "2026-10-01", "hours": 2.0}
STATED["evenings"] = [{"on": "2026-09-01", "minutes": 120, "method": None}]


def another(page: Page, *, slept: bool) -> None:
    """The group is closed and another opened; a tablet that slept hears both at once."""
    if not slept:
        tell(page, group=None)
        expect(page.locator("[data-group-door=closed]")).to_be_visible()
    tell(page, group=OTHER)
    expect(page.locator("[data-group-door=open]")).to_contain_text("Mussenkring")


def see_nothing_of_before(page: Page) -> None:
    """Through every page of the other group."""
    page.click("[data-action=to-group]")
    for tab in TABS:
        page.click(f"[data-tab={tab}]")
        assert CANARY not in page.evaluate(LEFT_BEHIND)
    expect(page.locator("[data-action=group-undo], dialog")).to_have_count(0)


def state(page: Page) -> None:
    page.evaluate("statement => { window.answer = { ok: true, statement }; }", STATED)
    page.locator("[data-action^='statement-']").first.click()
    expect(page.locator("dialog")).to_contain_text(CANARY)
    page.evaluate("window.answer = undefined")


def swap(page: Page) -> None:
    page.click("[data-turn=lead-2]")
    page.click("[data-turn=lead-4]")
    expect(page.locator("[data-action=group-undo]")).to_be_visible()


def begin_a_card(page: Page) -> None:
    page.click("[data-action=add-card-31]")
    page.fill("[data-field=card-text-new-31]", CANARY)
    page.click("[data-action=close-sheet]")


LEFT: dict[str, tuple[str, Callable[[Page], None]]] = {
    "a statement": ("kept", state),
    "an undo": ("next", swap),
    "a text": ("us", lambda p: p.locator("[data-field=purpose]").press_sequentially(CANARY)),
    "a card": ("trend", begin_a_card),
    "a question": ("kept", lambda p: p.click("[data-action=forget-kept-intention-8]")),
}


@pytest.mark.parametrize("slept", [False, True], ids=["closed", "slept"])
@pytest.mark.parametrize("left", LEFT)
def test_nothing_of_one_group_reaches_the_next(show: Show, left: str, *, slept: bool) -> None:
    tab, do = LEFT[left]
    before = GROUP | content() | {"purpose": CANARY, "opening": "a1"}
    page = opened(show, tab, **before)
    do(page)
    count = len(wishes(page))
    another(page, slept=slept)
    see_nothing_of_before(page)
    assert len(wishes(page)) == count


def test_a_group_that_is_opened_while_an_answer_is_on_its_way_does_not_get_it(show: Show) -> None:
    page = opened(show, "kept", opening="a1")
    page.evaluate("statement => { window.answer = { ok: true, statement }; }", STATED)
    page.evaluate(
        """other => { document.querySelector("[data-action^='statement-']").click(); tell({ group: other }); }""", OTHER
    )
    page.wait_for_timeout(200)
    see_nothing_of_before(page)


def test_a_group_that_opens_while_the_answer_is_not_there_yet_is_shown_at_once(show: Show) -> None:
    page = closed(show)
    page.click("[data-action=found-group]")
    page.wait_for_selector("dialog[data-sheet=found-group]")
    found(page, "Noord", SECRET, SECRET)
    tell(page, group=OTHER)
    expect(page.locator("[data-group=us]")).to_be_visible()
    tell(page, group=GROUP | {"opening": "c3"})
    expect(page.locator("[data-group-door=open]")).to_be_visible()


# --- for everybody, on every screen ---


LOOKS = [
    *((tab, LYING, "nl", "light") for tab in TABS),
    *((tab, STANDING, "en", "dark") for tab in TABS),
    *((tab, PHONE, "de", "dark") for tab in TABS),
    *((tab, SMALLEST, "nl", "light") for tab in TABS),
]


@pytest.mark.parametrize(("tab", "size", "language", "theme"), LOOKS)
def test_a_tab_with_all_of_it_unfolded_is_open_to_everybody(
    show: Show, tab: str, size: tuple[int, int], language: str, theme: str
) -> None:
    page = opened(show, tab, *size, theme=theme, language=language, **(content() if tab == "trend" else {}))
    page.add_script_tag(url=AXE)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.group-page details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(100)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{tab}-{size[0]}-{language}-{theme}.png"), full_page=True)
    assert complaints(page) == []
    least = 44 if size[0] < 600 else 56
    assert [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least - 0.5] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


SHEETS = {
    "rename": ("us", "[data-action=rename-2]"),
    "new-season": ("season", "[data-action=new-season]"),
    "review": ("season", "[data-action=review]"),
    "card": ("trend", "[data-action=add-card-31]"),
    "secret": ("kept", "[data-action=change-secret]"),
    "forget-group": ("kept", "[data-action=forget-group]"),
}


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("size", "theme"), [(LYING, "light"), (SMALLEST, "dark")], ids=["lying", "smallest"])
def test_a_sheet_of_the_group_is_open_to_everybody(show: Show, sheet: str, size: tuple[int, int], theme: str) -> None:
    tab, way = SHEETS[sheet]
    page = opened(show, tab, *size, theme=theme, **(content() if tab == "trend" else {}))
    page.click(way)
    page.wait_for_selector(f"dialog[data-sheet={sheet}]")
    page.add_script_tag(url=AXE)
    page.screenshot(path=str(PICTURES / f"sheet-{sheet}-{size[0]}.png"))
    assert complaints(page) == []
    assert (
        page.evaluate("document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth")
        <= 0
    )
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    expect(page.locator(way)).to_be_focused()


def test_the_door_and_founding_are_open_to_everybody(show: Show) -> None:
    for size in (LYING, SMALLEST):
        page = closed(show, *size)
        page.add_script_tag(url=AXE)
        assert complaints(page) == []
        page.click("[data-action=found-group]")
        page.wait_for_selector("dialog[data-sheet=found-group]")
        page.screenshot(path=str(PICTURES / f"found-{size[0]}.png"))
        assert complaints(page) == []
        sheet = "document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth"
        assert page.evaluate(sheet) <= 0


def test_typing_a_name_that_runs_the_other_way_breaks_nothing(show: Show) -> None:
    members = [
        {"key": 1, "name": "אבגדהוז", "joined": "2026-08-25"},
        {"key": 2, "name": "A" * 40, "joined": "2026-08-25"},
    ]
    page = opened(show, "next", *PHONE, members=members, lead=[1, 2], bring=[2, 1])
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
