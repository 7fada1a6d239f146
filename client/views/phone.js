// A participant's phone: where we are, what is asked of me now, the one card that fits, and whether the microphone listens. Nobody else's numbers.
import { html, nothing } from "lit-html";
import { sign } from "../marks/sign.js";
import { countdown } from "../marks/countdown.js";
import { ritualSaid } from "./arriving.js";
import { microphoneLine } from "./microphone.js";
import { moreButton, moreSheets } from "./moretools.js";
import { feltBesideMeasured } from "./phone/felt.js";
import { floorBox } from "./phone/floor.js";
import { moment, onScreen } from "./phone/moment.js";
import { myQuestionNow } from "./phone/questions.js";
import { balanceOffQuestion, myPart } from "./phone/own.js";
import { prepareCard, shared } from "./phone/prepared.js";
import { signs } from "./phone/signs.js";
import { stopButton, stopPage } from "./stop.js";
import { place, sentences } from "./sentences.js";

/** The phone in whatever stage the meeting is. */
export function phonePage(p) {
  if (p.view.stage === "running" && p.view.stopped) return stopPage(p);
  return html`<main class="phone" data-stage=${p.view.stage}>
    <header class="phone-head">${me(p)}<div class="corner">${stopButton(p)}${moreButton(p)}</div></header>
    ${stage(p)}
    <footer>${microphoneLine(p)}</footer>
    ${signs(p)}
    ${moreSheets(p)}
    ${p.ui.sheet === "balance-off" ? balanceOffQuestion(p) : nothing}
  </main>`;
}

function stage(p) {
  if (p.view.stage === "erased") return html`<section class="middle">${sign()}<h1>${p.t("erased.title")}</h1><p>${p.t("phone.bye")}</p></section>${prepareCard(p)}`;
  if (p.view.stage === "start") return html`<section class="middle">${sign()}<h1>${p.t("phone.welcome")}</h1><p class="quiet">${p.t("phone.wait")}</p></section>${prepareCard(p)}`;
  if (!p.view.me && p.view.people?.length && p.view.stage !== "closed") return chooser(p);
  if (p.view.stage === "closed") return closed(p);
  return now(p);
}

function me({ view, t }) {
  const seat = view.me;
  if (!seat) return html`<p class="who">Kring</p>`;
  return html`<p class="who"><span class="chip seat-${seat.letter}">${seat.letter}</span><span>${seat.name && seat.name !== seat.letter ? seat.name : t("seat", { letter: seat.letter })}</span></p>`;
}

/** Which chair is mine; taking one is optional. */
function chooser(p) {
  const { view, ui, t, pairWith } = p;
  const chair = ({ letter, name }) => html`<li><button class="seat-row" data-choose=${letter} @click=${() => pairWith(null, letter)}>
    <span class="chip seat-${letter}" aria-hidden="true">${letter}</span><span class="seat-name">${name && name !== letter ? name : t("seat", { letter })}</span></button></li>`;
  return html`<section><h1>${t("phone.which")}</h1><p class="quiet">${t("phone.which_why")}</p>
    ${ui.pinRefused ? html`<p class="wrong" role="alert">${t(t.has(`pin.${ui.pinRefused}`) ? `pin.${ui.pinRefused}` : "refused.other")}</p>` : nothing}
    <ol class="seat-rows">${view.people.map(chair)}</ol></section>`;
}

/** Consent and the running meeting: one frame, so that a card that is being written on stays under the fingers. */
function now(p) {
  const { view, t, say } = p;
  shared(p);
  const running = view.stage === "running";
  const card = onScreen(p).card;
  return html`<section class="phone-phase ${card ? "with-task" : ""}" data-phase=${running ? view.phase.id : "consent"}>
    ${running ? where(p) : html`<h1>${t("consent.title")}</h1>`}
    ${running ? html`${ritualSaid(p)}${floorBox(p)}` : nothing}
    ${running && card !== "questions" ? myQuestionNow(p) : nothing}
    ${moment(p)}
    ${running ? html`<p class="phone-prompt">${say(view.phase.prompt)}</p>` : nothing}</section>`;
}

/** Phase, one sentence, clock. */
function where(p) {
  const { view, t, say, phase } = p;
  return html`<div class="phone-where-now"><p class="phone-where">${place(p)}</p><h1>${sentences(say(view.phase.glance))}</h1>
    <svg class="phone-clock" viewBox="-164 -164 328 328" role="group" aria-label=${t("clock")}><circle class="well" r="162"/>${countdown({ ...phase, paused: view.paused, rest: view.break, t })}</svg></div>`;
}

/** The own part, and nothing of anybody else. */
function closed(p) {
  const { t, view } = p;
  return html`<section class="mine"><h1>${t("mine.title")}</h1>
    ${myPart(p)}
    ${feltBesideMeasured(p)}
    ${view.mine?.heard === false ? nothing : html`<div class="prompts">${[1, 2, 3].map((n) => html`<p>${t(`summary.prompt_${n}`)}</p>`)}</div>`}</section>${prepareCard(p)}`;
}
