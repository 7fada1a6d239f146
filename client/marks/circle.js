// The table as a circle: a place per seat, filled as far as this phase expects, and who speaks now. Never a ranking.
import { html, nothing, svg } from "lit-html";
import { arc, point } from "./geometry.js";
import { paint } from "./patterns.js";

const TRACK = 222;
const BETWEEN = 184;
const BADGE_AT = 281;
const BADGE = 38;
const HIT = 56;
const LONGEST_NAME = 11;
const LONGEST_AT_SIDE = 9;
const SIDE_SHIFT = 17;

/**
 * The circle.
 * @param {{seats, middle, label, several, inviting, press: (seat) => void, describe: (seat) => string, roleWord: (seat) => string}} given
 *   `seats` as in the view; `middle` is drawn in the centre; `several`: more than one voice is heard; `inviting`: a seat
 *   is to be chosen; `describe` is the text alternative of a seat
 */
export function circle({ seats, middle, label, several = false, inviting = false, press, describe, roleWord }) {
  const step = 360 / Math.max(1, seats.length);
  const placed = seats.map((seat, n) => ({ ...seat, at: n * step, half: step / 2 - Math.min(7, step / 8) }));
  return html`<svg class="circle ${inviting ? "inviting" : ""}" viewBox="-356 -376 712 752" role="group" aria-label=${label}>
    ${placed.map(track)}
    <circle class="well" r="162"/>
    ${several ? svg`<circle class="several-voices" r="${BETWEEN}"/>` : nothing}
    ${middle}
    ${placed.map((seat) => badge(seat, { press, describe, roleWord }))}
  </svg>`;
}

/** The arc of a seat: pale where there is room, filled from its middle outwards. */
function track({ letter, at, half, fill }) {
  const path = arc(TRACK, at - half, at + half);
  if (fill == null) return svg`<path class="track free" d=${path}/>`;
  const part = Math.round(Math.min(1, Math.max(0, fill)) * 1000) / 10;
  const dashes = `0 ${(100 - part) / 2} ${part} 100`;
  return svg`<path class="track" d=${path}/>
    ${part > 0 ? svg`<path class="fill" d=${path} pathLength="100" stroke=${paint(letter)} stroke-dasharray=${dashes} data-letter=${letter}/>` : nothing}`;
}

function badge(seat, { press, describe, roleWord }) {
  const { x, y } = point(BADGE_AT, seat.at);
  const pressed = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(seat);
  };
  const share = Math.round((seat.share ?? 0) * 1000) / 1000;
  return svg`<g class="seat ${manner(seat)}" role="button" tabindex="0" transform="translate(${x} ${y})"
      aria-label=${describe(seat)} aria-pressed=${seat.speaking ? "true" : "false"} data-seat=${seat.letter} data-share=${share}
      @click=${pressed} @keydown=${pressed}>
    <circle class="hit" r=${HIT}/>
    <circle class="glow" r="62"/>
    <circle class="halo" r=${BADGE + 7}/>
    <circle class="badge seat-${seat.letter}" r=${BADGE}/>
    <text class="letter" y="12.5">${seat.letter}</text>
  </g>
  <g class="caption" aria-hidden="true" transform="translate(${x} ${y})" data-caption=${seat.letter}>${caption(seat, { x, y }, roleWord(seat))}</g>`;
}

/** Sure, a first guess, one of several; and seats that are empty or not measured. */
function manner({ speaking, doubt, among, voice }) {
  const heard = among ? "among" : speaking ? (doubt ? "speaking doubt" : "speaking") : "";
  return `${heard} ${voice === "left" ? "away" : voice === "left_out" ? "unmeasured" : ""}`;
}

/** Name and role outside the circle: above on the upper half, below on the lower half, a little outwards at the sides. */
function caption(seat, { x, y }, role) {
  const beside = Math.abs(y) < 60;
  const named = seat.name && seat.name !== seat.letter ? short(seat.name, beside ? LONGEST_AT_SIDE : LONGEST_NAME) : "";
  const lines = [named, role].filter(Boolean);
  const above = y < -20;
  const first = above ? -BADGE - 14 - (lines.length - 1) * 23 : BADGE + 28;
  return lines.map((line, n) => svg`<text class=${line === role ? "role" : "name"} x=${beside ? Math.sign(x) * SIDE_SHIFT : 0} y=${first + n * 23}>${line}</text>`);
}

/** A long name is cut; the letter still tells who it is. */
export function short(name, longest = LONGEST_NAME) {
  return name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name;
}
