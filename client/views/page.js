// Which page belongs to which role and stage. Nothing is drawn here but the frame.
import { html, nothing } from "lit-html";
import { patterns } from "../marks/patterns.js";
import { rehearsalBanner } from "./rehearsal.js";

/** What draws each page, in the module of its room. */
const DRAWN_BY = { pin: "pinPage", start: "startPage", consent: "consentPage", running: "tabletPage", closed: "closedPage", erased: "erasedPage", phone: "phonePage", table: "tablePage" };

/** The whole page for `p`: {view, who, ui, now, phase, lost, t, say, send, set, ...}. */
export function page(p) {
  return html`${patterns()}${banner(p)}${trouble(p)}${rehearsalBanner(p)}${body(p)}${notice(p)}`;
}

function body(p) {
  const name = roomOf(p);
  const module = name && p.room(name);
  return module ? module[DRAWN_BY[name]](p) : waiting(p);
}

/** The name of the page this screen shows; null while it is not known. */
export function roomOf({ who, view }) {
  if (who.role === null) return "pin";
  if (!view) return null;
  return { participant: "phone", table: "table" }[view.role] ?? view.stage;
}

function waiting({ t }) {
  return html`<main class="quiet-page" data-waiting><h1>Kring</h1><p>${t("waiting")}</p></main>`;
}

/** A lost line is said calmly and once; the age of what is shown grows in silence. */
function banner({ lost, view, ageSeconds, t }) {
  if (!lost || !view) return nothing;
  return html`<p class="banner"><span role="status">${t("lost.line")}</span> ${t("lost.age", { n: Math.max(1, ageSeconds) })}</p>`;
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
