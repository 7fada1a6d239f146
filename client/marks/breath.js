// A minute of silence as a picture: a circle that breathes slowly, and a rim that fills. No sound, no number.
import { html, svg } from "lit-html";

export const SILENCE_SECONDS = 60;
const RIM = 148;
const ROUND = 2 * Math.PI * RIM;

/** @param {{passed: number, over: boolean, label: string}} given `passed`: seconds */
export function breath({ passed, over, label }) {
  const part = (passed / SILENCE_SECONDS) * ROUND;
  return html`<svg class="breath ${over ? "over" : ""}" viewBox="-160 -160 320 320" role="img" aria-label=${label}>
    ${svg`<circle class="breath-rim" r=${RIM}></circle><circle class="breath-part" r=${RIM} transform="rotate(-90)" stroke-dasharray="${part.toFixed(1)} ${ROUND.toFixed(1)}"></circle>
    <circle class="breath-body" r="92"></circle>`}</svg>`;
}
