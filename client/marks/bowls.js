// The table as bowls of water: each seat's fills as this phase asks, and a full bowl is full. Nothing runs over and no bowl is held beside another.
import { nothing, svg } from "lit-html";
import { around } from "./around.js";
import { point } from "./geometry.js";
import { paint } from "./patterns.js";
import { badge, caption, dotsOf } from "./seatmark.js";

const BOWL_AT = 252;
const FURTHER_AT = 280;
const RIM = 4;
const FLOOR = 66;
const BOWL = `M-62,${RIM} C-62,48 -40,${FLOOR} 0,${FLOOR} C40,${FLOOR} 62,48 62,${RIM}`;
const LETTER_UP = -28;
const SMALLER = 0.82;

/** The bowls; what is given is the same as for `circle`. */
export function bowls({ plain = false, press = null, describe, roleWord, middle, ...given }) {
  return around({
    ...given, name: "bowls",
    middle: svg`<clipPath id="bowl-inside"><path d=${`${BOWL}Z`}/></clipPath>${middle}`,
    ground: () => nothing,
    seat: (seat) => place(seat, { plain, press, describe, roleWord, facing: given.facing, large: given.large }),
  });
}

function place(seat, { plain, roleWord, facing, large, ...rest }) {
  const { x, y } = point(large ? FURTHER_AT : BOWL_AT, seat.at);
  const at = `translate(${x} ${y})${facing ? ` rotate(${seat.turn})` : ""}`;
  const above = !facing && y < -20;
  const leading = large ? 30 : 23;
  const first = (lines) => (above ? -84 - (lines - 1) * leading : FLOOR + leading + 3);
  return svg`<g class="bowl" transform=${at} data-bowl=${seat.letter}>${plain ? nothing : bowl(seat)}</g>
  ${badge(seat, { at: `${at} translate(0 ${LETTER_UP})`, size: large ? 0.95 : SMALLER, ...rest })}
  ${caption(seat, { at, first, leading, role: roleWord(seat) })}`;
}

/** Water up to its part of the bowl's height; pebbles where turns are counted; an open rim where this phase asks nothing. */
function bowl(seat) {
  if (seat.counts === "turns") return svg`<path class="bowl-side" d=${BOWL}/>${pebbles(seat)}`;
  if (seat.fill == null) return svg`<path class="bowl-side free" d=${BOWL}/>`;
  const part = Math.min(1, Math.max(0, seat.fill));
  const level = Math.round((FLOOR - part * (FLOOR - RIM)) * 10) / 10;
  return svg`<path class="bowl-side" d=${BOWL}/>
    <g clip-path="url(#bowl-inside)"><rect class="water ${part < 0.005 ? "none-yet" : ""}" x="-64" width="128" height="70" y=${level} fill=${paint(seat.letter)} data-letter=${seat.letter}/></g>
    <path class="bowl-line" d=${BOWL}/>`;
}

/** Turns as pebbles in the bowl, all alike, six in a row. */
function pebbles({ letter, turns }) {
  const { dots, more } = dotsOf(turns);
  const pebble = (n) => svg`<circle class="turn-dot seat-${letter}" cx=${((n % 6) - 2.5) * 14} cy=${48 - Math.floor(n / 6) * 14} r="5"/>`;
  return svg`<g data-dots=${dots}>${Array.from({ length: dots }, (_, n) => pebble(n))}
    ${more ? svg`<text class="turn-more" y="24">${dots}+</text>` : nothing}</g>`;
}
