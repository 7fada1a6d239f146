// What is welcome in this phase and what is for later, in one line for the lead. The method says so, nothing is decided here.
import { html, nothing } from "lit-html";
import { checkIcon, laterIcon, notIcon } from "../marks/icons.js";

/** The line, with at most so many words of each. */
export function rulesLine({ view, t, say }, most = 2) {
  const { welcome = [], later = [], not_now = [] } = view.phase.rules ?? {};
  const list = (texts) => texts.slice(0, most).map(say).join(", ");
  const part = (name, icon, texts) => (texts.length ? html`<span data-rule=${name}>${icon}<span>${t(`rules.${name}`, { list: list(texts) })}</span></span>` : nothing);
  if (!welcome.length && !later.length && !not_now.length) return nothing;
  return html`<p class="rules">${part("welcome", checkIcon(), welcome)}${part("later", laterIcon(), later)}${part("not_now", notIcon(), not_now)}</p>`;
}
