// How the speech of a stretch of time was shared, in the order of the chairs: a bar or a ring. Never sorted.
import { html, nothing, svg } from "lit-html";
import { arc, point } from "./geometry.js";
import { paint } from "./patterns.js";

/** The parts of a stretch: [{letter, part}] in the order of the chairs, then the parts that are nobody's. Chairs without seconds are left out. */
export function parts({ seats, silence = 0, several = 0, unknown = 0 }, order = Object.keys(seats).sort()) {
  const spoken = order.filter((letter) => seats[letter]?.seconds != null).map((letter) => ({ letter, seconds: seats[letter].seconds }));
  const rest = [
    { kind: "several", seconds: several },
    { kind: "unknown", seconds: unknown },
    { kind: "silence", seconds: silence },
  ];
  const all = [...spoken, ...rest].filter((piece) => piece.seconds > 0);
  const whole = all.reduce((sum, piece) => sum + piece.seconds, 0) || 1;
  let from = 0;
  return all.map((piece) => {
    const placed = { ...piece, from, part: piece.seconds / whole };
    from += placed.part;
    return placed;
  });
}

const colour = (piece) =>
  piece.letter ? paint(piece.letter) : piece.kind === "several" ? paint(null, true) : piece.kind === "unknown" ? "var(--unknown)" : "var(--silence)";
const percent = (value) => `${Math.round(value * 10000) / 100}%`;

/** A bar; `label` is its text alternative. */
export function bar(pieces, label) {
  return html`<svg class="bar" role="img" aria-label=${label}>
    ${pieces.map((piece) => svg`<rect x=${percent(piece.from)} y="0" width=${percent(piece.part)} height="100%" fill=${colour(piece)}/>
      <line class="seam" x1=${percent(piece.from)} x2=${percent(piece.from)} y1="0" y2="100%"/>`)}
    ${pieces.filter((piece) => piece.letter && piece.part > 0.06).map((piece) => svg`<svg x=${percent(piece.from + piece.part / 2)} y="50%" class="unclipped">
      <circle class="plate seat-${piece.letter}" r="13"/><text class="plate-letter" y="5.5">${piece.letter}</text></svg>`)}
  </svg>`;
}

const RING = 150;

/** The whole meeting as one ring, silence included; `middle` stands in the open centre. */
export function ring(pieces, label, middle) {
  const segment = (piece) => {
    const end = Math.min(piece.from + piece.part, piece.from + 0.9999);
    return svg`<path class="segment" d=${arc(RING, piece.from * 360, end * 360)} stroke=${colour(piece)}/>`;
  };
  const seam = (piece) => {
    const a = point(RING - 31, piece.from * 360);
    const b = point(RING + 31, piece.from * 360);
    return svg`<line class="seam" x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y}/>`;
  };
  const plate = (piece) => {
    const { x, y } = point(RING, (piece.from + piece.part / 2) * 360);
    return svg`<g transform="translate(${x} ${y})"><circle class="plate seat-${piece.letter}" r="19"/><text class="plate-letter big" y="8">${piece.letter}</text></g>`;
  };
  return html`<svg class="whole" viewBox="-190 -190 380 380" role="img" aria-label=${label}>
    ${pieces.map(segment)}${pieces.length > 1 ? pieces.map(seam) : nothing}
    ${pieces.filter((piece) => piece.letter && piece.part > 0.035).map(plate)}${middle}
  </svg>`;
}
