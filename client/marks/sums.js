// What a vote adds up to for one case: quiet bars, one per letter, as long as the points it got of those it could get. No list of winners.
import { html, svg } from "lit-html";

const HIGH = 10;

/**
 * The bars of one case.
 * @param {{rows: {letter: string, word: string, value: number}[], most: number}} given `most`: the points that could be given
 */
export function sumBars({ rows, most }) {
  const long = (value) => Math.round(Math.min(1, value / Math.max(1, most)) * 1000) / 10;
  return html`<ul class="sums">${rows.map(({ letter, word, value }) => html`<li data-sum=${letter} data-points=${value}>
    <b aria-hidden="true">${letter}</b><span>${word}</span>
    <svg viewBox="0 0 100 ${HIGH}" preserveAspectRatio="none" aria-hidden="true">${svg`<rect class="sum-track" width="100" height=${HIGH}/><rect class="sum-part" width=${long(value)} height=${HIGH}/>`}</svg>
    <i>${value}</i></li>`)}</ul>`;
}
