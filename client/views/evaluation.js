// The group evaluates itself in three steps: look together, what was answered, what is agreed. Nobody's own answer is ever here.
import { html, nothing } from "lit-html";
import { agreements } from "./agreements.js";
import { ritual } from "./arriving.js";
import { feltBesideMeasured, pulse, results } from "./results.js";
import { rounds } from "../marks/spread.js";
import { sheet } from "./sheet.js";
import { called, chip } from "./slips.js";
import { summary } from "./summary.js";

/** Answers from which any are shown; with fewer somebody could be guessed, and turning them over would only close them. */
const FEWEST_ANSWERS = 4;
const STEPS = ["look", "answers", "agreements"];

/** The big view, over the page; `ui.evaluation` is the step. */
export function evaluationSheet(p) {
  const { view, ui, t, set } = p;
  const steps = STEPS.filter((step) => step !== "look" || view.summary);
  const step = steps.includes(ui.evaluation) ? ui.evaluation : steps[0];
  const after = steps[steps.indexOf(step) + 1];
  const go = (name) => () => {
    set({ evaluation: name, aloud: null });
    document.querySelector("dialog[data-sheet=evaluation]")?.scrollTo(0, 0);
  };
  return sheet({
    name: "evaluation", title: t("evaluation.title"), close: () => set({ sheet: null, aloud: null }), closeLabel: t("close"),
    content: html`<nav class="steps" aria-label=${t("evaluation.steps")}>${steps.map((name, n) => html`<button class="step-button ${name === step ? "chosen" : ""}" data-step=${name}
        aria-current=${name === step ? "step" : "false"} @click=${go(name)}><b>${n + 1}</b><span>${t(`evaluation.step.${name}`)}</span></button>`)}</nav>
      <div class="evaluation" data-evaluation=${step}>${content(p, step)}</div>
      ${after && ui.aloud == null ? html`<div class="row"><button class="main" data-action="next-step" @click=${go(after)}>${t("evaluation.next", { name: t(`evaluation.step.${after}`) })}</button></div>` : nothing}`,
  });
}

function content(p, step) {
  if (step === "look") return summary(p);
  if (step === "agreements") return html`${insightRound(p)}${agreements(p)}`;
  return p.ui.aloud == null ? answers(p) : aloud(p);
}

function answers(p) {
  const { t, set } = p;
  const apart = html`<button class="plain" data-action="aloud" @click=${() => set({ aloud: 0 })}>${t("aloud.button")}</button>`;
  if (!p.view.evaluation?.shown) return html`${waiting(p, apart)}${learning(p)}`;
  return html`${feltBesideMeasured(p)}
    <section class="answered"><div class="section-head"><h3>${t("results.title")}</h3>${apart}</div>${results(p)}</section>
    ${learning(p)}${pulse(p)}`;
}

/** Until the group looks at them together nothing is shown: an answer that comes late would give itself away. */
function waiting({ view, t, send }, apart) {
  const { answered = 0, of = 0, pulse: given } = view.evaluation ?? {};
  return html`<section class="answered" data-answers="waiting"><div class="section-head"><h3>${t("answers.waiting")}</h3>${apart}</div>
    ${rounds(answered, of)}
    <p><b>${t("evaluation.answered", { n: answered, of })}</b> ${given?.answered ? t("answers.pulses", { n: given.answered }) : nothing}</p>
    <p class="quiet">${of < FEWEST_ANSWERS ? t("answers.aloud") : t("answers.why", { n: FEWEST_ANSWERS })}</p>
    <div class="row"><button class="main grow" data-action="show-answers" ?disabled=${Math.max(answered, given?.answered ?? 0) < FEWEST_ANSWERS} @click=${() => send("ShowAnswers")}>${t("answers.show")}</button></div></section>`;
}

/** Questions to talk about; nobody writes an answer down. */
function learning(p) {
  const questions = p.cards("evaluation")?.learning ?? [];
  return html`<section class="learning"><h3>${p.t("learning.title")}</h3><ul class="talk-cards">${questions.map((one) => html`<li data-learning=${one.id}>${p.say(one.text)}</li>`)}</ul></section>`;
}

/** Without phones: one statement at a time, large. Safety is never asked aloud. */
function aloud(p) {
  const { t, set, ui } = p;
  const cards = p.cards("evaluation");
  if (!cards) return nothing;
  const items = [...cards.process, ...cards.result];
  const at = Math.min(ui.aloud, items.length - 1);
  const { who, text, id } = items[at];
  return html`<section class="aloud" data-aloud=${id}>
    <p class="quiet">${t("aloud.place", { n: at + 1, of: items.length })} · ${t(`aloud.${who ?? "all"}`)}</p>
    <p class="aloud-text" aria-live="polite">${p.say(text)}</p>
    <p class="quiet">${t("aloud.how", { low: p.say(cards.scale.low), high: p.say(cards.scale.high) })}</p>
    <div class="row">
      <button class="plain" data-action="aloud-back" ?disabled=${at === 0} @click=${() => set({ aloud: at - 1 })}>${t("aloud.back")}</button>
      ${at + 1 < items.length ? html`<button class="main grow" data-action="aloud-next" @click=${() => set({ aloud: at + 1 })}>${t("aloud.next")}</button>` : nothing}
      <button class="${at + 1 < items.length ? "plain" : "main grow"}" data-action="aloud-done" @click=${() => set({ aloud: null })}>${t("aloud.done")}</button></div></section>`;
}

/** How the group closes, chosen together, and what people took along so far. */
function insightRound(p) {
  const { view, t } = p;
  const closing = p.cards("rituals")?.closing ?? [];
  const insights = (view.notes ?? []).filter((note) => note.kind === "insight");
  return html`<section class="insights"><h3>${t("insight.title")}</h3><p class="quiet">${t("insight.how")}</p>
    <div class="rituals">${closing.map((one) => ritual(p, one))}</div>
    ${insights.length ? html`<ul class="insight-notes">${insights.map((note) => html`<li data-insight=${note.note}>${chip(note.seat)}<span><span class="unseen">${note.seat ? called(p, note.seat) : t("slip.together")}: </span>${note.text}</span></li>`)}</ul>` : html`<p class="quiet" data-insights="none">${t("insight.none")}</p>`}</section>`;
}
