// The bar under the hand: on, back, a minute more, a break, and closing the ears.
import { html, nothing } from "lit-html";
import { backIcon, micIcon } from "../marks/icons.js";
import { isOpen, microphoneLine } from "./microphone.js";
import { stopName } from "./plan.js";

/** The bar of the running meeting. */
export function controls(p) {
  const { view, t, send, set } = p;
  const { phase, paused } = view;
  const last = !phase.next;
  const onward = last ? t("end.button") : t("next.to", { name: stopName(p, phase.next) });
  return html`<section class="controls" aria-label=${t("controls")}>
    <button class="plain back" data-action="back" ?disabled=${!phase.previous} aria-label=${t("back")} @click=${() => send("PreviousPhase", { before: phase.id })}>${backIcon()}</button>
    <button class="main next ${p.phase.over ? "over" : ""}" data-action="next" @click=${() => set({ sheet: last ? "end" : "next" })}>${onward}</button>
    <button class="plain" data-action="add-minute" @click=${() => send("AddMinutes", { minutes: 1 })}>${t("add")}</button>
    <button class="plain" data-action=${paused ? "resume" : "pause"} @click=${() => send(paused ? "Resume" : "Pause")}>${paused ? t("resume") : t("pause")}</button>
  </section>
  <section class="ears">${microphoneLine(p)}${muteButton(p)}</section>`;
}

/** Closing the microphone, or opening it again: the biggest control after "next". */
function muteButton({ view, t, send }) {
  const { state } = view.microphone;
  if (!view.consent.agreed) return nothing; // not everybody agreed: the meeting runs by taps
  if (isOpen(view.microphone)) {
    return html`<button class="mute" data-action="mute" @click=${() => send("Mute")}>${micIcon("muted")}<span>${t("mute")}</span></button>`;
  }
  const again = state === "missing" || state === "lost" || state === "ears_down";
  return html`<button class="mute closed" data-action="unmute" ?disabled=${state === "warming" || view.paused} @click=${() => send("OpenMicrophone")}>
    ${micIcon("listening")}<span>${again ? t("mic.again") : t("unmute")}</span></button>`;
}
