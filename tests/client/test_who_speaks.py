"""Who speaks, on the tablet: doubt is seen, voices get names, and what is wrong is put right with two taps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.client.stage import Show, asked, keep

pytestmark = pytest.mark.browser


def test_this_is_seat_d_speaking_takes_two_taps_while_the_microphone_listens(show: Show) -> None:
    page = show("analysis")
    page.click("[data-seat=D] .badge")
    page.click("[data-action=label]")
    assert asked(page) == [{"command": "LabelTurn", "seat": "D"}]


def test_the_seat_that_is_shown_can_be_confirmed(show: Show) -> None:
    page = show("guess")
    expect(page.locator("[data-seat=E]")).to_have_attribute("aria-label", re.compile("misschien"))
    expect(page.locator(".voices")).to_have_text("misschien E")
    page.click("[data-seat=E] .badge")
    expect(page.locator("[data-action=label]")).to_have_text("Klopt: spreekt nu")
    page.evaluate("tell({speaking: null})")
    expect(page.locator("[data-action=label]")).to_have_text("De laatste beurt was deze stoel")


def test_a_first_guess_glows_less_than_what_is_sure(show: Show) -> None:
    page = show("guess")
    glow = "getComputedStyle(document.querySelector('[data-seat=E] .glow')).opacity"
    guessed = float(page.evaluate(glow))
    page.evaluate(
        "fetch('samples/guess.json').then(r => r.json()).then(v => {"
        " v.seats[4].doubt = false; v.speaking.settled = true; window.tell({seats: v.seats, speaking: v.speaking}); })"
    )
    expect(page.locator(".voices")).to_have_text("")
    assert 0 < guessed < float(page.evaluate(glow))


def test_several_voices_are_seen_in_the_circle_and_said(show: Show) -> None:
    page = show("several")
    expect(page.locator(".several-voices")).to_have_count(1)
    expect(page.locator(".voices")).to_have_text("meerdere stemmen tegelijk")
    letters = page.locator(".seat.among").evaluate_all("all => all.map(one => one.dataset.seat)")
    assert letters == ["B", "E"]


def test_a_voice_gets_its_name_by_a_tap_on_it_and_a_tap_on_a_seat(show: Show) -> None:
    page = show("voices")
    page.click("[data-voice-chip='2']")
    expect(page.locator(".unnamed")).to_contain_text("Tik nu op de stoel van stem 2.")
    page.click("[data-seat=C] .badge")
    assert asked(page) == [{"command": "NameVoice", "voice": 2, "seat": "C"}]
    expect(page.locator("[data-voice-chip='2']")).to_have_attribute("aria-pressed", "false")
    page.click("[data-voice-chip='1']")
    page.click("[data-voice-chip='1']")
    page.click("[data-seat=D] .badge")
    expect(page.locator("dialog[data-sheet=seat]")).to_be_visible()


def test_a_voice_that_was_named_meanwhile_lets_go_of_the_next_tap(show: Show) -> None:
    page = show("voices")
    page.click("[data-voice-chip='2']")
    page.evaluate("tell({voices: []})")
    page.click("[data-seat=C] .badge")
    expect(page.locator("dialog[data-sheet=seat]")).to_be_visible()
    assert asked(page) == []


def test_what_was_put_right_can_be_taken_back_for_a_while(show: Show) -> None:
    page = show("voices")
    expect(page.locator("[data-undo]")).to_contain_text("De afgelopen minuut is nu van Bram.")
    page.click("[data-action=undo]")
    assert asked(page) == [{"command": "UndoCorrection"}]
    page.evaluate("tell({clock: {now: 2221, running: false, rate: 1}})")
    expect(page.locator("[data-undo]")).to_have_count(0)


def test_a_seat_is_exchanged_left_out_and_left_only_after_a_question(show: Show) -> None:
    page = show("analysis")
    for tap in ("[data-seat=D] .badge", "[data-action=exchange]", "[data-exchange=B]"):
        page.click(tap)
    for tap in ("[data-seat=D] .badge", "[data-action=leave-out]", "[data-action=confirm-out]"):
        page.click(tap)
    for tap in ("[data-seat=D] .badge", "[data-action=leaves]", "[data-action=not-yet]"):
        page.click(tap)
    for tap in ("[data-seat=D] .badge", "[data-action=leaves]", "[data-action=confirm-leaves]"):
        page.click(tap)
    assert asked(page) == [
        {"command": "ExchangeSeats", "seat": "D", "other": "B"},
        {"command": "LeaveOut", "seat": "D", "out": True},
        {"command": "LeaveTable", "seat": "D", "left": True},
    ]


def test_who_left_or_is_not_measured_comes_back_in_the_same_place(show: Show) -> None:
    page = show("voices")
    expect(page.locator("[data-caption=E]")).to_contain_text("is weg")
    expect(page.locator("[data-caption=F]")).to_contain_text("niet gemeten")
    page.click("[data-seat=E] .badge")
    page.click("[data-action=leaves]")
    page.click("[data-seat=F] .badge")
    page.click("[data-action=leave-out]")
    page.click("[data-action=confirm-out]")
    assert asked(page) == [
        {"command": "LeaveTable", "seat": "E", "left": False},
        {"command": "LeaveOut", "seat": "F", "out": False},
    ]


def test_a_latecomer_reads_the_agreements_and_chooses(show: Show) -> None:
    page = show("analysis")
    page.click("[data-action=seats]")
    page.click("[data-action=late]")
    expect(page.locator("dialog .agreements li")).to_have_count(5)
    page.get_by_label("Naam van wie erbij komt").fill(" Gijs ")
    page.click("[data-action=late-yes]")
    page.click("[data-action=seats]")
    page.click("[data-action=late]")
    page.click("[data-action=late-unmeasured]")
    assert asked(page) == [
        {"command": "AddSeat", "name": "Gijs", "agreed": True},
        {"command": "AddSeat", "name": "", "agreed": False},
    ]


def test_the_room_check_goes_round_the_seats_and_ends_in_one_advice(show: Show) -> None:
    page = show("checkin")
    page.click("[data-action=check]")
    page.click("[data-action=check-next]")
    assert asked(page) == [{"command": "CheckSeat", "seat": "A"}]
    page.evaluate("tell({check: {asking: 'A', seats: {}, advice: null}})")
    expect(page.locator(".check-say")).to_have_text("Anna, zeg nu één zin.")
    page.evaluate(
        "tell({check: {asking: null, seats: {A: {verdict: 'soft', level: 0.3, clarity: 0.4}}, advice: null}})"
    )
    expect(page.locator("[data-check=A]")).to_contain_text("te zacht")
    expect(page.locator("[data-check=A] .meter").first).to_have_attribute("aria-label", "sterkte 2 van 5")
    expect(page.locator("[data-action=check-next]")).to_have_text("Nu Bram")
    page.evaluate("tell({check: {asking: null, seats: {}, advice: {do: 'closer', seat: 'A'}}})")
    expect(page.locator("[data-advice=closer]")).to_contain_text("Zet de microfoon dichter bij Anna.")
    page.click("[data-action=check-done]")
    expect(page.locator("dialog")).to_have_count(0)


def test_the_room_check_waits_for_an_open_microphone(show: Show) -> None:
    page = show("checkin")
    page.click("[data-action=check]")
    page.evaluate("tell({microphone: {state: 'opening', detail: '', words: null}})")
    expect(page.locator("[data-action=check-next]")).to_have_count(0)
    expect(page.locator("dialog")).to_contain_text("Zet eerst de microfoon aan.")


@pytest.mark.parametrize("trouble", ["clipped", "too_quiet", "hum", "music", "noise", "dead"])
def test_trouble_with_the_sound_is_one_calm_sentence_until_it_is_over(show: Show, trouble: str) -> None:
    page = show("analysis")
    page.evaluate(f"tell({{sound: '{trouble}'}})")
    expect(page.locator(f"[data-sound={trouble}]")).to_contain_text(".")
    page.evaluate("tell({sound: ''})")
    expect(page.locator("[data-sound]")).to_have_count(0)


@pytest.mark.parametrize("gave_up", ["words", "overlap", "names", "sound"])
def test_a_computer_that_is_too_slow_says_what_it_gives_up_after_what_the_room_can_mend(
    show: Show, gave_up: str
) -> None:
    page = show("analysis")
    page.evaluate(f"tell({{strain: '{gave_up}'}})")
    expect(page.locator(f"[data-strain={gave_up}]")).to_contain_text(".")
    page.evaluate("tell({sound: 'hum'})")
    expect(page.locator("[data-sound]")).to_have_count(1)
    expect(page.locator("[data-strain]")).to_have_count(0)
    page.evaluate("tell({sound: '', strain: ''})")
    expect(page.locator("[data-sound], [data-strain]")).to_have_count(0)


def test_who_is_not_measured_has_no_number_in_the_summary(show: Show) -> None:
    page = show("evaluation")
    page.click("[data-action=look]")
    expect(page.locator("[data-summary-seat=A]")).to_contain_text("4 keer „hm”")
    page.evaluate(
        "fetch('samples/evaluation.json').then(r => r.json()).then(v => {"
        " v.summary.seats.B.measured = false; v.summary.seats.B.seconds = 0; window.tell({summary: v.summary}); })"
    )
    expect(page.locator("[data-summary-seat=B]")).to_contain_text("niet gemeten")
    assert not any(digit in page.locator("[data-summary-seat=B]").inner_text() for digit in "0123456789")


CIRCLE = "JSON.stringify(document.querySelector('svg.circle').getBoundingClientRect())"


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_the_circle_stays_where_it_is_when_voices_come_and_corrections_can_be_undone(
    show: Show, size: tuple[int, int]
) -> None:
    page = show("analysis", *size)
    before = page.evaluate(CIRCLE)
    page.evaluate("tell({voices: [{voice: 1, speaking: false}, {voice: 2, speaking: true}]})")
    expect(page.locator("[data-voice-chip]")).to_have_count(2)
    assert page.evaluate(CIRCLE) == before
    page.evaluate("tell({undo: {kind: 'name', seat: 'D', other: null, until: 99999}})")
    page.locator("[data-undo]").wait_for()
    keep(page, f"voices-and-undo-{size[0]}")
    assert page.evaluate(CIRCLE) == before
    page.evaluate("tell({voices: [], undo: {kind: 'exchange', seat: 'D', other: 'B', until: 99999}})")
    page.locator("[data-undo=exchange]").wait_for()
    assert page.evaluate(CIRCLE) == before


@pytest.mark.parametrize("sample", ["checkin", "analysis"])
def test_whose_voice_is_learned_is_asked_for_a_sentence_in_any_phase(show: Show, sample: str) -> None:
    page = show(sample)
    page.evaluate(
        f"fetch('samples/{sample}.json').then(r => r.json()).then(v => {{"
        " v.seats[1].voice = 'learning'; window.tell({seats: v.seats}); })"
    )
    expect(page.locator(".hand")).to_contain_text("Bram, zeg nu je naam en één zin.")


def test_a_voice_that_could_not_be_learned_is_explained_at_its_seat_and_nobody_left_out_is_learned(show: Show) -> None:
    page = show("analysis")
    page.evaluate(
        "fetch('samples/analysis.json').then(r => r.json()).then(v => {"
        " v.seats[3].voice = 'refused'; v.seats[3].reason = 'several_voices'; v.seats[4].voice = 'left_out';"
        " window.tell({seats: v.seats}); })"
    )
    page.click("[data-seat=D] .badge")
    expect(page.locator("[data-refused]")).to_contain_text("er klonken meer stemmen")
    expect(page.locator("[data-action=enrol]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.click("[data-seat=E] .badge")
    expect(page.locator("[data-action=leave-out]")).to_have_text("Weer meten")
    expect(page.locator("[data-action=enrol]")).to_have_count(0)


def test_shared_and_doubtful_time_stands_in_the_summary_beside_silence(show: Show) -> None:
    page = show("evaluation")
    page.click("[data-action=look]")
    page.evaluate(
        "fetch('samples/evaluation.json').then(r => r.json()).then(v => {"
        " v.summary.several = 75; v.summary.unknown = 12; window.tell({summary: v.summary}); })"
    )
    expect(page.locator("[data-nobody=unknown]")).to_contain_text("12 s")
    kinds = page.locator("[data-nobody]").evaluate_all("all => all.map(one => one.dataset.nobody)")
    assert kinds == ["several", "unknown", "silence"]
