// One seat as every picture shows it: letter, who speaks, doubt, a raised hand, turns as dots. It weighs nobody against anybody.
import { nothing, svg } from "lit-html";
import { HAND } from "./guideicons.js";

/** How large the round badge of a seat is. */
export const BADGE = 38;
/** So many turns are drawn one by one; beyond that, only that there were more. */
export const MOST_DOTS = 12;
const HIT = 56;
const LONGEST_NAME = 11;

/**
 * What makes an element the seat of somebody, for fingers, keys, readers and tests; to be spread by hand over a mark.
 * Without `press` it is a picture and no control.
 */
export function seatHooks(seat, { press, describe }) {
  const pressed = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(seat);
  };
  return {
    role: press ? "button" : "img",
    tabindex: press ? "0" : nothing,
    label: describe(seat),
    pressed: press ? String(Boolean(seat.speaking)) : nothing,
    share: seat.share == null ? nothing : thousandths(seat.share),
    fill: seat.fill == null ? nothing : thousandths(seat.fill),
    turns: seat.counts === "turns" && seat.turns != null ? seat.turns : nothing,
    hand: seat.hand ? "" : nothing,
    press: press ? pressed : nothing,
  };
}

/** Sure, a first guess, one of several; and seats that are empty or not measured. */
export function manner({ speaking, doubt, among, voice }) {
  const heard = among ? "among" : speaking ? (doubt ? "speaking doubt" : "speaking") : "";
  return `${heard} ${voice === "left" ? "away" : voice === "left_out" ? "unmeasured" : ""}`;
}

/** The round badge of a seat at a place; `within` is drawn under it and `over` on it. */
export function badge(seat, { at, size = 1, within = nothing, ...rest }) {
  const hook = seatHooks(seat, rest);
  return svg`<g class="seat ${manner(seat)}" role=${hook.role} tabindex=${hook.tabindex} transform=${at}
      aria-label=${hook.label} aria-pressed=${hook.pressed} data-seat=${seat.letter} data-share=${hook.share} data-fill=${hook.fill} data-turns=${hook.turns} data-hand=${hook.hand}
      @click=${hook.press} @keydown=${hook.press}>
    <circle class="hit" r=${HIT}/>
    ${within}
    <g transform=${`scale(${size})`}>
      <circle class="glow" r="62"/>
      <circle class="halo" r=${BADGE + 7}/>
      <circle class="badge seat-${seat.letter}" r=${BADGE}/>
      <text class="letter" y="12.5">${seat.letter}</text>
      ${seat.hand ? raised() : nothing}
    </g>
  </g>`;
}

/** A raised hand on the shoulder of a badge. */
const raised = () => svg`<g class="raised" transform="translate(33 -33)"><circle class="raised-plate" r="22"/><path class="raised-hand" transform="translate(-14 -15.5) scale(1.2)" d=${HAND}/></g>`;

/** Name and role as lines under or over a badge; `first` is the height of the first line. */
export function caption(seat, { at, first, x = 0, role, leading = 23, longest = LONGEST_NAME }) {
  const named = seat.name && seat.name !== seat.letter ? short(seat.name, longest) : "";
  const lines = [named, role].filter(Boolean);
  return svg`<g class="caption" aria-hidden="true" transform=${at} data-caption=${seat.letter}>${lines.map((line, n) => svg`<text class=${line === role ? "role" : "name"} x=${x} y=${first(lines.length) + n * leading}>${line}</text>`)}</g>`;
}

/** How many dots stand for these turns, and whether there were more. */
export const dotsOf = (turns) => ({ dots: Math.min(MOST_DOTS, turns ?? 0), more: (turns ?? 0) > MOST_DOTS });

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const wide = (letter) => (letter.codePointAt(0) >= 0x1100 ? 2 : 1); // pictures and East Asian writing take the room of two

/** A long name is cut between two letters as people see them; the letter of the seat still tells who it is. */
export function short(name, longest = LONGEST_NAME) {
  const seen = [...letters.segment(name)].map((one) => one.segment);
  const room = (some) => some.reduce((sum, one) => sum + wide(one), 0);
  if (room(seen) <= longest) return name;
  while (room(seen) > longest - 1) seen.pop();
  return `${seen.join("").trimEnd()}…`;
}

const thousandths = (value) => Math.round(value * 1000) / 1000;
