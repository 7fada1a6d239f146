// The tablet on the table while the meeting runs: a layer to glance at and a layer for the hand. The rules are elsewhere.
import { html, nothing } from "lit-html";
import { circle } from "../marks/circle.js";
import { countdown } from "../marks/countdown.js";
import { eyeIcon, planIcon, seatsIcon } from "../marks/icons.js";
import { controls } from "./controls.js";
import { enrolment, nowSay } from "./enrolment.js";
import { lampPanel, litLamp, noticing } from "./lamp.js";
import { byTaps } from "./microphone.js";
import { endQuestion, moreButton, moreSheet } from "./more.js";
import { nextQuestion, planSheet } from "./plan.js";
import { checkSheet } from "./roomcheck.js";
import { rulesLine } from "./rules.js";
import { exchangeSheet, lateSheet, leavesQuestion, outQuestion } from "./seating.js";
import { pressSeat, seatSheet, seatsSheet } from "./seats.js";
import { lookPage } from "./summary.js";
import { name, naming, voicesStrip } from "./voices.js";

/** The running meeting. */
export function tabletPage(p) {
  if (p.ui.look && p.view.summary) return lookPage(p);
  const { view, t } = p;
  return html`<main class="tablet ${view.paused ? "is-paused" : ""}" data-phase=${view.phase.id} data-stage="running">
    <header class="where"><p>${place(p)}</p>${view.rehearsal ? html`<p class="rehearsal">${t("rehearsal")}</p>` : nothing}</header>
    ${tools(p)}
    <section class="glance"><h1>${sentences(p.say(view.phase.glance))}</h1></section>
    <section class="hand">${hand(p)}</section>
    ${litLamp(p) || learns(p) ? nothing : noticing(p)}
    <section class="ringside">${table(p)}</section>
    ${controls(p)}
    ${sheets(p)}
  </main>`;
}

/** Each sentence on a line of its own, so that it is read in one look. */
export function sentences(text) {
  return text.split(/(?<=[.?!])\s+/).map((sentence) => html`<span class="sentence">${sentence}</span> `);
}

/** "Phase 3 of 6 · Analysis": the place in the plan, counted from one. */
export function place({ view, t, say }) {
  const at = view.phases.findIndex((phase) => phase.state === "now");
  return t("phase.place", { n: at + 1, of: view.phases.length, name: say(view.phase.name) });
}

function tools(p) {
  const open = (name) => () => p.set({ sheet: name });
  return html`<nav class="tools" aria-label=${p.t("tools")}>
    <button class="tool" data-action="plan" @click=${open("plan")}>${planIcon()}<span>${p.t("plan")}</span></button>
    <button class="tool" data-action="seats" @click=${open("seats")}>${seatsIcon()}<span>${p.t("seats")}</span></button>
    ${moreButton(p)}
  </nav>`;
}

/** What the hand holds: prompt, then the one thing that matters now; of a lamp that is read about, only that. */
function hand(p) {
  const { view, say } = p;
  return html`${p.ui.lamp ? nothing : html`<p class="prompt">${say(view.phase.prompt)}</p>`}${litLamp(p) || learns(p) ? nothing : rulesLine(p)}${slot(p)}`;
}

function slot(p) {
  const { view, t, set } = p;
  if (litLamp(p)) return lampPanel(p);
  if (view.summary) {
    return html`<button class="look" data-action="look" @click=${() => set({ look: true })}>${eyeIcon()}<span><b>${t("look.button")}</b><i>${t("look.more")}</i></span></button>`;
  }
  if (learns(p)) return enrolment(p);
  const said = hint(p);
  return html`${said}${stems(p, said === nothing ? 3 : 1)}`;
}

/** In the first phase voices are learned, and the hand has that to do. */
const learns = ({ view }) => view.phases[0]?.state === "now" && !byTaps(view.microphone) && !view.summary;

/** At most one hint: who is to speak now, what the server says in its words, that people tap, what was kept. */
function hint(p) {
  const { view, say, t } = p;
  if (nowSay(p)) return html`<p class="hint" data-hint="learning" role="status">${nowSay(p)}</p>`;
  const first = view.hints?.[0];
  if (first) return html`<p class="hint" data-hint=${first.id}>${say(first.text)}</p>`;
  if (byTaps(view.microphone) && !view.paused) return html`<p class="hint" data-hint="taps">${t("taps.how")}</p>`;
  if (view.parked > 0) return html`<p class="hint">${t("parked", { n: view.parked })}</p>`;
  return nothing;
}

function stems({ view, t }, most) {
  const sentences = view.phase.stems?.[t.language] ?? view.phase.stems?.en ?? view.phase.stems?.nl ?? [];
  if (!sentences.length) return nothing;
  return html`<div class="stems"><h2>${t("stems")}</h2>${sentences.slice(0, most).map((stem) => html`<p>${t("quoted", { text: stem })}</p>`)}</div>`;
}

function table(p) {
  const { view, t, phase } = p;
  return html`<div class="ring">${circle({
    seats: view.seats,
    label: t("circle.label"),
    middle: countdown({ ...phase, paused: view.paused, t }),
    several: Boolean(view.speaking?.several),
    inviting: naming(p),
    press: (seat) => (naming(p) ? name(p, seat) : pressSeat(p, seat)),
    describe: (seat) => describe(seat, t),
    roleWord: (seat) => roleWord(seat, t),
  })}${voiceLine(p)}</div>${voicesStrip(p)}`;
}

/** Under a name: an empty or unmeasured chair is said before a role. */
function roleWord({ role, voice }, t) {
  if (voice === "left" || voice === "left_out") return t(`voice.${voice}`);
  return role === "peer" ? "" : t(`role.${role}`);
}

function describe(seat, t) {
  const words = [t("seat", { letter: seat.letter })];
  if (seat.name && seat.name !== seat.letter) words.push(seat.name);
  if (seat.role !== "peer") words.push(t(`role.${seat.role}`));
  if (seat.voice === "left" || seat.voice === "left_out") words.push(t(`voice.${seat.voice}`));
  if (seat.speaking) words.push(seat.doubt ? t("speaks.perhaps") : t("speaks"));
  if (seat.among) words.push(t("speaks.among"));
  if (seat.fill != null) words.push(t("fill.spoken", { n: Math.round(seat.fill * 10) * 10 }));
  return words.join(", ");
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

function sheets(p) {
  const { sheet } = p.ui;
  if (sheet === "plan") return planSheet(p);
  if (sheet === "seats") return seatsSheet(p);
  if (sheet === "more") return moreSheet(p);
  if (sheet === "next" || sheet?.phase) return nextQuestion(p);
  if (sheet === "end") return endQuestion(p);
  if (sheet === "check") return checkSheet(p);
  if (sheet === "late") return lateSheet(p);
  if (sheet?.exchange) return exchangeSheet(p);
  if (sheet?.leaves) return leavesQuestion(p);
  if (sheet?.out) return outQuestion(p);
  if (sheet?.seat) return seatSheet(p);
  return nothing;
}

