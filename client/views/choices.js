// One choice out of a few, as big round labels over real radio buttons. Nothing is decided here.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";

/** @param {{legend: string, name: string, options: [value, label][], chosen, choose: (value) => void, more?: string, after?}} given */
export function choices({ legend, name, options, chosen, choose, more = "", after = nothing }) {
  const choice = ([value, label, language]) => html`<label class="choice ${chosen === value ? "chosen" : ""}">
    <input type="radio" name=${name} value=${String(value)} .checked=${live(chosen === value)} @change=${() => choose(value)}><span lang=${language ?? nothing}>${label}</span></label>`;
  return html`<fieldset><legend>${legend}</legend><div class="row">${options.map(choice)}${after}</div>
    ${more ? html`<p class="quiet choice-more" aria-live="polite">${more}</p>` : nothing}</fieldset>`;
}

/** A number with less and more beside it. */
export function stepper({ less, more, value, least, most, step = 1, say, set }) {
  return html`<div class="stepper"><button class="plain round" aria-label=${less} ?disabled=${value <= least} @click=${() => set(Math.max(least, value - step))}>−</button>
    <output>${say(value)}</output>
    <button class="plain round" aria-label=${more} ?disabled=${value >= most} @click=${() => set(Math.min(most, value + step))}>+</button></div>`;
}
