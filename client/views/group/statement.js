// Who was there, evening by evening, and a paper about it for one person who needs one. Never a total beside a name, and the paper is made, shown and forgotten.
import { html, nothing } from "lit-html";
import { sign } from "../../marks/sign.js";
import { sheet } from "../sheet.js";
import { day } from "./dates.js";
import { stillOpen } from "./wishes.js";

const SIGNS = { present: "✓", late: "◔", absent: "–", unknown: "" };
const HOUR = 60;

/** The table of evenings, the buttons, and the paper while it is looked at. */
export function attendance(p) {
  const { t, view: { group } } = p;
  const evenings = group.attendance ?? [];
  return html`<section class="attendance" data-attendance><h3>${t("statement.attendance")}</h3>
    ${evenings.length ? table(p, evenings) : html`<p class="quiet">${t("statement.off")}</p>`}
    ${evenings.length && group.members.length ? html`<h3>${t("statement.who")}</h3><p class="quiet">${t("statement.how")}</p>
      <div class="row">${group.members.map((one) => html`<button class="plain" data-action="statement-${one.key}" @click=${() => ask(p, one)}>${t("statement.button", { name: one.name })}</button>`)}</div>` : nothing}
    ${p.ui.statement ? statementSheet(p) : nothing}</section>`;
}

function table({ t, view: { group } }, evenings) {
  const how = (evening, key) => ["present", "late", "absent"].find((word) => evening[word]?.includes(key)) ?? "unknown";
  const cell = (evening, { key, name }) => {
    const word = how(evening, key);
    return html`<td role="cell" class="was-${word}"><b class="cell-name">${name}</b><span class="was"><span class="was-sign" aria-hidden="true">${SIGNS[word]}</span>${t(`statement.${word}`)}</span></td>`;
  };
  return html`<table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t("statement.date")}</th>${group.members.map(({ name }) => html`<th role="columnheader" scope="col" class="named">${name}</th>`)}</tr></thead>
    <tbody role="rowgroup">${evenings.map((evening) => html`<tr role="row" data-evening=${evening.number}><th role="rowheader" scope="row">${day(evening.on, t.language, "medium")}</th>${group.members.map((one) => cell(evening, one))}</tr>`)}</tbody></table>`;
}

async function ask(p, { key }) {
  const answer = await p.ask("StateAttendance", { member: key });
  if (!stillOpen(p)) return;
  p.set(answer?.statement ? { statement: answer.statement } : { notice: p.t("refused.other") });
}

function statementSheet(p) {
  const { t, ui, set } = p;
  const some = ui.statement.evenings.length > 0;
  return html`${sheet({
    name: "statement", title: t("statement.who"), close: () => set({ statement: null }), closeLabel: t("close"),
    content: some ? html`<div class="statement-paper">${paper(p, ui.statement)}</div><div class="row"><button class="main grow" data-action="print-statement" @click=${() => window.print()}>${t("statement.print")}</button></div>`
      : html`<p class="sheet-text">${t("statement.empty", { name: ui.statement.name })}</p>`,
  })}${some ? html`<article class="evening-paper statement-paper" data-paper="statement">${paper(p, ui.statement)}</article>` : nothing}`;
}

/** The A4. */
function paper(p, { name, group, from, until, evenings }) {
  const { t, say } = p;
  const fact = (label, text) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  const line = (label) => html`<div><span></span><p>${label}</p></div>`;
  return html`<header><p class="paper-mark">${sign()}Kring</p><h2>${t("statement.heading")}</h2></header>
    <dl class="statement-facts">${fact(t("statement.name"), name)}${fact(t("statement.group"), group)}${fact(t("statement.period"), t("statement.from_until", { from: day(from, t.language, "long"), until: day(until, t.language, "long") }))}</dl>
    <table><thead><tr><th scope="col">${t("statement.date")}</th><th scope="col">${t("statement.method")}</th><th scope="col" class="hours">${t("statement.hours")}</th></tr></thead>
      <tbody>${evenings.map((one) => html`<tr><td>${day(one.on, t.language, "long")}</td><td>${say(one.method) || t("statement.method.none")}</td><td class="hours">${clock(one.minutes)}</td></tr>`)}</tbody>
      <tfoot><tr><th scope="row" colspan="2">${t("statement.total")}</th><td class="hours">${clock(evenings.reduce((sum, one) => sum + one.minutes, 0))}</td></tr></tfoot></table>
    <p class="statement-nothing">${t("statement.nothing")}</p>
    <div class="statement-signs">${line(t("statement.sign_day"))}${line(t("statement.sign_self"))}${line(t("statement.sign_group"))}</div>`;
}

/** Hours and minutes, "2:05". */
function clock(minutes) {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / HOUR)}:${String(whole % HOUR).padStart(2, "0")}`;
}
