// The meeting as a strip of turns without a word of content: a lane per chair, time from left to right, phases behind it.
import { html, nothing, svg } from "lit-html";
import { paint } from "./patterns.js";

const LANE = 22;
const percent = (value) => `${Math.round(value * 10000) / 100}%`;

/** From when to when the strip runs, in meeting seconds. */
export function span({ flow: turns, visits = [] }) {
  const first = Math.min(...[...turns, ...visits].map((one) => one[1]));
  const last = Math.max(...[...turns, ...visits].map((one) => one[2]));
  return Number.isFinite(first) ? { first, last: Math.max(last, first + 1) } : { first: 0, last: 1 };
}

/** The stop the meeting was in at that second; in a break the one before it. */
export function stopAt(visits, second) {
  return visits.findLast(([, start]) => start <= second)?.[0] ?? visits[0]?.[0] ?? null;
}

/** Stretches of one stop, breaks bridged: where the name of a phase can stand. */
export function stretches(visits) {
  const found = [];
  for (const [stop, start, end] of visits) {
    const before = found.at(-1);
    if (before?.stop === stop) before.end = end;
    else found.push({ stop, start, end });
  }
  return found;
}

/**
 * The strip.
 * @param {{flow: [letter: string|null, start: number, end: number, several: boolean][], letters: string[], label: string,
 *   visits?: [stop: string, start: number, end: number][], at?: number|null, lane?: number, dotted?: string[]}} given
 *   times in seconds; `at` draws a line there; `lane` is the height of a chair's lane in pixels; `dotted`: chairs whose turns
 *   are all dots of one size, for they have no length
 */
export function flow({ flow: turns, letters, label, visits = [], at = null, lane = LANE, dotted = [] }) {
  const { first, last } = span({ flow: turns, visits });
  const seconds = last - first;
  const height = lane * (letters.length + 1);
  const gap = Math.round(lane / 5.5);
  const place = (letter, several) => (several || !letters.includes(letter) ? letters.length : letters.indexOf(letter)) * lane;
  const x = (second) => percent((second - first) / seconds);
  const dot = (letter, start) => svg`<svg x=${x(start)} class="unclipped"><circle data-turn-dot=${letter} cy=${place(letter, false) + lane / 2} r=${lane / 4.4} fill=${paint(letter)}/></svg>`;
  const turn = ([letter, start, end, several]) => !several && dotted.includes(letter) ? dot(letter, start) : svg`<rect x=${x(start)} y=${place(letter, several) + gap} rx="2"
    width=${percent(Math.max((end - start) / seconds, 0.002))} height=${lane - 2 * gap} fill=${paint(letter, several)}/>`;
  const ground = ({ start, end }, n) => svg`<rect class="phase-ground ${n % 2 ? "odd" : ""}" x=${x(start)} width=${percent((end - start) / seconds)} height="100%"/>`;
  return html`<div class="flow">
    <div class="flow-letters" aria-hidden="true">${letters.map((letter) => html`<span>${letter}</span>`)}<span>·</span></div>
    <svg class="flow-strip" height=${height} role="img" aria-label=${label}>
      ${stretches(visits).map(ground)}
      ${[...letters, ""].map((_, n) => svg`<line class="lane" x1="0" x2="100%" y1=${n * lane + lane / 2} y2=${n * lane + lane / 2}/>`)}
      ${turns.map(turn)}
      ${at === null ? nothing : svg`<line class="flow-at" x1=${x(at)} x2=${x(at)} y1="0" y2="100%"/>`}
    </svg>
  </div>`;
}

/** The words under the thumb, kept inside the strip. `part` is how far along, 0..1. */
export function under(part, words) {
  const anchor = part < 0.2 ? "start" : part > 0.8 ? "end" : "middle";
  return html`<svg class="flow-under" aria-hidden="true" height="26"><text x=${percent(part)} y="20" text-anchor=${anchor}>${words}</text></svg>`;
}
