// One sheet of paper: what a group may take along of its speaking time, with room to write. Shown by a printer only; no card, no answer and no insight is on it.
import { html, nothing, svg } from "lit-html";
import { columns } from "../marks/asked.js";
import { bar, parts } from "../marks/balance.js";
import { flow, span, stretches } from "../marks/flow.js";
import { sign } from "../marks/sign.js";
import { short } from "../marks/circle.js";
import { download, toCsv, toJson } from "../exports.js";
import { agreementsList } from "./agreements.js";
import { anythingHeard, byTurns, inOrder, spoken, told } from "./around.js";
import { byCase, caseName, facts, onlyTurns, wholeRing } from "./summary.js";

/** From how many phases on they stand closer together, so that one sheet stays one sheet; pixels as in `columns`. */
const LAYOUTS = [
  { upTo: 6, name: "few", lane: 12, size: { high: 52, wide: 20, plate: 8 } },
  { upTo: 12, name: "some", lane: 10, size: { high: 24, wide: 14, plate: 7 } },
  { upTo: Infinity, name: "many", lane: 9, size: null },
];

/** Print, or take the numbers as a file. */
export function downloads({ view, t, say }) {
  const file = (kind) => `kring-${new Date().toISOString().slice(0, 10)}.${kind}`;
  return html`<section class="take-along" data-take-along><h2>${t("take.title")}</h2><div class="row">
    <button class="plain" data-action="print" @click=${() => window.print()}>${t("print")}</button>
    <button class="plain" data-action="save-csv" @click=${() => download(file("csv"), toCsv(view.summary, say), "text/csv;charset=utf-8")}>${t("take.csv")}</button>
    <button class="plain" data-action="save-json" @click=${() => download(file("json"), toJson(view.summary), "application/json")}>${t("take.json")}</button>
  </div><p class="quiet">${t("take.more")}</p></section>`;
}

/** The sheet; hidden from fingers and screen readers by its style. */
export function paper(p) {
  const { view, t, say } = p;
  const whole = view.summary;
  if (!whole) return nothing;
  const phases = whole.phases.filter((phase) => phase.seconds > 0);
  const layout = LAYOUTS.find(({ upTo }) => phases.length <= upTo);
  const heard = anythingHeard(whole);
  return html`<article class="paper ${layout.name}" data-paper=${layout.name}>
    <header><p class="paper-mark">${sign()}Kring</p><h2>${say(view.method?.names)}</h2>
      <p>${new Intl.DateTimeFormat(t.language, { dateStyle: "full" }).format(new Date())} · ${t("minutes", { n: Math.round(whole.minutes) })} · ${t("people", { n: inOrder(whole).length })}</p></header>
    <section class="paper-whole">${heard ? wholeRing(p, whole) : nothing}${seats(p, whole)}<div class="paper-facts">${questions(p, whole)}${facts(p, calm(whole))}</div></section>
    <section class="paper-phases">${layout.size ? phases.map((phase, n) => card(p, whole, phase, n, heard ? layout.size : null)) : rows(p, whole, phases)}</section>
    ${heard ? html`<section class="paper-flow"><h3>${t("summary.flow")}</h3>${flow({ flow: whole.flow, letters: inOrder(whole), visits: whole.visits ?? [], dotted: byTurns(whole), lane: layout.lane, label: t("summary.flow") })}${numbers(whole, phases)}</section>` : nothing}
    <section class="paper-prompts">${[1, 2, 3].map((n) => html`<div><h3>${t(`summary.prompt_${n}`)}</h3></div>`)}</section>
    ${agreed(p)}
    <footer><p>${t(whole.by_taps ? "summary.fineprint_taps" : "summary.fineprint")}${onlyTurns(p, whole)}</p>${heard ? legend(p, phases) : nothing}</footer>
  </article>`;
}

/** What stands beside the ring: questions are told by case, and of the lamp nothing goes along. */
const calm = (whole) => ({ ...whole, questions_before_advice: null, flags: {} });

/** Who sat where, in that order: time, or turns. */
function seats({ t }, whole) {
  const seat = (letter) => {
    const { name, role } = whole.seats[letter];
    return html`<li><span class="chip seat-${letter}">${letter}</span><span>${name === letter ? t("seat", { letter }) : short(name)}${role === "peer" ? nothing : html`<i>${t(`role.${role}`)}</i>`}</span><b>${told(t, whole.seats[letter])}</b></li>`;
  };
  return html`<ul class="paper-seats">${inOrder(whole).map(seat)}</ul>`;
}

