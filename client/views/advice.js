// Advice: one each, as "I would ...". The case owner lays it on a pile, says when it is enough, and forms an own intention. No advice is counted against anybody.
import { html, nothing } from "lit-html";
import { checkIcon, laterIcon } from "../marks/icons.js";
import { compassIcon, handIcon } from "../marks/guideicons.js";
import { typed } from "../drafts.js";
import { sheet } from "./sheet.js";
import { called, chip, slip } from "./slips.js";
import { area, others, sentStill, standing, unsaved, writing } from "./writing.js";

const PILE_ICONS = { done: checkIcon, fits: compassIcon, not_now: laterIcon };
const PILES = Object.keys(PILE_ICONS);
const onWord = ({ view }) => (view.case?.owner ? { seat: view.case.owner } : {});
const loose = ({ view }) => (view.advice ?? []).filter((card) => !card.pile);
const on = ({ view }, pile) => (view.advice ?? []).filter((card) => card.pile === pile);

/** In the hand: what lies on which pile, and what to do with it; or that there is enough. */
export function advicePanel(p) {
  const { t, view } = p;
  if (view.case?.enough) return html`<section class="panel" data-panel="advice">${enoughSign(p, html`${intentionButton(p)}${cardsButton(p)}`)}</section>`;
  const some = view.advice?.length > 0;
  return html`<section class="panel" data-panel="advice">${parked(p) ?? html`<h2>${t("advice.each")}</h2>`}
    ${some ? html`<div class="piles">${PILES.map((pile) => html`<div class="pile" data-pile=${pile}><p>${t(`pile.${pile}`)}</p><p class="chips">${on(p, pile).map((card) => chip(card.seat, "small"))}</p></div>`)}</div>` : nothing}
    <div class="row">${cardsButton(p)}${intentionButton(p)}${some ? enoughButton(p) : nothing}</div></section>`;
}

function cardsButton(p) {
  const n = loose(p).length;
  return html`<button class=${n ? "main" : "plain"} data-action="advice" @click=${() => p.set({ sheet: "advice" })}>${n ? p.t("advice.sort", { n }) : p.t("advice.cards")}</button>`;
}

/** In the hand where a phase asks only for what the case owner is going to do. */
export function intentionPanel(p) {
  const { t, view } = p;
  const { text, step, by } = view.case?.intention ?? {};
  return html`<section class="panel" data-panel="intention"><h2>${t("intention.title")}</h2>
    ${text ? html`<p class="said-large">${t("quoted", { text })}</p>${step || by ? html`<p class="quiet">${[step, by].filter(Boolean).join(" · ")}</p>` : nothing}` : html`<p class="quiet">${t("intention.empty")}</p>`}
    <div class="row">${intentionButton(p)}</div></section>`;
}

const intentionButton = ({ t, set, view }) => html`<button class="plain" data-action="intention" @click=${() => set({ sheet: "intention" })}>${compassIcon()}<span>${view.case?.intention ? t("intention.see") : t("intention.button")}</span></button>`;

const enoughButton = (p) => html`<button class="plain" data-action="enough" @click=${() => p.send("SayEnough", { enough: true, ...onWord(p) })}>${handIcon()}<span>${p.t("advice.enough")}</span></button>`;

/** The case owner has enough: said warmly, with the way on and the way back. */
function enoughSign(p, more = nothing) {
  const { t, view, set, send } = p;
  return html`<div class="enough" role="status" data-enough><p>${handIcon()}<span>${t("advice.enough_said")}</span></p><div class="row">
    ${view.phase.next ? html`<button class="plain strong" data-action="enough-next" @click=${() => set({ sheet: "next" })}>${t("advice.on")}</button>` : nothing}
    ${more}<button class="plain" data-action="not-enough" @click=${() => send("SayEnough", { enough: false, ...onWord(p) })}>${t("advice.more")}</button></div></div>`;
}

