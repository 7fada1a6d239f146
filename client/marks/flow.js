// The meeting as a strip of turns without a word of content: a lane per chair, time from left to right.
import { html, svg } from "lit-html";
import { paint } from "./patterns.js";

const LANE = 22;
const percent = (value) => `${Math.round(value * 10000) / 100}%`;

/**
 * The strip.
 * @param {{flow: [letter: string|null, start: number, end: number, several: boolean][], letters: string[], label: string}} given
 *   times in seconds; the strip runs from the first turn to the last
 */
export function flow({ flow: turns, letters, label }) {
  const first = turns.length ? Math.min(...turns.map((one) => one[1])) : 0;
  const seconds = Math.max(1, ...turns.map((one) => one[2])) - first;
  const height = LANE * (letters.length + 1);
  const lane = (letter, several) => (several || !letters.includes(letter) ? letters.length : letters.indexOf(letter)) * LANE;
  const turn = ([letter, start, end, several]) => svg`<rect x=${percent((start - first) / seconds)} y=${lane(letter, several) + 4} rx="2"
    width=${percent(Math.max((end - start) / seconds, 0.002))} height=${LANE - 8} fill=${paint(letter, several)}/>`;
  return html`<div class="flow">
    <div class="flow-letters" aria-hidden="true">${letters.map((letter) => html`<span>${letter}</span>`)}<span>·</span></div>
    <svg class="flow-strip" height=${height} role="img" aria-label=${label}>
      ${[...letters, ""].map((_, n) => svg`<line class="lane" x1="0" x2="100%" y1=${n * LANE + LANE / 2} y2=${n * LANE + LANE / 2}/>`)}
      ${turns.map(turn)}
    </svg>
  </div>`;
}
