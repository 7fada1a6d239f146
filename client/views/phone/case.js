// The own case question in one sentence, coached on this phone, and the private vote about the questions of all. Nobody's vote is shown here but the own.
import { html, nothing } from "lit-html";
import { announce } from "../../screen.js";
import { coachCase } from "../../coach.js";
import { draft, forget, keep } from "../../drafts.js";
import { prompts } from "../group/sector.js";
import { onceShared, takeOver } from "./prepared.js";
import { hintLine, ownCards, unsent, wish, writer } from "./writing.js";

const LETTERS = ["E", "G", "T"];
const DOTS = 3;

/** One sentence: what this person would bring in. */
export function caseTask(p) {
  const { t, view, cards } = p;
  const hint = (text) => hintLine(p, coachCase(text, cards("coaching"), view.language));
  return html`${takeOver(p, "case.text")}${writer(p, { card: "case", kind: "case_list", one: true, label: t("case.label"), help: t("case.help"), hint, granted: onceShared() })}${prompts(p)}
    ${ownCards(p, "case_list").length && view.choice?.rule === "turn" ? html`<p class="quiet">${p.say(cards("rules")?.choice.turn.how)}</p>` : nothing}`;
}

// --- the vote ---

/** Whether there is anything to vote about on phones. */
export function canVote({ view }) {
  const others = (view.cases ?? []).filter((one) => !one.treated);
  return (others.length > 1 || view.choice?.counted) && ["EGT", "dots", "most_learning"].includes(view.choice?.rule);
}

/** Scores of questions that are still open, in the letters or dots of the rule; the others can be given no more. */
function stillOpen({ choice, cases }, scores) {
  const open = new Set((cases ?? []).filter((one) => !one.treated || choice.counted).map((one) => String(one.note)));
  return Object.fromEntries(Object.entries(scores).filter(([key]) => open.has(key.split(".")[0]) && key.includes(".") === (choice.rule === "EGT")));
}

/** What was begun of a vote, or null. */
function begunVote(view) {
  const half = draft("vote.scores");
  return half ? stillOpen(view, JSON.parse(half)) : null;
}

/** Scores for each question, given in private; shown back, and changeable until they are counted. */
export function voteTask(p) {
  const { t, view, say, cards } = p;
  const { rule, counted } = view.choice;
  const given = view.my.vote;
  const half = begunVote(view);
  const scores = half ?? stillOpen(view, given);
  const voted = Object.keys(given).length > 0;
  const put = (changes) => {
    keep(view, "vote.scores", JSON.stringify({ ...scores, ...changes }));
    p.set({ unsent: null });
  };
  const cast = async () => {
    const sent = Object.entries(scores).filter(([, score]) => rule === "EGT" || score > 0);
    if (await wish(p, "CastVote", { scores: sent }, "vote.scores")) announce(t("vote.given"));
  };
  const open = view.cases.filter((one) => !one.treated || counted);
  if (counted) return html`<div class="my-vote" data-rule=${rule}><h2>${t("vote.counted_title")}</h2><p role="status">${t("vote.counted")}</p>${voted ? own(p, open, given) : nothing}</div>`;
  return html`<div class="my-vote" data-rule=${rule}><h2>${t("vote.title")}</h2>
    <p class="quiet">${rule === "EGT" ? say(cards("rules")?.choice.EGT.how) : t(`vote.how_${rule}`)}</p>
    ${rule === "dots" ? dotsLeft(p, scores) : nothing}
    <ol class="vote-cases">${open.map((one) => voteCase(p, one, scores, put))}</ol>
    <div class="row"><button class="main" data-action="cast-vote" aria-disabled=${half ? "false" : "true"} @click=${half ? cast : () => {}}>${voted ? t("vote.change") : t("vote.cast")}</button></div>
    <p class="quiet" role="status" data-voted=${voted ? "yes" : "no"}>${voted && !half ? t("vote.given") : t("vote.private")}</p>
    ${unsent(p, "vote.scores")}</div>`;
}

