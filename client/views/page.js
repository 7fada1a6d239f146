// Which page belongs to which role and stage. Nothing is drawn here but the frame.
import { html, nothing } from "lit-html";
import { patterns } from "../marks/patterns.js";
import { pinPage } from "./pin.js";
import { startPage } from "./start.js";
import { consentPage } from "./consent.js";
import { tabletPage } from "./tablet.js";
import { closedPage, erasedPage } from "./end.js";
import { phonePage } from "./phone.js";

/** The whole page for `p`: {view, who, ui, now, phase, lost, t, say, send, set, ...}. */
export function page(p) {
  return html`${patterns()}${banner(p)}${trouble(p)}${body(p)}${notice(p)}`;
}

function body(p) {
  if (p.who.role === null) return pinPage(p);
  if (!p.view) return waiting(p);
  if (p.view.role === "participant") return phonePage(p);
  switch (p.view.stage) {
    case "start": return startPage(p);
    case "consent": return consentPage(p);
    case "running": return tabletPage(p);
    case "closed": return closedPage(p);
    case "erased": return erasedPage(p);
    default: return waiting(p);
  }
}

function waiting({ t }) {
  return html`<main class="quiet-page"><h1>Kring</h1><p>${t("waiting")}</p></main>`;
}

/** A lost line is said calmly, with the age of what is shown. */
function banner({ lost, view, ageSeconds, t }) {
  if (!lost || !view) return nothing;
  return html`<p class="banner" role="status"><span>${t("lost.line")}</span> ${t("lost.age", { n: Math.max(1, ageSeconds) })}</p>`;
}

/** What the lead must know about the device. */
function trouble({ view, t }) {
  const key = `trouble.${view?.trouble}`;
  return view?.trouble && t.has(key) ? html`<p class="banner" role="status">${t(key)}</p>` : nothing;
}

/** Why a wish was not granted, or that it was. */
function notice({ ui, set, t }) {
  if (!ui.notice) return nothing;
  return html`<div class="notice" role="alert">
    <p>${ui.notice}</p>
    <button class="plain" @click=${() => set({ notice: null })}>${t("ok")}</button>
  </div>`;
}
