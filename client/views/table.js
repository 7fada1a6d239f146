// A second screen that lies or stands on the table: to glance at from every side. It asks for nothing and has no button of the method.
import { html, nothing } from "lit-html";
import { lampIcon, moreIcon } from "../marks/icons.js";
import { moment } from "./table/moment.js";
import { screenSheet } from "./table/screen.js";
import { closedTable } from "./table/closed.js";

/** The page of the table. */
export function tablePage(p) {
  const closed = p.view.stage === "closed";
  return html`${closed ? closedTable(p) : face(p)}${corner(p)}${p.ui.sheet === "screen" ? screenSheet(p) : nothing}`;
}

/** The words once, or twice with one half turned round; between them what is looked at from all sides. */
function face(p) {
  const { view, settings } = p;
  const flat = settings.lies === "flat";
  const now = moment(p);
  return html`<main class="table-page ${settings.lies} ${settings.picture}-drawn" data-table=${now.name} data-stage=${view.stage} ?data-stopped=${Boolean(view.stopped)}>
    <div class="table-face ${now.wide ? "wide-round" : ""} ${now.reading ? "reading" : ""} ${now.alone ? "alone" : ""}">
      ${now.round ? html`<section class="table-round">${now.round}</section>` : nothing}
      ${half(p, now, "near")}${flat ? half(p, now, "far") : nothing}
    </div>
  </main>`;
}

function half(p, now, side) {
  const far = side === "far";
  const sentence = html`<span class="table-words ${now.lit ? "behind" : ""}">${now.sentence}</span>${now.lit ? lamp(p, far) : nothing}`;
  return html`<div class="half ${side}" aria-hidden=${far ? "true" : nothing}>
    <div class="cell first">${now.first}</div>
    <div class="cell second">${now.second}</div>
    ${now.more ? html`<div class="cell more">${now.more}</div>` : nothing}
    ${far ? html`<p class="table-glance">${sentence}</p>` : html`<h1 class="table-glance">${sentence}</h1>`}
  </div>`;
}

/** The question to everybody; it is about a sentence, and never says whose. */
function lamp({ t }, far) {
  return html`<span class="table-lamp" role=${far ? nothing : "status"} data-lamp="advice">${lampIcon()}<span>${t("lamp.advice")}</span></span>`;
}

/** The one small button: what belongs to this screen alone. */
function corner({ t, set }) {
  return html`<button class="table-corner" data-action="screen" aria-label=${t("table.screen")} @click=${() => set({ sheet: "screen" })}>${moreIcon()}</button>`;
}
