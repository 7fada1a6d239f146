// Small signs for what people write and choose; they stand beside a word, never instead of it.
import { html, svg } from "lit-html";

const frame = (inside) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${inside}</svg>`;

export const cardsIcon = () => frame(svg`<rect x="3" y="7" width="13" height="14" rx="2.5"/><path d="M8 3.5h10.5A2.5 2.5 0 0 1 21 6v11"/>`);
export const roundIcon = () => frame(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 3v4.5H15"/>`);
export const penIcon = () => frame(svg`<path d="M4 20l1.2-4.5L16.5 4.2a2.1 2.1 0 0 1 3.3 3.3L8.5 18.8Z"/>`);
export const undoIcon = () => frame(svg`<path d="M8.5 5.5L4 10l4.5 4.5M4.5 10H15a5 5 0 0 1 0 10h-3"/>`);
export const deeperIcon = () => frame(svg`<path d="M9 9.5a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.3-1.6 2.5"/><circle class="solid" cx="12" cy="17.6" r=".9"/><circle cx="12" cy="12" r="9.5"/>`);
/** The line of a raised hand, on 24 by 24. */
export const HAND = "M6 14V8a1.5 1.5 0 0 1 3 0V5a1.5 1.5 0 0 1 3 0V4a1.5 1.5 0 0 1 3 0v3a1.5 1.5 0 0 1 3 0v7c0 4-2.5 7-6 7c-3 0-4-1.5-6-4.5L3.8 14a1.5 1.5 0 0 1 2.2-1.8";
export const handIcon = () => frame(svg`<path d=${HAND}/>`);
export const starIcon = () => frame(svg`<path d="M12 3.5l8.5 8.5L12 20.5L3.5 12Z"/>`);
export const compassIcon = () => frame(svg`<circle cx="12" cy="12" r="9"/><path d="M15.5 8.5l-2 5l-5 2l2-5Z"/>`);
