// Eight patterns, one per seat: with the letter and the colour they tell seats apart for every eye.
import { html, svg } from "lit-html";

const STROKES = {
  A: null,
  B: svg`<path class="hatch" d="M0 8L8 0M-2 2L2 -2M6 10L10 6"/>`,
  C: svg`<circle class="dot" cx="4" cy="4" r="1.7"/>`,
  D: svg`<path class="hatch" d="M0 4H8"/>`,
  E: svg`<path class="hatch" d="M4 0V8"/>`,
  F: svg`<path class="hatch thin" d="M0 0L8 8M0 8L8 0"/>`,
  G: svg`<path class="hatch" d="M0 0L8 8M-2 6L2 10M6 -2L10 2"/>`,
  H: svg`<path class="hatch thin" d="M0 4H8M4 0V8"/>`,
};

/** The letters a table can have, in order. */
export const LETTERS = Object.keys(STROKES);

/** Drawn once a page; marks refer to `url(#pattern-B)`. */
export function patterns() {
  return html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>${LETTERS.map(pattern)}
    <pattern id="pattern-several" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="ground-several"/><path class="hatch several" d="M0 8L8 0M-2 2L2 -2M6 10L10 6"/></pattern>
  </defs></svg>`;
}

function pattern(letter) {
  return svg`<pattern id="pattern-${letter}" width="8" height="8" patternUnits="userSpaceOnUse">
    <rect width="8" height="8" class="ground seat-${letter}"/>${STROKES[letter]}</pattern>`;
}

/** Paint of a seat, of several voices, or of a voice nobody knows. */
export function paint(letter, several = false) {
  if (several) return "url(#pattern-several)";
  return letter ? `url(#pattern-${letter})` : "var(--unknown)";
}
