// The phases with their minutes; a tap asks before it goes there. Only people move a meeting.
import { html } from "lit-html";
import { checkIcon } from "../marks/icons.js";
import { roundMinutes } from "../words.js";
import { question, sheet } from "./sheet.js";

export function planSheet(p) {
  const { t, view, set, say } = p;
  const row = (phase, n) => {
    const spent = roundMinutes(phase.spent);
    return html`<li><button class="plan-phase ${phase.state}" data-go=${phase.id} ?disabled=${phase.state === "now"} @click=${() => set({ sheet: { phase: phase.id } })}>
      <b>${phase.state === "done" ? checkIcon() : n + 1}</b><span>${say(phase.name)}</span>
      <i>${phase.spent > 0 ? t("plan.spent", { spent, n: phase.minutes }) : t("minutes", { n: phase.minutes })}</i>
      ${phase.state === "now" ? html`<em>${t("plan.now")}</em>` : ""}</button></li>`;
  };
  return sheet({
    name: "plan", title: say(view.method.names), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<ol class="plan">${view.phases.map(row)}</ol>`,
  });
}

/** The deliberate press: names where the meeting goes. */
export function nextQuestion(p) {
  const { t, view, ui, say, send } = p;
  const chosen = ui.sheet.phase ? view.phases.find((phase) => phase.id === ui.sheet.phase) : view.phase.next;
  const minutes = view.phases.find((phase) => phase.id === chosen?.id)?.minutes ?? 0;
  const name = say(chosen?.name);
  return question(p, {
    name: "next", title: t("next.title", { name }), text: t("next.text", { n: minutes }), yes: t("next.yes"), action: "confirm-next",
    act: () => (ui.sheet.phase ? send("BeginPhase", { phase: chosen.id }) : send("NextPhase", { after: view.phase.id })),
  });
}
