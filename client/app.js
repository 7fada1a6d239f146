// Connection -> state -> picture. The one loop of the page; it decides which page is shown and nothing about the meeting.
import { render } from "lit-html";
import { phaseTimes, meetingNow, nothing } from "./state.js";
import { announce, languageOf, screen, stayAwake, title } from "./screen.js";
import { cards } from "./cards.js";
import { eraseDrafts, follow } from "./drafts.js";
import { load, pick, speaker } from "./words.js";
import { page } from "./views/page.js";
import { openSheets } from "./views/sheet.js";

const REDRAW_MS = 500;
const FRESH = { sheet: null, pin: "", pinRefused: null, busy: false, notice: null, yes: {}, form: null, again: null, lamp: null, handled: null, look: false, naming: null, late: "", scrub: null, evaluation: null, aloud: null, keep: null };

/** Runs the page in `mount`. `connection` and `pairing` are the modules of the same name, or a test's own. */
export async function run({ mount, connection, pairing }) {
  let state = nothing;
  let who = { role: undefined, seat: null };
  let ui = { ...FRESH };
  let wasPhase = null;
  let meetingLanguage = null;
  const here = screen(() => speak().then(draw));
  const line = connection({ changed: heard, refused: askWho });
  await speak();
  draw();
  await enter();
  window.addEventListener("hashchange", enter);
  setInterval(draw, REDRAW_MS);

  // --- who is this screen ---
  async function enter() {
    const pin = pairing.pinFromAddress();
    who = await pairing.whoami().catch(() => ({ role: null, seat: null }));
    if (pin && !who.role) await pairWith(pin);
    else if (who.role) line.start();
    draw();
  }

  async function pairWith(pin, seat = null) {
    set({ busy: true, pinRefused: null });
    const answer = await pairing.pair(pin, seat);
    set({ busy: false, pinRefused: answer.refused ?? null, pin: "" });
    if (!answer.role) return false;
    who = { role: answer.role, seat };
    line.restart();
    draw();
    return true;
  }

  async function askWho() {
    who = await pairing.whoami().catch(() => who);
    if (who.role === null) state = nothing;
    draw();
  }

  async function leave() {
    await pairing.leave();
    line.stop?.();
    eraseDrafts();
    ui = { ...FRESH };
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
    // The yeses of other people are no yes of these.
    if (sitting(next) !== sitting(state)) ui = { ...ui, yes: {} };
    state = next;
    learnLanguage();
  }

  function sitting({ view }) {
    return JSON.stringify(view?.people?.map(({ letter, name }) => [letter, name]));
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

  function speak() {
    return load(language());
  }

  // --- what goes out ---
  async function send(name, fields) {
    const answer = await line.command(name, fields);
    const words = (reason) => (t().has(`refused.${reason}`) ? t()(`refused.${reason}`) : t()("refused.other"));
    set({ notice: answer.ok ? null : pick(answer.say, language()) || words(answer.refused) });
    return answer.ok;
  }

  /** The whole answer to a wish that only asks, or null. */
  async function ask(name, fields) {
    const answer = await line.command(name, fields);
    return answer.ok ? answer : null;
  }

  function set(patch) {
    ui = { ...ui, ...patch };
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
      lost: line.lost(), settings: here.settings, tune: here.set, pairWith, leave, rememberedPin: pairing.rememberedPin,
    };
    document.documentElement.lang = texts.language;
    tell(p);
    render(page(p), mount);
    openSheets(mount);
    stayAwake(view?.stage === "running");
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
