// Agreements read aloud one at a time: one large sentence, dots that say how far, back and on. Nobody says yes here.
import { html, nothing } from "lit-html";

/** The sentence at place `at` of `texts`; `go(n)` is called with the place to go to; `heading` names it for a screen reader. */
export function reader({ t, texts, at, go, heading }) {
  const last = texts.length - 1;
  const now = Math.max(0, Math.min(at, last));
  const dot = (_, n) => html`<li><button class="dot-button ${n === now ? "now" : n < now ? "read" : ""}" data-dot=${n} aria-label=${t("reader.go", { n: n + 1 })}
    aria-current=${n === now ? "step" : nothing} @click=${() => go(n)}><span></span></button></li>`;
  return html`<section class="reader" aria-label=${heading}>
    <p class="reader-place">${t("reader.place", { n: now + 1, of: texts.length })}</p>
    <div class="reader-text" aria-live="polite"><p>${texts[now]}</p></div>
    <div class="reader-foot">
      <button class="plain" data-action="reader-back" ?disabled=${now === 0} @click=${() => go(now - 1)}>${t("reader.back")}</button>
      <ol class="dots">${texts.map(dot)}</ol>
      <button class="plain" data-action="reader-next" ?disabled=${now === last} @click=${() => go(now + 1)}>${t("reader.next")}</button>
    </div>
  </section>`;
}
