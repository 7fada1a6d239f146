// The group looks at its speaking time together: per phase, the whole, the questions, the flow, three prompts. In the order in which people sat; nobody is ranked.
import { html, nothing, svg } from "lit-html";
import { columns } from "../marks/asked.js";
import { bar, parts, ring } from "../marks/balance.js";
import { flow, span, stopAt, under } from "../marks/flow.js";
import { heardKinds, kindMarks, KINDS, shape } from "../marks/kinds.js";
import { short } from "../marks/circle.js";
import { roundMinutes } from "../words.js";
import { anythingHeard, byTurns, inOrder, inWords, spoken, told } from "./around.js";
import { balanceOff, balanceQuestion } from "./balance.js";
import { computed, flowWords } from "./computed.js";
import { evaluationSheet } from "./evaluation.js";
import { downloads, paper } from "./paper.js";

export { spoken };

/** "Look together" from the running last phase, with the way back. */
export function lookPage(p) {
  return html`<main class="summary-page" data-summary="running">
    <header class="page-head"><h1>${p.t("summary.title")}</h1>
      <div class="corner"><button class="plain" data-action="evaluation" @click=${() => p.set({ sheet: "evaluation", evaluation: "answers" })}>${p.t("evaluation.open")}</button>
        <button class="plain" data-action="look-back" @click=${() => p.set({ look: false })}>${p.t("look.back")}</button></div></header>
    ${p.view.summary ? html`${summary(p)}${downloads(p)}${paper(p)}` : balanceOff(p)}
    ${p.ui.sheet === "evaluation" ? evaluationSheet(p) : p.ui.sheet?.balance ? balanceQuestion(p) : nothing}
  </main>`;
}

/** The picture itself. */
export function summary(p) {
  const { view, t } = p;
  const whole = view.summary;
  const heard = anythingHeard(whole);
  return html`<div class="summary">
    ${heard ? html`<section class="whole-meeting">${wholeRing(p, whole)}${chairs(p, whole)}</section>` : nothingHeard(p, whole)}
    <section class="facts">${facts(p, whole)}</section>
    <section class="per-phase"><h2>${t("summary.phases")}</h2>${byCase(whole).map((group) => caseGroup(p, whole, group))}${heard ? legend(t, whole) : nothing}${kindLegend(t, heardKinds(whole.phases))}</section>
    ${heard ? html`<section class="flowing"><h2>${t("summary.flow")}</h2>${strip(p, whole)}${flowWords(p)}</section>` : nothing}
    <section class="prompts"><h2 class="unseen">${t("summary.talk")}</h2>${[1, 2, 3].map((n) => html`<p>${t(`summary.prompt_${n}`)}</p>`)}</section>
    <div class="fineprint"><p class="quiet">${t(whole.by_taps ? "summary.fineprint_taps" : "summary.fineprint")}${onlyTurns(p, whole)}</p>${computed(p)}</div>
  </div>`;
}

/** Where nobody was heard: what to do another time, and what can be done now. */
function nothingHeard({ t }, { by_taps: taps }) {
  return html`<section class="calm-part" data-nothing-heard><div><h2>${taps ? t("nothing_heard.taps") : t("nothing_heard.title")}</h2>
    <p>${taps ? t("nothing_heard.taps.text") : t("nothing_heard.text")}</p><p>${t("nothing_heard.still")}</p></div></section>`;
}

/** Of whom only turns were counted: said in the small print, never in a picture of time. */
export function onlyTurns({ t }, whole) {
  const seats = byTurns(whole);
  const name = (letter) => (whole.seats[letter].name === letter ? t("seat", { letter }) : short(whole.seats[letter].name));
  return seats.length ? html` <span data-only-turns>${t("turns.fineprint", { list: seats.map(name).join(", ") })}</span>` : nothing;
}

/** Phases that follow each other and belong to one case, or to none; only where there is more than one case. */
export function byCase({ phases, cases = [] }) {
  const groups = [];
  for (const phase of phases.filter((one) => one.seconds > 0)) {
    const number = cases.length > 1 ? (phase.case ?? null) : null;
    if (groups.at(-1)?.number === number) groups.at(-1).phases.push(phase);
    else groups.push({ number, phases: [phase] });
  }
  return groups;
}

