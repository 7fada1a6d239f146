// How a group finds its method: what it brings, how practised it is, and the few methods that fit, each with its reason. The group chooses.
import { html, nothing } from "lit-html";
import { checkIcon, flagIcon } from "../marks/icons.js";
import { strip } from "../marks/strip.js";
import { choices, stepper } from "./choices.js";
import { methodOf, withTrainer } from "./form.js";
import { examples } from "./group/sector.js";
import { suggestions } from "./suggesting.js";

const FIRST_KINDS = ["", "problem", "incident", "dilemma", "relationship", "success"];
const LEAST_MINUTES = 20;
const MOST_MINUTES = 240;
const STEP_MINUTES = 5;

/** What lies on the table, or nothing; the seldom kinds wait behind "more". */
export function kinds(p, form, change) {
  const { t, view, ui, set } = p;
  const all = [...new Set([...FIRST_KINDS, ...view.methods.flatMap((method) => method.case_types ?? [])])];
  const shown = ui.moreKinds ? all : FIRST_KINDS.includes(form.kind) || form.kind === "nobody" ? FIRST_KINDS : [...FIRST_KINDS, form.kind];
  const name = (kind) => [kind, kind ? (t.has(`case_type.${kind}`) ? t(`case_type.${kind}`) : kind) : t("kind_open")];
  const more = html`<button class="plain" data-action="more-kinds" aria-expanded="false" @click=${() => set({ moreKinds: true })}>${t("kind_more")}</button>`;
  return html`${choices({
    legend: t("start.kind"), name: "kind", chosen: form.kind, choose: (kind) => change({ kind }),
    options: [...shown.map(name), ["nobody", t("kind_nobody")]], after: ui.moreKinds || all.length <= FIRST_KINDS.length ? nothing : more })} ${examples(p)}`;
}

export function experience({ t }, form, change) {
  return choices({
    legend: t("start.experience"), name: "experience", chosen: form.experience, choose: (chosen) => change({ experience: chosen }),
    options: ["first", "some", "practised"].map((one) => [one, t(`experience.${one}`)]), more: t(`experience.${form.experience}.more`) });
}

export function minutes({ t }, form, change) {
  return html`<fieldset><legend>${t("start.minutes")}</legend>
    ${stepper({ less: t("start.shorter"), more: t("start.longer"), value: form.minutes, least: LEAST_MINUTES, most: MOST_MINUTES, step: STEP_MINUTES,
      say: (n) => t("minutes", { n }), set: (chosen) => change({ minutes: chosen }) })}</fieldset>`;
}

/** What fits, the chosen one among it or above it, and the way to all the others. */
export function methods(p, form, change) {
  const { t, view, set } = p;
  const content = Boolean(form.authority) || withTrainer(p, form);
  const { list, settled } = suggestions(p, form, content);
  const offered = form.authority ? withTheme(p, list) : list;
  const there = offered.some((one) => one.id === form.method);
  const own = there || !methodOf(p, form.method) || (form.authority && !withTrainer(p, form)) ? [] : [{ id: form.method, why: null, warnings: [], plan: null }];
  return html`<fieldset class="suggestions" aria-busy=${settled ? "false" : "true"}><legend>${own.length || !offered.length ? t("start.chosen") : t("start.fits")}</legend>
    ${own.map((one) => card(p, form, change, one))}
    ${own.length && offered.length ? html`<p class="legend-head">${t("start.fits")}</p>` : nothing}
    ${offered.map((one) => card(p, form, change, one))}</fieldset>
    <button class="plain all-methods" data-action="all-methods" @click=${() => set({ sheet: "methods", methodFilter: "" })}>${t("start.all", { n: view.methods.length })}</button>`;
}

/** With authority at the table only methods with a trainer are left, suggested or not. */
function withTheme({ view }, list) {
  const content = view.methods.filter((method) => method.form === "content");
  return content.map((method) => list.find((one) => one.id === method.id) ?? { id: method.id, why: method.summary, warnings: [], plan: null });
}

function card(p, form, change, { id, why, warnings = [], plan }) {
  const { t, say, set } = p;
  const method = methodOf(p, id);
  const chosen = form.method === id;
  return html`<div class="suggestion ${chosen ? "chosen-card" : ""}" data-suggestion=${id}>
    <label class="method"><input type="radio" name="method" value=${id} .checked=${chosen} @change=${() => change({ method: id, picked: true })}>
      <span class="method-name"><span class="mark" aria-hidden="true">${chosen ? checkIcon() : nothing}</span>${say(method.names)}</span>
      <span class="method-summary">${say(why ?? method.summary)}</span></label>
    ${warnings.map((warning) => html`<p class="warning">${flagIcon()}<span>${say(warning)}</span></p>`)}
    ${planStrip(p, method, plan)} ${chosen ? steps(p, method, plan) : nothing}
    <div class="suggestion-foot"><span class="method-facts">${plan ? t("strip.fitted") : t("strip.usual", { n: method.minutes })} · ${t("people.range", { from: method.group_min, to: method.group_max })}</span>
      <button class="plain details" data-method=${id} @click=${() => set({ sheet: { method: id } })}>${t("method.more")}</button></div>
  </div>`;
}

/** The blocks of the chosen method by name. */
function steps({ t, say }, method, plan) {
  const name = (id) => say(method.phases.find((phase) => phase.id === id.split("~")[0])?.name);
  return html`<span class="method-phases" aria-hidden="true">${(plan ?? method.phases).map(({ id, minutes: of }, n) => html`<span><b>${n + 1}</b> ${name(id)} <i>${t("minutes.short", { n: Math.round(of) })}</i></span>`)}</span>`;
}

/** The plan as blocks: fitted to this group, or as the method has it. */
export function planStrip({ t, say }, method, plan) {
  const blocks = (plan ?? method.phases).map(({ id, minutes: of }) => ({ minutes: of, name: say(method.phases.find((phase) => phase.id === id.split("~")[0])?.name) }));
  const label = blocks.map((block) => t("strip.block", { name: block.name, n: Math.round(block.minutes) })).join(", ");
  return strip({ blocks, label, number: (n) => t("strip.number", { n: Math.round(n) }) });
}
