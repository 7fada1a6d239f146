// How often each kind of thing was said, as small shapes: always in the same order, never in that of the talk. Nobody is in it.
import { html, nothing, svg } from "lit-html";

const STEP = 18;
const IN_A_ROW = 15;
/** Shape of each kind, in a square of 14 about its middle; told apart without colour. */
const SHAPES = {
  open: svg`<circle class="hollow" r="5.6"/>`,
  closed: svg`<circle r="6.4"/>`,
  advice: svg`<path d="M0 -7.4L7.4 0L0 7.4L-7.4 0Z"/>`,
  experience: svg`<rect x="-5.6" y="-5.6" width="11.2" height="11.2" rx="1.5"/>`,
  explanation: svg`<path d="M0 -6.6L6.8 5.6H-6.8Z"/>`,
  reflection: svg`<rect class="hollow" x="-5.2" y="-5.2" width="10.4" height="10.4" rx="1.5"/>`,
};

export const KINDS = Object.keys(SHAPES);

/** The kinds that were heard in one of these phases, in the fixed order. */
export const heardKinds = (phases) => KINDS.filter((kind) => phases.some((phase) => phase.kinds?.[kind]));

/** One shape, for a legend. */
export const shape = (kind) => html`<svg class="kind kind-${kind}" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">${SHAPES[kind]}</svg>`;

/** The shapes of a phase; `label` is the text alternative. */
export function kindMarks(counts, label) {
  const heard = KINDS.filter((kind) => counts[kind]);
  if (!heard.length) return nothing;
  return html`<div class="kind-marks" role="img" aria-label=${label}>${heard.map((kind) => group(kind, counts[kind]))}</div>`;
}

function group(kind, count) {
  const width = STEP * Math.min(count, IN_A_ROW);
  const height = STEP * Math.ceil(count / IN_A_ROW);
  const places = Array.from({ length: count }, (_, n) => [STEP * (n % IN_A_ROW) + STEP / 2, STEP * Math.floor(n / IN_A_ROW) + STEP / 2]);
  return html`<svg class="kind kind-${kind}" data-kind=${kind} data-count=${count} width=${width} height=${height} viewBox="0 0 ${width} ${height}">
    ${places.map(([x, y]) => svg`<g transform="translate(${x} ${y})">${SHAPES[kind]}</g>`)}</svg>`;
}
