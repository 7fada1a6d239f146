// The way to "more", and the pieces of it that stand on other pages too. The sheet itself is fetched when it is first opened.
import { html, nothing } from "lit-html";
import { moreIcon } from "../marks/icons.js";
import { canStayAwake } from "../screen.js";
import { choices } from "./choices.js";
import { question } from "./sheet.js";

/** The button at the edge of every page. */
export function moreButton({ t, set }) {
  return html`<button class="tool" data-action="more" @click=${() => set({ sheet: "more" })}>${moreIcon()}<span>${t("more")}</span></button>`;
}

/** What is open behind "more", or nothing. */
export function moreSheets(p) {
  const { sheet } = p.ui;
  const open = ["more", "second", "wipe"].includes(sheet) || sheet?.tour != null || sheet?.balance;
  return open ? (p.room("more")?.moreSheets(p) ?? nothing) : nothing;
}

/** Said once and quietly, where this browser cannot keep the screen lit: what to do about it. And the way to trust the certificate. */
export function awake({ t }) {
  return html`${canStayAwake() ? nothing : html`<p class="quiet awake" data-awake="no">${t("more.awake")}</p>`}
    ${location.protocol === "https:" ? html`<p class="quiet"><a href="/install" target="_blank" rel="noopener" data-install>${t("more.trust")}</a></p>` : nothing}`;
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