/** The own scores, shown back once they are counted. */
function own({ t, view }, cases, given) {
  const said = (one) => {
    if (view.choice.rule !== "EGT") return t("vote.dots", { n: given[one.note] ?? 0 });
    return LETTERS.filter((letter) => `${one.note}.${letter}` in given).map((letter) => `${letter} ${given[`${one.note}.${letter}`]}`).join(" · ");
  };
  return html`<h3>${t("vote.yours")}</h3><ul class="own-scores">${cases.filter(said).map((one) => html`<li data-given=${one.note}><span>${one.text}</span><b class="tabular">${said(one)}</b></li>`)}</ul>`;
}

function voteCase(p, one, scores, put) {
  const { t, view } = p;
  const mine = one.seat === view.me.letter;
  const parts = { EGT: letters, dots, most_learning: learning };
  return html`<li class="vote-case" data-case=${one.note}><p class="vote-text"><bdi>${one.text}</bdi>${mine ? html`<span class="tag">${t("vote.own")}</span>` : nothing}</p>
    ${mine && view.choice.rule !== "EGT" ? nothing : parts[view.choice.rule](p, one, scores, put)}</li>`;
}

/** Emotion, shared, time limit: 0, 1 or 2, each with its word. */
function letters(p, one, scores, put) {
  const { t, say, cards } = p;
  const named = cards("rules")?.choice.EGT.letters;
  const tap = (key, letter, score) => html`<button class="tap" data-score="${key}=${score}" aria-pressed=${scores[key] === score ? "true" : "false"}
    @click=${() => put({ [key]: score })}><b>${score}</b><span>${t(`vote.${letter}.${score}`)}</span></button>`;
  return LETTERS.map((letter) => {
    const key = `${one.note}.${letter}`;
    return html`<fieldset class="vote-letter"><legend><b aria-hidden="true">${letter}</b> ${say(named?.[letter].name)}</legend>
      <div class="taps three">${[0, 1, 2].map((score) => tap(key, letter, score))}</div></fieldset>`;
  });
}

const stuck = (scores) => Object.values(scores).reduce((sum, n) => sum + n, 0);

function dotsLeft({ t }, scores) {
  const left = DOTS - stuck(scores);
  return html`<p class="dots-left" role="status" data-left=${left}><span aria-hidden="true">${"●".repeat(left)}${"○".repeat(DOTS - left)}</span> ${t("vote.left", { n: left })}</p>`;
}

function dots({ t }, one, scores, put) {
  const key = String(one.note);
  const mine = scores[key] ?? 0;
  const step = (by, sign, label, off) => html`<button class="plain round" data-dot="${key}${sign}" aria-label=${label} ?disabled=${off} @click=${() => put({ [key]: mine + by })}>${sign}</button>`;
  return html`<div class="stepper">${step(-1, "−", t("vote.dot_less"), mine === 0)}
    <span class="stuck" role="img" aria-label=${t("vote.dots", { n: mine })}>${mine === 0 ? "○" : "●".repeat(mine)}</span>
    ${step(1, "+", t("vote.dot_more"), stuck(scores) >= DOTS)}</div>`;
}

function learning({ t }, one, scores, put) {
  const key = String(one.note);
  const on = scores[key] === 1;
  return html`<button class="tap wide-tap" data-learn=${key} aria-pressed=${on ? "true" : "false"} @click=${() => put({ [key]: on ? 0 : 1 })}>${on ? t("vote.learn_yes") : t("vote.learn")}</button>`;
}

/** A vote that was begun has no place once the scores are counted, or when none of its questions is left. */
export function tidyVote(view) {
  if (!view.choice || !canVote({ view })) return;
  const half = begunVote(view);
  if (half && (view.choice.counted || Object.keys(half).length === 0)) forget("vote.scores");
}
