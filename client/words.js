// Texts of the pages by language. The texts of a method come with the view and are only picked here.

export const LANGUAGES = ["nl", "en", "de"];
export const LANGUAGE_NAMES = { nl: "Nederlands", en: "English", de: "Deutsch" };
const loaded = new Map();
const parts = new Set();
const fetched = new Set();

/** Fetches a language once, with the parts that are in use. */
export async function load(language) {
  await take(language);
  await Promise.all([...parts].map((part) => take(language, part)));
}

/** Words that one page alone needs are fetched with it: a folder in `words`. */
export async function also(part) {
  parts.add(part);
  await Promise.all([...loaded.keys()].map((language) => take(language, part)));
}

async function take(language, part = "") {
  const path = `./words/${part ? `${part}/` : ""}${language}.json`;
  if (fetched.has(path)) return;
  const answer = await fetch(new URL(path, import.meta.url));
  if (!answer.ok) throw new Error(`No words for ${language}: ${answer.status}`);
  const words = await answer.json();
  loaded.set(language, { ...loaded.get(language), ...words });
  fetched.add(path);
}

/** Lookup for one language: `t(key, values)`; a plural is an object {one, other} chosen by `n`. */
export function speaker(language) {
  const words = loaded.get(language) ?? loaded.values().next().value ?? {};
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const shown = (value) => (typeof value === "number" ? number.format(value) : apart(value));
  const t = (key, values = {}) => {
    const found = words[key];
    if (found === undefined) return key;
    const text = typeof found === "string" ? found : (found[plural.select(values.n ?? 0)] ?? found.other);
    return text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name] ?? ""));
  };
  t.has = (key) => key in words;
  t.language = language;
  return t;
}

const TURNS = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const ORDERS = /[\u202A-\u202E\u2066-\u2069]/g;

/** What a person wrote, inside a sentence of the page: from right to left it stays in its own place, and it cannot turn the page's words around. */
function apart(value) {
  return typeof value === "string" && TURNS.test(value) ? `\u2068${value.replace(ORDERS, "")}\u2069` : value;
}

/** Minutes as people say them: a tenth under ten minutes, whole above. */
export function roundMinutes(seconds) {
  const minutes = seconds / 60;
  return minutes < 10 ? Math.round(minutes * 10) / 10 : Math.round(minutes);
}

/** The text of a method in the screen's language; English, then Dutch, stand in. */
export function pick(texts, language) {
  if (texts == null || typeof texts === "string") return texts ?? "";
  return texts[language] ?? texts.en ?? texts.nl ?? "";
}
