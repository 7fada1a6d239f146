// A round table from above with a chair for each person, to be put where people sit. It decides nothing and measures nothing.
import { html, nothing, svg } from "lit-html";
import { point } from "./geometry.js";

const CHAIR_AT = 205;
const CHAIR = 42;
const HIT = 64;
const EDGE = { x: 238, y: 234 };

/**
 * The picture. Chairs stay in the same place of the document, so that focus and a dragging finger stay with them.
 * @param {{order: string[], label: string, chairs: {letter: string, name: string, number: number|null, label: string}[], dragged: {letter, x, y}|null, hand: object}} given
 *   `order`: letters clockwise from the top; `chairs`: in any fixed order; `number`: the how-manieth tap it got;
 *   `hand`: what is called with (event, letter): down, move, up, tap, key
 */
export function roundTable({ order, label, chairs, dragged, hand }) {
  const places = order.map((letter, n) => ({ letter, ...point(CHAIR_AT, (n * 360) / order.length) }));
  const place = (letter) => places.find((one) => one.letter === letter);
  return html`<svg class="round-table" viewBox="-284 -262 568 556" role="group" aria-label=${label}>
    <circle class="table-top" r="118"/>
    <path class="table-way" d="M-38 -46A60 60 0 0 1 44 -41M44 -41l-15 -6M44 -41l-1 -17"/>
    ${dragged ? landing(place(dragged.letter)) : nothing}
    ${chairs.map((chair) => oneChair({ ...chair, ...place(chair.letter), held: dragged?.letter === chair.letter, hand, dragged }))}
  </svg>`;
}

/** Where a chair in the hand will stand when it is let go. */
const landing = ({ x, y }) => svg`<circle class="landing" cx=${x} cy=${y} r=${CHAIR + 6}/>`;

function oneChair({ letter, name, number, label, x, y, held, hand, dragged }) {
  const [atX, atY] = held ? [inside(dragged.x, EDGE.x), inside(dragged.y, EDGE.y)] : [x, y];
  return svg`<g class="table-chair ${held ? "held" : ""} ${number ? "numbered" : ""}" transform="translate(${atX} ${atY})">
    <g class="seat" role="button" tabindex="0" aria-label=${label} data-chair=${letter}
        @pointerdown=${(event) => hand.down(event, letter)} @pointermove=${(event) => hand.move(event, letter)} @pointerup=${(event) => hand.up(event, letter)} @pointercancel=${(event) => hand.up(event, letter)}
        @click=${(event) => hand.tap(event, letter)} @keydown=${(event) => hand.key(event, letter)}>
      <circle class="hit" r=${HIT}/>
      <circle class="halo" r=${CHAIR + 7}/>
      <circle class="badge seat-${letter}" r=${CHAIR}/>
      <text class="letter" y="12.5">${letter}</text>
    </g>
    <g class="caption" aria-hidden="true">${name ? svg`<text class="chair-name" y=${CHAIR + 27}>${name}</text>` : nothing}
      ${number ? svg`<circle class="tap-number" cx="34" cy="-34" r="20"/><text class="tap-word" x="34" y="-26">${number}</text>` : nothing}</g>
  </g>`;
}

const inside = (value, edge) => Math.max(-edge, Math.min(edge, value));

/** The place (0, 1, ...) nearest to a spot in the picture, clockwise from the top. */
export function placeAt({ x, y }, of) {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI + 90;
  return (Math.round((degrees / 360) * of) + of) % of;
}

/** The order after this chair moved to that place the shorter way round; each chair it passes moves one up. */
export function moved(order, letter, to) {
  const next = [...order];
  const of = next.length;
  const from = next.indexOf(letter);
  const ahead = (to - from + of) % of;
  const step = ahead <= of / 2 ? 1 : -1;
  for (let at = from; at !== to; ) {
    const beside = (at + step + of) % of;
    [next[at], next[beside]] = [next[beside], next[at]];
    at = beside;
  }
  return next;
}
