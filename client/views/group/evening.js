// What an open group fills in before an evening: who sits, who leads, how long, which method. The form keeps keys of chairs, never the names of members; nothing is drawn here.
import { LETTERS } from "../../marks/patterns.js";
import { firstForm, following, forget, methodOf, untouched } from "../form.js";

const GUIDE = "guide";
const PRACTISED_AFTER = 4;
const MEETING_LANGUAGES = ["nl", "en"];
const LEAST_MINUTES = 20;
const MOST_MINUTES = 240;

/** The form as it is kept, and as it is used today: {kept, form}. */
export function todaysForm(p) {
  const kept = following(p, filled(p, p.ui.form ?? firstForm(p)));
  return { kept, form: seated(p, kept) };
}

/** The name of who leads from outside next time, "" where a member leads. */
export const guideOf = ({ next, facilitator }) => (next.guided ? facilitator : "");

/** How many evenings the group held, as far as it is known. */
export const heldBy = ({ season, methods }) => Math.max((season?.held_guided ?? 0) + (season?.held_alone ?? 0), methods?.held?.length ?? 0);

/** Chairs of today, [{id, name, ...}]: who guides from outside, the members who are there, guests. */
export function chairsToday(group, form) {
  const { next, members } = group;
  const guide = guideOf(group) && !form.unguided ? [{ id: GUIDE, name: guideOf(group) }] : [];
  const here = members.filter(({ key }) => !next.away.includes(key)).map(({ key, name }) => ({ id: idOf(key), name, member: key }));
  return [...guide, ...here, ...form.guests.map((name, n) => ({ id: `guest${n}`, name, guest: n }))];
}

/** The chair of a member. */
export const idOf = (key) => (key == null ? null : `member${key}`);

/** A change in the words of the page, where chairs are letters, as it is kept: letters move when somebody is away. */
export function asKept({ view: { group } }, form, { trainer, ...rest }) {
  if (!group || trainer === undefined) return trainer === undefined ? rest : { ...rest, trainer };
  return { ...rest, teaches: chairsToday(group, form)[LETTERS.indexOf(trainer)]?.id ?? null };
}

/** The group's own wishes go in when it was opened, and when they changed since. What this tab kept of a group that is not open any more goes. */
function filled(p, form) {
  const { group } = p.view;
  if (group === undefined) return form; // not told is not closed
  const own = group ? settingsOf(group) : null;
  if (!form.of && !group) return form;
  if (group && (!form.of || form.opening === group.opening)) return form.of === own ? form : { ...form, ...wishesOf(p, form), of: own, opening: group.opening };
  forget(null);
  queueMicrotask(() => p.set({ form: p.ui.form && untouched(p) }));
  return filled(p, untouched(p));
}

/** By what a change of the group's plan is known. No name is in it: it is kept in this tab. */
const settingsOf = ({ founded, language, minutes, form, method, next, facilitator }) => JSON.stringify([founded, language, minutes, form, method, next.method, next.theme, next.on, Boolean(guideOf({ next, facilitator }))]);

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
  const turns = [form.leads, guideOf(group) ? GUIDE : null, idOf(group.next.lead), ...(group.lead ?? []).map(idOf)];
  return {
    ...form, names: today.map(({ name }) => name), facilitator: turns.map(letter).find(Boolean) ?? "A", trainer: letter(form.teaches),
    members: today.map(({ member }, n) => [LETTERS[n], member]).filter(([, member]) => member !== undefined),
    experience: form.experience ?? experienceOf(group, form.method),
  };
}

/** A group is new once; after a few evenings it is practised in what it says it knows well. */
function experienceOf(group, method) {
  const held = heldBy(group);
  if (!held) return "first";
  return held >= PRACTISED_AFTER && group.methods?.familiar?.includes(method) ? "practised" : "some";
}
