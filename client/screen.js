// What belongs to this screen alone: language, light or dark, which way up, staying awake. Nothing about the meeting.
import { LANGUAGES } from "./words.js";

const KEPT = ["language", "theme", "turned", "picture", "lies", "quarter"];
const dusk = window.matchMedia("(prefers-color-scheme: dark)");

/** Settings of this screen, remembered on it. `changed` is called after each change. */
export function screen(changed) {
  const settings = {
    language: remembered("language", LANGUAGES, null),
    theme: remembered("theme", ["auto", "light", "dark"], "auto"),
    turned: remembered("turned", ["true", "false"], "false") === "true",
    picture: remembered("picture", ["arcs", "bowls", "bars"], "arcs"),
    lies: remembered("lies", ["flat", "upright"], "flat"),
    quarter: Number(remembered("quarter", ["0", "1", "2", "3"], "0")), // quarters of a turn, clockwise; of a table screen
  };
  const dress = () => {
    const dark = settings.theme === "dark" || (settings.theme === "auto" && dusk.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.classList.toggle("turned", settings.turned);
    document.documentElement.dataset.quarter = settings.quarter;
  };
  dusk.addEventListener("change", dress);
  dress();
  return {
    settings,
    set(patch) {
      Object.assign(settings, patch);
      for (const key of KEPT) if (patch[key] != null) remember(key, String(patch[key]));
      dress();
      changed();
    },
  };
}

function remembered(key, allowed, otherwise) {
  try {
    const value = localStorage.getItem(`kring.${key}`);
    return allowed.includes(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`kring.${key}`, value);
  } catch {
    // a browser that keeps nothing: it holds as long as the page
  }
}

/** The language this screen speaks: chosen here, else the meeting's, else the browser's, else Dutch. */
export function languageOf(settings, meeting) {
  const browser = navigator.language?.slice(0, 2);
  const wished = [settings.language, meeting, browser].find((language) => LANGUAGES.includes(language));
  return wished ?? "nl";
}

// --- staying awake ---

const ASK_AGAIN_MS = 30_000;
let lock = null;
let asking = false;
let askedMs = -Infinity;

// A browser takes the lock away when the page is looked away from; coming back, it may be asked for at once.
document.addEventListener("visibilitychange", () => (askedMs = -Infinity));

/** Keeps the screen lit while a meeting runs; to be called often. Returns whether this browser can do so at all. */
export async function stayAwake(wanted) {
  if (!("wakeLock" in navigator)) return false;
  if (asking) return true;
  asking = true;
  if (!wanted) {
    await lock?.release().catch(() => null);
    lock = null;
  } else if ((!lock || lock.released) && document.visibilityState === "visible" && performance.now() - askedMs > ASK_AGAIN_MS) {
    askedMs = performance.now(); // a device that saves its battery says no: it is not asked twice a second
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  }
  asking = false;
  return true;
}

export const canStayAwake = () => "wakeLock" in navigator;

// --- what is said aloud by a screen reader, and the title of the tab ---

/** Says something once, politely. */
export function announce(text) {
  const inside = [...document.querySelectorAll("dialog[open] [data-said]")].at(-1); // all around an open sheet is silent
  const place = inside ?? document.getElementById("said");
  if (!place || place.textContent === text) return;
  place.textContent = text;
  place.lang = document.documentElement.lang;
}

/** The title of the tab. Under another title, or in another language, what was said before is over: nobody finds it there later. */
export function title(text) {
  const place = document.getElementById("said");
  const said = place?.textContent;
  if (said && (document.title !== text || place.lang !== document.documentElement.lang)) queueMicrotask(() => place.textContent === said && (place.textContent = "")); // unless something new is said at once
  if (document.title !== text) document.title = text;
}
