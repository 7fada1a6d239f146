// Choosing a case: the questions side by side, a vote that stays closed until it is counted, and sums that advise. The group decides; nobody is ranked.
import { html, nothing } from "lit-html";
import { checkIcon } from "../marks/icons.js";
import { starIcon, undoIcon } from "../marks/guideicons.js";
import { sumBars } from "../marks/sums.js";
import { question, sheet } from "./sheet.js";
import { called, chip, present, slip } from "./slips.js";
import { writing } from "./writing.js";

/** Votes from which the table counts: with fewer one could work out another's. */
const FEWEST_VOTES = 3;

/** The question of today, small, above the prompt, as long as the phase is about a case. */
export function caseLine(p) {
  const { view, t } = p;
  const { owner, question: first, restated } = view.case ?? {};
  const about = view.phases.find((phase) => phase.state === "now")?.about_a_case;
  if (!about || !owner || !(restated || first)) return nothing;
  return html`<p class="case-line" data-case-line=${owner}>${chip(owner, "small")}<span><span class="unseen">${t("case.of", { name: called(p, owner) })} </span>${t("quoted", { text: restated || first })}</span></p>`;
}

/** The card that was chosen for the running case. */
export function chosenCase({ view }) {
  const earlier = view.case?.earlier ?? [];
  const wasEarlier = (card) => earlier.some((one) => one.owner === card.seat && one.question === card.text);
  const owner = view.case?.owner ?? null;
  return (view.cases ?? []).findLast((card) => card.treated && card.seat === owner && !wasEarlier(card)) ?? null;
}

/** In the hand: how far the choosing is, and the way to the cards. */
export function casesPanel(p) {
  const { view, t, set } = p;
  const card = chosenCase(p);
  if (card) return html`<section class="panel" data-panel="cases"><h2>${t("cases.today")}</h2>${slip(p, card, nothing, "large")}<div class="row">${again(p)}${openCases(p, t("cases.all"))}</div></section>`;
  if (view.choice?.rule === "turn") return turnPanel(p);
  const cases = view.cases ?? [];
  const advised = advisedCards(p);
  return html`<section class="panel" data-panel="cases"><div class="panel-head"><h2>${cases.length ? t("cases.table", { n: cases.length }) : t("cases.none")}</h2>${advised.length === 1 ? html`<p class="advised">${starIcon()}${t("cases.advised")}</p>` : cases.length ? voted(p) : nothing}</div>
    ${cases.length ? nothing : html`<p class="quiet">${t("cases.empty")}</p>`}
    ${advised.length === 1 ? slip(p, advised[0]) : nothing}
    <div class="row"><button class=${cases.length ? "main" : "plain"} data-action="cases" @click=${() => set({ sheet: "cases" })}>${cases.length ? t("cases.look") : t("cases.write")}</button>
      ${advised.length === 1 ? nothing : html`<p class="chips">${cases.map((one) => chip(one.seat, "small"))}</p>`}</div></section>`;
}

function turnPanel(p) {
  return html`<section class="panel" data-panel="cases"><h2>${p.t("cases.longest_ago")}</h2>${owners(p)}<div class="row">${openCases(p, p.t("cases.all"))}</div></section>`;
}

const openCases = ({ set }, word) => html`<button class="plain" data-action="cases" @click=${() => set({ sheet: "cases" })}>${word}</button>`;

/** Back to choosing. */
const again = ({ t, send }) => html`<button class="plain" data-action="choose-again" @click=${() => send("ChooseCase", { note: null })}>${undoIcon()}<span>${t("cases.again")}</span></button>`;

function advisedCards({ view }) {
  const { counted, advised = [] } = view.choice ?? {};
  return counted ? (view.cases ?? []).filter((card) => advised.includes(card.note)) : [];
}

/** How many voted; nothing else before it is counted. */
function voted({ view, t }) {
  const { voted: n, of, counted } = view.choice ?? {};
  return of && !counted ? html`<span class="quiet" aria-live="polite" data-voted=${n}>${t("cases.voted", { n, of })}</span>` : nothing;
}

/** A seat without a card, or whose turn it is by the rule: a tap, as ever. A card that is there is chosen with its question. */
function owners(p) {
  const { view, t, set, send } = p;
  const choose = (letter) => {
    const card = (view.cases ?? []).find((one) => one.seat === letter && !one.treated);
    if (card) set({ sheet: { choose: card.note } });
    else send("ChooseCaseOwner", { seat: letter });
  };
  const seats = present(p);
  return html`<div class="row owners">${seats.map((seat) => {
    const owns = seat.letter === view.case?.owner;
    return html`<button class="plain owner ${owns ? "chosen" : ""}" data-owner=${seat.letter} aria-pressed=${owns ? "true" : "false"} @click=${() => choose(seat.letter)}>${chip(seat.letter, "small")}<span>${called({ view, t }, seat.letter)}</span></button>`;
  })}</div>`;
}

