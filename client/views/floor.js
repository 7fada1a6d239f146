// How the floor is now, in one line for the lead, with a calm picture where silence, a turned chair or pairs ask for one. It forbids nothing.
import { html, nothing } from "lit-html";
import { breath, keptRing, pairsMark, silenceRing, turnedChair, writingRing } from "../marks/hush.js";
import { byTaps } from "./microphone.js";

const SILENT = new Set(["silent_writing", "silence"]);

/** Seconds of writing or silence that are left at the beginning of the phase, run on by this screen's clock. */
export function quietLeft({ view, phase }) {
  const told = view.floor?.quiet_until;
  return told == null ? 0 : Math.max(0, told - (phase.elapsed - view.phase.elapsed));
}

/** Whether nobody is to speak now. */
export const isQuiet = (p) => Boolean(p.view.floor) && (SILENT.has(p.view.floor.mode) || quietLeft(p) > 0);

/** Whether a picture stands beside the line. */
export const isPictured = (p) => Boolean(p.view.floor) && mark(p) !== nothing;

/** The line. */
export function floorLine(p) {
  const { floor } = p.view;
  const rules = p.cards("rules");
  if (!floor || !rules) return nothing;
  const picture = mark(p);
  const [first, ...rest] = sentencesOf(p, rules);
  return html`<div class="floor ${picture === nothing ? "" : "pictured"}" data-floor=${floor.mode} data-quiet=${isQuiet(p) ? "yes" : nothing}>${picture}
    <p><span class="floor-say">${first}</span>${rest.map((one) => html` <span class="floor-more">${one}</span>`)}</p>
    ${quietLeft(p) > 0 ? html`<button class="plain small" data-action="end-quiet" @click=${() => p.send("EndQuiet")}>${p.t("hush.done")}</button>` : nothing}</div>`;
}

function sentencesOf(p, rules) {
  const { view, t, say } = p;
  const { floor } = view;
  const quiet = quietLeft(p);
  const words = say((floor.turned_away ? rules.turned_away : rules.floor[floor.mode])?.facilitator);
  if (quiet > 0) return [quietWords(p, quiet)];
  if (SILENT.has(floor.mode)) return [words, kept(p)].filter(Boolean);
  const told = [t.has(`floor.${floor.mode}`) && !floor.turned_away ? t(`floor.${floor.mode}`) : words];
  if (floor.pause_seconds) told.push(t("floor.pause", { n: floor.pause_seconds }));
  if (floor.seconds_each) told.push(each(t, floor.seconds_each));
  if (floor.then && t.has(`role.${floor.then}`)) told.push(t("floor.then", { role: t(`role.${floor.then}`) }));
  if (floor.mode === "pairs") told.push(halfway(p));
  return told.filter(Boolean);
}

const each = (t, seconds) => (seconds >= 120 && seconds % 60 === 0 ? t("floor.minutes_each", { n: seconds / 60 }) : t("floor.seconds_each", { n: seconds }));

function quietWords({ view, t }, seconds) {
  const name = view.floor.mode === "case_owner" ? "silence" : "writing";
  if (seconds < 60) return name === "silence" ? t("hush.silence_short") : t("hush.writing_short");
  const n = Math.ceil(seconds / 60);
  return name === "silence" ? t("hush.silence", { n }) : t("hush.writing", { n });
}

/** Silence that the ears heard in this phase, as something the group kept; nothing is said where nobody listened. */
function kept({ view, t, phase }) {
  if (byTaps(view.microphone) || !view.quiet) return "";
  const seconds = view.quiet.silence * phase.elapsed;
  if (seconds < 10) return "";
  return seconds < 60 ? t("hush.kept_seconds", { n: Math.round(seconds / 10) * 10 }) : t("hush.kept", { n: Math.round(seconds / 60) });
}

/** In pairs: when to change. */
function halfway({ phase, t }) {
  const left = (phase.left - phase.elapsed) / 2;
  return left > 30 ? t("floor.change_in", { n: Math.ceil(left / 60) }) : "";
}

function mark(p) {
  const { view, phase } = p;
  const { floor } = view;
  const quiet = quietLeft(p);
  if (quiet > 0) {
    const whole = view.phase.elapsed + floor.quiet_until;
    return floor.mode === "case_owner" ? silenceRing(quiet / whole) : writingRing(quiet / whole);
  }
  if (floor.mode === "silent_writing") return writingRing(phase.left / Math.max(1, phase.elapsed + phase.left));
  if (floor.mode === "silence") return keptRing((phase.elapsed * (byTaps(view.microphone) ? 1 : (view.quiet?.silence ?? 1))) / Math.max(1, phase.elapsed + phase.left));
  if (floor.turned_away) return turnedChair(view.seats.findIndex((seat) => seat.role === "case_owner"), view.seats.length);
  if (floor.mode === "pairs") return pairsMark(view.seats.filter((seat) => seat.voice !== "left").length);
  return floor.pause_seconds ? breath() : nothing;
}
