// A round: who has the turn, who had it, who passed (a word, no reason). One thumb moves it on; it counts nobody's minutes.
import { html, nothing } from "lit-html";
import { backIcon, checkIcon } from "../marks/icons.js";
import { roundIcon } from "../marks/guideicons.js";
import { sheet } from "./sheet.js";
import { called, chip } from "./slips.js";

const ORDERS = ["table", "turned", "least_heard"];

/** The strip in the hand, while a round runs. */
export function roundStrip(p) {
  const { round } = p.view;
  if (!round) return nothing;
  return html`<section class="round-strip" data-round=${round.by} aria-label=${p.t("round.title")}>${seats(p, round)}${round.now ? going(p, round) : gone(p)}</section>`;
}

/** The chips are one button, which opens what is seldom needed: another order, the end. */
function seats({ t, set }, { order, done, passed, now }) {
  const state = (letter) => (letter === now ? "now" : passed.includes(letter) ? "passed" : done.includes(letter) ? "done" : "next");
  const word = { now: t("round.now"), passed: t("round.passed"), done: t("round.done"), next: "" };
  const one = (letter) => html`<span class="round-seat ${state(letter)}" data-turn=${letter} data-state=${state(letter)}>${chip(letter)}<span class="unseen">${letter} </span>
    <i>${state(letter) === "done" ? html`${checkIcon()}<span class="unseen">${word.done}</span>` : word[state(letter)]}</i></span>`;
  return html`<button class="round-seats" data-action="round" @click=${() => set({ sheet: "round" })}><span class="unseen">${t("round.open")}</span>${order.map(one)}</button>`;
}

function going({ t, send, view }, { now, done }) {
  const pass = () => send("NextInRound", { after: now, passed: true });
  return html`<div class="round-moves">
    <button class="plain round" data-action="round-back" aria-label=${t("round.back")} ?disabled=${!done.length} @click=${() => send("BackInRound")}>${backIcon()}</button>
    <button class="plain" data-action="round-pass" @click=${pass}>${t("round.pass")}</button>
    <button class="plain strong" data-action="round-next" @click=${() => send("NextInRound", { after: now })}>${t("round.next")}</button>
    <span class="unseen" aria-live="polite">${t("round.turn", { name: called({ t, view }, now) })}</span></div>`;
}

/** Everybody had a turn. */
function gone({ t, send, view }) {
  return html`<div class="round-moves"><button class="plain round" data-action="round-back" aria-label=${t("round.back")} ?disabled=${!view.round.done.length} @click=${() => send("BackInRound")}>${backIcon()}</button>
    <button class="plain" data-action="round-again" @click=${() => send("BeginRound", { by: view.round.by })}>${t("round.again")}</button>
    <button class="plain strong" data-action="round-end" @click=${() => send("BeginRound", { by: "" })}>${t("round.whole")}</button></div>`;
}

/** The order, beginning a round where there is none, and ending one. */
export function roundSheet(p) {
  const { t, view, set, send } = p;
  const close = () => set({ sheet: null });
  const begin = (by) => () => {
    close();
    send("BeginRound", { by });
  };
  const words = { table: t("round.table"), turned: t("round.turned"), least_heard: t("round.least_heard") };
  const more = { table: t("round.table.more"), turned: t("round.turned.more"), least_heard: t("round.least_heard.more") };
  return sheet({
    name: "round", title: t("round.title"), close, closeLabel: t("close"), small: true,
    content: html`<p class="sheet-text">${view.round ? t("round.other") : t("round.how")}</p>
      <div class="stack">${ORDERS.filter((by) => by !== "least_heard" || view.balance?.shown !== "off").map((by) => html`<button class="seat-row order" data-order=${by} aria-current=${view.round?.by === by ? "true" : nothing} @click=${begin(by)}>
        ${roundIcon()}<span class="seat-name">${words[by]}<i>${more[by]}</i></span><span class="quiet">${view.round?.by === by ? t("round.this") : ""}</span></button>`)}</div>
      ${view.round ? html`<button class="plain" data-action="round-end" @click=${begin("")}>${t("round.end")}</button>` : nothing}`,
  });
}
