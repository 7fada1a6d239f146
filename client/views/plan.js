// The phases with their minutes; a tap asks before it goes there. Only people move a meeting.
import { html, nothing } from "lit-html";
import { checkIcon } from "../marks/icons.js";
import { roundMinutes } from "../words.js";
import { rulesLine } from "./rules.js";
import { nameOf } from "./seats.js";
import { question, sheet } from "./sheet.js";

export function planSheet(p) {
  const { t, view, set, say } = p;
  const row = (phase, n) => {
    const spent = roundMinutes(phase.spent);
    return html`<li><button class="plan-phase ${phase.state}" data-go=${phase.id} ?disabled=${phase.state === "now"} @click=${() => set({ sheet: { phase: phase.id } })}>
      <b>${phase.state === "done" ? checkIcon() : n + 1}</b><span>${say(phase.name)}</span>
      <i>${phase.spent > 0 ? t("plan.spent", { spent, n: phase.minutes }) : t("minutes", { n: phase.minutes })}</i>
      ${phase.state === "now" ? html`<em>${t("plan.now")}</em>` : ""}</button>${phase.state === "now" ? rulesLine(p, 3) : ""}</li>`;
  };
  return sheet({
    name: "plan", title: say(view.method.names), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<ol class="plan">${view.phases.map(row)}</ol>`,
  });
}

/** Nobody was chosen yet: the group says it here, or goes on without. */
function whoBrings({ t, view, send }) {
  const seats = view.seats.filter((seat) => seat.role !== "facilitator");
  return html`<h3 class="sheet-question">${t("owner.who")}</h3><div class="row">${seats.map((seat) => html`<button class="plain" data-owner=${seat.letter}
    @click=${() => send("ChooseCaseOwner", { seat: seat.letter })}><span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span>
    <span>${nameOf(seat, t)}</span></button>`)}</div>`;
}

/** The deliberate press: names where the meeting goes. */
export function nextQuestion(p) {
  const { t, view, ui, say, send } = p;
  const chosen = ui.sheet.phase ? view.phases.find((phase) => phase.id === ui.sheet.phase) : view.phase.next;
  const name = say(chosen?.name);
  const step = view.phases.find((phase) => phase.id === chosen?.id);
  return question(p, {
    name: "next", title: t("next.title", { name }), text: t("next.text", { n: step?.minutes ?? 0 }), yes: t("next.yes"), action: "confirm-next",
    more: step?.about_a_case && !view.seats.some((seat) => seat.role === "case_owner") ? whoBrings(p) : nothing,
    act: () => (ui.sheet.phase ? send("BeginPhase", { phase: chosen.id }) : send("NextPhase", { after: view.phase.id })),
  });
}
