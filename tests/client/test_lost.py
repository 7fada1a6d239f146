"""A lost line, a device that slept, a wrong clock on the wall: what is shown stays honest and comes back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.client.phone_moments import NOW, phone, tell
from tests.client.stage import Show, asked, keep

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""What is changed of a page (its media, its line, its history) must not stay for the next test."""

IO = """
// A socket of the tests: it is told what happens and keeps what was asked.
const heard = {}, of = {};
const call = (map, name, args) => (map[name] ?? []).forEach((one) => one(...args));
const on = (map) => (name, one) => (map[name] ??= []).push(one);
const socket = { connected: false, active: true, on: on(heard), asked: [], silent: false, opened: 0,
  io: { on: on(of), engine: { close: () => window.net.drop('transport close') } },
  connect() { socket.opened += 1; }, disconnect() { socket.connected = false; },
  timeout: (ms) => ({ emit: (name, ...rest) => { const answer = rest.pop(); socket.asked.push(name);
      if (socket.silent) setTimeout(() => answer(new Error('no answer')), ms); else answer(null, { ok: true }); },
    emitWithAck: async (name, command) => { socket.asked.push(command.command); return { ok: true }; } }) };
window.net = { socket, ping: () => call(of, 'ping', []),
  on: () => { socket.connected = true; call(heard, 'connect', []); },
  drop: (reason) => { socket.connected = false; call(heard, 'disconnect', [reason]); },
  tell: (name, message) => call(heard, name, [message]) };
export const io = () => socket;
"""
START = """async () => {
  const { connection } = await import('/client/connection.js');
  const { meetingNow } = await import('/client/state.js');
  window.states = [];
  window.refusals = 0;
  window.line = connection({ changed: (state) => states.push(state), refused: () => (refusals += 1) });
  window.clock = () => meetingNow(states.at(-1), performance.now());
  line.start();
}"""
VIEW = {"stage": "running", "clock": {"now": 100.0, "running": True, "rate": 1.0}, "paused": False, "phase": None}
SINCE = "net.socket.asked.filter(one => one === 'since').length"

Line = Callable[..., Page]


@pytest.fixture
def line(browser: Browser, address: str) -> Iterator[Line]:
    """The real connection over a socket of the tests, connected, with one picture."""
    context = browser.new_context()

    def opened(before: str = "") -> Page:
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.route("**/socket.io.esm.min.js", lambda route: route.fulfill(body=IO, content_type="text/javascript"))
        page.goto(f"{address}/tests/client/harness.html?view=pin")
        page.wait_for_selector("html[data-ready=yes]")
        page.evaluate(START)
        page.evaluate("view => { net.on(); net.tell('snapshot', { seq: 5, view }); }", VIEW)
        return page

    yield opened
    context.close()


def since(page: Page) -> int:
    found: int = page.evaluate(SINCE)
    return found


# --- asked anew ---


@pytest.mark.parametrize(
    "coming", ["document.dispatchEvent(new Event('visibilitychange'))", "window.dispatchEvent(new Event('online'))"]
)
def test_a_screen_that_is_looked_at_again_asks_at_once(line: Line, coming: str) -> None:
    page = line()
    before = since(page)
    page.evaluate(coming)
    assert since(page) == before + 1


def test_out_of_the_memory_of_the_browser_it_asks_too_and_connects_where_the_line_is_gone(line: Line) -> None:
    page = line()
    before = since(page)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert since(page) == before + 1
    page.evaluate("net.drop('transport close')")
    opened = page.evaluate("net.socket.opened")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.evaluate("net.socket.opened") == opened + 1
    page.evaluate("net.on()")
    assert since(page) == before + 2, "and again once it is connected"


def test_a_device_that_slept_asks_as_soon_as_it_wakes(line: Line) -> None:
    page = line("""
      const steady = performance.now.bind(performance); window.slept = 0;
      performance.now = () => steady() + window.slept;""")
    page.wait_for_timeout(1500)
    before = since(page)
    page.evaluate("slept = 2000")
    page.wait_for_timeout(1300)
    assert since(page) == before, "a busy moment is no sleep"
    page.evaluate("slept = 2000 + 60000")
    page.wait_for_function(f"() => {SINCE} === {before + 1}", timeout=2000)


