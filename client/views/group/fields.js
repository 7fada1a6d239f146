// The parts the group's pages are made of: a section, a line that is sent when it is left, a number, a word that may be on or off. Nothing is decided here.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { stepper } from "../choices.js";
import { hold, onItsWay, standing, typed, wentOut } from "./held.js";
import { refusal, refusalOf } from "./wishes.js";

/** One subject of a page, with its heading. */
export const part = (id, title, content) => html`<section class="group-part" data-part=${id} aria-labelledby="part-${id}"><h2 id="part-${id}">${title}</h2>${content}</section>`;

/**
 * A line that is sent as soon as it is left, or with Enter, as browsers see it.
 * @param {{id, label, text, save: (text: string) => Promise<boolean>, type?, most?, place?, rows?, bare?, needed?, more?, good?: (text: string) => boolean}} given
 *   `rows` makes it a text of so many lines; `bare`: the label is only heard; `needed`: emptied, it takes back what was there; `good`: whether it may be sent as it stands
 */
export function line(p, given) {
  const { id, label, text, type = "text", most = 120, place = "", rows = 0, bare = false, more = "" } = given;
  const write = (event) => {
    hold(id, event.target.value);
    p.set({});
  };
  const left = (event) => leave(p, given, event.target.value);
  const told = refusalOf(p, id);
  return html`<div class="group-field"><label class=${bare ? "unseen" : "legend-head"} for="field-${id}">${label}</label>
    ${rows
      ? html`<textarea id="field-${id}" data-field=${id} rows=${rows} maxlength=${most} placeholder=${place} autocomplete="off" aria-describedby=${told} .value=${live(standing(id, text))} @input=${write} @change=${left}></textarea>`
      : html`<input id="field-${id}" data-field=${id} type=${type} maxlength=${most} placeholder=${place} autocomplete="off" aria-describedby=${told} .value=${live(standing(id, text))} @input=${write} @change=${left}>`}
    ${more ? html`<p class="quiet">${more}</p>` : nothing}${refusal(p, id)}</div>`;
}

/** A field that goes away with its page is left too, as browsers see it; what was released by then is not sent. */
async function leave(p, { id, text, save, needed = false, good = () => true }, value) {
  if (typed(id) === undefined) return;
  const said = value.trim();
  if (onItsWay(id, said) || (said !== text && !good(said))) return;
  if (said === text || (needed && !said)) {
    hold(id, undefined);
    p.set({});
    return;
  }
  hold(id, said);
  if ((await save(said)) && typed(id) === said) wentOut(id, said, text);
}

/** A field with a button that adds what was typed. */
export function adding(p, { id, label, button, save, most = 120, place = "" }) {
  const words = (typed(id) ?? "").trim();
  const write = (event) => {
    hold(id, event.target.value);
    p.set({});
  };
  const send = async (event) => {
    event.preventDefault();
    const said = typed(id);
    if (!said?.trim() || !(await save(said.trim()))) return;
    if (typed(id) === said) hold(id, undefined);
    p.set({});
  };
  return html`<form class="group-add" data-add=${id} @submit=${send}><label class="legend-head" for="field-${id}">${label}</label>
    <div class="add-row"><input type="text" id="field-${id}" data-field=${id} maxlength=${most} placeholder=${place} autocomplete="off" aria-describedby=${refusalOf(p, id)} .value=${live(typed(id) ?? "")} @input=${write}>
      <button class="plain" type="submit" data-action="add-${id}" ?disabled=${!words}>${button}</button></div>${refusal(p, id)}</form>`;
}

/** A number with less and more, under its own heading. */
export function number(p, { id, legend, value, least = 0, most, step = 1, say, save, more = "" }) {
  const { t } = p;
  return html`<fieldset class="group-number" data-number=${id}><legend>${legend}</legend>
    ${stepper({ less: t("group.less", { what: legend }), more: t("group.more", { what: legend }), value, least, most, step, say, set: save })}
    ${more ? html`<p class="quiet">${more}</p>` : nothing}${refusal(p, id)}</fieldset>`;
}

/** A word that is on or off. */
export const toggle = ({ on, act, label, name, value }) => html`<button class="plain toggle ${on ? "chosen" : ""}" aria-pressed=${on ? "true" : "false"} data-toggle="${name}:${value}" @click=${act}>
  <span class="toggle-mark" aria-hidden="true">${on ? "✓" : ""}</span><span>${label}</span></button>`;

/** One of many, from a list of the device. */
export function pick(p, { id, label, value, options, save, more = "" }) {
  return html`<div class="group-field"><label class="legend-head" for="field-${id}">${label}</label>
    <select id="field-${id}" data-field=${id} aria-describedby=${refusalOf(p, id)} @change=${(event) => save(event.target.value)}>
      ${options.map(([key, words]) => html`<option value=${key} .selected=${live(String(key) === String(value))}>${words}</option>`)}</select>
    ${more ? html`<p class="quiet">${more}</p>` : nothing}${refusal(p, id)}</div>`;
}
