// The closed meeting on the table: three questions to talk about, and the picture of the speaking time to read. Nothing can be changed here.
import { html, nothing } from "lit-html";
import { sign } from "../../marks/sign.js";
import { summary } from "../summary.js";

/** The summary with its three questions first; without one, what the group chose. */
export function closedTable(p) {
  const { t, view } = p;
  return html`<main class="table-page summary-page table-closed" tabindex="0" aria-label=${t("summary.title")} data-table="closed" data-stage="closed" data-summary=${view.summary ? "table" : nothing}>
    <header class="page-head"><h1>${t("summary.title")}</h1></header>
    ${view.summary ? summary(p) : html`<div class="table-off">${sign()}<p class="table-glance">${t("talk_time.was_off")}</p><p class="lead">${t("talk_time.rest_works")}</p></div>`}
  </main>`;
}
