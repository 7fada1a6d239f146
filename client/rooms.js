// The pages by role and stage, each fetched when a screen first needs it. Nothing is drawn and nothing decided here.
import { also } from "./words.js";

const ROOMS = {
  pin: () => import("./views/pin.js"),
  start: () => import("./views/start.js"),
  consent: () => import("./views/consent.js"),
  running: () => import("./views/tablet.js"),
  closed: () => import("./views/end.js"),
  erased: () => import("./views/end.js"),
  phone: () => withWords("phone", import("./views/phone.js")),
  table: () => import("./views/table.js"),
  sheets: () => import("./views/tabletsheets.js"),
  more: () => import("./views/more.js"),
  look: () => import("./views/summary.js"),
  group: () => withWords("group", import("./views/group/page.js")),
};
/** What most likely comes next: fetched while nobody waits for it. */
const NEXT = {
  start: ["more", "consent", "group"], consent: ["more", "running"], running: ["sheets", "more", "look", "closed"],
  closed: ["more", "start"], erased: ["start"], phone: ["more"],
};
const withWords = async (part, page) => (await Promise.all([page, also(part)]))[0];
const AGAIN_MS = 1000;
const REST_MS = 1500;
let expected = null;
const here = new Map();
const coming = new Set();

/** The module of this page, or null until it is there; `arrived` is told when it is. Without a line it is asked for again. */
export function room(name, arrived) {
  if (!here.has(name)) fetched(name, arrived);
  return here.get(name) ?? null;
}

/** Fetches what comes after this page, a while after it stands. */
export function expect(name) {
  if (expected === name) return;
  expected = name;
  setTimeout(() => (NEXT[name] ?? []).forEach((next) => here.has(next) || fetched(next, () => {})), REST_MS);
}

async function fetched(name, arrived) {
  if (coming.has(name) || !(name in ROOMS)) return;
  coming.add(name);
  try {
    here.set(name, await ROOMS[name]());
  } catch {
    await new Promise((on) => setTimeout(on, AGAIN_MS));
  }
  coming.delete(name);
  arrived();
}
