// Who sits at the table: three to eight chairs, a name if people like, who leads. What to expect at the edges is said.
import { html, nothing } from "lit-html";
import { LETTERS } from "../marks/patterns.js";
import { stepper } from "./choices.js";
import { methodOf } from "./form.js";

const LEAST = 3;
const MOST = LETTERS.length;

/** The chairs, to be added, taken away and named. */
export function chairs(p, form, change) {
  const { t } = p;
  const count = form.names.length;
  const seat = (number) => change(number < count ? fewer(form, number) : { names: [...form.names, ""] });
  return html`<fieldset><legend>${t("start.chairs")}</legend>
    ${stepper({ less: t("start.fewer"), more: t("start.more"), value: count, least: LEAST, most: MOST, say: (n) => t("people", { n }), set: seat })}
    <div aria-live="polite">${numbersSaid(p, form)}</div>
    <ol class="chairs">${form.names.map((name, n) => chair(p, form, change, LETTERS[n], name, n))}</ol></fieldset>`;
}

/** What this number of people means, and whether the chosen method is for it. */
export function numbersSaid(p, form) {
  const method = methodOf(p, form.method);
  const count = form.names.length;
  const outside = method && (count < method.group_min || count > method.group_max);
  return html`${edge(p.t, count)}${outside ? html`<p class="quiet choice-more">${p.t("start.outside", { from: method.group_min, to: method.group_max })}</p>` : nothing}`;
}

function fewer(form, count) {
  const there = (letter) => LETTERS.indexOf(letter) < count;
  return { names: form.names.slice(0, count), facilitator: there(form.facilitator) ? form.facilitator : "A", trainer: there(form.trainer) ? form.trainer : null };
}

/** With three or eight it works, but differently; beyond that it is another kind of meeting. */
function edge(t, count) {
  if (count > LEAST && count < MOST) return nothing;
  return html`<p class="edge" data-edge=${count}>${count <= LEAST ? t("edge.least") : t("edge.most")}</p>`;
}

function chair({ t }, form, change, letter, name, n) {
  const named = (event) => change({ names: form.names.map((old, i) => (i === n ? event.target.value : old)) });
  const leads = form.facilitator === letter;
  return html`<li><span class="chip seat-${letter}" aria-hidden="true">${letter}</span>
    <input type="text" maxlength="40" autocomplete="off" placeholder=${t("start.name")} aria-label=${t("start.name_of", { letter })} .value=${name} @input=${named}>
    <label class="choice small ${leads ? "chosen" : ""}"><input type="radio" name="leads" .checked=${leads} @change=${() => change({ facilitator: letter })}>
      <span>${t("start.leads")}</span></label></li>`;
}