/** "Case 2 · Esra". */
export function caseName({ t }, whole, number) {
  const owner = whole.cases.find((one) => one.number === number)?.owner;
  const name = owner ? whole.seats[owner]?.name || owner : "";
  return name ? t("summary.case_of", { n: number, name }) : t("summary.case", { n: number });
}

function caseGroup(p, whole, { number, phases }) {
  const rows = phases.map((phase) => phaseRow(p, whole, phase));
  if (number === null) return rows;
  return html`<section class="case-group" data-case=${number}><h3>${caseName(p, whole, number)}</h3>${rows}</section>`;
}

/** The strip with a thumb to move over it: the name of the phase follows, never what was said. */
function strip({ t, say, ui, set }, whole) {
  const letters = inOrder(whole);
  const visits = whole.visits ?? [];
  const { first, last } = span({ flow: whole.flow, visits });
  const at = Math.min(Math.max(ui.scrub ?? first, first), last);
  const picture = flow({ flow: whole.flow, letters, visits, dotted: byTurns(whole), at: visits.length ? at : null, label: t("summary.flow_label", { n: whole.flow.length }) });
  if (!visits.length) return picture;
  const phase = whole.phases.find((one) => one.id === stopAt(visits, at));
  const where = t("summary.scrub_at", { name: say(phase?.name), n: Math.floor((at - first) / 60) });
  const step = (event) => set({ scrub: Number(event.target.value) });
  return html`${picture}<div class="scrub">${under((at - first) / (last - first), where)}
    <input type="range" data-scrub min=${Math.floor(first)} max=${Math.ceil(last)} step="10" .value=${String(Math.round(at))}
      aria-label=${t("summary.scrub")} aria-valuetext=${where} @input=${step}></div>`;
}

/** The whole meeting as a ring, its minutes in the middle. */
export function wholeRing({ t }, whole) {
  const minutes = Math.round(whole.minutes);
  const middle = svg`<text class="number" y="10">${minutes}</text><text class="word" y="44">${t("minutes.word", { n: minutes })}</text>`;
  return ring(parts(whole, inOrder(whole)), `${t("summary.whole")}: ${inWords(t, inOrder(whole), whole.seats)}`, middle);
}

function chairs({ t }, whole) {
  const chair = (letter) => {
    const seat = whole.seats[letter];
    return html`<li data-summary-seat=${letter} data-share=${seat.share == null ? nothing : Math.round(seat.share * 1000) / 1000}><span class="chip seat-${letter}">${letter}</span>
      <span class="seat-name">${seat.name && seat.name !== letter ? short(seat.name) : t("seat", { letter })}${beside(t, seat)}</span>
      <span class="tabular">${told(t, seat)}</span></li>`;
  };
  return html`<ul class="summary-chairs">${inOrder(whole).map(chair)}
    ${["several", "unknown", "silence"].filter((kind) => kind === "silence" || whole[kind] >= 1).map((kind) => html`<li class="nobody" data-nobody=${kind}><span class="chip ${kind}-chip" aria-hidden="true"></span>
      <span class="seat-name">${kind === "silence" && whole.by_taps ? t("summary.untapped") : t(`summary.${kind}`)}</span><span class="tabular">${spoken(t, whole[kind])}</span></li>`)}</ul>`;
}

/** Role, and quietly how often this chair said "hm" while another spoke. */
function beside(t, { role, backchannels }) {
  const words = [role === "peer" ? "" : t(`role.${role}`), backchannels ? t("summary.hm", { n: backchannels }) : ""].filter(Boolean);
  return words.length ? html`<i>${words.join(" · ")}</i>` : nothing;
}

/** What may be said in numbers of the whole group. */
export function facts({ t }, whole) {
  const asked = whole.questions_before_advice; // null when no words were heard: then nothing is claimed
  const fact = (number, words) => html`<p class="fact"><b>${number}</b><span>${words}</span></p>`;
  return html`
    ${asked && !severalCases(whole) ? [fact(asked.open, t("summary.open", { n: asked.open })), fact(asked.closed, t("summary.closed", { n: asked.closed }))] : nothing}
    ${whole.by_taps || !anythingHeard(whole) ? nothing : fact(spoken(t, whole.silence), t("summary.silence_kept"))}
    ${Math.abs(whole.behind ?? 0) >= 1 ? fact(spoken(t, Math.abs(whole.behind) * 60), t(`summary.time.${whole.behind > 0 ? "longer" : "shorter"}`)) : nothing}
    ${whole.parked > 0 ? fact(whole.parked, t("summary.parked", { n: whole.parked })) : nothing}
    ${flagFacts(t, whole, fact)}`;
}

