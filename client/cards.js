// Help cards, question cards, rituals, items and rules: texts that are the same in every meeting, fetched when first needed.
const WAIT_MS = 5000;
const held = new Map();

/** What the file `cards/<name>.json` holds, or null until it is here; `arrived` is called once it is. */
export function cards(name, arrived) {
  if (!held.has(name)) {
    held.set(name, null);
    fetch(new URL(`./cards/${name}.json`, import.meta.url))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`No cards ${name}: ${answer.status}`))))
      .then((found) => {
        held.set(name, found);
        arrived();
      })
      .catch(() => setTimeout(() => held.delete(name), WAIT_MS)); // asked again at the first look after that
  }
  return held.get(name) ?? null;
}
