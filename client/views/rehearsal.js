// Practising with a recorded group: the card, what to know before, and the banner with the way out. What is practised is kept nowhere.
import { html, nothing } from "lit-html";
import { voiceIcon } from "../marks/icons.js";
import { LANGUAGE_NAMES } from "../words.js";
import { choices } from "./choices.js";
import { question, sheet } from "./sheet.js";

const RECORDED = ["nl", "en"];

/** The card on the start page. */
export function rehearsalCard({ t, set, view }) {
  if (view.practising) return nothing; // the banner says so already
  return html`<section class="first-card" data-first="rehearsal">${voiceIcon()}<div><h2>${t("rehearse.title")}</h2><p>${t("rehearse.text")}</p></div>
    <button class="plain" data-action="rehearse" @click=${() => set({ sheet: "rehearse" })}>${t("rehearse.button")}</button></section>`;
}

/** What is going to happen, in which language. */
export function rehearsalSheet(p) {
  const { t, ui, set, send } = p;
  const language = ui.rehearse ?? (RECORDED.includes(t.language) ? t.language : "en");
  const begin = () => {
    set({ sheet: null });
    send("BeginRehearsal", { language });
  };
  return sheet({
    name: "rehearse", title: t("rehearse.title"), close: () => set({ sheet: null }), closeLabel: t("close"), small: true,
    content: html`<ol class="agreements few">${[1, 2, 3].map((n) => html`<li>${t(`rehearse.about_${n}`)}</li>`)}</ol>
      ${choices({ legend: t("rehearse.language"), name: "rehearse-language", options: RECORDED.map((code) => [code, LANGUAGE_NAMES[code], code]), chosen: language, choose: (code) => set({ rehearse: code }) })}
      <button class="main wide" data-action="begin-rehearsal" @click=${begin}>${t("rehearse.begin")}</button>`,
  });
}

/** While it runs: that this is a recording, and the way out; asked once, and not when it is over anyway. */
export function rehearsalBanner(p) {
  const { t, view, ui, set, send } = p;
  if (view?.role !== "facilitator" || !(view.rehearsal || view.practising) || view.stage === "erased") return nothing;
  const running = ["consent", "running"].includes(view.stage);
  const words = { start: t("rehearse.waiting"), closed: t("rehearse.over") }[view.stage] ?? t("rehearsal");
  return html`<div class="banner practice" data-rehearsal=${view.stage}><p><span>${words}</span></p>
    <button class="plain" data-action="end-rehearsal" @click=${() => (running ? set({ sheet: "end-rehearsal" }) : send("EndRehearsal"))}>${t("rehearse.stop")}</button></div>
    ${ui.sheet === "end-rehearsal" ? question(p, { name: "end-rehearsal", title: t("rehearse.stop_ask"), text: t("rehearse.stop_text"), yes: t("rehearse.stop_yes"), action: "confirm-end-rehearsal", act: () => send("EndRehearsal") }) : nothing}`;
}
