// The short course for who is going to lead: a few sessions with a goal and steps, and the recorded group to practise on. Nobody is examined.
import { html, nothing } from "lit-html";
import { refusal, wish } from "./wishes.js";

const RECORDED = ["nl", "en"];

/** The sessions, each opened when it is wanted. */
export function course(p) {
  const { t } = p;
  const sessions = p.cards("season")?.course ?? [];
  return html`<p class="quiet">${t("group.course.more")}</p>
    ${sessions.map((one, n) => session(p, one, n))}${refusal(p, "rehearsal")}`;
}

function session(p, { id, title, minutes, goal, steps = [], rehearsal }, n) {
  const { t, say } = p;
  return html`<details class="session" data-session=${id}><summary><b aria-hidden="true">${n + 1}</b><span>${say(title)}${minutes ? html`<i>${t("minutes", { n: minutes })}</i>` : nothing}</span></summary>
    <p>${say(goal)}</p>
    <ol>${steps.map((step) => html`<li>${say(step)}</li>`)}</ol>
    ${rehearsal ? practise(p, id) : nothing}</details>`;
}

/** The recorded group, in the screen's language where there is a recording of it. */
function practise(p, id) {
  const { t } = p;
  const language = RECORDED.includes(t.language) ? t.language : "en";
  return html`<button class="plain" data-action="practise-${id}" @click=${() => wish(p, "rehearsal", "BeginRehearsal", { language })}>${t("group.course.practise")}</button>`;
}
