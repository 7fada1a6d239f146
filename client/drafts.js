// What is being written on this phone, kept on it until it is shared: survives reloads and lost lines, and is gone when the meeting is. Never sent from here.

const KEY = "kring.drafts";
const HOURS_KEPT = 12;
const SECONDS_BACK = 120; // a restarted Kring may be a little behind
const EMPTY = { method: null, seconds: 0, saved: 0, on: null, texts: {} };

let held = null;

/** Forgets what is not of this meeting; called at every look, with the view. */
export function follow(view) {
  const { method, seconds, saved, texts } = read();
  if (Object.keys(texts).length === 0) return;
  const over = view.stage === "start" || view.stage === "erased";
  const another = method !== (view.method?.id ?? null) || (view.clock?.now ?? 0) + SECONDS_BACK < seconds;
  if (over || another || Date.now() - saved > HOURS_KEPT * 3600_000) eraseDrafts();
}

/** What was typed under this name so far. A name is its card and its field: "questions.text". */
export const draft = (name) => read().texts[name] ?? "";

/** Keeps what is typed. */
export function keep(view, name, text) {
  const texts = { ...read().texts, [name]: text };
  if (text === "") delete texts[name];
  const on = read().on?.card === cardOf(name) ? read().on : { card: cardOf(name), stop: stopOf(view) };
  write({ method: view.method?.id ?? null, seconds: view.clock?.now ?? 0, saved: Date.now(), on, texts });
}

/** A finger is in this field, though nothing is typed yet. */
export function touch(view, name) {
  const goesOn = read().on?.card === cardOf(name) && unshared().includes(cardOf(name));
  if (!goesOn) write({ ...read(), on: { card: cardOf(name), stop: stopOf(view) } });
}

/** Shared, or taken back: these are no drafts any more. */
export function forget(...names) {
  const texts = { ...read().texts };
  for (const name of names) delete texts[name];
  const { on } = read();
  const done = on && names.some((name) => cardOf(name) === on.card) && !Object.keys(texts).some((name) => cardOf(name) === on.card);
  write({ ...read(), on: done ? null : on, texts });
}

/** The card that was typed on last, with the moment at which: {card, stop} or null. */
export const typedOn = () => read().on;

/** Cards on which something stands that was not shared yet. */
export const unshared = () => [...new Set(Object.keys(read().texts).map(cardOf))];

/** The person goes along with the group; what was typed stays. */
export const letGo = () => write({ ...read(), on: null });

/** Where the meeting is, as a word. */
export const stopOf = (view) => view.phase?.id ?? view.stage;

const cardOf = (name) => name.slice(0, name.lastIndexOf("."));

/** Nothing of this phone stays. */
export function eraseDrafts() {
  held = EMPTY;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing has nothing to erase
  }
}

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

function write(next) {
  held = next;
  try {
    if (Object.keys(next.texts).length) localStorage.setItem(KEY, JSON.stringify(next));
    else localStorage.removeItem(KEY);
  } catch {
    // then it lives as long as the page
  }
}
