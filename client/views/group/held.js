// What is typed about the group and not sent yet: it outlives a redraw, lives in this page's memory alone, and is gone when the group is closed or another opens. Never a passphrase.

const texts = new Map();

/** Nothing of what was typed about a group stays. */
export const release = () => texts.clear();

/** What was typed under this name and is not on the device yet, or undefined. */
export const typed = (id) => texts.get(id)?.text;

/** Keeps what is typed; undefined forgets it. */
export function hold(id, text) {
  if (text === undefined) texts.delete(id);
  else texts.set(id, { text });
}

/** Whether exactly this went out already and is on its way. */
export const onItsWay = (id, text) => texts.get(id)?.before !== undefined && texts.get(id).text === text;

/** Went out while the device still had `before`: as soon as it has something else, that counts. */
export function wentOut(id, text, before) {
  texts.set(id, { text, before });
}

/** What stands in the field: what is typed, else what the device has. */
export function standing(id, text) {
  const kept = texts.get(id);
  if (!kept) return text;
  if (kept.text !== text && (kept.before === undefined || kept.before === text)) return kept.text;
  texts.delete(id);
  return text;
}
