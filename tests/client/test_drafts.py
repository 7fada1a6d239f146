"""What is typed on a screen belongs to one meeting and one role, and is never kept longer than these."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.client.phone_moments import ANSWERED, CASE, CASES, CHOOSING, LOOKING, MOMENTS, NOW, VOTING, mine, phone, tell
from tests.client.stage import Show, asked

pytestmark = pytest.mark.browser

BLOCKED = """() => {
  const no = () => { throw new DOMException("no", "SecurityError"); };
  Object.assign(Storage.prototype, { getItem: no, setItem: no, removeItem: no });
}"""
TYPED_AS = """as => {
  localStorage["kring.drafts"] = JSON.stringify({ ...JSON.parse(localStorage["kring.drafts"]), ...as });
}"""
KEPT = "localStorage.getItem('kring.drafts')"


def write(page: Page, field: str, text: str) -> None:
    page.fill(f'[data-field="{field}"]', text)


def choosing(page: Page, *, rule: str = "EGT", notes: tuple[int, ...] = (1, 2, 3)) -> None:
    """The group chooses between these questions."""
    cases = [one for one in CASES if one["note"] in notes]
    tell(
        page, {**CHOOSING, **VOTING, **mine(notes=[CASE]), "cases": cases, "choice": VOTING["choice"] | {"rule": rule}}
    )


# --- whose drafts they are ---


def test_a_reload_in_another_meeting_shows_nothing_of_the_first(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    page.evaluate(TYPED_AS, {"meeting": "yesterday"})
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    expect(page.locator('[data-field="questions.text"]')).to_have_value("")
    assert page.evaluate(KEPT) is None


def test_a_phone_that_takes_over_the_lead_takes_no_drafts_along(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    tell(page, {"role": "facilitator", "stage": "none"})
    assert page.evaluate(KEPT) is None
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    page.evaluate(TYPED_AS, {"role": "facilitator"})
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert page.evaluate(KEPT) is None


def test_answers_that_wait_unsent_on_a_phone_are_not_of_the_next_group(show: Show) -> None:
    page = phone(show, "items")
    page.click("[data-tab=pulse]")
    page.click('[data-answer="sp1=3"]')
    tell(page, {"meeting": "another"})
    page.click("[data-tab=pulse]")
    expect(page.locator('[data-answer="sp1=3"]')).to_have_attribute("aria-pressed", "false")


def test_a_tablet_and_its_agreements_follow_their_meeting_too(show: Show) -> None:
    page = show("evaluating")
    page.evaluate("tell({meeting: 'one'})")
    page.click("[data-action=evaluation]")
    page.click("[data-step=agreements]")
    page.locator("input[data-agree=different]").press_sequentially("Stil begin")
    assert "Stil begin" in page.evaluate(KEPT)
    page.evaluate("tell({meeting: 'two'})")
    assert page.evaluate(KEPT) is None
    assert asked(page) == [], "nor does it reach the table of the others"


def test_where_nothing_may_be_kept_one_can_still_type(show: Show) -> None:
    page = show("evaluating")
    page.evaluate(BLOCKED)
    page.click("[data-action=evaluation]")
    page.click("[data-step=agreements]")
    field = page.locator("input[data-agree=different]")
    field.press_sequentially("Stil begin")
    page.evaluate("tell({ritual: 'thanks'})")
    expect(field).to_have_value("Stil begin")
    field.blur()
    page.wait_for_function("window.asked.length > 0")
    assert asked(page)[0]["text"] == "Stil begin"


# --- a vote that was begun ---


def test_a_score_of_a_question_that_was_taken_back_is_let_go(show: Show) -> None:
    page = phone(show, "vote")
    page.click('[data-score="2.E=2"]')
    page.click('[data-score="3.T=1"]')
    choosing(page, notes=(1, 3))
    page.click("[data-action=cast-vote]")
    assert asked(page) == [{"command": "CastVote", "scores": [["3.T", 1]]}]


def test_a_vote_of_which_no_question_is_left_is_no_draft(show: Show) -> None:
    page = phone(show, "vote")
    page.click('[data-score="2.E=2"]')
    choosing(page, notes=(1, 3))
    expect(page.locator("[data-action=cast-vote]")).to_have_attribute("aria-disabled", "true")
    assert page.evaluate(KEPT) is None


def test_a_group_that_chooses_by_turns_after_all_has_no_vote(show: Show) -> None:
    page = phone(show, "vote")
    page.click('[data-score="2.E=2"]')
    choosing(page, rule="turn")
    expect(page.locator("[data-task=case]")).to_be_visible()
    expect(page.locator("[data-tab=vote]")).to_have_count(0)
    choosing(page, rule="dots")
    page.click("[data-tab=vote]")
    expect(page.locator("[data-left='3']")).to_be_visible()


# --- stop ---


def test_a_sheet_neither_lies_over_stop_nor_jumps_back_after_it(show: Show) -> None:
    page = phone(show, "questions")
    page.click("[data-action=more]")
    expect(page.locator("dialog")).to_be_visible()
    tell(page, {"stopped": True})
    expect(page.locator("[data-stopped]")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)
    tell(page, {"stopped": False})
    expect(page.locator("[data-task=questions]")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)


def test_a_phone_without_a_chair_may_say_stop(show: Show) -> None:
    page = show("phone_choose", 390, 844)
    page.click("[data-action=stop]")
    page.click("[data-action=confirm-stop]")
    assert asked(page) == [{"command": "StopMethod"}]
    tell(page, {"stopped": True})
    expect(page.locator("[data-stopped]")).to_be_visible()


# --- who one is, and what is said ---


def test_a_trainer_is_called_so_and_does_what_peers_do(show: Show) -> None:
    page = phone(show, "questions")
    peer = page.locator(".ask > p").first.inner_text()
    tell(page, {"me": NOW["me"] | {"role": "expert"}})
    expect(page.locator(".ask h2")).to_have_text("Jij bent trainer")
    expect(page.locator(".ask > p").first).to_have_text(peer)


def test_one_answer_is_changed_without_walking_through_the_others(show: Show) -> None:
    page = phone(show, "answered")
    page.click("[data-change=pr2]")
    page.click('[data-answer="pr2=5"]')
    expect(page.locator(".answers")).to_be_visible()
    page.click("[data-change=pr2]")
    page.click("[data-action=item-next]")
    expect(page.locator(".answers")).to_be_visible()


def test_only_what_was_skipped_is_asked_once_more(show: Show) -> None:
    page = phone(show, "items")
    skipped = {key: value for key, value in ANSWERED.items() if key not in ("pr1", "pr4")}
    tell(page, LOOKING | mine(answers=skipped))
    page.click('[data-answer="pr1=4"]')
    expect(page.locator("[data-item=pr4]")).to_be_visible()


def test_what_is_said_while_a_sheet_is_open_is_said_inside_it(show: Show) -> None:
    page = phone(show, "questions")
    page.click("[data-action=more]")
    tell(page, MOMENTS["behind"])
    expect(page.locator("dialog [data-said]")).to_contain_text("Bewustwording")


def test_lines_that_may_be_said_are_there_before_they_say_anything(show: Show) -> None:
    page = phone(show, "questions")
    line = page.locator(".task .unsent").first
    assert line.evaluate("one => [getComputedStyle(one).display, one.getBoundingClientRect().height]") == ["block", 0]


def test_dots_are_said_once(show: Show) -> None:
    page = phone(show, "dots")
    expect(page.locator("output")).to_have_count(0)
    page.click('[data-dot="2+"]')
    expect(page.locator("[role=status][data-left='2']")).to_be_visible()
