// Written questions: one on the table at a time, in turn; what waits is only counted. How near one comes is said by the case owner alone.
import { html, nothing } from "lit-html";
import { HEATS, heatMark } from "../marks/heat.js";
import { undoIcon } from "../marks/guideicons.js";
import { sheet } from "./sheet.js";
import { called, chip, slip } from "./slips.js";
import { others, writing } from "./writing.js";

const asked = ({ view }) => view.questions?.asked ?? [];
const hears = ({ view }) => (view.floor?.captures ?? []).includes("question_heat");

/** Where heat is asked for: the first that has none yet; else the question that was asked last. */
function onTable(p) {
  const all = asked(p);
  const last = all.find((card) => card.note === p.view.questions?.now) ?? all.at(-1) ?? null;
  return hears(p) && !waits(p) ? (all.find((card) => !card.heat) ?? last) : last;
}

const waits = ({ view }) => view.questions?.waiting ?? 0;

/** In the hand. */
export function questionsPanel(p) {
  const { t, send } = p;
  const card = onTable(p);
  const next = html`<button class="main" data-action="next-question" ?disabled=${!waits(p)} @click=${() => send("AskQuestion", {})}>${card ? t("questions.next") : t("questions.first")}</button>`;
  return html`<section class="panel" data-panel="questions">
    ${card ? slip(p, card, nothing, "large") : html`<h2>${waits(p) ? t("questions.ready") : t("questions.none")}</h2>`}
    ${card || waits(p) ? nothing : html`<p class="quiet">${t("questions.empty")}</p>`}
    <div class="row">${card && hears(p) ? heats(p, card) : nothing}${waits(p) ? next : nothing}${card ? back(p) : nothing}${openAll(p)}${waiting(p)}</div>
  </section>`;
}

const back = ({ t, send }) => html`<button class="plain round" data-action="question-back" aria-label=${t("questions.back")} @click=${() => send("AskQuestion", { back: true })}>${undoIcon()}</button>`;

function openAll(p) {
  const n = asked(p).length;
  return html`<button class="plain" data-action="questions" @click=${() => p.set({ sheet: "questions" })}>${n > 1 ? p.t("questions.all", { n }) : p.t("questions.write")}</button>`;
}

/** Who still has how many: for the lead, who calls the turns. */
function waiting(p) {
  const { view, t } = p;
  const letters = Object.keys(view.waiting ?? {}).sort();
  if (!letters.length) return waits(p) ? html`<span class="quiet">${t("questions.waiting", { n: waits(p) })}</span>` : nothing;
  return html`<ul class="waiting" aria-label=${t("questions.waiting", { n: waits(p) })}>${letters.map((letter) => html`<li data-waiting=${letter}>${chip(letter, "small")}<span class="unseen">${called(p, letter)}: </span><b>${view.waiting[letter]}</b></li>`)}</ul>`;
}

/** Cold, lukewarm, warm: tapped on the owner's word; a second tap takes it away. */
function heats({ t, view, send }, card) {
  const owner = view.case?.owner;
  const give = (heat) => send("GiveHeat", { note: card.note, heat: card.heat === heat ? "" : heat, ...(owner ? { seat: owner } : {}) });
  return html`<div class="heats" role="group" aria-label=${t("heat.how")}>${HEATS.map((heat) => html`<button class="plain heat ${card.heat === heat ? "chosen" : ""}" data-heat=${heat} aria-pressed=${card.heat === heat ? "true" : "false"}
    @click=${() => give(heat)}>${heatMark(heat)}<span>${t(`heat.${heat}`)}</span></button>`)}</div>`;
}

/** All that was asked, in that order, with how near it came; and a question typed here. */
export function questionsSheet(p) {
  const { t, set, send } = p;
  const current = (card) => !hears(p) && card.note === p.view.questions.now;
  const below = (card) => (hears(p) ? heats(p, card) : current(card) ? html`<p class="state">${t("questions.now")}</p>` : card.heat ? html`<p class="state">${heatMark(card.heat)}${t(`heat.${card.heat}`)}</p>` : nothing);
  return sheet({
    name: "questions", title: t("questions.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`${asked(p).length ? html`<div class="slips single">${asked(p).map((card) => slip(p, card, below(card), current(card) ? "chosen" : ""))}</div>` : html`<p class="sheet-text">${t("questions.empty")}</p>`}
      ${writing(p, { id: `question_list.${p.view.case?.number ?? 1}`, label: t("questions.type"), seats: others(p), nobody: false, first: p.view.round?.now ?? "", save: (text, seat) => send("WriteNote", { kind: "question_list", text, seat }) })}`,
  });
}
