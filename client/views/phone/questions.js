// Written questions: peers write and are coached, the case owner sees what was asked and says how near it comes. Text is on the table only once it is asked.
import { html, nothing } from "lit-html";
import { coachQuestion, hidesAdvice } from "../../coach.js";
import { draft } from "../../drafts.js";
import { HEATS, heatMark } from "../../marks/heat.js";
import { hintLine, ownCards, quote, unsent, wish, writer } from "./writing.js";

const FIELD = "questions.text";

/** The card of a peer. */
export function questionsTask(p) {
  const { t, view, cards } = p;
  const hint = (text) => {
    const found = coachQuestion(text, cards("coaching"), view.language);
    return hintLine(p, found, hidesAdvice(found) && view.my.writes.includes("parked") ? parkInstead(p) : nothing);
  };
  const number = ownCards(p, "question_list").length;
  return html`${onTheTable(p)}${writer(p, {
    card: "questions", kind: "question_list", label: number ? t("questions.another") : t("questions.label"), help: t("questions.help"), hint, share: t("questions.share"), kept: t("questions.kept"),
    state: (note) => (note.asked ? t("questions.asked") : t("questions.waits")),
  })}`;
}

/** Advice that dressed up as a question is kept for later with one tap. */
function parkInstead(p) {
  const park = () => wish(p, "WriteNote", { kind: "parked", text: draft(FIELD).trim() }, FIELD, `${FIELD}-note`);
  return html`<button class="plain small" data-action="park-draft" @click=${park}>${p.t("questions.park")}</button>`;
}

/** The question that is on the table now; mine is read aloud by me. */
function onTheTable({ t, view }) {
  const now = view.questions?.asked.find((note) => note.note === view.questions.now);
  if (!now) return nothing;
  const mine = now.seat === view.me.letter;
  return html`<div class="on-table ${mine ? "mine-now" : ""}" role="status" data-asked=${now.note}><p class="card-over">${mine ? t("questions.read") : t("questions.now")}</p>${quote(now.text, "asked")}</div>`;
}

/** Above whatever card is open: my question is the one on the table, and I read it aloud. */
export function myQuestionNow(p) {
  const { questions, me } = p.view;
  const now = questions?.asked.find((note) => note.note === questions.now);
  return p.view.floor?.asks && now && me && now.seat === me.letter ? onTheTable(p) : nothing;
}

/** The card of the case owner: what was asked, newest first. */
export function askedTask(p) {
  const { t, view } = p;
  const heats = view.floor?.captures?.includes("question_heat");
  const asked = [...view.questions.asked].reverse();
  if (asked.length === 0) return html`<h2>${t("asked.title")}</h2><p class="quiet">${t("asked.none")}</p>`;
  return html`<h2>${t("asked.title")}</h2>${heats ? html`<p class="quiet">${t("asked.heat_how")}</p>` : nothing}
    <ol class="asked-list" reversed>${asked.map((note) => html`<li class="asked-one" data-asked=${note.note}>${note.note === view.questions.now ? html`<p class="card-over">${t("questions.now")}</p>` : nothing}
      ${quote(note.text)}${heats ? heatOf(p, note) : nothing}</li>`)}</ol>${unsent(p, "GiveHeat")}`;
}

function heatOf(p, note) {
  const { t } = p;
  const tap = (heat) => {
    const on = note.heat === heat;
    return html`<button class="tap heat-${heat}" data-heat="${note.note}=${heat}" aria-pressed=${on ? "true" : "false"} @click=${() => wish(p, "GiveHeat", { note: note.note, heat: on ? "" : heat })}>
      ${heatMark(heat)}<span>${t(`heat.${heat}`)}</span></button>`;
  };
  return html`<fieldset class="my-heat"><legend class="unseen">${t("asked.heat")}</legend><div class="taps three">${HEATS.map(tap)}</div></fieldset>`;
}
