// Was it safe? Four answers, given once and without a name; they live in memory until they are given, and cannot be changed after.
import { html, nothing } from "lit-html";
import { announce } from "../../screen.js";
import { fiveTaps, results } from "./evaluation.js";
import { unsent, wish } from "./writing.js";

/** The safety pulse. */
export function pulseTask(p) {
  const { t, view, cards } = p;
  const all = cards("evaluation");
  if (!all) return nothing;
  const told = view.evaluation?.pulse ?? { answered: 0, results: {} };
  const texts = new Map(all.pulse.map((one) => [one.id, one]));
  return html`<h2>${t("my_pulse.title")}</h2>${view.my.pulsed ? html`<p data-pulsed role="status">${t("my_pulse.thanks")}</p>` : view.evaluation?.shown ? html`<p data-answers="over">${t("answers.over")}</p>` : questions(p, all)}
    ${Object.keys(told.results).length ? results(p, [...texts.keys()], texts, told.results, "pulse") : html`<p class="quiet" data-pulse-count=${told.answered}>${t("my_pulse.count", { n: told.answered })}</p>`}`;
}

function questions(p, all) {
  const { t, ui, set, say } = p;
  const given = ui.pulse ?? {};
  const ready = all.pulse.every(({ id }) => given[id]);
  const send = async () => {
    if (!(await wish(p, "AnswerPulse", { answers: Object.entries(given) }))) return;
    set({ pulse: {} });
    announce(t("my_pulse.thanks"));
  };
  const one = ({ id, text }) => html`<fieldset class="item" data-item=${id}><legend>${say(text)}</legend>
    ${fiveTaps(p, { mark: id, chosen: given[id], choose: (n) => set({ pulse: { ...given, [id]: n } }), low: all.scale.low, high: all.scale.high })}</fieldset>`;
  return html`<p class="quiet">${t("my_pulse.how")}</p>${all.pulse.map(one)}
    <div class="row"><button class="main" data-action="give-pulse" aria-disabled=${ready ? "false" : "true"} @click=${ready ? send : () => document.querySelector(`[data-item=${all.pulse.find(({ id }) => !given[id]).id}] button`)?.focus()}>${t("my_pulse.give")}</button></div>
    ${unsent(p, "AnswerPulse")}`;
}
