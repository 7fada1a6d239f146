// How a group answered, or shared something out: a line, a band that holds half of it, a mark in the middle. Never one person.
import { html, svg } from "lit-html";

const WIDTH = 440;
const EDGE = 20;

/**
 * The picture.
 * @param {{low: number, median: number, high: number, from: number, to: number, marks?: number[], ends?: string[], label: string, right?: number}} given
 *   `marks`: where small strokes stand; `ends`: words under the left, (middle,) and right end; `right`: a value that is exactly as wanted
 */
export function spread({ low, median, high, from, to, marks = [], ends = [], label, right = null }) {
  const x = along(from, to);
  const places = ends.length === 3 ? ["start", "middle", "end"] : ["start", "end"];
  const at = { start: 0, middle: right === null ? WIDTH / 2 : x(right), end: WIDTH };
  const band = Math.max(x(high) - x(low), 36);
  return html`<svg class="spread-picture" viewBox="0 0 ${WIDTH} ${ends.length ? 74 : 52}" role="img" aria-label=${label}>${scale(x, marks)}
    <rect class="spread-band" x=${(x(low) + x(high)) / 2 - band / 2} y="12" width=${band} height="28" rx="14"/>
    ${right === null ? "" : svg`<line class="spread-right" x1=${x(right)} x2=${x(right)} y1="2" y2="50"/>`}
    ${diamond(x(median))}
    ${ends.map((word, n) => svg`<text class="spread-word" x=${at[places[n]]} y="68" text-anchor=${places[n]}>${word}</text>`)}
  </svg>`;
}

/** One value on the same line, without a band. */
export function onScale({ value, from, to, marks, label }) {
  const x = along(from, to);
  return html`<svg class="spread-picture" viewBox="0 0 ${WIDTH} 52" role="img" aria-label=${label}>${scale(x, marks)}${diamond(x(value))}</svg>`;
}

const along = (from, to) => (value) => Math.round((EDGE + ((Math.min(Math.max(value, from), to) - from) / (to - from)) * (WIDTH - 2 * EDGE)) * 10) / 10;
const diamond = (x) => svg`<path class="spread-mark" d="M${x} 13l13 13l-13 13l-13 -13Z"/>`;
const scale = (x, marks) => svg`<line class="spread-line" x1=${EDGE} x2=${WIDTH - EDGE} y1="26" y2="26"/>
    ${marks.map((value) => svg`<circle class="spread-stroke" cx=${x(value)} cy="26" r="3.5"/>`)}`;

/** The value below which this part of the values lies, as statisticians count "inclusive". */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (place - below);
}

/** So many of so many, as small rounds: who they are is not in it. */
export function rounds(n, of) {
  return html`<svg class="rounds" viewBox="0 0 ${of * 30} 30" width=${of * 30} height="30" aria-hidden="true">
    ${Array.from({ length: of }, (_, place) => svg`<circle class="one ${place < n ? "full" : ""}" cx=${place * 30 + 15} cy="15" r="10"/>`)}</svg>`;
}
