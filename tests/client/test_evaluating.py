"""The group evaluates and leaves: what was answered, what is agreed, what goes along on paper, what is kept."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client.stage import Show, asked, keep
from tests.client.test_pages import CONTROLS, serious

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""What is changed of a page (its media, its line, its history) must not stay for the next test."""

LYING, STANDING, PHONE_SIZE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
STEPS = ("look", "answers", "agreements")


def evaluating(show: Show, step: str = "answers", view: str = "evaluating", **more: Any) -> Page:
    page = show(view, **more)
    page.click("[data-action=evaluation]")
    page.click(f"[data-step={step}]")
    page.wait_for_selector(f"[data-evaluation={step}]")
    return page


def looking(show: Show, view: str = "evaluating") -> Page:
    page = show(view)
    page.click("[data-action=look]")
    return page


# --- answers ---


def test_the_hand_tells_how_many_answered_and_opens_the_big_view(show: Show) -> None:
    page = show("evaluating")
    expect(page.locator("[data-evaluation-panel] [data-answered='5']")).to_contain_text("5 van 6")
    page.click("[data-action=evaluation]")
    expect(page.locator("dialog[data-sheet=evaluation]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.action") == "evaluation"


def test_answers_are_a_middle_and_a_half_in_a_picture_and_in_words(show: Show) -> None:
    page = evaluating(show)
    expect(page.locator(".group-results [data-result^=pr]")).to_have_count(6)
    label = page.locator("[data-result=pr2] [role=img]").get_attribute("aria-label") or ""
    assert label.startswith("We onderzochten eerst en adviseerden pas daarna.")
    assert "midden is 3; de helft van de 5 antwoorden ligt tussen 2 en 4" in label


def test_fewer_than_four_answers_show_nothing_and_say_why(show: Show) -> None:
    page = evaluating(show, view="evaluating_few")
    expect(page.locator("[data-few]")).to_contain_text("Vanaf vier antwoorden")
    expect(page.locator("[data-few-pulse]")).to_contain_text("vanaf vier antwoorden")
    expect(page.locator("[data-felt=none]")).to_be_visible()
    expect(page.locator("[data-result], .spread-picture")).to_have_count(0)


def test_safety_stands_apart_and_the_turned_item_is_explained(show: Show) -> None:
    page = evaluating(show)
    pulse = page.locator("[data-pulse]")
    expect(pulse.locator("[data-result^=sp]")).to_have_count(4)
    expect(pulse.locator("[data-result=sp2] [data-reverse]")).to_have_text("Let op: hier is laag juist goed.")
    expect(pulse.locator("[data-reverse]")).to_have_count(1)


def test_without_phones_the_statements_are_read_aloud_one_by_one_and_safety_never_is(show: Show) -> None:
    page = evaluating(show, view="evaluating_few")
    page.click("[data-action=aloud]")
    seen = []
    while page.locator("[data-action=aloud-next]").count():
        seen.append(page.locator("[data-aloud]").get_attribute("data-aloud") or "")
        page.click("[data-action=aloud-next]")
    seen.append(page.locator("[data-aloud]").get_attribute("data-aloud") or "")
    assert [one[:2] for one in seen] == ["pr"] * 6 + ["re"] * 5
    page.click("[data-action=aloud-done]")
    expect(page.locator("[data-few]")).to_be_visible()
    assert asked(page) == []


def test_room_felt_stands_beside_time_measured_without_a_name_or_a_letter(show: Show) -> None:
    page = evaluating(show)
    felt = page.locator("[data-felt=shown]")
    expect(felt.locator("[data-shares]")).to_be_visible()
    expect(felt.locator("li")).to_have_count(3)
    text = felt.inner_text() + str(felt.locator("[role=img]").evaluate_all("all => all.map(one => one.ariaLabel)"))
    assert not any(name in text for name in ("Anna", "Bram", "Chaima", "Dirk", "Esra", "Femke"))


def test_shares_are_even_where_everybody_spoke_alike_and_not_shown_for_three(show: Show) -> None:
    page = show("evaluating")
    found = page.evaluate("""async () => {
      const { sharesOf } = await import('/client/views/results.js');
      const each = (letters, seat) => Object.fromEntries([...letters].map(letter => [letter, seat(letter)]));
      const table = (letters) => ({
        seats: each(letters, () => ({measured: true})),
        phases: [{seats: each(letters, () => ({seconds: 60, expected: 40}))},
                 {seats: each(letters, l => ({seconds: l === 'A' ? 900 : 0, expected: null}))}],
      });
      return [sharesOf(table('ABCD')), sharesOf(table('ABC'))];
    }""")
    assert found == [{"low": 1, "median": 1, "high": 1}, None]


# --- agreements ---


def test_what_is_agreed_is_sent_when_a_field_is_left(show: Show) -> None:
    page = evaluating(show, "agreements")
    page.locator("[data-agree=date]").fill("2027-01-14")
    page.locator("[data-agree=date]").blur()
    page.locator("input[data-agree=different]").fill("Eerst een minuut stil.")
    page.locator("input[data-agree=different]").blur()
    page.locator("[data-agree=look_back]").first.check(force=True)
    page.locator("[data-agree=method]").first.check(force=True)
    note = {"command": "WriteNote", "kind": "agreement"}
    assert asked(page) == [
        note | {"about": "date", "text": "2027-01-14"},
        note | {"about": "different", "text": "Eerst een minuut stil."},
        note | {"about": "look_back", "text": "Wat doe ik als een ouder boos blijft bellen?"},
        note | {"about": "method", "text": "Basisstructuur in vijf fasen"},
    ]


def test_who_leads_next_is_proposed_round_the_table_and_any_may_be_chosen(show: Show) -> None:
    page = evaluating(show, "agreements")
    expect(page.locator("label:has([data-agree=lead]):has-text('aan de beurt')")).to_have_count(1)
    expect(page.locator("label:has([data-agree=lead]):has-text('aan de beurt')")).to_contain_text("Bram")
    page.locator("[data-agree=lead][value=Femke]").check(force=True)
    assert asked(page)[-1]["text"] == "Femke"


def test_another_method_is_written_by_name(show: Show) -> None:
    page = evaluating(show, "agreements")
    page.locator("[data-agree=method][value=other]").check(force=True)
    page.locator("input[type=text][data-agree=method]").fill("Roddelmethode")
    page.keyboard.press("Tab")
    assert asked(page)[-1] == {"command": "WriteNote", "kind": "agreement", "about": "method", "text": "Roddelmethode"}


def test_the_agreements_are_a_list_with_the_date_in_words(show: Show) -> None:
    page = evaluating(show, "agreements")
    expect(page.locator(".agree-list [data-agreed=date] dd")).to_have_text("donderdag 10 december 2026")
    page.evaluate("tell({next_time: {}})")
    expect(page.locator(".agree-list [data-agreed=none]")).to_be_visible()


def test_what_is_typed_survives_a_reload_and_is_gone_once_sent_or_erased(show: Show) -> None:
    page = evaluating(show, "agreements")
    page.locator("input[data-agree=different]").press_sequentially("Stil begin")
    page.evaluate("tell({ritual: 'thanks'})")
    expect(page.locator("input[data-agree=different]")).to_have_value("Stil begin")
    page.reload()
    page.click("[data-action=evaluation]")
    page.click("[data-step=agreements]")
    expect(page.locator("input[data-agree=different]")).to_have_value("Stil begin")
    page.evaluate("tell({meeting: 'another'})")
    page.click("[data-action=evaluation]")
    page.click("[data-step=agreements]")
    expect(page.locator("input[data-agree=different]")).to_have_value("")
    page.evaluate("tell({stage: 'erased'})")
    expect(page.locator("main[data-stage=erased]")).to_be_visible()
    assert page.evaluate("localStorage.getItem('kring.drafts')") is None


def test_a_closing_round_is_chosen_together_and_insights_are_read(show: Show) -> None:
    page = evaluating(show, "agreements")
    page.click("[data-ritual=take_along]")
    assert asked(page) == [{"command": "ChooseRitual", "ritual": "take_along"}]
    expect(page.locator("[data-insight]")).to_have_count(2)
    page.evaluate("tell({notes: [], ritual: 'take_along'})")
    expect(page.locator("[data-insights=none]")).to_be_visible()
    expect(page.locator("[data-ritual=take_along]")).to_have_attribute("aria-pressed", "true")


# --- looking together ---


def test_two_cases_are_kept_apart_and_seats_stand_in_the_order_of_the_table(show: Show) -> None:
    page = looking(show)
    expect(page.locator("[data-case='1'] h3")).to_have_text("Casus 1 · Chaima")
    expect(page.locator("[data-case='2'] h3")).to_have_text("Casus 2 · Esra")
    for number, owner in (("1", "C"), ("2", "E")):
        analysis = page.locator(f"[data-case='{number}'] [data-summary-phase^=analysis]")
        columns = analysis.locator("[data-column]")
        assert columns.evaluate_all("all => all.map(one => one.dataset.column)") == [*"ABCDEF"]
        assert analysis.locator("[data-role=case_owner]").get_attribute("data-column") == owner
        expect(analysis.locator("[data-role=case_owner] .column-asked")).to_have_count(0)
        expect(analysis.locator("[data-role=peer] .column-asked")).to_have_count(4)


def test_one_case_needs_no_heading(show: Show) -> None:
    page = looking(show, "evaluating_few")
    expect(page.locator("[data-case]")).to_have_count(0)
    expect(page.locator("[data-summary-phase]")).to_have_count(6)


def test_silence_that_was_asked_for_is_shown_as_kept(show: Show) -> None:
    page = show("ended")
    expect(page.locator("[data-summary-phase=writing] [data-silence-kept]")).to_contain_text("van de 2 min")
    expect(page.locator("[data-silence-kept]")).to_have_count(1)


def test_the_strip_is_walked_by_keyboard_and_says_the_phase_under_the_thumb(show: Show) -> None:
    page = looking(show)
    thumb = page.locator("[data-scrub]")
    expect(thumb).to_have_attribute("aria-valuetext", "Aankomen en terugblik, na 0 min")
    thumb.focus()
    page.keyboard.press("End")
    expect(thumb).to_have_attribute("aria-valuetext", re.compile("^Evaluatie, na 9"))
    expect(page.locator(".flow-under")).to_contain_text("Evaluatie")
    expect(page.locator(".summary .flow-at")).to_have_count(1)


def test_how_it_is_computed_stands_beside_it(show: Show) -> None:
    page = looking(show)
    page.locator("[data-computed] summary").click()
    expect(page.locator("[data-computed] li").first).to_contain_text("Een beurt begint")
    assert page.locator("[data-computed] li").count() >= 6


# --- paper and files ---


REACHES = """() => { const paper = document.querySelector('.paper');
  return [paper, paper.lastElementChild].map(one => one.getBoundingClientRect().bottom); }"""


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_the_sheet_of_paper_is_one_page_with_everything_on_it(show: Show, language: str) -> None:
    page = show("ended", language=language, theme="dark")
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1024})
    keep(page, f"paper-{language}")
    paper, last = page.evaluate(REACHES)
    assert last <= paper
    shown = page.locator("main > *:visible")
    expect(shown).to_have_count(1)
    expect(page.locator(".paper-phase")).to_have_count(10)
    expect(page.locator(".paper-seats li")).to_have_count(8)
    expect(page.locator(".paper .agreed > div")).to_have_count(6)
    page.emulate_media(media="screen")


