// The chairs of a summary in the order in which people sat, and what may be told of each: time, or turns. It sorts nobody by what they said.
import { roundMinutes } from "../words.js";

/** Letters as people sat; a chair that no order knows comes last. */
export function inOrder({ seats, order = [] }) {
  const letters = Object.keys(seats).sort();
  const placed = order.filter((letter) => letters.includes(letter));
  return [...placed, ...letters.filter((letter) => !placed.includes(letter))];
}

/** Chairs of which turns are told and no seconds. */
export const byTurns = (whole) => inOrder(whole).filter((letter) => whole.seats[letter].counts === "turns");

/** Whether anything was heard or tapped at all. */
export const anythingHeard = ({ speech = 0, several = 0, unknown = 0, flow = [] }) => speech + several + unknown >= 1 || flow.length > 0;

/** Minutes, or seconds when it was short. */
export function spoken(t, seconds) {
  return seconds < 60 ? t("seconds.short", { n: Math.round(seconds) }) : t("minutes.short", { n: roundMinutes(seconds) });
}

/** What a chair did in the whole meeting: time, turns, or that it was not measured. */
export function told(t, { measured, counts, seconds, turns }) {
  if (measured === false) return t("voice.left_out");
  return counts === "turns" || seconds == null ? t("turns.number", { n: turns ?? 0 }) : spoken(t, seconds);
}

/** In words what a picture of time shows, for those who hear the page; who counts turns is in no such picture. */
export function inWords(t, letters, seats) {
  const timed = letters.filter((letter) => seats[letter]?.seconds != null);
  return timed.map((letter) => t("summary.seat_spoken", { letter, n: roundMinutes(seats[letter].seconds) })).join(", ");
}
