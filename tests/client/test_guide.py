"""The tablet while the group works: floor, round, cases, questions, awareness, advice, and what is noted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from methods.vocabulary import vocabulary
from tests.client.guided import STATES, SUMS, at, choice, over, shown, turn
from tests.client.stage import Show, asked, keep
from tests.client.test_pages import (
    CONTROLS,
    CONTROLS_BEGIN,
    HAND_REACHES,
    LYING,
    PHONE_SIZE,
    SMALLEST,
    STANDING,
    fits_its_fingers_and_readers,
    serious,
)
from tests.client.test_words import LANGUAGES, words

pytestmark = pytest.mark.browser

SCREENS = [(LYING, "light", "nl"), (STANDING, "dark", "de"), (PHONE_SIZE, "light", "en")]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("size", "theme", "language"), SCREENS)
def test_a_moment_fits_its_screen_its_fingers_and_its_readers(
    show: Show, state: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = shown(show, state, *size, theme=theme, language=language)
    keep(page, f"guide-{state}-{size[0]}-{theme}-{language}", full=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    least = 44 if size[0] < 600 else 56
    assert [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least - 0.5] == []
    assert serious(page) == []
    if size in (LYING, STANDING):
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        assert page.evaluate(HAND_REACHES) <= page.evaluate(CONTROLS_BEGIN)
        assert page.evaluate("(hand => hand.scrollHeight - hand.clientHeight)(document.querySelector('.hand'))") <= 0


SHEETS = {
    "cases": ("cases", ["[data-action=cases]"]),
    "counted": ("counted", ["[data-action=cases]"]),
    "chosen": ("chosen", ["[data-action=cases]"]),
    "sure": ("counted", ["[data-action=cases]", "[data-choose-case='2']"]),
    "questions": ("heat", ["[data-action=questions]"]),
    "awareness": ("awareness", ["[data-action=awareness]"]),
    "deeper": ("awareness", ["[data-action=deeper]"]),
    "advice": ("advice", ["[data-action=advice]"]),
    "enough": ("enough", ["[data-action=advice]"]),
    "intention": ("intention", ["[data-action=intention]"]),
    "cards": ("turned_away", ["[data-action=cards]"]),
    "round": ("advice", ["[data-action=round]"]),
}


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("size", "theme"), [(LYING, "light"), (STANDING, "dark"), (SMALLEST, "light")])
def test_what_lies_behind_a_button_fits_too(show: Show, sheet: str, size: tuple[int, int], theme: str) -> None:
    state, taps = SHEETS[sheet]
    page = shown(show, state, *size, theme=theme)
    for tap in taps:
        page.click(tap)
    page.wait_for_selector("dialog[open]")
    keep(page, f"guide-sheet-{sheet}-{size[0]}-{theme}")
    fits_its_fingers_and_readers(page, 44 if size[0] < 600 else 56)


# --- what a finger does ---


def test_a_round_moves_on_with_one_thumb(show: Show) -> None:
    page = shown(show, "advice")
    states = page.locator("[data-turn]").evaluate_all("all => all.map(one => [one.dataset.turn, one.dataset.state])")
    assert states == [["B", "done"], ["D", "done"], ["E", "now"], ["F", "next"], ["C", "next"]]
    for action in ("round-next", "round-pass", "round-back"):
        page.click(f"[data-action={action}]")
    assert asked(page) == [
        {"command": "NextInRound", "after": "E"},
        {"command": "NextInRound", "after": "E", "passed": True},
        {"command": "BackInRound"},
    ]


def test_a_seat_that_passed_says_so_in_a_word(show: Show) -> None:
    page = shown(show, "breath")
    expect(page.locator("[data-turn=D]")).to_contain_text("past")


def test_the_order_of_a_round_is_chosen_by_name_and_a_round_begins_in_any_phase(show: Show) -> None:
    page = shown(show, "questions")
    expect(page.locator(".round-strip")).to_have_count(0)
    page.click("[data-action=cards]")
    page.click("[data-way=round]")
    expect(page.locator("[data-order=least_heard]")).to_contain_text("Wie nog weinig sprak eerst")
    assert re.search(r"\d", page.locator("[data-sheet=round]").inner_text()) is None
    page.click("[data-order=least_heard]")
    assert asked(page) == [{"command": "BeginRound", "by": "least_heard"}]


def test_a_whole_round_ends_or_begins_again(show: Show) -> None:
    page = shown(show, "advice", **turn(None, done="BDEFC"))
    page.click("[data-action=round-again]")
    page.click("[data-action=round-end]")
    assert asked(page) == [{"command": "BeginRound", "by": "table"}, {"command": "BeginRound", "by": ""}]


def test_nothing_of_a_vote_is_seen_before_it_is_counted(show: Show) -> None:
    page = shown(show, "cases", **choice(sums=SUMS, advised=[2]))
    expect(page.locator("[data-panel=cases]")).to_contain_text("3 van 6 kozen")
    page.click("[data-action=cases]")
    expect(page.locator("[data-sum], .advised")).to_have_count(0)
    page.click("[data-action=count-votes]")
    assert asked(page) == [{"command": "CountVotes", "counted": True}]


def test_sums_stay_in_the_order_of_the_cards_and_the_group_decides(show: Show) -> None:
    page = shown(show, "counted")
    page.click("[data-action=cases]")
    dialog = page.locator("[data-sheet=cases]")
    assert dialog.locator("[data-note]").evaluate_all("all => all.map(one => one.dataset.note)") == ["1", "2", "3", "4"]
    expect(dialog.locator(".advised")).to_have_count(1)
    expect(dialog.locator("[data-note='2']")).to_contain_text("het advies")
    page.click("[data-choose-case='3']")
    assert asked(page) == []
    page.click("[data-action=confirm-case]")
    assert asked(page) == [{"command": "ChooseCase", "note": 3}]


def test_equal_sums_are_decided_by_a_rule_in_words(show: Show) -> None:
    page = shown(show, "tie")
    page.click("[data-action=cases]")
    expect(page.locator("[data-sheet=cases]")).to_contain_text("wie het langst geen casus inbracht")


def test_a_choice_can_be_taken_back(show: Show) -> None:
    page = shown(show, "chosen")
    page.click("[data-action=choose-again]")
    assert asked(page) == [{"command": "ChooseCase", "note": None}]


def test_a_case_that_waits_becomes_the_second_one_where_there_is_time(show: Show) -> None:
    page = shown(show, "chosen", plan={"another_case": True, "another_minutes": 40})
    page.click("[data-action=cases]")
    page.click("[data-second='3']")
    assert asked(page) == [{"command": "BeginSecondCase", "note": 3}]


def test_by_turns_there_is_no_vote_but_a_question_and_a_tap(show: Show) -> None:
    page = shown(show, "turn_rule")
    expect(page.locator("[data-panel=cases]")).to_contain_text("Wie bracht het langst niet in?")
    page.click("[data-panel=cases] [data-owner=E]")
    assert asked(page) == [{"command": "ChooseCaseOwner", "seat": "E"}]
    page.click("[data-panel=cases] [data-owner=B]")
    expect(page.locator("dialog")).to_contain_text("Hoe krijg ik mijn team weer aan het praten?")


def test_a_question_is_typed_on_somebodys_word_and_survives_until_it_is_kept(show: Show) -> None:
    page = shown(show, "cases")
    page.click("[data-action=cases]")
    page.fill("[data-field=case_list]", "Hoe begin ik?")
    page.click("[data-action=close-sheet]")
    page.evaluate("view => tell(view)", at("analysis"))
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    page.evaluate("view => tell(view)", STATES["cases"])
    page.click("[data-action=cases]")
    expect(page.locator("[data-field=case_list]")).to_have_value("Hoe begin ik?")
    page.locator("[data-whose=case_list]").select_option("F")
    page.click("[data-action=keep-words]")
    assert asked(page) == [{"command": "WriteNote", "kind": "case_list", "text": "Hoe begin ik?", "seat": "F"}]
    expect(page.locator("[data-field=case_list]")).to_have_value("")
    assert page.evaluate("localStorage.getItem('kring.drafts')") is None


def test_what_was_refused_stays_in_the_field(show: Show) -> None:
    page = shown(show, "turned_away")
    field = page.locator("[data-panel=noted] textarea")
    field.fill("Misschien mag het ook later.")
    page.evaluate("window.answer = {ok: false, refused: 'busy', say: {nl: 'Even geduld.', en: 'One moment.'}}")
    page.click("[data-panel=noted] [data-action=keep-words]")
    expect(page.locator(".notice")).to_contain_text("Even geduld.")
    expect(field).to_have_value("Misschien mag het ook later.")


@pytest.mark.parametrize("stage", ["start", "erased"])
def test_nothing_that_was_typed_outlives_the_meeting(show: Show, stage: str) -> None:
    page = shown(show, "turned_away")
    page.fill("[data-panel=noted] textarea", "Een begin")
    assert page.evaluate("localStorage.getItem('kring.drafts')") is not None
    page.evaluate("stage => tell({stage, methods: [], problems: []})", stage)
    assert page.evaluate("localStorage.getItem('kring.drafts')") is None


def test_written_questions_come_one_at_a_time_and_what_waits_is_a_number(show: Show) -> None:
    page = shown(show, "questions")
    panel = page.locator("[data-panel=questions]")
    expect(panel).to_contain_text("Wie wist ervan dat je het eigenlijk niet wilde doen?")
    expect(panel).not_to_contain_text("Wat gebeurde er de laatste keer")
    expect(panel.locator("[data-waiting=F]")).to_contain_text("1")
    page.click("[data-action=next-question]")
    page.click("[data-action=question-back]")
    assert asked(page) == [{"command": "AskQuestion"}, {"command": "AskQuestion", "back": True}]


def test_the_heat_of_a_question_is_tapped_on_the_owners_word_one_by_one(show: Show) -> None:
    page = shown(show, "heat")
    expect(page.locator("[data-panel=questions]")).to_contain_text("Wie wist ervan")
    page.click("[data-panel=questions] [data-heat=lukewarm]")
    page.click("[data-action=questions]")
    page.click("dialog [data-note='1'] [data-heat=warm]")
    assert asked(page) == [
        {"command": "GiveHeat", "note": 2, "heat": "lukewarm", "seat": "C"},
        {"command": "GiveHeat", "note": 1, "heat": "", "seat": "C"},
    ]


def test_then_and_now_stand_side_by_side_and_are_written_on_the_owners_word(show: Show) -> None:
    page = shown(show, "awareness")
    expect(page.locator("[data-said=first]")).to_contain_text("zonder dat het ruzie wordt")
    expect(page.locator("[data-said=now]")).to_contain_text("op tijd laten merken")
    expect(page.locator("[data-said=share]")).to_contain_text("Ik zeg ja")
    page.click("[data-action=awareness]")
    page.fill("[data-field='own_share.1']", "Ik wacht te lang.")
    page.press("[data-field='own_share.1']", "Enter")
    assert asked(page) == [{"command": "WriteNote", "kind": "own_share", "text": "Ik wacht te lang.", "seat": "C"}]


def test_question_cards_come_one_at_a_time_and_none_twice_before_all_were_seen(show: Show) -> None:
    page = shown(show, "awareness")
    page.click("[data-action=deeper]")
    seen = []
    for _ in range(10):
        seen.append(page.locator("[data-card]").get_attribute("data-card"))
        page.click("[data-action=another]")
    assert len(set(seen)) == 10
    assert page.locator("[data-card]").get_attribute("data-card") in seen


def test_advice_is_sorted_on_the_owners_word_and_comes_off_its_pile_again(show: Show) -> None:
    page = shown(show, "advice")
    expect(page.locator("[data-panel=advice]")).to_contain_text("3 keer geparkeerd: nu mag het.")
    page.click("[data-action=advice]")
    page.click("[data-note='3'] [data-pile-to=not_now]")
    page.click("[data-column=fits] [data-pile-to='']")
    assert asked(page) == [
        {"command": "SortAdvice", "note": 3, "pile": "not_now", "seat": "C"},
        {"command": "SortAdvice", "note": 2, "pile": "", "seat": "C"},
    ]


def test_enough_is_said_warmly_with_the_way_on_and_the_way_back(show: Show) -> None:
    page = shown(show, "advice")
    page.click("[data-action=enough]")
    page.evaluate("view => tell(view)", STATES["enough"])
    expect(page.locator("[data-enough]")).to_contain_text("Dank!")
    page.click("[data-action=not-enough]")
    page.click("[data-action=enough-next]")
    expect(page.locator("dialog h2")).to_have_text("Door naar Evaluatie?")
    assert asked(page) == [
        {"command": "SayEnough", "enough": True, "seat": "C"},
        {"command": "SayEnough", "enough": False, "seat": "C"},
    ]


def test_an_intention_is_kept_by_one_deliberate_press(show: Show) -> None:
    page = shown(show, "intention")
    page.click("[data-action=intention]")
    expect(page.locator("[data-action=keep-intention]")).to_be_disabled()
    for part, said in (("text", "Ik vraag bedenktijd."), ("step", "Eén zin oefenen"), ("by", "vóór vrijdag")):
        page.fill(f"[data-field='intention.{part}.1']", said)
    assert asked(page) == []
    page.click("[data-action=keep-intention]")
    intention = {"text": "Ik vraag bedenktijd.", "step": "Eén zin oefenen", "by": "vóór vrijdag"}
    assert asked(page) == [{"command": "FormIntention", **intention, "seat": "C"}]


def test_cards_of_a_phase_are_written_where_they_are_read_and_all_lie_behind_one_button(show: Show) -> None:
    page = shown(show, "turned_away")
    page.fill("[data-panel=noted] textarea", "Misschien helpt wachten.")
    page.locator("[data-panel=noted] select").select_option("D")
    page.click("[data-panel=noted] [data-action=keep-words]")
    page.click("[data-action=cards]")
    expect(page.locator("[data-noted=image_list]")).to_contain_text("Een bruggetje")
    page.click("[data-drop='23']")
    page.locator("[data-kind-choice]").select_option("insight")
    page.fill("dialog [data-field='insight.1']", "Nee zeggen mag.")
    page.click("dialog [data-action=keep-words]")
    written = {"command": "WriteNote", "kind": "hypothesis_list", "text": "Misschien helpt wachten."}
    assert asked(page) == [
        written | {"seat": "D"},
        {"command": "DropNote", "note": 23},
        {"command": "WriteNote", "kind": "insight", "text": "Nee zeggen mag."},
    ]


PANELS = frozenset(
    (
        *("case_list", "chosen_case", "question_list", "question_heat", "question_original", "question_reformulated"),
        *("own_share", "advice_list", "evaluation", "agreement"),
    )
)
"""Kinds with a panel of their own, whose title says what they are."""


def test_every_kind_of_card_has_a_name_in_every_language() -> None:
    for language in LANGUAGES:
        missing = [kind for kind in vocabulary().captures - PANELS if f"captured.{kind}" not in words(language)]
        assert missing == []


# --- what is told becomes the picture ---


def test_the_question_of_today_stays_in_view_in_every_phase_about_the_case(show: Show) -> None:
    page = shown(show, "questions")
    expect(page.locator("[data-case-line=C]")).to_contain_text("Hoe zeg ik nee")
    page.evaluate("view => tell(view)", at("evaluation"))
    expect(page.locator("[data-case-line]")).to_have_count(0)


def test_writing_in_silence_shows_how_long_still_and_nothing_to_do(show: Show) -> None:
    page = shown(show, "writing")
    expect(page.locator(".floor[data-quiet]")).to_contain_text("Stil schrijven, nog 3 minuten.")
    expect(page.locator(".panel, .stems")).to_have_count(0)
    page.evaluate("clock => tell({clock})", {"now": 2200, "running": True, "rate": 100})
    expect(page.locator(".panel")).to_be_visible(timeout=5000)


def test_silence_is_shown_as_kept(show: Show) -> None:
    page = shown(show, "silent")
    expect(page.locator(".floor")).to_contain_text("4 minuten stilte bewaard.")
    page.evaluate("microphone => tell({microphone})", {"state": "muted", "detail": "", "words": None})
    expect(page.locator(".floor")).not_to_contain_text("bewaard")


def test_a_turned_chair_pairs_and_ten_counts_have_a_picture_and_a_sentence(show: Show) -> None:
    for state, picture, says in (
        ("turned_away", ".turned .turned-chair", "niemand de inbrenger aanspreekt"),
        ("pairs", ".pairs-mark", "Wissel over"),
        ("breath", ".breathing", "10 tellen stil voor iemand spreekt."),
    ):
        page = shown(show, state)
        expect(page.locator(f".floor {picture}")).to_be_visible()
        expect(page.locator(".floor")).to_contain_text(says)


def test_over_the_time_the_hand_holds_the_choices_about_it(show: Show) -> None:
    page = shown(show, "questions", **over(STATES["writing"]))
    expect(page.locator("[data-overrun]")).to_be_visible()
    expect(page.locator(".panel")).to_have_count(0)


def test_who_says_stop_sees_nothing_but_calm(show: Show) -> None:
    page = shown(show, "questions")
    page.evaluate("tell({stopped: true, paused: true})")
    expect(page.locator("[data-stopped]")).to_be_visible()
    expect(page.locator(".circle, .countdown, .panel")).to_have_count(0)


def test_help_and_the_evaluation_open_from_the_tablet(show: Show) -> None:
    page = shown(show, "questions")
    page.click("[data-action=help]")
    page.wait_for_selector("dialog[data-sheet=help]")
    page.click("[data-action=close-sheet]")
    page.evaluate("view => tell(view)", at("evaluation"))
    page.click("[data-action=evaluation]")
    page.wait_for_selector("dialog[data-sheet=evaluation]")
