// Places round a table seen from above: what is drawn at each, and what lies in the open middle. It knows nothing of speaking time.
import { html, nothing, svg } from "lit-html";
import { arc } from "./geometry.js";

const WELL = 162;
const BETWEEN = 184;
const SNUG = "-356 -376 712 752";
const LARGE = "-410 -410 820 820";

/**
 * A picture with the seats as a circle, in the order of the list.
 * @param {{name: string, seats: object[], label: string, middle, silence?: {part: number, label: string}|null, several?: boolean, inviting?: boolean, facing?: boolean, large?: boolean,
 *   ground: (placed) => unknown, seat: (placed) => unknown}} given
 *   each placed seat also has `at` (degrees from the top), `half` (degrees it has on each side) and `turn` (degrees its words are turned);
 *   `facing`: the words of a seat are upright for who sits there; `large`: there is more room round it for letters and names; `silence`: the part of the phase that was silent, 0..1
 */
export function around({ name, seats, label, middle, silence = null, several = false, inviting = false, facing = false, large = false, ground, seat }) {
  const step = 360 / Math.max(1, seats.length);
  const placed = seats.map((one, n) => ({ ...one, at: n * step, half: step / 2 - Math.min(7, step / 8), turn: facing ? (n * step + 180) % 360 : 0 }));
  return html`<svg class="circle ${name} ${inviting ? "inviting" : ""} ${large ? "large" : ""}" viewBox=${large ? LARGE : SNUG} role="group" aria-label=${label} data-picture=${name}>
    ${placed.map(ground)}
    <circle class="well" r=${WELL}/>
    ${silence ? kept(silence) : nothing}
    ${several ? svg`<circle class="several-voices" r=${BETWEEN}/>` : nothing}
    ${middle}
    ${placed.map(seat)}
  </svg>`;
}

/** Silence that was kept lies under the middle like a cradle and grows to both sides; there is no rim, so nothing looks as if it were missing. */
export function kept({ part, label }) {
  const whole = Math.min(1, Math.max(0, part));
  const half = Math.min(179.9, whole * 180);
  return svg`<g class="kept" role="img" aria-label=${label} data-kept=${Math.round(whole * 100)}>${half > 0.9 ? svg`<path class="kept-part" d=${arc(WELL - 7, 180 - half, 180 + half)}/>` : nothing}</g>`;
}
