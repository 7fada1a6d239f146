// "Stop": anybody may say it. Then there is nothing but calm text and the agreements; no clock, no balance, no name of who said it.
import { html, nothing } from "lit-html";
import { stopIcon } from "../marks/icons.js";
import { microphoneLine } from "./microphone.js";
import { endQuestion } from "./moretools.js";
import { reader } from "./reader.js";
import { question } from "./sheet.js";

/** The button for the tablet and for phones, with the one kind question that comes before anything happens. */
export function stopButton(p) {
  const { t, view, ui, set } = p;
  if (view.stage !== "running" || view.stopped) return nothing;
  return html`<button class="tool stop-button" data-action="stop" @click=${() => set({ sheet: "stop", stopAt: 0 })}>${stopIcon()}<span>${t("stop.button")}</span></button>
    ${ui.sheet === "stop" ? stopQuestion(p) : nothing}`;
}

function stopQuestion(p) {
  const { t, send } = p;
  return question(p, { name: "stop", title: t("stop.title"), text: t("stop.text"), yes: t("stop.yes"), action: "confirm-stop", act: () => send("StopMethod") });
}

/** The whole page while the method stands still; the same calm on every screen. */
export function stopPage(p) {
  const { t, view, ui, set, say } = p;
  const leads = view.role === "facilitator";
  return html`<main class="stopped" data-stage="running" data-stopped>
    <header><h1>${t("stopped.title")}</h1><p class="lead">${t("stopped.text")}</p></header>
    ${view.agreements?.length ? reader({ t, texts: view.agreements.map((agreement) => say(agreement.text)), at: ui.stopAt ?? 0, go: (n) => set({ stopAt: n }), heading: t("stopped.agreements") }) : nothing}
    ${leads ? lines(p) : html`<p class="quiet">${t("stopped.phone")}</p>`}
    ${leads ? leadsOn(p) : nothing}
    <footer>${microphoneLine(p)}</footer>
    ${ui.sheet === "end" ? endQuestion(p) : nothing}
  </main>`;
}

/** What the lead may say, in three sentences. */
function lines({ t, cards, say }) {
  const card = cards("help")?.cards.unsafe;
  if (!card) return nothing;
  return html`<section class="stopped-lines"><h2>${t("help.say")}</h2>${card.lines.map((line) => html`<p>${t("quoted", { text: say(line) })}</p>`)}</section>`;
}

/** On when everybody wants to; or enough for today. */
function leadsOn({ t, send, set }) {
  return html`<div class="row stopped-foot"><button class="main" data-action="resume" @click=${() => send("Resume")}>${t("stopped.resume")}</button>
    <button class="plain" data-action="close-meeting" @click=${() => set({ sheet: "end" })}>${t("stopped.end")}</button></div>`;
}
