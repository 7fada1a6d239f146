// The agreements are read, every chair says yes. Who said yes stays on this screen; only the number leaves it.
import { html, nothing } from "lit-html";
import { checkIcon } from "../marks/icons.js";
import { short } from "../marks/circle.js";
import { arrangeButton, arrangeSheet } from "./arrange.js";
import { balanceLine } from "./balance.js";
import { formOf } from "./form.js";
import { microphoneLine } from "./microphone.js";
import { moreButton, moreSheets } from "./moretools.js";
import { reader } from "./reader.js";
import { turnsButton, turnsSheet } from "./seating.js";
import { question } from "./sheet.js";

/** The consent page of the facilitator's tablet. */
export function consentPage(p) {
  const { t, view, ui, set } = p;
  const agreed = view.seats.filter((seat) => ui.yes[seat.letter]).length;
  const all = agreed === view.seats.length;
  return html`<main class="consent">
    <header class="page-head"><h1>${t("consent.title")}</h1><div class="corner">${microphoneLine(p)}${moreButton(p)}</div></header>
    <p class="lead">${t("consent.how")}</p>
    ${reader({ t, texts: view.agreements.map((agreement) => p.say(agreement.text)), at: ui.reading ?? 0, go: (n) => set({ reading: n }), heading: t("consent.title") })}
    <div class="yes-head"><div><h2>${t("consent.who")}</h2>${view.balance ? balanceLine(p) : nothing}</div>${arrangeButton(p)}${turnsButton(p)}</div>
    <div class="yeses">${view.seats.map((seat) => yes(p, seat))}</div>
    <div class="consent-foot">
      <button class="plain" data-action="back" @click=${() => back(p)}>${t("consent.back")}</button>
      <button class="plain" data-action="by-taps" @click=${() => set({ sheet: "taps" })}>${t("consent.not_all")}</button>
      <p class="quiet count" aria-live="polite">${t("consent.count", { n: agreed, of: view.seats.length })}</p>
      <button class="main" data-action="confirm-consent" ?disabled=${!all} @click=${() => p.send("ConfirmConsent", { agreed })}>
        ${all ? t("consent.go") : t("consent.wait")}</button>
    </div>
    ${moreSheets(p)}
    ${ui.sheet === "arrange" ? arrangeSheet(p) : nothing}
    ${ui.sheet === "turns" ? turnsSheet(p) : nothing}
    ${ui.sheet === "taps" ? question(p, {
      name: "taps", title: t("consent.taps.title"), text: t("consent.taps.text"), yes: t("consent.taps.yes"), action: "confirm-taps",
      act: () => p.send("BeginByTaps") }) : nothing}
  </main>`;
}

/** Nothing was heard yet, so there is nothing to keep: the form comes back as it was. */
function back({ view, send, set }) {
  set({ again: formOf(view) });
  send("EraseMeeting");
}

function yes({ t, ui, set }, { letter, name }) {
  const said = Boolean(ui.yes[letter]);
  const toggle = () => set({ yes: { ...ui.yes, [letter]: !said } });
  return html`<button class="yes ${said ? "said" : ""}" aria-pressed=${said ? "true" : "false"} data-yes=${letter} @click=${toggle}>
    <span class="chip seat-${letter}" aria-hidden="true">${letter}</span>
    <span class="yes-name">${name && name !== letter ? short(name) : t("seat", { letter })}</span>
    <span class="yes-word">${said ? html`${checkIcon()} ${t("consent.yes")}` : t("consent.tap")}</span>
  </button>`;
}
