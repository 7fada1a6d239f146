// Four small pictures over the evenings of a group: dots without a line, for a line would promise more than it knows. Of the group as a whole, never of one person.
import { html, svg } from "lit-html";

const HIGH = 108;
const EDGE = 14;
const percent = (part) => `${Math.round(part * 10000) / 100}%`;

/**
 * One picture.
 * @param {{values: (number|null)[], from: number, to: number, marks?: number[], label: string}} given
 *   a value for each evening, the oldest first; null where nothing is known; `from` lies below, `to` above; `marks`: where faint lines lie
 */
export function trendDots({ values, from, to, marks = [from, to], label }) {
  const y = (value) => Math.round((HIGH - EDGE - ((Math.min(Math.max(value, from), to) - from) / (to - from)) * (HIGH - 2 * EDGE)) * 10) / 10;
  const x = (n) => percent((n + 0.5) / values.length);
  const dot = (value, n) => (value === null
    ? svg`<svg x=${x(n)} class="unclipped"><line class="trend-unknown" x1="-5" x2="5" y1=${HIGH - 4} y2=${HIGH - 4}/></svg>`
    : svg`<svg x=${x(n)} class="unclipped"><circle class="trend-dot" cy=${y(value)} r="8" data-dot=${value}/></svg>`);
  return html`<svg class="trend-picture" width="100%" height=${HIGH} role="img" aria-label=${label}>
    ${marks.map((mark) => svg`<line class="trend-mark" x1="0" x2="100%" y1=${y(mark)} y2=${y(mark)}/>`)}
    ${values.map(dot)}
  </svg>`;
}
