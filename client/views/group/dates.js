// Days as people say them, and the day that comes next by the group's own rhythm. Pure: today is given.

const DAY_MS = 86_400_000;

const noon = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? new Date(`${text}T12:00`) : null);

/** "donderdag 14 januari 2027"; what is no day stays as it is. */
export function day(text, language, style = "full") {
  const date = noon(text);
  return date && !Number.isNaN(date.valueOf()) ? new Intl.DateTimeFormat(language, { dateStyle: style }).format(date) : (text ?? "");
}

/** Today, as this screen has it: "YYYY-MM-DD". */
export const today = () => written(new Date());

/** So many weeks after the last evening, not before `now`; null where the group has no rhythm or no evening yet. */
export function suggested(last, weeks, now) {
  const date = noon(last);
  if (!date || !weeks) return null;
  do date.setDate(date.getDate() + 7 * weeks);
  while (written(date) < now);
  return written(date);
}

/** The last evening of which the device knows the day. */
export function lastEvening({ methods, attendance, trend }) {
  const known = [...(methods?.held ?? []), ...(attendance ?? []), ...(trend ?? [])].map(({ on }) => on).filter(Boolean);
  return known.sort().at(-1) ?? null;
}

/** How many evenings the rhythm gives from one day to another. */
export function evenings(from, until, weeks) {
  const [first, last] = [noon(from), noon(until)];
  if (!first || !last || !weeks) return 0;
  return Math.max(0, Math.floor((last - first) / DAY_MS / 7 / weeks));
}

function written(date) {
  const two = (n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