def test_a_device_whose_steady_clock_stood_still_in_its_sleep_is_found_out(line: Line) -> None:
    page = line("const real = Date.now; window.shift = 0; Date.now = () => real() + window.shift;")
    before = since(page)
    page.evaluate("shift = 900000; window.dispatchEvent(new Event('focus'))")
    assert since(page) == before + 1


def test_a_stranger_at_the_door_asks_nothing(line: Line) -> None:
    page = line()
    page.evaluate("line.stop()")
    before = (since(page), page.evaluate("net.socket.opened"))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert (since(page), page.evaluate("net.socket.opened")) == before


def test_a_line_that_only_seems_to_be_there_is_made_anew(line: Line) -> None:
    page = line()
    page.evaluate("net.socket.silent = true; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => line.lost()", timeout=4500)


def test_many_missed_events_ask_once(line: Line) -> None:
    page = line()
    before = since(page)
    page.evaluate(
        """net.socket.silent = true;
        for (let n = 0; n < 9; n += 1) net.tell('event', {seq: 20 + n, after: 19 + n, changes: {}})"""
    )
    assert since(page) == before + 1


# --- age and clock ---


def test_the_age_counts_from_the_last_sign_of_life(line: Line) -> None:
    page = line()
    age = "(performance.now() - states.at(-1).heardMs) / 1000"
    page.wait_for_timeout(1200)
    assert page.evaluate(age) > 1.1, "nothing changed for a while"
    page.evaluate("net.drop('transport close')")
    assert page.evaluate(age) < 0.2, "until now it was right all the same"
    page.evaluate("net.on(); net.ping()")
    page.wait_for_timeout(1200)
    page.evaluate("net.drop('ping timeout')")
    assert page.evaluate(age) > 1.1, "the last that came was a while ago"


def test_the_clock_runs_on_without_a_line_and_takes_the_servers_word_again(line: Line) -> None:
    page = line()
    page.evaluate("net.drop('transport close'); window.left = clock()")
    page.wait_for_timeout(1500)
    assert page.evaluate("clock() - left") == pytest.approx(1.5, abs=0.3)
    told = page.evaluate("clock()")
    page.evaluate(
        "([view, now]) => { net.on(); net.tell('snapshot', {seq: 9, view: {...view, clock: {...view.clock, now}}}) }",
        [VIEW, told],
    )
    assert page.evaluate("clock()") >= told - 0.01


@pytest.mark.parametrize("hours", [-7, 7, 24 * 400])
def test_a_wrong_clock_on_the_wall_changes_nothing(line: Line, hours: int) -> None:
    page = line(f"const real = Date.now; Date.now = () => real() + {hours} * 3600e3;")
    first = page.evaluate("clock()")
    page.wait_for_timeout(1200)
    assert page.evaluate("clock()") - first == pytest.approx(1.2, abs=0.3)
    assert page.evaluate("(performance.now() - states.at(-1).heardMs) / 1000") < 3
    assert page.evaluate("refusals") == 0


def test_a_whole_page_with_a_wrong_clock_counts_on_and_keeps_drafts(show: Show) -> None:
    page = phone(show, "questions")
    page.evaluate("const real = Date.now; Date.now = () => real() - 9 * 3600e3;")
    tell(page, {"clock": {"now": 0.0, "running": True, "rate": 60.0}, "phase": NOW["phase"] | {"left": 600.0}})
    page.fill('[data-field="questions.text"]', "Wat maakte het lastig?")
    page.wait_for_function("() => document.querySelector('.countdown').dataset.minutes === '8'", timeout=4000)
    tell(page, {"paused": False})
    expect(page.locator('[data-field="questions.text"]')).to_have_value("Wat maakte het lastig?")


# --- what is shown ---


