"""A phone has one card that fits the moment; what is typed stays on it until it is shared, whatever the group does."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.meeting.commands import from_json
from server.meeting.phonewishes import for_seat
from tests.client.phone_moments import (
    ADVICE,
    ANSWERED,
    CASE,
    LOOKING,
    MOMENTS,
    NOW,
    OWNER,
    OWNS,
    QUESTION,
    at,
    card,
    mine,
    phone,
    tell,
)
from tests.client.stage import Show, keep
from tests.client.stage import asked as sent
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser


def write(page: Page, field: str, text: str) -> None:
    page.fill(f'[data-field="{field}"]', text)


def shown(page: Page) -> str | None:
    return page.locator("[data-task]").get_attribute("data-task")


def asked(page: Page) -> list[dict[str, Any]]:
    """What the phone asked: each a wish that the server understands and grants to a phone."""
    found = sent(page)
    assert all(for_seat(from_json(one), "B") is not None for one in found)
    return found


def again(page: Page) -> None:
    """The page is loaded anew, as after a sleep."""
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")


# --- the card that fits ---

FITS = {
    "consent": "agreements",
    "case": "case",
    "vote": "vote",
    "counted": "vote",
    "questions": "questions",
    "asked": "asked",
    "heat": "asked",
    "restate": "restate",
    "behind": "behind",
    "advice": "advice",
    "incident": "advice",
    "sort": "sort",
    "hypotheses": "card.hypothesis_list",
    "ideas": "card.option_list",
    "items": "items",
}


@pytest.mark.parametrize("moment", FITS)
def test_the_card_fits_the_moment(show: Show, moment: str) -> None:
    page = phone(show, moment)
    assert shown(page) == FITS[moment]
    assert page.locator("[data-share], [data-lamp], .fill").count() == 0


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("size", "theme", "language"), [((320, 568), "dark", "de"), ((390, 844), "light", "nl")])
def test_a_moment_fits_its_screen_its_fingers_and_its_readers(
    show: Show, moment: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = phone(show, moment, size, theme=theme, language=language)
    tabs = page.locator("[data-tab]").evaluate_all("all => all.map(one => one.dataset.tab)")
    for tab in tabs or [None]:
        if tab:
            page.click(f'[data-tab="{tab}"]')
        keep(page, f"phone-{moment}-{tab or 'only'}-{size[0]}-{theme}", full=True)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        small = [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < 43.5]
        assert small == [], tab
        assert serious(page) == [], tab


def test_silence_has_no_card(show: Show) -> None:
    page = phone(show, "questions")
    tell(page, at("analysis", "silence", []))
    expect(page.locator("[data-task]")).to_have_count(0)
    expect(page.locator(".ask")).to_contain_text("Wees samen stil")


def test_a_phone_says_what_this_seat_does_now(show: Show) -> None:
    page = phone(show, "questions")
    expect(page.locator(".ask")).to_contain_text("Stel één open vraag tegelijk")
    tell(page, at("analysis", "peers_only", [], turned_away=True))
    expect(page.locator(".ask")).to_contain_text("alsof de inbrenger er even niet is")
    page = phone(show, "incident")
    expect(page.locator("[data-quiet]")).to_have_text("Nog 4 min in stilte")


def test_my_turn_is_said_and_can_be_passed(show: Show) -> None:
    page = phone(show, "turn")
    expect(page.locator("[data-turn=now]")).to_have_text("Jij bent aan de beurt")
    page.click("[data-action=pass-turn]")
    assert asked(page) == [{"command": "PassTurn"}]
    tell(page, {"round": NOW | {"order": ["F", "B"], "done": [], "now": "F"}, **mine(turn=False)})
    expect(page.locator("[data-turn=next]")).to_have_text("Hierna ben jij")


def test_stop_hides_everything_and_gives_it_back(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    page.click("[data-action=stop]")
    page.click("[data-action=confirm-stop]")
    assert asked(page) == [{"command": "StopMethod"}]
    tell(page, {"stopped": True})
    expect(page.locator("[data-task], .phone-clock")).to_have_count(0)
    tell(page, {"stopped": False})
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")


# --- drafts ---


def test_a_draft_survives_a_reload_and_nothing_of_it_left_the_phone(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    assert asked(page) == []
    again(page)
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")
    expect(page.locator("[data-action=go-along]")).to_have_count(0)


def test_a_change_of_phase_never_takes_away_what_is_being_typed(show: Show) -> None:
    page = phone(show, "questions")
    field = page.locator('[data-field="questions.text"]')
    field.focus()
    field.press_sequentially("Wat maakt")
    tell(page, MOMENTS["behind"])
    field.press_sequentially(" het zo?")
    expect(field).to_have_value("Wat maakt het zo?")
    expect(field).to_be_focused()
    expect(page.locator(".went-on")).to_contain_text("De groep ging verder: Bewustwording")
    page.click("[data-action=go-along]")
    assert shown(page) == "behind"
    page.click("[data-tab=questions]")
    expect(field).to_have_value("Wat maakt het zo?")


def test_a_finger_in_an_empty_field_is_left_there_too(show: Show) -> None:
    page = phone(show, "questions")
    page.locator('[data-field="questions.text"]').focus()
    tell(page, MOMENTS["behind"])
    expect(page.locator('[data-field="questions.text"]')).to_be_focused()


def test_consent_that_becomes_a_meeting_leaves_the_case_question_under_the_fingers(show: Show) -> None:
    page = phone(show, "consent")
    page.click("[data-tab=case]")
    field = page.locator('[data-field="case.text"]')
    field.press_sequentially("Hoe kan ik")
    tell(page, {"stage": "running"} | at("look_back", "round", []) | {"case": NOW["case"] | {"owner": None}})
    expect(field).to_be_focused()
    expect(field).to_have_value("Hoe kan ik")


def test_without_typing_the_phone_goes_along_by_itself(show: Show) -> None:
    page = phone(show, "questions")
    tell(page, MOMENTS["behind"])
    assert shown(page) == "behind"
    expect(page.locator(".went-on")).to_have_count(0)


def test_without_a_line_it_says_so_and_keeps_the_draft(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    page.evaluate("window.lose()")
    page.click("[data-action=share]")
    expect(page.locator(".unsent").filter(has_text="geen verbinding")).to_have_count(1)
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")
    assert asked(page) == []


def test_a_refused_wish_keeps_the_draft(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    page.evaluate("window.answer = {ok: false, refused: 'enough_cards', say: {nl: 'Dat zijn genoeg kaarten.'}}")
    page.click("[data-action=share]")
    expect(page.locator(".notice")).to_contain_text("genoeg kaarten")
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")


@pytest.mark.parametrize("stage", ["erased", "start"])
def test_drafts_are_gone_when_the_meeting_is(show: Show, stage: str) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    assert "lastig" in page.evaluate("localStorage.getItem('kring.drafts')")
    tell(page, {"stage": stage})
    page.wait_for_selector(f"main[data-stage={stage}]")
    assert page.evaluate("localStorage.getItem('kring.drafts')") is None


def test_drafts_of_another_meeting_are_not_taken_along(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    tell(page, {"meeting": "another"})
    expect(page.locator('[data-field="questions.text"]')).to_have_value("")


def test_drafts_are_gone_when_this_phone_leaves(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Wat maakte het lastig?")
    page.click("[data-action=more]")
    page.get_by_role("button", name="Verlaat de bijeenkomst").click()
    page.wait_for_function("localStorage.getItem('kring.drafts') === null")


# --- the case, and the vote ---


def test_the_case_question_is_coached_shared_changed_and_taken_back(show: Show) -> None:
    page = phone(show, "case")
    write(page, "case.text", "Waarom doen mensen altijd zo?")
    expect(page.locator("[data-hint=no_i]")).to_contain_text("Zet jezelf in de vraag")
    write(page, "case.text", "Hoe kan ik rustig blijven bij Joost?")
    expect(page.locator("[data-hint=good]")).to_contain_text("heldere vraag")
    expect(page.locator(".kept")).to_have_text("Blijft op deze telefoon tot je het deelt.")
    page.click("[data-action=share]")
    expect(page.locator("#said")).to_have_text("Gedeeld: Hoe kan ik rustig blijven bij Joost?")
    tell(page, MOMENTS["case"] | mine(notes=[CASE]))
    page.click("[data-tab=case]")
    page.click("[data-action=change-note]")
    expect(page.locator('[data-field="case.text"]')).to_have_value(CASE["text"])
    write(page, "case.text", "Hoe blijf ik rustig?")
    page.click("[data-action=share]")
    page.click("[data-action=drop-note]")
    assert asked(page) == [
        {"command": "WriteNote", "kind": "case_list", "text": "Hoe kan ik rustig blijven bij Joost?"},
        {"command": "WriteNote", "kind": "case_list", "text": "Hoe blijf ik rustig?", "note": 1},
        {"command": "DropNote", "note": 1},
    ]


def test_what_is_changed_can_be_left_as_it_was(show: Show) -> None:
    page = phone(show, "questions")
    page.click("[data-action=change-note]")
    page.click("[data-action=leave-note]")
    expect(page.locator('[data-field="questions.text"]')).to_have_value("")
    expect(page.locator("[data-note='9']")).to_be_visible()
    assert asked(page) == []


def test_letters_are_scored_in_private_and_shown_back(show: Show) -> None:
    page = phone(show, "vote")
    page.click("[data-action=cast-vote]", force=True)
    assert asked(page) == [], "nothing was scored yet"
    for score in ("2.E=2", "2.G=1", "3.T=0"):
        page.click(f'[data-score="{score}"]')
    expect(page.locator('[data-score="2.E=2"]')).to_have_attribute("aria-pressed", "true")
    page.click("[data-action=cast-vote]")
    assert asked(page) == [{"command": "CastVote", "scores": [["2.E", 2], ["2.G", 1], ["3.T", 0]]}]
    tell(page, mine(notes=[CASE], vote={"2.E": 2, "2.G": 1, "3.T": 0}))
    expect(page.locator("[data-voted=yes]")).to_contain_text("Je stem is binnen")
    expect(page.locator('[data-score="2.G=1"]')).to_have_attribute("aria-pressed", "true")


def test_three_dots_go_to_the_questions_of_others(show: Show) -> None:
    page = phone(show, "dots")
    expect(page.locator("[data-case='1'] [data-dot]")).to_have_count(0)
    for _ in range(2):
        page.click('[data-dot="2+"]')
    page.click('[data-dot="3+"]')
    expect(page.locator("[data-left='0']")).to_be_visible()
    expect(page.locator('[data-dot="3+"]')).to_be_disabled()
    page.click("[data-action=cast-vote]")
    assert asked(page) == [{"command": "CastVote", "scores": [["2", 2], ["3", 1]]}]


def test_a_hand_is_raised_where_one_would_learn(show: Show) -> None:
    page = phone(show, "learn")
    page.click("[data-learn='3']")
    page.click("[data-action=cast-vote]")
    assert asked(page) == [{"command": "CastVote", "scores": [["3", 1]]}]


def test_counted_votes_lie_on_the_table_and_the_own_one_is_read_back(show: Show) -> None:
    page = phone(show, "counted")
    expect(page.locator("[data-task=vote]")).to_contain_text("De som ligt op tafel")
    expect(page.locator("[data-given='2']")).to_contain_text("E 2 · G 1 · T 0")
    expect(page.locator("[data-action=cast-vote]")).to_have_count(0)


# --- questions ---


def test_questions_are_written_coached_and_shared_whatever_the_coach_says(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Heb je het met je collega besproken?")
    hint = page.locator("[data-hint=question_closed]")
    expect(hint).to_contain_text("Begin met wat, hoe of wie")
    expect(hint.locator("q")).to_have_text("Met wie heb je het besproken, en wat kwam daaruit?")
    page.click("[data-action=share]")
    assert asked(page) == [
        {"command": "WriteNote", "kind": "question_list", "text": "Heb je het met je collega besproken?"}
    ]
    expect(page.locator('[data-field="questions.text"]')).to_have_value("")


def test_advice_in_a_question_is_kept_for_later_with_one_tap(show: Show) -> None:
    page = phone(show, "questions")
    write(page, "questions.text", "Heb je al eens aan een coach gedacht?")
    page.click("[data-action=park-draft]")
    assert asked(page) == [{"command": "WriteNote", "kind": "parked", "text": "Heb je al eens aan een coach gedacht?"}]
    expect(page.locator('[data-field="questions.text"]')).to_have_value("")


def test_own_questions_wait_or_were_asked_and_mine_is_read_aloud(show: Show) -> None:
    page = phone(show, "questions")
    expect(page.locator("[data-asked='7']")).to_contain_text("nu op tafel")
    expect(page.locator("[data-note='9']")).to_contain_text("wacht tot je aan de beurt bent")
    page = phone(show, "read")
    expect(page.locator("[data-asked='9']")).to_contain_text("Lees je vraag voor")
    expect(page.locator("[data-note='9']")).to_contain_text("is gesteld")
    expect(page.locator("[data-note='9'] button")).to_have_count(0)


def test_the_case_owner_says_how_near_a_question_comes_only_where_that_is_asked(show: Show) -> None:
    page = phone(show, "asked")
    expect(page.locator("[data-asked]")).to_have_count(2)
    expect(page.locator("[data-heat]")).to_have_count(0)
    page = phone(show, "heat")
    page.click('[data-heat="7=lukewarm"]')
    page.click('[data-heat="5=warm"]')
    assert asked(page) == [
        {"command": "GiveHeat", "note": 7, "heat": "lukewarm"},
        {"command": "GiveHeat", "note": 5, "heat": ""},
    ]


# --- advice ---


def test_advice_waits_on_the_phone_and_comes_back_when_it_may(show: Show) -> None:
    page = phone(show, "questions")
    page.click("[data-tab=park]")
    write(page, "park.text", "Haar leidinggevende erbij vragen.")
    page.click("[data-action=share]")
    tell(page, MOMENTS["advice"])
    expect(page.locator("[data-parked='11']")).to_be_visible()
    page.click("[data-action=give-parked]")
    page.wait_for_function("window.asked.length === 3")
    assert asked(page) == [
        {"command": "WriteNote", "kind": "parked", "text": "Haar leidinggevende erbij vragen."},
        {"command": "WriteNote", "kind": "advice_list", "text": "Ik zou haar leidinggevende erbij vragen."},
        {"command": "DropNote", "note": 11},
    ]


@pytest.mark.parametrize("moment", ["advice", "incident"])
def test_one_piece_of_advice_begins_with_i_would(show: Show, moment: str) -> None:
    page = phone(show, moment)
    field = page.locator('[data-field="advice.text"]')
    expect(field).to_have_value("Ik zou ")
    page.click("[data-action=share]", force=True)
    expect(field).to_be_focused()
    assert asked(page) == [], "the beginning alone is no advice"
    field.press_sequentially("haar bellen.")
    page.click("[data-action=share]")
    assert asked(page) == [{"command": "WriteNote", "kind": "advice_list", "text": "Ik zou haar bellen."}]
    given = card(40, "advice_list", "B", "Ik zou haar bellen.")
    tell(page, {**MOMENTS[moment], **mine(notes=[given])})
    expect(field).to_have_count(0)
    expect(page.locator("[data-note='40']")).to_be_visible()


def test_an_idea_that_was_parked_becomes_an_idea(show: Show) -> None:
    page = phone(show, "ideas")
    page.click("[data-action=give-parked]")
    page.wait_for_function("window.asked.length === 2")
    assert asked(page)[0] == {"command": "WriteNote", "kind": "option_list", "text": "Samen lunchen."}


def test_the_case_owner_lays_advice_on_piles_and_says_enough(show: Show) -> None:
    page = phone(show, "sort")
    page.click('[data-pile="21=fits"]')
    page.click("[data-unpile='22']")
    page.click("[data-action=enough]")
    tell(page, {"case": NOW["case"] | {"enough": True}})
    page.click("[data-action=enough-back]")
    assert asked(page) == [
        {"command": "SortAdvice", "note": 21, "pile": "fits"},
        {"command": "SortAdvice", "note": 22, "pile": ""},
        {"command": "SayEnough", "enough": True},
        {"command": "SayEnough", "enough": False},
    ]
    assert len(ADVICE) == page.locator("[data-advice], [data-unpile]").count()


def test_peers_read_that_it_is_enough(show: Show) -> None:
    page = phone(show, "advice")
    tell(page, {"case": NOW["case"] | {"enough": True}})
    expect(page.locator("[data-enough]")).to_contain_text("De inbrenger heeft genoeg")


def test_the_own_choice_has_a_first_step_and_a_day_in_words(show: Show) -> None:
    page = phone(show, "sort")
    page.click("[data-tab=intention]")
    write(page, "intention.text", "Ik vraag haar hoe het gaat.")
    write(page, "intention.step", "Koffie drinken")
    page.fill('[data-field="intention.day"]', "2026-12-04")
    expect(page.locator('[data-field="intention.by"]')).to_have_value("vrijdag 4 december")
    page.click("[data-action=form-intention]")
    said = {"text": "Ik vraag haar hoe het gaat.", "step": "Koffie drinken", "by": "vrijdag 4 december"}
    assert asked(page) == [{"command": "FormIntention", **said}]
    tell(page, {"case": NOW["case"] | {"intention": said}})
    page.click("[data-tab=intention]")
    expect(page.locator("[data-intention]")).to_contain_text("vrijdag 4 december")
    page.click("[data-action=change-intention]")
    expect(page.locator('[data-field="intention.step"]')).to_have_value("Koffie drinken")
    page.click("[data-action=leave-note]")
    page.click("[data-action=drop-intention]")
    assert asked(page)[1] == {"command": "FormIntention", "text": "", "step": "", "by": ""}


# --- awareness and other cards ---


def test_the_question_is_said_anew_beside_the_old_one_with_the_own_share(show: Show) -> None:
    page = phone(show, "restate")
    expect(page.locator("[data-quote=question]")).to_have_text(QUESTION)
    write(page, "restate.question", "Hoe kan ik zeggen wat ik zie?")
    page.locator("[data-writes=question_reformulated] [data-action=share]").click()
    write(page, "restate.share", "Ik zwijg.")
    page.locator("[data-writes=own_share] [data-action=share]").click()
    assert asked(page) == [
        {"command": "WriteNote", "kind": "question_reformulated", "text": "Hoe kan ik zeggen wat ik zie?"},
        {"command": "WriteNote", "kind": "own_share", "text": "Ik zwijg."},
    ]


def test_peers_read_the_question_behind_the_question(show: Show) -> None:
    page = phone(show, "behind")
    expect(page.locator("[data-card=q1]")).to_have_text("Wat maakt dat je dit juist vandaag inbrengt?")
    page.click("[data-action=card-next]")
    expect(page.locator("[data-card=q2]")).to_be_visible()
    page.select_option("[data-field=reading]", "feeling")
    expect(page.locator("[data-card=g1]")).to_be_visible()
    assert asked(page) == []


def test_a_phase_that_asks_for_another_kind_of_card_gets_it(show: Show) -> None:
    page = phone(show, "hypotheses")
    expect(page.locator("[data-note='31']")).to_be_visible()
    write(page, "card.hypothesis_list.text", "Misschien is ze moe.")
    page.click("[data-action=share]")
    assert asked(page) == [{"command": "WriteNote", "kind": "hypothesis_list", "text": "Misschien is ze moe."}]
    page.click('[data-tab="card.image_list"]')
    expect(page.locator("[data-task]")).to_contain_text("Welk beeld komt er bij je op?")


def test_the_case_owner_is_not_asked_for_questions_or_advice(show: Show) -> None:
    page = phone(show, "restate")
    tabs = page.locator("[data-tab]").evaluate_all("all => all.map(one => one.dataset.tab)")
    assert not {"questions", "park", "advice", "behind"} & set(tabs)


# --- looking back ---


def test_items_come_one_by_one_are_saved_at_once_and_can_be_changed(show: Show) -> None:
    page = phone(show, "items")
    expect(page.locator("[data-item=pr1]")).to_contain_text("We hielden ons aan de fasen.")
    page.click('[data-answer="pr1=4"]')
    tell(page, mine(answers={"pr1": 4}))
    page.click('[data-answer="pr2=2"]')
    tell(page, mine(answers={"pr1": 4, "pr2": 2}))
    page.click("[data-action=item-back]")
    expect(page.locator('[data-answer="pr2=2"]')).to_have_attribute("aria-pressed", "true")
    page.click('[data-answer="pr2=3"]')
    assert asked(page) == [
        {"command": "AnswerItems", "answers": [["pr1", 4]]},
        {"command": "AnswerItems", "answers": [["pr2", 2]]},
        {"command": "AnswerItems", "answers": [["pr2", 3]]},
    ]


def test_the_room_one_felt_has_words_at_both_ends_and_in_the_middle(show: Show) -> None:
    page = phone(show, "items")
    tell(page, mine(answers={key: value for key, value in ANSWERED.items() if key != "felt"}))
    expect(page.locator("[data-item=felt]")).to_be_visible()
    for word in ("te weinig", "precies goed", "meer dan ik wilde"):
        expect(page.locator(".scale-words")).to_contain_text(word)


def test_the_case_owner_answers_about_the_own_result(show: Show) -> None:
    page = phone(show, "items")
    tell(page, OWNS | mine(items=["re1", "felt"], writes=OWNER))
    expect(page.locator("[data-item=re1]")).to_contain_text("Mijn vraag is scherper geworden.")


def test_the_answers_of_the_group_are_a_picture_with_words(show: Show) -> None:
    page = phone(show, "answered")
    result = page.locator("[data-result=pr1]")
    expect(result.locator("svg")).to_have_attribute(
        "aria-label", "Het midden is 4. De helft ligt tussen 3 en 5 (5 antwoorden)."
    )
    page.click("[data-change=pr3]")
    expect(page.locator("[data-item=pr3]")).to_be_visible()


def test_what_one_learned_stays_on_the_phone(show: Show) -> None:
    page = phone(show, "answered")
    page.click("[data-action=to-learning]")
    expect(page.locator("[data-task=learning]")).to_contain_text("wordt nooit verstuurd")
    write(page, "learning.le1", "De vraag van Esra.")
    again(page)
    tell(page, MOMENTS["answered"])
    assert shown(page) == "items", "nothing half done: it is not sent at all"
    page.click("[data-tab=learning]")
    expect(page.locator('[data-field="learning.le1"]')).to_have_value("De vraag van Esra.")
    assert asked(page) == []


def test_the_pulse_is_given_once_whole_and_without_a_trace_on_the_phone(show: Show) -> None:
    page = phone(show, "items")
    page.click("[data-tab=pulse]")
    expect(page.locator("[data-pulse-count='0']")).to_be_visible()
    for n, item in enumerate(("sp1", "sp2", "sp3")):
        page.click(f'[data-answer="{item}={n + 3}"]')
    page.click("[data-action=give-pulse]", force=True)
    assert asked(page) == []
    page.click('[data-answer="sp4=5"]')
    page.click("[data-action=give-pulse]")
    answers: list[Any] = [["sp1", 3], ["sp2", 4], ["sp3", 5], ["sp4", 5]]
    assert asked(page) == [{"command": "AnswerPulse", "answers": answers}]
    assert page.evaluate("Object.keys(localStorage).filter(key => /pulse|sp1/.test(key + localStorage[key]))") == []
    tell(page, LOOKING | mine(pulsed=True))
    expect(page.locator("[data-pulsed]")).to_contain_text("niet meer te veranderen")
    expect(page.locator("[data-action=give-pulse]")).to_have_count(0)


def test_the_pulse_of_four_and_more_is_shown(show: Show) -> None:
    page = phone(show, "pulsed")
    page.click("[data-tab=pulse]")
    expect(page.locator("[data-result=sp2] svg")).to_be_visible()


def test_at_the_end_the_room_felt_stands_beside_the_time_measured(show: Show) -> None:
    page = phone(show, "closed")
    expect(page.locator("[data-felt='3']")).to_contain_text("Jij voelde: precies goed")
    expect(page.locator("[data-felt='3']")).to_contain_text("Gemeten: 14 min gesproken")
    tell(page, mine(answers={}))
    expect(page.locator("[data-felt]")).to_have_count(0)


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_where_nobody_was_heard_the_room_felt_stands_alone(show: Show, language: str) -> None:
    page = phone(show, "closed", language=language)
    tell(page, {"mine": {"seconds": 0, "turns": 0, "counts": "seconds", "backchannels": 0, "heard": False}})
    expect(page.locator("[data-heard=no]")).to_be_visible()
    expect(page.locator(".fact, .prompts")).to_have_count(0)
    expect(page.locator("[data-felt='3'] .quiet")).to_have_count(0)
    assert "0" not in page.locator(".mine").inner_text()
    keep(page, f"phone-not-heard-{language}", full=True)
    assert serious(page) == []


# --- what a button shares is said before ---


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "„Leg vast” deelt het met de groep. Tot dan blijft het op deze telefoon."),
        ("en", "“Put down” shares it with the group. Until then it stays on this phone."),
        ("de", "„Festhalten“ teilt es mit der Gruppe. Bis dahin bleibt es auf diesem Handy."),
    ],
)
def test_the_own_choice_says_who_will_see_it(show: Show, language: str, line: str) -> None:
    page = phone(show, "sort", language=language)
    page.click("[data-tab=intention]")
    expect(page.locator(".kept")).to_have_text(line)
    assert page.locator("[data-action=form-intention]").inner_text() in line


@pytest.mark.parametrize(
    ("moment", "tab", "line"),
    [
        ("advice", "advice", "„Geef dit advies” deelt het met de groep"),
        ("questions", "questions", "De groep ziet hem pas als hij gesteld wordt"),
        ("questions", "park", "Ook daarna ziet alleen jij het"),
    ],
)
def test_a_button_with_another_word_than_share_says_what_it_does(show: Show, moment: str, tab: str, line: str) -> None:
    page = phone(show, moment)
    if shown(page) != tab:
        page.click(f"[data-tab={tab}]")
    expect(page.locator(".kept")).to_contain_text(line)


# --- looking back ---

LAST = {"key": 11, "question": QUESTION, "text": "Ik vraag eerst een dag bedenktijd.", "step": "", "by": ""}
ARRIVING = at("look_back", "round", ["evaluation"], arrives=True) | {"case": NOW["case"] | {"owner": None}}


def looking_back(show: Show, **my: Any) -> Page:
    page = phone(show, "case")
    tell(page, ARRIVING | mine(**{"notes": [], "writes": ["case_list"], "look_back": LAST} | my))
    page.click("[data-tab=look_back]")
    return page


def test_looking_back_says_that_the_tablet_can_show_it_too(show: Show) -> None:
    page = looking_back(show)
    expect(page.locator("[data-task=look_back]")).to_contain_text("Dit kan ook op de tablet")
    expect(page.locator("[data-task=look_back]")).not_to_contain_text("Alleen jij")


def test_the_button_that_brings_it_back_is_not_under_the_signs(show: Show) -> None:
    page = looking_back(show)
    page.click("[data-action=back-on-table]")
    button = page.locator("[data-action=onto-table]")
    expect(button).to_be_in_viewport(ratio=1)
    page.wait_for_function(
        "document.querySelector('[data-action=onto-table]').getBoundingClientRect().bottom"
        " <= document.querySelector('.signs').getBoundingClientRect().top"
    )


@pytest.mark.parametrize("done", ["told-keep", "told-forget"])
def test_after_looking_back_the_way_to_the_table_stays_open_until_it_is_there(show: Show, done: str) -> None:
    page = looking_back(show)
    page.click("[data-action=back-on-table]")
    page.click(f"[data-action={done}]")
    tell(page, mine(notes=[], writes=["case_list"], look_back=None))
    expect(page.locator("[data-quote=comes-back]")).to_have_text(QUESTION)
    keep(page, f"phone-comes-back-{done}", full=True)
    page.click("[data-action=onto-table]")
    assert sent(page)[-1] == {"command": "WriteNote", "kind": "case_list", "text": QUESTION}
    expect(page.locator(".notice")).to_contain_text("Je vraag ligt bij de vragen van vandaag.")
    tell(page, mine(notes=[card(1, "case_list", "B", QUESTION)], writes=["case_list"], look_back=None))
    expect(page.locator("[data-tab=look_back], [data-task=look_back]")).to_have_count(0)


def test_later_than_the_first_phase_nothing_waits_to_come_back(show: Show) -> None:
    page = looking_back(show)
    page.click("[data-action=back-on-table]")
    page.click("[data-action=told-keep]")
    tell(page, mine(notes=[], writes=["case_list"], look_back=None))
    expect(page.locator("[data-quote=comes-back]")).to_be_visible()
    tell(page, at("analysis", "dialogue", ["question_list"]))
    expect(page.locator("[data-tab=look_back], [data-task=look_back]")).to_have_count(0)


def test_without_back_on_the_table_nothing_waits(show: Show) -> None:
    page = looking_back(show)
    page.click("[data-action=told-keep]")
    tell(page, mine(notes=[], writes=["case_list"], look_back=None))
    expect(page.locator("[data-tab=look_back], [data-task=look_back]")).to_have_count(0)


# --- what a screen reader finds ---


def test_what_was_said_of_a_phase_is_gone_after_it_and_in_another_language(show: Show) -> None:
    page = phone(show, "questions")
    expect(page.locator("#said")).not_to_be_empty()
    page.evaluate("tune({language: 'en'})")
    expect(page.locator("html[lang=en]")).to_be_attached()
    expect(page.locator("#said")).to_be_empty()
    tell(page, at("awareness", "round", []))
    expect(page.locator("#said")).to_contain_text("What is your question now?")
    tell(page, MOMENTS["closed"])
    expect(page.locator("#said")).to_be_empty()


def test_a_phone_of_before_all_this_still_shows_where_we_are(show: Show) -> None:
    page = show("phone_peer", 390, 844)
    expect(page.locator(".phone-phase h1")).to_contain_text("Stel vragen.")
    expect(page.locator("[data-task]")).to_have_count(0)
