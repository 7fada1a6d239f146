// What belongs to a table screen alone: picture, how it stands, language and light. Nothing of it leaves this screen.
import { html } from "lit-html";
import { LANGUAGES, LANGUAGE_NAMES } from "../../words.js";
import { choices } from "../choices.js";
import { pictureChoice } from "../picture.js";
import { sheet } from "../sheet.js";

/** The sheet behind the corner. */
export function screenSheet(p) {
  const { t, settings, tune, set } = p;
  return sheet({
    name: "screen", title: t("table.screen"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`
      ${choices({ legend: t("table.lies"), name: "lies", options: ["flat", "upright"].map((lies) => [lies, t(`table.${lies}`)]), chosen: settings.lies, choose: (lies) => tune({ lies }), more: t(`table.${settings.lies}.more`) })}
      ${pictureChoice(p)}
      ${choices({ legend: t("more.language"), name: "screen-language", options: LANGUAGES.map((code) => [code, LANGUAGE_NAMES[code], code]), chosen: t.language, choose: (language) => tune({ language }) })}
      ${choices({ legend: t("more.theme"), name: "theme", options: ["auto", "light", "dark"].map((theme) => [theme, t(`theme.${theme}`)]), chosen: settings.theme, choose: (theme) => tune({ theme }) })}
      <div class="row"><button class="plain grow" data-action="quarter" @click=${() => tune({ quarter: (settings.quarter + 1) % 4 })}>${t("table.quarter")}</button></div>`,
  });
}
