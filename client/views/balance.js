// When a group looks at its speaking time: not at all, after each phase, or at any moment. The group chooses; nothing is computed here.
import { html } from "lit-html";
import { eyeIcon } from "../marks/icons.js";
import { choices } from "./choices.js";
import { question } from "./sheet.js";

const SHOWN = ["off", "phase_ends", "live"];

/** Whether the group chose not to look. */
export const isOff = ({ balance }) => balance?.shown === "off";

/** The three ways, with one sentence about the chosen one. */
export function balanceChoice({ t }, chosen, choose) {
  return choices({ legend: t("talk_time.legend"), name: "balance", options: SHOWN.map((one) => [one, t(`talk_time.${one}`)]), chosen, choose, more: t(`talk_time.${chosen}.more`) });
}

/** The choice in "more" once a meeting is open. What somebody switched off comes back only after a question to all. */
export function showBalance(p) {
  const { view, send, set } = p;
  const now = view.balance.shown;
  return balanceChoice(p, now, (shown) => (now === "off" ? set({ sheet: { balance: shown } }) : send("ShowBalance", { shown })));
}

/** One line where the agreements are read: what was chosen, and that anybody may end it. */
export function balanceLine({ t, view }) {
  const { shown } = view.balance;
  return html`<p class="quiet balance-line" data-balance=${shown}>${t("talk_time.line", { chosen: t(`talk_time.${shown}`) })} ${shown === "off" ? "" : t("talk_time.anybody")}</p>`;
}

/** In the place of the picture, when the group chose not to look. */
export function balanceOff({ t, set }) {
  return html`<section class="calm-part" data-balance-off>${eyeIcon()}<div><h2>${t("talk_time.was_off")}</h2><p>${t("talk_time.rest_works")}</p></div>
    <button class="plain" data-action="look-after-all" @click=${() => set({ sheet: { balance: "phase_ends" } })}>${t("talk_time.look")}</button></section>`;
}

/** "Does everybody want to see it?", asked once. */
export function balanceQuestion(p) {
  const { t, ui, send } = p;
  const { balance: shown } = ui.sheet;
  return question(p, { name: "balance", title: t("talk_time.ask"), text: t("talk_time.ask.text"), yes: t("talk_time.ask.yes"), action: "confirm-balance", act: () => send("ShowBalance", { shown }) });
}
