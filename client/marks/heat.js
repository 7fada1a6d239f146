// How near a question comes to its owner: cold, lukewarm or warm, as a shape that stands beside its word. Never a colour alone.
import { html, svg } from "lit-html";

export const HEATS = ["cold", "lukewarm", "warm"];

const rays = svg`<path d="M12 1.5v3M12 19.5v3M1.5 12h3M19.5 12h3M4.6 4.6l2.1 2.1M17.3 17.3l2.1 2.1M4.6 19.4l2.1-2.1M17.3 6.7l2.1-2.1"/>`;
const SHAPES = {
  cold: svg`<path d="M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9"/>`,
  lukewarm: svg`<circle cx="12" cy="12" r="7.5"/><path class="solid" d="M12 4.5a7.5 7.5 0 0 1 0 15Z"/>`,
  warm: svg`<circle class="solid" cx="12" cy="12" r="4.8"/>${rays}`,
};

/** The shape. */
export const heatMark = (heat) => html`<svg class="icon nearness" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[heat]}</svg>`;
