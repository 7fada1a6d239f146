// Five small drawings for a group's first meeting: the table, the seats, one phase, lamp and circle, the end. They measure nothing.
import { html, svg } from "lit-html";
import { arc, point } from "./geometry.js";
import { paint } from "./patterns.js";

const frame = (name, inside) => html`<svg class="tour-picture" data-picture=${name} viewBox="-200 -120 400 240" aria-hidden="true" focusable="false">${inside}</svg>`;

const chairs = (letters, radius, size) => [...letters].map((letter, n) => {
  const { x, y } = point(radius, (n * 360) / letters.length);
  return svg`<circle class="badge seat-${letter}" cx=${x} cy=${y} r=${size}/><text class="tour-letter" x=${x} y=${y + size * 0.36} font-size=${size}>${letter}</text>`;
});

/** A table from above: the microphone in the middle, the tablet beside it. */
const table = () => frame("table", svg`<ellipse class="tour-top" rx="178" ry="104"/>
  <rect class="tour-screen" x="-148" y="-34" width="108" height="74" rx="9"/><path class="tour-line" d="M-134 -16h50M-134 -2h34"/><circle class="tour-line" cx="-68" cy="12" r="14"/>
  <circle class="tour-ring" r="58" cx="64"/><circle class="tour-ring" r="38" cx="64"/><g transform="translate(64 -2) scale(2)"><rect class="tour-solid" x="-5" y="-13" width="10" height="17" rx="5"/><path class="tour-line" d="M-9 -3a9 9 0 0 0 18 0M0 6v6"/></g>`);

/** Chairs in the order of the table, and a yes of each. */
const seats = () => frame("seats", svg`<circle class="tour-top" cx="-96" r="40"/><g transform="translate(-96 0)">${chairs("ABCDE", 82, 24)}</g>
  ${[-72, -24, 24, 72].map((y) => svg`<circle class="tour-ring" cx="50" cy=${y} r="15"/><path class="tour-line" d=${`M43 ${y}l5 6l9 -12`}/><path class="tour-line" d=${`M82 ${y}h76`}/>`)}`);

/** A plan in blocks with one that is now, and a hand's button to go on. */
const phases = () => frame("phases", svg`${[[-180, 60], [-114, 90], [-18, 130], [118, 62]].map(([x, wide], n) => svg`<rect class="tour-block ${n === 2 ? "now" : ""}" x=${x} y="-84" width=${wide} height="48" rx="9"/>`)}
  <path class="tour-line" d="M47 -28v22"/><rect class="tour-button" x="-40" y="6" width="174" height="68" rx="34"/><path class="tour-on-button" d="M14 40h62M58 24l18 16l-18 16"/>`);

/** The lamp beside the circle, of which one arc is only a first guess. */
const lamp = () => frame("lamp", svg`<g transform="translate(-104 -8)"><circle class="tour-glow" r="74"/><circle class="tour-lamp" r="34"/></g>
  <g transform="translate(96 0)">${[0, 90, 180, 270].map((at) => svg`<path class="tour-track" d=${arc(66, at + 6, at + 84)}/>`)}
    ${[["A", 30], ["C", 62], ["D", 44]].map(([letter, wide], n) => svg`<path class="tour-fill" d=${arc(66, n * 90 + 45 - wide / 2, n * 90 + 45 + wide / 2)} stroke=${paint(letter)}/>`)}
    <path class="tour-doubt" d=${arc(66, 285, 345)}/><circle class="tour-top" r="42"/><text class="tour-letter dark" y="13" font-size="38">?</text></g>`);

/** Eyes on one picture, then an empty sheet. */
const end = () => frame("end", svg`<g transform="translate(-98 0)">${[[0, 88, "A"], [88, 200, "B"], [200, 274, "C"], [274, 360, "E"]].map(([from, to, letter]) => svg`<path class="tour-fill" d=${arc(66, from + 3, to - 3)} stroke=${paint(letter)}/>`)}</g>
  <path class="tour-line" d="M-8 0h44M24 -11l12 11l-12 11"/><rect class="tour-sheet" x="64" y="-74" width="112" height="148" rx="10"/><path class="tour-line" d="M96 2l18 20l34 -44"/>`);

/** In the order of the five steps. */
export const tourMarks = [table, seats, phases, lamp, end];
