// The card for whoever leads tonight: the plan, whose turn it is, what the group tries, what to have ready. On screen and on paper the same; no question and no intention is on it.
import { html, nothing } from "lit-html";
import { LETTERS } from "../../marks/patterns.js";
import { sign } from "../../marks/sign.js";
import { methodOf, withTrainer } from "../form.js";
import { sheet } from "../sheet.js";
import { day } from "./dates.js";
import { toldLater } from "./lookback.js";

/** The way to it. */
export function prepareButton({ t, set, view }) {
  return view.group ? html`<button class="plain" data-action="prepare" @click=${() => set({ sheet: "prepare" })}>${t("prepare.button")}</button>` : nothing;
}

/** The sheet, and the paper that lies behind it for a printer. */
export function prepareSheet(p, form) {
  const { t, set } = p;
  if (!p.view.group) return nothing;
  return html`${sheet({
    name: "prepare", title: t("prepare.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<div class="prepare-card" data-prepare>${card(p, form)}</div>
      <div class="row"><button class="main grow" data-action="print-prepare" @click=${() => window.print()}>${t("prepare.print")}</button></div><p class="quiet">${t("prepare.how")}</p>`,
  })}<article class="evening-paper prepare-card" data-paper="prepare"><header><p class="paper-mark">${sign()}Kring</p><h2>${t("prepare.title")}</h2></header>${card(p, form)}</article>`;
}

function card(p, form) {
  const { t, say, view: { group } } = p;
  const method = methodOf(p, form.method);
  const { next } = group;
  const named = (keys) => keys.map((key) => group.members.find((one) => one.key === key)?.name).filter(Boolean).join(", ");
  const atSeat = (letter) => (letter ? form.names[LETTERS.indexOf(letter)]?.trim() || t("seat", { letter }) : "");
  const when = [next.on ? day(next.on, t.language) : "", next.at, next.place || group.place].filter(Boolean).join(" · ");
  const fact = (name, label, text, open = t("prepare.open")) => html`<div data-fact=${name}><dt>${label}</dt><dd class=${text ? "" : "quiet"}>${text || open}</dd></div>`;
  return html`<p class="prepare-when"><b class="named">${group.name}</b>${when ? html`<span>${when}</span>` : nothing}</p>
    <dl class="prepare-facts">${fact("lead", t("prepare.lead"), atSeat(form.facilitator))}
      ${withTrainer(p, form) ? html`${fact("theme", t("prepare.theme"), form.theme)}${fact("trainer", t("prepare.trainer"), atSeat(form.trainer))}` : fact("bring", t("prepare.bring"), named([next.bring]))}
      ${fact("absent", t("prepare.absent"), named(next.away), t("prepare.absent.none"))}${fact("try", t("prepare.try"), next.different)}</dl>
    <section class="prepare-method"><h3>${say(method?.names)}</h3><p class="quiet">${t("people", { n: form.names.length })} · ${fitted(p, form) ? t("minutes", { n: form.minutes }) : t("strip.usual", { n: method?.minutes ?? form.minutes })}</p>${phases(p, method, form)}</section>
    <div class="prepare-rest"><section><h3>${t("prepare.look_back")}</h3><p>${lookBack(p, named)}</p></section>${list(p)}</div>`;
}

const fitted = ({ ui }, form) => ui.suggested?.list.find((one) => one.id === form.method)?.plan ?? null;

/** The plan as it was fitted to these people and minutes, or as the method has it. */
function phases(p, method, form) {
  const { t, say } = p;
  if (!method) return nothing;
  const plan = fitted(p, form) ?? method.phases;
  const name = (id) => say(method.phases.find((phase) => phase.id === id.split("~")[0])?.name);
  return html`<ol class="prepare-phases" aria-label=${t("prepare.phases")}>${plan.map(({ id, minutes }, n) => html`<li><b>${n + 1}</b><span>${name(id)}</span><span class="tabular">${t("minutes.short", { n: Math.round(minutes) })}</span></li>`)}</ol>`;
}

/** Whose, never what. */
function lookBack({ t, view }, named) {
  const whose = named([...new Set(toldLater(view).map(({ member }) => member))]);
  return whose ? t("prepare.look_back.of", { list: whose }) : t("prepare.look_back.none");
}

/** What to have ready; a tick is for the eye of the lead and stays on this screen. */
function list(p) {
  const { t, say, ui, set, view } = p;
  const items = (p.cards("season")?.prepare ?? []).filter(({ id }) => id !== "look_back" || toldLater(view).length);
  if (!items.length) return nothing;
  const turn = (id) => set({ prepared: { ...ui.prepared, [id]: !ui.prepared?.[id] } });
  return html`<section><h3>${t("prepare.list")}</h3><ul class="prepare-list">${items.map(({ id, text }) => html`<li><label><input type="checkbox" data-prepared=${id} .checked=${Boolean(ui.prepared?.[id])} @change=${() => turn(id)}><span>${say(text)}</span></label></li>`)}</ul></section>`;
}