def test_the_age_of_the_picture_grows_and_is_said_once(show: Show) -> None:
    page = show("analysis")
    page.evaluate("lose()")
    banner = page.locator(".banner")
    expect(banner).to_contain_text("Geen verbinding met Kring.")
    expect(banner).to_contain_text("2 seconden oud", timeout=4000)
    expect(banner).to_contain_text("3 seconden oud", timeout=4000)
    spoken = page.locator("[role=status]").all_inner_texts()
    assert not any("oud" in text for text in spoken), "seconds are not read aloud"
    keep(page, "lost-tablet")


def test_a_wish_without_a_line_is_refused_in_words(show: Show) -> None:
    page = show("analysis")
    page.evaluate("lose(); window.answer = {ok: false, refused: 'no_line'}")
    page.click("[data-action=next]")
    page.click("[data-action=confirm-next]")
    expect(page.locator(".notice")).to_contain_text("Er is even geen verbinding")


AWAKE = """
  window.locks = [];
  const one = () => { const lock = { released: false, release: async () => { lock.released = true; } };
    locks.push(lock); return lock; };
  Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
    await new Promise(on => setTimeout(on, 30));
    if (window.refuse) { window.refused = (window.refused ?? 0) + 1; throw new DOMException('no', 'NotAllowedError'); }
    return one(); } } });
"""


def awake(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.add_init_script(AWAKE)
    page.goto(f"{address}/tests/client/harness.html?view=analysis")
    page.wait_for_selector("html[data-ready=yes]")
    return page


def test_the_screen_is_kept_awake_again_after_it_was_looked_away_from(browser: Browser, address: str) -> None:
    page = awake(browser, address)
    page.wait_for_function("() => locks.length === 1")
    page.evaluate("for (let n = 0; n < 5; n += 1) tell({})")
    page.wait_for_timeout(700)
    assert page.evaluate("locks.length") == 1, "one lock, however often the page is drawn"
    page.evaluate("locks[0].released = true; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => locks.length === 2", timeout=1500)
    tell(page, {"stage": "closed", "summary": None})
    page.wait_for_function("() => locks.every(one => one.released)")
    page.close()


def test_a_device_that_saves_its_battery_is_not_asked_twice_a_second(browser: Browser, address: str) -> None:
    page = awake(browser, address)
    page.wait_for_function("() => locks.length === 1")
    page.evaluate("refuse = true; locks[0].released = true; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1800)
    assert page.evaluate("refused") == 1
    page.evaluate("refuse = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => locks.length === 2", timeout=1500)
    page.close()


# --- out of the meeting ---


def test_a_screen_whose_token_was_given_back_says_so_and_how_to_come_back(show: Show) -> None:
    page = phone(show, "questions")
    page.fill('[data-field="questions.text"]', "Wat maakte het lastig?")
    page.evaluate("window.forgotten = true; window.shut()")
    expect(page.locator("h1")).to_have_text("Dit scherm doet niet meer mee")
    expect(page.locator("[data-gone]")).to_contain_text("scan de QR-code")
    expect(page.locator("#pin")).to_be_visible()
    keep(page, "lost-gone")
    assert "Wat maakte het lastig?" in page.evaluate("localStorage.getItem('kring.drafts')"), "for who comes back"
    page.fill("#pin", "111111")
    expect(page.locator(".wrong")).to_be_visible()


def test_a_line_closed_by_a_server_that_still_knows_us_is_opened_again(show: Show) -> None:
    page = phone(show, "questions")
    started: Any = page.evaluate("window.started")
    page.evaluate("window.shut()")
    page.wait_for_function(f"() => window.started === {started} + 1")
    expect(page.locator("[data-task=questions]")).to_be_visible()


def test_while_the_server_is_away_it_is_asked_until_it_answers(show: Show) -> None:
    page = phone(show, "questions")
    started = page.evaluate("window.started")
    page.evaluate("window.unreachable = true; window.shut()")
    page.wait_for_timeout(1500)
    expect(page.locator("[data-task=questions]")).to_be_visible()
    assert page.evaluate("window.started") == started
    page.evaluate("window.unreachable = false")
    page.wait_for_function(f"() => window.started === {started} + 1", timeout=2500)
    assert asked(page) == []
