// One card on the phone: the one that fits the moment, the one chosen here, or the one somebody is writing on. A change of phase never takes away what is half done.
import { html, nothing } from "lit-html";
import { letGo, stopOf, typedOn, unshared } from "../../drafts.js";
import { adviceTask, parked, parkTask } from "./advice.js";
import { canVote, caseTask, tidyVote, voteTask } from "./case.js";
import { itemsTask, learningTask } from "./evaluation.js";
import { fitting, SINGLE } from "./fitting.js";
import { lookBackTask } from "./lookback.js";
import { intentionTask, restateTask, sortTask } from "./owner.js";
import { pulseTask } from "./pulse.js";
import { askedTask, questionsTask } from "./questions.js";
import { behindTask } from "./reading.js";
import { writer } from "./writing.js";

const CARDS = {
  agreements: agreementsCard, case: caseTask, vote: voteTask, questions: questionsTask, asked: askedTask, park: parkTask, advice: adviceTask, restate: restateTask,
  behind: behindTask, sort: sortTask, intention: intentionTask, items: itemsTask, learning: learningTask, pulse: pulseTask, look_back: lookBackTask,
};

/** What is on screen: {cards: names that can be reached, card: the one shown or null, stayed: the group went on meanwhile}. */
export function onScreen({ view, ui }) {
  tidyVote(view);
  const stop = stopOf(view);
  const fit = fitting({ view });
  const begun = view.my ? unshared().filter((card) => card !== "learning" && drawn(card) && (card !== "vote" || canVote({ view })) && (card !== "look_back" || view.my.look_back)) : [];
  const cards = [...new Set([...fit, ...begun])];
  const chosen = ui.tab?.stop === stop && cards.includes(ui.tab.card) ? ui.tab.card : null;
  const on = typedOn();
  const writing = on && (begun.includes(on.card) || hasFocus(on.card)) ? on : null;
  const stayed = !chosen && writing !== null && writing.stop !== stop && writing.card !== fit[0];
  return { cards: stayed && !cards.includes(writing.card) ? [...cards, writing.card] : cards, card: chosen ?? writing?.card ?? fit[0] ?? null, stayed };
}

const drawn = (card) => card in CARDS || card.startsWith("card.");
const hasFocus = (card) => document.activeElement?.matches?.("textarea, input[type=text]") && document.activeElement.closest("[data-task]")?.dataset.task === card;

/** The row of tabs and the card. */
export function moment(p) {
  const { cards, card, stayed } = onScreen(p);
  if (!card) return nothing;
  return html`${stayed ? wentOn(p) : nothing}${cards.length > 1 ? tabs(p, cards, card) : nothing}
    <section class="task" data-task=${card} aria-label=${name(p, card)}>${card in CARDS ? CARDS[card](p) : simpleTask(p, card.slice("card.".length))}</section>`;
}

const name = ({ t }, card) => (card.startsWith("card.") ? t(`card.${card.slice("card.".length)}`) : t(`task.${card}`));

/** Quietly: the group is further; what stands here stays. */
function wentOn(p) {
  const { t, view, say, set } = p;
  const along = () => {
    letGo();
    set({ tab: null });
  };
  return html`<div class="went-on" role="status"><p>${t("went_on", { name: view.phase ? say(view.phase.name) : t("task.agreements") })}</p>
    <button class="plain small" data-action="go-along" @click=${along}>${t("go_along")}</button></div>`;
}

function tabs(p, cards, shown) {
  const choose = (card) => p.set({ tab: { card, stop: stopOf(p.view) } });
  return html`<nav class="task-tabs" aria-label=${p.t("tabs")}>${cards.map((card) => html`<button class="task-tab" data-tab=${card} aria-current=${card === shown ? "true" : nothing} @click=${() => choose(card)}>${name(p, card)}</button>`)}</nav>`;
}

function agreementsCard({ view, t, say }) {
  return html`<ol class="agreements">${view.agreements.map((agreement) => html`<li>${say(agreement.text)}</li>`)}</ol><p class="quiet">${t("phone.consent")}</p>`;
}

/** A plain card of the kind that this phase asks for. */
function simpleTask(p, kind) {
  const { t } = p;
  return html`${kind === "option_list" ? parked(p, kind) : nothing}
    ${writer(p, { card: `card.${kind}`, kind, one: SINGLE.has(kind), label: t(`card_ask.${kind}`) })}`;
}
