// What only the case owner does: the question said anew, advice laid on piles, "enough", the own choice. Nobody else decides these.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { announce } from "../../screen.js";
import { coachCase } from "../../coach.js";
import { draft, forget, keep } from "../../drafts.js";
import { field, hintLine, keptUntil, quote, shareButton, unsent, wish, writer } from "./writing.js";

const PILES = ["done", "fits", "not_now"];
const INTENTION = ["text", "step", "by"].map((part) => `intention.${part}`);

/** The question as it was beside the question as it is now, and the own share. */
export function restateTask(p) {
  const { t, view, cards } = p;
  const hint = (text) => hintLine(p, coachCase(text, cards("coaching"), view.language));
  return html`${view.case.question ? html`<p class="card-over">${t("restate.was")}</p>${quote(view.case.question, "question")}` : nothing}
    ${writer(p, { card: "restate", part: "question", kind: "question_reformulated", one: true, label: t("restate.label"), help: t("restate.help"), hint })}
    ${writer(p, { card: "restate", part: "share", kind: "own_share", one: true, label: t("restate.share"), help: t("restate.share_help") })}`;
}

// --- advice ---

/** Advice in three piles, by tapping; and quietly: enough. */
export function sortTask(p) {
  const { t, view } = p;
  const left = view.advice.filter((note) => !note.pile);
  const sort = (note, pile) => wish(p, "SortAdvice", { note: note.note, pile });
  return html`<h2>${t("sort.title")}</h2><p class="quiet">${view.advice.length ? t("sort.how") : t("sort.none")}</p>
    <ul class="sort-list">${left.map((note) => html`<li class="own-card" data-advice=${note.note}><p>${note.text}</p>
      <div class="taps three">${PILES.map((pile) => html`<button class="tap" data-pile="${note.note}=${pile}" @click=${() => sort(note, pile)}>${t(`pile.${pile}`)}<span class="unseen">: ${note.text}</span></button>`)}</div></li>`)}</ul>
    ${view.advice.length > left.length ? html`<div class="my-piles">${PILES.map((pile) => pileOf(p, pile, sort))}</div>` : nothing}
    ${unsent(p, "SortAdvice")}${enough(p)}`;
}

function pileOf({ t, view }, pile, sort) {
  const notes = view.advice.filter((note) => note.pile === pile);
  return html`<section class="my-pile" data-on-pile=${pile}><h3>${t(`pile.${pile}`)} <span class="quiet">${notes.length}</span></h3>
    <ul>${notes.map((note) => html`<li><span>${note.text}</span><button class="plain round" data-unpile=${note.note} aria-label=${t("my_pile.off", { text: note.text })} @click=${() => sort(note, "")}>↩</button></li>`)}</ul></section>`;
}

function enough(p) {
  const { t, view } = p;
  const said = view.case.enough;
  return html`<div class="my-enough" data-said=${said ? "yes" : "no"}><p class="quiet" role="status">${said ? t("enough.said") : nothing}</p>
    <button class="plain" data-action=${said ? "enough-back" : "enough"} @click=${() => wish(p, "SayEnough", { enough: !said })}>${said ? t("enough.back") : t("enough.say")}</button>${unsent(p, "SayEnough")}</div>`;
}

// --- the own choice ---

/** What the case owner is going to do, the first step, and by when. */
export function intentionTask(p) {
  const { t, view } = p;
  const formed = view.case.intention;
  const [text, step, by] = INTENTION.map(draft);
  if (formed && !text && !step && !by) return intentionFormed(p, formed);
  const form = async () => {
    if (await wish(p, "FormIntention", { text: text.trim(), step: step.trim(), by: by.trim() }, ...INTENTION)) announce(t("note.shared", { text: text.trim() }));
  };
  const leave = () => {
    forget(...INTENTION);
    p.set({ unsent: null });
  };
  return html`<h2>${t("my_intention.title")}</h2>
    ${field(p, { name: INTENTION[0], label: t("my_intention.text"), help: t("my_intention.help"), rows: 2 })}
    ${field(p, { name: INTENTION[1], label: t("my_intention.step"), rows: 2 })}
    ${byWhen(p, by)}
    <div class="row">${shareButton({ label: t("my_intention.save"), name: INTENTION[0], ready: text.trim() !== "", act: form, action: "form-intention" })}
      ${formed ? html`<button class="plain" data-action="leave-note" @click=${leave}>${t("note.leave")}</button>` : nothing}</div>
    <p class="quiet kept">${keptUntil(p, t("my_intention.save"))}</p>${unsent(p, INTENTION[0])}`;
}

/** Words, or a day that becomes words. */
function byWhen(p, by) {
  const { t, view, set } = p;
  const said = (words) => {
    keep(view, INTENTION[2], words);
    set({ unsent: null });
  };
  const chosen = ({ target }) => target.value && said(new Intl.DateTimeFormat(view.language, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(target.value)));
  return html`<div class="my-field"><label for="intention-by">${t("my_intention.by")}</label>
    <div class="by-when"><input type="text" id="intention-by" data-field=${INTENTION[2]} maxlength="60" autocomplete="off" placeholder=${t("my_intention.by_example")} .value=${live(by)} @input=${({ target }) => said(target.value)}>
      <input type="date" class="plain" data-field="intention.day" aria-label=${t("my_intention.day")} @change=${chosen}></div></div>`;
}

function intentionFormed(p, { text, step, by }) {
  const { t, view } = p;
  const change = () => {
    [text, step, by].forEach((words, n) => keep(view, INTENTION[n], words));
    p.set({ unsent: null });
  };
  return html`<h2>${t("my_intention.title")}</h2><div class="own-card" data-intention>${quote(text, "intention")}
    ${step ? html`<p><span class="card-over">${t("my_intention.step")}</span> ${step}</p>` : nothing}${by ? html`<p><span class="card-over">${t("my_intention.by")}</span> ${by}</p>` : nothing}
    <div class="row"><button class="plain small" data-action="change-intention" @click=${change}>${t("note.change")}</button>
      <button class="plain small" data-action="drop-intention" @click=${() => wish(p, "FormIntention", { text: "", step: "", by: "" })}>${t("note.drop")}</button></div>${unsent(p, "FormIntention")}</div>`;
}
