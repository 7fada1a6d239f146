// The group looks at its speaking time together: per phase, the whole, the questions, the flow, three prompts. In the order of the chairs.
import { html, nothing, svg } from "lit-html";
import { bar, parts, ring } from "../marks/balance.js";
import { flow } from "../marks/flow.js";
import { heardKinds, kindMarks, KINDS, shape } from "../marks/kinds.js";
import { short } from "../marks/circle.js";
import { roundMinutes } from "../words.js";

/** "Look together" from the running last phase, with the way back. */
export function lookPage(p) {
  return html`<main class="summary-page" data-summary="running">
    <header class="page-head"><h1>${p.t("summary.title")}</h1>
      <div class="corner"><button class="plain" data-action="look-back" @click=${() => p.set({ look: false })}>${p.t("look.back")}</button></div></header>
    ${summary(p)}
  </main>`;
}

/** The picture itself. */
export function summary(p) {
  const { view, t } = p;
  const whole = view.summary;
  return html`<div class="summary">
    <section class="whole-meeting">${wholeRing(p, whole)}${chairs(p, whole)}</section>
    <section class="facts">${facts(p, whole)}</section>
    <section class="per-phase"><h2>${t("summary.phases")}</h2>${whole.phases.filter((phase) => phase.seconds > 0).map((phase) => phaseRow(p, phase))}${legend(t)}${kindLegend(t, heardKinds(whole.phases))}</section>
    <section class="flowing"><h2>${t("summary.flow")}</h2>
      ${flow({ flow: whole.flow, letters: Object.keys(whole.seats).sort(), label: t("summary.flow_label", { n: whole.flow.length }) })}</section>
    <section class="prompts"><h2 class="unseen">${t("summary.talk")}</h2>${[1, 2, 3].map((n) => html`<p>${t(`summary.prompt_${n}`)}</p>`)}</section>
    <p class="quiet fineprint">${t("summary.fineprint")}</p>
  </div>`;
}

/** In words what a bar shows, for those who hear the page. */
function inWords(t, seats) {
  return Object.keys(seats).sort().map((letter) => t("summary.seat_spoken", { letter, n: roundMinutes(seats[letter].seconds) })).join(", ");
}

function wholeRing({ t }, whole) {
  const minutes = Math.round(whole.minutes);
  const middle = svg`<text class="number" y="10">${minutes}</text><text class="word" y="44">${t("minutes.word", { n: minutes })}</text>`;
  return ring(parts(whole), `${t("summary.whole")}: ${inWords(t, whole.seats)}`, middle);
}

function chairs({ t }, whole) {
  const chair = (letter) => {
    const seat = whole.seats[letter];
    return html`<li data-summary-seat=${letter} data-share=${Math.round(seat.share * 1000) / 1000}><span class="chip seat-${letter}">${letter}</span>
      <span class="seat-name">${seat.name && seat.name !== letter ? short(seat.name) : t("seat", { letter })}${beside(t, seat)}</span>
      <span class="tabular">${seat.measured === false ? t("voice.left_out") : spoken(t, seat.seconds)}</span></li>`;
  };
  return html`<ul class="summary-chairs">${Object.keys(whole.seats).sort().map(chair)}
    ${["several", "unknown", "silence"].filter((kind) => kind === "silence" || whole[kind] >= 1).map((kind) => html`<li class="nobody" data-nobody=${kind}><span class="chip ${kind}-chip" aria-hidden="true"></span>
      <span class="seat-name">${t(`summary.${kind}`)}</span><span class="tabular">${spoken(t, whole[kind])}</span></li>`)}</ul>`;
}

/** Role, and quietly how often this chair said "hm" while another spoke. */
function beside(t, { role, backchannels }) {
  const words = [role === "peer" ? "" : t(`role.${role}`), backchannels ? t("summary.hm", { n: backchannels }) : ""].filter(Boolean);
  return words.length ? html`<i>${words.join(" · ")}</i>` : nothing;
}

/** Minutes, or seconds when it was short. */
export function spoken(t, seconds) {
  return seconds < 60 ? t("seconds.short", { n: Math.round(seconds) }) : t("minutes.short", { n: roundMinutes(seconds) });
}

function facts({ t }, whole) {
  const asked = whole.questions_before_advice; // null when no words were heard: then nothing is claimed
  const fact = (number, words) => html`<p class="fact"><b>${number}</b><span>${words}</span></p>`;
  return html`
    ${asked ? [fact(asked.open, t("summary.open", { n: asked.open })), fact(asked.closed, t("summary.closed", { n: asked.closed }))] : nothing}
    ${fact(spoken(t, whole.silence), t("summary.silence_kept"))}
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

function phaseRow({ t, say }, phase) {
  const spent = spoken(t, phase.seconds);
  return html`<div class="phase-row" data-summary-phase=${phase.id}>
    <p class="phase-name"><b>${say(phase.name)}</b><span class="quiet">${t("summary.spent", { spent, planned: spoken(t, phase.planned) })}</span></p>
    ${bar(parts(phase), `${say(phase.name)}: ${inWords(t, phase.seats)}`)}
    ${phase.kinds ? kindMarks(phase.kinds, `${say(phase.name)}: ${kindsInWords(t, phase.kinds)}`) : nothing}
    <p class="quiet expects">${t.has(`expects.${phase.balance}`) ? t(`expects.${phase.balance}`) : ""}
      ${phase.questions ? t("summary.open_here", { n: phase.questions.open }) : ""}</p></div>`;
}

function kindLegend(t, kinds) {
  return kinds.length ? html`<p class="legend quiet">${kinds.map((kind) => html`<span>${shape(kind)}${t(`legend.${kind}`)}</span>`)}</p>` : nothing;
}

function legend(t) {
  return html`<p class="legend quiet"><span><i class="swatch several"></i>${t("legend.several")}</span><span><i class="swatch unknown"></i>${t("legend.unknown")}</span><span><i class="swatch silent"></i>${t("legend.silence")}</span></p>`;
}
