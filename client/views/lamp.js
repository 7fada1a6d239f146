// "Is this a question?": a small lamp for eight seconds, and the way back to it for a minute. No name, no quote.
import { html, nothing } from "lit-html";
import { flagIcon, lampIcon } from "../marks/icons.js";

/** The lamp that shines now, or the flag whose reason is being read. */
export function litLamp({ view, ui, now }) {
  if (ui.lamp) return ui.lamp;
  const { lamp } = view;
  return lamp && now <= lamp.until && ui.handled !== lamp.flag ? lamp : null;
}

/** The panel in the hand layer. A person may call it a question or advice, keep it for later, or ask why. */
export function lampPanel(p) {
  const { t, ui, view, set, send } = p;
  const lamp = litLamp(p);
  const done = (name, fields) => () => {
    set({ lamp: null, handled: lamp.flag });
    send(name, fields);
  };
  const why = () => set({ lamp: ui.lamp ? null : lamp, handled: ui.lamp ? lamp.flag : null });
  const shining = view.lamp?.flag === lamp.flag;
  const asks = lamp.kind === "hint" ? "lamp.hint" : shining ? "lamp.advice" : "lamp.was";
  const button = (action, act, word) => html`<button class="plain" data-action=${action} @click=${act}>${t(word)}</button>`;
  return html`<div class="lamp" data-lamp=${lamp.kind} data-flag=${lamp.flag} role="status">
    <p class="lamp-question"><i class="lamp-light" aria-hidden="true"></i>${t(asks)}</p>
    ${ui.lamp ? reason(p, lamp) : nothing}
    <div class="row">
      ${button("dismiss", done("DismissFlag", { flag: lamp.flag }), "lamp.dismiss")}
      ${lamp.confirmed ? nothing : button("confirm", done("MarkAdvice", { flag: lamp.flag }), "lamp.confirm")}
      ${button("park", done("ParkAdvice", {}), "lamp.park")}
      <button class="plain" data-action="why" aria-expanded=${ui.lamp ? "true" : "false"} @click=${why}>${ui.lamp ? t("close") : t("lamp.why")}</button>
    </div>
  </div>`;
}

/** The form of the sentence that lit the lamp, in words, and a question to try instead, in the language that is spoken. */
function reason({ t, say, view }, { why, better }) {
  return html`<div class="reason"><p>${say(why)}</p>
    ${better ? html`<p><span class="quiet">${t("lamp.better")}</span> <span lang=${view.language}>${t("quoted", { text: say(better) })}</span></p>` : nothing}</div>`;
}

/** While no lamp shines: one tap to mark advice, and the last flag or hint for as long as it can be reached. */
export function noticing(p) {
  const { view, ui, now, t, set, send } = p;
  const last = view.recent && now <= view.recent.until && ui.handled !== view.recent.flag ? view.recent : null;
  if (!last && !view.may_mark) return nothing;
  return html`<div class="noticing">${view.may_mark ? html`<button class="plain" data-action="mark" @click=${() => send("MarkAdvice")}>${flagIcon()}<span>${t("lamp.confirm")}</span></button>` : nothing}
    ${last ? html`<button class="plain" data-action="recent" data-kind=${last.kind} @click=${() => set({ lamp: last })}>${lampIcon()}<span>${t(`recent.${last.kind}`)}</span></button>` : nothing}
  </div>`;
}
