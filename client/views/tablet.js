// The tablet on the table while the meeting runs: a layer to glance at and a layer for the hand. The rules are elsewhere.
import { html, nothing } from "lit-html";
import { countdown } from "../marks/countdown.js";
import { planIcon, seatsIcon } from "../marks/icons.js";
import { arriving, ritualAsPrompt } from "./arriving.js";
import { isOff } from "./balance.js";
import { caseLine } from "./cases.js";
import { controls } from "./controls.js";
import { enrolment, nowSay } from "./enrolment.js";
import { evaluates, evaluationPanel } from "./evaluationpanel.js";
import { floorLine, isPictured, isQuiet } from "./floor.js";
import { panel } from "./guide.js";
import { helpButton } from "./help.js";
import { lampPanel, litLamp, noticing } from "./lamp.js";
import { byTaps } from "./microphone.js";
import { moreButton, moreSheets } from "./moretools.js";
import { cardsButton } from "./noted.js";
import { ringNotes, seatsPicture } from "./picture.js";
import { overrunChoices, whoBrings } from "./plan.js";
import { roundStrip } from "./round.js";
import { rulesLine } from "./rules.js";
import { pressSeat } from "./chair.js";
import { place, sentences } from "./sentences.js";
import { stopButton, stopPage } from "./stop.js";
import { name, naming, voicesStrip } from "./voices.js";

/** The running meeting. */
export function tabletPage(p) {
  if (p.view.stopped) return stopPage(p);
  const look = p.ui.look && (p.view.summary || isOff(p.view)) ? p.room("look") : null;
  if (look) return look.lookPage(p);
  const { view, t } = p;
  return html`<main class="tablet ${view.paused ? "is-paused" : ""}" data-phase=${view.phase.id} data-stage="running">
    <header class="where"><p>${place(p)}</p></header>
    ${tools(p)}
    <section class="glance"><h1>${sentences(p.say(view.phase.glance))}</h1></section>
    <section class="hand">${hand(p)}</section>
    ${litLamp(p) || learns(p) ? nothing : noticing(p)}
    <section class="ringside">${table(p)}</section>
    ${controls(p)}
    ${sheets(p)}
  </main>`;
}

function tools(p) {
  const open = (name) => () => p.set({ sheet: name });
  return html`<nav class="tools" aria-label=${p.t("tools")}>
    ${cardsButton(p)}${helpButton(p)}${stopButton(p)}<span class="tools-between"></span>
    <button class="tool" data-action="plan" @click=${open("plan")}>${planIcon()}<span>${p.t("plan")}</span></button>
    <button class="tool" data-action="seats" @click=${open("seats")}>${seatsIcon()}<span>${p.t("seats")}</span></button>
    ${moreButton(p)}
  </nav>`;
}

/** What the hand holds: the question of today, the prompt, how the floor is, then the one thing that matters now; of a lamp that is read about, only that. */
function hand(p) {
  const { ui } = p;
  const lit = litLamp(p);
  return html`${ui.lamp ? nothing : html`${caseLine(p)}<p class="prompt">${ritualAsPrompt(p)}</p>`}
    ${lit ? nothing : html`<div class="floor-row">${floorLine(p)}${overrunChoices(p) ? nothing : arriving(p)}</div>`}${lit || learns(p) ? nothing : rulesLine(p)}${lit ? lampPanel(p) : slot(p)}`;
}

/** Over the time: the choices about it, beside what the whole group still does. Else a panel by what the phase gathers, or sentences to say; and a round whenever one runs. */
function slot(p) {
  const choices = overrunChoices(p);
  if (choices) return html`${choices}${roundStrip(p)}${evaluates(p.view) || learns(p) ? gathering(p, true) : nothing}`;
  const work = gathering(p);
  const said = hint(p, work !== nothing);
  return html`${said}${roundStrip(p)}${work}${work === nothing && !isQuiet(p) ? stems(p, p.view.round ? 0 : said === nothing && !isPictured(p) && !p.view.case?.question ? 3 : 1) : nothing}`;
}

function gathering(p, small = false) {
  if (evaluates(p.view)) return evaluationPanel(p);
  return learns(p) ? enrolment(p, small) : panel(p);
}

/** In the first phase voices are learned, and the hand has that to do. */
const learns = ({ view }) => view.phases[0]?.state === "now" && !byTaps(view.microphone) && !view.summary;

/** At most one hint: who is to speak now, what the server says in its words; and while nothing else is `busy` there, that people tap, what was kept. */
function hint(p, busy) {
  const { view, say, t } = p;
  if (learns(p) || view.summary) return nothing;
  if (nowSay(p)) return html`<p class="hint" data-hint="learning" role="status">${nowSay(p)}</p>`;
  const first = view.hints?.[0];
  if (first?.id === "no_case_owner") return html`<div class="hint" data-hint=${first.id}>${whoBrings(p)}</div>`;
  if (first) return html`<p class="hint" data-hint=${first.id}>${say(first.text)}</p>`;
  if (busy) return nothing;
  if (byTaps(view.microphone) && !view.paused) return html`<p class="hint" data-hint="taps">${t("taps.how")}</p>`;
  if (view.parked > 0) return html`<p class="hint">${t("parked", { n: view.parked })}</p>`;
  return nothing;
}

function stems({ view, t }, most) {
  const sentences = view.phase.stems?.[t.language] ?? view.phase.stems?.en ?? view.phase.stems?.nl ?? [];
  if (!sentences.length || !most) return nothing;
  return html`<div class="stems"><h2>${t("stems")}</h2>${sentences.slice(0, most).map((stem) => html`<p>${t("quoted", { text: stem })}</p>`)}</div>`;
}

function table(p) {
  const { view, t, phase } = p;
  const picture = seatsPicture(p, {
    middle: countdown({ ...phase, paused: view.paused, rest: view.break, t }),
    inviting: naming(p),
    press: (seat) => (naming(p) ? name(p, seat) : pressSeat(p, seat)),
  });
  return html`<div class="ring">${picture}${voiceLine(p)}</div>${ringNotes(p)}${voicesStrip(p)}`;
}

/** Doubt about who speaks is said, not hidden; and that a tapped seat speaks until it is tapped again. */
function voiceLine({ view, t }) {
  return html`<p class="voices">${voiceWords(view.speaking, t)}</p>`;
}

function voiceWords(speaking, t) {
  if (!speaking) return "";
  if (speaking.several) return t("voices.several");
  if (speaking.by === "tap" && speaking.seat) return t("taps.again", { letter: speaking.seat });
  if (speaking.voice) return t("voices.number", { n: speaking.voice });
  if (!speaking.seat) return t("voices.unknown");
  return speaking.settled === false ? t("voices.perhaps", { letter: speaking.seat }) : "";
}

/** What lies over the page; fetched when it is first opened. */
function sheets(p) {
  const more = moreSheets(p);
  return more !== nothing || !p.ui.sheet ? more : (p.room("sheets")?.tabletSheets(p) ?? nothing);
}
