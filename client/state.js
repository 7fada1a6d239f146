// Messages of the server become the newest view. Pure: no clock, no network, no page.

import { plain } from "./plain.js";

/** @typedef {{seq: number, view: object|null, clockMs: number, phaseNow: number, heardMs: number}} State */

/** Before the first snapshot. */
export const nothing = Object.freeze({ seq: 0, view: null, clockMs: 0, phaseNow: 0, heardMs: 0 });

/** The state after a whole view; `ms` is this screen's monotonic clock. */
export function afterSnapshot(_state, { seq, view: told }, ms) {
  const view = plain(told);
  return { seq, view, clockMs: ms, phaseNow: view.clock?.now ?? 0, heardMs: ms };
}

/** The state after an event, or `missed: true` when something came in between that this screen never saw. */
export function afterEvent(state, { seq, after, changes }, ms) {
  if (!state.view) return { state, missed: true };
  if (seq <= state.seq) return { state, missed: false };
  if (after !== state.seq) return { state, missed: true };
  const view = { ...state.view, ...plain(changes) };
  const clockMs = "clock" in changes ? ms : state.clockMs;
  const next = { seq, view, clockMs, phaseNow: state.phaseNow, heardMs: ms };
  if ("phase" in changes) next.phaseNow = meetingNow(next, ms);
  return { state: next, missed: false };
}

/** The same picture, known to be right until `ms`: its age counts from there. */
export function heldUntil(state, ms) {
  return { ...state, heardMs: Math.max(state.heardMs, ms) };
}

// --- the clock between messages ---

/** Seconds since the meeting opened, run on from the last message. */
export function meetingNow(state, ms) {
  const { clock, paused } = state.view;
  if (!clock) return 0;
  const since = clock.running && !paused ? (ms - state.clockMs) / 1000 : 0;
  return clock.now + Math.max(0, since) * (clock.rate ?? 1);
}

/** Seconds of the running phase, run on: {elapsed, left, over}. */
export function phaseTimes(state, ms) {
  const phase = state.view.phase;
  if (!phase) return null;
  const { paused, clock } = state.view;
  const since = paused || !clock?.running ? 0 : Math.max(0, meetingNow(state, ms) - state.phaseNow);
  const left = phase.left - since;
  return { elapsed: phase.elapsed + since, left, over: left <= 0 };
}
