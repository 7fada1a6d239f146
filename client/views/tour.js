// Five steps for who leads for the first time: offered once, never forced, and to be opened again. Nothing is asked of the server here.
import { html, nothing } from "lit-html";
import { compassIcon } from "../marks/guideicons.js";
import { tourMarks } from "../marks/tourmarks.js";
import { sheet } from "./sheet.js";

const KEY = "kring.tour";
const STEPS = tourMarks.length;
let seen = false; // for a browser that keeps nothing

/** Whether this screen was offered the five steps before. */
export function tourSeen() {
  try {
    return seen || localStorage.getItem(KEY) === "seen";
  } catch {
    return seen;
  }
}

function remember() {
  seen = true;
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // it holds as long as the page
  }
}

/** The offer on the start page, or nothing. */
export function tourOffer({ t, set }) {
  if (tourSeen()) return nothing;
  const later = () => {
    remember();
    set({});
  };
  return html`<section class="first-card" data-first="tour">${compassIcon()}<div><h2>${t("tour.offer")}</h2><p>${t("tour.offer.text")}</p></div>
    <div class="row"><button class="plain" data-action="tour" @click=${() => set({ sheet: { tour: 0 } })}>${t("tour.show")}</button>
      <button class="plain faint" data-action="tour-no" @click=${later}>${t("tour.no")}</button></div></section>`;
}

/** The five steps; `ui.sheet.tour` is the place. Once closed it is not offered again. */
export function tourSheet(p) {
  const { t, ui, set } = p;
  const at = Math.max(0, Math.min(STEPS - 1, ui.sheet.tour));
  const go = (to) => set({ sheet: { tour: to } });
  const close = () => {
    remember();
    set({ sheet: null });
  };
  const key = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    if (!step || at + step < 0 || at + step >= STEPS) return;
    event.preventDefault();
    go(at + step);
  };
  const last = at === STEPS - 1;
  return sheet({
    name: "tour", title: t("tour.title"), close, closeLabel: t("close"),
    content: html`<div class="tour" data-tour=${at + 1} @keydown=${key}>
      ${tourMarks[at]()}
      <div class="tour-words" aria-live="polite"><p class="quiet">${t("tour.place", { n: at + 1, of: STEPS })}</p><h3>${t(`tour.title_${at + 1}`)}</h3><p>${t(`tour.text_${at + 1}`)}</p></div>
      <ol class="dots">${tourMarks.map((_, n) => dot(t, n, at, go))}</ol>
      <div class="tour-foot"><button class="plain" data-action="tour-back" ?disabled=${at === 0} @click=${() => go(at - 1)}>${t("tour.back")}</button>
        ${last ? nothing : html`<button class="plain faint" data-action="tour-skip" @click=${close}>${t("tour.skip")}</button>`}
        <button class="main" data-action="tour-next" autofocus @click=${last ? close : () => go(at + 1)}>${last ? t("tour.done") : t("tour.next")}</button></div>
    </div>`,
  });
}

function dot(t, n, at, go) {
  return html`<li><button class="dot-button ${n === at ? "now" : n < at ? "read" : ""}" data-dot=${n} aria-label=${t("tour.go", { n: n + 1 })} aria-current=${n === at ? "step" : nothing} @click=${() => go(n)}><span></span></button></li>`;
}
