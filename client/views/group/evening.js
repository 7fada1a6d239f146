// What an open group fills in before an evening: who sits, who leads, how long, which method. The form keeps keys of chairs, never the names of members; nothing is drawn here.
import { LETTERS } from "../../marks/patterns.js";
import { firstForm, following, forget, methodOf, untouched } from "../form.js";

const GUIDE = "guide";
const NEW_UNTIL = 4;
const MEETING_LANGUAGES = ["nl", "en"];
const LEAST_MINUTES = 20;
const MOST_MINUTES = 240;

/** The form as it is kept, and as it is used today: {kept, form}. */
export function todaysForm(p) {
  const kept = following(p, filled(p, p.ui.form ?? firstForm(p)));
  return { kept, form: seated(p, kept) };
}

/** Chairs of today, [{id, name, ...}]: who guides from outside, the members who are there, guests. */
export function chairsToday({ next, facilitator, members }, form) {
  const guide = next.guided && !form.unguided ? [{ id: GUIDE, name: facilitator }] : [];
  const here = members.filter(({ key }) => !next.away.includes(key)).map(({ key, name }) => ({ id: idOf(key), name }));
  return [...guide, ...here, ...form.guests.map((name, n) => ({ id: `guest${n}`, name, guest: n }))];
}

/** The chair of a member. */
export const idOf = (key) => (key == null ? null : `member${key}`);

/** A change in the words of the page, where chairs are letters, as it is kept: letters move when somebody is away. */
export function asKept({ view: { group } }, form, { trainer, ...rest }) {
  if (!group || trainer === undefined) return trainer === undefined ? rest : { ...rest, trainer };
  return { ...rest, teaches: chairsToday(group, form)[LETTERS.indexOf(trainer)]?.id ?? null };
}

/** The group's own wishes go in when it was opened, and when they changed since; when it was closed nothing of it stays. */
function filled(p, form) {
  const { group } = p.view;
  if (group) return form.of === settingsOf(group) ? form : { ...form, ...wishesOf(p, form), of: settingsOf(group) };
  if (group === undefined || !form.of) return form; // not told is not closed
  forget(null);
  queueMicrotask(() => p.set({ form: null }));
  return untouched(p);
}

/** By what a change of the group's plan is known. No name is in it: it is kept in this tab. */
const settingsOf = ({ founded, language, minutes, form, method, next }) => JSON.stringify([founded, language, minutes, form, method, next.method, next.theme, next.on, next.guided]);

function wishesOf(p, form) {
  const { group } = p.view;
  const method = methodOf(p, group.next.method) ?? ofForm(p, group);
  const theme = group.themes?.find(({ key }) => key === group.next.theme);
  return {
    language: MEETING_LANGUAGES.includes(group.language) ? group.language : form.language,
    minutes: Math.min(MOST_MINUTES, Math.max(LEAST_MINUTES, group.minutes || method?.minutes || form.minutes)),
    method: method?.id ?? form.method, picked: Boolean(method), theme: theme?.title ?? "", teaches: GUIDE, leads: null, experience: null, unguided: false, guests: form.guests ?? [],
  };
}

/** The method the group keeps to; with a trainer, one that has a place for a trainer. */
function ofForm(p, { form, method }) {
  const usual = methodOf(p, method);
  return form !== "content" || usual?.form === "content" ? usual : (p.view.methods.find((one) => one.form === "content") ?? usual);
}

/** Names and letters of today, worked out anew each time. */
function seated({ view: { group } }, form) {
  if (!group) return form;
  const today = chairsToday(group, form);
  const letter = (id) => LETTERS[today.findIndex((chair) => chair.id === id)] ?? null;
  const turns = [form.leads, group.next.guided ? GUIDE : null, idOf(group.next.lead), ...(group.lead ?? []).map(idOf)];
  return {
    ...form, names: today.map(({ name }) => name), facilitator: turns.map(letter).find(Boolean) ?? "A", trainer: letter(form.teaches),
    experience: form.experience ?? experienceOf(group, form.method),
  };
}

/** A group is new for its first meetings; after that it is practised in what it says it knows well. */
function experienceOf({ season, methods }, method) {
  const held = Math.max((season?.held_guided ?? 0) + (season?.held_alone ?? 0), methods?.held?.length ?? 0);
  if (held < NEW_UNTIL) return "first";
  return methods?.familiar?.includes(method) ? "practised" : "some";
}