/** A phase: its number (that stands under the flow as well), its name, its time, its picture. */
function card(p, whole, phase, n, size) {
  const order = inOrder(whole);
  const unmeasured = order.filter((letter) => whole.seats[letter].measured === false);
  const ofCase = severalCases(whole) && phase.case != null;
  return html`<div class="paper-phase" data-paper-phase=${phase.id}>${name(p, phase, n)}
    <p class="paper-spent">${spent(p, phase)}${ofCase ? html`<span>${caseName(p, whole, phase.case)}</span>` : nothing}</p>
    ${size ? html`${columns({ seats: phase.seats, order, unmeasured, label: "", size })}${bar(parts(phase, order), "")}` : nothing}</div>`;
}

/** Many phases: a line for each, under the name of its case. */
function rows(p, whole, phases) {
  const line = (phase) => html`<div class="paper-phase" data-paper-phase=${phase.id}>${name(p, phase, phases.indexOf(phase))}<p class="paper-spent">${spent(p, phase)}</p>${bar(parts(phase, inOrder(whole)), "")}</div>`;
  return byCase(whole).map((group) => html`${group.number === null ? nothing : html`<h3>${caseName(p, whole, group.number)}</h3>`}${group.phases.map(line)}`);
}

const name = ({ say }, phase, n) => html`<p class="paper-name"><i>${n + 1}</i><b>${say(phase.name)}</b></p>`;
const spent = ({ t }, phase) => t("summary.spent", { spent: spoken(t, phase.seconds), planned: spoken(t, phase.planned) });
const ownerOf = ({ cases, seats }, number) => seats[cases.find((one) => one.number === number)?.owner]?.name ?? "";
const severalCases = ({ cases = [] }) => cases.length > 1;

/** The numbers of the phases under the flow, where each has room. */
function numbers(whole, phases) {
  const visits = whole.visits ?? [];
  const { first, last } = span({ flow: whole.flow, visits });
  const part = (second) => ((second - first) / (last - first)) * 100;
  const number = ({ stop, start, end }) => {
    const n = phases.findIndex((phase) => phase.id === stop) + 1;
    return n && part(end) - part(start) > 1.6 ? svg`<text x="${((part(start) + part(end)) / 2).toFixed(2)}%" y="10">${n}</text>` : nothing;
  };
  return html`<svg class="paper-numbers" height="13" aria-hidden="true">${stretches(visits).map(number)}</svg>`;
}

/** One line for each case that had a phase of questions. */
function questions(p, whole) {
  const asked = severalCases(whole) ? casesAsked(whole) : whole.questions_before_advice ? [{ number: null, ...whole.questions_before_advice }] : [];
  if (!asked.length) return nothing;
  return html`<div class="paper-questions"><h3>${p.t("paper.before")}</h3>${asked.map(({ number, open, closed }) => html`<p>${number === null ? nothing : html`<i>${number} · ${short(ownerOf(whole, number), 10)}</i>`}<b>${p.t("paper.asked", { open, closed })}</b></p>`)}</div>`;
}

function casesAsked({ cases, phases }) {
  return cases.flatMap(({ number }) => {
    const found = phases.filter((phase) => phase.case === number && phase.questions).map((phase) => phase.questions);
    const sum = (kind) => found.reduce((all, one) => all + one[kind], 0);
    return found.length ? [{ number, open: sum("open"), closed: sum("closed") }] : [];
  });
}

/** What was agreed; or lines to write it on. */
function agreed(p) {
  const { view, t } = p;
  const some = Object.keys(view.next_time ?? {}).length > 0;
  const blank = (label) => html`<div><dt>${label}</dt><dd></dd></div>`;
  return html`<section class="paper-agreed"><h3>${some ? t("agreements.title") : t("paper.next")}</h3>
    ${some ? agreementsList(p) : html`<dl class="agreed blank">${[t("agree.date"), t("agree.place"), t("agree.lead"), t("agree.different")].map(blank)}</dl>`}</section>`;
}

function legend({ t }, phases) {
  const compares = phases.some((phase) => Object.values(phase.seats).some((seat) => seat.expected != null));
  return html`<p class="legend">${compares ? html`<span><i class="swatch asked"></i>${t("legend.asked")}</span>` : nothing}<span><i class="swatch several"></i>${t("legend.several")}</span><span><i class="swatch unknown"></i>${t("legend.unknown")}</span><span><i class="swatch silent"></i>${t("legend.silence")}</span></p>`;
}
