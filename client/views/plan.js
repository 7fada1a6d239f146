// The plan: what was, what is, what comes, whether there is time, and what people can do about it. Only people move a meeting.
import { html, nothing } from "lit-html";
import { checkIcon } from "../marks/icons.js";
import { strip } from "../marks/strip.js";
import { roundMinutes } from "../words.js";
import { rulesLine } from "./rules.js";
import { nameOf } from "./chair.js";
import { question, sheet } from "./sheet.js";

const BREAKS = [5, 10, 15];
const STEP_MINUTES = 3;

/** The name of a stop; where it comes more than once, with which case or round: "Analysis, case 2". */
export function stopName({ view, t, say }, { id, name }) {
  const base = (stop) => stop.split("~")[0];
  const step = view.phases.find((phase) => phase.id === id);
  const again = view.phases.some((phase) => phase.id !== id && base(phase.id) === base(id));
  if (!step?.lap || !again) return say(name);
  return step.per_case ? t("plan.of_case", { name: say(name), n: step.lap }) : t("plan.of_round", { name: say(name), n: step.lap });
}

export function planSheet(p) {
  const { t, view, set, say } = p;
  const row = (phase, n) => {
    const spent = roundMinutes(phase.spent);
    return html`<li><button class="plan-phase ${phase.state}" data-go=${phase.id} ?disabled=${phase.state === "now"} @click=${() => set({ sheet: { phase: phase.id } })}>
      <b>${phase.state === "done" ? checkIcon() : n + 1}</b><span>${stopName(p, phase)}</span>
      <i>${phase.spent > 0 ? t("plan.spent", { spent, n: phase.minutes }) : t("minutes", { n: phase.minutes })}</i>
      ${phase.state === "now" ? html`<em>${t("plan.now")}</em>` : ""}</button>${phase.state === "now" ? rulesLine(p, 3) : ""}</li>`;
  };
  return sheet({
    name: "plan", title: say(view.method.names), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`${timing(p)}<ol class="plan">${view.phases.map(row)}</ol>${anotherCase(p)}${breaks(p)}`,
  });
}

/** The whole evening as a strip, and ahead or behind in a sentence; quiet about less than a minute. */
function timing(p) {
  const { view, t } = p;
  if (!view.plan) return nothing;
  const { behind, left } = view.plan;
  const off = Math.round(Math.abs(behind));
  const label = t("plan.strip", { n: Math.round(view.plan.minutes) });
  const told = off < 1 ? nothing : html` <span data-behind=${behind > 0 ? "late" : "early"}>${behind > 0 ? t("plan.late", { n: off }) : t("plan.early", { n: off })}</span>`;
  return html`<section class="plan-time">${strip({ blocks: view.phases.map((phase) => ({ minutes: phase.minutes, name: stopName(p, phase), now: phase.state === "now" })), label, number: (n) => t("strip.number", { n: Math.round(n) }) })}
    <p>${left >= 0.5 ? t("plan.left", { n: Math.round(left) }) : t("plan.none_left")}${told}</p></section>`;
}

/** One more case, where one would fit: of the questions that were not treated, or of nobody yet. */
function anotherCase({ view, t, send, set }) {
  if (!view.plan?.another_case) return nothing;
  const open = (view.cases ?? []).filter((card) => !card.treated);
  const begin = (note) => () => {
    set({ sheet: null });
    send("BeginSecondCase", note == null ? {} : { note });
  };
  return html`<section class="plan-more" data-another-case><h3>${t("plan.another", { n: Math.round(view.plan.another_minutes) })}</h3>
    ${open.length ? html`<p class="quiet">${t("plan.another.choose")}</p>` : nothing}
    <div class="stack">${open.map((card) => html`<button class="seat-row" data-second-case=${card.note} @click=${begin(card.note)}>${card.seat ? html`<span class="chip seat-${card.seat}" aria-hidden="true">${card.seat}</span>` : html`<span></span>`}<span>${card.text}</span></button>`)}
      <button class="plain" data-second-case="" @click=${begin(null)}>${open.length ? t("plan.another.without") : t("plan.another.yes")}</button></div></section>`;
}

/** A break, with its length said, so that everybody knows when to be back. */
function breaks({ view, t, send, set }) {
  if (view.paused) return nothing;
  const pause = (minutes) => () => {
    set({ sheet: null });
    send("Pause", { minutes });
  };
  return html`<section class="plan-more"><h3>${t("plan.break")}</h3><div class="row">${BREAKS.map((n) => html`<button class="plain" data-break=${n} @click=${pause(n)}>${t("minutes", { n })}</button>`)}</div></section>`;
}

// --- a phase that is over its time ---

/** Three ways on, as one calm row; null while there is time, or when the group allowed one more question. */
export function overrunChoices(p) {
  const { view, t, set, send } = p;
  if (!p.phase?.over || view.phase?.one_more || view.paused || view.stopped) return null;
  const giver = view.plan?.giver;
  const minutes = giver?.minutes ?? STEP_MINUTES;
  const more = () => (giver ? send("MoveMinutes", { taken: giver.id, minutes }) : send("AddMinutes", { minutes: STEP_MINUTES }));
  const name = giver && stopName(p, giver);
  return html`<section class="overrun" data-overrun aria-label=${t("overrun.title")}><p>${t("overrun.title")}</p><div class="overrun-row">
    <button class="plain" data-action="overrun-minutes" @click=${more}><b>${t("overrun.minutes", { n: minutes })}</b><span>${giver ? t("overrun.from", { name }) : t("overrun.longer")}</span></button>
    <button class="plain" data-action="overrun-one-more" @click=${() => send("AllowOneMore")}><b>${t("overrun.one_more")}</b><span>${t("overrun.then_on")}</span></button>
    <button class="plain" data-action="overrun-next" @click=${() => set({ sheet: view.phase.next ? "next" : "end" })}><b>${t("overrun.next")}</b><span>${view.phase.next ? stopName(p, view.phase.next) : t("end.button")}</span></button>
  </div></section>`;
}

// --- going on ---

/** Nobody was chosen yet: the group says it here, or goes on without. */
export function whoBrings({ t, view, send }) {
  const had = new Set((view.case?.earlier ?? []).map((one) => one.owner));
  const there = view.seats.filter(({ letter, voice }) => voice !== "left" && !had.has(letter));
  const seats = [...there.filter(({ role }) => role !== "facilitator"), ...there.filter(({ role }) => role === "facilitator")];
  return html`<h3 class="sheet-question">${t("owner.who")}</h3><div class="row">${seats.map((seat) => html`<button class="plain" data-owner=${seat.letter}
    @click=${() => send("ChooseCaseOwner", { seat: seat.letter })}><span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span>
    <span>${nameOf(seat, t)}</span></button>`)}</div>`;
}

/** The deliberate press: names where the meeting goes. */
export function nextQuestion(p) {
  const { t, view, ui, send } = p;
  const chosen = ui.sheet.phase ? view.phases.find((phase) => phase.id === ui.sheet.phase) : view.phase.next;
  const name = chosen ? stopName(p, chosen) : "";
  const step = view.phases.find((phase) => phase.id === chosen?.id);
  return question(p, {
    name: "next", title: t("next.title", { name }), text: t("next.text", { n: step?.minutes ?? 0 }), yes: t("next.yes"), action: "confirm-next",
    more: step?.about_a_case && !view.seats.some((seat) => seat.role === "case_owner") ? whoBrings(p) : nothing,
    act: () => (ui.sheet.phase ? send("BeginPhase", { phase: chosen.id }) : send("NextPhase", { after: view.phase.id })),
  });
}