def test_a_meeting_of_eight_cases_stays_on_one_sheet(show: Show) -> None:
    page = show("ended", language="de")
    page.evaluate("""fetch('samples/ended.json').then(r => r.json()).then(({summary: s}) => {
      const [first, last] = [s.phases.slice(0, 2), s.phases.at(-1)];
      const about = [...'ABCDEFGH'].flatMap((_, n) => s.phases.slice(2, 6).map(
        (phase) => ({...phase, id: `${phase.id}~${n + 1}`, case: n + 1})));
      const cases = [...'ABCDEFGH'].map((owner, n) => ({number: n + 1, owner}));
      window.tell({summary: {...s, phases: [...first, ...about, last], cases}}); })""")
    expect(page.locator(".paper-phase")).to_have_count(35)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1024})
    keep(page, "paper-many")
    paper, last = page.evaluate(REACHES)
    assert last <= paper
    page.emulate_media(media="screen")


def test_no_answer_no_insight_and_no_intention_is_on_paper(show: Show) -> None:
    page = looking(show)
    text = page.locator(".paper").text_content() or ""
    assert "Bibliotheek" in text
    assert not any(word in text for word in ("sneller dan ik denk", "Joost", "veilig"))


def test_printing_asks_the_browser(show: Show) -> None:
    page = show("ended")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("[data-action=print]")
    assert page.evaluate("window.printed")


