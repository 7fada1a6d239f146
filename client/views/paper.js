// One sheet of paper: what a group may take along of its speaking time. Shown by a printer only; no card, no answer and no insight is on it.
import { html, nothing } from "lit-html";
import { bar, parts } from "../marks/balance.js";
import { flow } from "../marks/flow.js";
import { short } from "../marks/circle.js";
import { download, toCsv, toJson } from "../exports.js";
import { agreementsList } from "./agreements.js";
import { byCase, caseName, spoken } from "./summary.js";

const LANE = 13;
/** More phases than this stand closer together, so that one sheet stays one sheet. */
const MANY = 12;

/** Print, or take the numbers as a file. */
export function downloads({ view, t, say }) {
  const file = (kind) => `kring-${new Date().toISOString().slice(0, 10)}.${kind}`;
  return html`<section class="take-along" data-take-along><h2>${t("take.title")}</h2><div class="row">
    <button class="plain" data-action="print" @click=${() => window.print()}>${t("print")}</button>
    <button class="plain" data-action="save-csv" @click=${() => download(file("csv"), toCsv(view.summary, say), "text/csv;charset=utf-8")}>${t("take.csv")}</button>
    <button class="plain" data-action="save-json" @click=${() => download(file("json"), toJson(view.summary), "application/json")}>${t("take.json")}</button>
  </div><p class="quiet">${t("take.more")}</p></section>`;
}

/** The sheet; `hidden` from fingers and screen readers by its style. */
export function paper(p) {
  const { view, t, say } = p;
  const whole = view.summary;
  if (!whole) return nothing;
  const letters = Object.keys(whole.seats).sort();
  return html`<article class="paper ${whole.phases.length > MANY ? "many" : ""}" data-paper>
    <header><p class="paper-mark">Kring</p><h2>${say(view.method?.names)}</h2>
      <p>${new Intl.DateTimeFormat(t.language, { dateStyle: "full" }).format(new Date())} · ${t("minutes", { n: Math.round(whole.minutes) })} · ${t("people", { n: letters.length })}</p></header>
    <ul class="paper-seats">${letters.map((letter) => html`<li><span class="chip seat-${letter}">${letter}</span>${whole.seats[letter].name === letter ? "" : short(whole.seats[letter].name)}</li>`)}</ul>
    <section class="paper-phases">${byCase(whole).map((group, n) => html`${group.number === null ? nothing : html`<h3>${caseName(p, whole, group.number)}</h3>`}${group.phases.map((phase, place) => row(p, phase, n > 0 && place === 0 && group.number === null))}`)}</section>
    ${questions(p, whole)}
    <section>${flow({ flow: whole.flow, letters, visits: whole.visits ?? [], lane: LANE, label: t("summary.flow") })}</section>
    <section class="paper-prompts">${[1, 2, 3].map((n) => html`<p>${t(`summary.prompt_${n}`)}</p>`)}</section>
    ${Object.keys(view.next_time ?? {}).length ? html`<section><h3>${t("agreements.title")}</h3>${agreementsList(p)}</section>` : nothing}
  </article>`;
}

function row({ t, say }, phase, apart) {
  return html`<p class="paper-phase ${apart ? "after" : ""}"><b>${say(phase.name)}</b><span>${t("summary.spent", { spent: spoken(t, phase.seconds), planned: spoken(t, phase.planned) })}</span>${bar(parts(phase), "")}</p>`;
}

/** One line for each case that had a phase of questions. */
function questions(p, whole) {
  const several = (whole.cases ?? []).length > 1;
  const asked = several ? casesAsked(whole) : whole.questions_before_advice ? [{ number: null, ...whole.questions_before_advice }] : [];
  if (!asked.length) return nothing;
  return html`<section class="paper-questions">${asked.map(({ number, open, closed }) => html`<p>
    ${number === null ? nothing : html`<i>${caseName(p, whole, number)}</i>`}<b>${open}</b> ${p.t("summary.open", { n: open })} <b>${closed}</b> ${p.t("summary.closed", { n: closed })}</p>`)}</section>`;
}

function casesAsked({ cases, phases }) {
  return cases.flatMap(({ number }) => {
    const found = phases.filter((phase) => phase.case === number && phase.questions).map((phase) => phase.questions);
    const sum = (kind) => found.reduce((all, one) => all + one[kind], 0);
    return found.length ? [{ number, open: sum("open"), closed: sum("closed") }] : [];
  });
}
