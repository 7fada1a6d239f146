// Sitting down: language, method, chairs, who leads, minutes. Everything has a good first value; names may stay empty.
import { html, nothing } from "lit-html";
import { LETTERS } from "../marks/patterns.js";
import { LANGUAGE_NAMES } from "../words.js";
import { joinCard } from "./join.js";
import { microphoneLine } from "./microphone.js";
import { moreButton, moreSheet, sensitivity } from "./more.js";

const LEAST = 3;
const MOST = LETTERS.length;
const STEP_MINUTES = 5;

/** What the form holds before anybody touched it. */
export function firstForm({ view, t }) {
  const method = view.methods.find((one) => one.id === "five_phase") ?? view.methods[0];
  const seats = Math.min(MOST, Math.max(LEAST, method?.group_min ?? 5, 5));
  return { language: view.language ?? t.language, method: method?.id, minutes: method?.minutes ?? 90, names: Array(seats).fill(""), facilitator: "A", sensitivity: "normal" };
}

/** The facilitator's first page. */
export function startPage(p) {
  const { t, view } = p;
  const form = p.ui.form ?? firstForm(p);
  const change = (patch) => p.set({ form: { ...form, ...patch } });
  const begin = () =>
    p.send("OpenMeeting", { method: form.method, language: form.language, names: form.names.map((name) => name.trim()), minutes: form.minutes, facilitator: form.facilitator, sensitivity: form.sensitivity });
  return html`<main class="start">
    <header class="page-head"><h1>${t("start.title")}</h1><div class="corner">${moreButton(p)}</div></header>
    <div class="start-columns">
      <div class="start-form">
        ${languages(p, form, change)} ${methods(p, form, change)} ${minutes(p, form, change)} ${chairs(p, form, change)}
        ${sensitivity(p, form.sensitivity, (level) => change({ sensitivity: level }))}
        ${problems(p)}
      </div>
      <aside class="start-side">
        ${joinCard(p)}
        ${microphoneLine(p)}
        <button class="main wide" data-action="open-meeting" ?disabled=${!form.method} @click=${begin}>${t("start.go")}</button>
        <p class="quiet">${t("start.next_is_consent")}</p>
      </aside>
    </div>
    ${p.ui.sheet === "more" ? moreSheet(p) : nothing}
  </main>`;
}

function languages({ t }, form, change) {
  const choice = (language) => html`<label class="choice ${form.language === language ? "chosen" : ""}">
    <input type="radio" name="language" value=${language} .checked=${form.language === language} @change=${() => change({ language })}>
    <span lang=${language}>${LANGUAGE_NAMES[language]}</span></label>`;
  return html`<fieldset><legend>${t("start.language")}</legend><div class="row">${["nl", "en"].map(choice)}</div></fieldset>`;
}

function methods({ t, say, view }, form, change) {
  const card = (method) => {
    const chosen = form.method === method.id;
    return html`<label class="method ${chosen ? "chosen" : ""}">
      <input type="radio" name="method" value=${method.id} .checked=${chosen} @change=${() => change({ method: method.id, minutes: method.minutes })}>
      <span class="method-name">${say(method.names)}</span>
      <span class="method-facts">${t("minutes", { n: method.minutes })} · ${t("people.range", { from: method.group_min, to: method.group_max })}</span>
      <span class="method-summary">${say(method.summary)}</span>
      ${chosen ? html`<span class="method-phases">${method.phases.map((phase, n) => html`<span><b>${n + 1}</b> ${say(phase.name)}
        <i>${t("minutes.short", { n: phase.minutes })}</i></span>`)}</span>` : nothing}
    </label>`;
  };
  return html`<fieldset><legend>${t("start.method")}</legend><div class="methods">${view.methods.map(card)}</div></fieldset>`;
}

function minutes({ t }, form, change) {
  const by = (step) => () => change({ minutes: Math.max(20, Math.min(240, form.minutes + step)) });
  return html`<fieldset><legend>${t("start.minutes")}</legend>
    <div class="stepper"><button class="plain round" aria-label=${t("start.shorter")} @click=${by(-STEP_MINUTES)}>−</button>
      <output>${t("minutes", { n: form.minutes })}</output>
      <button class="plain round" aria-label=${t("start.longer")} @click=${by(STEP_MINUTES)}>+</button></div></fieldset>`;
}

function chairs(p, form, change) {
  const { t, view } = p;
  const method = view.methods.find((one) => one.id === form.method);
  const count = form.names.length;
  const fewer = () => change({ names: form.names.slice(0, -1), facilitator: LETTERS.indexOf(form.facilitator) < count - 1 ? form.facilitator : "A" });
  const more = () => change({ names: [...form.names, ""] });
  const outside = method && (count < method.group_min || count > method.group_max);
  return html`<fieldset><legend>${t("start.chairs")}</legend>
    <div class="stepper"><button class="plain round" aria-label=${t("start.fewer")} ?disabled=${count <= LEAST} @click=${fewer}>−</button>
      <output>${t("people", { n: count })}</output>
      <button class="plain round" aria-label=${t("start.more")} ?disabled=${count >= MOST} @click=${more}>+</button></div>
    ${outside ? html`<p class="quiet">${t("start.outside", { from: method.group_min, to: method.group_max })}</p>` : nothing}
    <ol class="chairs">${form.names.map((name, n) => chair(p, form, change, LETTERS[n], name, n))}</ol></fieldset>`;
}

function chair({ t }, form, change, letter, name, n) {
  const named = (event) => change({ names: form.names.map((old, i) => (i === n ? event.target.value : old)) });
  const leads = form.facilitator === letter;
  return html`<li><span class="chip seat-${letter}" aria-hidden="true">${letter}</span>
    <input type="text" maxlength="40" autocomplete="off" placeholder=${t("start.name")} aria-label=${t("start.name_of", { letter })} .value=${name} @input=${named}>
    <label class="choice small ${leads ? "chosen" : ""}"><input type="radio" name="leads" .checked=${leads} @change=${() => change({ facilitator: letter })}>
      <span>${t("start.leads")}</span></label></li>`;
}

function problems({ t, view }) {
  if (!view.problems?.length) return nothing;
  return html`<details class="quiet"><summary>${t("start.problems", { n: view.problems.length })}</summary>
    <ul>${view.problems.map((problem) => html`<li><b>${problem.file}</b>: ${problem.message}</li>`)}</ul></details>`;
}
