// Signs of the phone's row that are nowhere else: room around somebody, a slower step. Beside a word, never instead of it.
import { html, svg } from "lit-html";

const frame = (inside) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${inside}</svg>`;

/** This comes too close: room around a person. */
export const closeIcon = () => frame(svg`<circle class="solid" cx="12" cy="12" r="3"/><path d="M5.6 5.6a9 9 0 0 0 0 12.8M18.4 5.6a9 9 0 0 1 0 12.8"/>`);

/** Slower: a calm wave. */
export const slowIcon = () => frame(svg`<path d="M3 9.5c3-4 6-4 9 0s6 4 9 0M3 16c3-4 6-4 9 0s6 4 9 0"/>`);
