// What is seldom needed: joining, this screen's language and light, which way up, ending.
import { html, nothing } from "lit-html";
import { moreIcon } from "../marks/icons.js";
import { canStayAwake } from "../screen.js";
import { LANGUAGES, LANGUAGE_NAMES } from "../words.js";
import { choices } from "./choices.js";
import { joinCard } from "./join.js";
import { takeLead } from "./lead.js";
import { question, sheet } from "./sheet.js";

export function moreButton({ t, set }) {
  return html`<button class="tool" data-action="more" @click=${() => set({ sheet: "more" })}>${moreIcon()}<span>${t("more")}</span></button>`;
}

/** The sheet behind "more". */
export function moreSheet(p) {
  const { t, view, settings, tune, set } = p;
  const close = () => set({ sheet: null });
  return sheet({
    name: "more", title: t("more.title"), close, closeLabel: t("close"),
    content: html`
      ${view?.role === "facilitator" ? joinCard(p) : nothing}
      ${choices({ legend: t("more.language"), name: "screen-language", options: LANGUAGES.map((code) => [code, LANGUAGE_NAMES[code], code]), chosen: t.language, choose: (language) => tune({ language }) })}
      ${view?.role === "facilitator" && view.stage === "running" && view.consent.agreed ? sensitivity(p, view.sensitivity, (level) => p.send("ChooseSensitivity", { level })) : nothing}
      ${choices({ legend: t("more.theme"), name: "theme", options: ["auto", "light", "dark"].map((theme) => [theme, t(`theme.${theme}`)]), chosen: settings.theme, choose: (theme) => tune({ theme }) })}
      <div class="row">
        <button class="plain grow" aria-pressed=${settings.turned ? "true" : "false"} @click=${() => tune({ turned: !settings.turned })}>${t("more.turn")}</button>
        ${view?.role === "facilitator" && view.stage === "running"
          ? html`<button class="plain grow" data-action="close-meeting" @click=${() => set({ sheet: "end" })}>${t("end.button")}</button>` : nothing}
        ${view?.role === "participant" ? html`<button class="plain grow" @click=${p.leave}>${t("phone.leave")}</button>` : nothing}
      </div>
      ${takeLead(p)}
      <p class="quiet">${t("more.balance")}</p>
      ${canStayAwake() ? nothing : html`<p class="quiet">${t("more.awake")}</p>`}`,
  });
}

/** How easily the advice lamp lights: at the start, and at any moment after. */
export function sensitivity({ t }, chosen, choose) {
  const options = ["off", "calm", "normal"].map((level) => [level, t(`sensitivity.${level}`)]);
  return choices({ legend: t("sensitivity"), name: "sensitivity", options, chosen, choose, more: t(`sensitivity.${chosen}.more`) });
}

/** "Is the meeting over?", asked once. */
export function endQuestion(p) {
  const { t } = p;
  return question(p, { name: "end", title: t("end.title"), text: t("end.text"), yes: t("end.yes"), action: "confirm-close", act: () => p.send("CloseMeeting") });
}
