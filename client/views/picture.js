// How this screen pictures the seats: arcs, bowls or bars, and what of the balance the group wants to see in it. Nothing is measured here.
import { html, nothing } from "lit-html";
import { bowls } from "../marks/bowls.js";
import { circle } from "../marks/circle.js";
import { eyeIcon } from "../marks/icons.js";
import { seatBars } from "../marks/seatbars.js";
import { MOST_DOTS } from "../marks/seatmark.js";
import { closeIcon, slowIcon } from "../marks/signicons.js";
import { choices } from "./choices.js";
import { byTaps } from "./microphone.js";

const PICTURES = { arcs: circle, bowls, bars: seatBars };
const SIGNS = { too_close: closeIcon, slow_down: slowIcon };

/** The choice of this screen, as three round labels. */
export function pictureChoice({ t, settings, tune }) {
  return choices({
    legend: t("picture.legend"), name: "picture", options: Object.keys(PICTURES).map((one) => [one, t(`picture.${one}`)]), chosen: settings.picture,
    choose: (picture) => tune({ picture }), more: t(`picture.${settings.picture}.more`),
  });
}

/**
 * The seats in the picture of this screen.
 * @param given  `middle` in the open centre; `press(seat)`, or null where seats are no controls; `inviting`: a seat is to be chosen;
 *   `facing`: words are upright for who sits there; `large`: for a screen that is read from afar
 */
export function seatsPicture(p, { middle, press = null, inviting = false, facing = false, large = false }) {
  const { view, t, settings } = p;
  const { seats, plain } = seatsNow(p);
  const draw = PICTURES[settings.picture] ?? circle;
  const bars = draw === seatBars ? { ending: (seat) => spokenWords(seat, t), mark: plain || !seats.some((seat) => seat.fill != null) ? "" : t("bars.mark") } : {};
  return draw({
    seats, plain, middle, press, inviting, facing, large, label: t("circle.label"), silence: plain ? null : silenceOf(p),
    several: Boolean(view.speaking?.several), describe: (seat) => describe(seat, t), roleWord: (seat) => roleWord(seat, t), ...bars,
  });
}

/** The phase that just ended, as long as its picture is to be seen; else null. */
export function recapOf({ view, now }) {
  const recap = view.balance?.recap;
  return recap && now < recap.until && !view.stopped ? recap : null;
}

/** The seats with what may be shown of them: live, of the phase that ended, or nothing. */
function seatsNow(p) {
  const { view } = p;
  const shown = view.balance?.shown ?? "live";
  if (shown === "live") return { seats: view.seats, plain: false };
  const recap = recapOf(p);
  const seats = view.seats.map((seat) => ({ ...seat, fill: null, turns: null, share: null, seconds: null, ...recap?.seats[seat.letter] }));
  return { seats, plain: !recap };
}

/** The part of this phase that was silent; null where nobody listens, so that what nobody tapped is no silence. */
function silenceOf({ view, t }) {
  if (view.stage !== "running" || view.balance?.recap || byTaps(view.microphone) || !view.quiet) return null;
  const { silence } = view.quiet;
  return { part: silence, label: t("quiet.silence", { n: Math.round(silence * 100) }) };
}

/** Under a name: an empty or unmeasured chair is said before a role. */
function roleWord({ role, voice }, t) {
  if (voice === "left" || voice === "left_out") return t(`voice.${voice}`);
  return role === "peer" ? "" : t(`role.${role}`);
}

/** A seat in words: who, what the picture shows of it, and what it asks for. */
function describe(seat, t) {
  const words = [t("seat", { letter: seat.letter })];
  if (seat.name && seat.name !== seat.letter) words.push(seat.name);
  if (seat.role !== "peer") words.push(t(`role.${seat.role}`));
  if (seat.voice === "left" || seat.voice === "left_out") words.push(t(`voice.${seat.voice}`));
  if (seat.speaking) words.push(seat.doubt ? t("speaks.perhaps") : t("speaks"));
  if (seat.among) words.push(t("speaks.among"));
  if (seat.hand) words.push(t("hand.up"));
  if (seat.counts === "turns" && seat.turns != null) words.push(turnsInWords(seat.turns, t));
  else if (seat.fill != null) words.push(t("fill.spoken", { n: Math.round(seat.fill * 10) * 10 }));
  return words.join(", ");
}

const turnsInWords = (turns, t) => (turns > MOST_DOTS ? t("turns.many", { n: MOST_DOTS }) : t("turns.number", { n: turns }));

/** What stands at the end of a row: turns where they are counted, whole minutes where seconds are shown, else nothing. */
function spokenWords(seat, t) {
  if (seat.counts === "turns") return seat.turns == null ? "" : turnsInWords(seat.turns, t);
  if (seat.seconds == null || seat.voice === "left_out") return "";
  const minutes = Math.round(seat.seconds / 60);
  return minutes === 0 ? t("minutes.none") : t("minutes.short", { n: minutes });
}

// --- what stands in words near the picture ---

/** What somebody asked for without a name, each once, as long as it lasts: [[sign, words], ...]. */
export function signalWords({ view, now, t }) {
  return (view.signals ?? []).filter((signal) => now < signal.until).map(({ sign }) => [sign, t(`signal.${sign}`)]);
}

/** The sign beside those words. */
export const signalIcon = (sign) => SIGNS[sign]?.() ?? nothing;

/** Which balance is shown, where it is not the live one: that it is off, or whose phase it was. */
export function balanceWords(p) {
  const { view, t, say } = p;
  if (view.balance?.shown === "off") return t("talk_time.is_off");
  const recap = recapOf(p);
  return recap ? t("recap.caption", { name: say(recap.phase.name) }) : "";
}

/** Both, quietly, under the ring of the tablet; said politely once. */
export function ringNotes(p) {
  const balance = balanceWords(p);
  return html`<div class="ring-notes" role="status">${signalWords(p).map(([sign, words]) => html`<p class="signal" data-signal=${sign}>${signalIcon(sign)}<span>${words}</span></p>`)}
    ${balance ? html`<p class="ring-balance" data-ring-balance=${p.view.balance.shown}>${eyeIcon()}<span>${balance}</span></p>` : nothing}</div>`;
}
