// The question somebody thinks of between two evenings: it stays on this phone until that person shares it, wipes it, or forgets about it for a season. Never sent from here.
const KEY = "kring.prepared";
const DAYS_KEPT = 92;
const DAY_MS = 86_400_000;

/** What is prepared, or "". */
export function prepared() {
  try {
    const { text, on } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof text === "string" && Date.now() - on <= DAYS_KEPT * DAY_MS) return text;
    localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing has nothing prepared
  }
  return "";
}

/** Keeps it; an emptied one is gone. */
export function prepare(text) {
  try {
    if (text.trim()) localStorage.setItem(KEY, JSON.stringify({ text, on: Date.now() }));
    else localStorage.removeItem(KEY);
  } catch {
    // then it lives as long as the field
  }
}
