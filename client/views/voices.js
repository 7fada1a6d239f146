// Under the circle: voices that wait for a name, and taking back what was just put right. The rules are elsewhere.
import { html, nothing } from "lit-html";
import { short } from "../marks/circle.js";
import { voiceIcon } from "../marks/icons.js";
import { nameOf } from "./chair.js";

/** Whether a seat is to be chosen for an unnamed voice. */
export const naming = ({ view, ui }) => (view.voices ?? []).some(({ voice }) => voice === ui.naming);

/** The seat that was chosen for the voice. */
export function name(p, seat) {
  const voice = p.ui.naming;
  p.set({ naming: null });
  p.send("NameVoice", { voice, seat: seat.letter });
}

/** The strip. It keeps its place while there is nothing to do, so that the circle never jumps under a finger. */
export function voicesStrip(p) {
  const voices = p.view.voices ?? [];
  const undoing = undo(p);
  // Beside "put back" the chips say enough; the sentence about them comes back when a voice is chosen.
  const told = naming(p) ? p.t("voices.choose", { n: p.ui.naming }) : undoing === nothing ? p.t("voices.name_them") : "";
  return html`<div class="ring-foot">${voices.length ? html`<div class="unnamed" role="group" aria-label=${p.t("voices.unnamed")}>
      ${voices.map((one) => chip(p, one))}
      <p class="quiet" aria-live="polite">${told}</p></div>` : nothing}${undoing}</div>`;
}

function chip({ t, ui, set }, { voice, speaking }) {
  const chosen = ui.naming === voice;
  return html`<button class="voice-chip ${speaking ? "speaking" : ""} ${chosen ? "chosen" : ""}" data-voice-chip=${voice} aria-pressed=${chosen ? "true" : "false"}
    @click=${() => set({ naming: chosen ? null : voice })}>${voiceIcon()}<span>${t("voices.number", { n: voice })}</span>${speaking ? html`<span class="unseen">${t("speaks")}</span>` : nothing}</button>`;
}

/** One tap takes back what was just put right, for a while. */
function undo(p) {
  const { view, t, now, send } = p;
  const done = view.undo;
  if (!done || now > done.until) return nothing;
  const called = (letter) => {
    const seat = view.seats.find((one) => one.letter === letter);
    return seat ? short(nameOf(seat, t)) : t("undo.nobody");
  };
  return html`<div class="undo" role="status" data-undo=${done.kind}><p>${t(`undo.${done.kind}`, { name: called(done.seat), other: called(done.other) })}</p>
    <button class="plain" data-action="undo" @click=${() => send("UndoCorrection")}>${t("undo")}</button></div>`;
}
