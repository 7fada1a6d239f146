// Small signs that stand beside a word, never instead of it.
import { html, nothing, svg } from "lit-html";

const frame = (inside, name = "") => html`<svg class="icon ${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${inside}</svg>`;

export const planIcon = () => frame(svg`<path d="M9 6h11M9 12h11M9 18h11"/><circle cx="4.5" cy="6" r="1.4"/><circle cx="4.5" cy="12" r="1.4"/><circle cx="4.5" cy="18" r="1.4"/>`);
export const seatsIcon = () => frame(svg`<circle cx="12" cy="12" r="3.4"/><circle cx="12" cy="3.6" r="1.7"/><circle cx="19.3" cy="16.2" r="1.7"/><circle cx="4.7" cy="16.2" r="1.7"/>`);
export const moreIcon = () => frame(svg`<circle class="solid" cx="5" cy="12" r="1.8"/><circle class="solid" cx="12" cy="12" r="1.8"/><circle class="solid" cx="19" cy="12" r="1.8"/>`);
export const backIcon = () => frame(svg`<path d="M14.5 5L7.5 12L14.5 19"/>`);
export const checkIcon = () => frame(svg`<path d="M4.5 12.5L10 18L19.5 7"/>`);
export const voiceIcon = () => frame(svg`<path d="M4 10v4M8 7v10M12 4v16M16 8v8M20 10.5v3"/>`, "voice");
export const eyeIcon = () => frame(svg`<path d="M2.5 12S6 5.5 12 5.5S21.5 12 21.5 12S18 18.5 12 18.5S2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>`);
export const laterIcon = () => frame(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>`);
export const notIcon = () => frame(svg`<circle cx="12" cy="12" r="8.5"/><path d="M6.2 6.2L17.8 17.8"/>`);
export const flagIcon = () => frame(svg`<path d="M6 21V4h11l-2.4 4L17 12H6"/>`);
export const lampIcon = () => frame(svg`<path d="M9 17.5c0-2.6-3-3.8-3-7.5a6 6 0 0 1 12 0c0 3.7-3 4.9-3 7.5ZM9.8 21h4.4"/>`);
export const stopIcon = () => frame(svg`<path d="M8 12.5V6.2a1.4 1.4 0 0 1 2.8 0V11V4.4a1.4 1.4 0 0 1 2.8 0V11V5.6a1.4 1.4 0 0 1 2.8 0V13c0 5-2 8-6 8c-3.4 0-4.6-2-6.6-6.2a1.4 1.4 0 0 1 2.4-1.4L8 15"/>`);
export const helpIcon = () => frame(svg`<path d="M4 5.5h16v10.5h-8.5L7 20v-4H4Z"/><path d="M9.8 9.2a2.2 2.2 0 1 1 3 2c-.6.3-.8.6-.8 1.2M12 14.2v.1"/>`);

const OPEN = new Set(["listening", "opening"]);
const CLOSED = new Set(["muted", "missing", "lost", "ears_down"]);

/** A microphone: whole and filled when it listens, crossed out when it does not, hollow in between. */
export function micIcon(state) {
  return frame(svg`<rect class=${OPEN.has(state) ? "solid" : ""} x="8.5" y="2.5" width="7" height="12" rx="3.5"/>
    <path d="M5 11.5a7 7 0 0 0 14 0M12 18.5V22"/>${CLOSED.has(state) ? svg`<path class="slash" d="M4 3L20 21"/>` : nothing}`, "mic");
}
