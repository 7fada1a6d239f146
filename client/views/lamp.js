// "Is this a question?": a small lamp for eight seconds. No name, no quote; a person may dismiss it, keep it or ask why.
import { html, nothing } from "lit-html";

/** The lamp that shines now, or the one whose reason is being read. */
export function litLamp({ view, ui, now }) {
  if (ui.lamp) return ui.lamp;
  const { lamp } = view;
  return lamp && now <= lamp.until ? lamp : null;
}

/** The panel in the hand layer. */
export function lampPanel(p) {
  const { t, ui, set, send } = p;
  const lamp = litLamp(p);
  const done = (name, fields) => () => {
    set({ lamp: null });
    send(name, fields);
  };
  const why = () => set({ lamp: ui.lamp ? null : lamp });
  return html`<div class="lamp" data-lamp=${lamp.kind} data-flag=${lamp.flag} role="status">
    <p class="lamp-question"><i class="lamp-light" aria-hidden="true"></i>${t(`lamp.${lamp.kind === "hint" ? "hint" : "advice"}`)}</p>
    ${ui.lamp ? reason(p, lamp) : nothing}
    <div class="row">
      <button class="plain" data-action="dismiss" @click=${done("DismissFlag", { flag: lamp.flag })}>${t("lamp.dismiss")}</button>
      <button class="plain" data-action="park" @click=${done("ParkAdvice", {})}>${t("lamp.park")}</button>
      <button class="plain" data-action="why" aria-expanded=${ui.lamp ? "true" : "false"} @click=${why}>${ui.lamp ? t("close") : t("lamp.why")}</button>
    </div>
  </div>`;
}

/** The form of the sentence that lit the lamp, in words, and a question to try instead. */
function reason({ t, say }, { cue, better }) {
  const [family] = cue.split(".");
  const exact = `cue.${cue}`;
  const known = t.has(exact) ? t(exact) : t.has(`cue.${family}`) ? t(`cue.${family}`) : t("cue.other");
  return html`<div class="reason"><p>${known}</p>
    ${better ? html`<p><span class="quiet">${t("lamp.better")}</span> ${t("quoted", { text: say(better) })}</p>` : nothing}</div>`;
}
