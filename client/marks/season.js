// A season as a calm line of evenings: guided ones full, own ones as a ring with a dot, those to come as small strokes, and a flag where the group may go on alone. No dates of anybody.
import { html, svg } from "lit-html";

const HIGH = 96;
const MIDDLE = 62;
/** Radius of an evening, so that those of a long season stand apart on a small screen. */
const wide = (slots) => (slots > 16 ? 5 : slots > 11 ? 8 : 12);
const percent = (part) => `${Math.round(part * 10000) / 100}%`;

/**
 * The line, as wide as there is room.
 * @param {{guided: number, own: number, slots: number, gate: number|null, label: string}} given
 *   `slots`: evenings of the whole season; `gate`: after how many of them the group may go on alone, null where it does so already
 */
export function seasonPicture({ guided, own, slots, gate, label }) {
  const x = (n) => percent((n + 0.5) / slots);
  const r = wide(slots);
  const evening = (_, n) => {
    const kind = n < guided ? "guided" : n < guided + own ? "own" : "coming";
    return svg`<svg x=${x(n)} class="unclipped" data-evening=${kind}>${kind === "coming"
      ? svg`<circle class="evening coming" cy=${MIDDLE} r="4"/>`
      : svg`<circle class="evening ${kind}" cy=${MIDDLE} r=${r}/>${kind === "own" ? svg`<circle class="evening-heart" cy=${MIDDLE} r=${r / 3}/>` : ""}`}</svg>`;
  };
  return html`<svg class="season-picture" width="100%" height=${HIGH} role="img" aria-label=${label}>
    <line class="season-line" x1="0" x2="100%" y1=${MIDDLE} y2=${MIDDLE}/>
    ${Array.from({ length: slots }, evening)}
    ${gate === null ? "" : svg`<svg x=${percent(Math.min(gate, slots) / slots)} class="unclipped"><path class="gate" d=${gate < slots ? `M0 ${MIDDLE + 22}V10h20l-6 8l6 8H0` : `M-2 ${MIDDLE + 22}V10h-20l6 8l-6 8H-2`}/></svg>`}
  </svg>`;
}
