"""What a reader of the tablet found missing: choices that say what they send, words that are not lost, a way on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.guided import CASE, FLOOR, OPEN_CASES, card, choice, over, shown, turn
from tests.client.stage import ROOT, Show, asked, keep
from tests.client.test_pages import CONTROLS, CONTROLS_BEGIN, HAND_REACHES, LYING, STANDING, serious

pytestmark = pytest.mark.browser

LATER = "() => { window.answer = new Promise((grant) => { window.grant = () => grant({ok: true}); }); }"
"""The server takes its time with the next wish, until `grant()`."""
REFUSED = "window.answer = {ok: false, refused: 'busy', say: {nl: 'Even geduld.', en: 'One moment.'}}"


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (ROOT / "tests" / "client" / "samples" / f"{name}.json").read_text(encoding="utf-8")
    )
    return found


def redrawn(page: Page) -> None:
    """The page draws itself anew after the answer."""
    page.evaluate("tell({})")


# --- choices show what they send ---


def test_the_letter_that_is_shown_is_the_letter_that_is_sent(show: Show) -> None:
    page = shown(show, "turned_away")
    field, whose = page.locator("[data-panel=noted] textarea"), page.locator("[data-panel=noted] select")
    whose.select_option("B")
    whose.select_option("D")
    field.fill("Misschien eerst.")
    page.click("[data-panel=noted] [data-action=keep-words]")
    expect(whose).to_have_value("")
    whose.select_option("B")
    field.fill("Misschien daarna.")
    page.click("[data-panel=noted] [data-action=keep-words]")
    expect(whose).to_have_value("")
    assert [one["seat"] for one in asked(page)] == ["D", "B"]


def test_the_kind_that_is_shown_is_the_kind_that_is_sent(show: Show) -> None:
    page = shown(show, "turned_away")
    page.click("[data-action=cards]")
    kind = page.locator("[data-kind-choice]")
    first = kind.input_value()
    kind.select_option("insight")
    page.click("[data-action=close-sheet]")
    page.click("[data-action=cards]")
    expect(kind).to_have_value("insight")
    kind.select_option(first)
    page.fill(f"dialog [data-field='{first}.1']", "Een kaart.")
    page.click("dialog [data-action=keep-words]")
    expect(kind).to_have_value(first)
    assert asked(page)[-1]["kind"] == first


def test_a_setting_that_was_refused_jumps_back(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    before = page.locator("input[name=sensitivity]:checked").input_value()
    other = "calm" if before != "calm" else "normal"
    page.evaluate(REFUSED)
    page.locator(f"input[name=sensitivity][value={other}]").click(force=True)
    expect(page.locator(f"input[name=sensitivity][value={before}]")).to_be_checked()


def test_who_has_a_card_in_the_running_case_is_not_offered_to_write_over_it(show: Show) -> None:
    page = shown(show, "chosen")
    page.click("[data-action=cases]")
    letters = page.locator("[data-whose=case_list] option").evaluate_all("all => all.map(one => one.value)")
    assert "C" not in letters
    assert {"A", "F"} <= set(letters)


def test_who_brought_the_first_case_may_bring_another_in_the_second(show: Show) -> None:
    earlier = {"number": 1, "owner": "C", "question": OPEN_CASES[1]["text"]}
    second = CASE | {"number": 2, "of": 2, "owner": "D", "question": OPEN_CASES[2]["text"], "earlier": [earlier]}
    treated = [one | {"treated": one["seat"] in "CD"} for one in OPEN_CASES]
    page = shown(show, "chosen", case=second, cases=treated)
    page.click("[data-action=cases]")
    letters = page.locator("[data-whose=case_list] option").evaluate_all("all => all.map(one => one.value)")
    assert "C" in letters


def test_the_second_case_never_shows_the_card_of_the_first(show: Show) -> None:
    """Also where the first question was written anew, so that its card says something else."""
    earlier = {"number": 1, "owner": "C", "question": "Hoe houd ik ruimte in mijn week?"}
    second = CASE | {"number": 2, "of": 2, "owner": None, "question": "", "earlier": [earlier]}
    first = [one | {"treated": one["seat"] == "C"} for one in OPEN_CASES]
    page = shown(show, "chosen", case=second, cases=first, **choice(voted=0))
    expect(page.locator("[data-panel=cases]")).not_to_contain_text("Hoe zeg ik nee")
    both = [one | {"treated": one["seat"] in "CD"} for one in OPEN_CASES]
    page.evaluate("view => tell(view)", {"case": second | {"owner": "D"}, "cases": both})
    expect(page.locator("[data-panel=cases]")).to_contain_text("een ouder die elke dag belt")


# --- a phase that is over its time ---


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize("language", ["nl", "de"])
@pytest.mark.parametrize("moment", ["evaluation", "first"])
def test_over_the_time_the_group_can_still_evaluate_or_learn_voices(
    show: Show, size: tuple[int, int], language: str, moment: str
) -> None:
    page = show("evaluating" if moment == "evaluation" else "checkin", *size, language=language)
    phase = sample("evaluating" if moment == "evaluation" else "checkin")["phase"]
    arrives = FLOOR | {"mode": "round", "arrives": True}
    more = turn("E", done="BD") | {"floor": arrives} if moment == "first" else {}
    page.evaluate("view => tell(view)", over({"phase": phase}) | more)
    expect(page.locator("[data-overrun]")).to_be_visible()
    keep(page, f"reviewed-over-{moment}-{size[0]}-{language}")
    expect(page.locator("[data-evaluation-panel]" if moment == "evaluation" else ".enrolment")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert page.evaluate(HAND_REACHES) <= page.evaluate(CONTROLS_BEGIN)
    assert page.evaluate("(hand => hand.scrollHeight - hand.clientHeight)(document.querySelector('.hand'))") <= 0
    assert [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < 55.5] == []
    assert serious(page) == []


def test_one_more_is_said_without_saying_of_what(show: Show) -> None:
    page = show("over")
    expect(page.locator("[data-action=overrun-one-more]")).to_contain_text("nog één")
    expect(page.locator("[data-action=overrun-one-more]")).not_to_contain_text("vraag")


# --- what was typed meanwhile ---


def test_what_is_typed_while_a_card_is_on_its_way_stays(show: Show) -> None:
    page = shown(show, "turned_away")
    field = page.locator("[data-panel=noted] textarea")
    field.fill("Misschien eerst.")
    page.evaluate(LATER)
    page.click("[data-panel=noted] [data-action=keep-words]")
    field.fill("Misschien eerst. En dan nog iets.")
    page.evaluate("grant()")
    redrawn(page)
    expect(field).to_have_value("Misschien eerst. En dan nog iets.")


def test_an_intention_that_grew_meanwhile_stays_open(show: Show) -> None:
    page = shown(show, "intention")
    page.click("[data-action=intention]")
    page.fill("[data-field='intention.text.1']", "Ik vraag bedenktijd.")
    page.evaluate(LATER)
    page.click("[data-action=keep-intention]")
    page.fill("[data-field='intention.by.1']", "vrijdag")
    page.evaluate("grant()")
    page.evaluate(
        "view => tell(view)", {"case": CASE | {"intention": {"text": "Ik vraag bedenktijd.", "step": "", "by": ""}}}
    )
    expect(page.locator("[data-field='intention.by.1']")).to_have_value("vrijdag")
    page.evaluate("window.answer = {ok: true}")
    page.click("[data-action=keep-intention]")
    expect(page.locator("dialog")).to_have_count(0)


def test_enter_in_an_intention_goes_on_to_the_next_field_and_only_the_last_one_keeps(show: Show) -> None:
    page = shown(show, "intention")
    page.click("[data-action=intention]")
    page.fill("[data-field='intention.text.1']", "Ik vraag bedenktijd.")
    page.press("[data-field='intention.text.1']", "Enter")
    assert asked(page) == []
    expect(page.locator("[data-field='intention.step.1']")).to_be_focused()
    page.keyboard.type("Eén zin oefenen")
    page.keyboard.press("Enter")
    page.keyboard.type("vrijdag")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    kept = {"text": "Ik vraag bedenktijd.", "step": "Eén zin oefenen", "by": "vrijdag"}
    assert asked(page) == [{"command": "FormIntention", **kept, "seat": "C"}]


def test_an_emptied_agreement_is_taken_back_and_an_empty_one_is_not_sent(show: Show) -> None:
    page = show("evaluating")
    page.evaluate("tell({next_time: {place: 'De bibliotheek'}})")
    page.click("[data-action=evaluation]")
    page.click("[data-step=agreements]")
    place, different = page.locator("input[data-agree=place]"), page.locator("input[data-agree=different]")
    place.fill("")
    place.blur()
    different.fill("Een")
    different.fill("")
    different.blur()
    assert asked(page) == [{"command": "WriteNote", "kind": "agreement", "about": "place", "text": ""}]
    page.evaluate("tell({next_time: {}})")
    expect(place).to_have_value("")
    assert page.evaluate("localStorage.getItem('kring.drafts')") is None
    page.evaluate("tell({next_time: {place: 'De kantine'}})")
    expect(place).to_have_value("De kantine")


def test_only_a_card_of_the_owner_or_of_nobody_is_emptied_with_its_field(show: Show) -> None:
    of_another = card(31, "question_original", "B", "Hoe krijg ik rust?")
    page = shown(show, "awareness", notes=[of_another])
    page.click("[data-action=awareness]")
    page.fill("[data-field='question_original.1']", "")
    keeps = page.locator("[data-write='question_original.1'] [data-action=keep-words]")
    expect(keeps).to_be_disabled()
    page.evaluate("notes => tell({notes})", [of_another, card(32, "question_original", "C", CASE["question"])])
    keeps.click()
    assert asked(page) == [{"command": "DropNote", "note": 32}]


# --- where one is ---


def test_a_sheet_that_becomes_another_takes_the_focus_along(show: Show) -> None:
    page = shown(show, "counted")
    focused = "document.activeElement.closest('dialog')?.dataset.sheet"
    page.click("[data-action=cards]")
    page.click("[data-way=advice]")
    expect(page.locator("#sheet-advice")).to_be_focused()
    page.click("[data-action=close-sheet]")
    page.click("[data-action=cases]")
    page.click("[data-choose-case='2']")
    expect(page.locator("[data-action=confirm-case]")).to_be_focused()
    assert page.evaluate(focused) == "choose"


def test_the_two_questions_before_are_asked_for_until_both_are_answered(show: Show) -> None:
    page = show("leading_start")
    side = page.locator(".start-side > .quiet").last
    for name in ("authority", "voluntary"):
        expect(side).to_contain_text("twee vragen")
        expect(page.locator("[data-action=open-meeting]")).to_be_enabled()
        page.locator(f"input[name={name}][value={'false' if name == 'authority' else 'true'}]").check(force=True)
    expect(side).to_contain_text("Hierna lezen jullie samen de afspraken")


def test_going_back_after_a_reload_keeps_trainer_and_theme(show: Show) -> None:
    page = show("consent")
    start = sample("leading_start")
    theme = next(one for one in start["methods"] if one["form"] == "content")
    people = [one | {"role": "expert" if one["letter"] == "B" else one["role"]} for one in sample("consent")["seats"]]
    page.evaluate(
        "view => tell(view)",
        {"seats": people, "theme": "Nee zeggen", "method": {"id": theme["id"], "names": theme["names"]}},
    )
    page.click("[data-action=back]")
    page.evaluate("view => tell(view)", {**start, "seats": []})
    expect(page.locator("input[name=theme]")).to_have_value("Nee zeggen")
    expect(page.locator("input[name=trainer][value=B]")).to_be_checked()


def test_one_vote_and_one_safety_check_are_spoken_of_as_one(show: Show) -> None:
    page = shown(show, "cases", **choice(voted=1))
    expect(page.locator("[data-panel=cases]")).to_contain_text("1 van 6 koos")
    page = show("evaluating")
    page.evaluate(
        "evaluation => tell({evaluation})", {"answered": 3, "of": 6, "shown": False, "pulse": {"answered": 2}}
    )
    page.click("[data-action=evaluation]")
    page.click("[data-step=answers]")
    expect(page.locator("[data-answers=waiting]")).to_contain_text("2 mensen gaven de veiligheidscheck.")


def test_texts_that_cannot_be_fetched_are_not_asked_for_at_every_look(show: Show) -> None:
    page = shown(show, "questions")
    tries = page.evaluate("""async () => {
      let tries = 0;
      const before = window.fetch;
      window.fetch = async () => { tries += 1; return {ok: false, status: 503}; };
      const {cards} = await import('/client/cards.js');
      for (let n = 0; n < 5; n += 1) {
        cards('missing', () => {});
        await new Promise((on) => setTimeout(on, 20));
      }
      window.fetch = before;
      return tries;
    }""")
    assert tries == 1


def test_a_card_comes_off_its_pile_by_a_word_that_says_so(show: Show) -> None:
    page = shown(show, "advice")
    page.click("[data-action=advice]")
    expect(page.locator("[data-column=fits] [data-pile-to='']")).to_have_text("Leg terug")
    expect(page.locator("[data-write^=advice_list]")).to_contain_text("voor iemand, zoals die het zegt")
