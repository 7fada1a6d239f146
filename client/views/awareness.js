// The question as it was and as it is now, side by side, with the own share below. The case owner says the words; a question card may help, one at a time.
import { html, nothing } from "lit-html";
import { deeperIcon, penIcon } from "../marks/guideicons.js";
import { sheet } from "./sheet.js";
import { called } from "./slips.js";
import { writing } from "./writing.js";

const GROUPS = ["question", "own_share"];

/** In the hand. */
export function awarenessPanel(p) {
  const { view, t, set } = p;
  const { question, restated, own_share: share } = view.case ?? {};
  const words = (name, text, empty) => html`<div class="then-now ${text ? "" : "open"}" data-said=${name}><h2>${t(`aware.${name}`)}</h2><p>${text || empty}</p></div>`;
  return html`<section class="panel" data-panel="awareness"><div class="side-by-side">${words("first", question, t("aware.first_empty"))}${words("now", restated, t("aware.now_empty"))}</div>
    ${share ? html`<p class="share" data-said="share"><span class="quiet">${t("aware.share")}</span> ${share}</p>` : nothing}
    <div class="row"><button class="plain" data-action="awareness" @click=${() => set({ sheet: "awareness" })}>${penIcon()}<span>${t("aware.write")}</span></button>${deeperButton(p)}</div></section>`;
}

/** The first question alone, where a phase only asks for that. */
export function questionPanel(p) {
  const { t, set } = p;
  return html`<section class="panel" data-panel="first-question"><p class="quiet">${t("aware.first_how")}</p>
    <div class="row"><button class="plain" data-action="awareness" @click=${() => set({ sheet: "awareness" })}>${penIcon()}<span>${t("aware.write")}</span></button></div></section>`;
}

export const deeperButton = (p) => html`<button class="plain" data-action="deeper" @click=${() => p.set({ sheet: "deeper" })}>${deeperIcon()}<span>${p.t("deeper.button")}</span></button>`;

/** The three fields, written on the owner's word. */
export function awarenessSheet(p) {
  const { t, view, set, send } = p;
  const { owner, number = 1, question = "", restated = "", own_share: share = "" } = view.case ?? {};
  const field = (kind, label, text, place) => writing(p, {
    id: `${kind}.${number}`, label, text, place, empty: Boolean(noteOf(view, kind)), save: (words) => keep(p, kind, words, owner, send),
  });
  return sheet({
    name: "awareness", title: t("aware.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="sheet-text">${owner ? t("aware.on_word", { name: called(p, owner) }) : t("aware.nobody")}</p>
      ${field("question_original", t("aware.first"), question, t("aware.first_place"))}
      ${field("question_reformulated", t("aware.now"), restated, t("aware.now_place"))}
      ${field("own_share", t("aware.share"), share, t("aware.share_place"))}
      <div class="row">${deeperButton(p)}</div>`,
  });
}

/** The card that stands there, of the owner or of nobody; not what another wrote, nor a question that only stands on the chosen case. */
const noteOf = (view, kind) => (view.notes ?? []).find((card) => card.kind === kind && card.case === (view.case?.number ?? 1) && [view.case?.owner, null].includes(card.seat));

/** An emptied field takes its card back. */
function keep({ view }, kind, text, owner, send) {
  const card = noteOf(view, kind);
  if (!text) return card ? send("DropNote", { note: card.note }) : Promise.resolve(true);
  return send("WriteNote", { kind, text, ...(owner ? { seat: owner } : {}) });
}

// --- the question behind the question ---

let deck = []; // ids still to come, the one on top first; of this screen alone

/** The ids in a new order; the one seen last does not come first. */
function shuffled(groups, last) {
  const ids = groups.filter((group) => GROUPS.includes(group.id)).flatMap((group) => group.cards.map((card) => card.id));
  for (let n = ids.length - 1; n > 0; n -= 1) {
    const other = Math.floor(Math.random() * (n + 1));
    [ids[n], ids[other]] = [ids[other], ids[n]];
  }
  if (ids.length > 1 && ids[0] === last) ids.push(ids.shift());
  return ids;
}

/** One card, large; another comes only when it is asked for, and none twice before all were seen. */
export function deeperSheet(p) {
  const { t, say, set, cards } = p;
  const groups = cards("questions")?.groups ?? [];
  if (!deck.length) deck = shuffled(groups, null);
  const group = groups.find((one) => one.cards.some((card) => card.id === deck[0]));
  const card = group?.cards.find((one) => one.id === deck[0]);
  const other = () => {
    const last = deck.shift();
    if (!deck.length) deck = shuffled(groups, last);
    set({});
  };
  return sheet({
    name: "deeper", title: group ? say(group.name) : t("deeper.button"), close: () => set({ sheet: null }), closeLabel: t("close"), small: true,
    content: html`<p class="deeper-card" aria-live="polite" data-card=${card?.id ?? nothing}>${card ? say(card.text) : ""}</p>
      <div class="row"><button class="plain grow" data-action="another" @click=${other}>${t("deeper.another")}</button></div>`,
  });
}
