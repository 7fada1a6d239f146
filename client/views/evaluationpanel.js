// Whether the group evaluates now, and the way there from the tablet. The evaluation itself is in evaluation.js.
import { html, nothing } from "lit-html";
import { eyeIcon } from "../marks/icons.js";
import { isOff } from "./balance.js";

/** Whether the group looks back on this meeting now. */
export function evaluates({ summary: whole, floor }) {
  return Boolean(whole) || Boolean(floor?.captures?.some((kind) => kind === "evaluation" || kind === "agreement"));
}

/** For the hand: who answered on a phone (a number), and the way to the big view. */
export function evaluationPanel(p) {
  const { view, t, set } = p;
  const { answered = 0, of = 0 } = view.evaluation ?? {};
  const told = of ? html`<i data-answered=${answered}>${t("evaluation.answered", { n: answered, of })}</i>` : nothing;
  return html`<div class="evaluation-panel" data-evaluation-panel>
    ${view.summary || isOff(view) ? html`<button class="look" data-action="look" @click=${() => set({ look: true })}>${eyeIcon()}<span><b>${t("look.button")}</b><i>${view.summary ? t("look.more") : t("talk_time.was_off")}</i></span></button>` : nothing}
    <button class="look" data-action="evaluation" @click=${() => set({ sheet: "evaluation", evaluation: "answers" })}><span><b>${t("evaluation.title")}</b>${told}</span></button></div>`;
}
