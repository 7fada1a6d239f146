// The facilitator's first page: who sits, what they bring, which method fits, two questions before. Everything has a good first value; nothing is decided here.
import { html, nothing } from "lit-html";
import { LANGUAGE_NAMES } from "../words.js";
import { balanceChoice } from "./balance.js";
import { chairs } from "./chairs.js";
import { choices } from "./choices.js";
import { experience, kinds, methods, minutes } from "./chooser.js";
import { firstForm, forget, inTheWay, methodOf, openingOf, remember } from "./form.js";
import { groupDoor } from "./group/door.js";
import { asKept, heldBy, todaysForm } from "./group/evening.js";
import { lookBacks } from "./group/lookback.js";
import { prepareButton, prepareSheet } from "./group/prepare.js";
import { signals, whoIsHere } from "./group/start.js";
import { forgetQuestion, intake, lookBack, themeFields } from "./intake.js";
import { joinCard } from "./join.js";
import { methodSheet, methodsSheet } from "./method.js";
import { microphoneLine } from "./microphone.js";
import { awake, moreButton, moreSheets, sensitivity } from "./moretools.js";
import { rehearsalCard, rehearsalSheet } from "./rehearsal.js";
import { tourOffer, tourSeen } from "./tour.js";

export { firstForm };

/** The facilitator's first page; the group's own page stands in its place while it is open. */
export function startPage(p) {
  const { t, set, view, ui } = p;
  const own = ui.groupPage && view.group ? p.room("group") : null;
  if (own) return own.groupPage(p);
  const { kept, form } = todaysForm(p);
  const met = tourSeen() || Boolean(view.group && heldBy(view.group));
  const firsts = html`<div class="firsts">${tourSeen() ? nothing : tourOffer(p)}${rehearsalCard(p)}</div>`;
  const change = (patch) => {
    const next = { ...kept, ...asKept(p, kept, patch) };
    remember(next);
    set({ form: next });
  };
  return html`<main class="start">
    <header class="page-head"><h1>${t("start.title")}</h1><div class="corner">${moreButton(p)}</div></header>
    <div class="start-columns">
      <div class="start-form">
        ${groupDoor(p)}
        ${met ? nothing : firsts}
        ${lookBack(p)} ${lookBacks(p)}
        ${part(1, t("start.part.who"), html`${view.group ? whoIsHere(p, form, change) : chairs(p, form, change)} ${experience(p, form, change)}`)}
        ${part(2, t("start.part.before"), intake(p, form, change))}
        ${part(3, t("start.part.what"), html`${form.authority ? nothing : kinds(p, form, change)} ${minutes(p, form, change)}`)}
        ${part(4, t("start.part.method"), html`${signals(p)} ${methods(p, form, change)} ${form.authority ? nothing : themeFields(p, form, change)} ${problems(p)}`)}
        ${part(5, t("start.part.kring"), html`${languages(p, form, change)} ${sensitivity(p, form.sensitivity, (level) => change({ sensitivity: level }))} ${balanceChoice(p, form.balance, (balance) => change({ balance }))}`)}
        ${met ? firsts : nothing}
      </div>
      ${side(p, form, kept)}
    </div>
    ${sheets(p, form, change)}
  </main>`;
}

const part = (n, title, content) => html`<section class="start-part" data-part=${n}><h2><span aria-hidden="true">${n}</span>${title}</h2>${content}</section>`;

/** What was chosen, in one look, and the way on. */
function side(p, form, kept) {
  const { t, say } = p;
  const method = methodOf(p, form.method);
  const hindrance = inTheWay(p, form);
  const begin = async () => {
    if (await p.send("OpenMeeting", openingOf(p, form))) forget(kept);
  };
  return html`<aside class="start-side">
    ${joinCard(p)} ${microphoneLine(p)} ${awake(p)}
    <div class="start-sum">${method ? html`<b>${say(method.names)}</b><span>${t("people", { n: form.names.length })} · ${t("minutes", { n: form.minutes })}</span>` : nothing}</div>
    ${prepareButton(p)}
    <button class="main wide" data-action="open-meeting" ?disabled=${Boolean(hindrance)} @click=${begin}>${t("start.go")}</button>
    <p class="quiet" aria-live="polite">${hindrance ? t(`start.hindrance.${hindrance}`) : form.authority === null || form.voluntary === null ? t("start.before_first") : t("start.next_is_consent")}</p>
  </aside>`;
}

function languages({ t }, form, change) {
  return choices({ legend: t("start.language"), name: "language", chosen: form.language, choose: (language) => change({ language }), options: ["nl", "en"].map((code) => [code, LANGUAGE_NAMES[code], code]) });
}

/** Method files that were skipped, and why; here, where somebody would look for them. */
function problems({ t, view }) {
  const files = [...new Set((view.problems ?? []).map((problem) => problem.file))];
  return html`${files.length ? html`<section class="skipped" data-problems><h3>${t("start.problems", { n: files.length })}</h3><p class="quiet">${t("start.problems.how")}</p>
    <ul>${files.map((file) => skipped({ t, view }, file))}</ul></section>` : nothing}
    <p class="quiet">${t("methods.drop_in")}</p>`;
}

/** One file: what to do first, the rest when asked for. */
function skipped({ t, view }, file) {
  const [first, ...rest] = view.problems.filter((problem) => problem.file === file).map(({ message }) => message.replace(`${file}, `, ""));
  return html`<li><b>${file}</b><span>${first}</span>
    ${rest.length ? html`<details><summary>${t("start.problems.more", { n: rest.length })}</summary>${rest.map((message) => html`<p>${message}</p>`)}</details>` : nothing}</li>`;
}

/** The details lie over the shelf, so that the place on the shelf is kept. */
function sheets(p, form, change) {
  const { sheet } = p.ui;
  const choose = (method) => {
    change({ method: method.id, picked: true });
    p.set({ sheet: null });
  };
  return html`${sheet?.method ? methodSheet(p, choose) : nothing}
    ${sheet === "methods" || sheet?.among ? methodsSheet({ ...p, form }) : nothing}
    ${sheet === "forget" ? forgetQuestion(p) : nothing}
    ${sheet === "rehearse" ? rehearsalSheet(p) : nothing}
    ${sheet === "prepare" ? prepareSheet(p, form) : nothing}
    ${moreSheets(p)}`;
}
