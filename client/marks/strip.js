// A plan as a strip: a block per phase, as wide as its minutes. The words stand beside it, and in its description.
import { html, nothing, svg } from "lit-html";

const HEIGHT = 38;
const GAP = 0.35;
const ROOM_FOR_NUMBER = 5.2;

/** @param {{blocks: {minutes: number, name: string, now?: boolean}[], label: string, number: (minutes: number) => string}} given */
export function strip({ blocks, label, number }) {
  const whole = blocks.reduce((sum, block) => sum + block.minutes, 0) || 1;
  let at = 0;
  const drawn = blocks.map(({ minutes, now }, n) => {
    const wide = (minutes / whole) * 100;
    const x = at;
    at += wide;
    const room = wide >= ROOM_FOR_NUMBER;
    return svg`<rect class="block ${n % 2 ? "odd" : "even"} ${now ? "now" : ""}" x="${x.toFixed(2)}%" width="${Math.max(0.4, wide - GAP).toFixed(2)}%" height=${HEIGHT} rx="8"></rect>
      ${room ? svg`<text x="${(x + (wide - GAP) / 2).toFixed(2)}%" y=${HEIGHT / 2 + 6}>${number(minutes)}</text>` : nothing}`;
  });
  return html`<svg class="strip" role="img" aria-label=${label} height=${HEIGHT}>${drawn}</svg>`;
}
