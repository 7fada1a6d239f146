// How loud or how clear something is: five steps, filled from the left. The word beside it says the same.
import { svg, html } from "lit-html";

const STEPS = 5;

/** A meter for a part 0..1; null is not known. `label` is its text alternative. */
export function meter(part, label) {
  const full = part == null ? 0 : Math.round(part * STEPS);
  const step = (_, n) => svg`<rect class="step ${n < full ? "full" : ""}" x=${n * 13 + 1} y=${20 - n * 4} width="9" height=${6 + n * 4} rx="2"/>`;
  return html`<svg class="meter" viewBox="0 0 66 28" role="img" aria-label=${label}>${Array.from({ length: STEPS }, step)}</svg>`;
}