/** What was kept for later comes back now. */
const parked = ({ view, t }) => (view.parked > 0 ? html`<h2 class="parked" data-parked=${view.parked}>${laterIcon()}${t("advice.parked", { n: view.parked })}</h2>` : null);

// --- three piles ---

/** The cards on their piles, sorted here on the owner's word; and a piece of advice typed here. */
export function adviceSheet(p) {
  const { t, view, set, send } = p;
  const column = (pile) => html`<section class="column" data-column=${pile} aria-label=${t(`pile.${pile}`)}><h3>${t(`pile.${pile}`)}</h3>
    ${on(p, pile).map((card) => slip(p, card, html`<div class="slip-foot"><button class="plain" data-pile-to="" @click=${() => lay(p, card, "")}>${t("pile.off")}</button></div>`))}</section>`;
  return sheet({
    name: "advice", title: t("advice.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<div class="wide-sheet">${view.case?.enough ? enoughSign(p) : nothing}
      ${view.advice?.length ? nothing : html`<p class="sheet-text">${t("advice.empty")}</p>`}
      ${loose(p).length ? html`<p class="sheet-text">${t("advice.how")}</p><div class="slips sorting">${loose(p).map((card) => slip(p, card, piles(p, card)))}</div>` : nothing}
      ${view.advice?.length ? html`<div class="columns">${PILES.map(column)}</div>` : nothing}
      ${writing(p, { id: `advice_list.${view.case?.number ?? 1}`, label: t("advice.type"), place: t("advice.place"), seats: others(p), nobody: false, first: firstWithout(p), save: (text, seat) => send("WriteNote", { kind: "advice_list", text, seat }) })}</div>`,
  });
}

/** Who gave none yet is proposed first, whoever has the turn before the others: a second one takes the place of the first. */
function firstWithout(p) {
  const without = others(p).map((seat) => seat.letter).filter((letter) => !(p.view.advice ?? []).some((card) => card.seat === letter));
  return without.includes(p.view.round?.now) ? p.view.round.now : (without[0] ?? "");
}

const lay = (p, card, pile) => p.send("SortAdvice", { note: card.note, pile, ...onWord(p) });

function piles(p, card) {
  return html`<div class="slip-foot" role="group" aria-label=${p.t("advice.how")}>${PILES.map((pile) => html`<button class="plain" data-pile-to=${pile} @click=${() => lay(p, card, pile)}>${PILE_ICONS[pile]()}<span>${p.t(`pile.${pile}`)}</span></button>`)}</div>`;
}

// --- what the case owner is going to do ---

/** Own choice, first step, by when: one deliberate "keep". */
export function intentionSheet(p) {
  const { t, view, set, send } = p;
  const { number = 1, owner, intention } = view.case ?? {};
  const parts = ["text", "step", "by"];
  const id = (part) => `intention.${part}.${number}`;
  const now = Object.fromEntries(parts.map((part) => [part, standing(id(part), intention?.[part]).trim()]));
  const can = now.text !== "" && parts.some((part) => unsaved(id(part), intention?.[part]));
  const save = async (event) => {
    event.preventDefault();
    const sent = parts.map((part) => typed(id(part)));
    if (!can || !(await send("FormIntention", { ...now, ...onWord(p) }))) return;
    const whole = parts.map((part, n) => sentStill(id(part), sent[n])).every(Boolean);
    if (whole) set({ sheet: null });
  };
  const field = (part, rows, next = null) => area(p, { id: id(part), next: next && id(next), label: t(`intention.${part}`), text: intention?.[part] ?? "", place: t(`intention.${part}_place`), rows });
  return sheet({
    name: "intention", title: t("intention.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`${owner ? html`<p class="sheet-text">${t("aware.on_word", { name: called(p, owner) })}</p>` : nothing}
      <form class="stack" data-write="intention" @submit=${save}>${field("text", 2, "step")}${field("step", 2, "by")}${field("by", 1)}
      <button class="main" type="submit" data-action="keep-intention" ?disabled=${!can}>${t("write.keep")}</button></form>`,
  });
}
