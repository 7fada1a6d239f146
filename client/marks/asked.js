// A phase in columns, one a chair in the order of the table, with a line where the phase asks something that may be compared. No ranking.
import { html, svg } from "lit-html";
import { paint } from "./patterns.js";

const HIGH = 62;
const percent = (part) => `${Math.round(part * 10000) / 100}%`;

/**
 * The columns, as wide as there is room.
 * @param {{seats: Object<string, {seconds: number, role: string, expected: number|null}>, unmeasured?: string[], label: string}} given
 */
export function columns({ seats, unmeasured = [], label }) {
  const letters = Object.keys(seats).sort();
  const most = Math.max(1, ...letters.map((letter) => Math.max(seats[letter].seconds, seats[letter].expected ?? 0)));
  const y = (seconds) => Math.round((HIGH - (seconds / most) * (HIGH - 4)) * 10) / 10;
  const column = (letter, n) => {
    const seat = seats[letter];
    const wide = seat.expected == null ? 16 : 30; // who is held against nothing is drawn thin
    const top = y(seat.seconds);
    const hollow = unmeasured.includes(letter) ? "hollow" : "";
    return svg`<svg class="seat-column" x=${percent(n / letters.length)} width=${percent(1 / letters.length)} height=${HIGH + 34} data-column=${letter} data-role=${seat.role ?? ""}>
      <svg x="50%" class="unclipped"><rect class="column-well" x="-15" width="30" height=${HIGH} rx="7"/>
        <rect x=${-wide / 2} y=${top} width=${wide} height=${HIGH - top} rx="5" fill=${paint(letter)}/></svg>
      ${seat.expected == null ? "" : svg`<line class="column-under" x1="0" x2="100%" y1=${y(seat.expected)} y2=${y(seat.expected)}/><line class="column-asked" x1="0" x2="100%" y1=${y(seat.expected)} y2=${y(seat.expected)}/>`}
      <svg x="50%" class="unclipped"><circle class="plate ${hollow || `seat-${letter}`}" cy=${HIGH + 18} r="13"/><text class="plate-letter ${hollow}" y=${HIGH + 23.5}>${letter}</text></svg></svg>`;
  };
  return html`<svg class="seat-columns" width="100%" height=${HIGH + 34} role="img" aria-label=${label}>${letters.map(column)}</svg>`;
}
