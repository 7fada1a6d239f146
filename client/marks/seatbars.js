// A plain row per seat, in the order in which people sit: letter, name, and a bar against what this phase asks. Never sorted by size.
import { html, nothing, svg } from "lit-html";
import { kept } from "./around.js";
import { handIcon } from "./guideicons.js";
import { voiceIcon } from "./icons.js";
import { paint } from "./patterns.js";
import { dotsOf, manner, seatHooks } from "./seatmark.js";

/** How much of a row's width the whole of what a phase asks takes; behind it is room for the mark. */
const ASKED = 94;

/**
 * The rows, and the middle of the circle under or beside them.
 * @param {{seats, middle, label, plain, several, silence, inviting, press, describe, roleWord, ending: (seat) => string, mark: string}} given
 *   as for `circle`; `ending`: words at the end of a row, or ""; `mark`: what the little mark means, or ""
 */
export function seatBars({ seats, middle, label, plain = false, silence = null, inviting = false, press = null, describe, roleWord, ending, mark }) {
  const told = { plain, press, describe, roleWord, ending };
  return html`<div class="seat-bars ${inviting ? "inviting" : ""} ${seats.length > 5 ? "many" : ""}" role="group" aria-label=${label} data-picture="bars"><div class="bars-inside">
    <div class="bars-rows">${seats.map((seat) => row(seat, told))}</div>
    ${mark ? html`<p class="bars-mark quiet"><svg class="bars-swatch" viewBox="0 0 12 24" aria-hidden="true"><path class="bar-asked" d="M6 2V22"/></svg>${mark}</p>` : nothing}
    <svg class="bars-middle" viewBox="-166 -166 332 332"><circle class="well" r="162"/>${silence ? kept(silence) : nothing}${middle}</svg></div>
  </div>`;
}

/** The words of a control are in it, not beside it, because its own words are seen as well. */
function row(seat, { plain, roleWord, ending, ...rest }) {
  const hook = seatHooks(seat, rest);
  const named = seat.name && seat.name !== seat.letter ? seat.name : "";
  return html`<div class="seat-bar ${manner(seat)}" role=${hook.role} tabindex=${hook.tabindex} aria-label=${rest.press ? nothing : hook.label} aria-pressed=${hook.pressed}
      data-seat=${seat.letter} data-share=${hook.share} data-fill=${hook.fill} data-turns=${hook.turns} data-hand=${hook.hand} @click=${hook.press} @keydown=${hook.press}>
    ${rest.press ? html`<span class="unseen">${hook.label}</span>` : nothing}<span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span>
    <span class="bar-name" aria-hidden="true" data-caption=${seat.letter}><bdi class="name">${named}</bdi> <i class="role">${roleWord(seat)}</i></span>
    <span class="bar-signs">${seat.hand ? handIcon() : nothing}${seat.speaking || seat.among ? voiceIcon() : nothing}</span>
    ${plain ? nothing : seat.counts === "turns" ? turnRow(seat) : bar(seat)}
    <span class="bar-end tabular" aria-hidden="true">${ending(seat)}</span>
  </div>`;
}

/** The bar with its mark; a dotted line where this phase asks nothing. */
function bar({ letter, fill }) {
  if (fill == null) return html`<svg class="bar-track" aria-hidden="true"><line class="bar-free" x1="3" x2="94%" y1="50%" y2="50%"/></svg>`;
  const part = Math.round(Math.min(1, Math.max(0, fill)) * ASKED * 10) / 10;
  return html`<svg class="bar-track" aria-hidden="true">
    ${svg`<rect class="bar-room" width="${ASKED}%" height="16" y="4" rx="8"/>
    <rect class="bar-fill ${part < 0.5 ? "none-yet" : ""}" width="${part}%" height="16" y="4" rx="8" fill=${paint(letter)} data-letter=${letter}/>
    <line class="bar-asked" x1="${ASKED}%" x2="${ASKED}%" y1="1" y2="23"/>`}
  </svg>`;
}

function turnRow({ letter, turns }) {
  const { dots, more } = dotsOf(turns);
  const dot = (n) => svg`<circle class="turn-dot seat-${letter}" cx="${4 + n * 7}%" cy="12" r="5"/>`;
  return html`<svg class="bar-track" aria-hidden="true" data-dots=${dots}>${Array.from({ length: dots }, (_, n) => dot(n))}
    ${more ? svg`<text class="turn-more" x="90%" y="18">+</text>` : nothing}</svg>`;
}
