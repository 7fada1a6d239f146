// The state of the microphone in a shape, a word and a colour, on every page. The device itself is elsewhere.
import { html, nothing } from "lit-html";
import { micIcon } from "../marks/icons.js";

const TAPS = new Set(["missing", "lost", "muted", "off", "ears_down", "ended"]);

/** Whether people have to tap who speaks. */
export const byTaps = (microphone) => TAPS.has(microphone.state);

/** Whether the device is open. */
export const isOpen = (microphone) => ["listening", "opening"].includes(microphone.state);

/** The line: shape, word, and in small the parts that are nobody's. */
export function microphoneLine({ t, view }) {
  const { state, detail } = view.microphone;
  const told = [`mic.${state}.${detail || "more"}`, `mic.${state}.more`].find(t.has);
  const more = told ? t(told) : "";
  return html`<div class="microphone ${state}" data-microphone=${state}>
    ${micIcon(state)}
    <div><p class="mic-word">${t(`mic.${state}`)}</p>
    ${more ? html`<p class="mic-more">${more}</p>` : soundTrouble({ t, view }) ?? strain({ t, view }) ?? quietParts({ t, view })}</div>
  </div>`;
}

/** What stands in the way of hearing well, and what to do about it; null when all is well. */
function soundTrouble({ t, view }) {
  const key = `sound.${view.sound}`;
  if (!view.sound || !isOpen(view.microphone) || !t.has(key)) return null;
  return html`<p class="mic-more sound" role="status" data-sound=${view.sound}>${t(key)}</p>`;
}

/** What a computer that is too slow gave up; null when it keeps up. */
function strain({ t, view }) {
  const key = `strain.${view.strain}`;
  if (!view.strain || !isOpen(view.microphone) || !t.has(key)) return null;
  return html`<p class="mic-more sound" role="status" data-strain=${view.strain}>${t(key)}</p>`;
}

/** Silence is kept, doubt is said. */
function quietParts({ t, view }) {
  if (!view.quiet || view.stage !== "running" || byTaps(view.microphone)) return nothing;
  const { silence, unknown } = view.quiet;
  const percent = (part) => Math.round(part * 100);
  const pieces = [t("quiet.silence", { n: percent(silence) })];
  if (percent(unknown) > 0) pieces.push(t("quiet.unknown", { n: percent(unknown) }));
  return html`<p class="mic-more">${pieces.join(" · ")}</p>`;
}
