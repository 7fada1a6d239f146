// How the floor is, as a small calm picture: silence that runs out, silence that was kept, a breath, a turned chair, pairs. It measures nothing.
import { html, nothing, svg } from "lit-html";
import { arc, point } from "./geometry.js";

const frame = (name, inside) => html`<svg class="hush ${name}" viewBox="-50 -50 100 100" aria-hidden="true" focusable="false">${inside}</svg>`;

/** A ring of which `part` is there, round a small sign; without a rim nothing looks as if it were missing. */
function ring(name, part, inside, rim = true) {
  const whole = Math.min(1, Math.max(0, part));
  return frame(name, svg`<circle class="hush-well" r="46"/>${rim ? svg`<circle class="hush-rim" r="38"/>` : nothing}
    ${whole > 0.995 ? svg`<circle class="hush-part" r="38"/>` : whole > 0.005 ? svg`<path class="hush-part" d=${arc(38, 0, whole * 360)}/>` : nothing}${inside}`);
}

const pencil = svg`<path class="hush-line" d="M-13 13L-9.5 3L7 -13.5A3.6 3.6 0 0 1 13 -8.5L-3.5 8Z M-9.5 3L-3.5 8"/>`;
const closedLips = svg`<path class="hush-line" d="M-15 0C-8 -5 -4 -5 0 -2C4 -5 8 -5 15 0C8 5 -8 5 -15 0Z M-15 0H15"/>`;

/** Writing in silence: the ring shrinks. */
export const writingRing = (part) => ring("writing", part, pencil);

/** Silence at the beginning: the ring shrinks. */
export const silenceRing = (part) => ring("silent", part, closedLips);

/** A phase of silence: what was kept grows round. */
export const keptRing = (part) => ring("silent", part, closedLips, false);

/** Ten counts before anybody speaks: a circle that breathes, or stands still for who wants no motion. */
export const breath = () => frame("breathing", svg`<circle class="hush-out" r="44"/><circle class="hush-in" r="24"/>`);

/** The circle with one chair turned away; `at` is its place among `of`. */
export function turnedChair(at, of) {
  const chair = (n) => {
    const degrees = (n * 360) / Math.max(1, of);
    const { x, y } = point(34, degrees);
    const turn = `translate(${x} ${y}) rotate(${n === at ? degrees + 180 : degrees})`;
    return svg`<g class="chair ${n === at ? "turned-chair" : ""}" transform=${turn}><circle r="7.5" cy="2"/><path d="M-10 -4A11 11 0 0 1 10 -4"/></g>`;
  };
  return frame("turned", svg`<circle class="hush-well" r="20"/>${Array.from({ length: of }, (_, n) => chair(n))}`);
}

/** Chairs two by two, three in the last when it does not come out even. */
export function pairsMark(of) {
  const groups = Math.max(1, Math.floor(of / 2));
  const group = (n) => {
    const { x, y } = point(groups === 1 ? 0 : 29, (n * 360) / groups);
    const many = n === groups - 1 && of % 2 === 1 ? 3 : 2;
    return svg`<g transform="translate(${x} ${y})"><circle class="hush-well" r="18"/>${Array.from({ length: many }, (_, one) => {
      const spot = point(8.5, 90 + (one * 360) / many);
      return svg`<circle class="pair-dot" cx=${spot.x} cy=${spot.y} r="5.5"/>`;
    })}</g>`;
  };
  return frame("pairs-mark", svg`${Array.from({ length: groups }, (_, n) => group(n))}`);
}
