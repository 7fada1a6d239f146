// Connection -> state -> picture. The one loop of the page; it decides which page is shown and nothing about the meeting.
import { render } from "lit-html";
import { phaseTimes, meetingNow, nothing } from "./state.js";
import { announce, languageOf, screen, stayAwake, title } from "./screen.js";
import { backCloses } from "./back.js";
import { begun, holdTicks } from "./begun.js";
import { cards } from "./cards.js";
import { eraseDrafts, follow } from "./drafts.js";
import { keepFocus } from "./focus.js";
import { prepare } from "./prepared.js";
import { load, pick, speaker } from "./words.js";
import { expect, room } from "./rooms.js";
import { page, roomOf } from "./views/page.js";
import { release } from "./views/group/held.js";
import { openingOf, withoutGroup } from "./views/group/left.js";
import { openSheets } from "./views/sheet.js";

const REDRAW_MS = 500;
const KNOCK_AGAIN_MS = 1000;
const LINE_TROUBLE = new Set(["no_line", "no_answer"]);
const FRESH = { sheet: null, pin: "", pinRefused: null, busy: false, notice: null, yes: {}, form: null, again: null, lamp: null, handled: null, look: false, naming: null, late: "", scrub: null, evaluation: null, aloud: null, keep: null, refused: false };

