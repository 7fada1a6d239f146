// What is being typed on this screen and is not on the table yet: survives redraws, reloads and lost lines, and is gone when its meeting is. Never sent from here.

const KEY = "kring.drafts";
const HOURS_KEPT = 12;
const OVER = new Set(["start", "erased", "none"]);
const EMPTY = { meeting: null, role: null, saved: 0, on: null, texts: {} };

let held = null;
let here = { meeting: null, role: null };

/** Forgets what is not of this meeting, or was typed in another role; called with every view that comes in. */
export function follow(view) {
  here = { meeting: view.meeting ?? null, role: view.role ?? null };
  const { meeting, role, saved, texts, on } = read();
  if (Object.keys(texts).length === 0 && !on) return;
  const another = meeting !== here.meeting || role !== here.role;
  if (OVER.has(view.stage) || another || Date.now() - saved > HOURS_KEPT * 3600_000) eraseDrafts();
}

// --- texts by name ---

/** What was typed under this name and is not sent, or undefined. */
export const typed = (name) => read().texts[name];

/** The same, as words. On phones a name is its card and its field: "questions.text". */
export const draft = (name) => typed(name) ?? "";

/** Keeps what is typed, be it emptied; undefined forgets it. */
export function hold(name, text) {
  const { [name]: _, ...others } = read().texts;
  write({ texts: text === undefined ? others : { ...others, [name]: text } });
}

/** Shared, or taken back: these are no drafts any more. */
export function forget(...names) {
  const texts = { ...read().texts };
  for (const name of names) delete texts[name];
  const { on } = read();
  const done = on && names.some((name) => cardOf(name) === on.card) && !Object.keys(texts).some((name) => cardOf(name) === on.card);
  write({ on: done ? null : on, texts });
}

/** Nothing that was typed on this screen stays. */
export function eraseDrafts() {
  held = EMPTY;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing has nothing to erase
  }
}

// --- the card that is being written on ---

/** Keeps what is typed on a card of a phone; an emptied field is no draft. */
export function keep(view, name, text) {
  hold(name, text === "" ? undefined : text);
  if (read().on?.card !== cardOf(name)) write({ on: { card: cardOf(name), stop: stopOf(view) } });
}

/** A finger is in this field, though nothing is typed yet. */
export function touch(view, name) {
  const goesOn = read().on?.card === cardOf(name) && unshared().includes(cardOf(name));
  if (!goesOn) write({ on: { card: cardOf(name), stop: stopOf(view) } });
}

/** The card that was typed on last, with the moment at which: {card, stop} or null. */
export const typedOn = () => read().on;

/** Cards on which something stands that was not shared yet. */
export const unshared = () => [...new Set(Object.keys(read().texts).map(cardOf))];

/** The person goes along with the group; what was typed stays. */
export const letGo = () => write({ on: null });

/** Where the meeting is, as a word. */
export const stopOf = (view) => view.phase?.id ?? view.stage;

const cardOf = (name) => name.slice(0, name.lastIndexOf("."));

// --- the store ---

function read() {
  if (!held) {
    try {
      held = { ...EMPTY, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
    } catch {
      held = EMPTY;
    }
  }
  return held;
}

function write(changes) {
  held = { ...read(), ...changes, ...here, saved: Date.now() };
  try {
    if (Object.keys(held.texts).length) localStorage.setItem(KEY, JSON.stringify(held));
    else localStorage.removeItem(KEY);
  } catch {
    // then it lives as long as the page
  }
}
