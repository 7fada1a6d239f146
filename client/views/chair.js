// A chair as the pages name it and take a tap on it. What can be said of a chair at length is in seats.js.
import { byTaps } from "./microphone.js";

/** The name of a chair, or its letter. */
export const nameOf = ({ letter, name }, t) => (name && name !== letter ? name : t("seat", { letter }));

/** A tap on a chair: without a microphone it says who speaks; with one it opens what can be put right. */
export function pressSeat(p, seat) {
  if (byTaps(p.view.microphone)) p.send("TapSeat", { seat: seat.letter });
  else p.set({ sheet: { seat: seat.letter } });
}

/** Why a voice could not be learned, and what to do. */
export function whyRefused({ reason }, t) {
  const key = `voice.reason.${reason}`;
  return t.has(key) ? t(key) : t("voice.reason.too_little_speech");
}
