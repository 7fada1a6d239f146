// A place on the own phone for a question between two evenings, and the way from there to the table. Nobody else sees that there is one.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { announce } from "../../screen.js";
import { coachCase } from "../../coach.js";
import { draft, forget, hold, keep } from "../../drafts.js";
import { prepare, prepared } from "../../prepared.js";
import { hintLine, ownCards } from "./writing.js";

const LONGEST = 400;
/** That the question was taken over to be changed and shared; gone with the meeting, as all drafts. */
const TAKEN = "prepared.taken";

/** The field, where there is no meeting to share it with yet. */
export function prepareCard(p) {
  const { t, view } = p;
  const text = prepared();
  const language = view?.language ?? t.language;
  const write = (event) => {
    prepare(event.target.value);
    p.set({});
  };
  const wipe = () => {
    prepare("");
    announce(t("prepared.wiped"));
    p.set({});
  };
  return html`<section class="prepared-card" data-prepared-card><h2>${view?.stage === "start" ? t("prepared.today") : t("prepared.title")}</h2>
    <div class="my-field"><label for="prepared">${t("case.label")}</label><p class="quiet" id="prepared-help">${t("prepared.how")}</p>
      <textarea id="prepared" data-field="prepared" rows="3" maxlength=${LONGEST} autocomplete="off" aria-describedby="prepared-help" .value=${live(text)} @input=${write}></textarea>
      ${hintLine({ ...p, view: { language } }, coachCase(text, p.cards("coaching"), language))}</div>
    ${text ? html`<div class="row"><button class="plain small" data-action="wipe-prepared" @click=${wipe}>${t("prepared.wipe")}</button></div>` : nothing}</section>`;
}

/** At the case card: what was prepared can be taken over, changed and shared. */
export function takeOver(p, name) {
  const { t, view } = p;
  const text = prepared();
  if (!text || draft(name) || ownCards(p, "case_list").length) return nothing;
  const over = () => {
    keep(view, name, text);
    hold(TAKEN, "yes");
    p.set({ unsent: null });
    requestAnimationFrame(() => document.querySelector(`[data-field="${name}"]`)?.focus());
  };
  return html`<div class="prepared-offer" data-prepared><p><b>${t("prepared.there")}</b> <q>${text}</q></p>
    <button class="plain" data-action="take-prepared" @click=${over}>${t("prepared.take")}</button></div>`;
}

const letters = (text) => text.replace(/\s+/gu, "").toLowerCase();

/** Wipes it where its letters are those of an own question on the table; an emptied field was not taken over, after all. */
export function shared(p) {
  const text = prepared();
  if (text && ownCards(p, "case_list").some((note) => letters(note.text) === letters(text))) prepare("");
  if (draft(TAKEN) && !draft("case.text")) forget(TAKEN);
}

/** To be called once the question that stands in the field now was shared: was it taken over, it is prepared no more, whatever words it has by then. */
export function onceShared() {
  return draft(TAKEN) ? () => prepare("") : () => {};
}
