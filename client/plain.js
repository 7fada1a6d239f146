// What people wrote, made calm before it is shown: no orders that turn a page's words around, no towers of marks. Meaning stays as it is; nothing else is touched.

const ORDERS = /[\u202A-\u202E\u2066-\u2069]/g;
const TOWERS = /(\p{M}{4})\p{M}+/gu;
const UNCALM = /[\u202A-\u202E\u2066-\u2069]|\p{M}{5}/u;

/** The same value with every text in it calm; what is calm already is the same object. */
export function plain(value) {
  if (typeof value === "string") return UNCALM.test(value) ? value.replace(ORDERS, "").replace(TOWERS, "$1") : value;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  const calm = entries.map(([key, one]) => [key, plain(one)]);
  if (calm.every(([, one], n) => one === entries[n][1])) return value;
  return Array.isArray(value) ? calm.map(([, one]) => one) : Object.fromEntries(calm);
}
