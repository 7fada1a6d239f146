// How a group answered, as a picture with words: where the middle lies and where half of the answers are. Never one person's answer.
import { svg, html } from "lit-html";

const WIDTH = 240;
const x = (score) => 20 + ((score - 1) / 4) * (WIDTH - 40);

/** A line from 1 to 5 with a band and a mark. */
export function spread({ median, low, high }, label) {
  return html`<svg class="my-spread" viewBox="0 0 ${WIDTH} 44" role="img" aria-label=${label} data-median=${median}>
    <line class="my-spread-line" x1=${x(1)} x2=${x(5)} y1="22" y2="22"/>
    ${[1, 2, 3, 4, 5].map((n) => svg`<circle class="my-spread-tick" cx=${x(n)} cy="22" r="4"/>`)}
    <rect class="my-spread-band" x=${x(low) - 9} y="13" width=${x(high) - x(low) + 18} height="18" rx="9"/>
    <circle class="my-spread-middle" cx=${x(median)} cy="22" r="9"/></svg>`;
}

/** The same in words. */
export const spreadInWords = (t, { median, low, high, answers }) =>
  low === high ? t("my_results.alike", { median, of: answers }) : t("my_results.words", { median, low, high, of: answers });
