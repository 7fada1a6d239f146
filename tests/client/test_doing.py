"""What a finger does becomes the right wish, and what the server tells becomes the right picture."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.client.stage import Show, asked

pytestmark = pytest.mark.browser


def test_a_meeting_opens_with_what_the_form_says(show: Show) -> None:
    page = show("start")
    page.get_by_label("Een stoel minder").click()
    page.get_by_label("Naam op stoel B").fill("Bram")
    page.locator("input[name=leads]").nth(1).check(force=True)
    page.get_by_label("Vijf minuten langer").click()
    page.click("[data-action=open-meeting]")
    assert [one for one in asked(page) if one["command"] != "SuggestMethods"] == [
        {
            "command": "OpenMeeting",
            "method": "five_phase",
            "language": "nl",
            "names": ["", "Bram", "", ""],
            "minutes": 110,
            "facilitator": "B",
            "sensitivity": "normal",
            "balance": "live",
            "authority": False,
            "trainer": None,
            "theme": "",
        }
    ]


def test_consent_goes_out_only_when_every_seat_said_yes_and_only_as_a_number(show: Show) -> None:
    page = show("consent")
    confirm = page.locator("[data-action=confirm-consent]")
    for letter in "ABCDE":
        page.click(f"[data-yes={letter}]")
    expect(confirm).to_be_disabled()
    page.click("[data-yes=F]")
    confirm.click()
    assert asked(page) == [{"command": "ConfirmConsent", "agreed": 6}]


def test_the_yeses_of_others_are_no_yes_of_who_sits_down_after_them(show: Show) -> None:
    page = show("consent")
    for letter in "ABCDEF":
        page.click(f"[data-yes={letter}]")
    expect(page.locator("[data-action=confirm-consent]")).to_be_enabled()
    page.evaluate("""tell({
      people: [..."ABCDEF"].map(letter => ({letter, name: "New " + letter, role: "peer"})),
      seats: [..."ABCDEF"].map(letter => ({letter, name: "New " + letter, role: "peer"})),
    })""")
    expect(page.locator("[data-yes=A]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-action=confirm-consent]")).to_be_disabled()


def test_going_back_asks_to_erase_what_was_opened(show: Show) -> None:
    page = show("consent")
    page.click("[data-action=back]")
    assert asked(page) == [{"command": "EraseMeeting"}]


def test_a_rehearsal_offers_nothing_to_keep(show: Show) -> None:
    page = show("closed")
    expect(page.locator("[data-action=keep]")).to_be_visible()
    page.evaluate("tell({rehearsal: true})")
    expect(page.locator("[data-action=keep]")).to_have_count(0)


def test_going_on_takes_a_second_deliberate_press_that_names_the_phase(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=next]")
    expect(page.locator("dialog h2")).to_have_text("Door naar Bewustwording?")
    assert asked(page) == []
    page.click("[data-action=not-yet]")
    page.click("[data-action=next]")
    page.click("[data-action=confirm-next]")
    assert asked(page) == [{"command": "NextPhase", "after": "analysis"}]


def test_a_phase_of_the_plan_asks_before_it_goes_there(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=plan]")
    page.click("[data-go=advice]")
    expect(page.locator("dialog h2")).to_have_text("Door naar Advies?")
    page.click("[data-action=confirm-next]")
    assert asked(page) == [{"command": "BeginPhase", "phase": "advice"}]


def test_a_tap_says_who_speaks_when_there_is_no_microphone(show: Show) -> None:
    page = show("taps")
    expect(page.locator("[data-hint=taps]")).to_be_visible()
    page.click("[data-seat=D] .badge")
    page.locator("[data-seat=E]").focus()
    page.keyboard.press("Enter")
    assert asked(page) == [{"command": "TapSeat", "seat": "D"}, {"command": "TapSeat", "seat": "E"}]


def test_the_past_minute_is_put_right_in_two_taps(show: Show) -> None:
    page = show("analysis")
    page.click("[data-seat=D] .badge")
    page.click("[data-action=past-minute]")
    assert asked(page) == [{"command": "CorrectPastMinute", "seat": "D"}]


def test_the_controls_ask_for_what_they_say(show: Show) -> None:
    page = show("analysis")
    for action in ("back", "add-minute", "pause", "mute"):
        page.click(f"[data-action={action}]")
    assert asked(page) == [
        {"command": "PreviousPhase", "before": "analysis"},
        {"command": "AddMinutes", "minutes": 1},
        {"command": "Pause"},
        {"command": "Mute"},
    ]


def test_a_voice_is_learned_from_the_strip_of_the_first_phase(show: Show) -> None:
    page = show("checkin")
    page.click("[data-enrol=F]")
    assert asked(page) == [{"command": "EnrolSeat", "seat": "F"}]


def test_the_lamp_names_nobody_and_its_reason_stays_open_while_it_is_read(show: Show) -> None:
    page = show("lamp")
    lamp = page.locator("[data-lamp=advice]")
    page.click("[data-action=why]")
    page.evaluate("window.tell({lamp: null})")
    expect(lamp).to_contain_text("Wat heb je al geprobeerd?")
    assert not any(name in lamp.inner_text() for name in ("Esra", "Bram", "Femke"))
    page.click("[data-action=park]")
    expect(lamp).to_have_count(0)
    assert asked(page) == [{"command": "ParkAdvice"}]


def test_a_lamp_is_called_a_question_or_advice_with_one_tap_and_then_it_is_gone(show: Show) -> None:
    for action, wish in (("dismiss", {"command": "DismissFlag"}), ("confirm", {"command": "MarkAdvice"})):
        page = show("lamp")
        page.click(f"[data-action={action}]")
        expect(page.locator("[data-lamp]")).to_have_count(0)
        assert asked(page) == [wish | {"flag": 3}]


def test_the_better_question_is_read_in_the_language_that_is_spoken(show: Show) -> None:
    page = show("lamp", language="en")
    page.click("[data-action=why]")
    lamp = page.locator("[data-lamp]")
    expect(lamp).to_contain_text("is often advice with a question mark")
    expect(lamp.locator("[lang=nl]")).to_contain_text("Wat heb je al geprobeerd?")


def test_advice_is_marked_with_one_tap_and_the_tap_can_be_taken_back(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=mark]")
    page.evaluate("tell({undo: {kind: 'mark', seat: null, other: null, until: 2225}})")
    expect(page.locator("[data-undo=mark]")).to_contain_text("Aangemerkt als advies.")
    page.click("[data-action=undo]")
    assert asked(page) == [{"command": "MarkAdvice"}, {"command": "UndoCorrection"}]


def test_there_is_nothing_to_mark_where_advice_is_welcome(show: Show) -> None:
    page = show("analysis")
    page.evaluate("tell({may_mark: false})")
    expect(page.locator("[data-action=mark]")).to_have_count(0)


def test_the_last_flag_is_reached_after_its_lamp_went_out_for_as_long_as_the_server_says(show: Show) -> None:
    page = show("recent")
    page.click("[data-action=recent]")
    expect(page.locator("[data-lamp=advice]")).to_contain_text("Was dit een vraag?")
    page.click("[data-action=dismiss]")
    expect(page.locator("[data-action=recent]")).to_have_count(0)
    assert asked(page) == [{"command": "DismissFlag", "flag": 3}]
    page = show("recent")
    page.evaluate("tell({clock: {now: 2265, running: false, rate: 1}})")
    expect(page.locator("[data-action=recent]")).to_have_count(0)


def test_the_lamp_is_chosen_at_the_start_and_changed_during_the_meeting(show: Show) -> None:
    page = show("start")
    page.locator("input[name=sensitivity][value=calm]").check(force=True)
    expect(page.locator(".start-form")).to_contain_text("Alleen als het bijna zeker advies is.")
    page.click("[data-action=open-meeting]")
    assert [one["sensitivity"] for one in asked(page) if one["command"] == "OpenMeeting"] == ["calm"]
    page = show("analysis")
    page.click("[data-action=more]")
    page.evaluate("document.querySelector('input[name=sensitivity][value=off]').click()")
    assert asked(page) == [{"command": "ChooseSensitivity", "level": "off"}]


def test_the_lead_reads_what_is_welcome_and_what_is_for_later(show: Show) -> None:
    page = show("analysis")
    expect(page.locator(".hand [data-rule=welcome]")).to_have_text("welkom: open vragen, vertellen")
    expect(page.locator(".hand [data-rule=later]")).to_have_text("straks: advies, eigen ervaring")
    page.click("[data-action=plan]")
    expect(page.locator("dialog [data-rule=welcome]")).to_have_text("welkom: open vragen, vertellen, samenvatten")


def test_the_lamp_goes_out_by_itself(show: Show) -> None:
    page = show("lamp")
    expect(page.locator("[data-lamp]")).to_be_visible()
    page.evaluate("window.tell({clock: {now: 2209, running: false, rate: 1}})")
    expect(page.locator("[data-lamp]")).to_have_count(0)


def test_the_clock_runs_on_between_messages_at_the_rate_of_the_meeting(show: Show) -> None:
    page = show("analysis")
    expect(page.locator(".countdown")).to_have_attribute("data-minutes", "14")
    page.evaluate("window.tell({clock: {now: 2200, running: true, rate: 60}})")
    expect(page.locator(".countdown")).to_have_attribute("data-minutes", "12", timeout=4000)


def test_a_lost_line_is_said_with_its_age_while_the_clock_goes_on(show: Show) -> None:
    page = show("analysis")
    page.evaluate("window.tell({clock: {now: 2200, running: true, rate: 60}})")
    page.evaluate("window.lose()")
    expect(page.locator(".banner")).to_contain_text("Geen verbinding met Kring.")
    expect(page.locator(".countdown")).to_have_attribute("data-minutes", "12", timeout=4000)
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


def test_a_phase_change_is_told_to_the_title_and_to_a_screen_reader(show: Show) -> None:
    page = show("analysis")
    page.evaluate(
        "fetch('samples/taps.json').then(r => r.json()).then(v => window.tell({phase: v.phase, phases: v.phases}))"
    )
    expect(page.locator("#said")).to_have_text("Bewustwording. Wat is je vraag nu?")
    expect(page).to_have_title("Bewustwording · Kring")


def test_a_refused_wish_is_said_in_the_words_of_the_server(show: Show) -> None:
    page = show("analysis")
    page.evaluate("window.answer = {ok: false, refused: 'busy', say: {nl: 'Even geduld.', en: 'One moment.'}}")
    page.click("[data-action=pause]")
    expect(page.locator(".notice")).to_contain_text("Even geduld.")


def test_the_text_of_a_name_is_never_taken_for_markup(show: Show) -> None:
    page = show("analysis")
    page.evaluate(
        "fetch('samples/analysis.json').then(r => r.json()).then(v => {"
        " v.seats[1].name = '<img src=x onerror=window.bad=1>'; window.tell({seats: v.seats}); })"
    )
    expect(page.locator("[data-caption=B] .name")).to_have_text("<img src=x…")
    assert page.evaluate("window.bad") is None


def test_the_last_phase_offers_to_look_together_and_the_way_back(show: Show) -> None:
    page = show("evaluation")
    page.click("[data-action=look]")
    expect(page.locator("[data-summary-seat]")).to_have_count(6)
    letters = page.locator("[data-summary-seat]").evaluate_all("all => all.map(one => one.dataset.summarySeat)")
    assert letters == sorted(letters)
    expect(page.locator("[data-summary-phase]")).to_have_count(6)
    page.click("[data-action=look-back]")
    expect(page.locator(".glance")).to_be_visible()


def test_a_meeting_by_taps_has_a_summary_without_questions(show: Show) -> None:
    page = show("evaluation")
    page.click("[data-action=look]")
    page.evaluate(
        "fetch('samples/evaluation.json').then(r => r.json()).then(v =>"
        " window.tell({summary: {...v.summary, questions_before_advice: null}}))"
    )
    expect(page.locator(".facts .fact")).to_have_count(5)


def test_the_evaluation_shows_questions_and_advice_of_the_group_as_shapes_with_words(show: Show) -> None:
    page = show("evaluation", language="en")
    page.click("[data-action=look]")
    analysis = page.locator("[data-summary-phase=analysis]")
    counted = analysis.locator("[data-kind]").evaluate_all("all => all.map(o => [o.dataset.kind, o.dataset.count])")
    kinds = ["open", "closed", "advice", "experience", "explanation", "reflection"]
    assert [kind for kind, _ in counted] == kinds, "in one order, whatever the counts are"
    assert counted[0] == ["open", "14"]
    label = analysis.locator(".kind-marks").get_attribute("aria-label") or ""
    assert label.startswith("Analysis: 14 open questions, 5 closed or leading questions, 2 pieces of advice")
    expect(analysis).to_contain_text("11 open questions before the first advice.")
    expect(page.locator(".facts")).to_contain_text("times advice came early")
    expect(page.locator(".facts")).to_contain_text("time it was a question after all")
    assert not any(name in page.locator(".kind-marks").all_inner_texts() for name in ("Bram", "Esra"))


def test_counts_that_would_be_one_persons_are_not_on_the_screen(show: Show) -> None:
    page = show("evaluation")
    page.click("[data-action=look]")
    page.evaluate(
        "fetch('samples/evaluation.json').then(r => r.json()).then(v => window.tell({summary: {...v.summary,"
        " few_peers: true, phases: v.summary.phases.map(one => ({...one, kinds: null}))}}))"
    )
    expect(page.locator(".kind-marks")).to_have_count(0)
    expect(page.locator(".facts")).not_to_contain_text("advies te vroeg")


def test_erasing_is_the_first_choice_and_asks_once(show: Show) -> None:
    page = show("closed")
    expect(page.locator(".ending button").first).to_have_attribute("data-action", "erase")
    page.click("[data-action=erase]")
    page.click("[data-action=confirm-erase]")
    assert asked(page) == [{"command": "EraseMeeting"}]


def test_a_wrong_pin_is_said_in_words(show: Show) -> None:
    page = show("pin")
    page.get_by_label("De zes cijfers van de tafel").press_sequentially("000000")
    expect(page.get_by_role("alert")).to_contain_text("Deze cijfers kloppen niet, of niet meer.")
    assert page.evaluate("window.paired") == [{"pin": "000000", "seat": None}]


def test_a_phone_shows_nothing_of_anybody_else(show: Show) -> None:
    page = show("phone_owner", 390, 844)
    expect(page.locator(".ask")).to_contain_text("Jij bent inbrenger")
    assert page.locator("[data-share], [data-lamp], .fill").count() == 0


def test_a_phone_takes_a_seat(show: Show) -> None:
    page = show("phone_choose", 390, 844)
    page.click("[data-choose=D]")
    assert page.evaluate("window.paired") == [{"pin": None, "seat": "D"}]


def test_the_screen_turns_round_and_changes_its_language_alone(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=more]")
    page.locator("input[name=screen-language][value=en]").check(force=True)
    expect(page.locator(".glance")).to_contain_text("Ask questions.")
    page.get_by_role("button", name="Turn the screen round").click()
    assert page.evaluate("document.documentElement.classList.contains('turned')")
    assert asked(page) == []
