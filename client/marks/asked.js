// A phase in columns, one a chair that is timed, in the order of the table, with a line where the phase asks something that may be compared. No ranking.
import { html, svg } from "lit-html";
import { paint } from "./patterns.js";

/** Pixels: the longest column, how wide one is, and the round plate with the letter below it. */
const SIZE = { high: 62, wide: 30, plate: 13 };
const percent = (part) => `${Math.round(part * 10000) / 100}%`;

/**
 * The columns, as wide as there is room.
 * @param {{seats: Object<string, {seconds: number|null, role: string, expected: number|null}>, order?: string[], unmeasured?: string[], label: string, size?: {high, wide, plate}}} given
 *   a seat without seconds (it counts turns) has no column; `size` in pixels
 */
export function columns({ seats, order = Object.keys(seats).sort(), unmeasured = [], label, size = SIZE }) {
  const letters = order.filter((letter) => seats[letter]?.seconds != null);
  const most = Math.max(1, ...letters.map((letter) => Math.max(seats[letter].seconds, seats[letter].expected ?? 0)));
  const height = size.high + 2 * size.plate + 8;
  const column = (letter, n) => svg`<svg class="seat-column" x=${percent(n / letters.length)} width=${percent(1 / letters.length)} height=${height} data-column=${letter} data-role=${seats[letter].role ?? ""}>
      ${inside({ ...seats[letter], letter, most, hollow: unmeasured.includes(letter) }, size)}</svg>`;
  return html`<svg class="seat-columns" width="100%" height=${height} role="img" aria-label=${label}>${letters.map(column)}</svg>`;
}

/** Who is held against nothing is drawn thin, and without a line. */
function inside({ letter, seconds, expected, most, hollow }, { high, wide, plate }) {
  const y = (value) => Math.round((high - (value / most) * (high - 4)) * 10) / 10;
  const across = expected == null ? Math.round(wide * 0.54) : wide;
  const top = y(seconds);
  const line = (name) => svg`<line class=${name} x1="0" x2="100%" y1=${y(expected)} y2=${y(expected)}/>`;
  return svg`<svg x="50%" class="unclipped"><rect class="column-well" x=${-wide / 2} width=${wide} height=${high} rx=${wide / 4.3}/>
      <rect x=${-across / 2} y=${top} width=${across} height=${high - top} rx=${wide / 6} fill=${paint(letter)}/></svg>
    ${expected == null ? "" : svg`${line("column-under")}${line("column-asked")}`}
    <svg x="50%" class="unclipped"><circle class="plate ${hollow ? "hollow" : `seat-${letter}`}" cy=${high + plate + 5} r=${plate}/><text class="plate-letter ${hollow ? "hollow" : ""}" y=${high + plate * 1.42 + 5}>${letter}</text></svg>`;
}
