// What is seldom needed: joining, a second screen, what is shown, this screen's language and light, the five steps, ending. Nothing is decided here.
import { html, nothing } from "lit-html";
import { LANGUAGES, LANGUAGE_NAMES } from "../words.js";
import { balanceQuestion, showBalance } from "./balance.js";
import { choices } from "./choices.js";
import { awake, sensitivity } from "./moretools.js";
import { joinCard, secondScreenSheet } from "./join.js";
import { takeLead } from "./lead.js";
import { mySeatChoices } from "./phone/own.js";
import { pictureChoice } from "./picture.js";
import { question, sheet } from "./sheet.js";
import { tourSheet } from "./tour.js";

/** The sheet behind "more". */
export function moreSheet(p) {
  const { t, view, settings, tune, set } = p;
  const close = () => set({ sheet: null });
  const leads = view?.role === "facilitator";
  return sheet({
    name: "more", title: t("more.title"), close, closeLabel: t("close"),
    content: html`
      ${leads ? joinCard(p, "more") : nothing}
      ${leads && view.balance ? showBalance(p) : nothing}
      ${leads && view.stage === "running" ? pictureChoice(p) : nothing}
      ${choices({ legend: t("more.language"), name: "screen-language", options: LANGUAGES.map((code) => [code, LANGUAGE_NAMES[code], code]), chosen: t.language, choose: (language) => tune({ language }) })}
      ${leads && view.stage === "running" && view.consent.agreed ? sensitivity(p, view.sensitivity, (level) => p.send("ChooseSensitivity", { level })) : nothing}
      ${choices({ legend: t("more.theme"), name: "theme", options: ["auto", "light", "dark"].map((theme) => [theme, t(`theme.${theme}`)]), chosen: settings.theme, choose: (theme) => tune({ theme }) })}
      <div class="row">
        <button class="plain grow" aria-pressed=${settings.turned ? "true" : "false"} @click=${() => tune({ turned: !settings.turned })}>${t("more.turn")}</button>
        ${leads && view.table_screen ? html`<button class="plain grow" data-action="second" @click=${() => set({ sheet: "second" })}>${t("second.title")}</button>` : nothing}
        ${leads ? html`<button class="plain grow" data-action="tour" @click=${() => set({ sheet: { tour: 0 } })}>${t("tour.again")}</button>` : nothing}
        ${leads && view.stage === "running"
          ? html`<button class="plain grow" data-action="close-meeting" @click=${() => set({ sheet: "end" })}>${t("end.button")}</button>` : nothing}
        ${leads && view.stage === "start" ? html`<button class="plain grow" data-action="wipe" @click=${() => set({ sheet: "wipe" })}>${t("wipe.button")}</button>` : nothing}
        ${view?.role === "participant" ? html`<button class="plain grow" @click=${p.leave}>${t("phone.leave")}</button>` : nothing}
      </div>
      ${mySeatChoices(p)}
      ${takeLead(p)}
      <p class="quiet">${t("more.balance")}</p>
      ${awake(p)}`,
  });
}

/** "More" and what is opened from it, or nothing. */
export function moreSheets(p) {
  const { sheet: open } = p.ui;
  if (open === "more") return moreSheet(p);
  if (open === "second") return secondScreenSheet(p);
  if (open === "wipe") return wipeQuestion(p);
  if (open?.tour != null) return tourSheet(p);
  return open?.balance ? balanceQuestion(p) : nothing;
}

/** Everything that any group left here, erased after one question; the page says how much it was. */
function wipeQuestion(p) {
  const { t, ask, set } = p;
  const wipe = async () => {
    const answer = await ask("EraseEverything");
    set({ notice: answer ? t("wipe.done", { n: answer.erased }) : t("refused.other") });
  };
  return question(p, { name: "wipe", title: t("wipe.title"), text: t("wipe.text"), yes: t("wipe.yes"), action: "confirm-wipe", act: wipe });
}