/** Runs the page in `mount`; gives what changes the screen's own settings. `connection` and `pairing` are the modules of the same name, or a test's own. */
export async function run({ mount, connection, pairing }) {
  let state = nothing;
  let who = { role: undefined, seat: null };
  let ui = { ...FRESH };
  let wasPhase = null;
  let meetingLanguage = null;
  let opening; // of the group that is open; undefined while nothing was heard
  const here = screen(() => speak().then(draw));
  const line = connection({ changed: heard, refused: askWho });
  const dialogs = () => [...mount.querySelectorAll("dialog")];
  const layersAre = backCloses({ close: closeTopmost });
  await speak();
  draw();
  await enter();
  window.addEventListener("hashchange", enter);
  setInterval(draw, REDRAW_MS);
  return { tune: here.set };

  // --- who is this screen ---
  async function enter() {
    const pin = pairing.pinFromAddress();
    who = await known();
    if (pin && !who.role) await pairWith(pin);
    else if (who.role) line.start();
    draw();
  }

  /** Who the server says this is; where it cannot be reached, it is asked until it can. */
  async function known() {
    for (;;) {
      const found = await pairing.whoami().catch(() => null);
      if (found) return found;
      await new Promise((on) => setTimeout(on, KNOCK_AGAIN_MS));
    }
  }

  async function pairWith(pin, seat = null) {
    set({ busy: true, pinRefused: null });
    const answer = await pairing.pair(pin, seat);
    set({ busy: false, pinRefused: answer.refused ?? null, pin: "" });
    if (!answer.role) return false;
    who = { role: answer.role, seat };
    ui = { ...ui, gone: false };
    line.restart();
    draw();
    return true;
  }

  /** The line was closed from over there: either this screen takes part no longer, or it comes back. */
  async function askWho() {
    const took = who.role;
    who = await known();
    if (who.role === null) {
      state = nothing;
      line.stop?.();
      if (took) ui = { ...FRESH, gone: took };
      release();
    } else line.start();
    draw();
  }

  async function leave() {
    try {
      await pairing.leave();
    } catch {
      return set({ notice: t()("refused.no_line") });
    }
    line.stop?.();
    eraseDrafts();
    prepare("");
    who = { role: undefined, seat: null };
    ui = { ...FRESH, gone: true };
    await askWho();
  }

  // --- what comes in ---
  function heard(next) {
    if (next.view) {
      follow(next.view);
      if (next.view.stage !== state.view?.stage) window.scrollTo(0, 0);
      if (next.view.stage !== state.view?.stage || next.view.meeting !== state.view.meeting) ui = { ...FRESH, notice: ui.notice, form: ui.again };
      if (Boolean(next.view.stopped) !== Boolean(state.view?.stopped)) ui = { ...ui, sheet: null }; // no sheet lies over "stop", nor jumps back after it
    }
    if (next.view) followGroup(next.view);
    // The yeses of other people are no yes of these.
    if (sitting(next) !== sitting(state)) ui = { ...ui, yes: {}, ...begun(sitting(next)) };
    state = next;
    learnLanguage();
  }

  /** Nothing of one group is shown to another, be it that the screen slept while one closed and the other opened. */
  function followGroup(view) {
    const [before, now] = [opening, openingOf(view)];
    if (now === undefined || now === before) return; // not told is not closed
    opening = now;
    if (before === undefined) return;
    ui = withoutGroup(ui, FRESH, { view, t: t() });
    holdTicks(sitting({ view }), { yes: ui.yes, keep: null });
  }

  function sitting({ view }) {
    const people = view?.people?.map(({ letter, name }) => [letter, name]).sort();
    return JSON.stringify([view?.meeting ?? null, view?.stage ?? null, people ?? []]);
  }

  /** Without a meeting the screen goes on in the language of the last one. */
  function learnLanguage() {
    const { view } = state;
    const told = view && (view.method || !meetingLanguage) ? view.language : meetingLanguage;
    if (told === meetingLanguage) draw();
    else {
      meetingLanguage = told;
      speak().then(draw);
    }
  }

  /** Without a line a language cannot be fetched; then the page goes on in the one it has. */
  function speak() {
    return load(language()).catch(() => null);
  }

  // --- what goes out ---
  async function send(name, fields) {
    const answer = await line.command(name, fields);
    const words = (reason) => (t().has(`refused.${reason}`) ? t()(`refused.${reason}`) : t()("refused.other"));
    set({ notice: answer.ok ? null : pick(answer.say, language()) || words(answer.refused), refused: !answer.ok && !LINE_TROUBLE.has(answer.refused) });
    return answer.ok;
  }

  /** The whole answer to a wish that only asks, or null. */
  async function ask(name, fields) {
    const answer = await line.command(name, fields);
    return answer.ok ? answer : null;
  }

  /** What Back takes away: a sheet, as its own cross would, else the page of the group, or the one to look at together. */
  function closeTopmost() {
    const top = dialogs().at(-1);
    if (top) top.dispatchEvent(new Event("cancel", { cancelable: true }));
    else if (ui.groupPage) set({ groupPage: null, groupDone: null });
    else set({ look: false });
  }

  function set(patch) {
    ui = { ...ui, ...patch };
    if ("yes" in patch || "keep" in patch) holdTicks(sitting(state), { yes: ui.yes, keep: ui.keep });
    draw();
  }

  // --- the picture ---
  function language() {
    return languageOf(here.settings, meetingLanguage);
  }

  function t() {
    return speaker(language());
  }

  function draw() {
    const ms = performance.now();
    const { view } = state;
    const now = view ? meetingNow(state, ms) : 0;
    const phase = view ? phaseTimes(state, ms) : null;
    const ageSeconds = Math.round((ms - state.heardMs) / 1000);
    const texts = t();
    const say = (words) => pick(words, texts.language);
    const p = {
      view, who, ui, now, phase, ageSeconds, set, send, ask, say, t: texts, cards: (name) => cards(name, draw),
      room: (name) => room(name, draw), lost: line.lost(), settings: here.settings, tune: here.set, pairWith, leave,
    };
    if (!ready(p)) return;
    document.documentElement.lang = texts.language;
    tell(p);
    keepFocus(mount, () => {
      render(page(p), mount);
      openSheets(mount);
    });
    layersAre(dialogs().length + (ui.look ? 1 : 0) + (ui.groupPage && view?.group ? 1 : 0));
    stayAwake(view?.stage === "running");
  }

  /** What came with the page itself stays until there is something better to show. */
  function ready(p) {
    const name = roomOf(p);
    const there = name !== null && p.room(name) !== null;
    if (there) expect(name);
    if (there && mount.querySelector(":scope > .first")) mount.replaceChildren();
    return there || !mount.querySelector(":scope > .first");
  }

  /** Title of the tab, and a phase change said once. */
  function tell({ view, say, t: texts }) {
    const phase = view?.stage === "running" ? view.phase : null;
    title(phase ? `${say(phase.name)} · Kring` : "Kring");
    if (phase && !texts.has("phase.announced")) return;
    if (phase && phase.id !== wasPhase) announce(texts("phase.announced", { name: say(phase.name), glance: say(phase.glance) }));
    wasPhase = phase?.id ?? null;
  }
}
