// The end: look together, then erase, or keep the numbers. Erasing comes first and feels finished.
import { html, nothing } from "lit-html";
import { sign } from "../marks/sign.js";
import { firstForm, startPage } from "./start.js";
import { moreButton, moreSheet } from "./more.js";
import { question } from "./sheet.js";
import { summary } from "./summary.js";

/** The closed meeting. */
export function closedPage(p) {
  const { t, view, set, send } = p;
  const keep = async () => (await send("KeepMeeting")) && set({ notice: t("keep.done") });
  return html`<main class="summary-page" data-stage="closed" data-summary="closed">
    <header class="page-head"><h1>${t("summary.title")}</h1><div class="corner">
      <button class="plain" @click=${() => window.print()}>${t("print")}</button>${moreButton(p)}</div></header>
    ${view.summary ? summary(p) : nothing}
    <section class="ending"><h2>${t("ending.title")}</h2><p class="quiet">${t("ending.text")}</p>
      <div class="row">
        <button class="main" data-action="erase" @click=${() => set({ sheet: "erase" })}>${t("erase.button")}</button>
        ${view.rehearsal ? nothing : html`<button class="plain" data-action="keep" @click=${keep}>${t("keep.button")}</button>`}
      </div></section>
    ${p.ui.sheet === "more" ? moreSheet(p) : nothing}
    ${p.ui.sheet === "erase"
      ? question(p, { name: "erase", title: t("erase.title"), text: t("erase.text"), yes: t("erase.yes"), action: "confirm-erase", act: () => send("EraseMeeting") }) : nothing}
  </main>`;
}

/** Everything is gone; a new meeting may begin. */
export function erasedPage(p) {
  const { t, view, ui, set } = p;
  if (ui.form && view.methods?.length) return startPage(p);
  return html`<main class="quiet-page erased" data-stage="erased">${sign()}<h1>${t("erased.title")}</h1><p>${t("erased.text")}</p>
    ${view.methods?.length ? html`<button class="main" data-action="new-meeting" @click=${() => set({ form: firstForm(p) })}>${t("erased.new")}</button>` : nothing}</main>`;
}