/** What became of the lamp; nothing of it where the counts would be one person's. */
function flagFacts(t, { flags, few_peers: fewPeers }, fact) {
  if (fewPeers) return nothing;
  return ["kept", "dismissed", "marked"].filter((kind) => flags[kind] > 0).map((kind) => fact(flags[kind], t(`summary.${kind}`, { n: flags[kind] })));
}

/** Questions and advice of the group in words, for those who hear the page. */
const kindsInWords = (t, counts) => KINDS.filter((kind) => counts[kind]).map((kind) => t(`kind.${kind}`, { n: counts[kind] })).join(", ");

/** With two cases the questions stand with the phases of each. */
const severalCases = ({ cases = [] }) => cases.length > 1;

function phaseRow({ t, say }, whole, phase) {
  const spent = spoken(t, phase.seconds);
  const order = inOrder(whole);
  const unmeasured = Object.keys(whole.seats).filter((letter) => whole.seats[letter].measured === false);
  return html`<div class="phase-row" data-summary-phase=${phase.id}>
    <p class="phase-name"><b>${say(phase.name)}</b><span class="quiet">${t("summary.spent", { spent, planned: spoken(t, phase.planned) })}</span></p>
    ${anythingHeard(whole) ? html`${columns({ seats: phase.seats, order, unmeasured, label: `${say(phase.name)}: ${againstAsked(t, order, phase)}` })}
    ${bar(parts(phase, order), `${say(phase.name)}: ${nobodysInWords(t, phase)}`)}` : nothing}
    ${phase.kinds ? kindMarks(phase.kinds, `${say(phase.name)}: ${kindsInWords(t, phase.kinds)}`) : nothing}
    <p class="quiet expects">${askedInWords(t, phase)} ${phase.questions ? t("summary.open_here", { n: phase.questions.open }) : ""}</p>
    ${phase.silence_kept && !whole.by_taps && anythingHeard(whole) ? html`<p class="quiet expects" data-silence-kept>${t("summary.silence_asked", { kept: spoken(t, phase.silence_kept.kept), asked: spoken(t, phase.silence_kept.asked) })}</p>` : nothing}</div>`;
}

/** What the phase asks, and whose the case in it is. */
function askedInWords(t, phase) {
  const asked = phase.asked ?? phase.balance;
  const owner = Object.keys(phase.seats).find((letter) => phase.seats[letter].role === "case_owner");
  const words = t.has(`expects.${asked}`) ? t(`expects.${asked}`) : "";
  return owner && ["case_owner", "equal_peers"].includes(asked) ? `${words} ${t("summary.brings", { letter: owner })}` : words;
}

/** The columns in words: peers are held against what the phase asks, who tells or leads is not. */
function againstAsked(t, order, { seats }) {
  const asked = Object.values(seats).find((seat) => seat.expected != null)?.expected;
  return asked == null ? inWords(t, order, seats) : `${inWords(t, order, seats)}. ${t("summary.asked_spoken", { n: roundMinutes(asked) })}`;
}

/** Of the bar, what is nobody's. */
function nobodysInWords(t, phase) {
  return ["silence", "several", "unknown"].map((kind) => `${t(`summary.${kind}`)} ${spoken(t, phase[kind])}`).join(", ");
}

function kindLegend(t, kinds) {
  return kinds.length ? html`<p class="legend quiet">${kinds.map((kind) => html`<span>${shape(kind)}${t(`legend.${kind}`)}</span>`)}</p>` : nothing;
}

function legend(t, whole) {
  const compares = whole.phases.some((phase) => Object.values(phase.seats).some((seat) => seat.expected != null));
  return html`<p class="legend quiet">${compares ? html`<span data-legend="asked"><i class="swatch asked"></i>${t("legend.asked")}</span>` : nothing}<span><i class="swatch several"></i>${t("legend.several")}</span><span><i class="swatch unknown"></i>${t("legend.unknown")}</span><span><i class="swatch silent"></i>${t("legend.silence")}</span></p>`;
}