// --- side by side ---

/** The questions side by side. */
export function casesSheet(p) {
  const { t, view, set, cards, say } = p;
  const rules = cards("rules")?.choice ?? {};
  const { rule, counted } = view.choice ?? {};
  const list = view.cases ?? [];
  const today = chosenCase(p);
  return sheet({
    name: "cases", title: today ? t("cases.today") : t("cases.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<div class="wide-sheet">
      ${!today && !counted && rules[rule] ? html`<p class="sheet-text">${say(rules[rule].how)}</p>` : nothing}
      ${list.length ? html`<div class="slips">${list.map((card) => caseCard(p, card, today))}</div>` : html`<p class="sheet-text">${t("cases.empty")}</p>`}
      ${today ? html`<div class="row">${again(p)}</div>` : vote(p, rules[rule])}
      ${today ? nothing : html`<h3 class="sheet-question">${rule === "turn" ? t("cases.longest_ago") : t("cases.without")}</h3>${owners(p)}`}
      ${addCase(p)}</div>`,
  });
}

function caseCard(p, card, today) {
  const { t, view, set, send } = p;
  const chosen = today?.note === card.note;
  const waits = today && !card.treated;
  const advised = view.choice?.counted && !card.treated && view.choice.advised.includes(card.note);
  const state = chosen ? html`<p class="state">${checkIcon()}${t("cases.chosen")}</p>`
    : card.treated ? html`<p class="state">${checkIcon()}${t("cases.treated")}</p>`
    : advised ? html`<p class="state advised">${starIcon()}${t("cases.advised")}</p>` : nothing;
  const act = waits && view.plan?.another_case
    ? html`<button class="plain" data-second=${card.note} @click=${() => { set({ sheet: null }); send("BeginSecondCase", { note: card.note }); }}>${t("cases.second")}</button>`
    : waits ? html`<p class="quiet">${t("cases.waits")}</p>`
    : card.treated ? nothing : html`<button class="plain" data-choose-case=${card.note} @click=${() => set({ sheet: { choose: card.note } })}>${t("cases.choose")}</button>`;
  return slip(p, card, html`${state}${bars(p, card)}${act === nothing ? nothing : html`<div class="slip-foot">${act}</div>`}`, chosen ? "chosen" : "");
}

/** The sums of one card, once the group looks at them. */
function bars({ view, cards, say, t }, card) {
  const { counted, sums = [], rule, voted: people = 1 } = view.choice ?? {};
  const sum = counted ? sums.find((one) => one.note === card.note) : null;
  if (!sum) return nothing;
  const letters = cards("rules")?.choice[rule]?.letters;
  if (!letters) return sumBars({ rows: [{ letter: "∑", word: t("cases.points"), value: sum.total }], most: Math.max(1, ...sums.map((one) => one.total)) });
  return sumBars({ rows: Object.keys(letters).map((letter) => ({ letter, word: say(letters[letter].name), value: sum.parts[letter] ?? 0 })), most: 2 * people });
}

/** The vote: closed until it is counted; counted votes can be opened again. */
function vote(p, rule) {
  const { t, view, send, say } = p;
  const { counted, voted: n = 0, of = 0, tie } = view.choice ?? {};
  if (!view.cases?.length || !rule || view.choice.rule === "turn") return nothing;
  if (!counted) return html`<div class="vote">${voted(p)}<button class="plain" data-action="count-votes" ?disabled=${n < Math.min(FEWEST_VOTES, of)} @click=${() => send("CountVotes", { counted: true })}>${t("cases.count")}</button></div>`;
  return html`<div class="vote"><p class="sheet-text" aria-live="polite">${tie ? say(rule.tie) || t("cases.tie") : t("cases.decide")}</p>
    <button class="plain" data-action="vote-on" @click=${() => send("CountVotes", { counted: false })}>${t("cases.vote_on")}</button></div>`;
}

/** A question typed here, on the word of whose it is; not of who has one that waits or is treated now, for it would be written over. */
function addCase(p) {
  const { t, view, send } = p;
  const here = (card) => !card.treated || card.case === (view.case?.number ?? 1);
  const without = present(p).filter((seat) => !(view.cases ?? []).some((card) => card.seat === seat.letter && here(card)));
  if (!without.length) return nothing;
  return writing(p, { id: "case_list", label: t("cases.type"), seats: without, nobody: false, save: (text, seat) => send("WriteNote", { kind: "case_list", text, seat }) });
}

/** "This question, today?", asked once. */
export function chooseQuestion(p) {
  const { t, view, ui, send } = p;
  const card = view.cases.find((one) => one.note === ui.sheet.choose);
  return question(p, {
    name: "choose", title: t("cases.sure"), text: t("quoted", { text: card?.text ?? "" }), yes: t("cases.sure_yes"), action: "confirm-case",
    act: () => send("ChooseCase", { note: ui.sheet.choose }),
  });
}