def test_the_numbers_are_taken_as_a_table_in_which_no_name_is_a_formula(show: Show) -> None:
    page = show("ended", language="de")
    page.evaluate("""fetch('samples/ended.json').then(r => r.json()).then(v => {
      v.summary.seats.B.name = '=SUM(A1)'; v.summary.seats.C.name = 'Wim "de" Vries, jr';
      window.tell({summary: v.summary}); })""")
    expect(page.locator("[data-summary-seat=C]")).to_contain_text("Wim")
    with page.expect_download() as taken:
        page.click("[data-action=save-csv]")
    assert taken.value.suggested_filename.endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    assert taken.value.path().read_bytes().startswith(b"\xef\xbb\xbf"), "so that a table program reads the names right"
    assert {row["person"] for row in rows if row["seat"] == "B"} == {"'=SUM(A1)"}
    assert {row["person"] for row in rows if row["seat"] == "C"} == {'Wim "de" Vries, jr'}
    assert len(rows) == 11 * 11
    assert all(re.fullmatch(r"\d+(\.\d+)?", row["seconds"]) for row in rows)
    assert {row["case"] for row in rows if row["phase"] == "analysis~2"} == {"2"}


@pytest.mark.parametrize("begin", "=+-@")
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(show: Show, begin: str) -> None:
    page = show("ended")
    table: str = page.evaluate(
        """async (begin) => {
          const seat = {name: begin + '1', role: 'peer', seconds: 1.5, share: 1, turns: 2, measured: false};
          const whole = {planned: 1, silence: 0, several: 0, unknown: 0, phases: [], seats: {A: seat}};
          return (await import('/client/exports.js')).toCsv(whole, (text) => text);
        }""",
        begin,
    )
    row = next(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert (row["person"], row["seconds"]) == (f"'{begin}1", ""), "who is not measured has no number"


def test_the_numbers_are_taken_whole_as_json(show: Show) -> None:
    page = show("ended")
    with page.expect_download() as taken:
        page.click("[data-action=save-json]")
    told = json.loads(taken.value.path().read_text(encoding="utf-8"))
    assert told == page.evaluate("fetch('samples/ended.json').then(r => r.json()).then(v => v.summary)")


def test_with_one_peer_no_count_that_would_be_that_persons_leaves_the_screen(show: Show) -> None:
    page = show("ended")
    told = json.loads(
        page.evaluate("""async () => {
          const { summary } = await (await fetch('samples/ended.json')).json();
          return (await import('/client/exports.js')).toJson({...summary, few_peers: true});
        }""")
    )
    assert not {"flags", "acts", "kinds"} & {key for part in (told, *told["phases"]) for key in part}
    assert told["seats"]["B"]["seconds"] > 0


# --- the end ---


def test_erasing_is_first_and_biggest_and_what_is_kept_is_ticked_one_by_one(show: Show) -> None:
    page = show("ended")
    erase, kept = (page.locator(f"[data-action={name}]").bounding_box() for name in ("erase", "keep"))
    assert erase
    assert kept
    assert erase["width"] * erase["height"] > kept["width"] * kept["height"]
    expect(page.locator("[data-keep]:checked")).to_have_count(0)
    page.locator("[data-keep=agreements]").check(force=True)
    page.locator("[data-keep=question]").check(force=True)
    page.locator("[data-keep=question]").uncheck(force=True)
    page.click("[data-action=keep]")
    assert asked(page) == [{"command": "KeepMeeting", "items": ["agreements"], "days": 123}]


def test_only_what_there_is_can_be_kept(show: Show) -> None:
    page = show("ended")
    page.evaluate("tell({next_time: {}, case: null})")
    expect(page.locator("[data-keep]")).to_have_count(0)
    expect(page.locator(".ending-keep")).to_contain_text("Na vier maanden")
    page.locator('input[name="days"][value="31"]').check(force=True)
    expect(page.locator(".ending-keep")).to_contain_text("Na een maand")
    page.click("[data-action=keep]")
    assert asked(page) == [{"command": "KeepMeeting", "items": [], "days": 31}]


def test_who_does_not_choose_is_told_when_it_is_erased(show: Show) -> None:
    page = show("ended")
    expect(page.locator("[data-erases-in]")).to_have_count(0)
    page.evaluate("tell({erases_in: 1})")
    expect(page.locator("[data-erases-in]")).to_have_text("Kiest niemand, dan wist Kring alles over 1 minuut.")


# --- every screen ---


STICKING_OUT = """() => { const box = document.querySelector('dialog') ?? document.documentElement;
  return box.scrollWidth - box.clientWidth; }"""


def fits(page: Page, size: tuple[int, int], name: str) -> None:
    keep(page, name)
    least = 44 if size[0] < 600 else 56
    assert page.evaluate(STICKING_OUT) <= 0
    small = [one for one in page.evaluate(CONTROLS) if 0 < min(one["width"], one["height"]) < least - 0.5]
    assert small == []
    assert serious(page) == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [(LYING, "light", "nl"), (STANDING, "dark", "de"), (PHONE_SIZE, "dark", "en"), (SMALLEST, "light", "de")],
)
def test_each_step_fits_its_screen_its_fingers_and_its_readers(
    show: Show, step: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = evaluating(show, step, width=size[0], height=size[1], theme=theme, language=language)
    fits(page, size, f"evaluating-{step}-{size[0]}-{theme}-{language}")


@pytest.mark.parametrize("view", ["ended", "evaluating_few"])
@pytest.mark.parametrize(("size", "theme"), [(LYING, "dark"), (STANDING, "light"), (SMALLEST, "dark")])
def test_the_end_and_the_beginning_of_it_fit_too(show: Show, view: str, size: tuple[int, int], theme: str) -> None:
    page = show(view, *size, theme=theme)
    if view == "evaluating_few":
        page.click("[data-action=evaluation]")
        page.click("[data-action=aloud]")
    fits(page, size, f"{view}-{size[0]}-{theme}")


def test_answers_lie_face_down_until_the_group_turns_them_over(show: Show) -> None:
    page = evaluating(show)
    page.evaluate(
        "tell({evaluation: {shown: false, answered: 5, of: 6, results: {}, pulse: {answered: 4, results: {}}}})"
    )
    expect(page.locator("[data-answers=waiting]")).to_contain_text("5 van 6")
    assert not page.locator("[data-result], [data-pulse]").count()
    page.click("[data-action=show-answers]")
    assert asked(page) == [{"command": "ShowAnswers"}]
    keep(page, "evaluating-face-down-1280-light")


def test_with_nobodys_answer_there_is_nothing_to_turn_over(show: Show) -> None:
    page = evaluating(show)
    page.evaluate(
        "tell({evaluation: {shown: false, answered: 0, of: 6, results: {}, pulse: {answered: 0, results: {}}}})"
    )
    expect(page.locator("[data-action=show-answers]")).to_be_disabled()
