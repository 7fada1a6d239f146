// The table as a circle: a place per seat, filled as far as this phase expects, and who speaks now. Never a ranking.
import { nothing, svg } from "lit-html";
import { around } from "./around.js";
import { arc, point } from "./geometry.js";
import { paint } from "./patterns.js";
import { BADGE, badge, caption, dotsOf } from "./seatmark.js";

export { short } from "./seatmark.js";

const TRACK = 222;
const MORE_AT = 190;
const BADGE_AT = 281;
const LONGEST_NAME = 11;
const LONGEST_AT_SIDE = 9;
const SIDE_SHIFT = 17;
const LARGER = 1.2;
const LARGER_AT = 291;
const DOT_STEP = 4.2;

/**
 * The circle.
 * @param {{seats, middle, label, plain: boolean, facing: boolean, large: boolean, several, silence, inviting, press: ((seat) => void)|null, describe: (seat) => string, roleWord: (seat) => string}} given
 *   `seats` as in the view; `plain`: nothing of the balance is shown; `press`: null where seats are no controls;
 *   `describe` is the text alternative of a seat; the rest as for `around`
 */
export function circle({ plain = false, press = null, describe, roleWord, ...given }) {
  return around({
    ...given, name: "arcs",
    ground: (seat) => (plain ? edge(seat) : track(seat)),
    seat: (seat) => place(seat, { press, describe, roleWord, facing: given.facing, large: given.large }),
  });
}

/** A plain edge of the table: nothing is measured here. */
const edge = ({ at, half }) => svg`<path class="track edge" d=${arc(TRACK, at - half, at + half)}/>`;

/** The arc of a seat: pale where there is room, filled from its middle outwards; dots where turns are counted. */
function track(seat) {
  const { letter, at, half, fill } = seat;
  const path = arc(TRACK, at - half, at + half);
  if (seat.counts === "turns") return svg`<path class="track" d=${path}/>${turnDots(seat)}`;
  if (fill == null) return svg`<path class="track free" d=${path}/>`;
  const part = Math.round(Math.min(1, Math.max(0, fill)) * 1000) / 10;
  const dashes = `0 ${(100 - part) / 2} ${part} 100`;
  return svg`<path class="track" d=${path}/>
    <path class="fill ${part < 0.5 ? "none-yet" : ""}" d=${path} pathLength="100" stroke=${paint(letter)} stroke-dasharray=${dashes} data-letter=${letter}/>`;
}

/** Turns beside each other, all alike. */
function turnDots({ letter, at, half, turns }) {
  const { dots, more } = dotsOf(turns);
  const step = Math.min(DOT_STEP, (2 * half - 3) / 11);
  const dot = (n) => {
    const { x, y } = point(TRACK, at + (n - (dots - 1) / 2) * step);
    return svg`<circle class="turn-dot seat-${letter}" cx=${x} cy=${y} r="5"/>`;
  };
  const beyond = point(MORE_AT, at);
  return svg`<g data-dots=${dots}>${Array.from({ length: dots }, (_, n) => dot(n))}
    ${more ? svg`<text class="turn-more" x=${beyond.x} y=${beyond.y + 7}>${dots}+</text>` : nothing}</g>`;
}

/** Name and role outside the circle: above on the upper half, below on the lower half, a little outwards at the sides; outwards everywhere when words face their seat. */
function place(seat, { roleWord, facing, large, ...rest }) {
  const { x, y } = point(large ? LARGER_AT : BADGE_AT, seat.at);
  const at = `translate(${x} ${y})${facing ? ` rotate(${seat.turn})` : ""}`;
  const size = large ? LARGER : 1;
  const leading = large ? 30 : 23;
  const beside = !facing && Math.abs(y) < 60;
  const first = (lines) => (!facing && y < -20 ? -BADGE * size - 14 - (lines - 1) * leading : BADGE * size + leading + 5);
  return svg`${badge(seat, { at, size, ...rest })}
  ${caption(seat, { at, first, leading, x: beside ? Math.sign(x) * SIDE_SHIFT : 0, role: roleWord(seat), longest: beside ? LONGEST_AT_SIDE : LONGEST_NAME })}`;
}
