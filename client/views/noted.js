// Hunches, images, insights and what else a phase gathers: open cards by kind, a small field for one more, and everything that is written behind one button.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { cardsIcon, compassIcon, deeperIcon, penIcon, roundIcon } from "../marks/guideicons.js";
import { eyeIcon } from "../marks/icons.js";
import { sheet } from "./sheet.js";
import { present, slip } from "./slips.js";
import { writing } from "./writing.js";

/** Kinds that have a panel of their own. */
const ELSEWHERE = new Set(["case_list", "chosen_case", "question_list", "question_heat", "question_original", "question_reformulated", "own_share", "advice_list", "evaluation", "agreement"]);
/** Every kind that can be noted by anybody, in the order in which a meeting comes to them. */
const NOTABLE = [
  "follow_up_note", "answer_notes", "core_statement", "hypothesis_list", "feeling_list", "image_list", "identification_list", "belief_list", "values_table", "quadrant", "layout",
  "role_assignment", "appreciation_list", "success_factors", "option_list", "advice_choice", "decision", "action", "principle", "insight", "elsewhere",
];
/** Kinds that ask for attention in the hand; the others wait behind "Cards". */
const IN_HAND = new Set(["core_statement", "hypothesis_list", "feeling_list", "image_list", "identification_list", "belief_list", "values_table", "quadrant", "appreciation_list", "success_factors", "option_list", "principle", "insight"]);
const MOST_IN_HAND = 2;

/** The kind that a phase gathers in the hand, or undefined. */
export const gathered = ({ view }) => (view.floor?.captures ?? []).find((kind) => IN_HAND.has(kind));

const here = ({ view }, kind) => (view.notes ?? []).filter((card) => card.kind === kind && card.case === (view.case?.number ?? 1));

/** In the hand: the last cards of that kind and a field for one more. */
export function notedPanel(p) {
  const kind = gathered(p);
  const list = here(p, kind);
  return html`<section class="panel" data-panel="noted" data-kind=${kind}>${list.length ? html`<div class="panel-head"><h2>${p.t(`captured.${kind}`)}</h2>${list.length > MOST_IN_HAND ? html`<span class="quiet">${p.t("noted.more", { n: list.length })}</span>` : nothing}</div>` : nothing}
    ${list.slice(-MOST_IN_HAND).map((card) => slip(p, card))}${oneMore(p, kind, list.length ? p.t("noted.one_more") : p.t(`captured.${kind}`), list.length > 0)}</section>`;
}

function oneMore(p, kind, label, bare = false) {
  const { view, t, send } = p;
  const stem = (view.phase.stems?.[t.language] ?? [])[0];
  return writing(p, {
    id: `${kind}.${view.case?.number ?? 1}`, label, bare, place: stem ?? "", rows: 1, seats: present(p), first: view.round?.now ?? "",
    save: (text, seat) => send("WriteNote", { kind, text, ...(seat ? { seat } : {}) }),
  });
}

// --- everything that is written ---

export const cardsButton = ({ t, set }) => html`<button class="tool" data-action="cards" @click=${() => set({ sheet: "cards" })}>${cardsIcon()}<span>${t("cards.button")}</span></button>`;

/** Behind the button: the other panels, what was gathered by kind, and a field for any kind. */
export function cardsSheet(p) {
  const { t, set } = p;
  const kinds = NOTABLE.filter((kind) => here(p, kind).length);
  return sheet({
    name: "cards", title: t("cards.button"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`${ways(p)}
      ${kinds.length ? html`<div class="kinds">${kinds.map((kind) => html`<section data-noted=${kind}><h3>${t(`captured.${kind}`)}</h3>${here(p, kind).map((card) => slip(p, card, drop(p, card)))}</section>`)}</div>`
        : html`<p class="quiet">${t("cards.empty")}</p>`}${anyKind(p)}`,
  });
}

const drop = ({ t, send }, card) => html`<div class="slip-foot"><button class="plain" data-drop=${card.note} @click=${() => send("DropNote", { note: card.note })}>${t("noted.drop")}</button></div>`;

function ways({ t, view, set }) {
  const way = (name, icon, count = 0) => html`<button class="seat-row way" data-way=${name} @click=${() => set({ sheet: name })}>${icon}<span class="seat-name">${t(`way.${name}`)}</span><span class="quiet">${count || ""}</span></button>`;
  return html`<div class="pairs">${way("cases", eyeIcon(), view.cases?.length)}${way("questions", deeperIcon(), view.questions?.asked.length)}${way("awareness", penIcon())}
    ${way("advice", cardsIcon(), view.advice?.length)}${way("intention", compassIcon())}${way("round", roundIcon())}</div>`;
}

/** A card of any kind; the phase's own first. */
function anyKind(p) {
  const { t, view, ui, set } = p;
  const own = (view.floor?.captures ?? []).filter((kind) => !ELSEWHERE.has(kind));
  const kinds = [...own, ...NOTABLE.filter((kind) => !own.includes(kind))];
  const kind = ui.noteKind ?? kinds[0];
  return html`<div class="any-kind"><label class="whose"><span>${t("noted.kind")}</span><select data-kind-choice @change=${(event) => set({ noteKind: event.target.value })}>
    ${kinds.map((one) => html`<option value=${one} .selected=${live(one === kind)}>${t(`captured.${one}`)}</option>`)}</select></label>${oneMore(p, kind, t("noted.one_more"))}</div>`;
}
